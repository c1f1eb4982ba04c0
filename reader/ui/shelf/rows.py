"""The rows of the library: what a person does with them, and how they are painted."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QKeyCombination,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QHoverEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip, QWidget

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour, mix
from reader.ui.shelf.covers import paint_cover
from reader.ui.shelf.model import LibraryRole
from reader.ui.shelf.phrases import percent_of
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import SIDE, RowDelegate

Index = QModelIndex | QPersistentModelIndex

ROW = 64
WIDE, NARROW = 836, 576
"""Rows that are wider have all columns; narrower ones have no bar, only the per cent, px."""
INSET = SIDE + 12
"""From a row's edge to its cover, px."""
COVER_WIDTH, COVER_HEIGHT = 34, 46
TEXT = INSET + COVER_WIDTH + 16
BAR_WIDTH, BAR_HEIGHT = 72, 4
MORE = 28
"""Side of the sign that opens a row's menu, px."""

# Windows takes these for the menu key itself, other systems do not.
_MENU_KEYS = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
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


class ReadingList(ShelfList):
    """All readings, one a row."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(ReadingDelegate(self))

    def more_box(self, index: Index) -> QRect:
        return more_box(self.visualRect(index), self.layoutDirection())

    def fit(self) -> None:
        """Be as high as the rows."""
        self.setFixedHeight(self.model().rowCount() * ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.key_focus.by_key = True
        # What is seen, not the whole height of the list, is a page.
        rows = max(1, self.visibleRegion().boundingRect().height() // ROW - 1)
        last = self.model().rowCount() - 1
        self.setCurrentIndex(self.model().index(min(last, max(0, self.currentIndex().row() + step * rows)), 0))


def more_box(row: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return where a row's menu sign stands."""
    box = QRect(row.right() - SIDE - 6 - MORE, row.top() + (row.height() - MORE) // 2, MORE, MORE)
    return QStyle.visualRect(direction, row, box)


class Columns(NamedTuple):
    """Where a row's columns begin, px from its left edge; None for those that there is no room for."""

    title_end: int
    format: int | None
    bookmarks: int | None
    progress: int
    when: int | None


def columns_of(width: int) -> Columns:
    """Return the columns of a row of a width in px."""
    end = width - INSET
    if width >= WIDE:
        return Columns(end - 398, end - 378, end - 286, end - 214, end - 90)
    if width >= NARROW:
        return Columns(end - 142, None, None, end - 124, None)
    return Columns(end - 56, None, None, end - 48, None)


class ReadingDelegate(RowDelegate):
    """A small cover, title and maker, and as many columns as there is room for."""

    def height(self, _option: QStyleOptionViewItem, _index: Index) -> int:
        return ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        entry = index.data(LibraryRole.ENTRY)
        if theme is None or not isinstance(entry, ShelfEntry):
            return
        painter.save()
        rect: QRect = option.rect
        view = self.parent()
        hovered = view.hovered if isinstance(view, ShelfList) else -1
        lit = {hovered, view.ringed} if isinstance(view, ShelfList) else {-1}
        self.paint_back(painter, option, None)
        sheet = _Sheet(painter, theme, rect, option.direction)
        if index.row() and lit.isdisjoint((index.row(), index.row() - 1)):
            sheet.line(TEXT, rect.width() - INSET)
        cover = sheet.box(INSET, 9, COVER_WIDTH, COVER_HEIGHT)
        paint_cover(painter, theme, cover, entry.uuid, entry.title, entry.language)
        columns = columns_of(rect.width())
        self._paint_names(sheet, columns, index)
        self._paint_columns(sheet, columns, index, entry, hovered=hovered == index.row())
        painter.restore()

    def _paint_names(self, sheet: _Sheet, columns: Columns, index: Index) -> None:
        width = columns.title_end - TEXT
        sheet.text(str(index.data()), _title(), sheet.theme.text, TEXT, 10, width, 24, own_direction=True)
        sheet.text(
            _line_below(index, columns, wide=sheet.rect.width() >= NARROW),
            small(),
            sheet.theme.muted,
            TEXT,
            34,
            width,
            18,
            own_direction=True,
        )

    def _paint_columns(
        self, sheet: _Sheet, columns: Columns, index: Index, entry: ShelfEntry, *, hovered: bool
    ) -> None:
        muted = sheet.theme.muted
        if columns.format is not None:
            sheet.text(str(index.data(LibraryRole.FORMAT)), small(), muted, columns.format, 0, 84, ROW)
        if columns.bookmarks is not None and entry.bookmark_count:
            sheet.icon("bookmark", muted, columns.bookmarks, 14)
            sheet.text(str(entry.bookmark_count), figures(), muted, columns.bookmarks + 20, 0, 44, ROW)
        if columns.when is not None and not hovered:
            when = str(index.data(LibraryRole.WHEN))
            sheet.text(when, figures(), muted, columns.when, 0, 90, ROW, end=True)
        if columns.when is not None or not hovered:
            self._paint_progress(sheet, columns, index, entry)
        if hovered:
            at = sheet.rect.width() - SIDE - 6 - MORE + (MORE - 16) // 2
            sheet.icon("ellipsis", sheet.theme.ui_text, at, 16)

    def _paint_progress(self, sheet: _Sheet, columns: Columns, index: Index, entry: ShelfEntry) -> None:
        theme, left, words = sheet.theme, columns.progress, str(index.data(LibraryRole.PROGRESS))
        narrow = sheet.rect.width() < NARROW
        if entry.finished:
            sheet.icon("check", theme.accent, left + (48 - 16) * narrow, 16)
            if not narrow:
                sheet.text(words, small(), theme.muted, left + 21, 0, 103, ROW)
        elif not percent_of(entry):
            if not narrow:
                sheet.text(words, small(), theme.muted, left, 0, 124, ROW)
        elif narrow:
            sheet.text(words, figures(), theme.muted, left, 0, 48, ROW, end=True)
        else:
            sheet.bar(left, ROW / 2 - BAR_HEIGHT / 2, BAR_WIDTH, entry.share)
            sheet.text(words, figures(), theme.muted, left + BAR_WIDTH, 0, 46, ROW, end=True)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole of a title, and of a line below it, that had to be shortened."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        width = self._title_width(option)
        lines = [(str(index.data()), _title()), (str(index.data(LibraryRole.MAKER)), small())]
        cut = [text for text, font in lines if QFontMetricsF(font).horizontalAdvance(text) > width]
        # Escaped: a tooltip takes what begins with a tag for markup.
        QToolTip.showText(event.globalPos(), "<br>".join(f"<span>{escape(text)}</span>" for text in cut), view)
        return True

    def _title_width(self, option: QStyleOptionViewItem) -> int:
        width: int = option.rect.width()
        return columns_of(width).title_end - TEXT


def _line_below(index: Index, columns: Columns, *, wide: bool) -> str:
    """Return what stands below the title: who wrote it and, without columns for them, the rest."""
    roles = [LibraryRole.MAKER]
    if columns.format is None:
        roles.append(LibraryRole.FORMAT)
    if columns.bookmarks is None and wide:
        roles.append(LibraryRole.BOOKMARKS)
    return "  ·  ".join([text for text in (str(index.data(role)) for role in roles) if text])


class _Sheet:
    """A row to paint on, in px from its leading edge and its top: mirrored where one reads leftwards."""

    def __init__(self, painter: QPainter, theme: Theme, rect: QRect, direction: Qt.LayoutDirection) -> None:
        self.painter, self.theme, self.rect = painter, theme, rect
        self._mirrored = direction == Qt.LayoutDirection.RightToLeft

    def box(self, left: float, top: float, width: float, height: float) -> QRectF:
        x = self.rect.width() - left - width if self._mirrored else left
        return QRectF(self.rect.left() + x, self.rect.top() + top, width, height)

    def line(self, left: float, right: float) -> None:
        self.painter.fillRect(self.box(left, 0, right - left, 1), colour(self.theme.rule))

    def text(
        self,
        text: str,
        font: QFont,
        ink: str,
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        end: bool = False,
        own_direction: bool = False,
    ) -> None:
        """Write a line, shortened to its room; one out of a file in the direction of its own letters."""
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        side = Qt.AlignmentFlag.AlignRight if end != self._mirrored else Qt.AlignmentFlag.AlignLeft
        automatic = Qt.LayoutDirection.LayoutDirectionAuto
        self.painter.setLayoutDirection(automatic if own_direction else Qt.LayoutDirection.LeftToRight)
        self.painter.setFont(font)
        self.painter.setPen(colour(ink))
        self.painter.drawText(self.box(left, top, width, height), int(_MIDDLE | side), shown)

    def icon(self, name: str, ink: str, left: float, size: int) -> None:
        picture = icons.pixmap(name, ink, size, self.painter.device().devicePixelRatioF())
        at = self.box(left, (self.rect.height() - size) / 2, size, size)
        self.painter.drawPixmap(at.topLeft(), picture)

    def bar(self, left: float, top: float, width: float, share: float) -> None:
        whole = self.box(left, top, width, BAR_HEIGHT)
        paint_bar(self.painter, self.theme, whole, share, mirrored=self._mirrored)


def paint_bar(painter: QPainter, theme: Theme, whole: QRectF, share: float, *, mirrored: bool) -> None:
    """Paint how much is read; what was begun shows at least a dot."""
    radius = whole.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(mix(theme.muted, theme.background, 0.72)))
    painter.drawRoundedRect(whole, radius, radius)
    if share > 0:
        width = max(whole.height(), whole.width() * min(1.0, share))
        left = whole.right() - width if mirrored else whole.left()
        painter.setBrush(colour(theme.accent))
        painter.drawRoundedRect(
            QRectF(QPointF(left, whole.top()), QPointF(left + width, whole.bottom())), radius, radius
        )


@lru_cache(maxsize=1)
def _title() -> QFont:
    return fonts.font(fonts.SERIF, 16, 600)


@lru_cache(maxsize=1)
def small() -> QFont:
    """Return the face of what stands below a title."""
    return fonts.interface(12)


@lru_cache(maxsize=1)
def figures() -> QFont:
    """Return the same with figures that are all of one width."""
    return fonts.interface(12, features=("tnum",))
