"""Keeping the index up to date behind what a person does."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from reader.errors import ReaderError
from reader.library import Library
from reader.paths import Paths
from reader.ui.search import indexing as indexing_module
from reader.ui.search.indexing import Indexing
from reader.ui.tasks import Lane, Runner


class Refreshes:
    """A library whose index can be brought up to date or not, and the refreshes of it."""

    def __init__(self, folder: Path) -> None:
        self.count = 0
        self.fails = False
        self.done = 0
        self.waits = threading.Event()
        self.waits.set()
        self.library = Library(Paths.under(folder))
        self.runner = Runner()
        self.parent = QObject()
        self.indexing = Indexing(self.library, self.runner, self.parent)
        self.indexing.done.connect(self._on_done)

    def refresh_index(self, step: Callable[[float], None], *, trusting: bool = False) -> None:
        assert self.waits.wait(20)
        step(0.25)
        self.count += 1
        if self.fails:
            raise ReaderError

    def _on_done(self) -> None:
        self.done += 1


@pytest.fixture
def refreshes(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Refreshes]:
    made = Refreshes(tmp_path)
    monkeypatch.setattr(made.library, "refresh_index", made.refresh_index)
    yield made
    made.waits.set()
    made.runner.shut_down()
    made.library.close()


def rest(qtbot: QtBot, refreshes: Refreshes) -> None:
    qtbot.waitUntil(lambda: not refreshes.runner.busy, timeout=20_000)


def test_an_index_that_was_brought_up_to_date_is_told_of(qtbot: QtBot, refreshes: Refreshes) -> None:
    refreshes.indexing.refresh()

    rest(qtbot, refreshes)
    assert (refreshes.count, refreshes.done) == (1, 1)


def test_an_index_that_cannot_be_written_is_not_tried_without_end_by_a_search_that_finds_it_lacking(
    qtbot: QtBot, refreshes: Refreshes
) -> None:
    refreshes.fails = True
    refreshes.indexing.done.connect(refreshes.indexing.refresh)  # as a search does that is told of a lost index

    refreshes.indexing.refresh()

    rest(qtbot, refreshes)
    assert (refreshes.count, refreshes.done) == (1, 0)
    assert not refreshes.indexing.busy


def test_what_was_asked_for_meanwhile_follows_a_failure(qtbot: QtBot, refreshes: Refreshes) -> None:
    refreshes.fails = True

    refreshes.indexing.refresh()
    refreshes.indexing.refresh()

    rest(qtbot, refreshes)
    assert refreshes.count == 2


# What takes long


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing_module, "QUIET_SECONDS", 0.0)


def test_what_takes_long_is_told_of_until_it_rests(qtbot: QtBot, refreshes: Refreshes, no_patience: None) -> None:
    told: list[object] = []
    refreshes.indexing.progressed.connect(told.append)
    refreshes.indexing.rested.connect(lambda: told.append("rested"))

    refreshes.indexing.refresh()

    rest(qtbot, refreshes)
    assert told == [0.25, "rested"]


def test_what_is_done_soon_is_not_told_of(qtbot: QtBot, refreshes: Refreshes) -> None:
    refreshes.indexing.progressed.connect(lambda _share: pytest.fail("told"))

    refreshes.indexing.refresh()

    rest(qtbot, refreshes)
    assert refreshes.done == 1


def test_it_can_be_stopped_and_the_next_goes_on(qtbot: QtBot, refreshes: Refreshes) -> None:
    refreshes.waits.clear()
    refreshes.indexing.refresh()
    refreshes.indexing.refresh()

    refreshes.indexing.cancel()
    refreshes.waits.set()
    rest(qtbot, refreshes)
    stopped = (refreshes.count, refreshes.done)
    refreshes.indexing.refresh()

    rest(qtbot, refreshes)
    assert stopped == (0, 0)
    assert (refreshes.count, refreshes.done) == (1, 1)


def test_an_import_does_not_wait_for_it(qtbot: QtBot, refreshes: Refreshes) -> None:
    imported: list[object] = []
    refreshes.waits.clear()
    refreshes.indexing.refresh()

    refreshes.runner.start(lambda step: None, done=imported.append, lane=Lane.LONG)

    qtbot.waitUntil(lambda: bool(imported), timeout=20_000)
    assert refreshes.indexing.busy
    refreshes.waits.set()
    rest(qtbot, refreshes)
