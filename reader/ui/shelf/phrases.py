"""What the shelf says of a reading: its progress, its day, its maker, and all of it in one sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import ceil

from PySide6.QtCore import QDate, QLocale, QObject

from reader.library import KEPT_AFTER_REMOVAL, ShelfEntry
from reader.store.fingerprint import OPENING_CHARACTERS
from reader.ui.isolation import isolated_beside
from reader.ui.shelf.titles import one_line

WORDS_A_MINUTE = 230
MINUTES_AN_HOUR = 60
DAYS_IN_BIN = KEPT_AFTER_REMOVAL.days


def percent_of(entry: ShelfEntry) -> int:
    """Return how many hundredths are read; 100 only for what is finished."""
    return 100 if entry.finished else min(99, int(entry.share * 100 + 0.5))


def begun(entry: ShelfEntry) -> bool:
    """Say whether a reading was opened and not read to its end: it is one to go on with."""
    return entry.last_read is not None and not entry.finished


def first_words(entry: ShelfEntry) -> str:
    """Return how a text begins; where that was cut off, with a mark after the last whole word."""
    words = entry.opening
    if len(words) < OPENING_CHARACTERS - 1:  # the space at the end of what was cut is not kept
        return words
    return (words.rpartition(" ")[0] or words) + "…"


def minutes_left(entry: ShelfEntry) -> int:
    """Return how long the rest takes, at least a minute for what is not finished."""
    return max(1, round(entry.words / WORDS_A_MINUTE * (1 - entry.share)))


class ShelfPhrases(QObject):
    """Whole phrases for each case: pieces that are put together cannot be translated."""

    def title(self, entry: ShelfEntry) -> str:
        return one_line(entry.title) or self.tr("Untitled")

    def maker(self, entry: ShelfEntry) -> str:
        """Return authors and date; for what names neither, how long it takes to read."""
        authors = self.authors(entry)
        written = self.written(entry.date)
        if authors and written:
            return self.tr("{authors}, {date}").format(authors=authors, date=isolated_beside(written, authors))
        return authors or written or self.length(entry)

    def authors(self, entry: ShelfEntry) -> str:
        named = [one_line(author) for author in entry.authors if author.strip()]
        return QLocale().createSeparatedList(named) if named else ""

    def written(self, written: str) -> str:
        """Return a date as it stands in the text; one that a machine wrote, as a person does."""
        written = one_line(written)
        try:
            day = date.fromisoformat(written)
        except ValueError:
            return written
        return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")

    def length(self, entry: ShelfEntry) -> str:
        minutes = max(1, round(entry.words / WORDS_A_MINUTE))
        if minutes < MINUTES_AN_HOUR:
            return self.tr("%n min", "", minutes)
        hours, rest = divmod(minutes, MINUTES_AN_HOUR)
        return self.tr("{hours} h {minutes} min").format(hours=hours, minutes=f"{rest:02}")

    def left(self, entry: ShelfEntry) -> str:
        minutes = minutes_left(entry)
        if minutes < MINUTES_AN_HOUR:
            return self.tr("%n min left", "", minutes)
        hours, rest = divmod(minutes, MINUTES_AN_HOUR)
        return self.tr("{hours} h {minutes} min left").format(hours=hours, minutes=f"{rest:02}")

    def percent(self, entry: ShelfEntry) -> str:
        return self.tr("{percent} %").format(percent=percent_of(entry))

    def progress(self, entry: ShelfEntry) -> str:
        if entry.removed is not None:
            left = timedelta(days=DAYS_IN_BIN) - (datetime.now(UTC) - entry.removed)
            return self.tr("%n day(s) left", "", max(0, ceil(left / timedelta(days=1))))
        if entry.finished:
            return self.tr("Finished")
        return self.percent(entry) if percent_of(entry) else self.tr("Not started")

    def kind(self, entry: ShelfEntry) -> str:
        """Return the format in the words of a person."""
        names = {"markdown": self.tr("Markdown"), "text": self.tr("Plain text")}
        return names.get(entry.format) or entry.format.upper()

    def bookmarks(self, entry: ShelfEntry) -> str:
        return self.tr("%n bookmark(s)", "", entry.bookmark_count) if entry.bookmark_count else ""

    def when(self, entry: ShelfEntry, today: date) -> str:
        """Return when a reading was open last, as one says it on a day."""
        if entry.removed is not None:
            return self._day(entry.removed.astimezone().date(), today)
        if entry.last_read is None:
            return self.tr("New")
        read = entry.last_read.astimezone().date()
        if read == today:
            return self.tr("Today")
        if read == today - timedelta(days=1):
            return self.tr("Yesterday")
        return self._day(read, today)

    def _day(self, day: date, today: date) -> str:
        form = "d MMM" if day.year == today.year else "d MMM yyyy"
        return QLocale().toString(QDate(day.year, day.month, day.day), form)

    # -- for the ear -------------------------------------------------------------------------------

    def sentence(self, entry: ShelfEntry, today: date) -> str:
        """Return a row as one sentence: title, authors, progress, when it was read."""
        authors = self.authors(entry)
        if entry.last_read is None:
            return self._never()[bool(authors)].format(title=self.title(entry), authors=authors)
        told = self._told(entry.last_read, today, finished=entry.finished)
        day = self._day(entry.last_read.astimezone().date(), today)
        return told[bool(authors)].format(title=self.title(entry), authors=authors, percent=percent_of(entry), day=day)

    def _never(self) -> tuple[str, str]:
        return (
            self.tr("“{title}”, new, not started."),
            self.tr("“{title}” by {authors}, new, not started."),
        )

    def _told(self, read: datetime, today: date, *, finished: bool) -> tuple[str, str]:
        """Return the sentence without and with authors, for the day of the last reading."""
        days = (today - read.astimezone().date()).days
        if days == 0:
            return self._finished_today() if finished else self._begun_today()
        if days == 1:
            return self._finished_yesterday() if finished else self._begun_yesterday()
        return self._finished_on() if finished else self._begun_on()

    def _begun_today(self) -> tuple[str, str]:
        return (
            self.tr("“{title}”, {percent} % read, last opened today."),
            self.tr("“{title}” by {authors}, {percent} % read, last opened today."),
        )

    def _begun_yesterday(self) -> tuple[str, str]:
        return (
            self.tr("“{title}”, {percent} % read, last opened yesterday."),
            self.tr("“{title}” by {authors}, {percent} % read, last opened yesterday."),
        )

    def _begun_on(self) -> tuple[str, str]:
        return (
            self.tr("“{title}”, {percent} % read, last opened on {day}."),
            self.tr("“{title}” by {authors}, {percent} % read, last opened on {day}."),
        )

    def _finished_today(self) -> tuple[str, str]:
        return (
            self.tr("“{title}”, finished, last opened today."),
            self.tr("“{title}” by {authors}, finished, last opened today."),
        )

    def _finished_yesterday(self) -> tuple[str, str]:
        return (
            self.tr("“{title}”, finished, last opened yesterday."),
            self.tr("“{title}” by {authors}, finished, last opened yesterday."),
        )

    def _finished_on(self) -> tuple[str, str]:
        return (
            self.tr("“{title}”, finished, last opened on {day}."),
            self.tr("“{title}” by {authors}, finished, last opened on {day}."),
        )

    def details(self, entry: ShelfEntry) -> str:
        """Return what is told of a row when it is asked for: its format and bookmarks."""
        if not entry.bookmark_count:
            return self.kind(entry)
        return self.tr("{format}, {bookmarks}").format(format=self.kind(entry), bookmarks=self.bookmarks(entry))
