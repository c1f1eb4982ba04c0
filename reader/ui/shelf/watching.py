"""Looks at the watched folders now and then, in the background, and when the window comes to the front."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from reader.errors import ReaderError
from reader.library import Library, Outcome
from reader.ui.tasks import Lane, Runner

if TYPE_CHECKING:
    from reader.ui.window.furnishing import Furnishing
    from reader.ui.window.main_window import MainWindow
    from reader.watching import Looked, Watching

LOOK_MS = 30_000
AGAIN_MS = 2_100
"""How soon one looks again for a file that was still written, or just found: it must have stood still."""


class FolderWatch(QObject):
    """Nothing is looked at while no folder is watched."""

    looked = Signal(object)
    """A ``Looked``, where anything came in or failed."""

    def __init__(self, library: Library, runner: Runner, failed: Callable[[object], None], parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._failed = failed
        self._busy = False
        self._watching: Watching | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    def look(self) -> None:
        """Look now, unless that is under way."""
        if self._busy:
            return
        try:
            folders = self._library.catalogue.watched()
        except ReaderError as error:
            self._failed(error)
            return
        if not folders:
            self._timer.stop()
            return
        if self._watching is None:
            self._watching = self._library.curating().watching()
        watching = self._watching
        self._busy = True
        self._runner.start(
            lambda step: watching.look(folders, step), done=self._on_looked, failed=self._on_failed, lane=Lane.LONG
        )

    def _on_looked(self, looked: Looked) -> None:
        self._busy = False
        self._timer.start(AGAIN_MS if looked.waiting else LOOK_MS)
        if looked.added or looked.failed:
            self.looked.emit(looked)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._timer.start(LOOK_MS)
        self._failed(error)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.look()


def watch(window: MainWindow, rooms: Furnishing) -> FolderWatch:
    """Watch folders for a window, and tell it what came in."""
    made = FolderWatch(window.library, window.runner, rooms.tell, window)

    def tell(looked: Looked) -> None:
        said = [made.tr("%n text(s) came in from a watched folder.", "", len(looked.added))] if looked.added else []
        said += looked.failed[:1]
        if len(looked.failed) > 1:
            said.append(made.tr("%n other file(s) there could not be read.", "", len(looked.failed) - 1))
        rooms.status.show_message(" ".join(said))
        if not looked.added:
            return
        rooms.indexing.refresh(trusting=True)
        for added in looked.added:
            if added.outcome is Outcome.REVISED:
                rooms.desk.reload(added.article_id)
        if rooms.has("shelf_room"):
            rooms.shelf_room.refresh()

    made.looked.connect(tell)
    return made
