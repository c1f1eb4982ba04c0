"""Keeping the search index up to date, behind what a person does."""

from __future__ import annotations

import logging
import time
from functools import partial

from PySide6.QtCore import QObject, Signal

from reader.library import Library
from reader.ui.tasks import Lane, Runner, Task

log = logging.getLogger(__name__)

QUIET_SECONDS = 3.0
"""What takes no longer is not told of."""


class Indexing(QObject):
    """One refresh at a time; what is asked for meanwhile follows it."""

    done = Signal()
    """The index is up to date; not said where it could not be brought so."""
    progressed = Signal(float)
    """The share that is done, 0 to 1, of what takes long."""
    rested = Signal()
    """Nothing is under way any more, whatever came of it."""

    def __init__(self, library: Library, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._task: Task | None = None
        self._again = False
        self._begun = 0.0

    @property
    def busy(self) -> bool:
        return self._task is not None

    def refresh(self, *, trusting: bool = False) -> None:
        """Bring the index up to date with the library; see ``Library.refresh_index``."""
        if self._task is not None:
            self._again = True
            return
        self._again = False
        self._begun = time.monotonic()
        self._task = self._runner.start(
            partial(self._library.refresh_index, trusting=trusting),
            done=self._on_done,
            failed=self._on_failed,
            progressed=self._on_progress,
            lane=Lane.BEHIND,
        )

    def cancel(self) -> None:
        """Stop; what is indexed by now stays, and the next refresh goes on there."""
        self._again = False
        if self._task is not None:
            self._task.cancel()

    def _on_progress(self, share: float) -> None:
        if time.monotonic() - self._begun >= QUIET_SECONDS:
            self.progressed.emit(share)

    def _on_done(self, _: object) -> None:
        self._task = None
        self.rested.emit()
        if self._again:
            self.refresh()
        else:
            self.done.emit()

    def _on_failed(self, error: Exception) -> None:
        """Let it be until it is asked for again: a search that heard of ``done`` would ask at once, without end."""
        self._task = None
        self.rested.emit()
        log.info("the index could not be brought up to date: %s", type(error).__name__)
        if self._again:
            self.refresh()
