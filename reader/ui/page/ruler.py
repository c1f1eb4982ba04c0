"""A help to stay in the line: a mark under the line that is read, or a window that dims what is around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from reader.ui.look.palette import colour
from reader.ui.page.shapes import FIXED

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from reader.theme import Theme

NONE, LINE, RULER = "none", "line", "ruler"
POINTER, MIDDLE = "pointer", "middle"
BAR = 2
"""Height of the mark under a line, px."""
OVERHANG = 10
"""How far the mark reaches out of the column, px."""
TINT = 0.09
DIMMED = 0.74
"""How much of the page's colour lies over the lines that are not read."""
LINES_SEEN = 1.5
"""How many lines the window leaves above and below the middle of the one that is read."""


class Band(Struct, frozen=True):
    """A line as it stands in a view: its middle and height, px from the view's top."""

    middle: float
    height: float


def paint_ruler(painter: QPainter, area: QRectF, band: Band, kind: str, theme: Theme) -> None:
    """Paint the help for one line over a view's text; ``area`` is the view, or the column in it."""
    painter.setPen(Qt.PenStyle.NoPen)
    if kind == LINE:
        top = band.middle - band.height / 2
        tint = colour(theme.accent)
        tint.setAlphaF(TINT)
        painter.setBrush(tint)
        painter.drawRect(QRectF(area.left(), top, area.width(), band.height))
        painter.setBrush(colour(theme.accent))
        painter.drawRect(QRectF(area.left(), round(top + band.height - BAR), area.width(), BAR))
        return
    veil = colour(theme.page)
    veil.setAlphaF(DIMMED)
    painter.setBrush(veil)
    top, bottom = band.middle - band.height * LINES_SEEN, band.middle + band.height * LINES_SEEN
    painter.drawRect(QRectF(area.left(), area.top(), area.width(), max(0.0, top - area.top())))
    painter.drawRect(QRectF(area.left(), bottom, area.width(), max(0.0, area.bottom() - bottom)))
    painter.setBrush(colour(theme.rule_strong))
    for edge in (top - 1, bottom):
        painter.drawRect(QRectF(area.left(), round(edge), area.width(), 1))


class ReadingRuler(QWidget):
    """Lies over a view's text and follows the pointer, or stays at the line in the middle.

    It takes no event and no focus; it is no part of what a screen reader tells.
    """

    def __init__(self, view: QTextEdit, theme: Theme, kind: str, follows: str) -> None:
        super().__init__(view)
        self._view = view
        self._theme = theme
        self._kind = kind
        self._follows = follows
        self._pointer: int | None = None
        self._band: Band | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.viewport().installEventFilter(self)
        view.verticalScrollBar().valueChanged.connect(self.follow)
        self.setGeometry(view.viewport().geometry())
        self.choose(kind, follows)

    @property
    def band(self) -> Band | None:
        """The line that is marked; None where there is none."""
        return self._band

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def choose(self, kind: str, follows: str) -> None:
        """Take a kind of help, and what it follows (see the constants of this module)."""
        self._kind, self._follows = kind, follows
        self.setVisible(kind != NONE)
        self.raise_()
        self.follow()

    def follow(self) -> None:
        """Find the line anew: the text moved, or the pointer did."""
        if self._kind == NONE:
            return
        view = self._view.viewport()
        y = view.height() // 2
        if self._follows == POINTER and self._pointer is not None:
            y = min(max(self._pointer, 0), view.height() - 1)
        band = self._line_at(y)
        if band != self._band:
            self._band = band
            self.update()

    def _line_at(self, y: int) -> Band | None:
        cursor = self._view.cursorForPosition(QPoint(self._view.viewport().width() // 2, y))
        caret = self._view.cursorRect(cursor)
        line = cursor.block().layout().lineForTextPosition(cursor.positionInBlock())
        if not line.isValid():
            return None
        shape = cursor.blockFormat()
        fixed = shape.lineHeight() if shape.lineHeightType() == FIXED else 0.0
        return Band(caret.center().y() + 0.5, max(fixed or line.height(), float(caret.height())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._pointer = round(event.position().y())
            self.follow()
        elif event.type() == QEvent.Type.Resize:
            self.setGeometry(self._view.viewport().geometry())
            self.follow()
        elif event.type() == QEvent.Type.Paint:
            self.follow()  # the text is another one, or set otherwise
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._band is None:
            return
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self._kind == LINE:
            margins = self._view.document().rootFrame().frameFormat()
            area.adjust(margins.leftMargin() - OVERHANG, 0, OVERHANG - margins.rightMargin(), 0)
        paint_ruler(painter, area, self._band, self._kind, self._theme)
        painter.end()
