"""The tables of the library, and the steps from each version of them to the next.

A step that has been published is never edited: a change of the tables is a new step at the end.
``tests/old_libraries/`` keeps one real file of each version.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from reader.atomic import PART, sync_folder
from reader.store.errors import LibraryTooNewError, NotALibraryError
from reader.store.recording import (
    ARTICLE,
    CHANGES,
    JOURNAL,
    NOW,
    OWN,
    Recorded,
    one,
    parsed,
    record,
    record_end,
    seed,
)

log = logging.getLogger(__name__)

APPLICATION_ID = 0x53745264  # "StRd" in the file's header: what `file` shows, and how we know our own


def _first(connection: sqlite3.Connection) -> None:
    """Articles and their revisions, bookmarks, reading positions. Times are UTC, ISO 8601."""
    for statement in (
        """
        CREATE TABLE article (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            uuid TEXT NOT NULL UNIQUE,
            added TEXT NOT NULL,
            removed TEXT,
            revision_id INTEGER REFERENCES revision (id) DEFERRABLE INITIALLY DEFERRED
        )""",
        # What came in, each time that it came in. ``original`` is a name under originals/.
        """
        CREATE TABLE revision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            added TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            original TEXT NOT NULL,
            file_name TEXT NOT NULL,
            format TEXT NOT NULL,
            title TEXT NOT NULL,
            authors TEXT NOT NULL,
            date TEXT NOT NULL,
            language TEXT NOT NULL,
            words INTEGER NOT NULL,
            UNIQUE (article_id, number)
        )""",
        "CREATE INDEX revision_by_sha256 ON revision (sha256)",
        "CREATE INDEX revision_by_title ON revision (title, authors)",
        # Apart from the revision, so that a list of thousands reads no page of text.
        """
        CREATE TABLE compiled (
            revision_id INTEGER PRIMARY KEY REFERENCES revision (id) ON DELETE CASCADE,
            data BLOB NOT NULL
        )""",
        """
        CREATE TABLE resource (
            revision_id INTEGER NOT NULL REFERENCES revision (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            media_type TEXT NOT NULL,
            file TEXT NOT NULL,
            PRIMARY KEY (revision_id, name)
        ) WITHOUT ROWID""",
        # Where on this computer an article was brought in from.
        """
        CREATE TABLE source (
            path TEXT PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE
        ) WITHOUT ROWID""",
        "CREATE INDEX source_by_article ON source (article_id)",
        # Editions that the program brought; the row outlives the article that a person removed.
        """
        CREATE TABLE bundled (
            name TEXT PRIMARY KEY,
            sha256 TEXT NOT NULL,
            article_id INTEGER REFERENCES article (id) ON DELETE SET NULL
        ) WITHOUT ROWID""",
        # ``place`` is the locator as JSON; ``start`` its offset, for the order.
        """
        CREATE TABLE bookmark (
            id INTEGER PRIMARY KEY,
            uuid TEXT NOT NULL UNIQUE,
            article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
            place TEXT NOT NULL,
            start INTEGER NOT NULL,
            label TEXT NOT NULL,
            remark TEXT NOT NULL,
            created TEXT NOT NULL,
            changed TEXT NOT NULL,
            removed TEXT,
            lost INTEGER NOT NULL DEFAULT 0
        )""",
        "CREATE INDEX bookmark_by_place ON bookmark (article_id, start)",
        """
        CREATE TABLE reading (
            article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
            place TEXT NOT NULL,
            share REAL NOT NULL,
            furthest REAL NOT NULL,
            at TEXT NOT NULL
        )""",
        "CREATE INDEX reading_by_time ON reading (at)",
        # The places one can go back to, oldest first; those after ``current`` lie ahead.
        """
        CREATE TABLE history (
            article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
            places TEXT NOT NULL,
            current INTEGER NOT NULL
        )""",
    ):
        connection.execute(statement)


def _second(connection: sqlite3.Connection) -> None:
    """Keep what a person chose for one reading alone, as a JSON object."""
    connection.execute(
        """
        CREATE TABLE choice (
            article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
            choices TEXT NOT NULL
        )"""
    )


def _third(connection: sqlite3.Connection) -> None:
    """Keep what is folded away in each article: the names of sections, as JSON."""
    connection.execute(
        """
        CREATE TABLE folding (
            article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
            sections TEXT NOT NULL
        )"""
    )


def _fourth(connection: sqlite3.Connection) -> None:
    """Keep a journal of what a person makes, and what they say of their articles: words, tags, collections."""
    for statement in (
        JOURNAL,
        *CHANGES,
        "CREATE INDEX operation_by_entity ON operation (kind, entity, field)",
        # What a person says of an article where the file says otherwise; NULL: as the file says.
        """
        CREATE TABLE description (
            article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
            title TEXT,
            authors TEXT,
            date TEXT,
            language TEXT
        )""",
        """
        CREATE TABLE tag (
            article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
            name TEXT NOT NULL COLLATE NOCASE,
            PRIMARY KEY (article_id, name)
        ) WITHOUT ROWID""",
        "CREATE INDEX tag_by_name ON tag (name)",
        """
        CREATE TABLE collection (
            id INTEGER PRIMARY KEY,
            uuid TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE
        )""",
        """
        CREATE TABLE collected (
            collection_id INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
            article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
            PRIMARY KEY (collection_id, article_id)
        ) WITHOUT ROWID""",
        "CREATE INDEX collected_by_article ON collected (article_id)",
        """
        CREATE TABLE saved_search (
            id INTEGER PRIMARY KEY,
            uuid TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            query TEXT NOT NULL
        )""",
        # A folder of this computer whose texts come in by themselves.
        "CREATE TABLE watched (path TEXT PRIMARY KEY) WITHOUT ROWID",
        # A file that came from one, or could not be read, as it was then: nothing comes in twice, or comes back.
        """
        CREATE TABLE watched_file (
            path TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            sha256 TEXT NOT NULL
        ) WITHOUT ROWID""",
        # The first words of a text, for the list; its fingerprint, by which texts that are nearly alike are found;
        # and the SHA-256 of what was compiled. NULL in what came in before these were kept.
        "ALTER TABLE revision ADD COLUMN opening TEXT",
        "ALTER TABLE revision ADD COLUMN fingerprint INTEGER",
        "ALTER TABLE compiled ADD COLUMN sha256 TEXT",
    ):
        connection.execute(statement)
    for table, fields in _RECORDED.items():
        for recorded in fields:
            seed(connection, table, recorded, _MADE.get(table, NOW))
        record(connection, table, fields)
    for kind in ("article", "bookmark"):
        record_end(connection, kind, wordless=True)
    for kind in ("collection", "saved_search"):
        record_end(connection, kind, wordless=False)


# When what is there was made, where that was kept; the rest counts as made when the journal begins.
_MADE = {
    "article": "coalesce(article.removed, article.added)",
    "bookmark": "coalesce(bookmark.removed, bookmark.changed)",
    "reading": "reading.at",
}
_REVISION = "(SELECT json_quote(sha256) FROM revision WHERE id = {row}.revision_id)"
_PLACED = "(SELECT json_quote(uuid) FROM article WHERE id = {row}.article_id)"
_POSITION = (
    f"json_object('place', {parsed('place')}, 'share', {{row}}.share, 'furthest', {{row}}.furthest, 'at', {{row}}.at)"
)
_COLLECTION = "(SELECT uuid FROM collection WHERE id = {row}.collection_id)"
_RECORDED: Mapping[str, tuple[Recorded, ...]] = {
    "article": (
        Recorded("article", OWN, "added", ("added",), one("added")),
        Recorded("article", OWN, "removed", ("removed",), one("removed")),
        Recorded("article", OWN, "revision", ("revision_id",), _REVISION),
    ),
    "bookmark": (
        Recorded("bookmark", OWN, "article", ("article_id",), _PLACED),
        Recorded("bookmark", OWN, "place", ("place",), parsed("place")),
        *(
            Recorded("bookmark", OWN, column, (column,), one(column))
            for column in ("label", "remark", "created", "removed")
        ),
    ),
    "reading": (
        Recorded("reading", ARTICLE, "position", ("place", "share", "furthest", "at"), _POSITION, fleeting=True),
    ),
    "choice": (Recorded("reading", ARTICLE, "choices", ("choices",), parsed("choices"), fleeting=True),),
    "folding": (Recorded("reading", ARTICLE, "folded", ("sections",), parsed("sections"), fleeting=True),),
    "description": tuple(
        Recorded("article", ARTICLE, column, (column,), one(column))
        for column in ("title", "authors", "date", "language")
    ),
    "tag": (Recorded("article", ARTICLE, "tag", ("name",), one("name")),),
    "collection": (Recorded("collection", OWN, "name", ("name",), one("name")),),
    "collected": (Recorded("collection", _COLLECTION, "member", ("article_id",), _PLACED),),
    "saved_search": tuple(
        Recorded("saved_search", OWN, column, (column,), one(column)) for column in ("name", "query")
    ),
}

STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _second, _third, _fourth)
"""Step number n makes a file of version n out of one of version n - 1."""

VERSION = len(STEPS)


def make_ready(
    connection: sqlite3.Connection,
    file: Path,
    steps: tuple[Callable[[sqlite3.Connection], None], ...] = STEPS,
    journal: str = "WAL",
) -> None:
    """Bring the file to the newest version; an older library is copied beside it first.

    ``journal`` is the mode of SQLite's journal; WAL needs memory that all who open the file share.

    Raises:
        NotALibraryError: the file is a database of another program.
        LibraryTooNewError: a newer version of this program wrote it.
    """
    if journal != "WAL":
        _leave_write_ahead_log(connection, file)
    version = _version_at_once(connection, file, len(steps))
    connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()
    if version == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection, file, len(steps))  # another process may have been first
        if 0 < version < len(steps):
            _keep_copy(file, version)
        for step in steps[version:]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    log.info("library brought from version %d to %d", version, len(steps))


def contents(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    """Return what a file is made of: the kind and the name of each table, index, view and trigger."""
    return frozenset(connection.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))


def newest_contents() -> frozenset[tuple[str, str]]:
    """Return what a file of the newest version is made of."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in STEPS:
            step(connection)
        return contents(connection)


def _leave_write_ahead_log(connection: sqlite3.Connection, file: Path) -> None:
    """Bring a library that was copied here to the older journal: for one that is alone, that needs no shared memory."""
    with file.open("rb") as opened:
        header = opened.read(20)
    if header[18:20] != b"\x02\x02":
        return
    connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    connection.execute("PRAGMA locking_mode = NORMAL").fetchone()
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # lets the lock go


def _version_at_once(connection: sqlite3.Connection, file: Path, newest: int) -> int:
    """Return the version as of one moment: another process may be making the library just now."""
    connection.execute("BEGIN")
    try:
        return _version(connection, file, newest)
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection, file: Path, newest: int) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application == APPLICATION_ID:
        if version > newest:
            raise LibraryTooNewError(file.parent)
        return int(version)
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application or version or tables:
        raise NotALibraryError(file.parent)
    return 0


def _keep_copy(file: Path, version: int) -> None:
    """Copy the library as it is to ``library-of-version-N.sqlite``; an earlier copy is replaced.

    Another connection reads it: one that may write waits for itself in a backup, for ever.
    """
    copy = file.with_name(f"{file.stem}-of-version-{version}{file.suffix}")
    part = copy.with_name(copy.name + PART)
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    part.replace(copy)
    sync_folder(copy.parent)
