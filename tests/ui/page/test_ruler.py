"""The ruler: it lies over the line that is read, and follows the pointer or stays in the middle."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from reader import theme as themes
from reader.article.model import Block, BlockKind
from reader.theme import Theme, contrast
from reader.ui.page.ruler import Band, ReadingRuler, paint_ruler
from reader.ui.page.shapes import block_format, char_format
from reader.ui.page.styles import StyleBook, Typography
from tests.ui.reading_matter import SENTENCE

Rule = Callable[[str, str], ReadingRuler]
LINE_HEIGHT = 28


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> QTextEdit:
    """A view of many lines, each 28 px high."""
    view = QTextEdit()
    view.setReadOnly(True)
    view.setMouseTracking(True)
    view.viewport().setMouseTracking(True)
    style = StyleBook(theme, Typography()).block(Block(BlockKind.PARAGRAPH))
    cursor = QTextCursor(view.document())
    cursor.setBlockFormat(block_format(style))
    cursor.insertText(SENTENCE * 60, char_format(style))
    qtbot.addWidget(view)
    view.resize(500, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


@pytest.fixture
def rule(view: QTextEdit, theme: Theme) -> Iterator[Rule]:
    yield lambda kind, follows: ReadingRuler(view, theme, kind, follows)


def middle(ruler: ReadingRuler) -> float:
    assert ruler.band is not None
    return ruler.band.middle


def test_it_marks_a_whole_line_in_the_middle_of_the_view(view: QTextEdit, rule: Rule) -> None:
    ruler = rule("line", "middle")

    assert ruler.band is not None
    assert ruler.band.height == LINE_HEIGHT
    assert abs(ruler.band.middle - view.viewport().height() / 2) <= LINE_HEIGHT / 2


def test_it_follows_the_pointer_from_line_to_line(view: QTextEdit, rule: Rule) -> None:
    ruler = rule("ruler", "pointer")
    QTest.mouseMove(view.viewport(), QPoint(100, 60))
    first = middle(ruler)

    QTest.mouseMove(view.viewport(), QPoint(100, 60 + LINE_HEIGHT))

    assert abs(first - 60) <= LINE_HEIGHT / 2
    assert middle(ruler) - first == LINE_HEIGHT


def test_in_the_middle_it_stays_whatever_the_pointer_does(view: QTextEdit, rule: Rule) -> None:
    ruler = rule("line", "middle")
    before = middle(ruler)

    QTest.mouseMove(view.viewport(), QPoint(100, 20))

    assert middle(ruler) == before


def test_it_keeps_to_a_line_when_the_text_is_scrolled(view: QTextEdit, rule: Rule) -> None:
    ruler = rule("line", "middle")
    before = middle(ruler)

    view.verticalScrollBar().setValue(10)

    assert (middle(ruler) - before + 10 + 1) % LINE_HEIGHT <= 2  # a caret stands at whole pixels


def test_it_takes_no_click_and_no_focus(view: QTextEdit, rule: Rule) -> None:
    ruler = rule("ruler", "pointer")

    assert ruler.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert ruler.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_it_is_gone_when_it_is_put_away(rule: Rule) -> None:
    ruler = rule("line", "middle")

    ruler.choose("none", "middle")

    assert not ruler.isVisible()


@pytest.mark.parametrize("name", themes.NAMES)
def test_focus_dims_all_but_three_lines(qtbot: QtBot, name: str) -> None:
    theme = themes.load(name)
    picture = QImage(100, 300, QImage.Format.Format_ARGB32)
    picture.fill(QColor(theme.text))
    painter = QPainter(picture)

    paint_ruler(painter, QRectF(0, 0, 100, 300), Band(150.0, 28.0), "ruler", theme)
    painter.end()

    text, page = QColor(theme.text).lightness(), QColor(theme.page).lightness()
    read = [picture.pixelColor(50, y).lightness() for y in (110, 150, 190)]
    dimmed = [picture.pixelColor(50, y).lightness() for y in (5, 100, 200, 295)]
    assert read == [text] * 3
    assert all(abs(each - page) < abs(text - page) / 2 for each in dimmed)


@pytest.mark.parametrize("name", themes.NAMES)
def test_the_mark_under_a_line_leaves_its_words_as_they_are_to_be_read(qtbot: QtBot, name: str) -> None:
    theme = themes.load(name)
    picture = QImage(100, 60, QImage.Format.Format_ARGB32)
    picture.fill(QColor(theme.page))
    painter = QPainter(picture)

    paint_ruler(painter, QRectF(0, 0, 100, 60), Band(30.0, 28.0), "line", theme)
    painter.end()

    assert picture.pixelColor(50, 43) == QColor(theme.accent)
    assert contrast(theme.text, picture.pixelColor(50, 30).name()) >= 7
