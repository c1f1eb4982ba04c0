"""Where text stands in a laid-out document: rectangles of ranges, positions of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine


def line_at(document: QTextDocument, position: int) -> tuple[QTextBlock, QTextLine]:
    """Return the block and the line of a position; the line is not valid where nothing is laid out."""
    block = document.findBlock(position)
    return block, block.layout().lineForTextPosition(position - block.position())


def line_rect(document: QTextDocument, position: int) -> QRectF:
    """Return the rectangle of the line of a position, in the document's coordinates."""
    block, line = line_at(document, position)
    box = document.documentLayout().blockBoundingRect(block)
    if not line.isValid():
        return box
    return QRectF(box.left() + line.x(), box.top() + line.y(), line.width(), line.height())


def rects(document: QTextDocument, start: int, end: int, pad: float = 0.0) -> Iterator[QRectF]:
    """Yield the rectangles of a range, one a line, at the height of the letters."""
    layout = document.documentLayout()
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        lines = block.layout()
        origin = layout.blockBoundingRect(block).topLeft() if block.isVisible() else None
        begun = lines.lineForTextPosition(max(0, start - block.position()))
        count = lines.lineCount() if origin is not None and begun.isValid() else 0
        for number in range(begun.lineNumber() if count else 0, count):
            line = lines.lineAt(number)
            if block.position() + line.textStart() >= end:
                break
            first = max(start - block.position(), line.textStart())
            last = min(end - block.position(), line.textStart() + line.textLength())
            if first < last and origin is not None:
                yield _rect_of(block, line, first, last, pad).translated(origin)
        block = block.next()


def _rect_of(block: QTextBlock, line: QTextLine, first: int, last: int, pad: float) -> QRectF:
    if last == line.textStart() + line.textLength() and block.text()[last - 1 : last] == " ":
        last -= 1  # the space that the line was broken at
    left, right = sorted((_x(line, first), _x(line, max(first, last))))
    metrics = QFontMetricsF(block.charFormat().font())
    baseline = line.y() + line.ascent()
    above, below = metrics.capHeight() * 1.33, metrics.descent() * 0.72
    return QRectF(left - pad, baseline - above, right - left + 2 * pad, above + below)


def _x(line: QTextLine, position: int) -> float:
    x = line.cursorToX(position)
    # PySide gives the position back beside the coordinate.
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type]
