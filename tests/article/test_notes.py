"""Marks and notes, and what is left over on either side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Article, Block, BlockKind, Mark, Metadata, Note
from reader.article.notes import (
    MarkPlace,
    keys_in_reading_order,
    labels,
    marks_by_note,
    orphan_marks,
    orphan_notes,
    passages,
)
from tests.strategies import articles


def block(*keys: str) -> Block:
    return Block(BlockKind.PARAGRAPH, "Text.", marks=tuple(Mark(5, key) for key in keys))


ARTICLE = Article(
    Metadata(),
    (block("1"), block("1", "gone"), block("2")),
    (Note("1", "1", (block("3"),)), Note("2", "2", (block(),)), Note("3", "3", (block(),)), Note("4", "4", (block(),))),
)


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        (["1", "2", "10"], ["1", "2", "10"]),
        (["1:1", "1:2", "2:1"], ["1", "2", "1"]),
        (["*", "†", "iv", "12a"], ["*", "†", "iv", "12a"]),
        (["lenin-1918", "carr"], ["1", "2"]),
        (["2", "lenin-1918", "1", "carr"], ["2", "3", "1", "4"]),
        ([], []),
    ],
)
def test_a_key_is_shown_as_it_is_or_counted(keys: list[str], shown: list[str]) -> None:
    assert list(labels(keys).values()) == shown or [labels(keys)[key] for key in keys] == shown


@given(st.lists(st.text(max_size=6)))
def test_every_key_has_a_label_that_can_be_seen(keys: list[str]) -> None:
    shown = labels(keys)

    assert set(shown) == set(keys)
    assert all(label.strip() for label in shown.values())


def test_a_note_marked_twice_has_two_marks() -> None:
    marks = marks_by_note(ARTICLE)

    assert marks["1"] == [MarkPlace(0, Mark(5, "1")), MarkPlace(1, Mark(5, "1"))]


def test_a_mark_in_a_note_counts() -> None:
    marks = marks_by_note(ARTICLE)

    assert marks["3"] == [MarkPlace(3, Mark(5, "3"))]


def test_a_note_that_nothing_marks_is_an_orphan() -> None:
    assert orphan_notes(ARTICLE) == ("4",)


def test_a_mark_that_no_note_answers_is_an_orphan() -> None:
    assert orphan_marks(ARTICLE) == ("gone",)


def test_keys_are_read_in_the_order_of_their_marks_then_of_the_notes() -> None:
    keys = keys_in_reading_order(ARTICLE.blocks, ((note.key, note.blocks) for note in ARTICLE.notes))

    assert keys == ["1", "gone", "2", "3", "4"]


@given(articles())
def test_every_mark_has_a_note_or_is_an_orphan(article: Article) -> None:
    marked = {mark.note for passage in passages(article) for mark in passage.marks}

    known = {note.key for note in article.notes}
    assert set(orphan_marks(article)) == marked - known
    assert set(orphan_notes(article)) == known - marked
