"""Bookmarks: made, changed, removed and restored, and found again in a new revision."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec

from reader.article.annotation import Bookmark
from reader.article.locator import Locator
from reader.store import times
from reader.store.articles import Articles
from reader.store.connection import Database, transaction
from reader.store.errors import NoSuchBookmarkError
from reader.store.settling import settled

_COLUMNS = "uuid, place, label, remark, created, changed, lost"

read_place = msgspec.json.Decoder(Locator).decode

FindAgain = Callable[[Locator], Locator | None]
"""Return where a place is in the new text, or None where it is not in it."""


class Bookmarked(NamedTuple):
    """A bookmark and the article it stands in."""

    article_id: int
    bookmark: Bookmark


def stored_place(place: Locator) -> str:
    """Return a place as it is stored."""
    return msgspec.json.encode(place).decode()


class Bookmarks:
    """The bookmarks of the library. What a method returned is on the disk."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._articles = Articles(database)
        self._clock = clock

    def of(self, article_id: int) -> tuple[Bookmark, ...]:
        """Return an article's bookmarks in reading order; lost ones where they stood."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM bookmark WHERE article_id = ? AND removed IS NULL ORDER BY start, id",
            (article_id,),
        )
        return tuple(map(_bookmark, rows))

    def all(self) -> tuple[Bookmarked, ...]:
        """Return every bookmark of the articles on the shelf: by article, then in reading order."""
        rows = self._database.rows(
            f"SELECT article_id, {_COLUMNS} FROM bookmark WHERE removed IS NULL"
            " AND article_id IN (SELECT id FROM article WHERE removed IS NULL) ORDER BY article_id, start, id"
        )
        return tuple(Bookmarked(row[0], _bookmark(row[1:])) for row in rows)

    def add(self, article_id: int, target: Locator, label: str = "", remark: str = "") -> Bookmark:
        """Make a bookmark and return it.

        Where another process has revised the text since ``target`` was made, it is put where its
        words are now.

        Raises:
            NoSuchArticleError: there is no such article.
            LibraryError: it could not be written.
        """
        moment = self._clock()
        with transaction(self._database) as connection:
            target, lost = settled(self._articles, article_id, target)
            bookmark = Bookmark(str(uuid4()), target, label, remark, moment, moment, lost)
            insert_bookmark(connection, article_id, bookmark)
        return bookmark

    def change(self, bookmark_id: str, *, label: str | None = None, remark: str | None = None) -> Bookmark:
        """Give a bookmark other words; None leaves them.

        Raises:
            NoSuchBookmarkError: it is not there, or was removed.
        """
        with transaction(self._database) as connection:
            connection.execute(
                "UPDATE bookmark SET label = coalesce(?, label), remark = coalesce(?, remark), changed = ?"
                " WHERE uuid = ? AND removed IS NULL",
                (label, remark, times.written(self._clock()), bookmark_id),
            )
            return _one(connection, bookmark_id)

    def remove(self, bookmark_id: str) -> Bookmark:
        """Remove a bookmark and return it as it was, for ``restore``.

        Raises:
            NoSuchBookmarkError: it is not there, or was removed before.
        """
        with transaction(self._database) as connection:
            bookmark = _one(connection, bookmark_id)
            connection.execute(
                "UPDATE bookmark SET removed = ? WHERE uuid = ?", (times.written(self._clock()), bookmark_id)
            )
        return bookmark

    def restore(self, bookmark: Bookmark) -> Bookmark:
        """Put a removed bookmark back, at its place in the text as that is now; return it.

        Raises:
            NoSuchBookmarkError: it was removed for good.
        """
        with transaction(self._database) as connection:
            connection.execute("UPDATE bookmark SET removed = NULL WHERE uuid = ?", (bookmark.id,))
            return _one(connection, bookmark.id)


def insert_bookmark(
    connection: sqlite3.Connection, article_id: int, bookmark: Bookmark, removed: datetime | None = None
) -> None:
    """Store a bookmark that is not there yet, or one that was removed and can still be brought back."""
    connection.execute(
        f"INSERT INTO bookmark (article_id, start, removed, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article_id,
            bookmark.target.start,
            None if removed is None else times.written(removed),
            bookmark.id,
            stored_place(bookmark.target),
            bookmark.label,
            bookmark.remark,
            times.written(bookmark.created),
            times.written(bookmark.changed),
            bookmark.lost,
        ),
    )


def all_of(database: Database, article_id: int) -> tuple[tuple[Bookmark, datetime | None], ...]:
    """Return all bookmarks of an article in the order they were made, each with when it was removed, if it was."""
    rows = database.rows(f"SELECT removed, {_COLUMNS} FROM bookmark WHERE article_id = ? ORDER BY id", (article_id,))
    return tuple((_bookmark(row[1:]), times.read_or_none(row[0])) for row in rows)


def places_of(database: Database, article_id: int) -> frozenset[Locator]:
    """Return the places of all bookmarks of an article, removed ones too."""
    rows = database.rows("SELECT DISTINCT place FROM bookmark WHERE article_id = ?", (article_id,))
    return frozenset(read_place(place) for (place,) in rows)


def move_bookmarks(connection: sqlite3.Connection, article_id: int, find_again: FindAgain) -> tuple[int, int]:
    """Put an article's bookmarks where its new text has their words; return how many are found and lost.

    A lost one keeps its place, so that a later revision may have it again. Removed ones move too,
    as a person may restore them, but are not counted.
    """
    found = lost = 0
    for row, place, counts in connection.execute(
        "SELECT id, place, removed IS NULL FROM bookmark WHERE article_id = ?", (article_id,)
    ).fetchall():
        new = find_again(read_place(place))
        if new is None:
            lost += counts
            connection.execute("UPDATE bookmark SET lost = 1 WHERE id = ?", (row,))
        else:
            found += counts
            connection.execute(
                "UPDATE bookmark SET place = ?, start = ?, lost = 0 WHERE id = ?",
                (stored_place(new), new.start, row),
            )
    return found, lost


def delete_removed_bookmarks(connection: sqlite3.Connection, before: datetime) -> int:
    """Delete for good the bookmarks that were removed before a moment; return how many."""
    return connection.execute("DELETE FROM bookmark WHERE removed < ?", (times.written(before),)).rowcount


def _one(connection: sqlite3.Connection, bookmark_id: str) -> Bookmark:
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM bookmark WHERE uuid = ? AND removed IS NULL", (bookmark_id,)
    ).fetchone()
    if row is None:
        raise NoSuchBookmarkError(bookmark_id)
    return _bookmark(row)


def _bookmark(row: tuple[Any, ...]) -> Bookmark:
    uuid, place, label, remark, created, changed, lost = row
    return Bookmark(uuid, read_place(place), label, remark, times.read(created), times.read(changed), bool(lost))
