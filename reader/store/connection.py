"""The library's SQLite file: one connection a thread, transactions, and patience with other windows."""

from __future__ import annotations

import logging
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, get_ident
from typing import Any, TypeVar

from reader.atomic import PART
from reader.store.disks import is_remote
from reader.store.errors import LibraryEmptiedError, LibraryGoneError, is_busy, sentences
from reader.store.migrations import make_ready
from reader.store.presence import Presence

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 60.0
"""How long a write waits for another window's; a large import holds the lock for a second or two."""
PAUSE_SECONDS = 0.02
BUSY_SECONDS = 2.0
"""How much of that SQLite waits by itself at a time: it does not see Ctrl+C."""
WAL_KEPT_BYTES = 16 * 2**20
"""What is left of the write-ahead log after a large import."""
BELONGINGS = ("originals/??/*", "backups/library-*.sqlite")
"""What lies beside a library that has something: where the file is gone, it is not to be made anew over these."""

T = TypeVar("T")


def patiently(action: Callable[[], T]) -> T:
    """Do it, and again while another connection is in the way.

    SQLite's own busy timeout does not cover recovery, a change of the journal or the close of the
    last other connection.
    """
    give_up = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > give_up:
                raise
        time.sleep(PAUSE_SECONDS)


class Database:
    """The file and this process's connections to it.

    Opening makes the file, its folder and its tables where they are missing, and migrates an older
    file. Every call may come from any thread. Who is not ``seen`` reads for a process that is: see ``Presence``.

    Raises:
        LibraryError: the file is not ours, from a newer version, damaged, or out of reach.
    """

    def __init__(self, file: Path, *, seen: bool = True) -> None:
        self.file = file
        self._connections: dict[int, sqlite3.Connection] = {}
        self._lock = Lock()
        with sentences(file.parent):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Computers that share a disk do not see each other's shared memory, which a write-ahead log needs.
        self._journal = "DELETE" if (remote := is_remote(file.parent)) else "WAL"
        self._opened: tuple[int, int] | None = None
        self.presence = Presence(file.parent, remote=remote, seen=seen)
        try:
            self.connection()
        except BaseException:
            self.presence.leave()
            raise
        self._opened = _identity(file)

    def check_that_it_is_there(self) -> None:
        """Make sure that the file is still the one that was opened: a disk may be taken out at any time.

        Raises:
            LibraryGoneError: it is another one, or none.
        """
        if self._opened is not None and _identity(self.file) != self._opened:
            raise LibraryGoneError(self.file.parent)

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection.

        They are kept by the thread's number, not in a ``threading.local``: a thread of Qt's pool
        loses its locals after each task. A number that the system gives out again takes over the
        connection of the thread that ended.
        """
        thread = get_ident()
        connection = self._connections.get(thread)
        if connection is None:
            with sentences(self.file.parent):
                connection = self._open()
            with self._lock:
                self._connections[thread] = connection
        return connection

    def _open(self) -> sqlite3.Connection:
        self.check_that_it_is_there()  # SQLite would make a new one in its place
        self._refuse_to_begin_anew(lambda: not self.file.exists() or not self.file.stat().st_size)
        connection = sqlite3.connect(self.file, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")  # a commit that returned is on the disk
            connection.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")
            if sys.platform == "darwin":
                connection.execute("PRAGMA fullfsync = ON")
            self._refuse_to_begin_anew(lambda: not patiently(lambda: _tables(connection)))
            patiently(lambda: make_ready(connection, self.file, journal=self._journal))
        except BaseException:
            connection.close()
            raise
        return connection

    def _refuse_to_begin_anew(self, is_bare: Callable[[], bool]) -> None:
        """Make sure that nothing is left of a library: in a new one it would belong to nothing, and be swept away."""
        if self._opened is not None or not is_bare():
            return
        found = (each for pattern in BELONGINGS for each in self.file.parent.glob(pattern))
        left = any(each.suffix != PART for each in found)
        if left and is_bare():  # or else another process has just made it
            raise LibraryEmptiedError(self.file.parent)

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query; inside a transaction of this thread, as that one sees them."""
        connection = self.connection()
        with sentences(self.file.parent):
            return patiently(lambda: connection.execute(statement, values).fetchall())

    def row(self, statement: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        found = self.rows(statement, values)
        return found[0] if found else None

    def part_of_blob(self, table: str, column: str, row: int, offset: int, length: int) -> bytes:
        """Return ``length`` bytes of a value from ``offset`` without reading the rest.

        Raises:
            LibraryError: it cannot be read.
        """
        connection = self.connection()

        def part() -> bytes:
            with connection.blobopen(table, column, row, readonly=True) as blob:
                blob.seek(offset)
                return blob.read(length)

        with sentences(self.file.parent):
            return patiently(part)

    def close(self) -> None:
        """Close every connection; the database may not be used afterwards."""
        with self._lock:
            connections = list(self._connections.values())
            self._connections.clear()
        for connection in connections:
            connection.close()
        self.presence.leave()


@contextmanager
def transaction(database: Database) -> Iterator[sqlite3.Connection]:
    """Write in the block: all of it is on the disk when the block ends, or nothing.

    Only one process writes at a time; the others wait here.

    Raises:
        LibraryError: it could not be written; nothing was changed.
    """
    connection = database.connection()
    with sentences(database.file.parent):
        database.check_that_it_is_there()
        database.presence.beat()
        patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # SQLite itself rolls back when the disk is full
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            raise


@contextmanager
def snapshot(database: Database) -> Iterator[None]:
    """Read in the block what was there when it began, whatever is written meanwhile.

    Raises:
        LibraryError: it could not be read.
    """
    connection = database.connection()
    with sentences(database.file.parent):
        connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _tables(connection: sqlite3.Connection) -> int:
    """Return the version of the tables, or, of a file that says none, how many there are."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _identity(file: Path) -> tuple[int, int]:
    """Return what tells a file from any other on this computer; nothing where there is none."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino
