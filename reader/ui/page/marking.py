"""What is marked in a page: hits, bookmarks, the place where a jump landed."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from PySide6.QtCore import QObject, QTimer, Signal

from reader.ui.page.decorations import Decorations
from reader.ui.page.geometry import line_rect

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.ui.page.document import PageDocument
    from reader.ui.page.stretch import Stretch

LANDING_MS = 1200
LANDING_STEPS = 12
MOST_TICKS = 500
"""So many places are shown on the scroll bar each where it is; of more it is told where there are any."""

Ranges = tuple[tuple[int, int], ...]


class Places(Protocol):
    """Canonical ranges in order, as ``find.Hits`` has them: two parallel sequences."""

    @property
    def starts(self) -> Sequence[int]: ...

    @property
    def ends(self) -> Sequence[int]: ...


class Given(Struct, frozen=True):
    """Places that are told one by one."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()

    @classmethod
    def of(cls, ranges: Ranges) -> Given:
        return cls(tuple(start for start, _ in ranges), tuple(end for _, end in ranges))


class Marking(QObject):
    """Keeps canonical places, and puts them into whatever document shows the text now."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown = Decorations()
        self.reduced_motion = False
        self.shown_offset: Callable[[int], int] = lambda offset: offset
        """Tells where a place is seen: one that is folded away, at its heading."""
        self._hits: Places = Given()
        self._current = -1
        self._bookmarks: Ranges = ()
        self._landed: tuple[int, int] | None = None
        self._steps = 0
        self._landing = QTimer(self, interval=LANDING_MS // LANDING_STEPS)
        self._landing.timeout.connect(self._fade)

    def forget(self) -> None:
        """Mark nothing: another article comes."""
        self._hits, self._bookmarks = Given(), ()
        self._current = -1
        self._end_landing()

    @property
    def hits(self) -> Ranges:
        """All hits, laid out or not."""
        return tuple(zip(self._hits.starts, self._hits.ends, strict=True))

    def show_hits(self, hits: Places, current: int) -> None:
        self._hits, self._current = hits, current

    def show_current_hit(self, page: PageDocument, current: int) -> None:
        self._current = current
        self._place_hits(page)

    def show_bookmarks(self, ranges: Ranges) -> None:
        self._bookmarks = ranges

    def current_hit(self) -> tuple[int, int] | None:
        """Return the document positions of the hit that is looked at; None where it is not laid out."""
        number = self.shown.current_hit
        return self.shown.hits[number] if 0 <= number < len(self.shown.hits) else None

    def place(self, page: PageDocument) -> None:
        """Work out where all of it is in a document."""
        self._place_hits(page)
        to, first, last = page.offsets.to_position, page.offsets.first_offset, page.offsets.last_offset
        seen = [(self.shown_offset(start), self.shown_offset(end)) for start, end in self._bookmarks]
        held = [(start, end) for start, end in seen if start <= last and end >= first]
        self.shown.bookmarks = [page.document.findBlock(to(max(first, start))).position() for start, _ in held]
        ranges = [(to(start), to(end, after_marks=False)) for start, end in held if end > start]
        self.shown.bookmarked_ranges = [(start, end) for start, end in ranges if end > start]
        self.shown.paragraph_numbers = page.numbers
        self._place_landing(page)
        self.changed.emit()

    def _place_hits(self, page: PageDocument) -> None:
        to, hits = page.offsets.to_position, self._hits
        first = bisect_left(hits.ends, page.offsets.first_offset + 1)
        last = bisect_left(hits.starts, page.offsets.last_offset)
        held = range(first, max(first, last))
        places = [(to(hits.starts[n]), to(hits.ends[n], after_marks=False)) for n in held]
        # One that is folded away is nothing before what follows it.
        self.shown.hits = [(start, max(start, end)) for start, end in places]
        self.shown.current_hit = self._current - first if self._current in held else -1

    # -- on the scroll bar -------------------------------------------------------------------------

    def ticks(self, page: PageDocument, stretch: Stretch, rows: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return where hits and bookmarks are, as shares of the whole height; the bar has so many rows."""
        hits = self._hits.starts
        if len(hits) > MOST_TICKS:
            shares = _rows_with_any(hits, stretch, rows)
        else:
            shares = [self._share(page, stretch, start) for start in hits]
        return tuple(shares), tuple(self._share(page, stretch, start) for start, _ in self._bookmarks)

    def _share(self, page: PageDocument, stretch: Stretch, offset: int) -> float:
        offset = self.shown_offset(offset)
        if page.offsets.first_offset <= offset <= page.offsets.last_offset:
            height = max(1.0, page.document.size().height())
            return line_rect(page.document, page.offsets.to_position(offset)).center().y() / height
        return stretch.share_of(offset)

    # -- where a jump landed -----------------------------------------------------------------------

    def land(self, page: PageDocument, start: int, end: int) -> None:
        """Tint the blocks of a canonical range for a moment."""
        self._landed = (start, end)
        self._place_landing(page)
        self.shown.landing_strength = 1.0
        self._steps = LANDING_STEPS
        self._landing.start()
        self.changed.emit()

    def _place_landing(self, page: PageDocument) -> None:
        self.shown.landing = None
        if self._landed is not None:
            to = page.offsets.to_position
            start, end = self._landed
            is_near = end >= page.offsets.first_offset and start <= page.offsets.last_offset
            if is_near and self.shown_offset(start) == start:
                first = to(start)
                last = first if end <= start else to(end, after_marks=False)
                self.shown.landing = (first, max(first + 1, last))

    def _fade(self) -> None:
        self._steps -= 1
        if self._steps <= 0:
            self._end_landing()
        elif not self.reduced_motion:
            self.shown.landing_strength = self._steps / LANDING_STEPS
        self.changed.emit()

    def _end_landing(self) -> None:
        self._landing.stop()
        self._landed = self.shown.landing = None


def _rows_with_any(starts: Sequence[int], stretch: Stretch, rows: int) -> list[float]:
    """Return the rows of a scroll bar that have places in them, as shares of its length."""
    rows = max(1, rows)
    index, found = 0, []
    for row in range(rows):
        upto = bisect_left(starts, stretch.offset_at((row + 1) / rows), index)
        if upto > index:
            found.append((row + 0.5) / rows)
        index = upto
    if index < len(starts):
        found.append(1.0)
    return found
