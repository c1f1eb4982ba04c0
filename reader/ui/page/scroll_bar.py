"""A thin scroll bar that also shows where hits and bookmarks are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QScrollBar

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

    from reader.theme import Theme

WIDTH = 12
THUMB = 6
THUMB_HOVERED = 8
MIN_THUMB = 40


class PointedBar(QScrollBar):
    """Beside a text: tells it that the pointer came over from there."""

    entered = Signal()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit()


class PageScrollBar(PointedBar):
    """Ticks are shares of the whole length, 0 to 1."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._hits: tuple[float, ...] = ()
        self._bookmarks: tuple[float, ...] = ()
        self.setFixedWidth(WIDTH)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_hits(self, shares: tuple[float, ...]) -> None:
        self._hits = shares
        self.update()

    def show_bookmarks(self, shares: tuple[float, ...]) -> None:
        self._bookmarks = shares
        self.update()

    @property
    def hits(self) -> tuple[float, ...]:
        return self._hits

    @property
    def bookmarks(self) -> tuple[float, ...]:
        return self._bookmarks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(self._theme.page))
        painter.setPen(Qt.PenStyle.NoPen)
        height = float(self.height())
        painter.setBrush(QColor(self._theme.hit_line))
        # One tick a pixel at most: thousands of hits cost no more than the bar is high.
        for y in {round(share * height) for share in self._hits}:
            painter.drawRect(QRectF(2, y - 1, 8, 2))
        painter.setBrush(QColor(self._theme.accent))
        for share in self._bookmarks:
            painter.drawRoundedRect(QRectF(1, share * height - 1.5, 10, 3), 1, 1)
        self._paint_thumb(painter, height)
        painter.end()

    def _paint_thumb(self, painter: QPainter, height: float) -> None:
        total = self.maximum() - self.minimum() + self.pageStep()
        if self.maximum() <= self.minimum() or total <= 0:
            return
        hovered = self.underMouse() or self.isSliderDown()
        width = THUMB_HOVERED if hovered else THUMB
        length = max(MIN_THUMB, self.pageStep() / total * height)
        top = self.value() / max(1, self.maximum()) * (height - length)
        colour = QColor(self._theme.muted)
        colour.setAlpha(230 if hovered else 120)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF((self.width() - width) / 2, top + 2, width, length - 4), width / 2, width / 2)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
