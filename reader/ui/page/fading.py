"""The text that leaves a page at its edges fades, where it would be cut through."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from reader.theme import Theme

DEPTH = 18
"""How far from an edge the text begins to fade, px: less than a line."""


def fade_edges(
    painter: QPainter, theme: Theme, ground: str, width: float, height: float, *, top: bool, bottom: bool
) -> None:
    """Paint the ground of a text over its edges, thicker towards them; not where contrast is what counts."""
    if theme.name == "contrast":
        return
    painter.setPen(Qt.PenStyle.NoPen)
    for row, colour in enumerate(_veil(ground)):
        painter.setBrush(colour)
        if top:
            painter.drawRect(QRectF(0, row, width, 1))
        if bottom:
            painter.drawRect(QRectF(0, height - 1 - row, width, 1))


@lru_cache(maxsize=4)
def _veil(ground: str) -> tuple[QColor, ...]:
    """Return the colours from the edge inwards; a gradient would load hundreds of names for a first frame."""
    found = []
    for row in range(DEPTH):
        colour = QColor(ground)
        colour.setAlphaF((1 - row / DEPTH) ** 1.5)
        found.append(colour)
    return tuple(found)
