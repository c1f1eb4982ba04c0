"""Triggers that write down each change to what a person made, as an operation in the journal.

They stand in the file itself: no statement of this program, of a later one or of a repair can change
something and leave it out. Step 4 of the migrations uses this module and is published with it: it may be
added to, but what it makes for a table that is there never changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

JOURNAL = """
    CREATE TABLE operation (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        uuid TEXT NOT NULL UNIQUE,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        entity TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT,
        before TEXT
    )"""
"""``value`` and ``before`` are JSON, NULL where nothing was or is there.

``at`` is UTC and never goes back within a field, even where the clock does: so what was last said of it is
told by ``at``, then ``seq``, also among operations of several computers.
"""

GONE = "gone"
"""The field of the operation that says that an entity was deleted."""

NOW = "strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now')"
UUID = (
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'"
    " || substr('89ab', 1 + (random() & 3), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
)

ARTICLE = "(SELECT uuid FROM article WHERE id = {row}.article_id)"
"""The entity of what belongs to an article and has no identity of its own."""


OWN = "{row}.uuid"


class Recorded(NamedTuple):
    """How a table is recorded: SQL with ``{row}`` for NEW or OLD.

    A change of any of ``columns`` is an operation on ``field`` with ``value``; making and deleting the row
    are operations on the same field. Of a ``fleeting`` one, such as the place last read, only the last is kept.
    """

    table: str
    kind: str
    entity: str
    field: str
    columns: tuple[str, ...]
    value: str
    fleeting: bool = False


def record(connection: sqlite3.Connection, recorded: Recorded) -> None:
    """Make the triggers of one field of a table."""
    for statement in _triggers(recorded):
        connection.execute(statement)


def record_end(connection: sqlite3.Connection, kind: str, *, wordless: bool) -> None:
    """Make the trigger that tells the end of an entity, whose table is called as its kind.

    Where it is only deleted for good, ``wordless`` lets nothing stay in the journal but that it is gone.
    """
    forget = f"DELETE FROM operation WHERE kind IN ('{kind}', 'reading') AND entity = OLD.uuid;" if wordless else ""
    connection.execute(
        f"""CREATE TRIGGER record_{kind}_gone AFTER DELETE ON {kind} BEGIN {forget}
            INSERT INTO operation (uuid, at, kind, entity, field, value, before)
            VALUES ({UUID}, {NOW}, '{kind}', OLD.uuid, '{GONE}', 'true', NULL);
        END"""
    )


def seed(connection: sqlite3.Connection, recorded: Recorded, at: str = NOW) -> None:
    """Write down what was there before the journal; ``at`` is SQL for when that was made."""
    table = recorded.table
    entity, value = recorded.entity.format(row=table), recorded.value.format(row=table)
    connection.execute(
        f"""INSERT INTO operation (uuid, at, kind, entity, field, value)
            SELECT {UUID}, {at}, '{recorded.kind}', {entity}, '{recorded.field}', {value}
            FROM {table} WHERE {value} IS NOT NULL"""
    )


def _triggers(recorded: Recorded) -> Iterator[str]:
    name = f"record_{recorded.table}_{recorded.field}"
    new, old = (recorded.value.format(row=row) for row in ("NEW", "OLD"))
    columns = ", ".join(recorded.columns)
    yield f"CREATE TRIGGER {name}_made AFTER INSERT ON {recorded.table} {_body(recorded, 'NEW', new, 'NULL')}"
    yield (
        f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {columns} ON {recorded.table}"
        f" WHEN {new} IS NOT {old} {_body(recorded, 'NEW', new, old)}"
    )
    if recorded.entity != OWN:  # the end of an entity is one operation: ``record_end``
        yield f"CREATE TRIGGER {name}_deleted AFTER DELETE ON {recorded.table} {_body(recorded, 'OLD', 'NULL', old)}"


def _body(recorded: Recorded, row: str, value: str, before: str) -> str:
    entity = recorded.entity.format(row=row)
    of_field = f"kind = '{recorded.kind}' AND entity = {entity} AND field = '{recorded.field}'"
    forget = (
        f"DELETE FROM operation WHERE {of_field} AND seq < (SELECT max(seq) FROM operation WHERE {of_field});"
        if recorded.fleeting
        else ""
    )
    # Where a row goes because its article goes, that has no identity any more, and is an operation itself.
    return f"""BEGIN
        INSERT INTO operation (uuid, at, kind, entity, field, value, before)
        SELECT {UUID}, max({NOW}, coalesce((SELECT max(at) FROM operation WHERE {of_field}), '')),
            '{recorded.kind}', {entity}, '{recorded.field}', {value}, {before}
        WHERE {entity} IS NOT NULL AND ({value} IS NOT NULL OR {before} IS NOT NULL);
        {forget}
    END"""


def one(column: str) -> str:
    """Return the value of a field that is one column: as JSON, and NULL where it is NULL."""
    return f"CASE WHEN {{row}}.{column} IS NULL THEN NULL ELSE json_quote({{row}}.{column}) END"


def parsed(column: str) -> str:
    """Return a column that holds JSON; what is none, after a fault, is kept as text rather than refused."""
    return f"CASE WHEN json_valid({{row}}.{column}) THEN json({{row}}.{column}) ELSE json_quote({{row}}.{column}) END"
