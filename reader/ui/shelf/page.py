"""The start page: all readings of the library, or what to do where there are none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.shelf.details import WIDTH as CARD_WIDTH
from reader.ui.shelf.details import DetailsCard
from reader.ui.shelf.empty import DropOverlay, DropZone
from reader.ui.shelf.model import LibraryRole, Prepared, Sorting
from reader.ui.shelf.scopes import ALL, BIN, Part, Scope
from reader.ui.shelf.shelf import Shelf
from reader.ui.shelf.side_list import WIDTH as SIDE_WIDTH
from reader.ui.shelf.side_list import SideList

MARGIN = 16
NARROW = 860
"""Below this width the side list is opened by a button, px."""
POPUP_HEIGHT = 460


class LibraryPage(QWidget):
    """What is chosen, removed, added and searched goes up as an intent; entries come down.

    ``article_chosen`` carries an article's id; ``removal_requested``, ``restoring_requested`` and
    ``deletion_requested`` (for good) carry entries, ``putting_requested`` entries and a ``Scope``, or None for a
    new collection. ``search_requested`` carries the words that are looked for in all texts, ``edition_requested``
    asks for the edition that is shipped, ``emptying_requested`` to empty the bin.
    """

    article_chosen = Signal(int)
    add_requested = Signal()
    removal_requested = Signal(object)
    restoring_requested = Signal(object)
    deletion_requested = Signal(object)
    emptying_requested = Signal()
    putting_requested = Signal(object, object)
    taking_requested = Signal(object, object)
    search_requested = Signal(str)
    edition_requested = Signal()
    sorting_chosen = Signal(object)
    scope_shown = Signal(object)
    described = Signal(object, str, object, object)
    """Entries, a field of the details, what stood in it, what stands in it now."""
    file_wanted = Signal(object, str)
    """Entries, and the field that is to be as the file says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Library"))
        self.shelf = Shelf()
        self.side = SideList()
        self.zone = DropZone()
        self._theme: Theme | None = None
        self._overlay = DropOverlay(self)
        self._narrow = False
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
        self._whole = QWidget()
        self._beside = QHBoxLayout(self._whole)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._rule = QFrame()
        self._rule.setFixedWidth(1)
        self.side.setFixedWidth(SIDE_WIDTH)
        for part in (self.side, self._rule, self.shelf):
            self._beside.addWidget(part)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._whole)
        self._pages.addWidget(self._empty)
        self._connect()

    @cached_property
    def details(self) -> DetailsCard:
        """What is said of readings; made when somebody wants it."""
        made = DetailsCard(self)
        if self._theme is not None:
            made.set_theme(self._theme)
        made.changed.connect(lambda field, before, now: self.described.emit(made.entries, field, before, now))
        made.file_wanted.connect(lambda field: self.file_wanted.emit(made.entries, field))
        made.closed.connect(lambda: self.shelf.list.setFocus(Qt.FocusReason.OtherFocusReason))
        return made

    @cached_property
    def _popup(self) -> QFrame:
        """What the side list stands in where there is no room beside the shelf."""
        made = QFrame(self, Qt.WindowType.Popup)
        made.setAccessibleName(self.tr("Parts of the library"))
        made.setFrameShape(QFrame.Shape.StyledPanel)
        column = QVBoxLayout(made)
        column.setContentsMargins(1, 6, 1, 6)
        return made

    def _connect(self) -> None:
        shelf, bar = self.shelf, self.shelf.bar
        self.zone.add_requested.connect(self.add_requested)
        self.zone.edition_requested.connect(self.edition_requested)
        shelf.header.add_requested.connect(self.add_requested)
        shelf.header.searched.connect(self.search_requested)
        shelf.header.empty.clicked.connect(lambda: self.emptying_requested.emit())
        shelf.header.parts.clicked.connect(self.show_parts)
        shelf.sorting_chosen.connect(self.sorting_chosen)
        for shown in (shelf.cards, shelf.list):
            shown.row_chosen.connect(self._choose)
            shown.removal_requested.connect(self._remove)
            shown.menu_requested.connect(self._open_menu)
        shelf.list.details_requested.connect(self.edit_details)
        shelf.list.selected.connect(self._follow_selection)
        bar.details_requested.connect(self.edit_details)
        bar.removal_requested.connect(lambda: self._take_off(self.shelf.list.selected_entries()))
        bar.restoring_requested.connect(lambda: self.restoring_requested.emit(self.shelf.list.selected_entries()))
        bar.collect_requested.connect(self._open_collecting)
        self.side.scope_chosen.connect(self.show_scope)
        self.side.left_upwards.connect(shelf.focus_field)

    # -- data down ---------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.shelf, self.side, self.zone, self._overlay):
            part.set_theme(theme)
        self._rule.setStyleSheet(f"background: {theme.rule};")
        if "details" in self.__dict__:
            self.details.set_theme(theme)

    def show_entries(self, entries: tuple[ShelfEntry, ...], *, whole: bool = True) -> None:
        """Show the shelf as it is, given with the last read first; or what comes first of it."""
        self._shown(lambda: self.shelf.show_entries(entries, whole=whole))

    def show_prepared(self, prepared: Prepared) -> None:
        """Show the shelf as it was made ready in the background."""
        self._shown(lambda: self.shelf.show_prepared(prepared))
        if "details" in self.__dict__ and self.details.isVisible():
            self._fill_details()

    def _shown(self, show: Callable[[], None]) -> None:
        held = self.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        show()
        self.settle()
        if held and self._pages.currentWidget() is self._empty:
            self.zone.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> None:
        """Show what to do first where there is nothing, on the shelf and in the bin; else the shelf."""
        if self._pages.currentWidget() in (self._whole, self._empty):
            nothing = not self.shelf.entries and not self.side.parts.removed and self.shelf.model.scope != BIN
            self._pages.setCurrentWidget(self._empty if nothing else self._whole)

    def add_page(self, page: QWidget) -> None:
        """Take a page that may be shown in place of the shelf."""
        self._pages.addWidget(page)

    def show_page(self, page: QWidget | None) -> None:
        """Show such a page, or the shelf again."""
        self._pages.setCurrentWidget(self._whole if page is None else page)
        self.settle()

    def show_scope(self, scope: Scope) -> None:
        """Show a part of the library."""
        if self._narrow and "_popup" in self.__dict__:
            self._popup.hide()
        self.side.show_scope(scope)
        self.shelf.show_scope(scope, self.side.parts.name_of(scope))
        self.scope_shown.emit(scope)

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
        if isinstance(entry, ShelfEntry) and not self.shelf.list.selecting and entry.removed is None:
            self.article_chosen.emit(entry.id)

    def _remove(self, index: QModelIndex) -> None:
        self._take_off(self._meant(index))

    def _take_off(self, entries: tuple[ShelfEntry, ...]) -> None:
        """Ask to remove what is on the shelf, or to delete for good what is in the bin."""
        if entries and entries[0].removed is not None:
            self.deletion_requested.emit(entries)
        elif entries:
            self.removal_requested.emit(entries)

    def _meant(self, index: QModelIndex) -> tuple[ShelfEntry, ...]:
        """Return what a command at a row is for: all that is selected, where the row is among it."""
        entry = index.data(LibraryRole.ENTRY)
        if not isinstance(entry, ShelfEntry):
            return ()
        selected = self.shelf.list.selected_entries() if index.model() is self.shelf.model else ()
        return selected if entry in selected else (entry,)

    def _open_menu(self, index: QModelIndex, at: QPoint) -> None:
        entries = self._meant(index)
        if not entries:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("What to do with this reading"))
        if entries[0].removed is not None:
            self._fill_bin_menu(menu, entries)
        else:
            self._fill_menu(menu, entries)
        menu.popup(at)

    def _fill_menu(self, menu: QMenu, entries: tuple[ShelfEntry, ...]) -> None:
        choose = QAction(self.tr("Open"), menu)
        choose.triggered.connect(lambda: self.article_chosen.emit(entries[0].id))
        details = QAction(self.tr("Edit details…"), menu)
        details.setShortcut(QKeySequence(Qt.Key.Key_F2))
        details.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        details.triggered.connect(lambda: self.edit_details(entries))
        remove = QAction(self.tr("Remove from the library"), menu)
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(lambda: self.removal_requested.emit(entries))
        menu.addActions([choose, details])
        menu.addMenu(self._collecting(menu, entries))
        scope = self.shelf.model.scope
        if scope.part in (Part.COLLECTION, Part.TAG):
            out = QAction(self.tr("Take out of “{part}”").format(part=self.side.parts.name_of(scope)), menu)
            out.triggered.connect(lambda: self.taking_requested.emit(entries, scope))
            menu.addAction(out)
        menu.addSeparator()
        menu.addAction(remove)

    def _fill_bin_menu(self, menu: QMenu, entries: tuple[ShelfEntry, ...]) -> None:
        restore = QAction(self.tr("Restore"), menu)
        restore.triggered.connect(lambda: self.restoring_requested.emit(entries))
        delete = QAction(self.tr("Delete for good…"), menu)
        delete.triggered.connect(lambda: self.deletion_requested.emit(entries))
        menu.addActions([restore, delete])

    def _collecting(self, parent: QWidget, entries: tuple[ShelfEntry, ...]) -> QMenu:
        """Return a menu of the collections to put readings into."""
        menu = QMenu(self.tr("Put into…"), parent)
        menu.setAccessibleName(self.tr("Put into a collection"))
        for scope in self.side.parts.collections():
            action = QAction(self.side.parts.name_of(scope).replace("&", "&&"), menu)
            action.triggered.connect(lambda _=False, scope=scope: self.putting_requested.emit(entries, scope))
            menu.addAction(action)
        menu.addSeparator()
        new = QAction(self.tr("New collection…"), menu)
        new.triggered.connect(lambda: self.putting_requested.emit(entries, None))
        menu.addAction(new)
        return menu

    def _open_collecting(self, button: QWidget) -> None:
        menu = self._collecting(self, self.shelf.list.selected_entries())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # -- details -----------------------------------------------------------------------------------

    def edit_details(self, entries: tuple[ShelfEntry, ...] = ()) -> None:
        """Open the card with what is said of what is selected, or of these."""
        entries = entries or self.shelf.list.selected_entries()
        if not entries or entries[0].removed is not None:
            return
        self.details.show_entries(entries, self.side.parts.names(Part.TAG))
        self._place_card()
        self.details.open_card()

    def _follow_selection(self) -> None:
        if "details" not in self.__dict__ or not self.details.isVisible():
            return
        entries = self.shelf.list.selected_entries()
        if entries and entries[0].removed is None and entries != self.details.entries:
            self.details.save()
            self.details.show_entries(entries, self.side.parts.names(Part.TAG))

    def _fill_details(self) -> None:
        """Show what is said now of the readings on the card."""
        found = {entry.id: entry for entry in self.shelf.entries}
        entries = tuple(found[each.id] for each in self.details.entries if each.id in found)
        if entries:
            self.details.show_entries(entries, self.side.parts.names(Part.TAG))
        else:
            self.details.close_card()

    def _place_card(self) -> None:
        width = min(CARD_WIDTH, self.width() - 2 * MARGIN)
        height = min(self.details.sizeHint().height(), self.height() - 2 * MARGIN)
        left = MARGIN if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else self.width() - width - MARGIN
        self.details.setGeometry(QRect(left, MARGIN, width, height))

    # -- room --------------------------------------------------------------------------------------

    def show_parts(self) -> None:
        """Open the side list below its button, or go into it where it stands."""
        if self._narrow:
            button = self.shelf.header.parts
            self._popup.resize(SIDE_WIDTH + 40, min(POPUP_HEIGHT, self.height() - 40))
            self._popup.move(button.mapToGlobal(QPoint(0, button.height() + 4)))
            self._popup.show()
        self.side.enter()

    def _arrange(self) -> None:
        narrow = self.width() < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        layout = self._popup.layout() if narrow else self._beside
        if narrow and layout is not None:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16777215)
            layout.addWidget(self.side)
        else:
            self.side.setFixedWidth(SIDE_WIDTH)
            self._beside.insertWidget(0, self.side)
            self._popup.hide()
        self.side.show()
        self._rule.setVisible(not narrow)
        self.shelf.header.parts.setVisible(narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        field = self.shelf.header.field
        if event.key() == Qt.Key.Key_Escape and field.text():
            field.clear()
        elif event.key() == Qt.Key.Key_Escape and self.shelf.model.scope != ALL:
            self.show_scope(ALL)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)
        self._overlay.setGeometry(self.rect())
        if "details" in self.__dict__:
            self._place_card()
