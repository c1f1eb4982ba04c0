from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from reader.article.locator import Locator
from reader.errors import CancelledError
from reader.keeping.backups import DAILY, FOLDER, MONTHLY, WEEKLY, backups, is_due, newest_whole, rotated, take
from reader.keeping.errors import NoRoomError
from reader.library import FILE, Library, no_step
from reader.paths import Paths
from reader.store.connection import Database, transaction
from reader.store.errors import LibraryDamagedError

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    database = Database(paths.data / FILE)
    shelve(database, "first")
    yield database
    database.close()


@pytest.fixture
def folder(paths: Paths) -> Path:
    return paths.data / FOLDER


def shelve(database: Database, uuid: str) -> None:
    with transaction(database) as connection:
        connection.execute("INSERT INTO article (uuid, added) VALUES (?, '2020')", (uuid,))


def articles(file: Path) -> list[str]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return [uuid for (uuid,) in connection.execute("SELECT uuid FROM article")]


def test_a_backup_holds_the_library_of_its_moment(database: Database, folder: Path) -> None:
    taken = take(database, folder, NOW, no_step)
    shelve(database, "second")

    assert articles(taken.file) == ["first"]
    assert taken.is_whole()
    assert sorted(path.name for path in folder.iterdir()) == [
        "library-20261124T120000.sqlite",
        "library-20261124T120000.sqlite.sha256",
    ]


def test_a_changed_byte_is_told_by_the_checksum(database: Database, folder: Path) -> None:
    older = take(database, folder, NOW - DAY, no_step)
    newer = take(database, folder, NOW, no_step)
    data = bytearray(newer.file.read_bytes())
    data[5000] ^= 1
    newer.file.write_bytes(data)

    assert not newer.is_whole()
    assert newest_whole(folder) == older


def test_a_backup_is_due_a_day_later_where_something_changed(database: Database, folder: Path) -> None:
    due = [is_due(database, folder, NOW)]
    take(database, folder, NOW, no_step)

    due.append(is_due(database, folder, NOW + 2 * DAY))
    shelve(database, "second")
    due += [is_due(database, folder, NOW + timedelta(hours=23)), is_due(database, folder, NOW + DAY)]

    assert due == [True, False, False, True]


def test_a_clock_that_went_back_does_not_end_the_backups(database: Database, folder: Path) -> None:
    take(database, folder, NOW + 400 * DAY, no_step)
    shelve(database, "second")

    assert is_due(database, folder, NOW)


def test_a_backup_that_is_taken_last_counts_as_the_newest_though_the_clock_went_back(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        take(database, folder, NOW + 400 * DAY + number * DAY, no_step)
    shelve(database, "second")
    monkeypatch.setattr("reader.keeping.backups.SHARE", 10**12)  # there is room for two

    taken = take(database, folder, NOW, no_step)

    assert newest_whole(folder) == taken
    assert not is_due(database, folder, NOW + DAY)
    assert [backup.at for backup in backups(folder)] == [NOW, NOW + 402 * DAY]
    later = take(database, folder, NOW + DAY, no_step)
    assert [backup.file.name for backup in backups(folder)] == [
        "library-20261125T120000-1.sqlite",
        "library-20261124T120000-1.sqlite",
    ]
    assert later.is_whole()


def test_backups_of_one_second_are_two(database: Database, folder: Path) -> None:
    first, second = (take(database, folder, NOW, no_step) for _ in range(2))

    assert (first.is_whole(), second.is_whole()) == (True, True)
    assert backups(folder) == (second, first)


BACK_UP = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reader.library import Library, no_step
from reader.paths import Paths
with Library(Paths.under(Path(sys.argv[1])), clock=lambda: datetime(2026, 11, 24, tzinfo=UTC)) as library:
    for _ in range(4):
        print(library.keeping().back_up(no_step).file.name, flush=True)
"""


def test_two_processes_that_back_up_at_once_take_whole_backups_each(database: Database, folder: Path) -> None:
    program = [sys.executable, "-c", BACK_UP, str(folder.parent)]
    both = [subprocess.Popen(program, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    said = [each.communicate(timeout=120)[0].split() for each in both]

    assert [each.returncode for each in both] == [0, 0]
    assert len({*said[0], *said[1]}) == 8
    assert {backup.file.name for backup in backups(folder)} == {*said[0], *said[1]}
    assert all(backup.is_whole() for backup in backups(folder))


def test_what_a_killed_backup_left_is_swept_after_a_day(database: Database, folder: Path) -> None:
    folder.mkdir()
    left = [folder / "library-20261123T120000.sqlite.sha256", folder / "library-20261123T120000.sqlite.77.part"]
    for file in left:
        file.touch()
        os.utime(file, (1, 1))

    take(database, folder, NOW, no_step)

    assert not any(file.exists() for file in left)


def test_of_four_years_the_last_days_weeks_and_months_are_kept() -> None:
    every_day = [NOW - number * DAY for number in range(1460)]

    kept = sorted(rotated(every_day), reverse=True)

    assert kept[:DAILY] == every_day[:DAILY]
    assert len(kept) <= DAILY + WEEKLY + MONTHLY
    assert {(moment.year, moment.month) for moment in kept} == {
        (2025, 12),
        *((2026, month) for month in range(1, 12)),
    }
    assert rotated(kept) == frozenset(kept)


def test_the_rotation_deletes_what_it_does_not_keep(database: Database, folder: Path) -> None:
    for number in range(20):
        take(database, folder, NOW + number * timedelta(hours=6), no_step)

    assert [backup.at.day for backup in backups(folder)] == [29, 28, 27, 26, 25, 24]
    assert len(list(folder.iterdir())) == 12


def test_a_full_disk_keeps_what_there_is(database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = take(database, folder, NOW, no_step)
    monkeypatch.setattr("reader.keeping.backups.SPARE_BYTES", shutil.disk_usage(folder).total)

    with pytest.raises(NoRoomError):
        take(database, folder, NOW + DAY, no_step)

    assert backups(folder) == (first,)


def test_backups_that_take_too_much_room_go_the_oldest_first(
    database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.keeping.backups.SHARE", 10**12)

    for number in range(5):
        take(database, folder, NOW + number * DAY, no_step)

    assert [backup.at.day for backup in backups(folder)] == [28, 27]


def test_a_damaged_library_lets_no_good_backup_go(database: Database, folder: Path, paths: Paths) -> None:
    shelve(database, "x" * 50_000)
    first = take(database, folder, NOW, no_step)
    database.close()
    file = paths.data / FILE
    data = bytearray(file.read_bytes())
    data[8192:32768] = b"\xff" * (32768 - 8192)
    file.write_bytes(data)
    damaged = Database(file)

    with pytest.raises(LibraryDamagedError):
        take(damaged, folder, NOW + DAY, no_step)

    assert backups(folder) == (first,)
    damaged.close()


def test_a_backup_that_is_stopped_leaves_nothing(database: Database, folder: Path) -> None:
    def stop(share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        take(database, folder, NOW, stop)

    assert list(folder.iterdir()) == []


def test_writing_goes_on_while_a_backup_is_taken(paths: Paths, folder: Path, tmp_path: Path) -> None:
    with Library(paths) as library:
        (tmp_path / "ferry.txt").write_text("The ice on the river broke.\n\n" * 2000)
        library.add(tmp_path / "ferry.txt")
        begun, written = Event(), []

        def write() -> None:
            begun.wait(60)
            place = Locator(4, 7, "ice", "The ", " on the river")
            written.extend(library.bookmarks.add(1, place, str(number)) for number in range(50))

        writer = Thread(target=write)
        writer.start()

        def step(share: float) -> None:
            begun.set()
            writer.join(60)  # all of it is written before the backup goes on

        backup = library.keeping().back_up(step)

        assert len(written) == 50
        assert len(library.bookmarks.of(1)) == 50
    with closing(sqlite3.connect(backup.file)) as connection:
        assert connection.execute("SELECT count(*) FROM bookmark").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
