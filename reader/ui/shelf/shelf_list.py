"""Readings as cards or rows: what pointer and keyboard do with them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from reader.theme import Theme
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import RowDelegate

Index = QModelIndex | QPersistentModelIndex

# Windows takes these for the menu key itself, other systems do not.
_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ShelfList(RowList):
    """Readings of which one is chosen, removed, or asked for its menu; letters typed go to the filter.

    It is as high as what it shows, and stands in a page that scrolls.
    """

    removal_requested = Signal(QModelIndex)
    menu_requested = Signal(QModelIndex, QPoint)
    typed = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        # Found by name, it is known for what it is: viewport() would have every class of widget made.
        self._own_viewport = self.findChild(QWidget, "qt_scrollarea_viewport")
        self.hovered = -1
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setUniformItemSizes(True)
        self.setAutoScroll(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def set_theme(self, theme: Theme) -> None:
        delegate = self.itemDelegate()
        if isinstance(delegate, RowDelegate):
            delegate.set_theme(theme)
            delegate.forget()
        self.viewport().update()

    @property
    def ringed(self) -> int:
        """The row that has a ring around it, -1 for none."""
        return self.currentIndex().row() if self.hasFocus() and self.key_focus.by_key else -1

    def more_box(self, index: Index) -> QRect:
        """Return where the sign stands that opens a row's menu."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index, text = self.currentIndex(), event.text()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.removal_requested.emit(index)
        elif event.keyCombination() == _MENU_KEYS and index.isValid():
            self._menu(self.visualRect(index).center())
        elif text.isprintable() and text.strip() and not event.modifiers() & _COMMANDS:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentIndex().isValid() and QAccessible.isActive():
            # Qt tells of the list only; the row that one is at is what a person wants to hear.
            told = QAccessibleEvent(self, QAccessible.Event.Focus)
            told.setChild(self.currentIndex().row())
            QAccessible.updateAccessibility(told)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        pressed = event.button() == Qt.MouseButton.LeftButton
        if pressed and index.isValid() and self.more_box(index).contains(at):
            self.setCurrentIndex(index)
            self.menu_requested.emit(index, self.viewport().mapToGlobal(at))
            return
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page that holds the list scrolls, never the list in it.
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            row = -1 if left else self.indexAt(event.position().toPoint()).row()
            if row != self.hovered:
                self.hovered = row
                self.viewport().update()
        return super().viewportEvent(event)

    def _menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
            at = self.visualRect(index).center()
        if index.isValid():
            self.menu_requested.emit(index, self.viewport().mapToGlobal(at))
