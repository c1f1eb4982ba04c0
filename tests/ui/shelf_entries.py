"""Entries of a shelf for the tests of the library page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from reader.library import ShelfEntry

TODAY = date(2025, 3, 10)
NOON = datetime(2025, 3, 10, 12, 0, tzinfo=UTC)


def entry(
    number: int,
    title: str,
    *authors: str,
    written: str = "",
    language: str = "en",
    kind: str = "markdown",
    words: int = 2300,
    share: float = 0.0,
    finished: bool = False,
    read: datetime | None = None,
    added: datetime = NOON,
    bookmarks: int = 0,
) -> ShelfEntry:
    return ShelfEntry(
        id=number,
        uuid=str(UUID(int=number)),
        title=title,
        authors=authors,
        date=written,
        language=language,
        format=kind,
        words=words,
        revision=number,
        number=1,
        added=added,
        revised=added,
        share=share,
        finished=finished,
        last_read=read,
        bookmark_count=bookmarks,
    )


def day(number: int) -> datetime:
    """Return noon of a day of the month in which the tests take place."""
    return datetime(2025, 3, number, 12, 0, tzinfo=UTC)


FERRY = entry(1, "The Ferry", "Anna Reed", written="2021", share=0.25, read=day(10), added=day(1), bookmarks=5)
BRIDGE = entry(2, "A Bridge of Stone", "Carl Émile", "Bo Berg", share=0.5, read=day(9), added=day(3), kind="text")
MILL = entry(3, "Mill and Weir", "Zoë Abel", share=1.0, finished=True, read=day(2), added=day(2))
NOTES = entry(4, "Notes, week 10", words=460, added=day(5))
EARLIER_NOTES = entry(5, "Notes, week 9", words=460, added=day(4))
SHELF = (FERRY, BRIDGE, MILL, NOTES, EARLIER_NOTES)
