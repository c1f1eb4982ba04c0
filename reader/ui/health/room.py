"""What keeps the library from being lost: done behind the window by itself, and when a person asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from reader.errors import CancelledError, ReaderError
from reader.ui.health import phrases
from reader.ui.health.dialog import HealthDialog
from reader.ui.tasks import Lane, Task

if TYPE_CHECKING:
    from reader.keeping.keeping import Findings, Health, Keeping
    from reader.keeping.restoring import Restored
    from reader.ui.window.furnishing import Furnishing
    from reader.ui.window.main_window import MainWindow

Step = Callable[[float], None]


class HealthRoom(QObject):
    """Made when the first check or backup is due, or a person asks how the library is."""

    def __init__(self, window: MainWindow, rooms: Furnishing) -> None:
        super().__init__(window)
        self._window = window
        self._rooms = rooms
        self._task: Task | None = None
        self._findings: Findings | None = None
        rooms.indexing.rested.connect(self._refresh_if_shown)

    @cached_property
    def dialog(self) -> HealthDialog:
        made = HealthDialog(self._window)
        made.check_requested.connect(self.check)
        made.repair_requested.connect(self.repair)
        made.backup_requested.connect(self.back_up)
        made.export_requested.connect(self._ask_export)
        made.restore_requested.connect(self._ask_restore)
        made.rebuild_requested.connect(self.rebuild)
        made.stop_requested.connect(self._stop)
        return made

    @property
    def busy(self) -> bool:
        return self._task is not None

    def show(self) -> None:
        """Show how the library stands."""
        self.refresh()
        self.dialog.open()

    def refresh(self) -> None:
        """Ask how things stand now."""
        keeping = self._window.library.keeping()
        self._window.runner.start(lambda _step: keeping.health(), done=self._show, failed=self._rooms.tell)

    def look_after(self) -> None:
        """Do what is due after a start: see ``Keeping.look_after``. It is told of only where something is damaged."""
        if self._task is None:
            library = self._window.library
            keeping = library.keeping()

            def work(step: Step) -> Findings | None:
                library.tidy()
                return keeping.look_after(step)

            self._task = self._window.runner.start(
                work, done=self._looked, failed=self._on_unasked_failure, lane=Lane.CARE
            )

    # -- what a person asks for --------------------------------------------------------------------

    def check(self) -> None:
        """Look whether all is whole."""
        self._start(self.tr("Looking through the library…"), lambda keeping, step: keeping.check(step), self._checked)

    def repair(self) -> None:
        """Mend what the last check found."""
        found = self._findings
        if found is not None:
            self._start(
                self.tr("Mending…"),
                lambda keeping, step: (keeping.repair(found, step), keeping.check(step))[0],
                self._mended,
            )

    def back_up(self) -> None:
        """Take a backup."""
        self._start(
            self.tr("Backing up…"),
            lambda keeping, step: keeping.back_up(step),
            lambda _: self.tr("A backup was taken."),
        )

    def export_to(self, folder: Path) -> None:
        """Write the library to a folder."""
        self._start(
            self.tr("Exporting…"),
            lambda keeping, step: keeping.export(folder, step),
            lambda count: self.tr("%n text(s) exported to “{name}”.", "", count).format(name=folder.name),
        )

    def restore_from(self, folder: Path) -> None:
        """Bring an exported library in."""
        self._start(self.tr("Restoring…"), lambda keeping, step: keeping.restore(folder, step), self._restored)

    def rebuild(self) -> None:
        """Make the search index anew."""
        library = self._window.library
        self._start(
            self.tr("Making the search index anew…"),
            lambda _keeping, step: library.rebuild_index(step),
            lambda _: self.tr("The search index is new."),
        )

    def _ask_export(self) -> None:
        parent = QFileDialog.getExistingDirectory(self.dialog, self.tr("Export the library into a folder"))
        if parent:
            self.export_to(Path(parent) / f"Study Reader {phrases.file_date()}")

    def _ask_restore(self) -> None:
        folder = QFileDialog.getExistingDirectory(self.dialog, self.tr("Restore an exported library"))
        if folder:
            self.restore_from(Path(folder))

    def _start(self, text: str, work: Callable[[Keeping, Step], Any], told: Callable[[Any], str]) -> None:
        """Do something behind the window; ``told`` makes a sentence of what came of it."""
        if self._task is not None:
            return
        keeping = self._window.library.keeping()
        self.dialog.show_progress(text, 0.0)
        self._task = self._window.runner.start(
            lambda step: work(keeping, step),
            done=lambda result: self._end(told(result)),
            failed=self._on_failed,
            progressed=lambda share: self.dialog.show_progress(text, share),
            lane=Lane.CARE,
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    # -- what came of it ---------------------------------------------------------------------------

    def _end(self, sentence: str) -> None:
        self._task = None
        self.dialog.show_done(sentence)
        if not self.dialog.isVisible():
            self._rooms.status.show_message(sentence)
        self.refresh()

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            self._end(self.tr("Stopped."))
        elif isinstance(error, ReaderError):
            self._end(str(error))
        else:
            self._end(self.tr("Something went wrong; nothing was lost."))

    def _on_unasked_failure(self, _error: Exception) -> None:
        self._task = None

    def _checked(self, found: Findings) -> str:
        self._findings = found
        return self.tr("All is whole.") if found.is_sound else phrases.checked(found)

    def _mended(self, repaired: Any) -> str:
        self._findings = None
        self._window.rooms.indexing.refresh()
        return "\n".join(repaired.told)

    def _restored(self, done: Restored) -> str:
        if self._rooms.has("shelf_room"):
            self._rooms.shelf_room.refresh()
        self._rooms.indexing.refresh()
        said = self.tr("%n new text(s) came in.", "", done.new)
        if done.left_out:
            said += " " + self.tr("Left out, as damaged: %n file(s).", "", len(done.left_out))
        return said

    def _looked(self, found: Findings | None) -> None:
        self._task = None
        if found is not None and not found.is_sound:
            self._rooms.status.show_message(
                self.tr("Something in the library is damaged."), self.tr("Library health…"), self.show
            )
        self._refresh_if_shown()

    def _refresh_if_shown(self) -> None:
        if "dialog" in self.__dict__ and self.dialog.isVisible():
            self.refresh()

    def _show(self, health: Health) -> None:
        self._findings = health.checked
        damaged = health.checked is not None and bool(health.checked.texts or health.checked.files)
        told = phrases.rows(health, indexing=self._rooms.indexing.busy)
        self.dialog.show_state(phrases.verdict(health), told, damaged=damaged)
