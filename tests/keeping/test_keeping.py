"""What is done by itself after a start."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.article.locator import Locator
from reader.keeping import checking
from reader.keeping.backups import FOLDER, backups
from reader.library import Library, no_step
from reader.paths import Paths

KILLED = """
import os, sys
from pathlib import Path
from reader.library import Library
from reader.paths import Paths
library = Library(Paths.under(Path(sys.argv[1])))
library.add(Path(sys.argv[2]))
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "ferry.txt"
    file.write_text("The ice on the river broke.\n\nIt was spring.\n")
    return file


def test_a_first_start_checks_and_backs_up(paths: Paths, file: Path) -> None:
    with Library(paths) as library:
        library.add(file)

        found = library.keeping().look_after(no_step)

    assert found is not None
    assert found.is_sound
    assert len(backups(paths.data / FOLDER)) == 1


def test_where_nothing_is_due_nothing_is_done(paths: Paths, file: Path) -> None:
    now = datetime.now(UTC)
    with Library(paths) as library:
        library.add(file)
        library.keeping().look_after(no_step)
    with Library(paths, clock=lambda: now + timedelta(days=3)) as library:
        assert library.keeping().look_after(no_step) is None
        library.bookmarks.add(1, Locator(4, 7, "ice", "The ", " on the river"))
        assert library.keeping().look_after(no_step) is None

    assert len(backups(paths.data / FOLDER)) == 2


def test_after_a_month_all_is_looked_at_again(paths: Paths, file: Path) -> None:
    now = datetime.now(UTC)
    with Library(paths) as library:
        library.add(file)
        library.keeping().look_after(no_step)
    with Library(paths, clock=lambda: now + timedelta(days=31)) as library:
        assert library.keeping().look_after(no_step) is not None


def test_a_clock_that_went_back_does_not_end_the_checks(paths: Paths, file: Path) -> None:
    with Library(paths) as library:
        library.add(file)
        library.keeping().look_after(no_step)
    with Library(paths, clock=lambda: datetime(2001, 1, 1, tzinfo=UTC)) as library:
        assert library.keeping().look_after(no_step) is not None


def test_after_a_kill_everything_is_checked_once(paths: Paths, file: Path) -> None:
    with Library(paths) as library:
        library.keeping().look_after(no_step)
    died = subprocess.run([sys.executable, "-c", KILLED, str(paths.data), str(file)], check=False)

    with Library(paths) as library:
        unclean = library.keeping().health().was_unclean
        first, second = (library.keeping().look_after(no_step) for _ in range(2))

    assert died.returncode == -9
    assert unclean
    assert first is not None
    assert (first.texts_checked, first.is_sound, second) == (1, True, None)


def test_a_check_that_was_cut_off_itself_is_done_at_the_next_start(paths: Paths, file: Path) -> None:
    with Library(paths) as library:
        library.add(file)
    (paths.data / checking.FILE).write_bytes(b'{"at": "20')

    with Library(paths) as library:
        assert library.keeping().look_after(no_step) is not None


def test_a_lost_original_does_not_end_the_backups(paths: Paths, file: Path) -> None:
    with Library(paths) as library:
        library.add(file)
        library.original(1).unlink()

        found = library.keeping().look_after(no_step)

    assert found is not None
    assert not found.is_sound
    assert len(backups(paths.data / FOLDER)) == 1
