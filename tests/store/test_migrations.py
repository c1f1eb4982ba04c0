from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from reader.store.migrations import STEPS, VERSION, make_ready


def a_step(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE article ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def a_step_that_fails(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE article ADD COLUMN colour TEXT")
    connection.execute("no SQL")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of the present version with one article."""
    file = tmp_path / "library.sqlite"
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        make_ready(connection, file)
        connection.execute("INSERT INTO article (uuid, added) VALUES ('kept', '2020')")
    return file


def test_an_older_library_is_brought_up_with_what_is_in_it(library: Path) -> None:
    with closing(sqlite3.connect(library, isolation_level=None)) as connection:
        make_ready(connection, library, (*STEPS, a_step))

        assert connection.execute("SELECT uuid, colour FROM article").fetchall() == [("kept", "red")]
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)


def test_a_copy_of_the_older_library_is_kept(library: Path) -> None:
    with closing(sqlite3.connect(library, isolation_level=None)) as connection:
        make_ready(connection, library, (*STEPS, a_step))

    copy = library.with_name(f"library-of-version-{VERSION}.sqlite")
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        make_ready(connection, copy)
        assert connection.execute("SELECT uuid FROM article").fetchall() == [("kept",)]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_step_that_fails_leaves_the_library_as_it_was(library: Path) -> None:
    with closing(sqlite3.connect(library, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            make_ready(connection, library, (*STEPS, a_step_that_fails))

        make_ready(connection, library)
        assert connection.execute("SELECT * FROM article").fetchall() == [(1, "kept", "2020", None, None)]


def test_a_new_library_has_no_copy_beside_it(library: Path) -> None:
    assert [path.name for path in library.parent.iterdir()] == ["library.sqlite"]


def test_a_creation_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    file.touch()

    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        make_ready(connection, file)

        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
