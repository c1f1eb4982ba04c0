"""All that a text was is kept: one sees what changed, and goes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.library import Library
from reader.ui.mending.versions import VersionsDialog
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, message, part

FERRY = "# The ferry\n\nIn the spring the ice broke.\n\nIt met every Tuesday in the old school.\n"


@pytest.fixture
def article(desk: Desk) -> int:
    """A text that came in, was mended, and came in anew."""
    article = desk.add(FERRY)
    with Library(desk.paths) as library:
        taken = library.manuscript(article)
        library.revise(article, taken.text.replace("Tuesday", "Friday"), taken.revision)
        taken = library.manuscript(article)
        library.revise(article, taken.text + "\nThe miller said nothing.\n", taken.revision)
    return article


@pytest.fixture
def window(desk: Desk, article: int) -> MainWindow:
    return desk.window(article=article)


def open_versions(qtbot: QtBot, window: MainWindow) -> VersionsDialog:
    act(window, "versions")
    dialog = part(window, VersionsDialog)
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)
    return dialog


@pytest.fixture
def lane(window: MainWindow) -> Iterator[threading.Event]:
    """Once held, what runs behind the window stands still until the event is set."""
    gate = threading.Event()
    yield gate
    gate.set()


def hold(window: MainWindow, lane: threading.Event) -> None:
    window.runner.start(lambda _step: lane.wait(60))


def rows(dialog: VersionsDialog) -> list[list[str]]:
    return [dialog.list.item(row).text().split("\n")[1:] for row in range(dialog.list.count())]


def test_the_versions_are_listed_with_what_they_came_from(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_versions(qtbot, window)

    assert rows(dialog) == [
        ["mended", "20 word(s)"],
        ["mended", "16 word(s)"],
        ["from the file “text.md”", "16 word(s)"],
    ]
    assert dialog.list.currentRow() == 1


def test_what_changed_since_a_version_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_versions(qtbot, window)

    dialog.list.setCurrentRow(2)

    qtbot.waitUntil(lambda: "Friday" in dialog.changes.toPlainText(), timeout=10_000)
    assert "It met every TuesdayFriday in the old school." in dialog.changes.toPlainText()
    assert dialog.changes.toPlainText().endswith("The miller said nothing.\n")


def test_one_goes_back_and_nothing_is_lost(qtbot: QtBot, desk: Desk, window: MainWindow, article: int) -> None:
    act(window, "bookmark")
    dialog = open_versions(qtbot, window)
    dialog.list.setCurrentRow(2)

    next(each for each in dialog.findChildren(QPushButton) if "Go back" in each.text()).click()

    qtbot.waitUntil(lambda: "The text is as it was" in message(window), timeout=10_000)
    text = window.page.text
    assert text is not None
    assert "It met every Tuesday in the old school." in text.string
    assert [text.string[start : start + 9] for start, _end in window.rooms.bookmarking.ranges] == ["The ferry"]
    versions = window.library.revising().versions(article)
    assert [(each.number, each.how.value, each.same_as) for each in versions] == [
        (4, "again", 1),
        (3, "mended", 0),
        (2, "mended", 0),
        (1, "file", 0),
    ]


def test_the_text_of_now_is_no_version_to_go_back_to(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_versions(qtbot, window)

    dialog.list.setCurrentRow(0)

    assert dialog.changes.toPlainText() == "This is the text as it is now."
    assert not dialog.back.isEnabled()


def test_the_window_waits_for_nothing_that_is_shown(qtbot: QtBot, window: MainWindow, lane: threading.Event) -> None:
    hold(window, lane)

    act(window, "versions")

    dialog = part(window, VersionsDialog)
    assert dialog.list.count() == 0
    lane.set()
    qtbot.waitUntil(lambda: dialog.list.count() == 3, timeout=10_000)


def test_only_the_version_that_was_chosen_last_is_compared(
    qtbot: QtBot, window: MainWindow, lane: threading.Event
) -> None:
    dialog = open_versions(qtbot, window)
    hold(window, lane)
    dialog.list.setCurrentRow(2)
    dialog.list.setCurrentRow(1)
    assert dialog.changes.toPlainText() == "Comparing…"

    lane.set()

    qtbot.waitUntil(lambda: "The miller" in dialog.changes.toPlainText(), timeout=10_000)
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)
    assert "Friday" not in dialog.changes.toPlainText()


def test_a_comparison_ends_with_its_dialog(qtbot: QtBot, window: MainWindow, lane: threading.Event) -> None:
    dialog = open_versions(qtbot, window)
    hold(window, lane)
    dialog.list.setCurrentRow(2)

    dialog.reject()
    lane.set()

    qtbot.waitUntil(lambda: not window.runner.busy, timeout=10_000)
    assert message(window) == ""
