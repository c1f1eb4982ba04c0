"""What is drawn on a cover beside its title: bands, arcs, frames, each in one shade of its field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

WIDE = 60.0
"""From this width on a cover is large: it has room for fine lines, px."""

Draw = Callable[[QPainter, QRectF, QColor, QColor], None]
"""Draws within a rectangle in a shade of the field, and fine lines in the colour of the letters."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """``sides`` are the margins of the title on a large cover, as shares: left, top, right, bottom."""

    draw: Draw
    sides: tuple[float, float, float, float]
    centred: bool = False
    initial: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """The same for the initial of a small one."""

    def room(self, rect: QRectF, *, small: bool) -> QRectF:
        """Return where the letters stand on a cover."""
        left, top, right, bottom = self.initial if small else self.sides
        width, height = rect.width(), rect.height()
        return rect.adjusted(left * width, top * height, -right * width, -bottom * height)


def _dimmed(ink: QColor, share: float) -> QColor:
    made = QColor(ink)
    made.setAlphaF(share)
    return made


def _rule(painter: QPainter, rect: QRectF, ink: QColor, left: float, top: float, width: float) -> None:
    """Draw a short line as below a title; a small cover has no room for it."""
    if rect.width() >= WIDE:
        painter.fillRect(QRectF(rect.left() + left, rect.top() + top, width, 1), _dimmed(ink, 0.75))


def _spine(painter: QPainter, rect: QRectF, shade: QColor, ink: QColor) -> None:
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width() * 0.085, rect.height()), shade)
    _rule(painter, rect, ink, rect.width() * 0.17, rect.height() - 14, 22)


def _bands(painter: QPainter, rect: QRectF, shade: QColor, ink: QColor) -> None:
    part = rect.height() * 0.19
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), part), shade)
    painter.fillRect(QRectF(rect.left(), rect.bottom() - part, rect.width(), part), shade)
    if rect.width() >= WIDE:
        line = _dimmed(ink, 0.5)
        painter.fillRect(QRectF(rect.left(), rect.top() + part, rect.width(), 1), line)
        painter.fillRect(QRectF(rect.left(), rect.bottom() - part - 1, rect.width(), 1), line)


def _disc(painter: QPainter, rect: QRectF, shade: QColor, _ink: QColor) -> None:
    painter.setBrush(shade)
    radius = rect.width() * 0.46
    painter.drawEllipse(QPointF(rect.right() - radius * 0.62, rect.bottom() - radius * 0.5), radius, radius)


def _arcs(painter: QPainter, rect: QRectF, shade: QColor, _ink: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = rect.width() * 0.085
    painter.setPen(QPen(shade, width))
    for number in range(3):
        radius = rect.width() * (0.62 - number * 0.19)
        painter.drawEllipse(QPointF(rect.left(), rect.bottom()), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)


def _slope(painter: QPainter, rect: QRectF, shade: QColor, _ink: QColor) -> None:
    painter.setBrush(shade)
    top, low = rect.bottom() - rect.height() * 0.42, rect.bottom() - rect.height() * 0.16
    painter.drawPolygon(
        QPolygonF([QPointF(rect.left(), low), QPointF(rect.right(), top), rect.bottomRight(), rect.bottomLeft()])
    )


def _frame(painter: QPainter, rect: QRectF, shade: QColor, ink: QColor) -> None:
    if rect.width() < WIDE:
        painter.setPen(QPen(_dimmed(ink, 0.45), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(3.5, 3.5, -3.5, -3.5))
    else:
        painter.setBrush(shade)
        painter.drawRect(rect.adjusted(5, 5, -5, -5))
        painter.setPen(QPen(_dimmed(ink, 0.55), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(8.5, 8.5, -8.5, -8.5))
    painter.setPen(Qt.PenStyle.NoPen)


def _stripes(painter: QPainter, rect: QRectF, shade: QColor, _ink: QColor) -> None:
    height = rect.height() * 0.045
    for number in range(5):
        top = rect.bottom() - rect.height() * 0.07 - height - number * height * 1.9
        painter.fillRect(QRectF(rect.left(), top, rect.width(), height), shade)


def _half(painter: QPainter, rect: QRectF, shade: QColor, ink: QColor) -> None:
    cut = rect.height() * 0.62
    painter.fillRect(QRectF(rect.left(), rect.top() + cut, rect.width(), rect.height() - cut), shade)
    _rule(painter, rect, ink, rect.width() * 0.12, cut + 10, 16)


def _leaves(painter: QPainter, rect: QRectF, shade: QColor, _ink: QColor) -> None:
    """Quarters of a circle, set together as tiles are."""
    side = rect.width() / 4
    painter.setBrush(shade)
    for row in range(2):
        for column in range(4):
            corner = QPointF(rect.left() + column * side, rect.bottom() - (row + 1) * side)
            if (row + column) % 2:
                painter.drawPie(QRectF(corner.x(), corner.y() - side, 2 * side, 2 * side), 180 * 16, 90 * 16)
            else:
                painter.drawPie(QRectF(corner.x() - side, corner.y(), 2 * side, 2 * side), 0, 90 * 16)


_TOP = (0.13, 0.1, 0.1, 0.3)

DRAWINGS = (
    Drawing(_spine, (0.17, 0.1, 0.09, 0.2), initial=(0.085, 0.0, 0.0, 0.0)),
    Drawing(_bands, (0.11, 0.23, 0.11, 0.23), centred=True),
    Drawing(_disc, _TOP),
    Drawing(_arcs, _TOP),
    Drawing(_slope, _TOP),
    Drawing(_frame, (0.17, 0.15, 0.15, 0.15), centred=True),
    Drawing(_stripes, _TOP),
    Drawing(_half, (0.12, 0.1, 0.1, 0.4)),
    Drawing(_leaves, _TOP),
)
