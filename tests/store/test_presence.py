"""Who has a library open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest

from reader.store import presence
from reader.store.connection import Database
from reader.store.errors import LibraryElsewhereError
from reader.store.presence import FOLDER, Presence

HOLD = """
import sys
from pathlib import Path
from queue import SimpleQueue
from reader.store.connection import Database
database = Database(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
database.close()
"""


@contextmanager
def another_process(file: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that has the library open until it is told to end."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    yield child
    child.stdin.close()
    child.wait(60)
    child.stdout.close()


def left_behind(folder: Path, host: str, age: float = 0.0) -> Path:
    """Leave what a process of a computer leaves that was killed, or whose locks nobody can see."""
    file = folder / FOLDER / "4711-aaaaaaaa.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"host": host, "pid": 4711}))
    then = file.stat().st_mtime - age
    os.utime(file, (then, then))
    return file


def test_processes_of_one_computer_share_a_library(file: Path) -> None:
    with another_process(file):
        database = Database(file)

        assert database.presence.others() == 1
        assert not database.presence.unclean
        database.close()


def test_who_leaves_leaves_nothing_behind(file: Path) -> None:
    Database(file).close()

    assert list((file.parent / FOLDER).iterdir()) == []


def test_a_process_that_was_killed_is_told_once(file: Path) -> None:
    with another_process(file) as other:
        other.kill()
        other.wait(60)

    first = Database(file)
    second = Database(file)
    told = first.presence.unclean, second.presence.unclean
    first.close()
    second.close()

    assert told == (True, False)
    assert list((file.parent / FOLDER).iterdir()) == []


def test_a_library_that_another_computer_has_open_is_left_alone(file: Path) -> None:
    left_behind(file.parent, "study", age=240)

    with pytest.raises(LibraryElsewhereError) as refused:
        Database(file)

    assert str(refused.value) == (
        f"The library in “{file.parent}” is open on the computer “study”; it was left as it is. "
        "Close it there, then try again."
    )
    assert [each.name for each in file.parent.iterdir()] == [FOLDER]
    assert len(list((file.parent / FOLDER).iterdir())) == 1


def test_another_computer_that_is_silent_for_long_has_let_the_library_go(file: Path) -> None:
    left_behind(file.parent, "study", age=400)

    database = Database(file)

    assert database.presence.unclean
    database.close()


def test_a_clock_that_is_wrong_by_years_locks_nobody_out(file: Path) -> None:
    left_behind(file.parent, "study", age=-3e8)

    Database(file).close()


def test_a_lock_of_another_computer_counts_however_old_its_file_is(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with another_process(file):
        for each in (file.parent / FOLDER).iterdir():
            os.utime(each, (0, 0))
        monkeypatch.setattr(presence, "host", lambda: "another")

        with pytest.raises(LibraryElsewhereError):
            Database(file)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"host": {}}', b"\xff" * 5000])
def test_nonsense_that_is_left_behind_locks_nobody_out(file: Path, content: bytes) -> None:
    left_behind(file.parent, "study").write_bytes(content)

    Database(file).close()


def test_a_beat_is_told_only_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Presence(tmp_path, remote=False)
    (file,) = (tmp_path / FOLDER).iterdir()
    os.utime(file, (0, 0))

    here.beat()
    at_once = file.stat().st_mtime
    monkeypatch.setattr(presence, "BEAT_SECONDS", -1.0)
    here.beat()

    assert (at_once, file.stat().st_mtime > 0) == (0, True)
    here.leave()


def test_on_a_network_drive_the_beat_goes_on_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "BEAT_SECONDS", 0.02)
    beaten: SimpleQueue[Path] = SimpleQueue()
    monkeypatch.setattr(os, "utime", beaten.put)

    here = Presence(tmp_path, remote=True)

    assert [beaten.get(timeout=60), beaten.get(timeout=60)] == 2 * list((tmp_path / FOLDER).iterdir())
    here.leave()
