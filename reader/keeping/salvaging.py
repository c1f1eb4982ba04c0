"""What can still be read of a damaged database is put into a new one, and what is missing there comes from a backup."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from reader.keeping.opening_up import opened_up
from reader.store.migrations import VERSION, make_ready

log = logging.getLogger(__name__)

TABLES = (
    "article",
    "revision",
    "compiled",
    "resource",
    "source",
    "bundled",
    "bookmark",
    "reading",
    "history",
    "choice",
    "folding",
    "description",
    "tag",
    "collection",
    "collected",
    "saved_search",
    "watched",
    "operation",
)
"""All tables, in an order in which each comes after those it speaks of."""
MAX_GAP = 200_000
"""How many rows between two that can be read are tried one by one."""
RUNS_OUT = 1_000
"""How many that cannot be read in a row end the trying where nobody knows how many there are."""

_PARENTS = {
    "resource": {"revision_id": "revision"},
    "source": {"article_id": "article"},
    "bundled": {"article_id": "article"},
    "tag": {"article_id": "article"},
    "collected": {"article_id": "article", "collection_id": "collection"},
}

Row = tuple[Any, ...]
_Left = dict[str, Any]


class Salvaged(Struct, frozen=True):
    """How many rows of each table were read, taken from the backup, or put aside as they belong to nothing.

    ``incomplete`` are the tables that could not be read to their end; ``listed`` says whether the list of them was
    damaged, and put in anew.
    """

    read: dict[str, int]
    from_backup: dict[str, int]
    aside: int
    incomplete: tuple[str, ...]
    listed: bool


def salvage(damaged: Path, backup: Path | None, target: Path, aside: Path) -> Salvaged:
    """Make a whole database at ``target`` of what is left of one, and of a backup; what fits nowhere goes to ``aside``.

    Raises:
        sqlite3.Error, OSError: the new one cannot be written.
    """
    read: dict[str, int] = {}
    filled: dict[str, int] = {}
    incomplete = []
    with (
        closing(sqlite3.connect(target, isolation_level=None)) as new,
        opened_up(damaged, backup, target.parent) as (readable, listed),
    ):
        make_ready(new, target, journal="DELETE")
        new.execute("BEGIN")
        for table in TABLES:
            if table == "operation":  # those that the triggers wrote just now
                new.execute("DELETE FROM operation")
            whole, read[table] = _take_over(new, readable, table)
            if not whole:
                incomplete.append(table)
        for table in sorted(incomplete, key=lambda name: name != "operation"):
            filled[table] = 0 if backup is None else _fill(new, backup, table)
        put_aside = _put_aside(new, aside)
        new.execute("COMMIT")
    log.info("salvaged: %d rows, %d from a backup", sum(read.values()), sum(filled.values()))
    return Salvaged(read, filled, put_aside, tuple(incomplete), listed)


def _take_over(new: sqlite3.Connection, damaged: Path, table: str) -> tuple[bool, int]:
    """Put the rows of a table that can be read into the new database; return whether that were all, and how many."""
    try:
        with closing(sqlite3.connect(damaged)) as old:
            old.text_factory = lambda data: data.decode("utf-8", "replace")
            columns = _common(old, new, table)
            if not columns:  # of an older version, which had no such table; or there is nothing left of it
                return 0 < old.execute("PRAGMA user_version").fetchone()[0] < VERSION, 0
            rows = _Rows(old, table, columns)
            count = sum(_insert(new, table, columns, row) for row in rows)
            return rows.whole, count
    except sqlite3.Error:
        return False, 0


def _insert(new: sqlite3.Connection, table: str, columns: Sequence[str], row: Row) -> int:
    marks = ", ".join("?" * len(columns))
    try:
        return new.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", row).rowcount
    except sqlite3.Error:  # a value that damage made
        return 0


class _Rows:
    """The rows of a table that can be read: forwards, backwards, and one by one between."""

    def __init__(self, old: sqlite3.Connection, table: str, columns: Sequence[str]) -> None:
        self.whole = True
        self._old, self._table, self._columns = old, table, ", ".join(columns)

    def __iter__(self) -> Iterator[Row]:
        numbered = self._has_numbers()
        order = "rowid" if numbered else self._columns
        last = yield from self._until_damage(f"ORDER BY {order}")
        if self.whole:
            return
        first = yield from self._until_damage(f"ORDER BY {', '.join(f'{each} DESC' for each in order.split(', '))}")
        if numbered:
            yield from self._one_by_one(last or 0, first)

    def _has_numbers(self) -> bool:
        with suppress(sqlite3.Error):
            self._old.execute(f"SELECT rowid FROM {self._table} LIMIT 0")
            return True
        return False

    def _until_damage(self, order: str) -> Generator[Row, None, int | None]:
        number: int | None = None
        selected = "rowid" if "rowid" in order else "0"
        try:
            for row in self._old.execute(f"SELECT {selected}, {self._columns} FROM {self._table} {order}"):
                number = int(row[0])
                yield row[1:]
        except sqlite3.Error:
            self.whole = False
        return number

    def _one_by_one(self, last: int, first: int | None) -> Iterator[Row]:
        end = last + MAX_GAP if first is None else min(first, last + MAX_GAP)
        missed = 0
        for number in range(last + 1, end):
            row = None
            with suppress(sqlite3.Error):
                row = self._old.execute(
                    f"SELECT {self._columns} FROM {self._table} WHERE rowid = ?", (number,)
                ).fetchone()
            missed = 0 if row is not None else missed + 1
            if row is not None:
                yield row
            elif first is None and missed >= RUNS_OUT:
                return


def _fill(new: sqlite3.Connection, backup: Path, table: str) -> int:
    """Put rows of a backup where the table has none of their key, but for what was deleted for good since."""
    gone = {entity for (entity,) in new.execute("SELECT entity FROM operation WHERE field = 'gone'")}
    with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as old:
        columns = _common(old, new, table)
        if not columns:
            return 0
        uuid = columns.index("uuid") if "uuid" in columns and table != "operation" else -1
        rows = old.execute(f"SELECT {', '.join(columns)} FROM {table}")
        return sum(_insert(new, table, columns, row) for row in rows if uuid < 0 or row[uuid] not in gone)


def _common(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> tuple[str, ...]:
    there, here = ([row[1] for row in each.execute(f"PRAGMA table_info({table})")] for each in (old, new))
    return tuple(column for column in here if column in there)


def _put_aside(new: sqlite3.Connection, aside: Path) -> int:
    """Take out what speaks of something that is not there, and write it where a person can read it."""
    left: dict[str, list[_Left]] = {}
    # Articles without a text are nothing; and with them goes what belongs to them.
    new.execute(
        "UPDATE article SET revision_id = (SELECT max(id) FROM revision WHERE article_id = article.id)"
        " WHERE NOT EXISTS (SELECT 1 FROM revision WHERE id = revision_id)"
    )
    for row in new.execute("SELECT rowid, * FROM article WHERE revision_id IS NULL").fetchall():
        left.setdefault("article", []).append({"id": row[0], "values": [repr(each) for each in row[1:]]})
        new.execute("DELETE FROM article WHERE id = ?", (row[0],))
    for _round in range(len(TABLES)):
        loose = {(table, number) for table, number, *_ in new.execute("PRAGMA foreign_key_check").fetchall()}
        if not loose:
            break
        for table, number in loose:
            _put_row_aside(new, table, number, left)
    if left:
        aside.mkdir(parents=True, exist_ok=True)
        text = json.dumps(left, ensure_ascii=False, indent=1, default=lambda data: f"{len(data)} bytes")
        (aside / "rows.json").write_text(text, encoding="utf-8")
    return sum(map(len, left.values()))


def _put_row_aside(new: sqlite3.Connection, table: str, number: int | None, left: dict[str, list[_Left]]) -> None:
    if number is None:  # of a table without numbers: it says nothing that is not said elsewhere
        for column, parent in _PARENTS[table].items():
            new.execute(f"DELETE FROM {table} WHERE {column} NOT IN (SELECT id FROM {parent})")
        return
    cursor = new.execute(f"SELECT * FROM {table} WHERE rowid = ?", (number,))
    row = cursor.fetchone()
    if row is not None:
        names = [each[0] for each in cursor.description]
        left.setdefault(table, []).append(dict(zip(names, row, strict=True)))
        new.execute(f"DELETE FROM {table} WHERE rowid = ?", (number,))
