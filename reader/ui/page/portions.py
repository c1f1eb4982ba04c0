"""A text cut into portions, and how high each of them stands: guessed first, known once it was laid out.

A page lays out only the portions around the view. What is above and below them is a guess, made of
how many letters and paragraphs there are; it is good enough for a scroll bar, and it costs nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from reader.article.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.article.text import Text

PORTION_CHARACTERS = 2_500
MOST_PORTIONS = 3_000
"""A very long text is cut into longer portions, so that it opens as fast as any other."""
MOST_PASSAGES = 60
MOST_ROWS = 150
"""How many rows of a table are kept in one portion; one longer is cut all the same."""
TALLEST = 8_000_000.0
"""px. Qt counts heights in 26.6 bits, and goes astray from 15 million on: what is guessed is made to fit."""

_HEADING = bytes((BlockKind.HEADING,))


def cut(text: Text) -> list[int]:
    """Return the passages where portions begin, and the number of passages at the end.

    A portion begins at a heading where there is one near; the rows of a table stay together.
    """
    count = len(text.passages)
    starts, kinds = text.starts, text.kinds
    size = max(PORTION_CHARACTERS, len(text) // MOST_PORTIONS)
    passages = max(MOST_PASSAGES, count // MOST_PORTIONS)
    cuts = [0]
    while cuts[-1] < count:
        first = cuts[-1]
        end = min(max(first + 1, bisect_left(starts, starts[first] + size)), first + passages, count)
        if end < count:
            heading = kinds.rfind(_HEADING, first + (end - first + 1) // 2, end + 1)
            end = heading if heading > first else _whole_table(kinds, first, end)
        cuts.append(end)
    return cuts


def _whole_table(kinds: bytes, first: int, end: int) -> int:
    """Return where to cut instead of inside a table or between a picture and its caption."""
    kept_with_next = (BlockKind.IMAGE, BlockKind.HEADING)
    while end - 1 > first and kinds[end - 1] in kept_with_next:
        end -= 1
    if kinds[end] != BlockKind.TABLE_ROW or kinds[end - 1] != BlockKind.TABLE_ROW:
        return end
    begin = end
    while begin > first and kinds[begin - 1] == BlockKind.TABLE_ROW:
        begin -= 1
    if begin > first:
        return begin
    last = min(len(kinds), first + MOST_ROWS)
    while end < last and kinds[end] == BlockKind.TABLE_ROW:
        end += 1
    return end


class Heights:
    """How high the portions stand, px, from the top of the page.

    A guess is linear in what a portion holds, so that the sum of any run of them is known at once;
    what was measured is kept as the difference to the guess.
    """

    def __init__(self, cuts: Sequence[int], starts: Sequence[int]) -> None:
        self._cuts = cuts
        self._starts = starts
        self._character = 1.0
        self._passage = 1.0
        self._hidden: dict[int, float] = {}
        self._differences: dict[int, float] = {}
        self._known: list[int] = []
        self._sums: list[float] = [0.0]
        self._scale = 1.0
        self._measured: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._cuts) - 1

    def guess(self, character: float, passage: float, hidden: Sequence[tuple[int, int]] = ()) -> None:
        """Take other guesses: px a character and px a passage; forget what was measured.

        ``hidden`` are ranges of passages that are folded away: they have no height.
        """
        total = character * self._starts[-1] + passage * self._cuts[-1]
        self._scale = min(1.0, TALLEST / max(1.0, total))
        self._character, self._passage = character * self._scale, passage * self._scale
        self._differences = {}
        self._measured = {}
        for first, end in hidden:
            portion = self.portion_of(first)
            while portion < len(self) and self._cuts[portion] < end:
                gone = (max(first, self._cuts[portion]), min(end, self._cuts[portion + 1]))
                away = self._guessed(gone[1]) - self._guessed(gone[0])
                self._differences[portion] = self._differences.get(portion, 0.0) - away
                portion += 1
        self._hidden = dict(self._differences)
        self._count()

    def measure(self, first: int, heights: Sequence[float]) -> None:
        """Take the heights of some portions as they were laid out, from ``first`` on."""
        for portion, height in enumerate(heights, first):
            self._differences[portion] = height - self._guess_of(portion)
            self._measured[portion] = height
        self._count()

    def show(self, first: int, end: int) -> None:
        """Let these portions be as high as they are, though each other one has only its share of the page."""
        if self._scale < 1.0:
            shown = {portion: height for portion, height in self._measured.items() if first <= portion < end}
            self._differences = self._hidden | {
                portion: height - self._guess_of(portion) for portion, height in shown.items()
            }
            self._count()

    def real(self, portion: int) -> float:
        """Return how high a portion is or will be when it is laid out, whatever share of the page it has now."""
        measured = self._measured.get(portion)
        if measured is not None:
            return measured
        return max(0.0, self._guess_of(portion) + self._hidden.get(portion, 0.0)) / self._scale

    def measured_to_guessed(self) -> float:
        """Return how many times as high as guessed the measured portions were; 1 where none is."""
        known = [portion for portion in self._measured if portion not in self._hidden]
        guessed = sum(map(self._guess_of, known)) / self._scale
        return 1.0 if not guessed else sum(self._measured[portion] for portion in known) / guessed

    @property
    def total(self) -> float:
        return self.top(len(self))

    def top(self, portion: int) -> float:
        """Return where a portion begins; of the number of portions, where the page ends."""
        return self._guessed(self._cuts[portion]) + self._sums[bisect_left(self._known, portion)]

    def at(self, y: float) -> int:
        """Return the portion at a height, the nearest one outside the page."""
        return max(0, min(bisect_right(range(len(self)), y, key=self.top), len(self)) - 1)

    def portion_of(self, passage: int) -> int:
        """Return the portion that holds a passage, the nearest one for none."""
        return max(0, min(bisect_right(self._cuts, passage), len(self)) - 1)

    def _guess_of(self, portion: int) -> float:
        return self._guessed(self._cuts[portion + 1]) - self._guessed(self._cuts[portion])

    def _guessed(self, passage: int) -> float:
        return self._character * self._starts[passage] + self._passage * passage

    def _count(self) -> None:
        self._known = sorted(self._differences)
        self._sums = list(accumulate((self._differences[portion] for portion in self._known), initial=0.0))
