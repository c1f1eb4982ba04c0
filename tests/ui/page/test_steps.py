"""Reading by steps: headings, paragraphs and marks, one key each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, has_keyboard, key, message

FERRY = """---
title: The ferry
---

# The ferry

First words.[^a] More words.[^b]

***

Second words.

## The bank

Third words.[^a]

[^a]: A note.
[^b]: Another note.
"""


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(FERRY))


def at_caret(window: MainWindow) -> str:
    text = window.page.text
    assert text is not None
    return text.string[window.page.caret_offset() :].split("\n")[0]


def test_paragraphs_are_walked_one_by_one_over_the_rule_between_them(window: MainWindow) -> None:
    walked = []
    for _ in range(4):
        act(window, "next_paragraph")
        walked.append(at_caret(window))

    assert walked == ["The ferry", "First words. More words.", "Second words.", "The bank"]


def test_paragraphs_are_walked_back(window: MainWindow) -> None:
    for _ in range(4):
        act(window, "next_paragraph")

    act(window, "previous_paragraph")

    assert at_caret(window) == "Second words."


def test_marks_are_walked_in_order_also_where_two_lead_to_one_note(window: MainWindow) -> None:
    walked = []
    for _ in range(3):
        act(window, "next_mark")
        assert window.page.focused_mark is not None
        walked.append(window.page.focused_mark.key)

    assert walked == ["a", "b", "a"]


def test_after_the_last_mark_the_keyboard_stays_on_it(window: MainWindow) -> None:
    for _ in range(4):
        act(window, "next_mark")

    assert window.page.focused_mark is not None
    assert window.page.focused_mark.key == "a"
    assert has_keyboard(window.page)


def test_a_mark_that_a_step_led_to_opens_by_key(window: MainWindow) -> None:
    act(window, "next_mark")

    key(window, Qt.Key.Key_Return)

    (popup,) = window.rooms.footnotes.popups
    assert popup.view.toPlainText().strip() == "A note."


def test_a_stop_has_the_name_and_the_words_of_its_note(window: MainWindow) -> None:
    act(window, "next_mark")

    stop = QApplication.focusWidget()
    assert stop is not None
    assert (stop.accessibleName(), stop.accessibleDescription()) == ("Note a", "A note.")


def test_an_arrow_key_takes_the_keyboard_from_the_mark_back_into_the_text(window: MainWindow) -> None:
    act(window, "caret")
    act(window, "next_mark")

    key(window, Qt.Key.Key_Right)

    assert window.page.hasFocus()
    assert window.page.focused_mark is None


def test_where_one_is_stands_in_the_status_line(window: MainWindow) -> None:
    act(window, "where")

    assert "paragraph 1 of" in message(window)
