"""The shelf that lists the articles, and the bin of those that were taken off it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from reader.store import times
from reader.store.articles import read_authors
from reader.store.connection import Database, transaction
from reader.store.errors import NoSuchArticleError

FINISHED_SHARE = 0.98
"""From which share on a text counts as read: what follows are references and the foot of the page."""

_ENTRIES = """
    SELECT article.id, article.uuid, coalesce(description.title, revision.title),
        coalesce(description.authors, revision.authors), coalesce(description.date, revision.date),
        coalesce(description.language, revision.language), format, words, revision.id, number,
        article.added, revision.added, coalesce(reading.share, 0.0), coalesce(reading.furthest, 0.0), reading.at,
        (SELECT count(*) FROM bookmark WHERE bookmark.article_id = article.id AND bookmark.removed IS NULL),
        coalesce(opening, ''), article.removed
    FROM article
    JOIN revision ON revision.id = article.revision_id
    LEFT JOIN description ON description.article_id = article.id
    LEFT JOIN reading ON reading.article_id = article.id
"""
_LAST_READ_FIRST = "ORDER BY reading.at IS NULL, reading.at DESC, article.added DESC, article.id DESC"


class ShelfEntry(Struct, frozen=True):
    """An article as the library lists it, by what a person says of it or else its file.

    ``revision`` is the id of the text that is shown now, ``number`` counts the revisions from 1.
    ``share`` is how far the reader is (0 to 1), ``finished`` whether the end was once reached.
    Times are aware, in UTC; ``last_read`` is None for what was never opened, ``removed`` for what is on the
    shelf. ``opening`` are the first words of the text, ``collections`` the ids of those that it is in.
    """

    id: int
    uuid: str
    title: str
    authors: tuple[str, ...]
    date: str
    language: str
    format: str
    words: int
    revision: int
    number: int
    added: datetime
    revised: datetime
    share: float
    finished: bool
    last_read: datetime | None
    bookmark_count: int
    opening: str = ""
    removed: datetime | None = None
    tags: tuple[str, ...] = ()
    collections: tuple[int, ...] = ()


class Shelf:
    """The articles of the library as a list, and taking them off it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def articles(self, limit: int = -1) -> tuple[ShelfEntry, ...]:
        """Return what is on the shelf, or only so many: the last read first, then what was added last."""
        rows = self._database.rows(f"{_ENTRIES} WHERE article.removed IS NULL {_LAST_READ_FIRST} LIMIT ?", (limit,))
        return self._labelled(rows)

    def removed(self) -> tuple[ShelfEntry, ...]:
        """Return what is in the bin: what was removed last first."""
        return self._labelled(
            self._database.rows(
                f"{_ENTRIES} WHERE article.removed IS NOT NULL ORDER BY article.removed DESC, article.id"
            )
        )

    def entry(self, article_id: int) -> ShelfEntry:
        """Return one article's entry.

        Raises:
            NoSuchArticleError: it is not on the shelf.
        """
        found = self.entries((article_id,))
        if not found:
            raise NoSuchArticleError(article_id)
        return found[article_id]

    def entries(self, article_ids: Sequence[int]) -> dict[int, ShelfEntry]:
        """Return the entries of those of some articles that are on the shelf, in a query for all."""
        wanted = ",".join(str(int(each)) for each in article_ids)
        rows = self._database.rows(f"{_ENTRIES} WHERE article.removed IS NULL AND article.id IN ({wanted})")
        return {entry.id: entry for entry in self._labelled(rows, f" WHERE article_id IN ({wanted})")}

    def authors(self) -> dict[int, tuple[str, ...]]:
        """Return the authors of each article of the shelf: of thousands in a fraction of the time of ``articles``."""
        rows = self._database.rows(
            "SELECT article.id, coalesce(description.authors, revision.authors) FROM article"
            " JOIN revision ON revision.id = article.revision_id"
            " LEFT JOIN description ON description.article_id = article.id WHERE article.removed IS NULL"
        )
        return {article_id: read_authors(authors) for article_id, authors in rows}

    def remove(self, article_id: int) -> None:
        """Take an article off the shelf; it comes back whole by ``restore``.

        Raises:
            NoSuchArticleError: it is not on the shelf.
        """
        if not self.remove_all((article_id,)):
            raise NoSuchArticleError(article_id)

    def restore(self, article_id: int) -> None:
        """Put an article back that was removed.

        Raises:
            NoSuchArticleError: no such article was removed.
        """
        if not self.restore_all((article_id,)):
            raise NoSuchArticleError(article_id)

    def remove_all(self, article_ids: Iterable[int]) -> int:
        """Take articles off the shelf; return how many were on it."""
        return self._mark(article_ids, times.written(self._clock()), "removed IS NULL")

    def restore_all(self, article_ids: Iterable[int]) -> int:
        """Put articles back that were removed; return how many were."""
        return self._mark(article_ids, None, "removed IS NOT NULL")

    def _mark(self, article_ids: Iterable[int], removed: str | None, only: str) -> int:
        with transaction(self._database) as connection:
            done = connection.executemany(
                f"UPDATE article SET removed = ? WHERE id = ? AND {only}", [(removed, each) for each in article_ids]
            )
            return max(0, done.rowcount)

    def _labelled(self, rows: list[tuple[Any, ...]], where: str = "") -> tuple[ShelfEntry, ...]:
        tags: dict[int, tuple[str, ...]] = {}
        collections: dict[int, tuple[int, ...]] = {}
        for article_id, name in self._database.rows(f"SELECT article_id, name FROM tag{where} ORDER BY 1, 2"):
            tags[article_id] = (*tags.get(article_id, ()), name)
        for article_id, collection in self._database.rows(
            f"SELECT article_id, collection_id FROM collected{where} ORDER BY 1, 2"
        ):
            collections[article_id] = (*collections.get(article_id, ()), collection)
        return tuple([_entry(row, tags.get(row[0], ()), collections.get(row[0], ())) for row in rows])


def _entry(row: tuple[Any, ...], tags: tuple[str, ...], collections: tuple[int, ...]) -> ShelfEntry:
    head, (added, revised, share, furthest, read_at, bookmarks, opening, removed) = row[:10], row[10:]
    article_id, uuid, title, authors, date, language, kind, words, revision, number = head
    return ShelfEntry(
        id=article_id,
        uuid=uuid,
        title=title,
        authors=read_authors(authors),
        date=date,
        language=language,
        format=kind,
        words=words,
        revision=revision,
        number=number,
        added=times.read(added),
        revised=times.read(revised),
        share=share,
        finished=furthest >= FINISHED_SHARE,
        last_read=times.read_or_none(read_at),
        bookmark_count=bookmarks,
        opening=opening,
        removed=times.read_or_none(removed),
        tags=tags,
        collections=collections,
    )
