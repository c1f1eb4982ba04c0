"""The journal as it is read: what was changed, when, and what was there before. ``recording`` writes it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from reader.store import times
from reader.store.connection import Database
from reader.store.recording import GONE

MANY = frozenset({("article", "tag"), ("collection", "member")})
"""Fields of which an entity has several values at once: an operation adds one, takes one away, or does both."""
PORTION = 1000
"""Operations that are read at a time."""

_COLUMNS = "seq, uuid, at, kind, entity, field, value, before"

Value = Any
"""What JSON can say."""


class Operation(Struct, frozen=True):
    """A change of one field of one entity.

    ``seq`` counts in this library alone; ``uuid`` names the operation everywhere. ``value`` and ``before`` are
    what is there since and what was there before; None where there is or was nothing.
    """

    seq: int
    uuid: str
    at: datetime
    kind: str
    entity: str
    field: str
    value: Value
    before: Value

    @property
    def is_end(self) -> bool:
        """Say whether the entity was deleted."""
        return self.field == GONE


class Last(Struct, frozen=True):
    """What was last said of a field, or of one of its several values: when, and whether it is there."""

    at: datetime
    seq: int
    present: bool


Key = tuple[str, str, str, str]
"""Kind, entity, field; and the value, where the field has several."""


class Journal:
    """The operations of a library, oldest first.

    Raises:
        LibraryError: it could not be read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> int:
        """Return the number of the last operation there ever was; 0 before the first."""
        row = self._database.row("SELECT seq FROM sqlite_sequence WHERE name = 'operation'")
        return 0 if row is None else int(row[0])

    def since(self, seq: int = 0) -> Iterator[Operation]:
        """Yield what came after an operation, a portion at a time: what is written meanwhile comes too."""
        while True:
            rows = self._database.rows(
                f"SELECT {_COLUMNS} FROM operation WHERE seq > ? ORDER BY seq LIMIT ?", (seq, PORTION)
            )
            yield from map(_operation, rows)
            if len(rows) < PORTION:
                return
            seq = rows[-1][0]

    def of(self, kind: str, entity: str) -> tuple[Operation, ...]:
        """Return what was done with one entity."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM operation WHERE kind = ? AND entity = ? ORDER BY seq", (kind, entity)
        )
        return tuple(map(_operation, rows))


def latest(operations: Iterable[Operation]) -> dict[Key, Last]:
    """Return what was last said of each field: by ``at``, then ``seq``."""
    found: dict[Key, Last] = {}
    for each in operations:
        for key, present in _said(each):
            last = found.get(key)
            if last is None or (last.at, last.seq) <= (each.at, each.seq):
                found[key] = Last(each.at, each.seq, present)
    return found


def _said(each: Operation) -> Iterator[tuple[Key, bool]]:
    if (each.kind, each.field) not in MANY:
        yield (each.kind, each.entity, each.field, ""), each.value is not None
        return
    for value, present in ((each.before, False), (each.value, True)):
        if value is not None:
            yield (each.kind, each.entity, each.field, str(value).casefold()), present


def forget(connection: sqlite3.Connection, before: datetime) -> int:
    """Forget the words of what was over before a moment; return how many operations went.

    Those are fields that have another value since, and collections and searches that were deleted.
    """
    moment = times.written(before)
    deleted = connection.execute(
        "DELETE FROM operation WHERE field <> ? AND EXISTS (SELECT 1 FROM operation AS over"
        " WHERE over.kind = operation.kind AND over.entity = operation.entity AND over.seq > operation.seq"
        " AND over.field = ? AND over.at < ?)",
        (GONE, GONE, moment),
    ).rowcount
    several = ", ".join(f"'{field}'" for _kind, field in sorted(MANY))
    superseded = connection.execute(
        f"DELETE FROM operation WHERE at < ? AND field NOT IN ({several})"
        " AND seq < (SELECT max(seq) FROM operation AS later WHERE later.kind = operation.kind"
        " AND later.entity = operation.entity AND later.field = operation.field AND later.at < ?)",
        (moment, moment),
    ).rowcount
    return int(deleted + superseded)


def _operation(row: tuple[Any, ...]) -> Operation:
    seq, uuid, at, kind, entity, field, value, before = row
    return Operation(seq, uuid, times.read(at), kind, entity, field, _read(value), _read(before))


def _read(stored: str | None) -> Value:
    return None if stored is None else json.loads(stored)
