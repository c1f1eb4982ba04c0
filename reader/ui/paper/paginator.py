"""Filling pages with measured boxes: lines, rows and pictures, and the notes that they mark.

Nothing here knows of Qt: a box is a height and what it is bound to. All lengths are in one unit.
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

CARRIED_SHARE = 0.6
"""How much of a page a note takes at most that goes on from the page before, where text follows."""
SLACK_LINES = 3
"""A note is not divided where it is whole at the price of so many lines of the page."""
SLIVER = 0.01
"""What sums of the same lengths differ by, by the order they were added in."""


class Box(Struct, frozen=True, gc=False):
    """What no page break goes through: a line, a row of a table, a picture.

    ``source`` and ``index`` say which one it is. ``above`` is the space before it, which falls away
    at the top of a page; ``keep`` forbids a break after it. ``notes`` are the keys it marks, and
    ``head`` is the header row that stands above it where it begins a page.
    """

    source: int
    index: int
    height: float
    above: float = 0.0
    keep: bool = False
    notes: tuple[str, ...] = ()
    head: Box | None = None


class Placed(Struct, frozen=True, gc=False):
    """A box and its upper edge on the page, from the upper edge of the text area."""

    box: Box
    top: float


class Page(Struct, frozen=True):
    """A filled page: its text from above, its notes down to the foot. ``rule`` is where the line over the notes is."""

    body: tuple[Placed, ...]
    notes: tuple[Placed, ...] = ()
    rule: float | None = None


class Room(Struct, frozen=True):
    """The height of the text area, and how much of it parts the notes from the text."""

    height: float
    rule: float
    line: float


class Paginator:
    """Fills one page after the other, with no more boxes in hand than a page and what is bound to it.

    ``notes`` returns the boxes of a note by its key; none, where there is no such note. A note is
    printed where it is marked first.
    """

    def __init__(self, room: Room, boxes: Iterable[Box], notes: Callable[[str], Sequence[Box]]) -> None:
        self._room = room
        self._boxes = iter(boxes)
        self._waiting: deque[Box] = deque()
        self._find = notes
        self._carried: list[Box] = []
        self.printed: set[str] = set()
        """The keys of the notes that a page has begun."""

    def pages(self) -> Iterator[Page]:
        """Yield the pages until text and notes are at their end."""
        while self._carried or self._wait_for(1):
            yield self._page()

    def _wait_for(self, count: int) -> bool:
        """Say whether so many boxes are left, and have them in hand."""
        while len(self._waiting) < count:
            box = next(self._boxes, None)
            if box is None:
                return False
            self._waiting.append(box)
        return True

    def _page(self) -> Page:
        attempt = _Attempt(self._room, self._carried, self._notes_of)
        breaks = _Breaks()
        count = 0
        while self._wait_for(count + 1):
            box = self._waiting[count]
            if not attempt.add(box):
                break
            count += 1
            breaks.note(attempt, count, free=not box.keep)
            if not attempt.fits:
                break  # what follows makes it only fuller
        if not self._wait_for(count + 1) and count and attempt.fits:
            breaks.end(attempt, count)  # the text ends here: nothing binds its last line
        count = breaks.best(self._room, must=not self._carried)
        if count == 0 and not self._carried:
            count = 1  # it fits nowhere: it stands alone, and over the edge
        return self._filled(count)

    def _filled(self, count: int) -> Page:
        boxes = [self._waiting.popleft() for _ in range(count)]
        body: list[Placed] = []
        y = 0.0
        for number, box in enumerate(boxes):
            if number == 0 and box.head is not None:
                body.append(Placed(box.head, 0.0))
                y = box.head.height
            elif number:
                y += box.above
            body.append(Placed(box, y))
            y += box.height
        queue = list(self._carried)
        for box in boxes:
            queue += self._begin(box)
        if not queue:
            return Page(tuple(body))
        room = self._room.height - y - self._room.rule
        fitting = _prefix(queue, room)
        if not (fitting or boxes):
            fitting = max(1, _whole_lines(queue, room))  # notes alone, and no break that is free
        self._carried = queue[fitting:]
        placed, rule = self._at_foot(queue[:fitting])
        return Page(tuple(body), placed, rule)

    def _at_foot(self, boxes: Sequence[Box]) -> tuple[tuple[Placed, ...], float | None]:
        if not boxes:
            return (), None
        y = self._room.height - _height(boxes)
        rule = y - self._room.rule
        placed: list[Placed] = []
        for number, box in enumerate(boxes):
            y += box.above if number else 0.0
            placed.append(Placed(box, y))
            y += box.height
        return tuple(placed), rule

    def _notes_of(self, box: Box, begun: set[str]) -> list[list[Box]]:
        """Return the notes that a box marks first, each followed by those that are marked in it, however deep."""
        found: list[list[Box]] = []
        waiting = list(reversed(box.notes))
        while waiting:
            key = waiting.pop()
            if key in begun or key in self.printed:
                continue
            begun.add(key)
            boxes = list(self._find(key))
            if boxes:
                found.append(boxes)
                waiting += reversed([inner for each in boxes for inner in each.notes])
        return found

    def _begin(self, box: Box) -> list[Box]:
        begun: set[str] = set()
        found = [each for note in self._notes_of(box, begun) for each in note]
        self.printed |= begun
        return found


class _Attempt:
    """A page while boxes are tried on it: how high they are, and how much their notes take at least."""

    def __init__(
        self, room: Room, carried: Sequence[Box], notes_of: Callable[[Box, set[str]], list[list[Box]]]
    ) -> None:
        self._room = room
        self._notes_of = notes_of
        self._begun: set[str] = set()
        self._carried = _height(carried)
        self._due = self._share(carried)
        self.height = 0.0
        self.whole = self._carried
        self.least = self._due
        self.empty = True

    def _share(self, carried: Sequence[Box]) -> float:
        """Return the height of what must stand here of the notes that go on."""
        if not carried or self._carried <= self._room.height * CARRIED_SHARE:
            return self._carried
        fitting = _prefix(carried, self._room.height * CARRIED_SHARE) or _first_break(carried)
        return _height(carried[:fitting])

    def add(self, box: Box) -> bool:
        """Try one more box; say whether the page can hold it, were its notes never so short."""
        if self.empty:
            self.height = box.height + (box.head.height if box.head is not None else 0.0)
        else:
            self.height += box.above + box.height
        self.empty = False
        for note in self._notes_of(box, self._begun):
            before = self.whole + (note[0].above if self.whole else 0.0)
            # It begins only where all before it end.
            self.least = before + _height(note[: _first_break(note)])
            self.whole = before + _height(note)
        return self.height <= self._room.height + SLIVER

    @property
    def fits(self) -> bool:
        return self._with(self.least) <= self._room.height + SLIVER

    @property
    def fits_whole(self) -> bool:
        return self._with(self.whole) <= self._room.height + SLIVER

    @property
    def left(self) -> float:
        return self._room.height - self._with(self.whole)

    def _with(self, notes: float) -> float:
        return self.height + (notes + self._room.rule if notes else 0.0)


class _Breaks:
    """The places where a page could end, as counts of boxes."""

    def __init__(self) -> None:
        self._last = 0
        self._last_whole = 0
        self._left = 0.0
        self._forced = 0
        self._forced_whatever = 0

    def note(self, attempt: _Attempt, count: int, *, free: bool) -> None:
        if attempt.fits:
            self._forced = count
            if free:
                self.end(attempt, count)
        self._forced_whatever = self._forced_whatever or count

    def end(self, attempt: _Attempt, count: int) -> None:
        self._last = count
        if attempt.fits_whole:
            self._last_whole, self._left = count, attempt.left

    def best(self, room: Room, *, must: bool) -> int:
        """Return the best place; 0, where notes from the page before leave no room. ``must``: there are none."""
        if self._last_whole and self._left <= SLACK_LINES * room.line:
            return self._last_whole
        if self._last:
            return self._last
        return (self._forced or self._forced_whatever) if must else 0


def _height(boxes: Sequence[Box]) -> float:
    """Return the height of boxes below each other; the space above the first does not count."""
    if not boxes:
        return 0.0
    return sum(box.height for box in boxes) + sum(box.above for box in islice(boxes, 1, None))


def _first_break(boxes: Sequence[Box]) -> int:
    """Return how many boxes stand before the first place where a page may end."""
    return next((number for number, box in enumerate(boxes, 1) if not box.keep), len(boxes))


def _prefix(boxes: Sequence[Box], room: float) -> int:
    """Return how many boxes fit, so that a page may end after them."""
    fitting, y = 0, 0.0
    for number, box in enumerate(boxes, 1):
        y += box.height + (box.above if number > 1 else 0.0)
        if y > room + SLIVER:
            break
        if not box.keep or number == len(boxes):
            fitting = number
    return fitting


def _whole_lines(boxes: Sequence[Box], room: float) -> int:
    """Return how many boxes fit, whatever they are bound to."""
    fitting, y = 0, 0.0
    for number, box in enumerate(boxes, 1):
        y += box.height + (box.above if number > 1 else 0.0)
        if y > room + SLIVER:
            break
        fitting = number
    return fitting
