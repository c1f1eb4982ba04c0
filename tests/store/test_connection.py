from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from reader.store.connection import Database, transaction
from reader.store.errors import (
    LibraryDamagedError,
    LibraryFullError,
    LibraryLockedAwayError,
    LibraryTooNewError,
    NotALibraryError,
)
from reader.store.migrations import APPLICATION_ID, VERSION


def test_a_new_file_says_whose_it_is_and_of_which_version(file: Path) -> None:
    Database(file).close()

    header = file.read_bytes()[:100]

    assert int.from_bytes(header[60:64], "big") == VERSION
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID


def test_a_commit_is_on_the_disk_and_readers_do_not_wait(database: Database) -> None:
    assert database.row("PRAGMA journal_mode") == ("wal",)
    assert database.row("PRAGMA synchronous") == (2,)
    assert database.row("PRAGMA foreign_keys") == (1,)


def test_what_fails_inside_a_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), transaction(database) as connection:
        connection.execute("INSERT INTO article (uuid, added) VALUES ('one', '')")
        _ = 1 // 0

    assert database.rows("SELECT * FROM article") == []
    with transaction(database) as connection:
        connection.execute("INSERT INTO article (uuid, added) VALUES ('two', '')")
    assert database.rows("SELECT uuid FROM article") == [("two",)]


def test_each_thread_has_a_connection_of_its_own(database: Database) -> None:
    mine = database.connection()
    theirs: list[sqlite3.Connection] = []

    thread = threading.Thread(target=lambda: theirs.append(database.connection()))
    thread.start()
    thread.join()

    assert database.connection() is mine
    assert theirs[0] is not mine


def test_many_threads_write_at_once_and_nothing_is_lost(database: Database) -> None:
    def write(name: str) -> None:
        for number in range(20):
            with transaction(database) as connection:
                connection.execute("INSERT INTO article (uuid, added) VALUES (?, '')", (f"{name}{number}",))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert database.row("SELECT count(*) FROM article") == (120,)


WRITER = """
import sys
from pathlib import Path
from reader.store.connection import Database, transaction
for number in range(30):
    database = Database(Path(sys.argv[1]))
    with transaction(database) as connection:
        connection.execute("INSERT INTO article (uuid, added) VALUES (?, '')", (f"{sys.argv[2]}-{number}",))
    database.close()
"""


def test_processes_that_open_write_and_close_at_once_meet_no_lock_and_lose_nothing(file: Path) -> None:
    # The first of them makes the file: several at once want to.
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(file), name], stderr=subprocess.PIPE, text=True)
        for name in ("a", "b", "c", "d")
    ]
    ends = [(writer.communicate(timeout=120)[1], writer.returncode) for writer in writers]

    with closing(sqlite3.connect(file)) as connection:
        assert ends == [("", 0)] * 4
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (120,)


def test_a_part_of_a_value_is_read_without_the_rest(database: Database) -> None:
    with transaction(database) as connection:
        connection.execute("INSERT INTO article (id, uuid, added) VALUES (1, 'a', '')")
        connection.execute(
            "INSERT INTO revision (id, article_id, number, added, sha256, original, file_name, format, title, authors,"
            " date, language, words) VALUES (7, 1, 1, '', '', '', '', '', '', '[]', '', '', 0)"
        )
        connection.execute("INSERT INTO compiled (revision_id, data) VALUES (7, ?)", (b"0123456789",))

    assert database.part_of_blob("compiled", "data", 7, 3, 4) == b"3456"
    assert database.part_of_blob("compiled", "data", 7, 8, 4) == b"89"


def test_a_file_of_a_newer_version_is_refused_and_left_alone(file: Path) -> None:
    Database(file).close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = file.read_bytes()

    with pytest.raises(LibraryTooNewError) as refused:
        Database(file)

    assert str(refused.value).endswith("Install the newer version to open it.")
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(file: Path) -> None:
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipe (name)")
    before = file.read_bytes()

    with pytest.raises(NotALibraryError):
        Database(file)

    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"no database " * 1000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_called_damaged_and_left_alone(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(content)

    with pytest.raises(LibraryDamagedError) as refused:
        Database(file)

    assert str(refused.value) == (
        f"The library in “{file.parent}” is damaged; it was left as it is. "
        "“study-reader check --repair” mends it from what is left and the last backup; what is there now is kept."
    )
    assert file.read_bytes() == content


def test_a_file_in_the_place_of_the_folder_gives_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")

    with pytest.raises(LibraryLockedAwayError) as refused:
        Database(tmp_path / "home" / "library.sqlite")

    assert "Check that you may write in that folder" in str(refused.value)


def test_a_full_disk_gives_a_sentence_and_changes_nothing(database: Database) -> None:
    with transaction(database) as connection:
        connection.execute("INSERT INTO article (uuid, added) VALUES ('kept', '')")
    (pages,) = database.row("PRAGMA page_count") or (0,)
    database.rows(f"PRAGMA max_page_count = {pages}")  # what SQLite meets is SQLITE_FULL, as on a full disk

    with pytest.raises(LibraryFullError) as refused, transaction(database) as connection:
        for number in range(2000):
            connection.execute("INSERT INTO article (uuid, added) VALUES (?, ?)", (str(number), "x" * 4000))

    assert "no room left on the disk" in str(refused.value)
    assert database.rows("SELECT uuid FROM article") == [("kept",)]


def test_our_own_mistakes_are_not_told_as_sentences(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database.rows("SELECT nonsense")
