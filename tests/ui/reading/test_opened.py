"""What is worked out of an article once, when it is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.codec import Compiled, encode
from reader.article.model import Article, Block, BlockKind, Metadata
from reader.article.outline import outline, section_at
from reader.importers.markdown.importer import parse
from reader.library import Library
from reader.paths import Paths
from reader.ui.reading.opened import OpenedArticle, open_article, sentence_around
from tests.strategies import articles


def held(article: Article) -> OpenedArticle:
    return OpenedArticle(1, Compiled.over(encode(article)), {})


def opened(text: str) -> OpenedArticle:
    return held(parse(text).article)


def paragraph(text: str, language: str = "") -> OpenedArticle:
    return held(Article(Metadata(language=language), (Block(BlockKind.PARAGRAPH, text),)))


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
    shown = held(article)

    for offset in range(0, len(shown.text) + 1, 7):
        passage = shown.text.place(offset).passage if shown.text.passages else 0
        assert shown.section_at(offset) == section_at(shown.root, passage)
        assert 0 <= shown.paragraph_at(offset) <= shown.paragraphs
    assert shown.root == outline(article.blocks)
    assert sum(shown.own_length(section) for section in shown.sections) <= len(shown.text) + 1
    assert set(shown.marks()) <= set(shown.keys)
    assert shown.article == article


def test_the_words_of_a_note_are_those_of_all_its_paragraphs() -> None:
    article = opened("# T\n\nA.[^1] B.[^2]\n\n[^1]: A note.\n\n    And more.\n")

    assert [article.words_of(key) for key in ("1", "2")] == ["A note.\nAnd more.", ""]


def test_opening_decodes_no_section() -> None:
    data = encode(parse("# T\n\nA.[^1]\n\n## S\n\nB.\n\n[^1]: A note.\n").article)
    read: list[int] = []

    def piece(offset: int, length: int) -> bytes:
        read.append(offset)
        return data[offset : offset + length]

    article = OpenedArticle(1, Compiled(piece), {})
    known = (article.title, article.paragraphs, [section.title for section in article.sections], article.keys)

    assert known == ("T", 2, ["T", "S"], ("1",))
    assert len(read) == 4  # preamble, header, numbers, names


def test_a_picture_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "boat.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "text.md").write_text("# T\n\n![A boat](boat.svg)\n\n![Lost](lost.png)\n\n![Again](boat.svg)\n")

    with Library(Paths.under(tmp_path / "library")) as library:
        resources = open_article(library, library.add(tmp_path / "text.md").article_id).resources

        assert resources["boat.svg"].media_type == "image/svg+xml"
        assert resources["boat.svg"] is resources["boat.svg"]
        assert resources.get("lost.png") is None
        assert list(resources) == ["boat.svg"]


def test_sections_that_nobody_asks_for_are_not_worked_out() -> None:
    article = opened("# T\n\nA.\n\n## S\n\nB.\n")

    later = article.later_sections

    assert "sections" not in article.__dict__
    assert [section.title for section in later] == ["T", "S"]
    assert (len(later), later[1].title, later[:1]) == (2, "S", article.sections[:1])
