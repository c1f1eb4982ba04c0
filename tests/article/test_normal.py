"""The form that every importer delivers."""

from __future__ import annotations

import pytest
from hypothesis import given

from reader.article import normal_block
from reader.article.model import Article, Block, BlockKind, Mark, Metadata, Note
from reader.article.normal import normal
from tests.strategies import articles


def note(key: str, *marks: str) -> Note:
    return Note(key, "", (Block(BlockKind.PARAGRAPH, f"Note {key}.", marks=tuple(Mark(0, to) for to in marks)),))


def order(body: str, *notes: Note) -> list[str]:
    block = Block(BlockKind.PARAGRAPH, "Words.", marks=tuple(Mark(0, key) for key in body))
    return [each.key for each in normal(Article(Metadata(), (block,), notes)).notes]


def test_notes_stand_in_the_order_of_their_marks() -> None:
    assert order("21", note("1"), note("2")) == ["2", "1"]


def test_a_note_that_nothing_marks_stays_behind_its_neighbour() -> None:
    assert order("1235", note("1"), note("2"), note("3"), note("4"), note("5")) == ["1", "2", "3", "4", "5"]


def test_notes_before_the_first_marked_one_stay_before_it() -> None:
    assert order("3", note("1"), note("2"), note("3")) == ["1", "2", "3"]


def test_what_only_an_unmarked_note_leads_to_comes_with_it() -> None:
    assert order("13", note("1"), note("2", "9"), note("3"), note("9")) == ["1", "2", "9", "3"]


@given(articles())
def test_the_normal_form_of_a_normal_form_is_itself(article: Article) -> None:
    once = normal(article)

    assert normal(once) == once


@given(articles())
def test_blocks_that_are_clean_already_come_out_as_by_all_the_rules(article: Article) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(normal_block, "_are_normal", lambda text, spans: False)
        by_all_rules = normal(article)

    assert normal(article) == by_all_rules
