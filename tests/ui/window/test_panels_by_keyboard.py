"""All panels by keyboard alone, and by ear."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.article.annotation import Bookmark
from reader.article.locator import Locator
from reader.article.model import Block, BlockKind
from reader.article.outline import outline
from reader.theme import Theme
from reader.ui.bookmarks.model import BookmarkRow
from reader.ui.bookmarks.panel import AnnotationPanel
from reader.ui.notes.panel import FootnotePanel, FootnoteRow
from reader.ui.outline.panel import OutlinePanel
from reader.ui.search.find_bar import FindBar
from reader.ui.search.panel import ResultGroup, ResultHit, ResultSection, SearchPanel
from reader.ui.widgets.controls import announce
from reader.ui.window.side_pane import SidePane
from reader.ui.window.status_line import StatusLine


def find_bar() -> QWidget:
    bar = FindBar()
    bar.open("word")
    bar.show_count(1, 2)
    return bar


def outline_panel() -> QWidget:
    panel = OutlinePanel()
    panel.show_outline(
        outline([Block(BlockKind.HEADING, "One", level=1), Block(BlockKind.HEADING, "Two", level=2)]), (1, 1), (0, 4)
    )
    panel.focus_filter()
    return panel


def search_panel() -> QWidget:
    panel = SearchPanel()
    hits = (ResultHit(1, 0, 0, "a word", ((2, 6),)),)
    panel.show_results((ResultGroup(1, "Title", (ResultSection("One", 1, hits),)),), "1 place", "")
    return panel


def footnote_panel() -> QWidget:
    panel = FootnotePanel()
    panel.show_notes((FootnoteRow("a", "1", "A note.", ("A sentence.",), (3,), 9),))
    return panel


def annotation_panel() -> QWidget:
    day = datetime(2025, 1, 1, tzinfo=UTC)
    target = Locator(start=1, end=1, exact="", prefix="", suffix="")
    panel = AnnotationPanel()
    panel.show_bookmarks((BookmarkRow(Bookmark("a", target, "", "", day, day), "Words", "One", 1),))
    panel.edit_bookmark("a")
    return panel


def side_pane() -> QWidget:
    return SidePane()


def status_line() -> QWidget:
    line = StatusLine()
    line.show_message("Removed.", "Undo", lambda: None)
    line.show_progress("Opening…", 0.5, lambda: None)
    return line


PANELS: list[Callable[[], QWidget]] = [
    find_bar,
    outline_panel,
    search_panel,
    footnote_panel,
    annotation_panel,
    side_pane,
    status_line,
]


@pytest.fixture(params=PANELS)
def panel(request: pytest.FixtureRequest, qtbot: QtBot, theme: Theme) -> QWidget:
    made: QWidget = request.param()
    qtbot.addWidget(made)
    made.set_theme(theme)  # type: ignore[attr-defined]
    made.resize(480, 500)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def focusable(panel: QWidget) -> list[QWidget]:
    return [
        child
        for child in panel.findChildren(QWidget)
        if child.isVisible() and child.isEnabled() and child.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def name(widget: QWidget) -> str:
    told: str = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    return told


def test_everything_that_takes_the_focus_has_a_name(panel: QWidget) -> None:
    nameless = [type(child).__name__ for child in focusable(panel) if not any(map(str.isalpha, name(child)))]

    assert nameless == []


def test_tab_reaches_everything_and_is_trapped_nowhere(panel: QWidget) -> None:
    wanted = {name(child) for child in focusable(panel)}
    reached = {name(panel.focusWidget())} if panel.focusWidget() else set()

    for _ in range(len(wanted) + 1):
        QTest.keyClick(panel.windowHandle(), Qt.Key.Key_Tab)
        reached.add(name(panel.focusWidget()))

    assert wanted <= reached


def test_tab_goes_through_the_outline_from_top_to_bottom(qtbot: QtBot, theme: Theme) -> None:
    panel = outline_panel()
    qtbot.addWidget(panel)
    with qtbot.waitActive(panel):
        panel.show()
        panel.activateWindow()
    order = []

    for _ in range(4):
        order.append(name(panel.focusWidget()))
        QTest.keyClick(panel.windowHandle(), Qt.Key.Key_Tab)

    assert order == ["Filter contents", "Sections", "Filter contents", "Fold and unfold"]


def test_a_row_of_the_outline_tells_its_level_by_ear(qtbot: QtBot, theme: Theme) -> None:
    panel = outline_panel()
    qtbot.addWidget(panel)
    panel.show()
    view = next(child for child in panel.findChildren(QWidget) if name_of(child) == "Sections")
    tree = QAccessible.queryAccessibleInterface(view)

    rows = [tree.child(number) for number in range(tree.childCount())]
    told = [(row.text(QAccessible.Text.Name), row.text(QAccessible.Text.Description)) for row in rows]

    assert ("Two", "Level 2, 1 min") in told


def test_announcing_while_a_screen_reader_listens_breaks_nothing(qtbot: QtBot) -> None:
    label = QWidget()
    qtbot.addWidget(label)
    before = QAccessible.isActive()
    QAccessible.setActive(True)

    announce(label, "3 of 17")

    QAccessible.setActive(before)


def name_of(widget: QWidget) -> str:
    return widget.accessibleName()
