"""A chip: something that narrows a search, with how many places it leaves; pressed, with a cross that takes it out."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton, QWidget

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour

HEIGHT = 26
WIDEST = 160
"""A longer label is shortened, px."""
SIDE = 9
GAP = 5
CROSS = 12
RADIUS = 6


class Chip(QToolButton):
    """``name`` says what it leaves, ``on_tip`` what a press does while it is on."""

    def __init__(self, label: str, name: str, on_tip: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._tips = name, on_tip
        self._count = ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFont(label_font())
        self.setText(label)
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_state(self, count: str, described: str, *, on: bool) -> None:
        """Show whether it is on, and, where it is not, a count; ``described`` is the count for the ear."""
        self._count = "" if on else count
        self.setChecked(on)
        self.setAccessibleDescription(described)
        self.setToolTip(self._tips[on])
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # they lead from chip to chip: the row knows where
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        needed = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + self._beside() + 2 * SIDE + 1
        return QSize(min(WIDEST, round(needed + 0.5)), HEIGHT)

    def _beside(self) -> float:
        """Return the room that count or cross take beside the label, px."""
        if self.isChecked():
            return CROSS + GAP
        return QFontMetricsF(count_font()).horizontalAdvance(self._count) + GAP if self._count else 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme, on = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back = theme.pressed if on or self.isDown() else theme.hover if self.underMouse() else ""
        painter.setPen(QPen(colour(theme.rule_strong if on else theme.rule), 1))
        painter.setBrush(colour(back) if back else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        self._paint_words(painter, theme)
        painter.end()

    def _paint_words(self, painter: QPainter, theme: Theme) -> None:
        leftwards = self.isRightToLeft()
        inner = QRectF(self.rect()).adjusted(SIDE, 0, -SIDE, 0)
        beside = self._beside()
        label = inner.adjusted(beside if leftwards else 0, 0, 0 if leftwards else -beside, 0)
        painter.setFont(self.font())
        painter.setPen(colour(theme.text if self.isChecked() else theme.ui_text))
        shown = QFontMetricsF(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, label.width() + 0.5)
        near, far = (_RIGHT, _LEFT) if leftwards else (_LEFT, _RIGHT)
        painter.drawText(label, near, shown)
        if self.isChecked():
            picture = icons.pixmap("x", theme.ui_text, CROSS, self.devicePixelRatioF())
            at = inner.left() if leftwards else inner.right() - CROSS
            painter.drawPixmap(QPointF(at, (self.height() - CROSS) / 2), picture)
        elif self._count:
            painter.setFont(count_font())
            painter.setPen(colour(theme.muted))
            painter.drawText(inner, far, self._count)


_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)


@lru_cache(maxsize=1)
def label_font() -> QFont:
    return fonts.interface(12, 500)


@lru_cache(maxsize=1)
def count_font() -> QFont:
    return fonts.interface(11, 500, features=("tnum",))
