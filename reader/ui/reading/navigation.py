"""Back and forward through the places a person has been."""

from __future__ import annotations

from msgspec import Struct

MAX_PLACES = 200


class Stop(Struct, frozen=True):
    """A place in an article: its canonical offset, and how far below the top of the view it stood.

    ``article`` is None for the start page, ``offset`` for the very top. ``mark`` is the offset and
    the key of the footnote mark that a person left from: coming back leads to one's own mark.
    """

    article: int | None
    offset: int | None = None
    below_top: float = 0.0
    mark: tuple[int, str] | None = None


class Trail:
    """The stops in order, and the one where the person is now."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._now = -1

    @property
    def stops(self) -> tuple[Stop, ...]:
        return tuple(self._stops)

    @property
    def now(self) -> int:
        """The index of the stop where the person is; -1 before the first."""
        return self._now

    def restore(self, stops: tuple[Stop, ...], now: int) -> None:
        """Take over a trail from another time; ``now`` is the index of the stop to be at."""
        self._stops = list(stops[-MAX_PLACES:])
        self._now = min(now - max(0, len(stops) - MAX_PLACES), len(self._stops) - 1)

    @property
    def empty(self) -> bool:
        """Whether nothing was shown yet."""
        return self._now < 0

    @property
    def can_go_back(self) -> bool:
        return self._now > 0

    @property
    def can_go_forward(self) -> bool:
        return self._now < len(self._stops) - 1

    def replace(self, stop: Stop) -> None:
        """Say where the person is after scrolling: no new stop."""
        if self._now < 0:
            self._stops, self._now = [stop], 0
        else:
            self._stops[self._now] = stop

    def push(self, stop: Stop) -> None:
        """Add the stop that a jump leads to; what was ahead is forgotten."""
        del self._stops[self._now + 1 :]
        self._stops.append(stop)
        del self._stops[:-MAX_PLACES]
        self._now = len(self._stops) - 1

    def back(self) -> Stop | None:
        """Go one stop back and return it; None at the first."""
        if not self.can_go_back:
            return None
        self._now -= 1
        return self._stops[self._now]

    def forward(self) -> Stop | None:
        """Go one stop forward and return it; None at the last."""
        if not self.can_go_forward:
            return None
        self._now += 1
        return self._stops[self._now]

    def forget(self, article: int) -> None:
        """Drop the stops of an article that is no longer there."""
        kept = [(number, stop) for number, stop in enumerate(self._stops) if stop.article != article]
        self._now = max((i for i, (number, _) in enumerate(kept) if number <= self._now), default=len(kept) - 1)
        self._stops = [stop for _, stop in kept]
