"""Where a popup goes: near its mark, inside its window, never over the mark."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QSize

GAP = 8
EDGE = 12


class Side(Enum):
    """On which side of its mark a popup stands."""

    BELOW = "below"
    ABOVE = "above"
    RIGHT = "right"
    LEFT = "left"


class Placement(Struct, frozen=True):
    """The popup's rectangle, and the side of the mark that it stands on."""

    rect: QRect
    side: Side


def place(mark: QRect, size: QSize, bounds: QRect) -> Placement:
    """Return where a popup of a size goes; all in the coordinates of the window.

    Below the mark if it fits, else above, else beside. Where it fits nowhere, it takes the higher
    of the strips below and above, and is made as high as that.
    """
    inner = bounds.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    width = min(size.width(), inner.width())
    x = _within(mark.center().x() - width // 2, inner.left(), inner.right() + 1 - width)
    below, above = inner.bottom() + 1 - (mark.bottom() + 1 + GAP), mark.top() - GAP - inner.top()
    height = size.height()
    if height <= below:
        return Placement(QRect(x, mark.bottom() + 1 + GAP, width, height), Side.BELOW)
    if height <= above:
        return Placement(QRect(x, mark.top() - GAP - height, width, height), Side.ABOVE)
    beside = _beside(mark, QSize(width, min(height, inner.height())), inner)
    if beside is not None:
        return beside
    if below >= above:
        return Placement(QRect(x, mark.bottom() + 1 + GAP, width, max(1, below)), Side.BELOW)
    return Placement(QRect(x, inner.top(), width, max(1, above)), Side.ABOVE)


def _beside(mark: QRect, size: QSize, inner: QRect) -> Placement | None:
    y = _within(mark.center().y() - size.height() // 2, inner.top(), inner.bottom() + 1 - size.height())
    right = mark.right() + 1 + GAP
    if right + size.width() <= inner.right() + 1:
        return Placement(QRect(QPoint(right, y), size), Side.RIGHT)
    left = mark.left() - GAP - size.width()
    if left >= inner.left():
        return Placement(QRect(QPoint(left, y), size), Side.LEFT)
    return None


def _within(value: int, least: int, most: int) -> int:
    return max(least, min(value, most))
