"""The signs at headings that fold what stands below them: painted in the margin, pressed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from reader.article.model import BlockKind
from reader.ui.look import fonts
from reader.ui.look.icons import pixmap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter, QTextBlock

    from reader.article.outline import Section
    from reader.ui.page.decorations import Canvas
    from reader.ui.page.document import PageDocument
    from reader.ui.page.view import PageView

SIZE, SIZE_MOST = 16, 26
"""px of a sign: at the usual size of the text, and at the largest."""
GAP, GAP_LEAST = 8, 4
"""How far from the column a sign stands, px: where there is room, and where the margin is narrow."""
NARROW = 40  # px of a margin
BOOKMARK_REACH = 36
"""How much of the margin a bookmark takes, px: a sign stands beyond it."""
HOVER_REACH = 56
"""How much of the margin belongs to a heading, for the pointer, px."""
FAINT = 0.65
WORDS_SIZE, WORDS_SIZE_MOST = 13, 20
WORDS_GAP = 12
"""px between the words of a heading and those that tell what is folded away."""

_PARAGRAPH = bytes((BlockKind.PARAGRAPH,))


class FoldSign(Struct, frozen=True):
    """Where a heading's sign is, in the view; and, where it is folded, what is said after its words."""

    section: Section
    folded: bool
    leftwards: bool
    heading: QRectF
    sign: QRectF
    words: str = ""
    words_area: QRectF = QRectF()
    baseline: float = 0.0

    @property
    def touch(self) -> QRectF:
        """Where the sign can be pressed: as high as its line, up to the text."""
        return self.sign.adjusted(-6, -6, GAP, 6)

    def is_pressed_at(self, point: QPointF) -> bool:
        return self.touch.contains(point) or self.words_area.contains(point)

    def is_near(self, point: QPointF) -> bool:
        """Say whether the pointer is over the heading, or in the margin beside it."""
        reach = self.heading.adjusted(0 if self.leftwards else -HOVER_REACH, 0, HOVER_REACH if self.leftwards else 0, 0)
        return reach.united(self.touch).contains(point)


class FoldSigns(QObject):
    """Made when a pointer first moves over the page, or when something is folded in it."""

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._page: PageDocument | None = None
        self._held: list[tuple[int, Section]] = []
        self._by_first: dict[int, Section] = {}
        self._sections: Sequence[Section] = ()
        self._near: int | None = None
        self._under: int | None = None
        self._pressed: int | None = None
        view.viewport().installEventFilter(self)

    # -- where they are ----------------------------------------------------------------------------

    def seen(self) -> list[FoldSign]:
        """Return the signs of the headings that are on the screen."""
        page, canvas, bookmarks = self._view.laid_out, self._view.canvas(), self._view.bookmarked_blocks
        if page is None:
            return []
        found = []
        layout = page.document.documentLayout()
        for position, section in self._headings(page):
            block = page.document.findBlock(position)
            box = layout.blockBoundingRect(block).translated(0, -canvas.top)
            if box.top() > canvas.height:
                break
            if box.bottom() >= -box.height():
                found.append(self._sign(block, box, section, canvas, is_bookmarked=position in bookmarks))
        return found

    def _headings(self, page: PageDocument) -> list[tuple[int, Section]]:
        """Return the headings in a document that have something below them, with the positions of their blocks."""
        if self._sections is not self._view.sections:
            self._sections = self._view.sections
            self._by_first = {each.first: each for each in self._sections if each.end > each.first + 1}
            self._page = None
        if self._page is not page:
            self._page = page
            starts = page.offsets.passage_starts()
            self._held = [(start, self._by_first[p]) for p, start in starts if p in self._by_first]
        return self._held

    def _sign(
        self, block: QTextBlock, box: QRectF, section: Section, canvas: Canvas, *, is_bookmarked: bool
    ) -> FoldSign:
        lines = block.layout()
        first, last = lines.lineAt(0), lines.lineAt(lines.lineCount() - 1)
        leftwards = block.textDirection() == Qt.LayoutDirection.RightToLeft
        middle = box.top() + first.y() + first.height() / 2
        column = QRectF(canvas.column_left, box.top(), canvas.column_width, box.height())
        sign = sign_place(column, middle, canvas, leftwards=leftwards, is_bookmarked=is_bookmarked)
        if not self._view.is_hidden(section.first + 1):
            return FoldSign(section, False, leftwards, column, sign)
        words = self._words(section)
        font = fonts.interface(round(min(WORDS_SIZE_MOST, WORDS_SIZE * max(1.0, canvas.scale))))
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(words), metrics.height()
        line = last.naturalTextRect().translated(box.topLeft())
        baseline = box.top() + last.y() + last.ascent()
        left = line.left() - WORDS_GAP - width if leftwards else line.right() + WORDS_GAP
        if left < column.left() or left + width > column.right():  # below the heading, then
            left = column.right() - width if leftwards else column.left()
            baseline = box.top() + last.y() + last.height() + metrics.ascent() + 2
        area = QRectF(left, baseline - metrics.ascent(), width, height).adjusted(-4, -4, 4, 4)
        return FoldSign(section, True, leftwards, column, sign, words, area, baseline)

    def _words(self, section: Section) -> str:
        """Say how much is folded away."""
        text = self._view.text
        count = 0 if text is None else text.kinds.count(_PARAGRAPH, section.first + 1, section.end)
        return self.tr("… %n paragraph(s)", "", count) if count else "…"

    # -- painting ----------------------------------------------------------------------------------

    def paint(self, painter: QPainter, canvas: Canvas) -> None:
        """Paint the signs of what is folded, and of the heading that the pointer is at."""
        theme = self._view.theme
        for each in self.seen():
            number = each.section.number
            if not each.folded and number != self._near:
                continue
            name = "chevron-right" if each.folded else "chevron-down"
            colour = theme.text if number == self._under else theme.muted
            icon = pixmap(name, colour, round(each.sign.width()), canvas.ratio, leftwards=each.leftwards)
            painter.setOpacity(1.0 if each.folded or number == self._under else FAINT)
            painter.drawPixmap(each.sign.topLeft(), icon)
            painter.setOpacity(1.0)
            if each.words:
                size = round(min(WORDS_SIZE_MOST, WORDS_SIZE * max(1.0, canvas.scale)))
                painter.setFont(fonts.interface(size))
                painter.setPen(QColor(colour))
                painter.drawText(QPointF(each.words_area.left() + 4, each.baseline), each.words)

    # -- the pointer -------------------------------------------------------------------------------

    def hover(self, point: QPoint | None) -> None:
        """Take note of where the pointer is, in the view; None: it is elsewhere."""
        signs = [] if point is None else self.seen()
        place = QPointF() if point is None else QPointF(point)
        near = next((each.section.number for each in signs if each.is_near(place)), None)
        under = next((each.section.number for each in signs if each.is_pressed_at(place)), None)
        if (near, under) == (self._near, self._under):
            return
        was_under, self._near, self._under = self._under, near if under is None else under, under
        if (under is None) != (was_under is None):
            self._view.point(over_sign=under is not None)
        self._view.viewport().update()

    def _at(self, event: QMouseEvent) -> int | None:
        place = event.position()
        return next((each.section.number for each in self.seen() if each.is_pressed_at(place)), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.MouseButtonPress | QEvent.Type.MouseButtonDblClick if isinstance(event, QMouseEvent):
                self._pressed = self._at(event) if event.button() == Qt.MouseButton.LeftButton else None
                return self._pressed is not None
            case QEvent.Type.MouseMove:
                return self._pressed is not None
            case QEvent.Type.MouseButtonRelease if isinstance(event, QMouseEvent):
                return self._release(event)
            case QEvent.Type.ToolTip if isinstance(event, QHelpEvent):
                return self._tell(event)
        return False

    def _release(self, event: QMouseEvent) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return False
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._at(event) == pressed:
            self._view.fold_requested.emit(pressed)
            self.hover(event.position().toPoint())
        return True

    def _tell(self, event: QHelpEvent) -> bool:
        place = QPointF(event.pos())
        sign = next((each for each in self.seen() if each.is_pressed_at(place)), None)
        if sign is None:
            return False
        words = self.tr("Unfold this section") if sign.folded else self.tr("Fold this section")
        QToolTip.showText(event.globalPos(), words, self._view.viewport(), sign.touch.toAlignedRect())
        return True


def sign_place(column: QRectF, middle: float, canvas: Canvas, *, leftwards: bool, is_bookmarked: bool) -> QRectF:
    """Return where a sign stands: in the margin before the line, beyond a bookmark, or else in the other margin."""
    margins = column.left(), canvas.width - column.right()
    before, behind = reversed(margins) if leftwards else margins
    gap = GAP if before >= NARROW else GAP_LEAST
    size = min(round(min(SIZE_MOST, SIZE * max(1.0, canvas.scale))), round(max(before, behind)) - gap - 2)
    away = BOOKMARK_REACH if is_bookmarked else gap
    is_before = before >= away + size
    is_left = is_before != leftwards
    away = away if is_before else gap
    left = column.left() - away - size if is_left else column.right() + away
    return QRectF(round(left), round(middle - size / 2), size, size)
