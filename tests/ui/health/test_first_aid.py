"""A damaged library at the start of the program."""

from __future__ import annotations

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


@pytest.mark.parametrize("asks", [True, False])
def test_it_is_left_as_it_is_where_nobody_says_so(damaged: Paths, asks: bool) -> None:
    press([1] if asks else [])

    with pytest.raises(LibraryDamagedError):
        application._built(damaged, None, None, asks=asks)

    assert (damaged.data / FILE).read_bytes() == NONSENSE
    assert len(backups(Path(damaged.data) / "backups")) == 1
