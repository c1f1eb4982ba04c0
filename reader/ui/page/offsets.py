"""The way between the canonical text and the positions of a laid-out document.

The document holds more than the canonical text: a header, the numbers of notes, the signs of lists,
links back. It also counts in UTF-16 units where the canonical text counts code points. Both are
additions: a passage knows where each of its additions stands and how long it is. And it holds less:
only the passages around the view, and of those none that is folded away.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reader.article.text import Text


class Addition(NamedTuple):
    """What the document has beyond the canonical text, ``length`` positions at an offset of a passage.

    A ``loose`` one (a mark's number) can be left out at the end of a range; the second half of a
    character beyond the Basic Multilingual Plane cannot, nor can the sign of a list before its text.
    """

    at: int
    length: int
    loose: bool = True


class OffsetMap:
    """The map of the passages that a document holds.

    ``passages`` are their numbers in order, ``starts`` the positions of their first characters,
    ``additions`` those within each passage by its number, ordered by offset.
    """

    def __init__(
        self,
        text: Text,
        passages: Sequence[int],
        starts: Sequence[int],
        additions: Mapping[int, tuple[Addition, ...]],
    ) -> None:
        self._text = text
        self._passages = array("L", passages)
        self._starts = array("L", starts)
        self._additions = additions

    @property
    def is_empty(self) -> bool:
        """Whether the document holds no passage at all."""
        return not self._passages

    @property
    def first(self) -> int:
        """The number of the first passage; 0 where there is none."""
        return self._passages[0] if self._passages else 0

    @property
    def end(self) -> int:
        """The number after that of the last passage; 0 where there is none."""
        return self._passages[-1] + 1 if self._passages else 0

    @property
    def first_offset(self) -> int:
        """The canonical offset at which the document begins."""
        return self._text.offset(self.first) if self._passages else 0

    @property
    def last_offset(self) -> int:
        """The canonical offset at which the document ends."""
        return self._text.span(self.end - 1)[1] if self._passages else 0

    def passage_starts(self) -> Iterator[tuple[int, int]]:
        """Yield the passages that are held, in order, each with the position where it begins."""
        return zip(self._passages, self._starts, strict=True)

    def holds(self, offset: int) -> bool:
        """Say whether the passage of a canonical offset is in the document."""
        if not self._passages:
            return False
        passage = self._text.place(offset).passage
        index = bisect_left(self._passages, passage)
        return index < len(self._passages) and self._passages[index] == passage

    def next_start(self, passage: int) -> int | None:
        """Return the position where a passage begins, or the next one that is held; None after the last."""
        index = bisect_left(self._passages, passage)
        return self._starts[index] if index < len(self._passages) else None

    def to_position(self, offset: int, *, after_marks: bool = True) -> int:
        """Return the document position of a canonical offset.

        At a footnote mark that is the position after it, or before it where a range ends there.
        An offset outside the map's passages goes to the nearer end; one that is folded away to what
        follows it.
        """
        if not self._passages:
            return 0
        passage, within = self._text.place(offset)
        index = bisect_left(self._passages, passage)
        if index == len(self._passages):
            index, passage = index - 1, self._passages[-1]
            within = self._text.span(passage)[1] - self._text.offset(passage)
        elif self._passages[index] != passage:
            passage, within = self._passages[index], 0
        position = self._starts[index] + within
        for at, length, loose in self._additions.get(passage, ()):
            if at > within or (loose and at == within and not after_marks):
                break
            position += length
        return position

    def to_offset(self, position: int) -> int:
        """Return the canonical offset of a document position.

        Inside an addition that is the offset it stands at; in the header it is the first offset.
        """
        if not self._passages:
            return 0
        index = max(0, bisect_right(self._starts, position) - 1)
        passage = self._passages[index]
        within = position - self._starts[index]
        passed = 0
        for at, length, _ in self._additions.get(passage, ()):
            if within - passed <= at:
                break
            passed += min(length, within - passed - at)
        start, end = self._text.span(passage)
        return start + min(max(within - passed, 0), end - start)
