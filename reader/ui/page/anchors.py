"""Footnote marks and links in a document: which there are, and which is where."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument


class Anchor(Struct, frozen=True):
    """A link or mark in a document: half-open positions and where it leads."""

    start: int
    end: int
    target: str


def anchors(document: QTextDocument) -> tuple[Anchor, ...]:
    """Return all anchors in order; pieces that touch and lead to one place are one anchor."""
    found: list[Anchor] = []
    block = document.begin()
    while block.isValid():
        for span in block.textFormats() if block.length() > 1 else ():
            if span.format.isAnchor():
                start = block.position() + span.start
                end, target = start + span.length, span.format.anchorHref()
                if found and found[-1].end == start and found[-1].target == target:
                    found[-1] = Anchor(found[-1].start, end, target)
                else:
                    found.append(Anchor(start, end, target))
        block = block.next()
    return tuple(found)


class AnchorRing:
    """The anchors of a document, walked by Tab."""

    def __init__(self, document: QTextDocument) -> None:
        self._anchors = anchors(document)
        self._starts = [anchor.start for anchor in self._anchors]

    def __len__(self) -> int:
        return len(self._anchors)

    def at(self, position: int) -> Anchor | None:
        """Return the anchor that covers a position."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or position >= self._anchors[index].end:
            return None
        return self._anchors[index]

    def next(self, position: int) -> Anchor | None:
        """Return the first anchor that begins at a position or after it."""
        index = bisect_left(self._starts, position)
        return self._anchors[index] if index < len(self._anchors) else None

    def previous(self, position: int) -> Anchor | None:
        """Return the last anchor that begins before a position."""
        index = bisect_left(self._starts, position) - 1
        return self._anchors[index] if index >= 0 else None
