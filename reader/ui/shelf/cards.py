"""The cards of what one goes on reading: at most three, side by side."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour
from reader.ui.shelf.covers import paint_cover
from reader.ui.shelf.model import LibraryRole
from reader.ui.shelf.rows import BAR_HEIGHT, figures, paint_bar, small
from reader.ui.shelf.shelf_list import ShelfList
from reader.ui.widgets.laid_text import TextStyle
from reader.ui.widgets.rows import RowDelegate

Index = QModelIndex | QPersistentModelIndex

HEIGHT = 144
RADIUS = 10
ASIDE, ABOVE = 7, 5
"""Room around a card: for its ring, and as half of the gap to the next, px."""
INNER = 14
COVER_WIDTH = 84
THREE, TWO = 860, 560
"""From which width on so many cards stand side by side, px."""
MORE = 28


def cards_in(width: int) -> int:
    """Return how many cards there is room for."""
    return 3 if width >= THREE else 2 if width >= TWO else 1


class CardList(ShelfList):
    """Cards in a row, walked by Left and Right; Down goes on to the list below."""

    left_downwards = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setFixedHeight(HEIGHT + 2 * ABOVE)
        self.setItemDelegate(CardDelegate(self))

    def more_box(self, index: Index) -> QRect:
        return more_box(card_box(self.visualRect(index)), self.layoutDirection())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif event.key() == Qt.Key.Key_Up:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)


def card_box(cell: QRect) -> QRect:
    """Return the card within its cell."""
    return cell.adjusted(ASIDE, ABOVE, -ASIDE, -ABOVE)


def more_box(card: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Return where a card's menu sign stands."""
    return QStyle.visualRect(direction, card, QRect(card.right() - MORE - 5, card.top() + 6, MORE, MORE))


class CardDelegate(RowDelegate):
    """A cover with the title, title and maker, a bar, what is left."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        whole = self.view_width(option)
        return QSize(whole // cards_in(whole), HEIGHT + 2 * ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        entry = index.data(LibraryRole.ENTRY)
        if theme is None or not isinstance(entry, ShelfEntry):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = card_box(option.rect)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_card(painter, theme, option, card, hovered=hovered)
        leftwards = option.direction == Qt.LayoutDirection.RightToLeft
        cover = QRect(card.left() + INNER, card.top() + INNER, COVER_WIDTH, HEIGHT - 2 * INNER)
        cover = QStyle.visualRect(option.direction, card, cover)
        paint_cover(painter, theme, QRectF(cover), entry.uuid, entry.title, entry.language)
        left = card.left() + INNER + COVER_WIDTH + 16
        room = QRect(left, card.top() + INNER - 2, card.right() - INNER - left, HEIGHT - 2 * INNER + 2)
        room = QStyle.visualRect(option.direction, card, room)
        self._paint_names(painter, theme, room, index, leftwards=leftwards, hovered=hovered)
        self._paint_progress(painter, theme, room, index, entry, leftwards=leftwards)
        if hovered:
            box = more_box(card, option.direction)
            sign = icons.pixmap("ellipsis", theme.ui_text, 16, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(box.left() + 6, box.top() + 6), sign)
        painter.restore()

    def _paint_card(
        self, painter: QPainter, theme: Theme, option: QStyleOptionViewItem, card: QRect, *, hovered: bool
    ) -> None:
        """Paint the card itself and, where the keyboard is at it, a ring around it."""
        edge = QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(colour(theme.raised))
        painter.setPen(QPen(colour(theme.rule_strong if hovered else theme.rule), 1))
        painter.drawRoundedRect(edge, RADIUS, RADIUS)
        view = self.parent()
        if option.state & QStyle.StateFlag.State_HasFocus and isinstance(view, ShelfList) and view.key_focus.by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(theme.focus), 2))
            painter.drawRoundedRect(QRectF(card).adjusted(-3, -3, 3, 3), RADIUS + 3, RADIUS + 3)

    def _paint_names(
        self, painter: QPainter, theme: Theme, room: QRect, index: Index, *, leftwards: bool, hovered: bool
    ) -> None:
        # The sign of the menu takes the place of a few letters.
        width = room.width() - (MORE - 6) * hovered
        left = room.left() + (room.width() - width) * leftwards
        title = self.laid(str(index.data()), _title(), width)
        if leftwards:
            for number in range(title.layout.lineCount()):
                line = title.layout.lineAt(number)
                line.setPosition(QPointF(width - line.naturalTextWidth(), line.y()))
        self.paint_text(painter, title, QPointF(left, room.top()), theme.text)
        metrics = QFontMetricsF(small())
        maker = metrics.elidedText(str(index.data(LibraryRole.MAKER)), Qt.TextElideMode.ElideRight, room.width())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.setPen(colour(theme.muted))
        painter.setFont(small())
        side = Qt.AlignmentFlag.AlignRight if leftwards else Qt.AlignmentFlag.AlignLeft
        box = QRectF(room.left(), room.top() + title.height + 3, room.width(), 18)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | side), maker)

    def _paint_progress(
        self, painter: QPainter, theme: Theme, room: QRect, index: Index, entry: ShelfEntry, *, leftwards: bool
    ) -> None:
        bottom = room.top() + room.height()
        bar = QRectF(room.left(), bottom - 25, room.width(), BAR_HEIGHT)
        paint_bar(painter, theme, bar, entry.share, mirrored=leftwards)
        painter.setPen(colour(theme.muted))
        painter.setFont(figures())
        # In the direction of their own letters: figures do not change places with their units.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        start, end = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if leftwards:
            start, end = end, start
        line = QRectF(room.left(), bottom - 18, room.width(), 20)
        for words, side in (
            (index.data(LibraryRole.LEFT), start),
            (index.data(LibraryRole.PERCENT), end),
        ):
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter | side), str(words))


@lru_cache(maxsize=1)
def _title() -> TextStyle:
    return TextStyle(fonts.font(fonts.SERIF, 17, 600), 23, 2)
