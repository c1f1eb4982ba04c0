"""A row of choices of which one is on."""

from __future__ import annotations

from itertools import accumulate, pairwise

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTabBar, QWidget

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.palette import colour, mix

RADIUS = 6


class SegmentedControl(QTabBar):
    """A row of choices of which one is on; the arrow keys move along it.

    It is a tab bar to assistive technology. ``segment_chosen`` carries the key of the segment that
    a person chose; ``choose`` sets one without a signal.
    """

    segment_chosen = Signal(str)

    INSET = 3
    HEIGHT = 40

    def __init__(self, name: str, segments: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._counts: dict[str, int] = {}
        self.setAccessibleName(name)
        self.setObjectName("segments")
        self.setDrawBase(False)
        self.setExpanding(True)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setFixedHeight(self.HEIGHT)
        self.setFont(fonts.interface(13, 500))
        for key, label in segments:
            index = self.addTab(label)
            self.setTabData(index, key)
            self.setAccessibleTabName(index, label)
            self.setTabToolTip(index, label)
        self.currentChanged.connect(self._changed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def choose(self, key: str) -> None:
        """Put ``key`` on, silently.

        Raises:
            KeyError: there is no such segment.
        """
        blocked = self.blockSignals(True)
        self.setCurrentIndex(self._index(key))
        self.blockSignals(blocked)
        self.update()

    def chosen(self) -> str:
        return str(self.tabData(self.currentIndex()))

    def set_count(self, key: str, count: int) -> None:
        """Show how many things stand behind a segment; 0 shows nothing."""
        index = self._index(key)
        self._counts[key] = count
        name = self.tabText(index)
        named = f"{name} {count}" if count else name
        self.setAccessibleTabName(index, named)
        self.setTabToolTip(index, named)
        # Makes the bar ask for its segments' widths again.
        self.setTabText(index, name)
        self.update()

    def focus_rect(self) -> QRect:
        """Return what the focus ring goes around: the segment that is on."""
        return self._segment(self.currentIndex()).toRect()

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._widths()[index], self.HEIGHT)

    def minimumTabSizeHint(self, _index: int) -> QSize:
        return QSize(40, self.HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(260, self.HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(theme.rule), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
        holder = mix(theme.background, theme.hover, 0.7) if theme.dark else mix(theme.hover, theme.pressed, 0.5)
        painter.setBrush(colour(holder))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS + 2, RADIUS + 2)
        under = self.tabAt(self.mapFromGlobal(self.cursor().pos())) if self.underMouse() else -1
        for index in range(self.count()):
            self._paint_segment(painter, theme, index, under == index)
        painter.end()

    def _paint_segment(self, painter: QPainter, theme: Theme, index: int, hovered: bool) -> None:
        on = index == self.currentIndex()
        rect = self._segment(index)
        if on:
            painter.setPen(QPen(colour(theme.popup_rule), 1))
            painter.setBrush(colour(theme.pressed if theme.dark else theme.raised))
            painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setPen(colour(theme.text if on or hovered else theme.ui_text))
        count = self._counts.get(str(self.tabData(index)), 0)
        tail = f"\u2002{count}" if count else ""
        metrics = QFontMetricsF(self.font())
        room = rect.width() - 12 - metrics.horizontalAdvance(tail)
        text = metrics.elidedText(self.tabText(index), Qt.TextElideMode.ElideRight, room) + tail
        painter.setFont(self.font())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)

    def _widths(self) -> list[int]:
        """Return equal widths, or, where one segment's words need more, as much more as they need."""
        count = max(1, self.count())
        needed = [self._needed(index) for index in range(self.count())]
        share = self.width() / count
        if any(width > share for width in needed):
            spare = (self.width() - sum(needed)) / count
            ends = list(accumulate(width + spare for width in needed))
        else:
            ends = [share * (index + 1) for index in range(self.count())]
        rounded = [0, *(int(end) for end in ends)]
        return [max(0, end - start) for start, end in pairwise(rounded)]

    def _needed(self, index: int) -> float:
        count = self._counts.get(str(self.tabData(index)), 0)
        words = self.tabText(index) + (f"\u2002{count}" if count else "")
        return QFontMetricsF(self.font()).horizontalAdvance(words) + 2 * self.INSET + 14

    def _segment(self, index: int) -> QRectF:
        inset = self.INSET
        return QRectF(self.tabRect(index)).adjusted(inset, inset, -inset, -inset)

    def _index(self, key: str) -> int:
        for index in range(self.count()):
            if self.tabData(index) == key:
                return index
        raise KeyError(key)

    def _changed(self, index: int) -> None:
        self.segment_chosen.emit(str(self.tabData(index)))
