"""Every command: in a menu, in the palette, in the list of shortcuts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from reader.ui.search.find_bar import FindBar
from reader.ui.window.actions import MENUS, Actions, commands, shortcuts, typed
from reader.ui.window.command_palette import KEYS, CommandPalette
from reader.ui.window.dialogs import AboutDialog, ShortcutsDialog
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, Pointer, act, action, key, part, type_text
from tests.ui.reading_matter import RIVER

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(RIVER))


def open_palette(window: MainWindow) -> CommandPalette:
    key(window, Qt.Key.Key_P, CONTROL | SHIFT)
    return part(window, CommandPalette)


def listed(palette: CommandPalette) -> list[str]:
    model = palette.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")


def test_every_action_of_the_window_has_a_text_and_stands_in_a_menu(window: MainWindow) -> None:
    menu = QMenu(window)
    in_menus = {each.objectName() for submenu in part(window, Actions).fill(menu) for each in submenu.actions()}

    for each in part(window, Actions).all():
        assert plain(each.text())
        assert each.objectName() in in_menus


def test_no_two_actions_have_the_same_shortcut() -> None:
    keys = [sequence.toString() for command in commands() for sequence in shortcuts(command)]

    assert sorted(keys) == sorted(set(keys))


def test_no_two_actions_of_a_menu_have_the_same_letter() -> None:
    for menu in MENUS:
        letters = [command.text[command.text.index("&") + 1].lower() for command in menu.commands]
        assert sorted(letters) == sorted(set(letters)), menu.title


def test_every_name_of_a_command_is_its_own() -> None:
    names = [command.name for command in commands()]

    assert len(names) == len(set(names))


def test_the_palette_lists_every_action_that_can_be_used(window: MainWindow) -> None:
    palette = open_palette(window)

    usable = [plain(each.text()) for each in part(window, Actions).all() if each.isEnabled()]
    assert sorted(listed(palette)) == sorted(usable)
    assert len(usable) > 30


def test_a_few_letters_find_a_command(window: MainWindow) -> None:
    palette = open_palette(window)

    type_text(palette.field, "sep")

    assert listed(palette) == ["Sepia"]


def test_words_in_any_order_find_a_command_by_its_menu_too(window: MainWindow) -> None:
    palette = open_palette(window)

    type_text(palette.field, "next go")

    assert listed(palette)[0] == "Next section"


def test_enter_runs_the_command_after_the_palette_is_gone(window: MainWindow) -> None:
    palette = open_palette(window)
    type_text(palette.field, "find in")

    key(window, Qt.Key.Key_Return)

    assert not palette.isVisible()
    assert part(window, FindBar).field.hasFocus()


def test_arrows_choose_and_a_click_runs(window: MainWindow) -> None:
    palette = open_palette(window)
    type_text(palette.field, "fold")
    key(window, Qt.Key.Key_Down)
    chosen = palette.list.currentIndex().row()

    first = palette.list.visualRect(palette.model.index(0, 0)).center()
    name = listed(palette)[0]
    Pointer(window).click(palette.list.viewport(), first)

    assert chosen == 1
    assert name == "Fold this section"
    assert not palette.isVisible()


def test_escape_closes_and_gives_the_focus_back(window: MainWindow) -> None:
    palette = open_palette(window)

    key(window, Qt.Key.Key_Escape)

    assert not palette.isVisible()
    assert window.page.hasFocus()


def test_a_click_elsewhere_closes_the_palette(window: MainWindow) -> None:
    palette = open_palette(window)

    Pointer(window).click(window.page.viewport(), QPoint(20, window.page.viewport().height() - 20))

    assert not palette.isVisible()


def test_enter_with_nothing_found_does_nothing(window: MainWindow) -> None:
    palette = open_palette(window)
    type_text(palette.field, "no such command")

    key(window, Qt.Key.Key_Return)

    assert listed(palette) == []
    assert window.reading.article is not None


def test_a_palette_in_a_small_window_stays_in_it(window: MainWindow) -> None:
    window.resize(420, 360)

    palette = open_palette(window)

    assert window.body.rect().contains(palette.list.geometry().translated(palette.pos()))


def test_f1_lists_every_action_with_the_keys_that_a_keyboard_has(window: MainWindow) -> None:
    key(window, Qt.Key.Key_F1)

    dialog = part(window, ShortcutsDialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    for each in part(window, Actions).all():
        assert plain(each.text()) in words
        for sequence in typed(each.shortcuts()):
            assert any(sequence.toString(sequence.SequenceFormat.NativeText) in word for word in words)
    dialog.reject()


def test_f1_lists_no_key_that_hardly_a_keyboard_has(window: MainWindow) -> None:
    action(window, "copy").setShortcuts(["F16", "Ctrl+C", "Ctrl+Ins", "Copy"])

    key(window, Qt.Key.Key_F1)

    dialog = part(window, ShortcutsDialog)
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert words[words.index("Copy") + 1] == "Ctrl+C, Ctrl+Ins"
    dialog.reject()


def test_the_palette_shows_no_key_that_hardly_a_keyboard_has(window: MainWindow) -> None:
    action(window, "copy").setShortcuts(["F16", "Ctrl+C"])

    palette = open_palette(window)

    row = listed(palette).index("Copy")
    assert palette.model.index(row, 0).data(KEYS) == "Ctrl+C"


def test_every_action_with_shortcuts_has_one_that_an_ordinary_keyboard_can_type() -> None:
    for command in commands():
        made = shortcuts(command)
        assert bool(typed(made)) == bool(made), command.name


@pytest.mark.parametrize(
    ("written", "ordinary"),
    [
        ("Ctrl+Shift+F", True),
        ("F12", True),
        ("F13", False),
        ("Alt+Left", True),
        ("Back", False),
        ("Ctrl+K, Copy", False),
    ],
)
def test_letters_arrows_and_twelve_function_keys_are_ordinary(written: str, ordinary: bool) -> None:
    assert bool(typed([QKeySequence(written)])) is ordinary


@pytest.mark.parametrize(("name", "kind"), [("shortcuts", ShortcutsDialog), ("about", AboutDialog)])
def test_a_dialog_that_is_closed_is_gone(qtbot: QtBot, window: MainWindow, name: str, kind: type[QDialog]) -> None:
    for _ in range(3):
        act(window, name)
        (dialog,) = (each for each in window.findChildren(kind) if each.isVisible())
        dialog.reject()

    qtbot.waitUntil(lambda: window.findChildren(kind) == [])


def test_about_says_the_version(window: MainWindow) -> None:
    act(window, "about")

    from reader import __version__

    dialog = part(window, AboutDialog)
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))
    dialog.reject()


def test_what_needs_an_article_is_off_where_none_is_open(desk: Desk, window: MainWindow) -> None:
    act(window, "library")

    needing = [command.name for command in commands() if command.needs_article]
    assert [name for name in needing if action(window, name).isEnabled()] == []
