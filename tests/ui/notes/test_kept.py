"""Notes that stay open below the text while one reads on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from reader.ui.notes.popup import FootnotePopup
from reader.ui.widgets.controls import IconButton
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, Pointer, act, key, message
from tests.ui.reading_matter import RIVER, STORM


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window((1280, 800), desk.add(RIVER))


def mark(window: MainWindow, name: str) -> int:
    text = window.page.text
    assert text is not None
    return text.mark_offsets(name)[0]


def open_note(window: MainWindow, name: str) -> FootnotePopup:
    window.page.focus_mark(mark(window, name), name)
    key(window, Qt.Key.Key_Return)
    return window.rooms.footnotes.popups[0]


def kept(window: MainWindow) -> tuple[str, ...]:
    return window.rooms.desk.active.kept.keys


def test_a_button_of_the_popup_keeps_its_note_below_the_text(window: MainWindow) -> None:
    popup = open_note(window, "one")
    (button,) = [each for each in popup.findChildren(IconButton) if each.accessibleName() == "Keep below the text"]

    Pointer(window).click(button, button.rect().center())

    assert kept(window) == ("one",)
    assert window.rooms.footnotes.popups == ()
    assert window.rooms.desk.active.kept.isVisible()
    assert window.rooms.desk.active.kept.notes[0].view.toPlainText().startswith("The first note.")


def test_it_stays_while_one_reads_on(window: MainWindow) -> None:
    open_note(window, "one")
    act(window, "keep_note")

    window.reading.go_to(window.reading.article.body_length - 10)  # type: ignore[union-attr]

    assert window.rooms.desk.active.kept.isVisible()


def test_several_notes_stand_in_a_stack_the_last_one_at_the_top(window: MainWindow) -> None:
    for name in ("one", "two", "one"):
        open_note(window, name)
        act(window, "keep_note")

    assert kept(window) == ("one", "two")


def test_escape_in_a_kept_note_closes_it_and_the_last_gives_the_keyboard_to_the_text(window: MainWindow) -> None:
    for name in ("one", "two"):
        open_note(window, name)
        act(window, "keep_note")
    window.rooms.desk.active.kept.notes[0].view.setFocus()

    key(window, Qt.Key.Key_Escape)
    after_one = kept(window)
    key(window, Qt.Key.Key_Escape)

    assert after_one == ("one",)
    assert kept(window) == ()
    assert not window.rooms.desk.active.kept.isVisible()
    assert window.focusWidget() is window.page


def test_the_cross_closes_a_note(window: MainWindow) -> None:
    open_note(window, "two")
    act(window, "keep_note")
    close = window.rooms.desk.active.kept.notes[0].close_button

    Pointer(window).click(close, close.rect().center())

    assert kept(window) == ()


def test_what_was_kept_comes_back_with_its_article(desk: Desk, window: MainWindow) -> None:
    open_note(window, "one")
    act(window, "keep_note")
    window.open_article(desk.add(STORM, "storm.md"))
    there = kept(window)

    act(window, "back")

    assert there == ()
    assert kept(window) == ("one",)


def test_a_kept_note_leaves_most_of_the_room_to_the_text(window: MainWindow) -> None:
    window.rooms.desk.active.keep("unused")

    assert window.rooms.desk.active.kept.height() <= 0.4 * window.room.height()


def test_without_a_note_the_command_says_what_it_needs(window: MainWindow) -> None:
    window.page.setFocus()

    act(window, "keep_note")

    assert message(window).startswith("Open a note")


def test_kept_notes_take_another_theme(window: MainWindow) -> None:
    window.rooms.desk.active.keep("one")
    before = window.rooms.desk.active.kept.notes[0].grab().toImage()

    act(window, "theme_dark")

    assert window.rooms.desk.active.kept.notes[0].grab().toImage() != before
    assert kept(window) == ("one",)


@pytest.mark.parametrize("width", [420, 1280, 1600])
@pytest.mark.parametrize("beside", [False, True])
def test_the_words_of_a_kept_note_stand_under_those_of_the_text(window: MainWindow, width: int, beside: bool) -> None:
    window.resize(width, 800)
    window.commands["side_notes"].setChecked(beside)
    window.rooms.desk.active.keep("one")

    view = window.rooms.desk.active.kept.notes[0].view

    left = view.mapTo(window.room, view.rect().topLeft()).x()
    assert left == max(48, round(window.page.column()[0]))  # where the margin is narrow, the number needs its place
