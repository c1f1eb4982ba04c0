"""What is seen of a page: its first line, its last, and the place under the reader's eye."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QPointF, Qt

from reader.ui.page.geometry import line_at, line_rect

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTextEdit

    from reader.ui.page.document import PageDocument


class Eye(Struct, frozen=True):
    """The place under the reader's eye: a canonical offset and its distance from the view's top."""

    offset: int
    below_top: float


class Viewfinder:
    """Asks a view's document what stands at the edges of the view."""

    def __init__(self, view: QTextEdit) -> None:
        self._view = view

    def eye(self, page: PageDocument) -> Eye | None:
        """Return the place of the first line that is seen whole, or of the only one; None at the very top."""
        bar = self._view.verticalScrollBar()
        if bar.value() <= bar.minimum():
            return None
        top = float(bar.value())
        position = self._hit(page, top + 2)
        rect = line_rect(page.document, position)
        if rect.top() < top - 1 and rect.bottom() + 2 < top + self._view.viewport().height():
            position = self._hit(page, rect.bottom() + 2)
        # The line may be none of the text's own (a heading over the notes): take what the way back leads to.
        offset = page.offsets.to_offset(position)
        return Eye(offset, line_rect(page.document, page.offsets.to_position(offset)).top() - top)

    def last_offset(self, page: PageDocument, length: int) -> int:
        """Return the canonical offset where the view ends; ``length`` of the text at its end."""
        bar = self._view.verticalScrollBar()
        if bar.value() >= bar.maximum():
            return length
        frame = page.document.rootFrame().frameFormat()
        right = self._view.viewport().width() - frame.rightMargin() - 1
        bottom = bar.value() + self._view.viewport().height() - 2
        position = page.document.documentLayout().hitTest(QPointF(right, bottom), Qt.HitTestAccuracy.FuzzyHit)
        return page.offsets.to_offset(max(0, position))

    @staticmethod
    def _hit(page: PageDocument, y: float) -> int:
        """Return the position where the line begins that is at a height of the document."""
        left = page.document.rootFrame().frameFormat().leftMargin()
        position = page.document.documentLayout().hitTest(QPointF(left + 1, y), Qt.HitTestAccuracy.FuzzyHit)
        block, line = line_at(page.document, max(0, position))
        if not line.isValid():
            return max(0, position)
        # What stands at the left is the end of a line that runs leftwards, and that is where the next one begins.
        if line.lineNumber() and line_rect(page.document, position).top() > y:
            line = block.layout().lineAt(line.lineNumber() - 1)
        return block.position() + line.textStart()
