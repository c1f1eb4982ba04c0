"""The way between the canonical text and the positions of a laid-out document.

The document holds more than the canonical text: a header, the numbers of notes, the signs of lists,
links back. It also counts in UTF-16 units where the canonical text counts code points. Both are
additions: a passage knows where each of its additions stands and how long it is.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.article.text import CanonicalText


class Addition(NamedTuple):
    """What the document has beyond the canonical text, ``length`` positions at an offset of a passage.

    A ``loose`` one (a mark's number) can be left out at the end of a range; the second half of a
    character beyond the Basic Multilingual Plane cannot, nor can the sign of a list before its text.
    """

    at: int
    length: int
    loose: bool = True


class OffsetMap:
    """The map of a run of passages; ``first`` is the number of the first one.

    ``starts`` are the positions of the passages' first characters, ``additions`` those within each
    passage by its number, ordered by offset.
    """

    def __init__(
        self, text: CanonicalText, first: int, starts: Sequence[int], additions: dict[int, tuple[Addition, ...]]
    ) -> None:
        self._text = text
        self.first = first
        self.end = first + len(starts)
        self._starts = array("L", starts)
        self._additions = additions

    def to_position(self, offset: int, *, after_marks: bool = True) -> int:
        """Return the document position of a canonical offset.

        At a footnote mark that is the position after it, or before it where a range ends there.
        An offset outside the map's passages goes to the nearer end.
        """
        if self.first == self.end:
            return 0
        passage, within = self._text.place(offset)
        if passage < self.first:
            passage, within = self.first, 0
        elif passage >= self.end:
            passage, within = self.end - 1, len(self._text.passages[self.end - 1].text)
        position = self._starts[passage - self.first] + within
        for at, length, loose in self._additions.get(passage, ()):
            if at > within or (loose and at == within and not after_marks):
                break
            position += length
        return position

    def to_offset(self, position: int) -> int:
        """Return the canonical offset of a document position.

        Inside an addition that is the offset it stands at; in the header it is the first offset.
        """
        if self.first == self.end:
            return 0
        index = max(0, bisect_right(self._starts, position) - 1)
        passage = self.first + index
        within = position - self._starts[index]
        passed = 0
        for at, length, _ in self._additions.get(passage, ()):
            if within - passed <= at:
                break
            passed += min(length, within - passed - at)
        within = min(max(within - passed, 0), len(self._text.passages[passage].text))
        return self._text.offset(passage, within)
