"""The interface where it runs leftwards, and titles that run otherwise than what is around them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QTransform
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.article.model import Block, BlockKind
from reader.article.outline import outline
from reader.theme import Theme
from reader.ui.look import icons
from reader.ui.outline.panel import OutlinePanel
from reader.ui.outline.view import OutlineView
from reader.ui.window.panes import Panes
from reader.ui.window.status_line import StatusLine
from reader.ui.window.tool_bar import ToolBar
from tests.ui.desk import Desk, part

LEFTWARDS = Qt.LayoutDirection.RightToLeft
BLOCKS = (
    Block(BlockKind.HEADING, "ראשית", level=1),
    Block(BlockKind.HEADING, "Streets", level=2),
    Block(BlockKind.PARAGRAPH, "…"),
)


def ink(image: QImage, left: int, right: int) -> int:
    """Return how many pixels between two columns are not of the colour of the first corner."""
    ground = image.pixelColor(0, 0)
    return sum(image.pixelColor(x, y) != ground for x in range(left, right) for y in range(image.height()))


def test_an_icon_that_points_is_turned_round(qapp: QApplication) -> None:
    arrow = icons.pixmap("arrow-left", "#000000").toImage()

    turned = icons.pixmap("arrow-left", "#000000", leftwards=True).toImage()

    assert turned != arrow
    assert turned == arrow.transformed(QTransform().scale(-1, 1))


def test_an_icon_that_points_nowhere_is_not(qapp: QApplication) -> None:
    assert icons.pixmap("search", "#000000", leftwards=True).toImage() == icons.pixmap("search", "#000000").toImage()


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> OutlinePanel:
    made = OutlinePanel()
    qtbot.addWidget(made)
    made.setLayoutDirection(LEFTWARDS)
    made.set_theme(theme)
    made.resize(264, 300)
    made.show_outline(outline(BLOCKS), (4, 2), (0, 20))
    made.show()
    return made


def test_the_sign_of_a_section_is_pressed_at_the_right(panel: OutlinePanel) -> None:
    view = part(panel, OutlineView)
    first = view.model().index(0, 0)
    row = view.visualRect(first)
    assert view.isExpanded(first)

    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(view.viewport().width() - 18, row.center().y())
    )

    assert not view.isExpanded(first)


def test_a_row_of_the_outline_begins_at_the_right_and_ends_with_its_minutes(panel: OutlinePanel) -> None:
    view = part(panel, OutlineView)
    row = view.visualRect(view.model().index(0, 0, view.model().index(0, 0)))

    seen = view.viewport().grab(row.adjusted(10, 2, -10, -2)).toImage()

    third = seen.width() // 3
    assert ink(seen, seen.width() - third, seen.width()) > 20  # the title
    assert ink(seen, 0, third) > 20  # how long it takes
    assert ink(seen, third, seen.width() - 2 * third) == 0


def test_what_is_read_fills_the_line_from_the_right(qtbot: QtBot, theme: Theme) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.setLayoutDirection(LEFTWARDS)
    line.set_theme(theme)
    line.resize(1000, 28)

    line.show_place("", 0, 0, 0.25, 0)

    seen = line.grab().toImage()
    assert seen.pixelColor(seen.width() - 10, 0).name() == theme.accent.lower()
    assert seen.pixelColor(10, 0).name() != theme.accent.lower()


def test_the_panes_change_sides(qtbot: QtBot) -> None:
    centre, parent = QWidget(), QWidget()
    qtbot.addWidget(parent)
    parent.setLayoutDirection(LEFTWARDS)
    panes = Panes(centre, parent)
    panes.set_wanted(outline=True, side=True)
    panes.resize(1200, 400)

    parent.show()

    assert panes.outline.geometry().left() > centre.geometry().left() > panes.side.geometry().left()


def test_drawers_open_from_the_sides_of_their_panes(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.setLayoutDirection(LEFTWARDS)
    panes = Panes(QWidget(), parent)
    panes.resize(600, 400)
    parent.resize(600, 400)
    parent.show()

    panes.show_pane("outline", True)

    assert panes.outline.geometry().right() == panes.width() - 1


def test_a_title_cannot_turn_round_the_title_of_the_window(desk: Desk) -> None:
    article = desk.add('---\ntitle: "ספר \u202egnp.exe"\n---\n\nOnly one paragraph.')

    window = desk.window(article=article)

    assert window.windowTitle() == "\u2068ספר gnp.exe\u2069 – Study Reader"
    assert part(window, ToolBar)._title.text() == "ספר gnp.exe"
