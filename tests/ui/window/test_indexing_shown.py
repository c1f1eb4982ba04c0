"""The line at the window's foot tells how far indexing is, where it takes long."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.desk import Desk


def test_it_is_told_until_it_rests(desk: Desk) -> None:
    rooms = desk.window().rooms

    rooms.indexing.progressed.emit(0.428)

    assert rooms.status.progress.isVisible()
    assert rooms.status.progress_text.text() == "Making ready for search: 42 %"
    rooms.indexing.rested.emit()
    assert not rooms.status.progress.isVisible()


def test_what_a_person_brings_in_goes_before(qtbot: QtBot, desk: Desk) -> None:
    rooms = desk.window().rooms
    rooms.importing.paste("# A text\n\nThat was copied.\n", is_html=False)

    rooms.indexing.progressed.emit(0.428)
    rooms.indexing.rested.emit()

    assert rooms.status.progress.isVisible()
    assert "search" not in rooms.status.progress_text.text()
    qtbot.waitUntil(lambda: not rooms.status.progress.isVisible(), timeout=20_000)


def test_large_matter_is_found_in_a_window_that_indexes_it_elsewhere(qtbot: QtBot, desk: Desk) -> None:
    words = "Words that are said, and said again. " * 40
    desk.add("# A book\n\n" + "".join(f"## Part n{number}\n\n{words}\n\n" for number in range(400)), "book.md")

    window = desk.window()
    window.rooms.indexing.refresh()
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=60_000)

    assert window.library.search("n399").total == 1
