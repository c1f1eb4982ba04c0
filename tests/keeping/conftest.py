"""Libraries that are filled as a person fills them, and all that is in one, to compare."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.importers.sandbox import Readers
from reader.keeping.exporting import export
from reader.keeping.restoring import Restored, Restoring
from reader.library import FILE, no_step
from reader.store.connection import Database
from reader.store.files import Originals

FERRY = """\
---
title: The Ferry
---

# Spring

The ice on the river broke.[^1]

![A map](map.svg)

[^1]: Nobody wrote it down.
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    with Readers() as readers:
        yield readers


def export_to(data: Path, folder: Path) -> int:
    database = Database(data / FILE)
    try:
        return export(database, Originals(data / "originals"), folder, no_step)
    finally:
        database.close()


def restore_from(folder: Path, data: Path, readers: Readers) -> Restored:
    database = Database(data / FILE)
    try:
        return Restoring(database, Originals(data / "originals"), readers).restore(folder, no_step)
    finally:
        database.close()


_OF_ARTICLE = "JOIN article ON article.id = article_id"
QUESTIONS = {
    "articles": "SELECT uuid, added, removed, (SELECT number FROM revision WHERE id = revision_id) FROM article",
    "revisions": "SELECT uuid, number, revision.added, revision.sha256, original, file_name, format, title, authors,"
    f" date, language, words, data, compiled.sha256 FROM revision {_OF_ARTICLE}"
    " JOIN compiled ON compiled.revision_id = revision.id",
    "pictures": "SELECT uuid, number, name, media_type, file FROM resource"
    f" JOIN revision ON revision.id = resource.revision_id {_OF_ARTICLE}",
    "bookmarks": "SELECT article.uuid, bookmark.uuid, place, start, label, remark, created, changed,"
    f" bookmark.removed, lost FROM bookmark {_OF_ARTICLE}",
    "positions": f"SELECT uuid, place, share, furthest, at FROM reading {_OF_ARTICLE}",
    "histories": f"SELECT uuid, places, current FROM history {_OF_ARTICLE}",
    "choices": f"SELECT uuid, choices FROM choice {_OF_ARTICLE}",
    "folded": f"SELECT uuid, sections FROM folding {_OF_ARTICLE}",
    "descriptions": f"SELECT uuid, title, authors, date, language FROM description {_OF_ARTICLE}",
    "tags": f"SELECT uuid, name FROM tag {_OF_ARTICLE}",
    "collections": "SELECT uuid, name FROM collection",
    "members": "SELECT collection.uuid, article.uuid FROM collected"
    f" JOIN collection ON collection.id = collection_id {_OF_ARTICLE}",
    "searches": "SELECT uuid, name, query FROM saved_search",
    "editions": "SELECT name, sha256, uuid FROM bundled LEFT JOIN article ON article.id = article_id",
    "journal": "SELECT uuid, at, kind, entity, field, value, before FROM operation",
}


def everything(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that a person made, in an order of its own; the journal by what its JSON says (1e-9 is 1.0e-09)."""
    database = Database(data / FILE)
    try:
        found = {name: database.rows(question) for name, question in QUESTIONS.items()}
    finally:
        database.close()
    found["journal"] = [(*row[:-2], *(each and json.loads(each) for each in row[-2:])) for row in found["journal"]]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}
