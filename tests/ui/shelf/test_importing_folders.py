from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.bulk import Report
from reader.library import Library
from reader.ui.shelf.import_report import ImportReport, show_failures
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, message, part

LONG_MS = 20_000


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    desk.add("# The river\n\nA text.\n", "river.md")
    return desk.window()


def titles(desk: Desk) -> set[str]:
    with Library(desk.paths) as library:
        return {entry.title for entry in library.shelf.articles()}


def folder_of(desk: Desk, **files: str) -> Path:
    folder = desk.folder / "papers"
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def rows(report: ImportReport) -> list[str]:
    return [report.list.item(row).text().strip("\u2068\u2069") for row in range(report.list.count())]


def test_a_folder_that_is_dropped_comes_in_and_what_is_read_stays_open(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    before = window.windowTitle()

    window.open_files((folder_of(desk, one="# One\n\nFirst.\n", two="# Two\n\nSecond.\n"),))

    qtbot.waitUntil(lambda: not window.rooms.importing.busy, timeout=LONG_MS)
    assert "2 texts were added." in window.rooms.status.message.text()
    assert {"The river", "One", "Two"} <= titles(desk)
    assert window.windowTitle() == before


def test_a_folder_is_chosen_from_the_menu(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(desk, one="# One\n\nFirst.\n")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))

    window.commands["open_folder"].trigger()

    qtbot.waitUntil(lambda: {"The river", "One"} <= titles(desk), timeout=LONG_MS)


def test_what_failed_is_listed_with_its_reason(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    folder = folder_of(desk, one="# One\n\nFirst.\n", empty="")

    window.open_files((folder,))

    qtbot.waitUntil(lambda: not window.rooms.importing.busy, timeout=LONG_MS)
    assert message(window) == "1 text was added. 1 file could not be read."
    window.rooms.status.message_action.click()
    report = part(window, ImportReport)
    assert report.head.text() == "1 file could not be read."
    assert rows(report) == ["“empty.md” could not be opened: there is no text in it."]
    report.close()


def test_what_failed_is_told_until_somebody_looks(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.open_files((folder_of(desk, one="# One\n\nFirst.\n", empty=""),))
    qtbot.waitUntil(lambda: not window.rooms.importing.busy, timeout=LONG_MS)
    before = message(window)

    window.rooms.status.message_action.setFocus()
    window.page.setFocus()

    assert not window.rooms.status.goes_by_itself
    assert message(window) == before != ""


def test_thousands_of_failures_are_counted_but_not_all_listed(qtbot: QtBot, window: MainWindow) -> None:
    report = show_failures([(Path(f"{number}.md"), f"Number {number}.") for number in range(1_500)], window)

    assert report.head.text() == "1500 files could not be read."
    assert (rows(report)[0], rows(report)[1_000:]) == ("Number 0.", ["…"])
    report.close()


def test_several_files_are_told_of_together(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    folder = folder_of(desk, one="# One\n\nFirst.\n", empty="", two="# Two\n\nSecond.\n")
    names = ("one", "empty", "two")

    window.open_files(tuple(folder / f"{name}.md" for name in names))

    qtbot.waitUntil(lambda: not window.rooms.importing.busy, timeout=LONG_MS)
    assert message(window) == "2 texts were added. 1 file could not be read."
    assert window.windowTitle() == "Two – Study Reader"


def test_several_files_are_stopped_together(
    qtbot: QtBot, desk: Desk, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_came, go_on = threading.Event(), threading.Event()
    add_all = window.library.add_all

    def slow(places: Sequence[Path], step: Callable[[float], None]) -> Report:
        def ask(share: float) -> None:
            if share:
                one_came.set()
                assert go_on.wait(60)
            step(share)

        return add_all(places, ask)

    monkeypatch.setattr(window.library, "add_all", slow)
    folder = folder_of(desk, one="# One\n\nFirst.\n", two="# Two\n\nSecond.\n", three="# Three\n\nThird.\n")
    window.open_files(tuple(folder / f"{name}.md" for name in ("one", "two", "three")))
    qtbot.waitUntil(one_came.is_set, timeout=LONG_MS)

    window.rooms.status.cancel_button.click()
    go_on.set()

    qtbot.waitUntil(lambda: not window.rooms.importing.busy, timeout=LONG_MS)
    assert message(window) == "Stopped; what came in until then stays. 1 text was added."
    assert titles(desk) & {"One", "Two", "Three"} == {"One"}


def test_a_folder_without_texts_is_said_in_one_sentence(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.open_files((folder_of(desk),))

    qtbot.waitUntil(lambda: not window.rooms.importing.busy, timeout=LONG_MS)
    assert "“papers” could not be brought in" in window.rooms.status.message.text()


def test_a_window_that_is_closed_ends_the_reading_processes(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    window.open_files((folder_of(desk, **{f"text{number}": f"# {number}\n\nText.\n" for number in range(60)}),))
    readers = window.library.readers()
    qtbot.waitUntil(lambda: bool(readers.process_ids), timeout=LONG_MS)

    window.close()

    qtbot.waitUntil(lambda: not window.runner.busy, timeout=LONG_MS)
    window.library.close()
    assert readers.process_ids == ()
