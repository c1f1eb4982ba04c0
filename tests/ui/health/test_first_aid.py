"""A damaged library at the start of the program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from reader.keeping.backups import backups
from reader.library import FILE, Library, no_step
from reader.paths import Paths
from reader.store.errors import LibraryDamagedError
from reader.ui import application
from tests.ui.desk import Desk

NONSENSE = b"no database " * 1000


def press(buttons: list[int]) -> None:
    """Press a button of each box that comes up, by its place, as soon as it is there."""

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.buttons()[buttons.pop(0)].click()
        if buttons:
            QTimer.singleShot(20, look)

    QTimer.singleShot(20, look)


@pytest.fixture
def damaged(desk: Desk) -> Paths:
    desk.add("# The Ferry\n\nThe ice on the river broke.\n")
    with Library(desk.paths) as library:
        library.keeping().back_up(no_step)
    (desk.paths.data / FILE).write_bytes(NONSENSE)
    return desk.paths


def test_it_is_mended_where_the_person_wants_it(damaged: Paths, qtbot: QtBot) -> None:
    press([0, 0])

    window = application._built(damaged, None, None, asks=True)

    qtbot.addWidget(window)
    assert [entry.title for entry in window.library.shelf.articles()] == ["The Ferry"]
    assert window.library.keeping().health().was_unclean
    (kept,) = damaged.data.glob("recovered-*")
    assert (kept / FILE).read_bytes() == NONSENSE
    window.library.close()


@pytest.fixture
def doubted(desk: Desk) -> Paths:
    """A library that opens, and whose database a check found damaged."""
    desk.add("# The Ferry\n\nThe ice on the river broke.\n")
    with Library(desk.paths) as library:
        library.keeping().back_up(no_step)
    with closing(sqlite3.connect(desk.paths.data / FILE)) as connection:
        connection.execute("DROP INDEX bookmark_by_place")
    with Library(desk.paths) as library:
        assert library.keeping().check(no_step).database
    return desk.paths


def test_what_a_check_found_is_offered_to_be_mended_at_the_next_start(doubted: Paths, qtbot: QtBot) -> None:
    press([0, 0])

    window = application._built(doubted, None, None, asks=True)

    qtbot.addWidget(window)
    assert window.library.keeping().check(no_step).is_sound
    window.library.close()
    again = application._built(doubted, None, None, asks=True)
    qtbot.addWidget(again)
    again.library.close()


def test_one_may_go_on_reading_a_library_that_was_found_damaged(doubted: Paths, qtbot: QtBot) -> None:
    press([1])

    window = application._built(doubted, None, None, asks=True)

    qtbot.addWidget(window)
    assert window.library.keeping().check(no_step).database
    window.library.close()


def test_damage_that_was_met_while_reading_is_offered_to_be_mended_at_the_next_start(desk: Desk, qtbot: QtBot) -> None:
    desk.add("# The Ferry\n\nThe ice on the river broke.\n")
    with Library(desk.paths) as library:
        library.keeping().back_up(no_step)
    data = bytearray((desk.paths.data / FILE).read_bytes())
    data[4096:8192] = b"\xff" * 4096
    (desk.paths.data / FILE).write_bytes(data)
    with Library(desk.paths) as library, pytest.raises(LibraryDamagedError):
        library.shelf.articles()
    press([0, 0])

    window = application._built(desk.paths, None, None, asks=True)

    qtbot.addWidget(window)
    assert [entry.title for entry in window.library.shelf.articles()] == ["The Ferry"]
    window.library.close()


@pytest.mark.parametrize("asks", [True, False])
def test_it_is_left_as_it_is_where_nobody_says_so(damaged: Paths, asks: bool) -> None:
    press([1] if asks else [])

    with pytest.raises(LibraryDamagedError):
        application._built(damaged, None, None, asks=asks)

    assert (damaged.data / FILE).read_bytes() == NONSENSE
    assert len(backups(Path(damaged.data) / "backups")) == 1
