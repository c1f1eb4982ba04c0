"""What is worked out of an article once, when it is opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.importers.markdown.importer import parse
from reader.ui.reading.opened import OpenedArticle, sentence_around
from tests.strategies import articles


def opened(text: str) -> OpenedArticle:
    return OpenedArticle(1, parse(text).article, {})


def paragraph(text: str, language: str = "") -> OpenedArticle:
    return OpenedArticle(1, Article(Metadata(language=language), (Block(BlockKind.PARAGRAPH, text),)), {})


def test_paragraphs_are_counted_without_headings_and_items() -> None:
    article = opened("# T\n\nOne.\n\n* item\n\nTwo.\n")

    assert article.paragraphs == 2
    assert [article.paragraph_at(article.text.string.index(words)) for words in ("T", "One", "item", "Two")] == [
        0,
        1,
        1,
        2,
    ]


def test_the_section_of_a_place_is_the_innermost_one() -> None:
    article = opened("# T\n\nA.\n\n## S\n\nB.\n\n### U\n\nC.\n")

    assert article.section_at(article.text.string.index("C.")).title == "U"
    assert article.section_at(article.text.string.index("B.")).title == "S"


def test_a_note_belongs_to_no_section() -> None:
    article = opened("# T\n\nA.[^1]\n\n[^1]: A note.\n")
    note = article.note_offset("1")

    assert note is not None
    assert article.section_at(note) is article.root


def test_a_note_that_is_not_there_has_no_place() -> None:
    assert opened("# T\n\nA.[^1]\n").note_offset("1") is None


def test_an_anchor_leads_to_its_block() -> None:
    article = opened("# T\n\nA.\n\n## S {#here}\n\nB.\n")

    assert article.anchor_offset("here") == article.text.string.index("S")
    assert article.anchor_offset("nowhere") is None


def test_a_short_text_takes_a_minute_and_a_long_one_its_length() -> None:
    article = opened("# T\n\nA.\n")

    assert (article.minutes(5), article.minutes(11_000)) == (1, 10)


def test_ideographs_are_read_more_slowly() -> None:
    assert paragraph("委員會", "zh-Hans").minutes(4000) == 10


def test_each_mark_has_the_sentence_that_carries_it() -> None:
    article = opened("# T\n\nOne. Two[^1] is here. Three.[^1] Four.\n\n[^1]: A note.\n")

    assert [mark.sentence for mark in article.marks()["1"]] == ["Two is here.", "Three."]


@pytest.mark.parametrize(
    ("text", "offset", "sentence"),
    [
        ("First. Second here. Third.", 13, "Second here."),
        ("First. Second here. Third.", 19, "Second here."),
        ("He said “so.” Then left.", 13, "He said “so.”"),
        ("No end at all", 5, "No end at all"),
        ("Begins", 0, "Begins"),
        ("", 0, ""),
        ("委員會。東京。", 4, "委員會。"),
        ("Wait… what? Yes!", 16, "Yes!"),
    ],
)
def test_a_mark_belongs_to_the_sentence_it_stands_in_or_ends(text: str, offset: int, sentence: str) -> None:
    assert sentence_around(text, offset) == sentence


@given(st.text(max_size=60), st.data())
def test_the_sentence_of_any_place_is_part_of_the_text(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))

    assert sentence_around(text, offset) in text


@given(articles())
def test_any_article_can_be_opened(article: Article) -> None:
    held = OpenedArticle(1, article, {})

    for offset in range(0, len(held.text) + 1, 7):
        held.section_at(offset)
        assert 0 <= held.paragraph_at(offset) <= held.paragraphs
    assert sum(held.own_length(section) for section in held.sections) <= len(held.text) + 1
    assert set(held.marks()) <= set(held.keys)
