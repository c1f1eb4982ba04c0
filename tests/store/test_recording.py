"""The journal: every change to what a person made is an operation in it, whoever wrote it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from reader.store.migrations import STEPS, make_ready


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


def test_what_is_deleted_for_good_leaves_only_that_it_is_gone(library: sqlite3.Connection) -> None:
    library.execute("UPDATE bookmark SET remark = 'my secret'")
    library.execute("INSERT INTO reading VALUES (1, '{\"exact\": \"words of the text\"}', 0.5, 0.5, '2020')")
    library.execute("UPDATE article SET removed = '2021'")

    library.execute("DELETE FROM article")

    assert library.execute("SELECT kind, entity, field, value, before FROM operation ORDER BY seq").fetchall() == [
        ("bookmark", "mark", "gone", "true", None),
        ("article", "river", "gone", "true", None),
    ]


def test_a_collection_that_is_deleted_can_still_be_told(library: sqlite3.Connection) -> None:
    library.execute("INSERT INTO collection (uuid, name) VALUES ('course', 'Autumn')")

    library.execute("DELETE FROM collection")

    assert journal(library, "course", "name") == [(None, "Autumn")]
    assert journal(library, "course", "gone") == [(None, True)]


def test_times_never_go_back_within_a_field_though_the_clock_does(library: sqlite3.Connection) -> None:
    library.execute("UPDATE operation SET at = '2999-01-01T00:00:00.000000+00:00' WHERE field = 'label'")

    library.execute("UPDATE bookmark SET label = 'there', remark = 'why'")

    last = dict(library.execute("SELECT field, max(at) FROM operation WHERE entity = 'mark' GROUP BY field").fetchall())
    assert last["label"] == "2999-01-01T00:00:00.000000+00:00"
    assert last["remark"] < "2999"


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


def test_a_change_that_is_rolled_back_leaves_no_operation(library: sqlite3.Connection) -> None:
    library.execute("BEGIN")
    library.execute("UPDATE bookmark SET label = 'there'")
    library.execute("ROLLBACK")

    assert journal(library, "mark", "label") == [(None, "where")]


def test_operations_have_identities_of_their_own(library: sqlite3.Connection) -> None:
    (all_of_them, different) = library.execute("SELECT count(*), count(DISTINCT uuid) FROM operation").fetchone()

    assert all_of_them == different > 0
    assert all(UUID(uuid).version == 4 for (uuid,) in library.execute("SELECT uuid FROM operation"))


def test_what_was_there_before_the_journal_is_written_down_as_it_was_made(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        make_ready(connection, file, STEPS[:3])
        connection.execute("INSERT INTO article (uuid, added) VALUES ('river', '2020')")
        connection.execute(
            "INSERT INTO bookmark (uuid, article_id, place, start, label, remark, created, changed)"
            " VALUES ('mark', 1, '{\"start\": 7}', 7, 'where', '', '2020', '2021')"
        )
        connection.execute("INSERT INTO reading VALUES (1, 'not JSON any more', 0.5, 0.75, '2022')")

        make_ready(connection, file)

        assert journal(connection, "mark", "label") == [(None, "where")]
        assert journal(connection, "mark", "place") == [(None, {"start": 7})]
        assert journal(connection, "river", "position") == [
            (None, {"place": "not JSON any more", "share": 0.5, "furthest": 0.75, "at": "2022"})
        ]
        assert connection.execute("SELECT DISTINCT at FROM operation ORDER BY at").fetchall() == [
            ("2020",),
            ("2021",),
            ("2022",),
        ]
