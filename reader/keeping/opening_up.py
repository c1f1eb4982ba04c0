"""A damaged database is made such that SQLite opens it, on a copy: the rows are there where the list of tables is not.

That list stands at the beginning of the file and never changes: a backup has the same, and so has a new library, for
the tables are made in one order. Whether a list fits is seen by what its tables then hold.
"""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from reader.store.migrations import APPLICATION_ID, VERSION, contents, make_ready, newest_contents

log = logging.getLogger(__name__)

PAGE_BYTES = 4096
"""SQLite's own; a library has never had another."""
MAX_MISSING_BYTES = 2**30
"""How much may have been cut off a file; who says more does not know what they say."""
_LOG = "-wal"
_UUID = re.compile(r"[0-9a-zA-Z-]{1,64}")
_KINDS = frozenset({"article", "bookmark", "reading", "collection", "saved_search"})
_COUNTED = slice(28, 32)
_JOURNAL = slice(18, 20)
"""Where the header says how many pages there are, and that there is a write-ahead log."""
_ROOT = 3

Row = tuple[Any, ...]


@contextmanager
def opened_up(damaged: Path, backup: Path | None, room: Path) -> Iterator[tuple[Path, bool]]:
    """Give a copy in ``room`` of a damaged database that can be read as far as possible, for the length of the block.

    Says, too, whether the list of its tables had to be put in anew.

    Raises:
        OSError: it cannot be written.
    """
    copy = room / f"{damaged.name}.copy"
    try:
        yield copy, _open_up(damaged, backup, copy)
    finally:
        for suffix in ("", _LOG, "-shm"):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _open_up(damaged: Path, backup: Path | None, copy: Path) -> bool:
    _copy(damaged, copy)
    _fill_up(copy)
    if _knows_its_tables(copy):
        return False
    for list_of_tables in _lists(backup):
        _copy(damaged, copy)
        _put_beginning(copy, max(int(row[_ROOT]) for row in list_of_tables))
        if _knows_its_tables(copy):  # it was in the log
            return True
        with suppress(sqlite3.Error):
            _put_in(copy, list_of_tables)
            if _knows_its_tables(copy) and _fits(copy):
                log.info("the list of the tables was put in")
                return True
    _copy(damaged, copy)
    _fill_up(copy)
    return False


def _copy(damaged: Path, copy: Path) -> None:
    copy.with_name(f"{copy.name}-shm").unlink(missing_ok=True)
    for suffix in ("", _LOG):
        source, target = (each.with_name(each.name + suffix) for each in (damaged, copy))
        target.unlink(missing_ok=True)
        if source.is_file():
            shutil.copyfile(source, target)


def _fill_up(copy: Path) -> None:
    """Give a file that was cut off as many pages as it says that it has: SQLite reads nothing of a shorter one."""
    if not copy.is_file() or copy.stat().st_size < PAGE_BYTES:
        return
    with copy.open("rb+") as file:
        pages = _pages(file.seek(0, 2))
        file.seek(0)
        counted = int.from_bytes(file.read(100)[_COUNTED], "big")
        missing = (counted - pages) * PAGE_BYTES
        file.truncate(PAGE_BYTES * (counted if 0 < missing <= MAX_MISSING_BYTES else pages))


def _put_beginning(copy: Path, least: int) -> None:
    """Put the beginning of a database without tables over that of the file, and give it at least so many pages."""
    if not copy.is_file() or copy.stat().st_size < PAGE_BYTES:
        return
    with copy.open("rb+") as file:
        pages = max(least, _pages(file.seek(0, 2)))
        file.truncate(pages * PAGE_BYTES)
        page = bytearray(_empty_beginning())
        page[_COUNTED] = pages.to_bytes(4, "big")
        if copy.with_name(copy.name + _LOG).is_file():
            page[_JOURNAL] = b"\x02\x02"
        file.seek(0)
        file.write(page)


def _pages(size: int) -> int:
    return -(-size // PAGE_BYTES)


def _empty_beginning() -> bytes:
    """Return the first page of a database of ours that has no tables."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        return connection.serialize()[:PAGE_BYTES]


def _knows_its_tables(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file)) as connection:
            missing = newest_contents() - contents(connection)
            return not any(kind == "table" for kind, _name in missing)
    except sqlite3.Error:
        return False


def _lists(backup: Path | None) -> Iterator[list[Row]]:
    """Yield the lists of tables that a damaged library may have had: that of its backup, and that of a new one."""
    if backup is not None:
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as old,
        ):
            yield old.execute(_LISTED).fetchall()
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        make_ready(new, Path(), journal="WAL")
        yield new.execute(_LISTED).fetchall()


_LISTED = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE type IN ('table', 'index')"


def _put_in(copy: Path, list_of_tables: list[Row]) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", list_of_tables)
        connection.execute("COMMIT")


def _fits(file: Path) -> bool:
    """Say whether tables hold what they should; where nothing can be read, nobody can say, and it does not."""
    with closing(sqlite3.connect(file)) as connection:
        seen = []
        for question in ("SELECT uuid, 'article' FROM article LIMIT 9", "SELECT uuid, kind FROM operation LIMIT 9"):
            with suppress(sqlite3.Error):
                seen += connection.execute(question).fetchall()
    return bool(seen) and all(_UUID.fullmatch(str(uuid)) and kind in _KINDS for uuid, kind in seen)
