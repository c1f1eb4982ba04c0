"""Hyphens on the page: loaded behind, seen in the text, and in nothing that leaves it."""

from __future__ import annotations

import pytest
from msgspec import structs
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from reader.ui.page.typography import Typography
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, first_line

HYPHEN = "\u00ad"
ENGLISH = """---
title: On remembering
language: en
---

# On remembering

""" + "\n\n".join(
    f"Number {number}: remembering everything afterwards needs remarkable patience." for number in range(60)
)
UNKNOWN = ENGLISH.replace("language: en\n", "")
HYPHENATED = Typography(justified=True, hyphenated=True)


@pytest.fixture(autouse=True)
def nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(ENGLISH))


def hyphens(window: MainWindow) -> int:
    return window.page.document().toPlainText().count(HYPHEN)


def hyphenate(desk: Desk, window: MainWindow) -> None:
    window.rooms.type_choices.choose(HYPHENATED)
    desk.qtbot.waitUntil(lambda: not window.runner.busy)


def test_words_are_whole_until_hyphens_are_wanted(desk: Desk, window: MainWindow) -> None:
    before = hyphens(window)

    hyphenate(desk, window)

    assert before == 0
    assert hyphens(window) > 60


def test_words_are_whole_again_when_they_are_wanted_no_more(desk: Desk, window: MainWindow) -> None:
    hyphenate(desk, window)

    window.rooms.type_choices.choose(Typography())
    without = hyphens(window)
    window.rooms.type_choices.choose(HYPHENATED)

    assert without == 0
    assert hyphens(window) > 60


def test_a_text_in_a_language_that_nobody_knows_stays_whole(desk: Desk) -> None:
    window = desk.window(article=desk.add(UNKNOWN))

    hyphenate(desk, window)

    assert hyphens(window) == 0


def test_the_next_reading_in_the_language_has_hyphens_at_once(desk: Desk, window: MainWindow) -> None:
    hyphenate(desk, window)
    other = desk.add(ENGLISH.replace("On remembering", "On forgetting"), "other.md")

    window.open_article(other)

    assert hyphens(window) > 60


def test_a_copy_has_no_hyphens(desk: Desk, window: MainWindow) -> None:
    hyphenate(desk, window)

    window.page.selectAll()
    act(window, "copy")

    copied = QApplication.clipboard().text()
    assert HYPHEN not in copied
    assert "remembering everything afterwards" in copied


def test_a_selected_range_is_the_same_with_hyphens_and_without(desk: Desk, window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    start = text.slice(0, 2000).index("everything afterwards")
    hyphenate(desk, window)

    window.page.select_range(start, start + 10)

    assert window.page.selected_range() == (start, start + 10)
    assert window.page.textCursor().selectedText().replace(HYPHEN, "") == "everything"


def test_the_words_under_the_eye_stay_when_the_hyphens_come(desk: Desk, window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    window.page.go_to(text.slice(0, len(text)).index("Number 40"), landing=False)
    before = first_line(window)

    hyphenate(desk, window)

    assert first_line(window)[:9] == before[:9]


def test_words_stay_whole_while_a_screen_reader_listens(
    desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)

    hyphenate(desk, window)

    assert hyphens(window) == 0
    assert window.page.typography == structs.replace(HYPHENATED)
