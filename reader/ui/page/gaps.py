"""What is folded away of a text, as gaps in its letters: how many are shown before a place, and back."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Gaps:
    """``gaps`` are half-open ranges of offsets, in order and apart."""

    def __init__(self, gaps: Sequence[tuple[int, int]] = ()) -> None:
        self._gaps = gaps
        self._begins = [begin for begin, _ in gaps]
        self._gone = list(accumulate((end - begin for begin, end in gaps), initial=0))
        self._shown_begins = [begin - gone for begin, gone in zip(self._begins, self._gone, strict=False)]

    def shown(self, offset: int) -> int:
        """Return how many letters are shown before an offset."""
        passed = bisect_right(self._begins, offset)
        if not passed:
            return offset
        begin, end = self._gaps[passed - 1]
        return offset - self._gone[passed - 1] - (min(offset, end) - begin)

    def offset(self, shown: int) -> int:
        """Return the offset of what is shown after so many letters: of two sides of a gap, the one after it."""
        return shown + self._gone[bisect_right(self._shown_begins, shown)]
