"""Soft hyphens in the laid-out text: seen, but in no offset, no copy and no range."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from PySide6.QtGui import QTextCharFormat, QTextCursor
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, ListItem, Mark, Metadata, Span, SpanKind, TableRow
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.copying import plain_text
from reader.ui.page.document import DocumentBuilder, PageDocument
from reader.ui.page.styles import StyleBook, Typography
from tests.strategies import articles

HYPHEN = "\u00ad"
CROWN = "\N{CROWN}"
MIXED = Article(
    Metadata(title="Everything"),
    (
        Block(BlockKind.PARAGRAPH, "remembered", marks=(Mark(10, "1"),)),
        Block(
            BlockKind.LIST_ITEM,
            f"{CROWN}ab{CROWN}\ncd",
            (Span(1, 3, SpanKind.STRONG),),
            (Mark(2, "1"),),
            detail=ListItem(7),
        ),
        Block(BlockKind.TABLE_ROW, f"ab\t{CROWN}c\td", detail=TableRow()),
    ),
)


def everywhere(block: Block) -> list[int]:
    """Return every offset between two characters of a block, but for those where a note is marked."""
    marked = {mark.offset for mark in block.marks}
    tabs = {at + more for at, c in enumerate(block.text) if c == "\t" for more in (0, 1)}
    return [at for at in range(1, len(block.text)) if at not in marked | tabs]


def built(article: Article, text: CanonicalText, theme: Theme) -> PageDocument:
    styles = StyleBook(theme, Typography(), everywhere)
    return DocumentBuilder(text, styles, {}).build(0, len(text.passages))


every_article = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@every_article
@given(article=articles())
@example(article=MIXED)
def test_every_offset_has_a_position_that_leads_back_to_it(qtbot: QtBot, theme: Theme, article: Article) -> None:
    text = CanonicalText(article)
    offsets = built(article, text, theme).offsets
    every = range(len(text) + 1) if text.passages else range(0)

    assert [offsets.to_offset(offsets.to_position(o)) for o in every] == list(every)
    assert [offsets.to_offset(offsets.to_position(o, after_marks=False)) for o in every] == list(every)


@every_article
@given(article=articles())
@example(article=MIXED)
def test_every_passage_is_copied_without_hyphens(qtbot: QtBot, theme: Theme, article: Article) -> None:
    text = CanonicalText(article)
    page = built(article, text, theme)
    to = page.offsets.to_position

    for passage, block in enumerate(text.passages):
        start, end = text.span(passage)
        assert plain_text(page, text, to(start, after_marks=False), to(end)) == block.text


@every_article
@given(article=articles())
@example(article=MIXED)
def test_every_character_stands_at_its_position_behind_the_hyphen(qtbot: QtBot, theme: Theme, article: Article) -> None:
    text = CanonicalText(article)
    page = built(article, text, theme)
    to = page.offsets.to_position

    for passage, block in enumerate(text.passages):
        for at in everywhere(block):
            offset = text.offset(passage, at)
            assert page.document.characterAt(to(offset) - 1) == HYPHEN
            assert page.document.characterAt(to(offset, after_marks=False)) == HYPHEN


def test_a_range_that_ends_at_a_hyphen_leaves_it_out(qtbot: QtBot, theme: Theme) -> None:
    article = Article(Metadata(), (Block(BlockKind.PARAGRAPH, "abcd"),))
    page = built(article, CanonicalText(article), theme)

    start, end = page.offsets.to_position(1), page.offsets.to_position(3, after_marks=False)

    cursor = QTextCursor(page.document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == f"b{HYPHEN}c"


def test_without_places_to_break_at_the_text_is_as_it_was(qtbot: QtBot, theme: Theme) -> None:
    article = Article(Metadata(), (Block(BlockKind.PARAGRAPH, "abcd"),))
    text = CanonicalText(article)

    page = DocumentBuilder(text, StyleBook(theme, Typography()), {}).build(0, 1)

    assert page.document.toPlainText() == "abcd"


# -- marks in every face ---------------------------------------------------------------------------


def mark_format(theme: Theme, face: str) -> QTextCharFormat:
    article = Article(Metadata(), (Block(BlockKind.PARAGRAPH, "Word", marks=(Mark(4, "1"),)),))
    text = CanonicalText(article)
    page = DocumentBuilder(text, StyleBook(theme, Typography(face=face)), {"1": "1"}).build(0, 1)
    cursor = QTextCursor(page.document)
    cursor.setPosition(5)
    return cursor.charFormat()


@pytest.mark.parametrize("face", ["serif", "sans"])
def test_a_mark_has_the_superior_figures_of_its_face(qtbot: QtBot, theme: Theme, face: str) -> None:
    looks = mark_format(theme, face)

    assert [tag.toString().data().decode() for tag in looks.font().featureTags()] == ["sups"]
    assert looks.verticalAlignment() == QTextCharFormat.VerticalAlignment.AlignNormal


@pytest.mark.parametrize("face", ["legible", "A face that nobody has"])
def test_a_mark_is_raised_where_a_face_has_no_superior_figures(qtbot: QtBot, theme: Theme, face: str) -> None:
    looks = mark_format(theme, face)

    assert looks.verticalAlignment() == QTextCharFormat.VerticalAlignment.AlignSuperScript
