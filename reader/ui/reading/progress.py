"""What has been read: passages that were scrolled through, or stood on the screen for a while."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from reader.ui.reading.opened import OpenedArticle

DWELL_MS = 3000


class ReadingProgress(QObject):
    """Counts a passage as read when the page moved over it step by step, or rested on it.

    A jump leaves what it passed over unread.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened: OpenedArticle | None = None
        self._read: set[int] = set()
        self._seen = (0, 0)
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._rested)

    def show_article(self, opened: OpenedArticle, share: float) -> None:
        """Begin an article; ``share`` of it (0 to 1) was read before."""
        self._opened = opened
        reached = round(share * opened.body_length)
        self._read = {i for i in range(opened.text.body_passages) if opened.text.span(i)[1] <= reached}
        self._seen = (0, 0)

    def see(self, first: int, last: int) -> None:
        """Take note of what is on the screen: canonical offsets of its first and last line."""
        if self._opened is None or not self._opened.text.passages:
            return
        now = (self._opened.text.place(first).passage, self._opened.text.place(last).passage)
        before, self._seen = self._seen, now
        self._dwell.start()
        if before[0] <= now[0] <= before[1]:
            passed = set(range(before[0], now[0]))
            if not passed <= self._read:
                self._read |= passed
                self.changed.emit()

    def _rested(self) -> None:
        first, last = self._seen
        if self._opened is not None and last == len(self._opened.text.passages) - 1:
            last += 1  # at the end the last passage is seen whole
        seen = set(range(first, last))
        if not seen <= self._read:
            self._read |= seen
            self.changed.emit()

    def shares(self) -> tuple[float, ...]:
        """Return for each section, by its number, the share of its text that was read."""
        opened = self._opened
        if opened is None:
            return ()
        starts = opened.text.starts
        read = [0] * (opened.text.body_passages + 1)
        for passage in range(opened.text.body_passages):
            length = starts[passage + 1] - starts[passage]
            read[passage + 1] = read[passage] + (length if passage in self._read else 0)
        return tuple(
            (read[section.end] - read[section.first]) / max(1, starts[section.end] - starts[section.first])
            for section in opened.sections
        )
