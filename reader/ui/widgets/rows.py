"""Lists of rows that delegates paint."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.theme import Theme
from reader.ui.isolation import without_controls
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.widgets.laid_text import LaidText, Ranges, TextStyle, lay_out, measure, text_format

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

Index = QModelIndex | QPersistentModelIndex

SIDE = 8
"""Between a row's tint and the pane's edge, px."""
TEXT_LEFT = 20
HEADER = 34
RADIUS = 6
HIT_RADIUS = 3
MAX_LAID = 2000
"""How many laid-out texts a delegate keeps."""

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class KeyFocus:
    """Whether the focus of a view, or its current row, was reached by the keyboard."""

    def __init__(self) -> None:
        self.by_key = False

    def focused(self, event: QFocusEvent) -> None:
        """Note a focus that came by Tab or by a shortcut; another one leaves what was."""
        if event.reason() in _BY_KEY:
            self.by_key = True


class RowDelegate(QStyledItemDelegate):
    """What the delegates of rows share: tints, rings, headers, wrapped text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None
        self._laid: dict[tuple[str, int, int, Ranges], LaidText] = {}

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme

    def forget(self) -> None:
        """Let go of what was laid out; call it when other rows are shown."""
        self._laid.clear()

    def measured(self, text: str, style: TextStyle, width: int, ranges: Ranges = ()) -> int:
        """Return the height that ``text`` takes, px."""
        key = (text, id(style), width, ranges)
        found = self._laid.get(key)
        if found is None:
            if len(self._laid) >= MAX_LAID:
                self._laid.clear()
            found = self._laid[key] = measure(text, style, width, ranges)
        return found.height

    def laid(self, text: str, style: TextStyle, width: int, ranges: Ranges = ()) -> LaidText:
        """Return ``text`` laid out to be drawn, from memory where it was so before."""
        key = (text, id(style), width, ranges)
        found = self._laid.get(key)
        if found is None or found.rest is not None:
            found = self._laid[key] = lay_out(text, style, width, ranges)
        return found

    def view_width(self, option: QStyleOptionViewItem) -> int:
        """Return the width that a row will have."""
        view: object = option.widget
        return view.viewport().width() if isinstance(view, QAbstractItemView) else 300

    def paint_back(self, painter: QPainter, option: QStyleOptionViewItem, tint: str | None) -> QRect:
        """Paint what is under a row (its tint, or the hover) and its ring; return the tinted box."""
        box = _rect(option).adjusted(SIDE, 1, -SIDE, -1)
        if self.theme is None:
            return box
        state = _state(option)
        hover = self.theme.hover if state & QStyle.StateFlag.State_MouseOver else None
        back = tint or hover
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if back:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(back))
            painter.drawRoundedRect(QRectF(box), RADIUS, RADIUS)
        view: object = option.widget
        ringed = state & QStyle.StateFlag.State_HasFocus and getattr(view, "key_focus", None)
        if ringed and ringed.by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self.theme.focus), 2))
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        return box

    def paint_header(self, painter: QPainter, option: QStyleOptionViewItem, text: str, count: str) -> None:
        """Paint the name of a group of rows, and how many it has."""
        if self.theme is None:
            return
        rect = QRectF(_rect(option)).adjusted(TEXT_LEFT, 8, -TEXT_LEFT, 0)
        painter.setPen(colour(self.theme.muted))
        painter.setFont(count_font())
        room = QFontMetricsF(painter.font()).horizontalAdvance(count) + 12 if count else 0
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), count)
        painter.setFont(group_font())
        width = rect.width() - room
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
        paint_title(painter, option, placed(option, QRectF(rect.left(), rect.top(), width, rect.height())), shown)

    def paint_text(self, painter: QPainter, laid: LaidText, at: QPointF, ink: str) -> None:
        """Paint a text without its marks."""
        painter.setPen(colour(ink))
        laid.layout.draw(painter, at)

    def paint_marked(self, painter: QPainter, laid: LaidText, at: QPointF, *, current: bool) -> None:
        """Paint a text and mark its ranges: a tint with a line under it, or a box on the current row."""
        theme = self.theme
        if theme is None:
            return
        out = 0.5 if current else 1.0
        for rect in laid.rectangles(at):
            paint_hit(painter, theme, rect.adjusted(-out, 1, out, -1), current=current)
        painter.setPen(colour(theme.text))
        ink = colour(theme.on_hit_current if current else theme.text)
        laid.layout.draw(painter, at, [text_format(start, end, ink=ink) for start, end in laid.ranges])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self.height(option, index))

    def height(self, option: QStyleOptionViewItem, index: Index) -> int:
        """Return a row's height in px."""
        raise NotImplementedError


def placed(option: QStyleOptionViewItem, part: QRectF) -> QRectF:
    """Return where a part of a row stands: as it is given, or mirrored in an interface that runs leftwards."""
    if not leftwards(option):
        return part
    row = QRectF(_rect(option))
    return QRectF(row.left() + row.right() - part.right(), part.top(), part.width(), part.height())


def paint_title(painter: QPainter, option: QStyleOptionViewItem, room: QRectF, text: str) -> None:
    """Paint words of a text at the beginning of their room: they run their own way, wherever they stand."""
    side = Qt.AlignmentFlag.AlignRight if leftwards(option) else Qt.AlignmentFlag.AlignLeft
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
    before = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(room, int(flags), without_controls(text))
    painter.setLayoutDirection(before)


def leftwards(option: QStyleOptionViewItem) -> bool:
    direction: object = option.direction
    return direction == Qt.LayoutDirection.RightToLeft


def paint_hit(painter: QPainter, theme: Theme, rect: QRectF, *, current: bool) -> None:
    """Mark what was found: told apart without colour, by a line under it or a box around it."""
    if current:
        painter.setBrush(colour(theme.hit_current))
        painter.setPen(QPen(colour(theme.hit_current_line), 1.5))
        painter.drawRoundedRect(rect.adjusted(-0.5, 0.75, 0.5, -0.75), HIT_RADIUS, HIT_RADIUS)
        return
    painter.fillRect(rect, colour(theme.hit))
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), colour(theme.hit_line))


@lru_cache(maxsize=1)
def group_font() -> QFont:
    return fonts.interface(12, 600)


@lru_cache(maxsize=1)
def count_font() -> QFont:
    return fonts.interface(11, 500, features=("tnum",))


def _rect(option: QStyleOptionViewItem) -> QRect:
    rect: QRect = option.rect
    return rect


def _state(option: QStyleOptionViewItem) -> QStyle.StateFlag:
    state: QStyle.StateFlag = option.state
    return state
