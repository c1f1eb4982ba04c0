"""All readings, as rows or as tiles."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from reader.library import ShelfEntry
from reader.ui.shelf.arrangement import TILE_EDGE, Arrangement
from reader.ui.shelf.model import LibraryModel, LibraryRole
from reader.ui.shelf.rows import INSET, ReadingDelegate, more_box
from reader.ui.shelf.shelf_list import Index, ShelfList
from reader.ui.shelf.tiles import TileDelegate, tile_more_box
from reader.ui.widgets.rows import RowDelegate

_SELECTING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class ReadingList(ShelfList):
    """A click opens; with Ctrl or Shift it selects, as Shift with the arrows does, and Ctrl+A selects all.

    It is as high as what it shows, and stands in a page that scrolls.
    """

    selected = Signal()
    details_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.arrangement = Arrangement()
        self._fitted = (-1, -1)
        self._count = 0
        self._rows_delegate, self._tile_delegate = ReadingDelegate(self), TileDelegate(self)
        self.setItemDelegate(self._rows_delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setSelectionRectVisible(False)

    def arrange(self, arrangement: Arrangement) -> None:
        """Lay the readings out in another way."""
        if arrangement == self.arrangement:
            return
        self.arrangement = arrangement
        delegates: tuple[RowDelegate, RowDelegate] = (self._rows_delegate, self._tile_delegate)
        theme = delegates[not arrangement.grid].theme or delegates[arrangement.grid].theme
        if theme is not None:
            delegates[arrangement.grid].set_theme(theme)
        self.setFlow(QListView.Flow.LeftToRight if arrangement.grid else QListView.Flow.TopToBottom)
        self.setWrapping(arrangement.grid)
        side = (INSET - TILE_EDGE) * arrangement.grid
        self.setViewportMargins(side, 0, side, 0)
        self.setItemDelegate(delegates[arrangement.grid])
        self._fitted = (-1, -1)
        self.fit()
        self.scheduleDelayedItemsLayout()

    def columns(self) -> int:
        return self.arrangement.columns(self.viewport().width()) if self.arrangement.grid else 1

    def cell_width(self) -> int:
        """Return a tile's width, px: a pixel is left over, for Qt wraps a row that fills its line to the last one."""
        return (self.viewport().width() - 1) // self.columns()

    def cell_height(self) -> int:
        return self.arrangement.tile_height(self.cell_width()) if self.arrangement.grid else self.arrangement.row_height

    def fit(self) -> None:
        """Be as high as the rows."""
        rows = -(-self.model().rowCount() // self.columns())
        self.setFixedHeight(rows * self.cell_height())

    def more_box(self, index: Index) -> QRect:
        box = self.visualRect(index)
        return (
            tile_more_box(box, self.layoutDirection())
            if self.arrangement.grid
            else more_box(box, self.layoutDirection())
        )

    def selected_entries(self) -> tuple[ShelfEntry, ...]:
        """Return what is selected, in its order; where that is one or nothing, the one that one is at."""
        model = self.model()
        rows = sorted(index.row() for index in self.selectedIndexes())
        if len(rows) < 2 or not isinstance(model, LibraryModel):
            entry = self.currentIndex().data(LibraryRole.ENTRY)
            return (entry,) if isinstance(entry, ShelfEntry) else ()
        return tuple(model.rows[row] for row in rows)

    def selected_count(self) -> int:
        return self._count

    def selectionChanged(self, selected: object, deselected: object) -> None:
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        before, self._count = self._count, len(self.selectedIndexes())
        if (before > 1) != (self._count > 1):
            self.viewport().update()  # the row that was or is alone is not among the changed ones, and looks different
        self.selected.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.selecting = bool(event.modifiers() & _SELECTING)
        super().mousePressEvent(event)

    selecting = False
    """Whether the last click was one that selects, and opens nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.selecting = False
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.selected_count() > 1:
            self.select_only_current()
        elif event.key() == Qt.Key.Key_F2:
            self.details_requested.emit()
        elif event.key() == Qt.Key.Key_Up and not event.modifiers() and 0 <= self.currentIndex().row() < self.columns():
            self.key_focus.by_key = True
            self.left_upwards.emit()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._page(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def select_only_current(self) -> None:
        """Let go of all that is selected but the row one is at."""
        current = self.currentIndex()
        self.clearSelection()
        if current.isValid():
            self.setCurrentIndex(current)

    def _page(self, step: int) -> None:
        self.key_focus.by_key = True
        # What is seen, not the whole height of the list, is a page.
        rows = max(1, self.visibleRegion().boundingRect().height() // self.cell_height() - 1) * self.columns()
        last = self.model().rowCount() - 1
        self.setCurrentIndex(self.model().index(min(last, max(0, self.currentIndex().row() + step * rows)), 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = (self.viewport().width(), self.model().rowCount() if self.model() is not None else 0)
        if self.arrangement.grid and size != self._fitted:
            self._fitted = size
            self.fit()
