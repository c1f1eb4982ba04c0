"""The one way off the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from reader.errors import CancelledError, EmptyFileError, ReaderError
from reader.ui.tasks import Lane, Runner

Step = Callable[[float], None]


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.shut_down()


class Gate:
    """Work that waits until it is let through, so that a test knows what is under way."""

    def __init__(self) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()

    def __call__(self, step: Step) -> str:
        self.entered.set()
        assert self.opened.wait(20)
        return "through"


def test_a_result_comes_to_the_thread_that_asked(qtbot: QtBot, runner: Runner) -> None:
    worked: list[int] = []
    told: list[tuple[str, int]] = []

    def work(step: Step) -> str:
        worked.append(threading.get_ident())
        return "done"

    runner.start(work, done=lambda result: told.append((result, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(told))

    assert told == [("done", threading.get_ident())]
    assert worked[0] != threading.get_ident()


def test_an_error_for_a_person_comes_as_it_is(qtbot: QtBot, runner: Runner) -> None:
    errors: list[Exception] = []

    def work(step: Step) -> None:
        raise EmptyFileError("a.txt")

    runner.start(work, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))

    assert str(errors[0]) == "“a.txt” could not be opened: there is no text in it."


def test_an_error_that_nobody_foresaw_is_logged_and_told(
    qtbot: QtBot, runner: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    errors: list[Exception] = []

    def work(step: Step) -> None:
        raise KeyError("unforeseen")

    runner.start(work, failed=errors.append)
    qtbot.waitUntil(lambda: bool(errors))

    assert isinstance(errors[0], KeyError)
    assert "a task failed" in caplog.text


def test_progress_is_told_in_order(qtbot: QtBot, runner: Runner) -> None:
    shares: list[float] = []
    ends: list[object] = []

    def work(step: Step) -> None:
        for share in (0.0, 0.5, 1.0):
            step(share)

    runner.start(work, done=ends.append, progressed=shares.append)
    qtbot.waitUntil(lambda: bool(ends))

    assert shares == [0.0, 0.5, 1.0]


def test_cancelled_work_stops_at_its_next_step(qtbot: QtBot, runner: Runner) -> None:
    gate = Gate()
    errors: list[Exception] = []

    def work(step: Step) -> None:
        gate(step)
        step(0.5)
        raise AssertionError("the work went on")

    task = runner.start(work, failed=errors.append)
    assert gate.entered.wait(20)
    task.cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: bool(errors))

    assert isinstance(errors[0], CancelledError)


def test_work_that_is_cancelled_while_it_waits_never_begins(qtbot: QtBot, runner: Runner) -> None:
    gate = Gate()
    begun: list[bool] = []
    errors: list[Exception] = []

    runner.start(gate)
    waiting = runner.start(lambda step: begun.append(True), failed=errors.append)
    waiting.cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: bool(errors))

    assert begun == []


def test_work_that_ends_although_it_was_cancelled_is_told_as_done(qtbot: QtBot, runner: Runner) -> None:
    gate = Gate()
    results: list[object] = []
    errors: list[Exception] = []

    task = runner.start(gate, done=results.append, failed=errors.append)
    assert gate.entered.wait(20)
    task.cancel()
    gate.opened.set()
    qtbot.waitUntil(lambda: bool(results))

    assert results == ["through"]
    assert errors == []


def test_a_long_task_keeps_nobody_waiting(qtbot: QtBot, runner: Runner) -> None:
    gate = Gate()
    told: list[object] = []

    runner.start(gate, lane=Lane.LONG)
    runner.start(lambda step: "quick", done=told.append)
    qtbot.waitUntil(lambda: told == ["quick"])

    assert runner.busy
    gate.opened.set()
    qtbot.waitUntil(lambda: not runner.busy)


def test_nothing_is_told_and_nothing_begins_after_the_end(qtbot: QtBot, runner: Runner) -> None:
    gate, fence = Gate(), Runner()
    told: list[object] = []

    runner.start(gate, done=told.append, failed=told.append)
    assert gate.entered.wait(20)
    gate.opened.set()
    runner.shut_down()
    late = runner.start(lambda step: "late", done=told.append, failed=told.append)
    fence.start(lambda step: "fence", done=told.append)
    qtbot.waitUntil(lambda: bool(told))

    assert told == ["fence"]
    assert late.cancelled
    fence.shut_down()


def test_the_end_stops_work_that_is_under_way(qtbot: QtBot, runner: Runner) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def work(step: Step) -> None:
        begun.set()
        try:
            while True:
                step(0.0)
        except ReaderError:
            stopped.set()
            raise

    runner.start(work)
    assert begun.wait(20)
    runner.shut_down()

    assert stopped.is_set()
    assert not runner.busy
