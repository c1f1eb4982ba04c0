"""A second launch hands its files to the window that runs."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Signal

from reader.atomic import write_whole

log = logging.getLogger(__name__)

FOLDER = "handover"
LOCK = "window.lock"
LOCK_WAIT_MS = 50


class Handover(QObject):
    """The first window of a library holds a lock; later ones leave their wish in a folder it watches.

    A lock whose process died is taken over. Where the folder cannot be written, every launch
    opens a window of its own.
    """

    received = Signal(object)
    """The files that another launch wants opened, as a tuple of paths; it may be empty."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder / FOLDER
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)  # an open window is never stale, however long it is open
        self._watcher: QFileSystemWatcher | None = None

    def claim(self) -> bool:
        """Return whether this is the first window of its library, or must act as if it were."""
        if self._lock.tryLock(LOCK_WAIT_MS):
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Begin to take what other launches leave."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            log.warning("other launches cannot reach this window")
            return
        self._watcher = QFileSystemWatcher([str(self._folder)], self)
        self._watcher.directoryChanged.connect(self._take)
        self._take()

    def send(self, files: tuple[Path, ...]) -> bool:
        """Leave files for the window that runs; say whether that could be done."""
        import json  # neither is needed by a window that opens nothing
        import uuid

        wish = json.dumps([str(file.resolve()) for file in files])
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_whole(self._folder / f"{uuid.uuid4()}.json", wish.encode())
        except OSError:
            return False
        return True

    def release(self) -> None:
        """Let another window be the first."""
        self._lock.unlock()

    def _take(self) -> None:
        for file in sorted(self._folder.glob("*.json")):
            import json  # most starts find nothing here

            try:
                written = file.read_bytes()
                file.unlink()
                wish = json.loads(written)
            except (OSError, ValueError, RecursionError):
                continue
            if isinstance(wish, list):
                self.received.emit(tuple(Path(name) for name in wish if isinstance(name, str)))
