"""A list of rows that pointer and keyboard choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QListView, QWidget

from reader.ui.widgets.rows import KeyFocus

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent


_DRESSING = (QEvent.Type.StyleChange, QEvent.Type.FontChange)
"""What a theme changes: a list of Qt asks for every row's height then, ten times over. Our rows stay as high."""


class RowList(QListView):
    """A list whose rows are chosen by a click, Enter or Space, and walked by the arrow keys.

    Rows that cannot be selected (headers) are skipped. ``left`` asks to go back to the field above:
    the Up key was pressed on the first row.
    """

    row_chosen = Signal(QModelIndex)
    left_upwards = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_focus = KeyFocus()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(20)
        self.clicked.connect(self.row_chosen)

    def first_row(self) -> QModelIndex:
        """Return the first row that can be chosen."""
        model = self.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                return index
        return QModelIndex()

    def enter(self) -> None:
        """Take the focus by key, on a row that can be chosen."""
        self.key_focus.by_key = True
        if not self.currentIndex().flags() & Qt.ItemFlag.ItemIsSelectable:
            self.setCurrentIndex(self.first_row())
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_focus.by_key = True
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsSelectable:
                self.row_chosen.emit(self.currentIndex())
            return
        if key == Qt.Key.Key_Up and self.currentIndex() == self.first_row():
            self.left_upwards.emit()
            return
        if key == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.key_focus.focused(event)
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.key_focus.by_key:
            self.setCurrentIndex(self.first_row())
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.key_focus.by_key = False
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in _DRESSING:
            return QAbstractScrollArea.event(self, event)
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
