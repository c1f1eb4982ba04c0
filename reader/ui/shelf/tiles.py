"""A reading as a tile: its cover or its first words, and below it the title and who wrote it."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour
from reader.ui.shelf.arrangement import TILE_EDGE
from reader.ui.shelf.covers import paint_cover
from reader.ui.shelf.model import LibraryRole
from reader.ui.shelf.phrases import first_words, percent_of
from reader.ui.shelf.rows import MORE, paint_bar, paint_selected, small
from reader.ui.shelf.shelf_list import Index, ShelfList
from reader.ui.widgets.laid_text import TextStyle
from reader.ui.widgets.rows import RowDelegate

_TITLE_LINES, _TITLE_LINE = 2, 19


def tile_more_box(cell: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return where a tile's menu sign stands."""
    box = QRect(cell.right() - TILE_EDGE - MORE - 4, cell.top() + TILE_EDGE + 4, MORE, MORE)
    return QStyle.visualRect(direction, cell, box)


class TileDelegate(RowDelegate):
    """All tiles are as large as the list says."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        view = self.parent()
        width = getattr(view, "cell_width", None)
        height = getattr(view, "cell_height", None)
        return QSize(width(), height()) if width is not None and height is not None else QSize(100, 100)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, entry, view = self.theme, index.data(LibraryRole.ENTRY), self.parent()
        arrangement = getattr(view, "arrangement", None)
        if theme is None or arrangement is None or not isinstance(entry, ShelfEntry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell: QRect = option.rect
        inner = cell.adjusted(TILE_EDGE, TILE_EDGE, -TILE_EDGE, -TILE_EDGE)
        cover = QRectF(inner.left(), inner.top(), inner.width(), arrangement.cover_height(cell.width()))
        paint_selected(painter, theme, option, QRectF(cell).adjusted(2, 2, -2, -2))
        if arrangement.openings:
            self._paint_opening(painter, theme, cover, entry)
        else:
            paint_cover(painter, theme, cover, entry.uuid, entry.title, entry.language)
        leftwards = option.direction == Qt.LayoutDirection.RightToLeft
        if percent_of(entry) > 0:
            bar = QRectF(cover.left(), cover.bottom() + 6, cover.width(), 3)
            paint_bar(painter, theme, bar, 1.0 if entry.finished else entry.share, mirrored=leftwards)
        self._paint_names(painter, theme, inner, cover.bottom() + 13, index, leftwards=leftwards)
        if isinstance(view, ShelfList) and view.hovered == index.row():
            box = QRectF(tile_more_box(cell, option.direction))
            painter.setPen(QPen(colour(theme.rule), 1))
            painter.setBrush(colour(theme.raised))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
            sign = icons.pixmap("ellipsis", theme.ui_text, 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(box.left() + 6, box.top() + 6), sign)
        painter.restore()

    def _paint_opening(self, painter: QPainter, theme: Theme, cover: QRectF, entry: ShelfEntry) -> None:
        painter.setBrush(colour(theme.raised))
        painter.setPen(QPen(colour(theme.rule_strong), 1))
        painter.drawRoundedRect(cover.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        room = cover.adjusted(12, 10, -10, -10)
        style = _opening(int(room.height() // 17))
        laid = self.laid(first_words(entry), style, int(room.width()))
        self.paint_text(painter, laid, room.topLeft(), theme.text)

    def _paint_names(
        self, painter: QPainter, theme: Theme, inner: QRect, top: float, index: Index, *, leftwards: bool
    ) -> None:
        title = self.laid(str(index.data()), _title(), inner.width())
        if leftwards:
            for number in range(title.layout.lineCount()):
                line = title.layout.lineAt(number)
                line.setPosition(QPointF(inner.width() - line.naturalTextWidth(), line.y()))
        self.paint_text(painter, title, QPointF(inner.left(), top), theme.text)
        said = str(index.data(LibraryRole.MAKER))
        shown = QFontMetricsF(small()).elidedText(said, Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(small())
        painter.setPen(colour(theme.muted))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        side = Qt.AlignmentFlag.AlignRight if leftwards else Qt.AlignmentFlag.AlignLeft
        room = QRectF(inner.left(), top + title.height + 1, inner.width(), 17)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | side), shown)


@lru_cache(maxsize=1)
def _title() -> TextStyle:
    return TextStyle(_title_font(), _TITLE_LINE, _TITLE_LINES)


@lru_cache(maxsize=1)
def _title_font() -> QFont:
    return fonts.font(fonts.SERIF, 14, 600)


@lru_cache(maxsize=16)
def _opening(lines: int) -> TextStyle:
    return TextStyle(fonts.font(fonts.SERIF, 12, 400), 17, max(1, lines))
