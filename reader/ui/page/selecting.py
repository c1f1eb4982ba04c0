"""What is selected, in canonical offsets: more of it may be selected than is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from reader.ui.page.copying import selected_positions, selected_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QTextEdit

    from reader.article.text import Text
    from reader.ui.page.document import PageDocument


class Selecting:
    """Follows the cursor of a view, and puts it into each document that the view shows.

    The anchor is where a selection began, the caret where it ends now, either way round. One that
    is not laid out stands at the nearer end of the document, and is known to stand for another.
    """

    def __init__(self, view: QTextEdit) -> None:
        self._view = view
        self._anchor = self._caret = 0
        self._anchor_stands_at: int | None = None
        self._caret_stands_at: int | None = None

    def forget(self) -> None:
        """Select nothing: another article comes."""
        self._anchor = self._caret = 0
        self._anchor_stands_at = self._caret_stands_at = None

    def follow(self, page: PageDocument, text: Text) -> None:
        """Take over what a person selected in the document."""
        cursor = self._view.textCursor()
        to = page.offsets.to_offset
        anchor, caret = cursor.anchor(), cursor.position()
        if not self.reaches_out and _covers_all(cursor, page) and not _is_whole(page, text):  # by a menu
            self._anchor, self._caret = 0, len(text)
            self._anchor_stands_at, self._caret_stands_at = anchor, caret
            return
        if anchor != self._anchor_stands_at or anchor == caret:
            self._anchor, self._anchor_stands_at = to(anchor), None
        if caret != self._caret_stands_at or anchor == caret:
            self._caret, self._caret_stands_at = to(caret), None

    def restore(self, page: PageDocument) -> None:
        """Put the cursor into another document of the same text."""
        to, first, last = page.offsets.to_position, page.offsets.first_offset, page.offsets.last_offset
        start = min(self._anchor, self._caret)

        def position(offset: int) -> tuple[int, bool]:
            if offset < first:
                return _begin(page), True
            if offset > last:
                return _end(page), True
            if not page.offsets.holds(offset):
                return to(offset), True  # folded away
            # What a mark adds at the end of a range is no part of it.
            return to(offset, after_marks=offset == start), False

        anchor, outside = position(self._anchor)
        self._anchor_stands_at = anchor if outside else None
        caret, outside = position(self._caret)
        self._caret_stands_at = caret if outside else None
        cursor = QTextCursor(page.document)
        cursor.setPosition(anchor)
        cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        self._view.setTextCursor(cursor)

    def fold(self, shown_offset: Callable[[int], int]) -> None:
        """Go to the heading with a caret or a selection that is folded away under it."""
        heading = shown_offset(self._anchor)
        if heading == shown_offset(self._caret):
            self._anchor = self._caret = heading

    def select(self, page: PageDocument, start: int, end: int) -> None:
        """Select a canonical range."""
        self._anchor, self._caret = start, end
        self.restore(page)

    def move(self, page: PageDocument, caret: int, *, keeps_anchor: bool) -> None:
        """Move the caret, with what lies between it and the anchor selected, or nothing."""
        self._caret = caret
        if not keeps_anchor:
            self._anchor = caret
        self.restore(page)

    def range(self, page: PageDocument) -> tuple[int, int] | None:
        """Return the canonical range that is selected, or None."""
        if self.reaches_out:
            start, end = sorted((self._anchor, self._caret))
        else:
            cursor = self._view.textCursor()
            if not cursor.hasSelection():
                return None
            start, end = (page.offsets.to_offset(position) for position in selected_positions(cursor))
        return (start, end) if end > start else None

    def words(self, page: PageDocument, text: Text) -> str:
        """Return the words that are selected."""
        if self.reaches_out:
            start, end = sorted((self._anchor, self._caret))
            return text.slice(start, end)
        return selected_text(page, text, self._view.textCursor())

    @property
    def reaches_out(self) -> bool:
        """Whether some of what is selected is not laid out."""
        stands = self._anchor_stands_at is not None or self._caret_stands_at is not None
        return stands and self._anchor != self._caret


def _covers_all(cursor: QTextCursor, page: PageDocument) -> bool:
    # Not selectionStart() and selectionEnd(): from cell to cell of a table they tell whole rows.
    return cursor.anchor() == 0 and cursor.position() == page.document.characterCount() - 1


def _begin(page: PageDocument) -> int:
    """Return the first position, within a table that the document begins with: from outside Qt selects all of it."""
    first = page.tables[0].firstPosition() if page.tables else 0
    return first if first == 1 else 0


def _end(page: PageDocument) -> int:
    """Return the last position, within a table that the document ends with."""
    end = page.document.characterCount() - 1
    last = page.tables[-1].lastPosition() if page.tables else 0
    return last if last == end - 1 else end


def _is_whole(page: PageDocument, text: Text) -> bool:
    return page.offsets.first == 0 and page.offsets.end == len(text.passages)
