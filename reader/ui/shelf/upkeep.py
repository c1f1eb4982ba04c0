"""What is done to the library as a whole: duplicates, watched folders."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.duplicates import Group, Merged
from reader.errors import ReaderError
from reader.library import ShelfEntry
from reader.ui.shelf.changes import Change
from reader.ui.shelf.duplicates_page import DuplicatesPage
from reader.ui.shelf.watched_dialog import WatchedDialog
from reader.ui.tasks import Lane

if TYPE_CHECKING:
    from reader.ui.shelf.room import ShelfRoom
    from reader.ui.window.furnishing import Furnishing
    from reader.ui.window.main_window import MainWindow

Chosen = tuple[tuple[ShelfEntry, tuple[ShelfEntry, ...]], ...]


class Upkeep(QObject):
    """Made when a person wants one of them for the first time."""

    def __init__(self, window: MainWindow, rooms: Furnishing, room: ShelfRoom) -> None:
        super().__init__(room)
        self._window = window
        self._rooms = rooms
        self._room = room

    @cached_property
    def page(self) -> DuplicatesPage:
        made = DuplicatesPage()
        made.set_theme(self._window.appearance.theme)
        self._room.page.add_page(made)
        made.left.connect(self.leave)
        made.merged.connect(self.merge)
        return made

    # -- duplicates --------------------------------------------------------------------------------

    def find_duplicates(self) -> None:
        """Look for texts that are there twice, in the background."""
        self.page.wait()
        self._room.page.show_page(self.page)
        library = self._window.library
        self._window.runner.start(
            lambda step: library.curating().duplicates().find(step),
            done=self._show,
            failed=self._rooms.tell,
            progressed=lambda share: self._rooms.status.show_progress(self.tr("Comparing texts"), share, None),
            lane=Lane.LONG,
        )

    def _show(self, groups: tuple[Group, ...]) -> None:
        self._rooms.status.hide_progress()
        entries = {entry.id: entry for entry in self._window.library.shelf.articles()}
        self.page.show_groups(groups, entries)

    def leave(self) -> None:
        self._room.page.show_page(None)
        self._room.page.focus_list()

    def merge(self, chosen: Chosen) -> None:
        """Keep what was chosen of each group; undone, all is as it was."""
        duplicates = self._window.library.curating().duplicates()
        done: list[Merged] = []

        def do() -> None:
            done[:] = [duplicates.merge(kept.id, [each.id for each in others]) for kept, others in chosen]

        def undo() -> None:
            for merged in reversed(done):
                duplicates.undo(merged)

        count = sum(len(others) for _kept, others in chosen)
        ids = tuple(each.id for kept, others in chosen for each in (kept, *others))
        self.leave()
        self._room.do(Change(self.tr("%n duplicate(s) went to the bin.", "", count), do, undo, ids))

    # -- watched folders ---------------------------------------------------------------------------

    def show_watched(self) -> None:
        """Show which folders are watched."""
        catalogue = self._window.library.catalogue
        dialog = WatchedDialog(catalogue.watched, self._ask_folder, self._window)
        dialog.added.connect(self._watch)
        dialog.left_alone.connect(catalogue.unwatch)
        dialog.open()

    def _ask_folder(self) -> str:
        from PySide6.QtWidgets import QFileDialog

        return QFileDialog.getExistingDirectory(self._window, self.tr("Watch a folder"))

    def _watch(self, folder: str) -> None:
        try:
            self._window.library.catalogue.watch(folder)
        except ReaderError as error:
            self._rooms.tell(error)
        else:
            self._rooms.folder_watch.look()
