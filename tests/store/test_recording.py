"""The journal: every change to what a person made is an operation in it, whoever wrote it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.store.migrations import make_ready


@pytest.fixture
def library(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A library with one article and a bookmark in it."""
    file = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        make_ready(connection, file)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("INSERT INTO article (uuid, added) VALUES ('river', '2020')")
        connection.execute(
            "INSERT INTO bookmark (uuid, article_id, place, start, label, remark, created, changed)"
            " VALUES ('mark', 1, '{\"start\": 7}', 7, 'where', '', '2020', '2020')"
        )
        yield connection


def journal(library: sqlite3.Connection, entity: str, field: str) -> list[tuple[object, object]]:
    """Return what was there before and after each operation, in order."""
    rows = library.execute(
        "SELECT before, value FROM operation WHERE entity = ? AND field = ? ORDER BY seq", (entity, field)
    )
    return [tuple(None if each is None else json.loads(each) for each in row) for row in rows]  # type: ignore[misc]


def test_what_is_made_is_written_down_field_by_field(library: sqlite3.Connection) -> None:
    assert journal(library, "mark", "label") == [(None, "where")]
    assert journal(library, "mark", "place") == [(None, {"start": 7})]
    assert journal(library, "mark", "article") == [(None, "river")]


def test_a_change_tells_what_was_there_before(library: sqlite3.Connection) -> None:
    library.execute("UPDATE bookmark SET label = 'there'")

    assert journal(library, "mark", "label") == [(None, "where"), ("where", "there")]


def test_what_stays_as_it_is_is_no_operation(library: sqlite3.Connection) -> None:
    library.execute("UPDATE bookmark SET label = 'where', remark = 'why'")

    assert journal(library, "mark", "label") == [(None, "where")]
    assert journal(library, "mark", "remark") == [(None, ""), ("", "why")]


def test_what_is_deleted_for_good_is_written_down_too(library: sqlite3.Connection) -> None:
    library.execute("DELETE FROM bookmark")

    assert journal(library, "mark", "label")[-1] == ("where", None)


def test_of_the_place_last_read_only_the_last_operation_is_kept(library: sqlite3.Connection) -> None:
    for moment in ("one", "two", "three"):
        library.execute(
            "INSERT INTO reading VALUES (1, '{}', 0.5, 0.5, ?) ON CONFLICT (article_id) DO UPDATE SET at = excluded.at",
            (moment,),
        )

    ((before, after),) = journal(library, "river", "position")
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["at"], after["at"]) == ("two", "three")


def test_tags_and_collections_are_written_down_by_the_article_they_are_of(library: sqlite3.Connection) -> None:
    library.execute("INSERT INTO tag VALUES (1, 'history')")
    library.execute("INSERT INTO collection (uuid, name) VALUES ('course', 'Autumn')")
    library.execute("INSERT INTO collected VALUES (1, 1)")

    library.execute("DELETE FROM tag")

    assert journal(library, "river", "tag") == [(None, "history"), ("history", None)]
    assert journal(library, "course", "name") == [(None, "Autumn")]
    assert journal(library, "course", "member") == [(None, "river")]


def test_an_article_that_goes_takes_what_belongs_to_it(library: sqlite3.Connection) -> None:
    library.execute("INSERT INTO tag VALUES (1, 'history')")

    library.execute("DELETE FROM article")

    assert journal(library, "river", "added") == [(None, "2020"), ("2020", None)]
    assert library.execute("SELECT count(*) FROM operation WHERE entity IS NULL").fetchone() == (0,)


def test_a_change_that_is_rolled_back_leaves_no_operation(library: sqlite3.Connection) -> None:
    library.execute("BEGIN")
    library.execute("UPDATE bookmark SET label = 'there'")
    library.execute("ROLLBACK")

    assert journal(library, "mark", "label") == [(None, "where")]


def test_operations_have_identities_of_their_own(library: sqlite3.Connection) -> None:
    (all_of_them, different) = library.execute("SELECT count(*), count(DISTINCT uuid) FROM operation").fetchone()

    assert all_of_them == different > 0
