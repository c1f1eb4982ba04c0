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
"""``seq`` orders, for a clock may go back; ``value`` and ``before`` are JSON, NULL where nothing was or is there."""

ARTICLE = "(SELECT uuid FROM article WHERE id = {row}.article_id)"
"""The entity of what belongs to an article and has no identity of its own."""


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


def _triggers(recorded: Recorded) -> Iterator[str]:
    name = f"record_{recorded.table}_{recorded.field}"
    new, old = (recorded.value.format(row=row) for row in ("NEW", "OLD"))
    columns = ", ".join(recorded.columns)
    yield f"CREATE TRIGGER {name}_made AFTER INSERT ON {recorded.table} {_body(recorded, 'NEW', new, 'NULL')}"
    yield (
        f"CREATE TRIGGER {name}_changed AFTER UPDATE OF {columns} ON {recorded.table}"
        f" WHEN {new} IS NOT {old} {_body(recorded, 'NEW', new, old)}"
    )
    yield f"CREATE TRIGGER {name}_deleted AFTER DELETE ON {recorded.table} {_body(recorded, 'OLD', 'NULL', old)}"


def _body(recorded: Recorded, row: str, value: str, before: str) -> str:
    entity = recorded.entity.format(row=row)
    forget = (
        f"DELETE FROM operation WHERE kind = '{recorded.kind}' AND field = '{recorded.field}' AND entity = {entity};"
        if recorded.fleeting
        else ""
    )
    # Where a row goes because its article goes, that has no identity any more, and is an operation itself.
    return f"""BEGIN {forget}
        INSERT INTO operation (uuid, at, kind, entity, field, value, before)
        SELECT lower(hex(randomblob(16))), strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now'),
            '{recorded.kind}', {entity}, '{recorded.field}', {value}, {before}
        WHERE {entity} IS NOT NULL AND ({value} IS NOT NULL OR {before} IS NOT NULL);
    END"""


def one(column: str) -> str:
    """Return the value of a field that is one column: as JSON, and NULL where it is NULL."""
    return f"CASE WHEN {{row}}.{column} IS NULL THEN NULL ELSE json_quote({{row}}.{column}) END"


def parsed(column: str) -> str:
    """Return a column that holds JSON; what is none, after a fault, is kept as text rather than refused."""
    return f"CASE WHEN json_valid({{row}}.{column}) THEN json({{row}}.{column}) ELSE json_quote({{row}}.{column}) END"
