"""Articles, their revisions, and the shelf that lists them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Struct

from reader.store import times
from reader.store.connection import Database, transaction
from reader.store.errors import NoSuchArticleError

FINISHED_SHARE = 0.98
"""From which share on a text counts as read: what follows are references and the foot of the page."""

MAX_NAMESAKES = 10
"""With how many articles of the same title and authors a new text is compared."""

_SHELF = """
    SELECT article.id, article.uuid, title, authors, date, language, format, words, revision.id, number,
        article.added, revision.added, coalesce(reading.share, 0.0), coalesce(reading.furthest, 0.0), reading.at,
        (SELECT count(*) FROM bookmark WHERE bookmark.article_id = article.id AND bookmark.removed IS NULL)
    FROM article
    JOIN revision ON revision.id = article.revision_id
    LEFT JOIN reading ON reading.article_id = article.id
    WHERE article.removed IS NULL
"""


class Outcome(Enum):
    """What became of a file that was brought in."""

    NEW = "new"
    KNOWN = "known"
    """These very bytes were in the library."""
    REVISED = "revised"
    """It is another text of an article that was in the library."""


class Added(Struct, frozen=True):
    """The article that a file belongs to, and how; of its bookmarks, how many the new text still has."""

    article_id: int
    outcome: Outcome
    bookmarks_found: int = 0
    bookmarks_lost: int = 0


class ShelfEntry(Struct, frozen=True):
    """An article as the library lists it.

    ``revision`` is the id of the text that is shown now, ``number`` counts the revisions from 1.
    ``share`` is how far the reader is (0 to 1), ``finished`` whether the end was once reached.
    Times are aware, in UTC; ``last_read`` is None for what was never opened.
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


class StoredResource(Struct, frozen=True):
    """A picture of a revision; ``file`` names a file of ``Originals``."""

    name: str
    media_type: str
    file: str


class NewRevision(Struct, frozen=True):
    """What is stored of a text that comes in. ``original`` names a file of ``Originals``."""

    sha256: str
    original: str
    file_name: str
    format: str
    title: str
    authors: tuple[str, ...]
    date: str
    language: str
    words: int
    compiled: bytes
    resources: tuple[StoredResource, ...] = ()


class Known(Struct, frozen=True):
    """An article that a file may belong to: its current revision, and whether it was removed."""

    article_id: int
    revision: int
    sha256: str
    removed: bool


class Shelf:
    """The articles of the library as a list, and taking one off it."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def articles(self) -> tuple[ShelfEntry, ...]:
        """Return what is on the shelf: the last read first, then what was added last."""
        rows = self._database.rows(
            _SHELF + "ORDER BY reading.at IS NULL, reading.at DESC, article.added DESC, article.id DESC"
        )
        return tuple(map(_entry, rows))

    def entry(self, article_id: int) -> ShelfEntry:
        """Return one article's entry.

        Raises:
            NoSuchArticleError: it is not on the shelf.
        """
        row = self._database.row(_SHELF + "AND article.id = ?", (article_id,))
        if row is None:
            raise NoSuchArticleError(article_id)
        return _entry(row)

    def remove(self, article_id: int) -> None:
        """Take an article off the shelf; it comes back whole by ``restore``.

        Raises:
            NoSuchArticleError: it is not on the shelf.
        """
        self._mark(article_id, times.written(self._clock()), "removed IS NULL")

    def restore(self, article_id: int) -> None:
        """Put an article back that was removed.

        Raises:
            NoSuchArticleError: no such article was removed.
        """
        self._mark(article_id, None, "removed IS NOT NULL")

    def _mark(self, article_id: int, removed: str | None, only: str) -> None:
        with transaction(self._database) as connection:
            done = connection.execute(f"UPDATE article SET removed = ? WHERE id = ? AND {only}", (removed, article_id))
            if not done.rowcount:
                raise NoSuchArticleError(article_id)


class Articles:
    """The stored texts. What writes takes the connection of the caller's transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self, article_id: int) -> tuple[int, str]:
        """Return the current revision's id and title; of a removed article too.

        Raises:
            NoSuchArticleError: there is no such article.
        """
        row = self._database.row(
            "SELECT revision.id, title FROM article JOIN revision ON revision.id = article.revision_id"
            " WHERE article.id = ?",
            (article_id,),
        )
        if row is None:
            raise NoSuchArticleError(article_id)
        return row[0], row[1]

    def currents(self) -> dict[int, int]:
        """Return the current revision's id of every article on the shelf."""
        return dict(self._database.rows("SELECT id, revision_id FROM article WHERE removed IS NULL"))

    def compiled(self, revision: int) -> bytes:
        """Return a revision's compiled form."""
        row = self._database.row("SELECT data FROM compiled WHERE revision_id = ?", (revision,))
        return b"" if row is None else row[0]

    def part_of_compiled(self, revision: int, offset: int, length: int) -> bytes:
        """Return a part of a revision's compiled form."""
        return self._database.part_of_blob("compiled", "data", revision, offset, length)

    def original(self, article_id: int) -> str:
        """Return the name of the current revision's original file.

        Raises:
            NoSuchArticleError: there is no such article.
        """
        revision, _ = self.current(article_id)
        row = self._database.row("SELECT original FROM revision WHERE id = ?", (revision,))
        if row is None:
            raise NoSuchArticleError(article_id)
        return str(row[0])

    def row(self, revision: int) -> NewRevision:
        """Return what is stored of a revision, without its compiled form and its pictures.

        Raises:
            NoSuchArticleError: there is no such revision.
        """
        row = self._database.row(
            "SELECT sha256, original, file_name, format, title, authors, date, language, words FROM revision"
            " WHERE id = ?",
            (revision,),
        )
        if row is None:
            raise NoSuchArticleError(revision)
        sha256, original, file_name, kind, title, authors, date, language, words = row
        return NewRevision(sha256, original, file_name, kind, title, _read_authors(authors), date, language, words, b"")

    def resources(self, revision: int) -> tuple[StoredResource, ...]:
        """Return the pictures of a revision."""
        rows = self._database.rows("SELECT name, media_type, file FROM resource WHERE revision_id = ?", (revision,))
        return tuple(StoredResource(*row) for row in rows)

    def source(self, article_id: int, file_name: str) -> str | None:
        """Return a place that an article was brought in from as a file of this name; None where none is known."""
        rows = self._database.rows("SELECT path FROM source WHERE article_id = ? ORDER BY path", (article_id,))
        return next((path for (path,) in rows if PurePath(path).name == file_name), None)

    def resource(self, article_id: int, name: str) -> str | None:
        """Return the name of the file of a picture of the current revision, or None."""
        row = self._database.row(
            "SELECT file FROM resource JOIN article ON article.revision_id = resource.revision_id"
            " WHERE article.id = ? AND name = ?",
            (article_id, name),
        )
        return None if row is None else row[0]

    def with_bytes(self, sha256: str) -> Known | None:
        """Return the article that any revision with these bytes belongs to; one on the shelf first."""
        return self._known(
            "JOIN revision AS any ON any.article_id = article.id WHERE any.sha256 = ?"
            " ORDER BY article.removed IS NOT NULL, any.id DESC",
            (sha256,),
        )

    def from_path(self, path: str) -> Known | None:
        """Return the article that was last brought in from a place."""
        return self._known("JOIN source ON source.article_id = article.id WHERE path = ?", (path,))

    def titled(self, title: str, authors: tuple[str, ...]) -> tuple[Known, ...]:
        """Return the newest articles on the shelf with this title and these authors now, a few at most."""
        rows = self._database.rows(
            "SELECT article.id, revision.id, sha256 FROM revision"
            " JOIN article ON article.revision_id = revision.id"
            " WHERE title = ? AND authors = ? AND removed IS NULL ORDER BY article.id DESC LIMIT ?",
            (title, _stored_authors(authors), MAX_NAMESAKES),
        )
        return tuple(Known(article_id, revision, sha256, False) for article_id, revision, sha256 in rows)

    def bundled(self, name: str) -> tuple[str, Known | None] | None:
        """Return the SHA-256 of the edition last brought, and its article; None: never brought."""
        row = self._database.row("SELECT sha256 FROM bundled WHERE name = ?", (name,))
        if row is None:
            return None
        known = self._known("JOIN bundled ON bundled.article_id = article.id WHERE name = ?", (name,))
        return row[0], known

    def _known(self, where: str, values: tuple[object, ...]) -> Known | None:
        row = self._database.row(
            "SELECT article.id, current.id, current.sha256, article.removed IS NOT NULL FROM article"
            f" JOIN revision AS current ON current.id = article.revision_id {where} LIMIT 1",
            values,
        )
        return None if row is None else Known(row[0], row[1], row[2], bool(row[3]))


def insert_article(connection: sqlite3.Connection, moment: datetime) -> int:
    """Make an article that has no revision yet, and return its id."""
    done = connection.execute("INSERT INTO article (uuid, added) VALUES (?, ?)", (str(uuid4()), times.written(moment)))
    return int(done.lastrowid or 0)


def insert_revision(connection: sqlite3.Connection, article_id: int, new: NewRevision, moment: datetime) -> int:
    """Make a revision the current one of its article, put that on the shelf, return the revision's id."""
    done = connection.execute(
        "INSERT INTO revision (article_id, number, added, sha256, original, file_name, format, title, authors, date,"
        " language, words) SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        " FROM revision WHERE article_id = ?",
        (
            article_id,
            times.written(moment),
            new.sha256,
            new.original,
            new.file_name,
            new.format,
            new.title,
            _stored_authors(new.authors),
            new.date,
            new.language,
            new.words,
            article_id,
        ),
    )
    revision = int(done.lastrowid or 0)
    connection.execute("INSERT INTO compiled (revision_id, data) VALUES (?, ?)", (revision, new.compiled))
    connection.executemany(
        "INSERT INTO resource (revision_id, name, media_type, file) VALUES (?, ?, ?, ?)",
        [(revision, resource.name, resource.media_type, resource.file) for resource in new.resources],
    )
    connection.execute("UPDATE article SET revision_id = ?, removed = NULL WHERE id = ?", (revision, article_id))
    return revision


def put_on_shelf(connection: sqlite3.Connection, article_id: int) -> None:
    """Bring back an article that may have been removed."""
    connection.execute("UPDATE article SET removed = NULL WHERE id = ?", (article_id,))


def note_source(connection: sqlite3.Connection, path: str, article_id: int) -> None:
    """Remember where an article was brought in from; a place belongs to one article."""
    connection.execute("INSERT OR REPLACE INTO source (path, article_id) VALUES (?, ?)", (path, article_id))


def note_bundled(connection: sqlite3.Connection, name: str, sha256: str, article_id: int | None) -> None:
    """Remember that the program's own edition was brought."""
    connection.execute(
        "INSERT OR REPLACE INTO bundled (name, sha256, article_id) VALUES (?, ?, ?)", (name, sha256, article_id)
    )


def delete_removed(connection: sqlite3.Connection, before: datetime) -> int:
    """Delete for good the articles that were removed before a moment; return how many."""
    return connection.execute("DELETE FROM article WHERE removed < ?", (times.written(before),)).rowcount


def known_articles(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the UUIDs of all articles; those that were removed can still be brought back."""
    return frozenset(uuid for (uuid,) in connection.execute("SELECT uuid FROM article"))


def named_files(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of all files of ``Originals`` that a revision needs."""
    return frozenset(
        name for (name,) in connection.execute("SELECT original FROM revision UNION SELECT file FROM resource")
    )


def _stored_authors(authors: tuple[str, ...]) -> str:
    return msgspec.json.encode(authors).decode()


_read_authors = msgspec.json.Decoder(tuple[str, ...]).decode


def _entry(row: tuple[Any, ...]) -> ShelfEntry:
    (
        article_id,
        uuid,
        title,
        authors,
        date,
        language,
        kind,
        words,
        revision,
        number,
        added,
        revised,
        share,
        furthest,
        read_at,
        bookmarks,
    ) = row
    return ShelfEntry(
        id=article_id,
        uuid=uuid,
        title=title,
        authors=_read_authors(authors),
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
    )
