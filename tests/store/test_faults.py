"""Real faults under a library that is written to: what was acknowledged is on the disk, and each fault is a sentence.

A full disk is a small file system of its own where the tests may mount one, else a limit of the size of files. Faults
of single calls are put under SQLite by a library that is loaded before the C library (``faulty_disk.c``).
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from reader.article.locator import Locator
from reader.library import FILE, Library
from reader.paths import Paths
from reader.store.errors import LibraryError, LibraryFullError, LibraryGoneError, LibraryLockedAwayError

HERE = Path(__file__).parent
PLACE = Locator(4, 7, "ice", "The ", " on the river broke.")
ARTICLE = "The ice on the river broke.\n\nIt was spring.\n"

WRITE = """
import sys
from pathlib import Path
from reader.article.locator import Locator
from reader.errors import ReaderError
from reader.library import Library
from reader.paths import Paths
folder, count, file = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
refused = 0
library = None
for number in range(count):
    try:
        library = library or Library(Paths.under(folder))
        mark = library.bookmarks.add(1, Locator(4, 7, "ice", "The ", " on the river broke."), f"label {number}" * 40)
        print("mark", mark.id, flush=True)
        if number % 10 == 0:
            file.write_text(f"Text number {number}.\\n\\n" + f"Words of {number}. " * 200)
            print("text", library.add(file).article_id, flush=True)
    except ReaderError as error:
        assert str(error).endswith("."), error
        print("refused", type(error).__name__, flush=True)
"""


def sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def begin(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "ferry.txt").write_text(ARTICLE)
    with Library(paths) as library:
        library.add(tmp_path / "ferry.txt")


def said_by(output: str) -> dict[str, list[str]]:
    said: dict[str, list[str]] = {"mark": [], "text": [], "refused": []}
    for line in output.splitlines():
        kind, _, value = line.partition(" ")
        said[kind].append(value)
    return said


def lost(paths: Paths, said: dict[str, list[str]]) -> list[str]:
    """Return what was acknowledged and is not there."""
    with Library(paths) as library:
        marks = {mark.id for mark in library.bookmarks.of(1)}
        texts = {str(entry.id): entry for entry in library.shelf.articles()}
        missing = [mark for mark in said["mark"] if mark not in marks]
        missing += [text for text in said["text"] if text not in texts or not library.original(int(text)).is_file()]
    assert sound(paths.data / FILE)
    return missing


# -- a full disk ---------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes where one can be mounted, else an ordinary folder: see ``is_small``."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and sys.platform == "linux"
    if not mounted or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False).returncode:
        yield place
        return
    yield place
    subprocess.run(["umount", "-l", place], check=True)


NO_SMALL_DISK = "no file system can be mounted here; the limit of the size of files stands for it in another test"


def is_small(place: Path) -> bool:
    return shutil.disk_usage(place).total < 5 * 2**20


def test_a_full_disk_loses_nothing_and_says_so_in_a_sentence(small_disk: Path, tmp_path: Path) -> None:
    paths = Paths.under(small_disk / "home")
    begin(paths, tmp_path)
    limit = (
        [] if is_small(small_disk) else ["import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (600000, 600000))"]
    )
    ignored = ["import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"] if limit else []

    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "\n".join([*ignored, *limit, WRITE]),
            str(paths.data),
            "3000",
            str(tmp_path / "more.txt"),
        ],
        capture_output=True,
        text=True,
        timeout=240,
    )

    said = said_by(done.stdout)
    assert done.returncode == 0, done.stderr
    assert len(said["mark"]) > 50
    assert len(said["refused"]) > 20
    assert set(said["refused"]) <= {"LibraryFullError", "LibraryLockedAwayError"}
    assert lost_on_a_full_disk(paths, said, tmp_path) == []


def lost_on_a_full_disk(paths: Paths, said: dict[str, list[str]], tmp_path: Path) -> list[str]:
    """Copy the library to where there is room, and look there: a log of a full disk cannot be read in place."""
    there = Paths.under(tmp_path / "copy")
    shutil.copytree(paths.data, there.data)
    return lost(there, said)


def test_room_that_is_made_lets_writing_go_on(small_disk: Path, tmp_path: Path) -> None:
    if not is_small(small_disk):
        pytest.skip(NO_SMALL_DISK)
    paths = Paths.under(small_disk / "home")
    begin(paths, tmp_path)
    filler = small_disk / "filler"
    with Library(paths) as library:
        with suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(4096))
                file.flush()
        with pytest.raises(LibraryFullError):
            for _ in range(2000):
                library.bookmarks.add(1, PLACE, "label" * 100)
        kept = len(library.bookmarks.of(1))

        filler.unlink()
        library.bookmarks.add(1, PLACE)

        assert len(library.bookmarks.of(1)) == kept + 1
    assert sound(paths.data / FILE)


# -- a disk that cannot be written, or is gone ---------------------------------------------------------


def test_a_disk_that_turns_read_only_is_a_sentence_and_reading_goes_on(small_disk: Path, tmp_path: Path) -> None:
    if not is_small(small_disk):
        pytest.skip(NO_SMALL_DISK)
    paths = Paths.under(small_disk / "home")
    begin(paths, tmp_path)
    library = Library(paths)
    library.bookmarks.add(1, PLACE, "before")
    library.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    with pytest.raises(LibraryLockedAwayError) as refused:
        Library(paths)

    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert str(refused.value).startswith("The library in “")
    with Library(paths) as library:
        assert [mark.label for mark in library.bookmarks.of(1)] == ["before"]


AS_NOBODY = """
import os, sys
from pathlib import Path
from reader.errors import ReaderError
from reader.library import Library
from reader.paths import Paths
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    Library(Paths.under(Path(sys.argv[1])))
except ReaderError as error:
    print(type(error).__name__)
"""


def test_a_folder_without_rights_is_a_sentence(paths: Paths, tmp_path: Path) -> None:
    begin(paths, tmp_path)
    for folder in (paths.data, *paths.data.parents):
        if folder.is_relative_to(tmp_path.parent.parent):
            folder.chmod(0o755)
    paths.data.chmod(0o555)

    done = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(paths.data)], capture_output=True, text=True, timeout=60
    )

    paths.data.chmod(0o755)
    assert (done.stdout, done.stderr) == ("LibraryLockedAwayError\n", "")


@pytest.mark.parametrize("leaves", ["nothing", "an empty folder", "another library"])
def test_a_stick_that_is_pulled_out_is_told_and_nothing_is_written_elsewhere(
    paths: Paths, tmp_path: Path, leaves: str
) -> None:
    begin(paths, tmp_path)
    with Library(paths) as library:
        acknowledged = library.bookmarks.add(1, PLACE, "before").id
        paths.data.rename(tmp_path / "in the pocket")
        if leaves != "nothing":
            paths.data.mkdir()
        if leaves == "another library":
            Library(paths).close()
        before = sorted(paths.data.rglob("*"))

        with pytest.raises(LibraryGoneError):
            library.bookmarks.add(1, PLACE, "after")
        with pytest.raises(LibraryError):
            library.add(tmp_path / "ferry.txt")

        assert sorted(paths.data.rglob("*")) == before
        shutil.rmtree(paths.data, ignore_errors=True)
        (tmp_path / "in the pocket").rename(paths.data)
        library.bookmarks.add(1, PLACE, "put back")
    with Library(paths) as library:
        assert [mark.label for mark in library.bookmarks.of(1)] == ["before", "put back"]
        assert library.bookmarks.of(1)[0].id == acknowledged


# -- single calls that fail ----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def faulty_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layer that lets calls of the system fail."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("calls of the system are let fail by a layer for Linux that a C compiler (cc) makes")
    made = tmp_path_factory.mktemp("faults") / "faulty_disk.so"
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", made, HERE / "faulty_disk.c", "-ldl"], check=True)
    return made


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("error", [errno.EIO, errno.ENOSPC], ids=["EIO", "ENOSPC"])
def test_writes_and_syncs_that_fail_lose_nothing_that_was_acknowledged(
    paths: Paths, tmp_path: Path, faulty_disk: Path, error: int, seed: int
) -> None:
    begin(paths, tmp_path)
    count = tmp_path / "faults"
    environment = {
        **os.environ,
        "LD_PRELOAD": str(faulty_disk),
        "FAULTY_FOLDER": str(paths.data),
        "FAULTY_ERROR": str(error),
        "FAULTY_SEED": str(seed),
        "FAULTY_ONE_IN": "12",
        "FAULTY_COUNT": str(count),
    }

    done = subprocess.run(
        [sys.executable, "-c", WRITE, str(paths.data), "120", str(tmp_path / "more.txt")],
        capture_output=True,
        text=True,
        timeout=240,
        env=environment,
    )

    said = said_by(done.stdout)
    injected = len(count.read_bytes())
    assert done.returncode == 0, done.stderr
    assert injected > 20
    assert len(said["refused"]) > 5
    assert len(said["mark"]) > 5
    assert lost(paths, said) == []


@pytest.mark.parametrize("seed", range(2))
def test_kills_between_faults_lose_nothing_that_was_acknowledged(
    paths: Paths, tmp_path: Path, faulty_disk: Path, seed: int
) -> None:
    begin(paths, tmp_path)
    chance, acknowledged = random.Random(seed), {"mark": [], "text": [], "refused": []}
    for kill in range(3):
        environment = {
            **os.environ,
            "LD_PRELOAD": str(faulty_disk),
            "FAULTY_FOLDER": str(paths.data),
            "FAULTY_ERROR": str(errno.EIO),
            "FAULTY_SEED": str(seed * 10 + kill),
            "FAULTY_ONE_IN": "40",
            "FAULTY_KILL_AT": str(chance.randint(60, 400)),
            "FAULTY_COUNT": str(tmp_path / "faults"),
        }
        done = subprocess.run(
            [sys.executable, "-c", WRITE, str(paths.data), "400", str(tmp_path / "more.txt")],
            capture_output=True,
            text=True,
            timeout=240,
            env=environment,
        )
        assert done.returncode == -9, done.stderr
        for kind, values in said_by(done.stdout).items():
            acknowledged[kind] += values

    assert len(acknowledged["mark"]) > 5
    assert lost(paths, acknowledged) == []
