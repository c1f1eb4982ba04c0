"""Long work in the window's thread, a slice at a time, so that the window goes on answering."""

from __future__ import annotations

import logging
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Generator

log = logging.getLogger(__name__)

SLICE_SECONDS = 0.008
"""No further step is begun in a slice after so long; a step is a page."""


class Slices(QObject):
    """Goes through a generator that yields its share done after each step, 0 to 1."""

    progressed = Signal(float)
    done = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._work: Generator[float, None, None] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        return self._work is not None

    def start(self, work: Generator[float, None, None]) -> None:
        """Begin; what was under way is stopped."""
        self.stop()
        self._work = work
        self._timer.start()

    def stop(self) -> None:
        """Leave it; what it has begun is taken back by the generator itself."""
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            with suppress(ReaderError):
                work.close()

    def _go_on(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        work, share = self._work, None
        if work is None:
            return
        try:
            while (step := next(work, None)) is not None:
                share = step
                if self._work is not work or perf_counter() > until:
                    break
        except ReaderError as error:
            self._end()
            self.failed.emit(error)
            return
        if self._work is not work:
            return
        if share is not None:
            self.progressed.emit(share)
        if step is None and self._work is work:
            self._end()
            self.done.emit()

    def _end(self) -> None:
        self._timer.stop()
        self._work = None
