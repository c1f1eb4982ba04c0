"""How macOS hands files to a program: by events to the application, before its window stands or any time after.

Elsewhere files come as arguments, and this module is not loaded: an application whose ``event`` is Python's
pays for every event that is sent to it. On macOS, too, only those to the application itself come here, which
a filter of all events would not spare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

Take = Callable[[tuple[Path, ...]], object]


class FileOpeningApplication(QApplication):
    """An application that is told of files; those that come before anybody takes them wait."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._waiting: tuple[Path, ...] = ()
        self._take: Take | None = None

    def hand_files_to(self, take: Take) -> None:
        """Let somebody have the files that were told of, and those to come."""
        self._take = take
        waiting, self._waiting = self._waiting, ()
        if waiting:
            take(waiting)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent) and event.file():
            file = Path(event.file())
            if self._take is None:
                self._waiting += (file,)
            else:
                self._take((file,))
            return True
        return super().event(event)
