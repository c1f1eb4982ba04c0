"""Articles and their revisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import PurePath
from uuid import uuid4

import msgspec
from msgspec import Struct, structs

from reader.article.codec import Compiled
from reader.article.model import Metadata
from reader.article.parts import ReadAhead
from reader.store import times
from reader.store.connection import Database
from reader.store.errors import NoSuchArticleError

MAX_NAMESAKES = 10
"""With how many articles of the same title and authors a new text is compared."""


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


class StoredResource(Struct, frozen=True):
    """A picture of a revision; ``file`` names a file of ``Originals``."""

    name: str
    media_type: str
    file: str


class NewRevision(Struct, frozen=True):
    """What is stored of a text that comes in. ``original`` names a file of ``Originals``.

    ``opening`` are its first words, ``fingerprint`` tells what is nearly alike (see ``fingerprint``); what has no
    opening yet gets both later.
    """

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
    opening: str | None = None
    fingerprint: int | None = None


class Known(Struct, frozen=True):
    """An article that a file may belong to: its current revision, and whether it was removed."""

    article_id: int
    revision: int
    sha256: str
    removed: bool


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
            "SELECT revision.id, coalesce(description.title, revision.title) FROM article"
            " JOIN revision ON revision.id = article.revision_id"
            " LEFT JOIN description ON description.article_id = article.id WHERE article.id = ?",
            (article_id,),
        )
        if row is None:
            raise NoSuchArticleError(article_id)
        return row[0], row[1]

    def metadata(self, article_id: int, metadata: Metadata) -> Metadata:
        """Return what a file says of its article, or what a person says instead."""
        row = self._database.row(
            "SELECT title, authors, date, language FROM description WHERE article_id = ?", (article_id,)
        )
        if row is None:
            return metadata
        title, authors, date, language = row
        said = {"title": title, "authors": authors and read_authors(authors), "date": date, "language": language}
        return structs.replace(metadata, **{name: value for name, value in said.items() if value is not None})

    def currents(self) -> dict[int, int]:
        """Return the current revision's id of every article on the shelf."""
        return dict(self._database.rows("SELECT id, revision_id FROM article WHERE removed IS NULL"))

    def compiled(self, revision: int) -> bytes:
        """Return a revision's compiled form."""
        row = self._database.row("SELECT data FROM compiled WHERE revision_id = ?", (revision,))
        return b"" if row is None else row[0]

    def size(self, revision: int) -> int:
        """Return how many bytes a revision's compiled form has, 0 where there is none, without reading it."""
        row = self._database.row("SELECT length(data) FROM compiled WHERE revision_id = ?", (revision,))
        return 0 if row is None else row[0]

    def opened(self, revision: int, title: str = "") -> Compiled:
        """Return a revision's compiled form opened by its header; the rest is read when it is asked for.

        No part stays open between two reads: that would hold a transaction for as long as somebody reads.

        Raises:
            StoredArticleError: it cannot be read; ``title`` is for its sentence.
        """
        return Compiled(ReadAhead(partial(self._database.part_of_blob, "compiled", "data", revision)), title)

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
        return NewRevision(sha256, original, file_name, kind, title, read_authors(authors), date, language, words, b"")

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
            (title, stored_authors(authors), MAX_NAMESAKES),
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
    revision = insert_state(connection, article_id, new, moment)
    connection.execute("UPDATE article SET revision_id = ?, removed = NULL WHERE id = ?", (revision, article_id))
    return revision


def insert_state(
    connection: sqlite3.Connection, article_id: int, new: NewRevision, moment: datetime, number: int | None = None
) -> int:
    """Store a revision that is not the current one for that, and return its id; without a number it is the last."""
    done = connection.execute(
        "INSERT INTO revision (article_id, number, added, sha256, original, file_name, format, title, authors, date,"
        " language, words, opening, fingerprint)"
        " SELECT ?, coalesce(?, max(number) + 1, 1), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
        " FROM revision WHERE article_id = ?",
        (
            article_id,
            number,
            times.written(moment),
            new.sha256,
            new.original,
            new.file_name,
            new.format,
            new.title,
            stored_authors(new.authors),
            new.date,
            new.language,
            new.words,
            new.opening,
            new.fingerprint,
            article_id,
        ),
    )
    revision = int(done.lastrowid or 0)
    connection.execute(
        "INSERT INTO compiled (revision_id, data, sha256) VALUES (?, ?, ?)",
        (revision, new.compiled, checksum(new.compiled)),
    )
    connection.executemany(
        "INSERT INTO resource (revision_id, name, media_type, file) VALUES (?, ?, ?, ?)",
        [(revision, resource.name, resource.media_type, resource.file) for resource in new.resources],
    )
    return revision


def checksum(data: bytes) -> str:
    """Return the SHA-256 of bytes, by which it is told later whether they are still what was written."""
    from hashlib import sha256  # not needed to start

    return sha256(data).hexdigest()


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


def delete_articles(connection: sqlite3.Connection, article_ids: Iterable[int]) -> int:
    """Delete for good those of some articles that were removed; return how many."""
    done = connection.executemany(
        "DELETE FROM article WHERE id = ? AND removed IS NOT NULL", [(article_id,) for article_id in article_ids]
    )
    return max(0, done.rowcount)


def known_articles(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the UUIDs of all articles; those that were removed can still be brought back."""
    return frozenset(uuid for (uuid,) in connection.execute("SELECT uuid FROM article"))


def named_files(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of all files of ``Originals`` that a revision needs."""
    return frozenset(
        name for (name,) in connection.execute("SELECT original FROM revision UNION SELECT file FROM resource")
    )


def stored_authors(authors: tuple[str, ...]) -> str:
    """Return names as they are stored."""
    return msgspec.json.encode(authors).decode()


read_authors = msgspec.json.Decoder(tuple[str, ...]).decode
