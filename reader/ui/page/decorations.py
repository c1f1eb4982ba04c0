"""What is painted under the text of a page: tints, bars, signs in the margin."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextCursor

from reader.ui.look import fonts
from reader.ui.page.document import Role
from reader.ui.page.fitting import bar_left
from reader.ui.page.geometry import rects
from reader.ui.page.runs import NOTE_SCHEME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextBlock, QTextTable

    from reader.theme import Theme
    from reader.ui.page.document import PageDocument

NUMBER_SIZE, NUMBER_SIZE_MOST = 11, 18
"""px of a paragraph's number: at the usual size of the text, and at the largest."""
NUMBER_GAP = 18
"""How far from the column a number stands where the margin is wide, px."""
NUMBER_GAP_LEAST = 5
BOOKMARK_REACH = 36
"""How much of the margin a bookmark takes, px."""
BAR_DOWN = 5
"""How far below the top of its first line the bar beside a quotation begins, px."""
HEAD_GAP = 12
"""How far below the letters of the page's head its rule is, px at the usual size."""
FIGURE_SHARE = 0.66
"""How much of the height of letters, from the top, the figures of a mark take."""
LINES_BEYOND = 60  # px at the usual size: two lines above and below the view


class Decorations(Struct):
    """What a page shows beside its text, in document positions (ranges are half open)."""

    hits: Sequence[tuple[int, int]] = ()
    current_hit: int = -1
    bookmarks: Sequence[int] = ()
    bookmarked_ranges: Sequence[tuple[int, int]] = ()
    landing: tuple[int, int] | None = None
    landing_strength: float = 1.0
    focus: tuple[int, int] | None = None
    popup_mark: tuple[int, int] | None = None
    paragraph_numbers: dict[int, int] = {}
    """The number of a paragraph by the position of its block."""
    numbered: bool = True
    """Whether the numbers are wanted."""


class Canvas(Struct, frozen=True):
    """What the painter needs to know of the view: the part that is seen, and the column."""

    top: float
    height: float
    width: float
    column_left: float
    column_width: float
    ratio: float
    scale: float


class PagePainter:
    """Paints a page's decorations in the view's coordinates."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def paint(self, painter: QPainter, page: PageDocument, shown: Decorations, canvas: Canvas) -> None:
        """Paint what lies under the text; only what is seen."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.page))  # fillRect() would load every named gradient
        painter.drawRect(QRectF(0, 0, canvas.width, canvas.height))
        painter.translate(0, -canvas.top)
        self._landing(painter, page, shown, canvas)
        first, last = self._seen(page, canvas)
        block = first
        while block.isValid() and block.position() <= last.position():
            self._block(painter, page, block, shown, canvas)
            block = block.next()
        for table in page.tables:
            self._table(painter, page, table, canvas)
        self._ranges(painter, page, shown, self._seen_positions(page, canvas))
        painter.resetTransform()

    def _seen(self, page: PageDocument, canvas: Canvas) -> tuple[QTextBlock, QTextBlock]:
        layout = page.document.documentLayout()
        fuzzy = Qt.HitTestAccuracy.FuzzyHit
        middle = canvas.column_left + canvas.column_width / 2
        top = layout.hitTest(QPointF(middle, canvas.top), fuzzy)
        bottom = layout.hitTest(QPointF(middle, canvas.top + canvas.height), fuzzy)
        document = page.document
        first = document.findBlock(max(0, top))
        last = document.findBlock(max(0, bottom))
        # A block before and after: their margins and pictures may reach into the view.
        return (first.previous() if first.previous().isValid() else first), (
            last.next() if last.next().isValid() else last
        )

    def _seen_positions(self, page: PageDocument, canvas: Canvas) -> tuple[int, int]:
        """Return the positions between which all is that is seen: a block may be longer than any view."""
        layout = page.document.documentLayout()
        fuzzy = Qt.HitTestAccuracy.FuzzyHit
        right = canvas.column_left + canvas.column_width
        first = layout.hitTest(QPointF(canvas.column_left, canvas.top - LINES_BEYOND * canvas.scale), fuzzy)
        below = canvas.top + canvas.height + LINES_BEYOND * canvas.scale
        return max(0, first), layout.hitTest(QPointF(right, below), fuzzy) + 1

    def _block(
        self, painter: QPainter, page: PageDocument, block: QTextBlock, shown: Decorations, canvas: Canvas
    ) -> None:
        role = block.userState()
        box = page.document.documentLayout().blockBoundingRect(block)
        if role == Role.QUOTED:
            self._quotation_bar(painter, page, block, box, canvas)
        elif role == Role.CODE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.background))
            painter.drawRoundedRect(
                QRectF(canvas.column_left, box.top() - 6, canvas.column_width, box.height() + 16), 6, 6
            )
        elif role in (Role.RULE, Role.HEADER_END):
            self._rule(painter, block, box, canvas)
        number = shown.paragraph_numbers.get(block.position()) if shown.numbered else None
        bookmarked = block.position() in shown.bookmarks
        if bookmarked:
            self._bookmark(painter, block, box, canvas, leftwards=page.leftwards)
        if number is not None:
            self._number(painter, block, box, canvas, str(number), bookmarked=bookmarked, leftwards=page.leftwards)

    def _quotation_bar(
        self, painter: QPainter, page: PageDocument, block: QTextBlock, box: QRectF, canvas: Canvas
    ) -> None:
        following = block.next()
        bottom = box.bottom()
        goes_on = following.isValid() and following.userState() == Role.QUOTED
        if goes_on and following.textDirection() == block.textDirection():
            bottom = page.document.documentLayout().blockBoundingRect(following).top()
        left = bar_left(block, box, canvas.column_left, canvas.column_width, 22 * canvas.scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.accent))
        # The letters stand low in a line: so does the bar, that it is as far above them as below.
        top, end = box.top() + BAR_DOWN, bottom + (1 if bottom == box.bottom() else BAR_DOWN)
        painter.drawRect(QRectF(left, top, 3, end - top))

    def _rule(self, painter: QPainter, block: QTextBlock, box: QRectF, canvas: Canvas) -> None:
        painter.setPen(QPen(QColor(self.theme.rule), 1))
        if block.userState() == Role.HEADER_END:
            y = round(head_bottom(block, box) + HEAD_GAP * canvas.scale) + 0.5
            painter.drawLine(QPointF(canvas.column_left, y), QPointF(canvas.column_left + canvas.column_width, y))
            return
        middle, y = canvas.column_left + canvas.column_width / 2, round(box.center().y()) + 0.5
        painter.setPen(QPen(QColor(self.theme.rule_strong), 1))
        painter.drawLine(QPointF(middle - 40, y), QPointF(middle + 40, y))

    def _bookmark(self, painter: QPainter, block: QTextBlock, box: QRectF, canvas: Canvas, *, leftwards: bool) -> None:
        from reader.ui.look.icons import pixmap

        sign = pixmap("bookmark", self.theme.accent, 18, canvas.ratio, filled=True)
        line = block.layout().lineAt(0)
        middle = box.top() + (line.y() + line.height() / 2 if line.isValid() else box.height() / 2)
        left = max(2.0, canvas.column_left - 32)
        if leftwards:
            left = min(canvas.width - 20, canvas.column_left + canvas.column_width + 14)
        painter.drawPixmap(QPointF(left, middle - 9), sign)

    def _number(
        self,
        painter: QPainter,
        block: QTextBlock,
        box: QRectF,
        canvas: Canvas,
        number: str,
        *,
        bookmarked: bool,
        leftwards: bool,
    ) -> None:
        line = block.layout().lineAt(0)
        if not line.isValid():
            return
        first = QRectF(canvas.column_left, box.top() + line.y(), canvas.column_width, line.height())
        place = number_place(number, first, block.blockFormat().textIndent(), canvas.scale, bookmarked=bookmarked)
        painter.setPen(QColor(self.theme.muted))
        painter.setFont(fonts.interface(place.size, features=("tnum",)))
        area = QRectF(place.area)
        if leftwards:  # beside the other edge of the column
            area.moveLeft(first.left() + first.right() - area.right())
        side = Qt.AlignmentFlag.AlignLeft if place.within != leftwards else Qt.AlignmentFlag.AlignRight
        painter.drawText(area, side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter, number)

    def _table(self, painter: QPainter, page: PageDocument, table: QTextTable, canvas: Canvas) -> None:
        layout = page.document.documentLayout()
        frame = layout.frameBoundingRect(table)
        if frame.bottom() < canvas.top or frame.top() > canvas.top + canvas.height:
            return
        padding = table.format().toTableFormat().cellPadding()
        for row in range(table.rows()):
            bottom = 0.0
            for column in range(table.columns()):
                cell = table.cellAt(row, column)
                last = cell.lastCursorPosition().block()
                bottom = max(bottom, layout.blockBoundingRect(last).bottom())
            strong = row == 0 and table.format().toTableFormat().headerRowCount() > 0
            painter.setPen(QPen(QColor(self.theme.rule_strong if strong else self.theme.rule), 1))
            y = round(bottom + padding) + 0.5
            painter.drawLine(QPointF(canvas.column_left, y), QPointF(canvas.column_left + canvas.column_width, y))

    def _landing(self, painter: QPainter, page: PageDocument, shown: Decorations, canvas: Canvas) -> None:
        if shown.landing is None:
            return
        layout = page.document.documentLayout()
        first = page.document.findBlock(shown.landing[0])
        last = page.document.findBlock(max(shown.landing[0], shown.landing[1] - 1))
        area = layout.blockBoundingRect(first).united(layout.blockBoundingRect(last))
        tint = QColor(self.theme.accent_tint)
        tint.setAlphaF(shown.landing_strength)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tint)
        painter.drawRoundedRect(
            QRectF(canvas.column_left - 12, area.top() - 5, canvas.column_width + 24, area.height() + 10), 6, 6
        )

    def _ranges(self, painter: QPainter, page: PageDocument, shown: Decorations, seen: tuple[int, int]) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.hl_yellow))
        for start, end in shown.bookmarked_ranges:
            if start < seen[1] and end > seen[0]:
                for rect in rects(page.document, max(start, seen[0]), min(end, seen[1]), 1.5):
                    painter.drawRoundedRect(rect, 3, 3)
        first = bisect_left(shown.hits, seen[0], key=lambda hit: hit[1])
        last = bisect_left(shown.hits, seen[1], key=lambda hit: hit[0])
        for number in range(first, last):
            self._hit(painter, page, *shown.hits[number], current=number == shown.current_hit)
        if shown.popup_mark is not None:
            self._ring(painter, page, shown.popup_mark)
        if shown.focus is not None:
            self._ring(painter, page, shown.focus)

    def _hit(self, painter: QPainter, page: PageDocument, start: int, end: int, *, current: bool) -> None:
        """Paint a hit: a tint with a line under it, the current one a box: told apart without colour."""
        for rect in rects(page.document, start, end, 1):
            if current:
                painter.setBrush(QColor(self.theme.hit_current))
                painter.setPen(QPen(QColor(self.theme.hit_current_line), 1.5))
                painter.drawRoundedRect(rect.adjusted(0.25, 0.75, -0.25, -0.75), 3, 3)
                painter.setPen(Qt.PenStyle.NoPen)
            else:
                painter.setBrush(QColor(self.theme.hit))
                painter.drawRect(rect)
                painter.setBrush(QColor(self.theme.hit_line))
                painter.drawRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2))

    def _ring(self, painter: QPainter, page: PageDocument, place: tuple[int, int]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.theme.focus), 2))
        low = 1.0 - FIGURE_SHARE if is_figure(page, place) else 0.0
        for rect in rects(page.document, *place):
            painter.drawRoundedRect(rect.adjusted(-2.5, -3, 2.5, 2 - low * rect.height()), 4, 4)
        painter.setPen(Qt.PenStyle.NoPen)


def head_bottom(block: QTextBlock, box: QRectF) -> float:
    """Return where the letters of the head's last line end. The line's own box is as high as its tallest face."""
    line = block.layout().lineAt(block.layout().lineCount() - 1)
    if not line.isValid():
        return box.bottom()
    return box.top() + line.y() + line.ascent() + QFontMetricsF(block.charFormat().font()).descent()


def is_figure(page: PageDocument, place: tuple[int, int]) -> bool:
    """Say whether a place is the mark of a note: small figures at the height of the capitals."""
    if place[0] + 1 >= page.document.characterCount():
        return False  # it was in the document before
    cursor = QTextCursor(page.document)
    cursor.setPosition(place[0] + 1)
    return cursor.charFormat().anchorHref().startswith(NOTE_SCHEME)


class NumberPlace(Struct, frozen=True):
    """Where a paragraph's number is painted, and its size, px; ``within`` says that the column holds it."""

    area: QRectF
    size: int
    within: bool = False


def number_place(number: str, first: QRectF, indent: float, scale: float, *, bookmarked: bool) -> NumberPlace:
    """Return where a number stands beside the first line of its paragraph.

    ``first`` is as wide as the column and as high as the line. In the margin if it fits, beside a
    bookmark or closer to the text if it must; else in the paragraph's indent, else small above it.
    """
    size = round(min(NUMBER_SIZE_MOST, NUMBER_SIZE * max(1.0, scale)))
    width = 0.64 * size * len(number) + 2
    for gap in (BOOKMARK_REACH,) if bookmarked else (NUMBER_GAP, NUMBER_GAP_LEAST):
        if first.left() - gap >= width:
            return NumberPlace(QRectF(first.left() - gap - width, first.top(), width, first.height()), size)
    small = min(size, NUMBER_SIZE) - 2
    if indent >= 0.64 * small * len(number):
        return NumberPlace(QRectF(first.left(), first.top(), indent, first.height()), small, within=True)
    return NumberPlace(QRectF(first.left(), first.top() - small - 1, width, small + 2), small, within=True)
