"""The numbers by which paragraphs are cited."""

from __future__ import annotations

from hypothesis import given

from reader.article.model import Article, BlockKind
from reader.article.numbers import paragraph_at, paragraph_count, paragraph_number, paragraph_passage
from reader.article.text import CanonicalText
from reader.importers.markdown.importer import parse
from tests.strategies import articles

SOURCE = "# T\n\nOne.\n\n> Said.\n\n* item\n\nTwo.[^1]\n\n## S\n\nThree.\n\n[^1]: A note.\n"


def text_of(source: str) -> CanonicalText:
    return CanonicalText(parse(source).article)


def test_paragraphs_of_the_body_count_and_nothing_else_does() -> None:
    text = text_of(SOURCE)

    numbered = [text.passages[passage].text for number in (1, 2, 3) if (passage := paragraph_passage(text, number))]

    assert paragraph_count(text) == 3
    assert numbered == ["One.", "Two.", "Three."]


def test_there_is_no_paragraph_before_the_first_or_after_the_last() -> None:
    text = text_of(SOURCE)

    assert [paragraph_passage(text, number) for number in (-1, 0, 4)] == [None, None, None]


def test_what_is_no_paragraph_goes_with_the_one_before_it() -> None:
    text = text_of(SOURCE)
    words = [block.text for block in text.passages]

    assert paragraph_at(text, words.index("T")) == 0
    assert paragraph_at(text, words.index("Said.")) == 1
    assert paragraph_at(text, words.index("A note.")) == 3


@given(articles())
def test_every_paragraph_is_found_by_its_number(article: Article) -> None:
    text = CanonicalText(article)
    passages = [passage for passage in range(text.body_passages) if text.passages[passage].kind is BlockKind.PARAGRAPH]

    assert [paragraph_passage(text, number) for number in range(1, len(passages) + 1)] == passages
    assert [paragraph_number(text, passage) for passage in passages] == list(range(1, len(passages) + 1))
    assert [paragraph_at(text, passage) for passage in passages] == list(range(1, len(passages) + 1))
