"""What is marked in a page: hits, bookmarks, the place where a jump landed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.ui.page.decorations import Decorations
from reader.ui.page.geometry import line_rect

if TYPE_CHECKING:
    from reader.ui.page.document import PageDocument

LANDING_MS = 1200
LANDING_STEPS = 12

Ranges = tuple[tuple[int, int], ...]


class Marking(QObject):
    """Keeps canonical places, and puts them into whatever document shows the text now."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown = Decorations()
        self.reduced_motion = False
        self._hits: Ranges = ()
        self._bookmarks: Ranges = ()
        self._steps = 0
        self._landing = QTimer(self, interval=LANDING_MS // LANDING_STEPS)
        self._landing.timeout.connect(self._fade)

    def forget(self) -> None:
        """Mark nothing: another article comes."""
        self._hits = self._bookmarks = ()
        self.shown.current_hit = -1
        self._landing.stop()
        self.shown.landing = None

    def show_hits(self, hits: Ranges, current: int) -> None:
        self._hits, self.shown.current_hit = hits, current

    def show_bookmarks(self, ranges: Ranges) -> None:
        self._bookmarks = ranges

    def current_hit(self) -> tuple[int, int] | None:
        """Return the document positions of the hit that is looked at."""
        number = self.shown.current_hit
        return self.shown.hits[number] if 0 <= number < len(self.shown.hits) else None

    def place(self, page: PageDocument) -> None:
        """Work out where all of it is in a document."""
        to = page.offsets.to_position
        self.shown.hits = [(to(start), to(end, after_marks=False)) for start, end in self._hits]
        starts = [page.document.findBlock(to(start)).position() for start, _ in self._bookmarks]
        self.shown.bookmarks = starts
        self.shown.bookmarked_ranges = [
            (to(start), to(end, after_marks=False)) for start, end in self._bookmarks if end > start
        ]
        self.changed.emit()

    def ticks(self, page: PageDocument) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return where hits and bookmarks are, as shares of the document's height."""
        if not (self.shown.hits or self.shown.bookmarks):
            return (), ()  # and no lazy layout is hurried
        document = page.document
        height = max(1.0, document.size().height())

        def share(position: int) -> float:
            return line_rect(document, position).center().y() / height

        hits = tuple(share(start) for start, _ in self.shown.hits)
        return hits, tuple(share(start) for start in self.shown.bookmarks)

    def land(self, first: int, last: int) -> None:
        """Tint the blocks of a range of positions for a moment."""
        self.shown.landing = (first, max(first + 1, last))
        self.shown.landing_strength = 1.0
        self._steps = LANDING_STEPS
        self._landing.start()
        self.changed.emit()

    def _fade(self) -> None:
        self._steps -= 1
        if self._steps <= 0:
            self._landing.stop()
            self.shown.landing = None
        elif not self.reduced_motion:
            self.shown.landing_strength = self._steps / LANDING_STEPS
        self.changed.emit()
