"""The panes beside the page, and over it where the window is narrow."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from reader import settings
from reader.ui.outline.panel import OutlinePanel
from reader.ui.window.main_window import MainWindow
from reader.ui.window.panes import NARROW, Panes, Scrim
from tests.ui.desk import Desk, Pointer, act, action, first_line, key, part
from tests.ui.reading_matter import RIVER


@pytest.fixture
def article(desk: Desk) -> int:
    return desk.add(RIVER)


@pytest.fixture
def window(desk: Desk, article: int) -> MainWindow:
    return desk.window(article=article)


def test_f9_hides_the_outline_and_shows_it_again(window: MainWindow) -> None:
    key(window, Qt.Key.Key_F9)
    hidden = window.panes.outline.isVisible()
    key(window, Qt.Key.Key_F9)

    assert not hidden
    assert window.panes.outline.isVisible()
    assert action(window, "outline").isChecked()


def test_a_hidden_outline_is_hidden_at_the_next_start(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_F9)
    desk.close(window)

    again = desk.window(article=article)

    assert not again.panes.outline.isVisible()
    assert not action(again, "outline").isChecked()
    assert not settings.load(desk.paths.config).outline_shown


def test_the_place_under_the_eye_stays_when_a_pane_comes_and_goes(window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    window.page.go_to(text.string.index("Number 200"), landing=False)
    before = first_line(window)

    for name in ("outline", "side", "outline", "side"):
        act(window, name)

    assert first_line(window) == before


def test_the_width_of_the_outline_is_kept(desk: Desk, article: int, window: MainWindow) -> None:
    window.panes.set_widths(330, 0)
    desk.close(window)

    again = desk.window(article=article)

    widths = again.panes.widths()
    assert widths is not None
    assert widths[0] == 330


def test_a_narrow_window_gives_the_whole_width_to_the_page(window: MainWindow) -> None:
    window.resize(NARROW - 100, 600)

    assert window.panes.narrow
    assert not window.panes.outline.isVisible()
    assert window.page.width() > NARROW - 120


def test_a_narrow_window_opens_a_drawer_over_the_page_and_leaves_its_lines(window: MainWindow) -> None:
    window.resize(600, 600)
    before = window.page.width()

    key(window, Qt.Key.Key_F9)

    assert window.panes.outline.isVisible()
    assert part(window, Scrim).isVisible()
    assert window.page.width() == before


def test_escape_closes_the_drawer_and_leads_back_to_the_page(window: MainWindow) -> None:
    window.resize(600, 600)
    act(window, "contents")

    key(window, Qt.Key.Key_Escape)

    assert not window.panes.outline.isVisible()
    assert window.page.hasFocus()


def test_a_click_beside_the_drawer_closes_it(window: MainWindow) -> None:
    window.resize(600, 600)
    key(window, Qt.Key.Key_F9)

    Pointer(window).click(window.panes, QPoint(580, 300))

    assert not window.panes.outline.isVisible()


def test_a_wide_window_shows_again_what_was_beside_the_page(window: MainWindow) -> None:
    window.resize(600, 600)
    key(window, Qt.Key.Key_F9)

    window.resize(1100, 700)

    assert window.panes.outline.isVisible()
    assert not part(window, Scrim).isVisible()
    assert part(window, Panes).widths() is not None


def test_a_drawer_changes_nothing_of_what_is_kept(desk: Desk, window: MainWindow) -> None:
    window.resize(600, 600)
    key(window, Qt.Key.Key_F9)
    key(window, Qt.Key.Key_F9)

    desk.close(window)

    assert settings.load(desk.paths.config).outline_shown


def test_the_section_being_read_is_marked_in_the_outline(qtbot: QtBot, window: MainWindow) -> None:
    opened = window.reading.article
    assert opened is not None
    act(window, "next_section")
    act(window, "next_section")
    window.page.verticalScrollBar().setValue(window.page.verticalScrollBar().value() + 300)

    panel = part(window, OutlinePanel)
    section = opened.section_at(window.page.first_offset())
    assert section.title == "The landing"
    qtbot.waitUntil(lambda: panel._model.current == section.number)


def test_a_section_chosen_in_a_drawer_closes_it_and_is_gone_to(window: MainWindow) -> None:
    window.resize(600, 600)
    act(window, "contents")

    text = window.page.text
    assert text is not None
    part(window, OutlinePanel).target_chosen.emit(text.string.index("A table"))

    assert not window.panes.outline.isVisible()
    assert window.page.verticalScrollBar().value() > 0
