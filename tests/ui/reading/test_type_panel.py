"""The card of type and theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from reader.ui.reading.type_controls import Swatch
from reader.ui.reading.type_panel import TypePanel
from reader.ui.widgets.controls import IconButton
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, Pointer, act, in_window, key, part
from tests.ui.reading_matter import RIVER


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(RIVER))


def open_panel(window: MainWindow) -> TypePanel:
    button = next(each for each in window.findChildren(IconButton) if each.accessibleName() == "Type and theme")
    Pointer(window).click(button, button.rect().center())
    return part(window, TypePanel)


def test_it_opens_in_the_window_with_the_keyboard_in_it(window: MainWindow) -> None:
    panel = open_panel(window)

    assert panel.isVisible()
    assert panel.isAncestorOf(window.focusWidget())
    for swatch in panel.findChildren(Swatch):
        assert window.rect().contains(in_window(window, swatch, swatch.rect()))


def test_escape_closes_it_and_gives_the_focus_back(window: MainWindow) -> None:
    panel = open_panel(window)

    key(window, Qt.Key.Key_Escape)

    assert not panel.isVisible()
    assert window.page.hasFocus()


def test_a_click_in_the_text_closes_it(window: MainWindow) -> None:
    panel = open_panel(window)

    Pointer(window).click(window.page.viewport(), QPoint(20, window.page.viewport().height() - 20))

    assert not panel.isVisible()
    assert window.page.hasFocus()


def test_its_button_closes_it(window: MainWindow) -> None:
    open_panel(window)

    panel = open_panel(window)

    assert not panel.isVisible()


def test_a_swatch_takes_its_theme_and_the_card_stays(window: MainWindow) -> None:
    panel = open_panel(window)
    dark = next(each for each in panel.findChildren(Swatch) if each.name == "dark")

    dark.click()

    assert window.page.theme.name == "dark"
    assert panel.isVisible()
    assert dark.isChecked()


def test_at_the_largest_size_the_keyboard_is_still_in_it(window: MainWindow) -> None:
    for _ in range(15):
        act(window, "larger")

    panel = open_panel(window)

    assert panel.isAncestorOf(window.focusWidget())
