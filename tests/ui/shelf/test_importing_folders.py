from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from reader.library import Library
from reader.ui.shelf.import_report import show_failures
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk

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

    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=LONG_MS)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert box.text() == "1 file could not be read."
    assert "“empty.md” could not be opened: there is no text in it." in box.informativeText()
    box.close()
    qtbot.waitUntil(lambda: not window.rooms.importing.busy, timeout=LONG_MS)


def test_thousands_of_failures_are_counted_but_not_all_listed(qtbot: QtBot, window: MainWindow) -> None:
    box = show_failures([(Path(f"{number}.md"), f"Number {number}.") for number in range(1_500)], window)

    assert box.text() == "1500 files could not be read."
    assert box.detailedText().count("\n") == 1_000
    box.close()


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
