"""Lists of rows that delegates paint, and text laid out within a row.

Texts come from files: they are laid out as plain text always, never read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.theme import Theme
from reader.ui import fonts
from reader.ui.palette import colour

Index = QModelIndex | QPersistentModelIndex
Ranges = tuple[tuple[int, int], ...]

SIDE = 8
"""Between a row's tint and the pane's edge, px."""
TEXT_LEFT = 20
HEADER = 34
RADIUS = 6
HIT_RADIUS = 3
MAX_LAID = 2000
"""How many laid-out texts a delegate keeps."""
MAX_LAID_CHARACTERS = 1000
"""What a row could show at the very most; the rest of a longer text is not even measured."""

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class KeyFocus:
    """Whether the focus of a view, or its current row, was reached by the keyboard."""

    def __init__(self) -> None:
        self.by_key = False

    def focused(self, event: QFocusEvent) -> None:
        """Note a focus that came by Tab or by a shortcut; another one leaves what was."""
        if event.reason() in _BY_KEY:
            self.by_key = True


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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text in a row is set: its face, the height of its lines in px, and how many at most."""

    font: QFont
    line_height: int
    lines: int
    marked: QFont | None = None


@dataclass(frozen=True, slots=True)
class LaidText:
    """A text laid out; ``ranges`` are in UTF-16 units of the layout's own text.

    ``rest`` is where its last line begins, if more would follow that there is no room for.
    """

    layout: QTextLayout
    height: int
    line_height: int
    ranges: Ranges
    rest: int | None = None

    def rectangles(self, at: QPointF) -> list[QRectF]:
        """Return where the ranges stand when the text is drawn at ``at``, one rectangle a line."""
        found: list[QRectF] = []
        for number in range(self.layout.lineCount()):
            line = self.layout.lineAt(number)
            first, last = line.textStart(), line.textStart() + line.textLength()
            for start, end in self.ranges:
                a, b = max(start, first), min(end, last)
                if a >= b:
                    continue
                one, other = _x(line.cursorToX(a)), _x(line.cursorToX(b))
                top = at.y() + number * self.line_height
                found.append(QRectF(at.x() + min(one, other), top, abs(other - one), self.line_height))
        return found


def _x(value: object) -> float:
    """Return the position of a cursor, which PySide gives with the cursor or alone."""
    return float(value[0]) if isinstance(value, tuple) else float(str(value))


def lay_out(text: str, style: TextStyle, width: float, ranges: Ranges = ()) -> LaidText:
    """Lay ``text`` out in lines of ``width``; what the last line cannot hold ends in an ellipsis.

    ``ranges`` count code points; they are set in the style's ``marked`` face.
    """
    return shorten(measure(text, style, width, ranges), style, width)


def measure(text: str, style: TextStyle, width: float, ranges: Ranges = ()) -> LaidText:
    """Lay ``text`` out to know its height; it may lack its ellipsis yet: see ``shorten``."""
    plain = text[:MAX_LAID_CHARACTERS].replace("\n", " ").replace("\u2029", " ").replace("\t", " ")
    return _fill(plain, style, width, tuple((_units(plain, start), _units(plain, end)) for start, end in ranges))


def tail(text: str, style: TextStyle, width: float) -> str:
    """Return the end of ``text`` that fits, after an ellipsis; the whole where that fits."""
    text = text[-MAX_LAID_CHARACTERS:]
    laid = measure(text, style, width)
    while laid.rest is not None:
        last = laid.layout.lineAt(style.lines - 1)
        # The lines of the end may break less well than those of the beginning: lose a word at a time.
        room = min(last.textStart() + last.textLength(), len(text) - 1)
        kept = text[-room:].partition(" ")[2] or text[1 - room :]
        if room < 2:
            break
        text = "…" + kept.lstrip("… ")
        laid = measure(text, style, width)
    return text


def shorten(laid: LaidText, style: TextStyle, width: float) -> LaidText:
    """Return a text that was measured as it is to be drawn: shortened where it is too long."""
    if laid.rest is None:
        return laid
    encoded = laid.layout.text().encode("utf-16-le", "surrogatepass")
    kept = encoded[: laid.rest * 2].decode("utf-16-le", "surrogatepass")
    tail = encoded[laid.rest * 2 :].decode("utf-16-le", "surrogatepass")
    metrics = QFontMetricsF(style.marked or style.font)
    shortened = _after_a_word(metrics.elidedText(tail, Qt.TextElideMode.ElideRight, width - 2), tail)
    whole = _units(kept + shortened, len(kept + shortened))
    # The ellipsis itself is never marked.
    cut = whole - 1 if shortened.endswith("…") else whole
    units = tuple((start, min(end, cut)) for start, end in laid.ranges if start < cut)
    return _fill(kept + shortened, style, width, units)


def _after_a_word(shortened: str, whole: str) -> str:
    """Put the ellipsis after the last whole word, where that costs only a few letters."""
    if not shortened.endswith("…") or shortened == whole:
        return shortened
    line = shortened[:-1]
    if not whole[len(line) : len(line) + 1].isspace():
        words = line.rpartition(" ")[0]
        line = words if len(words) * 3 > len(line) * 2 else line
    return line.rstrip(" ,;:—–-") + "…"


def _units(text: str, index: int) -> int:
    """Return an index of code points as one of UTF-16 units, which Qt counts in."""
    return index if text.isascii() else len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


def _fill(text: str, style: TextStyle, width: float, units: Ranges) -> LaidText:
    """Lay out as many lines as may be."""
    layout = QTextLayout(text, style.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    if style.marked is not None and units:
        layout.setFormats([_format(start, end, font=style.marked) for start, end in units])
    metrics = QFontMetricsF(style.font)
    base = (style.line_height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
    layout.beginLayout()
    number, rest = 0, None
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        if number == style.lines:
            rest = layout.lineAt(number - 1).textStart()
            line.setNumColumns(1)
            line.setPosition(QPointF(0, -10_000))
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, number * style.line_height + base - line.ascent()))
        number += 1
    layout.endLayout()
    return LaidText(layout, number * style.line_height, style.line_height, units, rest)


def _format(start: int, end: int, *, font: QFont | None = None, ink: QColor | None = None) -> QTextLayout.FormatRange:
    """Return a range that is set in another face or colour."""
    made = QTextLayout.FormatRange()
    made.start, made.length = start, end - start
    form = QTextCharFormat()
    if font is not None:
        form.setFont(font)
    if ink is not None:
        form.setForeground(ink)
    made.format = form
    return made


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
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(rect.left(), rect.top(), width, rect.height()), flags, shown)

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
        laid.layout.draw(painter, at, [_format(start, end, ink=ink) for start, end in laid.ranges])

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, self.height(option, index))

    def height(self, option: QStyleOptionViewItem, index: Index) -> int:
        """Return a row's height in px."""
        raise NotImplementedError


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
