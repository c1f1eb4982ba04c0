"""Every state that a text was in: all are kept."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import Struct

from reader.store import times
from reader.store.connection import Database


class How(Enum):
    """What a version came from."""

    FILE = "file"
    """A file that was brought in."""
    MENDED = "mended"
    AGAIN = "again"
    """It is just what an earlier version was: a person went back to that, or to the file."""


class Version(Struct, frozen=True):
    """A revision of an article: its id, its number from 1, and, where it is an earlier one again, that one's number."""

    revision: int
    number: int
    added: datetime
    words: int
    file_name: str
    how: How
    same_as: int = 0


def versions(database: Database, article_id: int) -> tuple[Version, ...]:
    """Return the versions of an article, the newest first; none where there is no such article."""
    rows = database.rows(
        "SELECT id, number, added, words, file_name,"
        " EXISTS (SELECT 1 FROM revision AS before WHERE before.article_id = revision.article_id"
        "  AND before.number < revision.number AND before.sha256 = revision.sha256),"
        " coalesce((SELECT min(before.number) FROM revision AS before"
        "  JOIN compiled AS old ON old.revision_id = before.id"
        "  WHERE before.article_id = revision.article_id AND before.number < revision.number"
        "  AND length(old.data) = length(compiled.data) AND old.data = compiled.data), 0)"
        " FROM revision JOIN compiled ON compiled.revision_id = revision.id"
        " WHERE revision.article_id = ? ORDER BY number DESC",
        (article_id,),
    )
    return tuple(
        Version(
            revision,
            number,
            times.read(added),
            words,
            file_name,
            How.AGAIN if same_as else How.MENDED if has_file_before else How.FILE,
            same_as,
        )
        for revision, number, added, words, file_name, has_file_before, same_as in rows
    )
