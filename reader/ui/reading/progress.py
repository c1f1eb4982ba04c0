"""What has been read: passages that were scrolled through, or stood on the screen for a while."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from PySide6.QtCore import QObject, QTimer, Signal

from reader.ui.page.document import shown_of
from reader.ui.reading.opened import OpenedArticle

DWELL_MS = 3000

_READ = 1


class ReadingProgress(QObject):
    """Counts a passage as read when the page moved over it step by step, or rested on it.

    A jump leaves what it passed over unread.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read: ReadPassages | None = None
        self._opened: OpenedArticle | None = None
        self._seen = (0, 0)
        self.hidden: Sequence[tuple[int, int]] = ()
        """Ranges of passages that are folded away: nobody reads them."""
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._rested)

    def show_article(self, opened: OpenedArticle, share: float) -> None:
        """Begin an article; ``share`` of it (0 to 1) was read before."""
        self._opened = opened
        self._read = ReadPassages(opened)
        reached = round(share * opened.body_length)
        # A passage is read whose end, before the newline, was reached.
        self._read.add(0, min(bisect_right(opened.text.starts, reached + 1) - 1, opened.text.body_passages))
        self._seen = (0, 0)

    def see(self, first: int, last: int) -> None:
        """Take note of what is on the screen: canonical offsets of its first and last line."""
        if self._opened is None or self._read is None or not self._opened.text.passages:
            return
        now = (self._opened.text.place(first).passage, self._opened.text.place(last).passage)
        before, self._seen = self._seen, now
        self._dwell.start()
        if before[0] <= now[0] <= before[1] and self._add(before[0], now[0]):
            self.changed.emit()

    def _rested(self) -> None:
        first, last = self._seen
        if self._opened is None or self._read is None:
            return
        if last == len(self._opened.text.passages) - 1:
            last += 1  # at the end the last passage is seen whole
        if self._add(first, last):
            self.changed.emit()

    def _add(self, first: int, end: int) -> bool:
        """Take passages for read that were on the screen; say whether any was not."""
        read = self._read
        return read is not None and True in [read.add(*shown) for shown in shown_of(first, end, self.hidden)]

    def shares(self) -> tuple[float, ...]:
        """Return for each section, by its number, the share of its text that was read."""
        return () if self._read is None else self._read.shares


class ReadPassages:
    """The passages that were read; what that makes of a section is counted on, never anew."""

    def __init__(self, opened: OpenedArticle) -> None:
        self._opened = opened
        self._starts = opened.text.starts
        self._body = opened.text.body_passages
        self._read = bytearray(len(self._starts) - 1)
        self._added: list[tuple[int, int]] = []
        """What the sections do not know yet."""
        self._told: tuple[float, ...] | None = None

    def add(self, first: int, end: int) -> bool:
        """Take passages for read, half open; say whether any was not."""
        runs = list(self._unread(first, end))
        for start, stop in runs:
            self._read[start:stop] = bytes([_READ]) * (stop - start)
        self._added += runs
        self._told = self._told if not runs else None
        return bool(runs)

    @property
    def shares(self) -> tuple[float, ...]:
        """For each section, by its number, the share of its text that was read."""
        if self._told is None:
            for run in self._added:
                self._count(*run)
            self._added.clear()
            self._told = tuple(self._shares)
        return self._told

    def _unread(self, first: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the runs of passages in a range that were not read, half open."""
        while (first := self._read.find(0, first, end)) >= 0:
            stop = self._read.find(_READ, first, end)
            stop = end if stop < 0 else stop
            yield first, stop
            first = stop

    @cached_property
    def _lengths(self) -> list[int]:
        """How much text was read of each section."""
        return [0] * len(self._opened.sections)

    @cached_property
    def _shares(self) -> list[float]:
        return [0.0] * len(self._opened.sections)

    @cached_property
    def _above(self) -> list[int]:
        """The section around each section; -1 for none."""
        above = [-1] * len(self._opened.sections)
        for section in self._opened.sections:
            for child in section.children:
                above[child.number] = section.number
        return above

    def _count(self, first: int, end: int) -> None:
        """Add a run of passages to the sections that they are in, and to those around them."""
        sections, firsts, starts = self._opened.sections, self._opened.section_firsts, self._starts
        end = min(end, self._body)
        for number in range(max(0, bisect_right(firsts, first) - 1), bisect_left(firsts, end)):
            own = sections[number]
            length = starts[min(end, own.own_end)] - starts[max(first, own.first)]
            while number >= 0 and length > 0:
                around = sections[number]
                self._lengths[number] += length
                self._shares[number] = self._lengths[number] / max(1, starts[around.end] - starts[around.first])
                number = self._above[number]
