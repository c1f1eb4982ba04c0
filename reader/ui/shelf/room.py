"""The start page: the articles of the library, and what is done with them."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox

from reader.errors import ReaderError
from reader.library import ShelfEntry
from reader.paths import resources
from reader.theme import Theme
from reader.ui.isolation import isolated
from reader.ui.shelf.arrangement import Arrangement
from reader.ui.shelf.changes import Change, Changes
from reader.ui.shelf.model import Prepared, Sorting, prepare
from reader.ui.shelf.page import LibraryPage
from reader.ui.shelf.scopes import BIN, Part, Scope, counted
from reader.ui.tasks import Lane
from reader.ui.window import dispatch

if TYPE_CHECKING:
    from reader.ui.shelf.upkeep import Upkeep
    from reader.ui.window.furnishing import Furnishing
    from reader.ui.window.main_window import MainWindow

Entries = tuple[ShelfEntry, ...]

FIRST = 60
"""So many readings are read at once, more than a screen shows; where there are more, the rest comes behind."""
MOST_UNDONE = 100


class ShelfRoom(QObject):
    """Made when a person goes to the library for the first time."""

    def __init__(self, window: MainWindow, rooms: Furnishing) -> None:
        super().__init__(window)
        self._window = window
        self._rooms = rooms
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._filled = False
        self.changes = Changes(window.library, self)
        self.page = LibraryPage()
        self.page.set_theme(window.appearance.theme)
        self.page.sort_by(Sorting(window.settings.shelf_sorting))
        settings = window.settings
        self.page.shelf.arrange(Arrangement(settings.shelf_grid, settings.shelf_size, settings.shelf_openings))
        window.centre.addWidget(self.page)
        self._connect()

    def _connect(self) -> None:
        page, rooms, changes = self.page, self._rooms, self.changes
        page.article_chosen.connect(rooms.open_from_shelf)
        page.add_requested.connect(partial(dispatch.choose_files, self._window))
        page.search_requested.connect(lambda words: rooms.side_room.show_search(words))
        page.edition_requested.connect(self._bring_back_edition)
        page.sorting_chosen.connect(self._keep_sorting)
        page.shelf.bar.arranged.connect(self._arrange)
        page.shelf.bar.duplicates_requested.connect(lambda: self.upkeep.find_duplicates())
        page.shelf.bar.watching_requested.connect(lambda: self.upkeep.show_watched())
        page.removal_requested.connect(lambda entries: self.do(changes.remove(entries)))
        page.restoring_requested.connect(lambda entries: self.do(changes.restore(entries)))
        page.deletion_requested.connect(self._ask_to_delete)
        page.emptying_requested.connect(lambda: self._ask_to_delete(self.page.shelf.model.rows))
        page.putting_requested.connect(self._put)
        page.taking_requested.connect(self._take_out)
        page.scope_shown.connect(self._on_scope)
        page.described.connect(lambda *said: self.do(changes.describe(*said)))
        page.file_wanted.connect(lambda *said: self.do(changes.as_in_file(*said)))
        side = page.side
        side.dropped.connect(lambda scope, ids: self._put(self._entries(ids), scope))
        side.made.connect(self._make)
        side.renamed.connect(self._rename)
        side.deleted.connect(self._delete_part)

    @cached_property
    def upkeep(self) -> Upkeep:
        """What is done to the library as a whole."""
        from reader.ui.shelf.upkeep import Upkeep

        return Upkeep(self._window, self._rooms, self)

    def set_theme(self, theme: Theme) -> None:
        self.page.set_theme(theme)
        if "upkeep" in self.__dict__:
            self.upkeep.page.set_theme(theme)

    # -- showing -----------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the start page as the library is now."""
        self.refresh()
        self._window.centre.setCurrentWidget(self.page)
        self.page.focus_list()

    def refresh(self) -> None:
        """Read the shelf again: a small one at once, a large one behind what is shown until then."""
        shelf, model = self._window.library.shelf, self.page.shelf.model
        try:
            first = shelf.articles(FIRST + 1)
            if len(first) <= FIRST:
                self._show(prepare(first, model.sorting))
                return
        except ReaderError as error:
            self._rooms.tell(error)
            return
        if not self.page.shelf.entries:
            self.page.show_entries(first[:FIRST], whole=False)
        self._window.runner.start(
            lambda _step: prepare(shelf.articles(), model.sorting), done=self._show, failed=self._rooms.tell
        )

    def _show(self, prepared: Prepared) -> None:
        library = self._window.library
        self.page.show_prepared(prepared)
        try:
            removed = library.shelf.removed()
            collections = [(each.id, each.name) for each in library.catalogue.collections()]
        except ReaderError as error:
            self._rooms.tell(error)
            return
        side = self.page.side
        side.parts.show_parts(counted(prepared.entries), collections, len(removed))
        side.refill()
        self.page.settle()
        if self.page.shelf.model.scope == BIN:
            self.page.shelf.show_bin(removed)
        self._fill_openings()

    def _fill_openings(self) -> None:
        """Give what came in before first words were kept its own, once, behind everything."""
        if self._filled:
            return
        self._filled = True
        self._window.runner.start(
            lambda step: self._window.library.curating().fill_openings(step), done=self._on_filled, lane=Lane.LONG
        )

    def _on_filled(self, count: int) -> None:
        if count:
            self.refresh()

    def _on_scope(self, scope: Scope) -> None:
        if scope == BIN:
            self.refresh()

    # -- changes and the way back ------------------------------------------------------------------

    def do(self, change: Change) -> None:
        """Make a change; it can be undone."""
        if self._try(change, change.do):
            self._undone.clear()
            self._done = [*self._done, change][-MOST_UNDONE:]
            self._rooms.status.show_message(change.said, self.tr("Undo"), self.undo)

    def remove(self, article_id: int) -> None:
        """Take an article off the shelf; it can be brought back."""
        try:
            entry = self._window.library.shelf.entry(article_id)
        except ReaderError as error:
            self._rooms.tell(error)
        else:
            self.do(self.changes.remove((entry,)))

    def undo(self) -> bool:
        """Take back what was done last; say whether there was anything."""
        if not self._done:
            return False
        change = self._done[-1]
        if self._try(change, change.undo):
            self._done.pop()
            self._undone.append(change)
        return True

    def redo(self) -> bool:
        """Do again what was undone last; say whether there was anything."""
        if not self._undone:
            return False
        change = self._undone[-1]
        if self._try(change, change.do):
            self._undone.pop()
            self._done.append(change)
        return True

    def _try(self, change: Change, work: object) -> bool:
        try:
            if callable(work):
                work()
        except ReaderError as error:
            self._rooms.tell(error)
            return False
        self._after(change)
        return True

    def _after(self, change: Change) -> None:
        """Show everywhere what was changed."""
        on_shelf = self._window.library.shelf
        opened = {each.half.reading.article.id for each in self._rooms.desk.halves if each.half.reading.article}
        for article_id in opened.intersection(change.ids):
            try:
                on_shelf.entry(article_id)
            except ReaderError:
                self._rooms.desk.forget(article_id)
            else:
                self._rooms.desk.reload(article_id, same_text=True)
        self.refresh()
        indexing, library = self._rooms.indexing, self._window.library
        if change.sought:
            self._window.runner.start(
                lambda _step: library.unindex(change.ids),
                done=lambda _: indexing.refresh(),
                failed=self._rooms.tell,
                lane=Lane.BEHIND,
            )
        else:
            indexing.refresh()

    def _entries(self, ids: tuple[int, ...]) -> Entries:
        wanted = set(ids)
        return tuple(entry for entry in self.page.shelf.entries if entry.id in wanted)

    def _put(self, entries: Entries, scope: Scope | None) -> None:
        if scope is None:
            self.page.side.ask_name(lambda name: self._make(name, entries))
        else:
            self.do(self.changes.put(entries, scope, self.page.side.parts.name_of(scope)))

    def _make(self, name: str, entries: Entries = ()) -> None:
        """Make a collection; where there is one of that name, the readings are put into it, or it is shown."""
        there = self.page.side.parts.collection_named(name)
        if there is None:
            self.do(self.changes.make(name, entries))
        elif entries:
            self._put(entries, there)
        else:
            self.page.show_scope(there)

    def _rename(self, scope: Scope, name: str) -> None:
        parts = self.page.side.parts
        there = parts.collection_named(name) if scope.part is Part.COLLECTION else None
        if there is None or there == scope:
            self.do(self.changes.rename(scope, parts.name_of(scope), name))
        else:
            said = self.tr("There is a collection “{name}” already.").format(name=isolated(parts.name_of(there)))
            self._rooms.status.show_message(said)

    def _take_out(self, entries: Entries, scope: Scope) -> None:
        self.do(self.changes.take_out(entries, scope, self.page.side.parts.name_of(scope)))

    def _delete_part(self, scope: Scope) -> None:
        entries = tuple(filter(scope.holds(), self.page.shelf.entries))
        self.do(self.changes.delete(scope, self.page.side.parts.name_of(scope), entries))

    # -- for good ----------------------------------------------------------------------------------

    def _ask_to_delete(self, entries: Entries) -> None:
        """Ask once before what cannot be undone."""
        if not entries:
            return
        count = len(entries)
        marks = sum(entry.bookmark_count for entry in entries)
        box = QMessageBox(self.page)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Delete for good"))
        box.setText(self.tr("%n reading(s) will be deleted for good.", "", count))
        told = self.tr("What goes: the library’s copy of each file, its earlier versions, tags and places read.")
        if marks:
            told += " " + self.tr("With them: %n bookmark(s), and the remarks to them.", "", marks)
        told += " " + self.tr("Your own files stay where they are.")
        box.setInformativeText(told)
        yes = box.addButton(self.tr("Delete for good"), QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())  # the style's own is black on dark
        box.setDefaultButton(cancel)
        yes.clicked.connect(lambda: self._delete_for_good(entries))
        box.finished.connect(lambda _: box.deleteLater())
        box.open()

    def _delete_for_good(self, entries: Entries) -> None:
        ids = tuple(entry.id for entry in entries)
        self._done = [change for change in self._done if not set(change.ids) & set(ids)]
        self._undone.clear()
        self._window.runner.start(
            lambda _step: self._window.library.curating().delete_for_good(ids),
            done=lambda count: self._on_deleted(count),
            failed=self._rooms.tell,
            lane=Lane.LONG,
        )

    def _on_deleted(self, count: int) -> None:
        self._rooms.status.show_message(self.tr("Deleted for good: %n reading(s).", "", count))
        self.refresh()

    # -- settings ----------------------------------------------------------------------------------

    def _keep_sorting(self, sorting: Sorting) -> None:
        self._window.change_settings(shelf_sorting=sorting.value)

    def _arrange(self, arrangement: Arrangement) -> None:
        self.page.shelf.arrange(arrangement)
        self._window.change_settings(
            shelf_grid=arrangement.grid, shelf_size=arrangement.size, shelf_openings=arrangement.openings
        )

    def _bring_back_edition(self) -> None:
        """Open the edition that comes with the program; where it was removed, it comes back as it was."""
        self._window.open_files(tuple(sorted((resources() / "articles").glob("*.md"))))
