"""Texts that are in the library twice: found by their fingerprints, proved by their words, and made one."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import combinations

from msgspec import Struct

from reader.article.codec import StoredArticleError, decode
from reader.article.locator import find_again, locator
from reader.article.text import CanonicalText
from reader.store import times
from reader.store.annotations import read_place, stored_place
from reader.store.articles import Articles
from reader.store.connection import Database, transaction
from reader.store.fingerprint import BITS, NEAR_BITS, distance
from reader.store.kinship import likeness

log = logging.getLogger(__name__)

Step = Callable[[float], None]

LEAST_SHARED = 0.9
"""How much of both texts is in both, at least, for them to be nearly the same."""
BANDS = NEAR_BITS + 1
"""Fingerprints that differ in fewer bits than there are bands agree in one of them."""


class Group(Struct, frozen=True):
    """Articles of one text, or of nearly one: ``shared`` is how much of the words all have, 0 to 1."""

    article_ids: tuple[int, ...]
    shared: float

    @property
    def same(self) -> bool:
        return self.shared >= 1.0


class Moved(Struct, frozen=True):
    """A bookmark that went to another article, and how it was before."""

    row: int
    article_id: int
    place: str
    start: int
    lost: int


class Merged(Struct, frozen=True):
    """What was done, to be undone: articles that were removed, bookmarks that moved, labels that were given."""

    kept: int
    removed: tuple[int, ...]
    moved: tuple[Moved, ...]
    tags: tuple[str, ...]
    collections: tuple[int, ...]


class Duplicates:
    """Finds what is there twice, and keeps one of it."""

    def __init__(self, database: Database, articles: Articles, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._articles = articles
        self._clock = clock

    def find(self, step: Step) -> tuple[Group, ...]:
        """Return all groups, the same texts first. For a background thread; ``step`` may stop it.

        Raises:
            LibraryError, CancelledError: it could not be read; it was stopped.
        """
        rows = self._database.rows(
            "SELECT article.id, sha256, fingerprint, opening, words FROM article"
            " JOIN revision ON revision.id = article.revision_id WHERE removed IS NULL ORDER BY article.id"
        )
        found: dict[int, tuple[int, float]] = {}  # article: the first of its group, and how alike they are
        pairs = list(_pairs(rows))
        for number, (one, other) in enumerate(pairs):
            step(number / len(pairs))
            first = found.get(one, (one, 1.0))[0]
            if other in found or first == other:
                continue
            alike = self._alike(first, other)
            if alike >= LEAST_SHARED:
                found[other] = (first, alike)
        groups: dict[int, list[int]] = {}
        for other, (first, _alike) in found.items():
            groups.setdefault(first, [first]).append(other)
        made = [Group(tuple(ids), min(found[each][1] for each in ids[1:])) for ids in groups.values()]
        return tuple(sorted(made, key=lambda group: (-group.shared, group.article_ids)))

    def merge(self, kept: int, others: Iterable[int]) -> Merged:
        """Keep one of some articles; the others go to the bin.

        Their bookmarks go to the one that is kept, where their words are in its text, else to the bin with them.
        Tags and collections are those of all.

        Raises:
            LibraryError: it could not be written; nothing was changed.
        """
        removed = tuple(others)
        text = self._text(kept)
        with transaction(self._database) as connection:
            moved = () if text is None else tuple(_move_bookmarks(connection, text, kept, removed))
            marks = ", ".join("?" * len(removed))
            tags = [
                (kept, name)
                for (name,) in connection.execute(
                    f"SELECT DISTINCT name FROM tag WHERE article_id IN ({marks})"
                    " AND name NOT IN (SELECT name FROM tag WHERE article_id = ?)",
                    (*removed, kept),
                )
            ]
            collected = [
                (collection, kept)
                for (collection,) in connection.execute(
                    f"SELECT DISTINCT collection_id FROM collected WHERE article_id IN ({marks})"
                    " AND collection_id NOT IN (SELECT collection_id FROM collected WHERE article_id = ?)",
                    (*removed, kept),
                )
            ]
            connection.executemany("INSERT OR IGNORE INTO tag (article_id, name) VALUES (?, ?)", tags)
            connection.executemany("INSERT INTO collected (collection_id, article_id) VALUES (?, ?)", collected)
            connection.execute(
                f"UPDATE article SET removed = ? WHERE id IN ({marks}) AND removed IS NULL",
                (times.written(self._clock()), *removed),
            )
        log.info("merged: %d articles, %d bookmarks moved", len(removed) + 1, len(moved))
        return Merged(kept, removed, moved, tuple(tag for _, tag in tags), tuple(each for each, _ in collected))

    def undo(self, merged: Merged) -> None:
        """Put everything back as it was before ``merge``; a bookmark that was removed since stays so.

        Raises:
            LibraryError: it could not be written; nothing was changed.
        """
        with transaction(self._database) as connection:
            connection.executemany(
                "UPDATE article SET removed = NULL WHERE id = ?", [(each,) for each in merged.removed]
            )
            connection.executemany(
                "UPDATE bookmark SET article_id = ?, place = ?, start = ?, lost = ? WHERE id = ? AND article_id = ?",
                [(each.article_id, each.place, each.start, each.lost, each.row, merged.kept) for each in merged.moved],
            )
            connection.executemany(
                "DELETE FROM tag WHERE article_id = ? AND name = ?", [(merged.kept, name) for name in merged.tags]
            )
            connection.executemany(
                "DELETE FROM collected WHERE article_id = ? AND collection_id = ?",
                [(merged.kept, each) for each in merged.collections],
            )

    def _alike(self, one: int, other: int) -> float:
        """Return how much of both texts is in both; 1 only where they are the same."""
        first, second = self._text(one), self._text(other)
        if first is None or second is None:
            return 0.0
        if first.string == second.string:
            return 1.0
        return min(0.999, likeness(first.string, second.string).shared)

    def _text(self, article_id: int) -> CanonicalText | None:
        row = self._database.row("SELECT revision_id FROM article WHERE id = ?", (article_id,))
        try:
            return None if row is None else CanonicalText(decode(self._articles.compiled(row[0])))
        except StoredArticleError:
            log.warning("article %d cannot be read", article_id)
            return None


def _move_bookmarks(
    connection: sqlite3.Connection, text: CanonicalText, kept: int, removed: Iterable[int]
) -> Iterator[Moved]:
    """Give bookmarks to the article that is kept where its text has their words, and yield how they were."""
    for article_id in removed:
        rows = connection.execute(
            "SELECT id, place, start, lost FROM bookmark WHERE article_id = ? AND removed IS NULL", (article_id,)
        )
        for row, place, start, lost in rows.fetchall():
            found = find_again(text, read_place(place))
            if found is None:
                continue
            new = locator(text, found.start, found.end)
            connection.execute(
                "UPDATE bookmark SET article_id = ?, place = ?, start = ?, lost = 0 WHERE id = ?",
                (kept, stored_place(new), new.start, row),
            )
            yield Moved(row, article_id, place, start, lost)


def _pairs(rows: Iterable[tuple[int, str, int | None, str | None, int]]) -> Iterator[tuple[int, int]]:
    """Yield articles that may be of one text, by their ids: each pair once, the lower one first."""
    buckets: dict[object, list[tuple[int, int | None]]] = {}
    width = BITS // BANDS
    for article_id, sha256, print_, opening, words in rows:
        buckets.setdefault(sha256, []).append((article_id, None))
        if print_ is None:
            buckets.setdefault((opening, words), []).append((article_id, None))
            continue
        for band in range(BANDS):
            key = band, print_ >> (band * width) & ((1 << width) - 1)
            buckets.setdefault(key, []).append((article_id, print_))
    told: set[tuple[int, int]] = set()
    for bucket in buckets.values():
        for (one, its), (other, others) in combinations(bucket, 2):
            near = its is None or others is None or distance(its, others) <= NEAR_BITS
            if near and (one, other) not in told:
                told.add((one, other))
    yield from sorted(told)
