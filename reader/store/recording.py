"""Triggers that write down each change to what a person made, as an operation in the journal.

How an operation is written stands in one place, a view that is only written to; the triggers of a table tell it
what was there before and what is there now. SQLite reads all of it at every start: it is kept short.

They stand in the file itself: no statement of this program, of a later one or of a repair can change
something and leave it out. Step 4 of the migrations uses this module and is published with it: it may be
added to, but what it makes for a table that is there never changes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
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
"""The entity of what has an identity of its own."""

_OF_FIELD = "kind = NEW.kind AND entity = NEW.entity AND field = NEW.field"
# Where a row goes because its article goes, that has no identity any more, and is an operation itself.
CHANGES = (
    """CREATE VIEW change (kind, entity, field, value, before, fleeting) AS
        SELECT kind, entity, field, value, before, 0 FROM operation WHERE 0""",
    f"""CREATE TRIGGER record INSTEAD OF INSERT ON change
        WHEN NEW.entity IS NOT NULL AND NEW.value IS NOT NEW.before BEGIN
        INSERT INTO operation (uuid, at, kind, entity, field, value, before) VALUES ({UUID},
            max({NOW}, coalesce((SELECT max(at) FROM operation WHERE {_OF_FIELD}), '')),
            NEW.kind, NEW.entity, NEW.field, NEW.value, NEW.before);
        DELETE FROM operation WHERE NEW.fleeting AND {_OF_FIELD}
            AND seq < (SELECT max(seq) FROM operation WHERE {_OF_FIELD});
    END""",
)
"""The view that takes changes, and what it does with one; ``operation`` has to be there."""


class Recorded(NamedTuple):
    """How a field is recorded: SQL with ``{row}`` for NEW or OLD.

    A change of any of ``columns`` is an operation on ``field`` with ``value``; making and deleting the row
    are operations on the same field. Of a ``fleeting`` one, such as the place last read, only the last is kept.
    """

    kind: str
    entity: str
    field: str
    columns: tuple[str, ...]
    value: str
    fleeting: bool = False


def record(connection: sqlite3.Connection, table: str, fields: Sequence[Recorded]) -> None:
    """Make the triggers of a table."""
    for statement in _triggers(table, fields):
        connection.execute(statement)


def record_end(connection: sqlite3.Connection, kind: str, *, wordless: bool) -> None:
    """Make the trigger that tells the end of an entity, whose table is called as its kind.

    Where it is only deleted for good, ``wordless`` lets nothing stay in the journal but that it is gone.
    """
    forget = f"DELETE FROM operation WHERE kind IN ('{kind}', 'reading') AND entity = OLD.uuid;" if wordless else ""
    connection.execute(
        f"CREATE TRIGGER record_{kind}_gone AFTER DELETE ON {kind} BEGIN {forget}"
        f" INSERT INTO change VALUES ('{kind}', OLD.uuid, '{GONE}', 'true', NULL, 0); END"
    )


def seed(connection: sqlite3.Connection, table: str, recorded: Recorded, at: str = NOW) -> None:
    """Write down what was there before the journal; ``at`` is SQL for when that was made."""
    entity, value = recorded.entity.format(row=table), recorded.value.format(row=table)
    connection.execute(
        f"""INSERT INTO operation (uuid, at, kind, entity, field, value)
            SELECT {UUID}, {at}, '{recorded.kind}', {entity}, '{recorded.field}', {value}
            FROM {table} WHERE {value} IS NOT NULL"""
    )


def _triggers(table: str, fields: Sequence[Recorded]) -> Iterator[str]:
    columns = ", ".join(dict.fromkeys(column for each in fields for column in each.columns))
    yield _trigger(f"record_{table}_made AFTER INSERT ON {table}", fields, "NEW", "")
    yield _trigger(f"record_{table}_changed AFTER UPDATE OF {columns} ON {table}", fields, "NEW", "OLD")
    if any(each.entity != OWN for each in fields):  # the end of an entity is one operation: ``record_end``
        yield _trigger(f"record_{table}_deleted AFTER DELETE ON {table}", fields, "", "OLD")


def _trigger(name: str, fields: Sequence[Recorded], new: str, old: str) -> str:
    """Return a trigger that tells of each field what is in the row ``new``, and was in ``old``; of none, nothing."""
    told = []
    for each in fields:
        value, before = (each.value.format(row=row) if row else "NULL" for row in (new, old))
        entity = each.entity.format(row=new or old)
        told.append(f"('{each.kind}', {entity}, '{each.field}', {value}, {before}, {int(each.fleeting)})")
    return f"CREATE TRIGGER {name} BEGIN INSERT INTO change VALUES {', '.join(told)}; END"


def one(column: str) -> str:
    """Return the value of a field that is one column: as JSON, and NULL where it is NULL."""
    return f"CASE WHEN {{row}}.{column} IS NOT NULL THEN json_quote({{row}}.{column}) END"


def parsed(column: str) -> str:
    """Return a column that holds JSON; what is none, after a fault, is kept as text rather than refused."""
    return f"CASE WHEN json_valid({{row}}.{column}) THEN json({{row}}.{column}) ELSE json_quote({{row}}.{column}) END"
