"""The pages of a plan below each other, as they will be on paper."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.ui.look.palette import colour, mix
from reader.ui.look.shadow import paint_shadow
from reader.ui.paper.drawing import Drawing

if TYPE_CHECKING:
    from reader.theme import Theme
    from reader.ui.paper.plan import Plan

GAP = 24
LEAST_WIDE, MOST_WIDE = 440, 760
"""How wide a page is shown, px: not too small to be read, nor larger than on paper."""
KEPT = 4
"""How many painted pages are kept."""
_WHEEL_STEP = 48


class PagesView(QAbstractScrollArea):
    """Shows the pages that are made so far; ``page_changed`` tells the number of the one in the middle."""

    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._plan: Plan | None = None
        self._drawing: Drawing | None = None
        self._painted: OrderedDict[int, QPixmap] = OrderedDict()
        self._shown = 0
        self._wanted: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Pages"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(_WHEEL_STEP)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.setMinimumSize(280, 240)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def show_plan(self, plan: Plan) -> None:
        """Show another plan, at about the same place of the text."""
        if self._plan is not None and self._plan.leaves and self.verticalScrollBar().value():
            self._wanted = self._plan.leaves[self.page - 1].passage
        self._plan, self._drawing = plan, Drawing(plan)
        self._painted.clear()
        self.take_pages()

    def take_pages(self) -> None:
        """Show the pages that were made meanwhile."""
        if self._plan is None:
            return
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, round(self._top(len(self._plan.leaves))) - self.viewport().height()))
        self._go_on_to_place()
        self.viewport().update()
        self._tell()

    def _go_on_to_place(self) -> None:
        """Go where one was before the pages were made anew, as soon as that page is there."""
        leaves = self._plan.leaves if self._plan is not None else []
        if (
            self._wanted is not None
            and self._plan is not None
            and (self._plan.done or leaves[-1].passage > self._wanted)
        ):
            passage, self._wanted = self._wanted, None
            self.show_page(max(1, bisect_right(leaves, passage, key=lambda leaf: leaf.passage)))

    @property
    def page(self) -> int:
        """The number of the page in the middle, from 1."""
        if self._plan is None:
            return 1
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        return max(1, min(len(self._plan.leaves), int((middle - GAP / 2) / (self._height + GAP)) + 1))

    def show_page(self, number: int) -> None:
        """Scroll so that a page begins at the top."""
        self.verticalScrollBar().setValue(round(self._top(number - 1) - GAP / 2))

    # -- geometry ----------------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        """The width of a page: the whole of it is seen, unless it would be too small to be read."""
        room = self.viewport().width() - 2 * GAP
        if self._plan is None:
            return max(LEAST_WIDE, room)
        sheet = self._plan.sheet
        whole = (self.viewport().height() - 2 * GAP) * sheet.width / sheet.height
        return max(120, round(min(MOST_WIDE, room, max(LEAST_WIDE, whole))))

    @property
    def _height(self) -> int:
        if self._plan is None:
            return self._width
        return round(self._width * self._plan.sheet.height / self._plan.sheet.width)

    def _top(self, index: int) -> float:
        return GAP + index * (self._height + GAP)

    # -- events ------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None or self._plan is None:
            return
        painter = QPainter(self.viewport())
        ground = mix(self._theme.background, self._theme.pressed, 0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ground))
        painter.drawRect(self.viewport().rect())
        scrolled = self.verticalScrollBar().value()
        left = (self.viewport().width() - self._width) // 2
        first = max(0, int((scrolled - GAP) // (self._height + GAP)))
        for index in range(first, len(self._plan.leaves)):
            top = self._top(index) - scrolled
            if top > self.viewport().height():
                break
            area = QRectF(left, round(top), self._width, self._height)
            paint_shadow(painter, area, 1, QPointF(0, 4), 14, 0.22)
            painter.drawPixmap(QPointF(left, round(top)), self._picture(index))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._theme.rule), 1))
            painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()

    def _picture(self, index: int) -> QPixmap:
        """Return a page as it is painted at the pixels of this screen."""
        assert self._plan is not None and self._drawing is not None
        found = self._painted.get(index)
        if found is not None:
            self._painted.move_to_end(index)
            return found
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(self._width * ratio), round(self._height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor("white"))
        painter = QPainter(picture)
        scale = self._width / self._plan.sheet.width
        painter.scale(scale, scale)
        self._drawing.draw(painter, self._plan.leaves[index])
        painter.end()
        self._painted[index] = picture
        while len(self._painted) > KEPT:
            self._painted.popitem(last=False)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        before = self.page
        self._painted.clear()
        self.take_pages()
        if before > 1:
            self.show_page(before)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._painted.clear()
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = event.key(), self.verticalScrollBar()
        self._wanted = None
        match key:
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self.show_page(self.page + 1)
            case Qt.Key.Key_PageUp:
                self.show_page(max(1, self.page - 1))
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_Down:
                bar.setValue(bar.value() + _WHEEL_STEP)
            case Qt.Key.Key_Up:
                bar.setValue(bar.value() - _WHEEL_STEP)
            case _:
                super().keyPressEvent(event)

    def _on_scrolled(self) -> None:
        self.viewport().update()
        self._tell()

    def _tell(self) -> None:
        if self.page != self._shown:
            self._shown = self.page
            self.page_changed.emit(self._shown)
