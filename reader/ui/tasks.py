"""The one way off the window's thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from enum import Enum
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Signal

from reader.errors import CancelledError, ReaderError

log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]
Step = Callable[[float], None]
JOIN_SECONDS = 5.0


class Lane(Enum):
    """QUICK is for what a person waits for, LONG for imports, BEHIND for indexing: none stops another."""

    QUICK = "quick"
    LONG = "long"
    BEHIND = "behind"
    CARE = "care"
    """Checks and backups, which take minutes where a library is large."""


class Task:
    """A piece of work under way; ``cancel`` asks it to stop at its next step."""

    def __init__(
        self,
        work: Callable[[Step], Any],
        done: Done | None = None,
        failed: Failed | None = None,
        progressed: Step | None = None,
    ) -> None:
        self.work = work
        self.done = done
        self.failed = failed
        self.progressed = progressed
        self._stopped = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop. Where it ends all the same, its result is told: it was done."""
        self._stopped.set()

    @property
    def cancelled(self) -> bool:
        return self._stopped.is_set()


class Runner(QObject):
    """Runs work in the background; handlers are called in the thread that the runner lives in."""

    _ended = Signal(object, object, object)
    _stepped = Signal(object, float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queues: dict[Lane, SimpleQueue[Task | None]] = {}
        self._threads: list[threading.Thread] = []
        self._running: set[Task] = set()
        self._over = False
        self._ended.connect(self._deliver)
        self._stepped.connect(self._report)

    def start(
        self,
        work: Callable[[Step], Any],
        *,
        done: Done | None = None,
        failed: Failed | None = None,
        progressed: Step | None = None,
        lane: Lane = Lane.QUICK,
    ) -> Task:
        """Run ``work(step)``; it calls ``step`` with its share done, which raises CancelledError to stop it.

        After ``shut_down`` nothing begins any more, and nothing is told.
        """
        task = Task(work, done, failed, progressed)
        if self._over:
            task.cancel()
            return task
        self._running.add(task)
        self._queue(lane).put(task)
        return task

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waits."""
        return bool(self._running)

    def shut_down(self) -> None:
        """Stop all work and wait for it, but not for ever; a timer that is still under way begins none."""
        self._over = True
        for task in list(self._running):
            task.cancel()
        for queue in self._queues.values():
            queue.put(None)
        for thread in self._threads:
            thread.join(JOIN_SECONDS)
        self._queues.clear()
        self._threads.clear()
        self._running.clear()

    def _queue(self, lane: Lane) -> SimpleQueue[Task | None]:
        if lane not in self._queues:
            queue: SimpleQueue[Task | None] = SimpleQueue()
            thread = threading.Thread(target=self._work_through, args=(queue,), name=lane.value, daemon=True)
            self._queues[lane] = queue
            self._threads.append(thread)
            thread.start()
        return self._queues[lane]

    def _work_through(self, queue: SimpleQueue[Task | None]) -> None:
        while (task := queue.get()) is not None:
            self._run(task)

    def _run(self, task: Task) -> None:
        def step(share: float) -> None:
            if task.cancelled:
                raise CancelledError
            if task.progressed is not None:
                self._stepped.emit(task, share)

        result: Any = None
        error: Exception | None = None
        try:
            if task.cancelled:
                raise CancelledError
            result = task.work(step)
        except CancelledError as stopped:
            error = stopped
        except ReaderError as said:
            error = said
        except Exception as unforeseen:
            # A task's end is one of the three places where everything is caught.
            log.exception("a task failed")
            error = unforeseen
        try:
            self._ended.emit(task, result, error)
        except RuntimeError:
            log.info("a task ended after the window was gone")

    def _deliver(self, task: Task, result: Any, error: Exception | None) -> None:
        if task not in self._running:
            return
        self._running.discard(task)
        if error is not None:
            if task.failed is not None:
                task.failed(error)
        elif task.done is not None:
            task.done(result)

    def _report(self, task: Task, share: float) -> None:
        if task.progressed is not None and task in self._running and not task.cancelled:
            task.progressed(share)
