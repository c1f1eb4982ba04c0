"""The operations of an export, as far as they are believed: which of two libraries spoke last of a field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from sqlite3 import Connection

import msgspec

from reader.keeping.forms import ExportedOperation
from reader.store import times
from reader.store.journal import Key, Last, Operation
from reader.store.recording import GONE

UUID = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z-]{0,63}")
FIELDS = {
    "article": frozenset({"added", "removed", "revision", "title", "authors", "date", "language", "tag", GONE}),
    "bookmark": frozenset({"article", "place", "label", "remark", "created", "removed", GONE}),
    "reading": frozenset({"position", "choices", "folded"}),
    "collection": frozenset({"name", "member", GONE}),
    "saved_search": frozenset({"name", "query", GONE}),
}
"""What an operation may be of; what a later version has more is left out."""
AHEAD = timedelta(days=1)
"""How far ahead of the clock here a time may be; a later one counts as of now."""
Entity = tuple[str, str]


class Told:
    """The operations of an export by what they are of."""

    def __init__(self, operations: Iterable[ExportedOperation]) -> None:
        self._of: dict[Entity, list[Operation]] = {}
        now = times.now()
        for seq, each in enumerate(operations, 1):
            if each.field in FIELDS.get(each.kind, ()) and UUID.fullmatch(each.id) and UUID.fullmatch(each.entity):
                at = now if each.at.tzinfo is None or each.at > now + AHEAD else each.at
                told = Operation(seq, each.id, at, each.kind, each.entity, each.field, each.value, each.before)
                self._of.setdefault((each.kind, each.entity), []).append(told)

    def of(self, kind: str, entity: str) -> Sequence[Operation]:
        """Return the operations of an entity, oldest first."""
        return self._of.get((kind, entity), ())

    def ended(self) -> Iterator[Entity]:
        """Yield what was deleted, some of which was brought back later."""
        return (entity for entity, said in self._of.items() if end_of(said) is not None)


def end_of(said: Iterable[Operation]) -> datetime | None:
    """Return when an entity was last deleted; None where it never was."""
    return max((each.at for each in said if each.is_end), default=None)


def of_what_is_there(said: Sequence[Operation]) -> Sequence[Operation]:
    """Return what is believed of something that is there: that it was deleted, only where it was made again after."""
    made = max((place for place, each in enumerate(said) if each.field in _MAKING), default=-1)
    return [each for place, each in enumerate(said) if place < made or not each.is_end]


_MAKING = frozenset({"added", "created", "name"})


def stays_gone(ours: Iterable[Operation], theirs: Iterable[Operation]) -> bool:
    """Say whether what is not here any more was deleted here after the last word that the export has of it."""
    end, last = end_of(ours), max((each.at for each in theirs), default=None)
    return end is not None and last is not None and last <= end


def newer(ours: dict[Key, Last], theirs: dict[Key, Last], ours_key: Key, theirs_key: Key) -> bool:
    """Say whether the export spoke last of a field: later than the library here, or where that never did."""
    our, their = ours.get(ours_key), theirs.get(theirs_key)
    return our is None or (their is not None and their.at > our.at)


def write(connection: Connection, operations: Iterable[Operation], entity: str, members: dict[str, str]) -> None:
    """Put operations of an export into the journal here, under the UUID that the entity has here.

    ``members`` gives for UUIDs in their values those that are used here.
    """
    connection.executemany(
        "INSERT OR IGNORE INTO operation (uuid, at, kind, entity, field, value, before) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                each.uuid,
                times.written(each.at),
                each.kind,
                entity,
                each.field,
                _written(each.value, members),
                _written(each.before, members),
            )
            for each in operations
            if each.value is not None or each.before is not None
        ],
    )


def _written(value: object, members: dict[str, str]) -> str | None:
    if value is None:
        return None
    return msgspec.json.encode(members.get(value, value) if isinstance(value, str) else value).decode()
