"""The start page: all readings of the library, or what to do where there are none."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.shelf.empty import DropOverlay, DropZone
from reader.ui.shelf.model import LibraryRole, Sorting
from reader.ui.shelf.shelf import Shelf

MARGIN = 16


class LibraryPage(QWidget):
    """What is chosen, removed, added and searched goes up as an intent; entries come down.

    ``article_chosen`` and ``removal_requested`` carry an article's id, ``search_requested`` the words
    that are looked for in all texts. ``edition_requested`` asks for the edition that is shipped;
    ``sorting_chosen`` carries what the readings are to be sorted by, a ``Sorting``.
    """

    article_chosen = Signal(int)
    add_requested = Signal()
    removal_requested = Signal(int)
    search_requested = Signal(str)
    edition_requested = Signal()
    sorting_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Library"))
        self.shelf = Shelf()
        self.zone = DropZone()
        self._overlay = DropOverlay(self)
        self._empty = QWidget()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.zone, 1000)
        row.addStretch(1)
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addStretch(2)
        column.addLayout(row, 1000)
        column.addStretch(3)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.shelf)
        self._pages.addWidget(self._empty)
        self._connect()

    def _connect(self) -> None:
        self.zone.add_requested.connect(self.add_requested)
        self.zone.edition_requested.connect(self.edition_requested)
        self.shelf.header.add_requested.connect(self.add_requested)
        self.shelf.header.searched.connect(self.search_requested)
        self.shelf.sorting_chosen.connect(self.sorting_chosen)
        for shown in (self.shelf.cards, self.shelf.list):
            shown.row_chosen.connect(self._choose)
            shown.removal_requested.connect(self._remove)
            shown.menu_requested.connect(self._open_menu)

    # -- data down ---------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        for part in (self.shelf, self.zone, self._overlay):
            part.set_theme(theme)

    def show_entries(self, entries: tuple[ShelfEntry, ...]) -> None:
        """Show the shelf as it is, given with the last read first."""
        held = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        self.shelf.show_entries(entries)
        self._pages.setCurrentWidget(self.shelf if entries else self._empty)
        if held and not entries:
            self.zone.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def sort_by(self, sorting: Sorting) -> None:
        self.shelf.sort_by(sorting)

    def focus_list(self) -> None:
        """Take the focus to the readings; to the first button where there are none."""
        if self._pages.currentWidget() is self._empty:
            self.zone.add.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.shelf.focus_list()

    def show_drop(self, shown: bool) -> None:
        """Show where files that are held over the window will go."""
        empty = self._pages.currentWidget() is self._empty
        self.zone.show_wanted(shown and empty)
        self._overlay.setVisible(shown and not empty)
        self._overlay.raise_()

    # -- a person's doing --------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        entry = index.data(LibraryRole.ENTRY)
        if isinstance(entry, ShelfEntry):
            self.article_chosen.emit(entry.id)

    def _remove(self, index: QModelIndex) -> None:
        entry = index.data(LibraryRole.ENTRY)
        if isinstance(entry, ShelfEntry):
            self.removal_requested.emit(entry.id)

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        entry = index.data(LibraryRole.ENTRY)
        if not isinstance(entry, ShelfEntry):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("What to do with this reading"))
        choose = QAction(self.tr("Open"), menu)
        choose.triggered.connect(lambda: self.article_chosen.emit(entry.id))
        remove = QAction(self.tr("Remove from the library"), menu)
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(lambda: self.removal_requested.emit(entry.id))
        menu.addActions([choose, remove])
        menu.popup(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        field = self.shelf.header.field
        if event.key() == Qt.Key.Key_Escape and field.text():
            field.clear()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.setGeometry(self.rect())
