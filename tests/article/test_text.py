"""Offsets and passages of the canonical text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Article, Block, BlockKind, Metadata, Note
from reader.article.text import CanonicalText, Place
from tests.strategies import articles


def article(*passages: str, notes: tuple[tuple[str, ...], ...] = ()) -> Article:
    def blocks(texts: tuple[str, ...]) -> tuple[Block, ...]:
        return tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)

    kept = tuple(Note(str(number), str(number), blocks(note)) for number, note in enumerate(notes, 1))
    return Article(Metadata(), blocks(passages), kept)


def test_the_canonical_text_is_the_body_and_then_the_notes() -> None:
    text = CanonicalText(article("One.", "Two.", notes=(("Note.", "More."), ("Last.",))))

    assert text.string == "One.\nTwo.\nNote.\nMore.\nLast."
    assert text.body == "One.\nTwo."
    assert [text.note_of(passage) for passage in range(5)] == [None, None, "1", "1", "2"]


@given(articles(), st.data())
def test_a_place_leads_back_to_its_offset(source: Article, data: st.DataObject) -> None:
    text = CanonicalText(source)
    if not text.passages:
        return
    offset = data.draw(st.integers(0, len(text)))

    place = text.place(offset)

    assert text.offset(*place) == offset
    assert 0 <= place.offset <= len(text.passages[place.passage].text)


@given(articles())
def test_each_passage_is_where_its_span_says(source: Article) -> None:
    text = CanonicalText(source)

    pieces = [text.string[slice(*text.span(passage))] for passage in range(len(text.passages))]

    assert pieces == [block.text for block in text.passages]


def test_the_newline_after_a_passage_is_its_end() -> None:
    text = CanonicalText(article("One.", "Two."))

    assert [text.place(offset) for offset in (3, 4, 5)] == [Place(0, 3), Place(0, 4), Place(1, 0)]


def test_offsets_outside_the_text_are_drawn_into_it() -> None:
    text = CanonicalText(article("One.", "Two."))

    assert (text.place(-7), text.place(99)) == (Place(0, 0), Place(1, 4))


def test_an_empty_article_has_no_place() -> None:
    text = CanonicalText(article())

    with pytest.raises(IndexError):
        text.place(0)


def test_an_article_of_notes_alone_has_no_body() -> None:
    text = CanonicalText(article(notes=(("Note.",),)))

    assert (text.body, text.string) == ("", "Note.")
