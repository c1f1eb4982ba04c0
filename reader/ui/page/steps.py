"""Reading by steps: from heading to heading, paragraph to paragraph, mark to mark, by keyboard alone.

Each step brings the place into view, puts the caret there (so that whoever goes on listening hears what
follows) and says what stands there. Places are canonical offsets.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.article.model import BlockKind
from reader.ui.page.spoken import passage_spoken
from reader.ui.widgets.controls import announce

if TYPE_CHECKING:
    from reader.article.text import Text
    from reader.ui.page.view import PageView


class Steps(QObject):
    """Knows where the last step led: the next begins there, as long as that place is seen."""

    def __init__(self, page: PageView) -> None:
        super().__init__(page)
        self._page = page
        self._text: Text | None = None
        self._last: int | None = None

    # -- what is stepped over ----------------------------------------------------------------------

    def to_heading(self, by: int) -> None:
        """Go to the next heading (1), or to the one before (-1)."""
        text = self._page.text
        if text is not None:
            self._to_passage(text, by, {BlockKind.HEADING})

    def to_paragraph(self, by: int) -> None:
        """Go to the next passage of any kind that has words, or to the one before."""
        text = self._page.text
        if text is not None:
            self._to_passage(text, by, frozenset(BlockKind) - {BlockKind.RULE})

    def to_mark(self, by: int) -> None:
        """Go to the next footnote mark, or to the one before, and give it the keyboard."""
        text = self._page.text
        if text is None:
            return
        offsets, keys = text.marks
        focused = self._page.focused_mark
        if focused is not None:
            # Several marks may stand at one place.
            first, end = bisect_left(offsets, focused.offset), bisect_right(offsets, focused.offset)
            number = by + next((n for n in range(first, end) if text.keys[keys[n]] == focused.key), first)
        elif by > 0:
            number = bisect_left(offsets, self._here(text))
        else:
            number = bisect_left(offsets, self._here(text)) - 1
        while 0 <= number < len(offsets) and self._page.is_hidden(text.place(offsets[number]).passage):
            number += by  # folded away
        if not 0 <= number < len(offsets):
            self._say_end(by)
            return
        offset = offsets[number]
        self._last = offset
        self._page.go_to(offset, landing=False)
        self._page.focus_mark(offset, text.keys[keys[number]])

    # -- stepping ----------------------------------------------------------------------------------

    def _to_passage(self, text: Text, by: int, kinds: frozenset[BlockKind] | set[BlockKind]) -> None:
        passage = self._next_passage(text, by, bytes(int(kind) for kind in kinds))
        if passage is None:
            self._say_end(by)
            return
        start, end = text.span(passage)
        self._go(start, end)
        announce(self._page, passage_spoken(text, passage, folded=self._page.is_folded(passage)))

    def _next_passage(self, text: Text, by: int, kinds: bytes) -> int | None:
        """Return the passage of one of some kinds that comes next; None at either end of the text."""
        here = self._here(text)
        passage = bisect_left(text.starts, here)  # the first that begins at this place or after it
        if by > 0:
            passage += passage < len(text.kinds) and text.starts[passage] == here and self._last == here
            found = range(passage, len(text.kinds))
        else:
            found = range(min(passage, len(text.kinds)) - 1, -1, -1)
        hidden = self._page.is_hidden
        return next((number for number in found if text.kinds[number] in kinds and not hidden(number)), None)

    def _here(self, text: Text) -> int:
        """Return where the next step begins: the caret, the last step, or the first line that is seen."""
        if text is not self._text:
            self._text, self._last = text, None
        first, last = self._page.first_offset(), self._page.last_offset()
        if self._page.caret_mode():
            self._last = caret = self._page.caret_offset()
            return caret
        if self._last is None or not first <= self._last <= last:
            self._last = None
            return first
        return self._last

    def _go(self, start: int, end: int) -> None:
        self._last = start
        self._page.setFocus()
        self._page.go_to(start, end)
        self._page.select_range(start, start)

    def _say_end(self, by: int) -> None:
        announce(self._page, self.tr("Nothing more below.") if by > 0 else self.tr("Nothing more above."))

    def forget(self) -> None:
        """Begin anew at what is seen: the person jumped."""
        self._last = None
