"""How the rows of the library are painted."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QToolTip

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour, mix
from reader.ui.shelf.arrangement import LINE, Arrangement
from reader.ui.shelf.covers import paint_cover
from reader.ui.shelf.model import LibraryRole
from reader.ui.shelf.phrases import first_words, percent_of
from reader.ui.shelf.shelf_list import Index, ShelfList
from reader.ui.widgets.laid_text import TextStyle
from reader.ui.widgets.rows import RADIUS, SIDE, RowDelegate

ROW = 64
WIDE, NARROW = 836, 576
"""Rows that are wider have all columns; narrower ones have no bar, only the per cent, px."""
INSET = SIDE + 12
"""From a row's edge to its cover, px."""
TEXT = INSET + 34 + 16
"""Where the text begins beside a cover of the usual size, px."""
BAR_WIDTH, BAR_HEIGHT = 72, 4
MORE = 28
"""Side of the sign that opens a row's menu, px."""

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


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
    """A small cover, title and maker, and as many columns as there is room for; or the first words for the cover."""

    def height(self, _option: QStyleOptionViewItem, _index: Index) -> int:
        return self._arrangement().row_height

    def _arrangement(self) -> Arrangement:
        found = getattr(self.parent(), "arrangement", None)
        return found if isinstance(found, Arrangement) else Arrangement()

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
        arrangement = self._arrangement()
        chosen = theme.accent_tint if _is_selected(option) else None
        self.paint_back(painter, option, chosen)
        sheet = Sheet(painter, theme, rect, option.direction)
        width, height = arrangement.row_cover
        text = INSET + width + 16 if width else INSET
        if index.row() and not chosen and lit.isdisjoint((index.row(), index.row() - 1)):
            sheet.line(text, rect.width() - INSET)
        if width:
            cover = sheet.box(INSET, (rect.height() - height) / 2, width, height)
            paint_cover(painter, theme, cover, entry.uuid, entry.title, entry.language)
        columns = columns_of(rect.width())
        self._paint_names(sheet, columns, index, text, entry)
        self._paint_columns(sheet, columns, index, entry, hovered=hovered == index.row())
        painter.restore()

    def _paint_names(self, sheet: Sheet, columns: Columns, index: Index, left: int, entry: ShelfEntry) -> None:
        width = columns.title_end - left
        lines = self._arrangement().opening_lines if entry.opening else 0
        block = 42 + lines * LINE
        top = (sheet.rect.height() - block) // 2
        sheet.text(str(index.data()), _title(), sheet.theme.text, left, top, width, 24, own_direction=True)
        said = _line_below(index, columns, entry, wide=sheet.rect.width() >= NARROW)
        sheet.text(said, small(), sheet.theme.muted, left, top + 24, width, 18, own_direction=True)
        if lines:
            laid = self.laid(first_words(entry), _opening(lines), width)
            self.paint_text(sheet.painter, laid, sheet.box(left, top + 44, width, 1).topLeft(), sheet.theme.ui_text)

    def _paint_columns(self, sheet: Sheet, columns: Columns, index: Index, entry: ShelfEntry, *, hovered: bool) -> None:
        muted = sheet.theme.muted
        if columns.format is not None:
            sheet.text(str(index.data(LibraryRole.FORMAT)), small(), muted, columns.format, 0, 84, sheet.height)
        if columns.bookmarks is not None and entry.bookmark_count:
            sheet.icon("bookmark", muted, columns.bookmarks, 14)
            sheet.text(str(entry.bookmark_count), figures(), muted, columns.bookmarks + 20, 0, 44, sheet.height)
        if columns.when is not None and not hovered:
            when = str(index.data(LibraryRole.WHEN))
            sheet.text(when, figures(), muted, columns.when, 0, 90, sheet.height, end=True)
        if columns.when is not None or not hovered:
            self._paint_progress(sheet, columns, index, entry)
        if hovered:
            at = sheet.rect.width() - SIDE - 6 - MORE + (MORE - 16) // 2
            sheet.icon("ellipsis", sheet.theme.ui_text, at, 16)

    def _paint_progress(self, sheet: Sheet, columns: Columns, index: Index, entry: ShelfEntry) -> None:
        theme, left, words = sheet.theme, columns.progress, str(index.data(LibraryRole.PROGRESS))
        narrow = sheet.rect.width() < NARROW
        if entry.removed is not None:
            if not narrow:  # else it stands below the title
                sheet.text(words, small(), theme.muted, left, 0, 124, sheet.height)
        elif entry.finished:
            sheet.icon("check", theme.accent, left + (48 - 16) * narrow, 16)
            if not narrow:
                sheet.text(words, small(), theme.muted, left + 21, 0, 103, sheet.height)
        elif not percent_of(entry):
            if not narrow:
                sheet.text(words, small(), theme.muted, left, 0, 124, sheet.height)
        elif narrow:
            sheet.text(words, figures(), theme.muted, left, 0, 48, sheet.height, end=True)
        else:
            sheet.bar(left, sheet.height / 2 - BAR_HEIGHT / 2, BAR_WIDTH, entry.share)
            sheet.text(words, figures(), theme.muted, left + BAR_WIDTH, 0, 46, sheet.height, end=True)

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
        cover, _height = self._arrangement().row_cover
        return columns_of(width).title_end - INSET - (cover + 16) * bool(cover)


def _line_below(index: Index, columns: Columns, entry: ShelfEntry, *, wide: bool) -> str:
    """Return what stands below the title: who wrote it and, without columns for them, the rest."""
    roles = [LibraryRole.MAKER]
    if entry.removed is not None and not wide:
        roles.insert(0, LibraryRole.PROGRESS)
    if columns.format is None:
        roles.append(LibraryRole.FORMAT)
    if columns.bookmarks is None and wide:
        roles.append(LibraryRole.BOOKMARKS)
    return "  ·  ".join([text for text in (str(index.data(role)) for role in roles) if text])


class Sheet:
    """A row to paint on, in px from its leading edge and its top: mirrored where one reads leftwards."""

    def __init__(self, painter: QPainter, theme: Theme, rect: QRect, direction: Qt.LayoutDirection) -> None:
        self.painter, self.theme, self.rect = painter, theme, rect
        self._mirrored = direction == Qt.LayoutDirection.RightToLeft
        self.height = rect.height()

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


@lru_cache(maxsize=8)
def _opening(lines: int) -> TextStyle:
    return TextStyle(fonts.font(fonts.SERIF, 13), LINE, lines)


def _is_selected(option: QStyleOptionViewItem) -> bool:
    """Say whether a row is one of several that are selected: one alone is only where one is."""
    view: object = option.widget
    count = getattr(view, "selected_count", None)
    state: QStyle.StateFlag = option.state
    return bool(state & QStyle.StateFlag.State_Selected) and count is not None and count() > 1


def paint_selected(painter: QPainter, theme: Theme, option: QStyleOptionViewItem, box: QRectF) -> None:
    """Paint what is under a tile: its tint where it is selected or hovered, and a ring where the keyboard is."""
    state: QStyle.StateFlag = option.state
    view: object = option.widget
    back = (
        theme.accent_tint if _is_selected(option) else theme.hover if state & QStyle.StateFlag.State_MouseOver else ""
    )
    if back:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(back))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
    if isinstance(view, ShelfList) and state & QStyle.StateFlag.State_HasFocus and view.key_focus.by_key:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(theme.focus), 2))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
