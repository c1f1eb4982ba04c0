"""The rows of bookmarks: what a person does with them, and how they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from reader.theme import Theme
from reader.ui.bookmarks.editor import HEIGHT as EDITOR_HEIGHT
from reader.ui.bookmarks.editor import BookmarkEditor
from reader.ui.bookmarks.model import BookmarkKind, BookmarkRole, BookmarkRow
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour
from reader.ui.widgets.laid_text import TextStyle
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import HEADER, SIDE, TEXT_LEFT, RowDelegate, placed

Index = QModelIndex | QPersistentModelIndex

INDENT = 40
LINE = 20
META = 18
ABOVE = 8
GAP = 4
MORE = 24
"""Side of the sign that opens a row's menu, px."""


class AnnotationList(RowList):
    """Rows that F2 or a double click opens for writing, Delete removes, the menu key tells of."""

    edit_requested = Signal(QModelIndex)
    removal_requested = Signal(QModelIndex)
    menu_requested = Signal(QModelIndex, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.doubleClicked.connect(self.edit_requested)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_F2 and index.isValid():
            self.edit_requested.emit(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and index.isValid():
            self.removal_requested.emit(index)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if index.isValid() and more_box(self.visualRect(index), self.layoutDirection()).contains(at):
            self.setCurrentIndex(index)
            self.menu_requested.emit(index, self.viewport().mapToGlobal(at))
            return
        super().mousePressEvent(event)

    def _menu(self, at: QPoint) -> None:
        index = self.indexAt(at) if self.rect().contains(at) else QModelIndex()
        index = index if index.isValid() else self.currentIndex()
        if index.isValid():
            self.menu_requested.emit(index, self.viewport().mapToGlobal(at))


def more_box(row: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return where a row's menu sign stands: at its end."""
    return QStyle.visualRect(direction, row, QRect(row.right() - SIDE - MORE - 2, row.top() + 4, MORE, MORE))


@lru_cache(maxsize=1)
def _excerpt() -> TextStyle:
    return TextStyle(fonts.font(fonts.SERIF_SMALL, 14), LINE, 2)


@lru_cache(maxsize=1)
def _label() -> TextStyle:
    return TextStyle(fonts.interface(13, 600), LINE, 2)


@lru_cache(maxsize=1)
def _remark() -> TextStyle:
    return TextStyle(fonts.interface(13), LINE, 6)


@lru_cache(maxsize=1)
def _told() -> TextStyle:
    return TextStyle(fonts.interface(12), 17, 4)


@lru_cache(maxsize=1)
def _meta() -> QFont:
    return fonts.interface(11, features=("tnum",))


class BookmarkDelegate(RowDelegate):
    """A sign, the label, the words at the place, the remark, and when it was set."""

    editor_made = Signal(QWidget)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._edited = QPersistentModelIndex()

    def edit(self, index: QModelIndex) -> None:
        """Make room for an editor in a row; an invalid index gives the room back."""
        old = self.edited()
        self._edited = QPersistentModelIndex(index)
        for changed in (old, index):
            if changed.isValid():
                self.sizeHintChanged.emit(changed)

    def edited(self) -> QModelIndex:
        """Return the row that is being written in."""
        index = self._edited
        model = index.model() if index.isValid() else None
        return model.index(index.row(), 0) if model is not None else QModelIndex()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        row = index.data(BookmarkRole.ROW)
        assert isinstance(row, BookmarkRow)
        editor = BookmarkEditor(row, parent)
        self.editor_made.emit(editor)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave the editor as it is: what is being written is newer than any row."""

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Write nothing: changes go up as intents."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        top = rect.top() + ABOVE + self._words(index, rect.width()) + GAP
        editor.setGeometry(rect.left() + INDENT - 4, top, rect.width() - INDENT - 10, EDITOR_HEIGHT)

    def eventFilter(self, _editor: QWidget, _event: QEvent) -> bool:  # type: ignore[override]
        """Let keys be: the editor knows Enter, Tab and Escape itself."""
        return False

    def height(self, option: QStyleOptionViewItem, index: Index) -> int:
        kind = index.data(BookmarkRole.KIND)
        if kind == BookmarkKind.SECTION:
            return HEADER
        whole = self.view_width(option)
        if kind == BookmarkKind.LOST:
            return self.measured(str(index.data()), _told(), whole - 2 * TEXT_LEFT) + 24
        if self._edited == index:
            return ABOVE + self._words(index, whole) + GAP + EDITOR_HEIGHT + ABOVE
        row = index.data(BookmarkRole.ROW)
        return ABOVE + self._all(row, whole) + META + ABOVE

    def _words(self, index: Index, whole: int) -> int:
        """Return the height of the words at the place, which stay above an editor."""
        row = index.data(BookmarkRole.ROW)
        return self.measured(row.excerpt, _excerpt(), self._width(whole)) if row.excerpt else 0

    def _all(self, row: BookmarkRow, whole: int) -> int:
        return sum(self.measured(text, style, self._width(whole)) + gap for text, style, gap, _ in _parts(row))

    def _width(self, whole: int) -> int:
        return whole - INDENT - TEXT_LEFT - 12

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        if theme is None:
            return
        painter.save()
        kind = index.data(BookmarkRole.KIND)
        if kind == BookmarkKind.SECTION:
            self.paint_header(painter, option, str(index.data()), str(index.data(BookmarkRole.COUNT)))
        elif kind == BookmarkKind.LOST:
            self._paint_lost(painter, theme, option, index)
        else:
            self._paint_bookmark(painter, theme, option, index)
        painter.restore()

    def _paint_lost(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: Index) -> None:
        rect = QRectF(option.rect).adjusted(TEXT_LEFT, 0, -TEXT_LEFT, 0)
        if index.row():
            painter.fillRect(QRectF(rect.left(), rect.top() + 6, rect.width(), 1), colour(theme.rule))
        laid = self.laid(str(index.data()), _told(), round(rect.width()))
        self.paint_text(painter, laid, QPointF(rect.left(), rect.top() + 14), theme.muted)

    def _paint_bookmark(self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        row: BookmarkRow = index.data(BookmarkRole.ROW)
        view = self.parent()
        current = isinstance(view, RowList) and view.currentIndex() == index
        self.paint_back(painter, option, theme.accent_tint if current else None)
        lost, ratio = row.bookmark.lost, painter.device().devicePixelRatioF()
        sign = icons.pixmap("bookmark", theme.muted if lost else theme.accent, 16, ratio, filled=not lost)
        painter.drawPixmap(placed(option, QRectF(rect.left() + 17, rect.top() + ABOVE + 2, 16, 16)).topLeft(), sign)
        y = float(rect.top() + ABOVE)
        width = self._width(rect.width())
        left = placed(option, QRectF(rect.left() + INDENT, y, width, 1)).left()
        if self._edited == index:
            laid = self.laid(row.excerpt, _excerpt(), width)
            self.paint_text(painter, laid, QPointF(left, y), theme.muted)
            return
        for text, style, gap, ink in _parts(row):
            laid = self.laid(text, style, width)
            faded = lost and ink == "text"
            self.paint_text(painter, laid, QPointF(left, y), getattr(theme, "muted" if faded else ink))
            y += laid.height + gap
        painter.setFont(_meta())
        painter.setPen(colour(theme.muted))
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(left, y, width, META), flags, str(index.data(BookmarkRole.WHEN)))
        if current or option.state & QStyle.StateFlag.State_MouseOver:
            more = icons.pixmap("ellipsis", theme.ui_text, 16, ratio)
            box = more_box(rect, option.direction)
            painter.drawPixmap(QPointF(box.left() + 4, box.top() + 4), more)


def _parts(row: BookmarkRow) -> list[tuple[str, TextStyle, int, str]]:
    """Return a row's texts with their style, the gap below in px, and the name of their colour."""
    bookmark = row.bookmark
    parts = [
        (bookmark.label, _label(), 0, "text"),
        (row.excerpt, _excerpt(), 0, "muted" if bookmark.label else "text"),
        (bookmark.remark, _remark(), 0, "ui_text"),
    ]
    shown = [part for part in parts if part[0]]
    # A little air between what the text says and what the person wrote.
    return [
        (text, style, GAP if style is _excerpt() and bookmark.remark else gap, ink) for text, style, gap, ink in shown
    ]
