"""Soft shadows of cards, without an effect that would redraw the page under them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

RINGS = 14


def paint_shadow(painter: QPainter, card: QRectF, radius: float, offset: QPointF, blur: float, depth: float) -> None:
    """Paint a shadow around a card by stacking round rectangles; ``depth`` is its opacity at the edge."""
    fall = [math.exp(-4.4 * ring / RINGS) * (1 - ring / RINGS) for ring in range(RINGS + 1)]
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for ring in range(RINGS, 0, -1):
        grow = 0.8 * blur * ring / RINGS
        shade = QColor(0, 0, 0)
        shade.setAlphaF(max(0.0, depth * (fall[ring - 1] - fall[ring])))
        painter.setBrush(shade)
        spread = card.translated(offset / 2).adjusted(-grow, -grow, grow, grow)
        painter.drawRoundedRect(spread, radius + grow, radius + grow)
    painter.restore()
