"""A text that came in crooked is mended in the window, beside the page that it becomes."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.article.locator import locator
from reader.article.model import BlockKind
from reader.library import Library
from reader.mending import revising
from reader.ui.mending.editor import MarkdownEditor
from reader.ui.mending.room import MendingRoom
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, Pointer, act, action, key, message, part, type_text

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FERRY = """---
title: The ferry
---

In the spring the ice on the river broke.

The council

It met every Tuesday in the old school.

<!-- set aside, line 9 (a line of the page): Continued on page 7 -->

The miller said nothing.
"""


@pytest.fixture
def article(desk: Desk) -> int:
    return desk.add(FERRY)


@pytest.fixture
def window(desk: Desk, article: int) -> MainWindow:
    return desk.window((1200, 760), article)


def mend(qtbot: QtBot, window: MainWindow) -> MendingRoom:
    """Open the room as a person does, and wait until it is there."""
    act(window, "edit_text")
    room = window.rooms.workshop.mending.room
    qtbot.waitUntil(lambda: window.centre.currentWidget() is room, timeout=10_000)
    qtbot.waitUntil(room.editor.hasFocus)
    return room


def at(editor: MarkdownEditor, words: str, length: int = 0) -> None:
    """Put the caret before some words, and select as many letters as are named."""
    start = editor.toPlainText().index(words)
    cursor = editor.textCursor()
    cursor.setPosition(start)
    cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def page_says(room: MendingRoom, words: str) -> bool:
    text = room.page.text
    return text is not None and words in text.string


def kinds_on_page(room: MendingRoom) -> list[int]:
    assert room.page.text is not None
    return list(room.page.text.kinds)


def save(qtbot: QtBot, window: MainWindow, room: MendingRoom) -> None:
    room.tools.commands["save"].trigger()
    qtbot.waitUntil(lambda: "Saved" in message(window), timeout=10_000)
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)


def test_the_text_is_opened_as_markdown_beside_its_page(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)

    assert room.editor.toPlainText() == FERRY
    assert page_says(room, "The miller said nothing.")
    assert window.windowTitle() == "Mending: The ferry – Study Reader"


def test_a_line_becomes_a_heading_and_the_page_shows_it(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    at(room.editor, "council")

    key(room.editor, Qt.Key.Key_2, CTRL)

    assert "\n\n## The council\n\n" in room.editor.toPlainText()
    qtbot.waitUntil(lambda: BlockKind.HEADING in kinds_on_page(room), timeout=10_000)


def test_what_was_marked_is_taken_back_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    at(room.editor, "council")
    room.tools.commands["caption"].trigger()
    assert "The council\n{: .caption}" in room.editor.toPlainText()

    key(room.editor, Qt.Key.Key_Z, CTRL)

    assert room.editor.toPlainText() == FERRY


def test_a_quotation_and_a_note_are_marked(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    at(room.editor, "It met")
    room.tools.commands["quotation"].trigger()
    at(room.editor, "The miller")
    room.tools.commands["note"].trigger()

    text = room.editor.toPlainText()
    assert "\n> It met every Tuesday" in text
    assert "\n[^1]: The miller said nothing." in text


def test_a_number_that_is_selected_becomes_the_mark_of_a_note(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window((1200, 760), desk.add("The ice broke.[1]\n\n1. In March.\n"))
    room = mend(qtbot, window)
    start = room.editor.toPlainText().index("[1")
    end = room.editor.toPlainText().index("]", start) + 1

    at(room.editor, room.editor.toPlainText()[start:end], end - start)
    room.tools.commands["note"].trigger()

    assert "broke.[^1]\n" in room.editor.toPlainText()


def test_the_lines_of_a_paragraph_are_joined(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window((1200, 760), desk.add("The ice broke.\n\nIt was spring.\n"))
    room = mend(qtbot, window)
    room.editor.replace_all("The ferry-\nman rowed\nover.\n\nIt was\nspring.\n")
    at(room.editor, "man")

    key(room.editor, Qt.Key.Key_J, CTRL | SHIFT)

    assert room.editor.toPlainText() == "The ferryman rowed over.\n\nIt was\nspring.\n"


def test_that_there_is_nothing_to_join_is_said(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)

    room.tools.commands["join"].trigger()

    assert message(window) == "There are no lines to join here."


def test_what_was_set_aside_is_put_back_at_its_place(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    room.tools.commands["set_aside"].trigger()
    assert room.aside.list.item(0).text() == "Continued on page 7\n(a line of the page)"

    room.aside.to_place.click()

    assert "old school.\n\nContinued on page 7\n\nThe miller" in room.editor.toPlainText()
    assert room.aside.list.count() == 0
    qtbot.waitUntil(lambda: page_says(room, "Continued on page 7"), timeout=10_000)


def test_what_was_set_aside_is_put_back_at_the_caret(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    room.tools.commands["set_aside"].trigger()
    at(room.editor, "In the spring")

    room.aside.to_caret.click()

    assert "river broke.\n\nContinued on page 7\n\nThe council" in room.editor.toPlainText()
    assert "set aside" not in room.editor.toPlainText()


def test_the_page_follows_the_caret_and_the_caret_a_click_in_the_page(qtbot: QtBot, desk: Desk) -> None:
    words = "\n\n".join(f"Paragraph {number}. " + "The ferry crossed the river at dawn. " * 8 for number in range(60))
    window = desk.window((1200, 760), desk.add(words))
    room = mend(qtbot, window)
    assert room.page.text is not None
    target = room.page.text.string.index("Paragraph 40.")

    at(room.editor, "Paragraph 40.")
    qtbot.waitUntil(lambda: room.page.first_offset() <= target <= room.page.last_offset())
    place = QPoint(room.page.viewport().width() // 2, room.page.viewport().height() - 60)
    Pointer(window).click(room.page.viewport(), place)

    assert room.editor.hasFocus()
    assert abs(room.editor.line - 2 * 40) <= 8


def test_what_is_saved_is_a_newer_text_and_its_bookmarks_stay(qtbot: QtBot, desk: Desk, article: int) -> None:
    with Library(desk.paths) as library:
        text = library.article(article).blocks[2].text
        assert text == "It met every Tuesday in the old school."
    window = desk.window((1200, 760), article)
    opened = window.reading.article
    assert opened is not None
    start = opened.text.string.index("every Tuesday")
    window.library.bookmarks.add(article, locator(opened.text, start, start + 13), "When")
    room = mend(qtbot, window)
    at(room.editor, "In the spring")
    type_text(room.editor, "It was cold. ")

    save(qtbot, window, room)
    key(room.editor, Qt.Key.Key_Escape)

    assert window.centre.currentWidget() is window.room
    assert window.page.text is not None
    assert window.page.text.string.startswith("It was cold. In the spring")
    (bookmark,) = window.library.bookmarks.of(article)
    found = window.page.text.slice(bookmark.target.start, bookmark.target.end)
    assert found == "every Tuesday"
    assert window.rooms.bookmarking.ranges
    assert window.library.shelf.entry(article).number == 2


def test_escape_asks_in_a_line_while_something_is_not_saved(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    type_text(room.editor, "New. ")

    key(room.editor, Qt.Key.Key_Escape)

    assert room.notice.isVisible()
    assert room.notice.sentence.text() == "Your changes are not saved."
    room.notice.second.click()
    assert window.centre.currentWidget() is window.room
    assert window.page.text is not None
    assert "New." not in window.page.text.string


def test_what_was_not_saved_is_offered_after_the_program_ended(
    qtbot: QtBot, desk: Desk, window: MainWindow, article: int
) -> None:
    room = mend(qtbot, window)
    at(room.editor, "In the spring")
    type_text(room.editor, "New. ")
    desk.close(window)

    room = mend(qtbot, desk.window((1200, 760), article))

    assert room.editor.toPlainText() == FERRY
    assert room.notice.sentence.text().startswith("Your unsaved changes from ")
    room.notice.first.click()
    assert "New. In the spring" in room.editor.toPlainText()


def test_a_draft_is_written_while_one_writes(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    room = mend(qtbot, window)

    type_text(room.editor, "New. ")

    folder = desk.paths.data / "drafts"
    qtbot.waitUntil(lambda: any(b"New. " in path.read_bytes() for path in folder.glob("*.json")), timeout=10_000)


def test_a_discarded_draft_is_not_offered_again(qtbot: QtBot, desk: Desk, window: MainWindow, article: int) -> None:
    room = mend(qtbot, window)
    type_text(room.editor, "New. ")
    desk.close(window)
    window = desk.window((1200, 760), article)
    room = mend(qtbot, window)
    room.notice.second.click()
    key(room.editor, Qt.Key.Key_Escape)

    room = mend(qtbot, window)

    assert not room.notice.isVisible()


def test_a_newer_text_of_another_window_is_told_and_nothing_is_lost(
    qtbot: QtBot, desk: Desk, window: MainWindow, article: int
) -> None:
    room = mend(qtbot, window)
    with Library(desk.paths) as other:
        taken = other.manuscript(article)
        other.revise(article, taken.text.replace("Tuesday", "Friday"), taken.revision)
    type_text(room.editor, "x")
    room.editor.replace_all(FERRY.replace("nothing", "something"))

    room.tools.commands["save"].trigger()
    qtbot.waitUntil(room.notice.isVisible, timeout=10_000)
    assert "A newer text" in room.notice.sentence.text()
    room.notice.first.click()

    qtbot.waitUntil(lambda: window.library.shelf.entry(article).number == 3, timeout=10_000)
    qtbot.waitUntil(lambda: "Saved" in message(window), timeout=10_000)


def test_one_finds_in_the_editor(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)

    key(room.editor, Qt.Key.Key_F, CTRL)
    type_text(room.find_bar.field, "the")
    key(room.find_bar.field, Qt.Key.Key_Return)

    assert room.find_bar.count.text() == "2 of 8"
    key(room.find_bar.field, Qt.Key.Key_Return)
    assert room.find_bar.count.text() == "3 of 8"
    key(room.find_bar.field, Qt.Key.Key_Escape)
    assert room.editor.hasFocus()
    assert room.editor.textCursor().selectedText().lower() == "the"


def test_one_starts_again_from_the_original_and_can_go_back(qtbot: QtBot, window: MainWindow, article: int) -> None:
    room = mend(qtbot, window)
    at(room.editor, "In the spring")
    type_text(room.editor, "New. ")
    save(qtbot, window, room)
    key(room.editor, Qt.Key.Key_Escape)

    act(window, "original_again")
    qtbot.waitUntil(lambda: message(window) == "The text is as its file has it again.", timeout=20_000)
    assert window.page.text is not None
    assert window.page.text.string.startswith("In the spring")
    window.rooms.status.message_action.click()

    qtbot.waitUntil(lambda: window.library.shelf.entry(article).number == 4, timeout=10_000)
    qtbot.waitUntil(lambda: window.page.text is not None and window.page.text.string.startswith("New. "))


def test_a_very_long_text_is_mended_elsewhere(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revising, "MAX_MENDED_CHARACTERS", 20)

    act(window, "edit_text")

    qtbot.waitUntil(lambda: "too long to be mended here" in message(window), timeout=10_000)
    assert window.rooms.status.message_action.text() == "Save as Markdown…"
    assert window.centre.currentWidget() is window.room


def test_the_editor_is_left_for_the_library_and_nothing_is_lost(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    at(room.editor, "In the spring")
    type_text(room.editor, "New. ")

    act(window, "library")
    act(window, "back")
    mend(qtbot, window)

    assert "New. In the spring" in room.editor.toPlainText()


def test_all_of_it_is_dressed_in_another_theme(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)

    act(window, "theme_dark")

    dark = window.appearance.theme
    assert dark.name == "dark"
    assert room.page.theme == dark
    assert room.editor.palette().base().color().name() == dark.raised.lower()


def test_commands_of_the_reading_rest_while_a_text_is_mended(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)

    assert not action(window, "bookmark").isEnabled()
    assert isinstance(part(room, MarkdownEditor), QPlainTextEdit)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_W, CTRL)

    assert window.centre.currentWidget() is window.room
    assert action(window, "bookmark").isEnabled()


def test_whole_words_are_counted_as_such(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    key(room.editor, Qt.Key.Key_F, CTRL)
    type_text(room.find_bar.field, "e")
    room.find_bar.whole_word.click()
    assert room.find_bar.count.text() == "No places"

    room.find_bar.field.setText("in")
    key(room.find_bar.field, Qt.Key.Key_Return)
    assert room.find_bar.count.text() == "1 of 2"
    room.find_bar.whole_word.click()

    assert room.find_bar.count.text() == "1 of 7"


def test_words_are_replaced_one_after_the_other(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window((1200, 760), desk.add("One 🙂 ferry, two ferry, three ferry.\n"))
    room = mend(qtbot, window)
    key(room.editor, Qt.Key.Key_H, CTRL)
    type_text(room.find_bar.field, "ferry")
    key(room.find_bar.field, Qt.Key.Key_Return)
    assert room.find_bar.count.text() == "1 of 3"

    room.finding.row.field.setFocus()
    type_text(room.finding.row.field, "ferries")
    key(room.finding.row.field, Qt.Key.Key_Return)
    key(room.finding.row.field, Qt.Key.Key_Return)

    assert room.editor.toPlainText() == "One 🙂 ferries, two ferries, three ferry.\n"
    assert room.find_bar.count.text() == "1 of 1"


def test_all_places_are_replaced_and_taken_back_in_one_step(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    room.tools.commands["replace"].trigger()
    room.find_bar.field.setText("the")
    room.find_bar.whole_word.click()
    room.finding.row.field.setText("a")

    room.finding.row.replace_all.click()

    assert message(window) == "8 place(s) replaced."
    assert "a ice on a river" in room.editor.toPlainText()
    room.tools.commands["undo"].trigger()
    assert room.editor.toPlainText() == FERRY


def test_everything_in_the_room_that_can_have_the_focus_has_a_name(qtbot: QtBot, window: MainWindow) -> None:
    room = mend(qtbot, window)
    room.tools.commands["set_aside"].trigger()
    room.tools.commands["replace"].trigger()
    type_text(room.editor, "x")
    key(room.find_bar.field, Qt.Key.Key_Escape)
    key(room.editor, Qt.Key.Key_Escape)
    assert room.notice.isVisible()

    nameless = [
        type(child).__name__
        for child in room.findChildren(QWidget)
        if child.isVisible() and child.focusPolicy() != Qt.FocusPolicy.NoFocus and not child.accessibleName()
    ]

    assert nameless == []


def test_what_is_joined_is_undone_in_one_step(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window((1200, 760), desk.add("The ice broke.\n"))
    room = mend(qtbot, window)
    room.editor.replace_all("One\ntwo\nthree.\n\nFour\nfive.\n")
    room.editor.selectAll()
    room.tools.commands["join"].trigger()
    assert room.editor.toPlainText() == "One two three.\n\nFour five.\n"

    room.tools.commands["undo"].trigger()

    assert room.editor.toPlainText() == "One\ntwo\nthree.\n\nFour\nfive.\n"


def test_both_halves_of_a_split_page_show_what_was_saved(qtbot: QtBot, window: MainWindow) -> None:
    act(window, "split")
    room = mend(qtbot, window)
    at(room.editor, "In the spring")
    type_text(room.editor, "New. ")

    save(qtbot, window, room)
    key(room.editor, Qt.Key.Key_Escape)

    pages = [rooms.half.page for rooms in window.rooms.desk.halves]
    assert [page.text is not None and page.text.string[:8] for page in pages] == ["New. In ", "New. In "]
    assert window.rooms.desk.is_split


def test_the_caret_stays_in_sight_where_a_bar_opens(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window((1200, 760), desk.add("\n\n".join(f"Line {number}." for number in range(200))))
    room = mend(qtbot, window)
    editor = room.editor
    editor.go_to_line(120)
    lines = editor.verticalScrollBar()
    lines.setValue(lines.value() - editor.viewport().height() // editor.fontMetrics().lineSpacing() // 2 + 2)
    assert editor.viewport().rect().contains(editor.cursorRect())

    room.tools.commands["find"].trigger()

    qtbot.waitUntil(lambda: editor.viewport().rect().contains(editor.cursorRect()))


def test_no_page_of_another_text_is_shown_beside_the_one_that_is_mended(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    other = desk.add("# The mill\n\nIt stood by the water.\n", "mill.md")
    room = mend(qtbot, window)
    mending = window.rooms.workshop.mending
    gate = threading.Event()
    window.runner.start(lambda _step: gate.wait(60))
    type_text(room.editor, "x")
    mending._show()

    mending.open(other)
    gate.set()

    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)
    assert page_says(room, "It stood by the water.")
