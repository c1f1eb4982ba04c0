"""The index is brought up to date in a process of its own where there is much to do, and goes on after a kill."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from reader import refreshing
from reader.errors import CancelledError
from reader.importers import processes
from reader.indexing import bring_up_to_date
from reader.indexing_process import IndexingEndedError, NoIndexingProcessError, command, refresh_elsewhere
from reader.library import Library
from reader.paths import Paths
from reader.search.index import SearchIndex
from reader.search.storage import IndexWriteError
from reader.stamps import INDEX

ROOT = Path(__file__).resolve().parents[1]
ARTICLES = 6
BOOK = 4 * 2**20
"""Characters of a large text."""


def text(number: int) -> str:
    return f"# Text {number}\n\nA common word and only{number}, as the others have not.\n"


def fill(paths: Paths, folder: Path, texts: list[str]) -> None:
    """Make a library of texts that nobody indexed yet."""
    with Library(paths) as library:
        for number, each in enumerate(texts):
            file = folder / f"{number}.md"
            file.write_text(each)
            library.add(file)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A library of some articles that nobody indexed yet."""
    found = Paths.under(tmp_path / "library")
    fill(found, tmp_path, [text(number) for number in range(ARTICLES)])
    return found


@pytest.fixture
def a_slice_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refreshing, "SLICE_BYTES", 1)


@pytest.fixture
def much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is to be done counts as much."""
    monkeypatch.setattr(refreshing, "MAX_SMALL_BYTES", -1)


def total(paths: Paths, query: str) -> int:
    with Library(paths) as library:
        return library.search(query).total


def indexed(paths: Paths) -> int:
    index = SearchIndex(paths.cache / INDEX)
    try:
        return len(index.state())
    finally:
        index.close()


def nothing(share: float) -> None:
    """Go on."""


def stopping_at(share: float) -> Callable[[float], None]:
    def step(done: float) -> None:
        if done >= share:
            raise CancelledError

    return step


others: set[psutil.Process] = set()
"""The processes that tests before left for the next, as a screen is."""


@pytest.fixture(autouse=True)
def _know_others() -> None:
    others.clear()
    others.update(psutil.Process().children())


def children() -> list[psutil.Process]:
    return [each for each in psutil.Process().children() if each not in others]


# What is done


def test_everything_is_found_afterwards(paths: Paths) -> None:
    shares: list[float] = []

    assert bring_up_to_date(paths, shares.append)

    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert total(paths, "common") == ARTICLES


def test_what_was_stopped_goes_on_where_it_was(paths: Paths, a_slice_each: None) -> None:
    with pytest.raises(CancelledError):
        bring_up_to_date(paths, stopping_at(0.5))
    before = indexed(paths)

    shares: list[float] = []
    assert bring_up_to_date(paths, shares.append)

    assert 0 < before < ARTICLES
    assert len([share for share in set(shares) if share > 0]) == ARTICLES - before
    assert total(paths, "common") == ARTICLES


def test_what_is_saved_meanwhile_comes_before_what_waits(paths: Paths, tmp_path: Path, a_slice_each: None) -> None:
    late = tmp_path / "late.md"
    late.write_text("# Late\n\nThat came in when the others waited.\n")
    found_when: list[int] = []

    def step(share: float) -> None:
        done = indexed(paths)
        if late.exists() and done == 1:
            with Library(paths) as library:
                library.add(late)
            late.unlink()
        elif not late.exists() and total(paths, "waited") == 1:
            found_when.append(done)

    assert bring_up_to_date(paths, step)

    assert found_when[0] <= 3  # itself, the first, and the one that was at hand
    assert total(paths, "common") == ARTICLES


def test_an_index_that_was_hardly_begun_is_known_for_this_librarys(paths: Paths, a_slice_each: None) -> None:
    with pytest.raises(CancelledError):
        bring_up_to_date(paths, stopping_at(0.1))
    begun = indexed(paths)

    with Library(paths) as library:
        library.refresh_index()

    assert begun == 0 or begun == 1
    assert total(paths, "common") == ARTICLES


# Where it is done


def test_little_is_indexed_without_a_process(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "start", None)

    with Library(paths) as library:
        library.refresh_index()

    assert total(paths, "common") == ARTICLES


def test_much_is_indexed_by_a_process_that_is_gone_afterwards(paths: Paths, much: None) -> None:
    shares: list[float] = []

    with Library(paths) as library:
        library.refresh_index(shares.append)

        assert library._search_index is None  # what a search loads is not loaded here
    assert total(paths, "common") == ARTICLES
    assert shares == sorted(shares)
    assert children() == []


def test_the_process_tells_how_far_it_is(paths: Paths, a_slice_each: None) -> None:
    shares: list[float] = []

    refresh_elsewhere(command(paths), shares.append)

    assert shares[0] == 0.0
    assert all(0 <= share <= 1 for share in shares)


def test_a_process_that_is_stopped_leaves_the_rest_to_the_next(paths: Paths, much: None) -> None:
    with Library(paths) as library:
        with pytest.raises(CancelledError):
            library.refresh_index(stopping_at(0.0))
        assert children() == []
        library.refresh_index()

    assert total(paths, "common") == ARTICLES


def test_where_no_process_starts_it_is_done_here(
    paths: Paths, much: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(processes, "command", lambda *words: ["/nowhere/no-program"])

    with Library(paths) as library, caplog.at_level(logging.WARNING):
        library.refresh_index()

    assert "no process to index in could be started: it is done in this one" in caplog.messages
    assert total(paths, "common") == ARTICLES


def test_where_the_process_ends_at_once_it_is_done_here(
    paths: Paths, much: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "command", lambda *words: [sys.executable, "-c", "raise SystemExit(3)"])

    with Library(paths) as library:
        library.refresh_index()

    assert total(paths, "common") == ARTICLES


def test_a_process_that_speaks_otherwise_is_ended(paths: Paths) -> None:
    words = [sys.executable, "-c", "print('?', flush=True); import threading; threading.Event().wait()"]

    with pytest.raises(NoIndexingProcessError):
        refresh_elsewhere(words, nothing)

    assert children() == []


def test_a_folder_that_cannot_be_written_is_told_as_from_here(paths: Paths) -> None:
    paths.cache.mkdir(exist_ok=True)
    (paths.cache / INDEX).write_text("no folder")

    with pytest.raises(IndexWriteError):
        refresh_elsewhere(command(paths), nothing)


def test_the_process_counts_as_no_user_of_the_library(paths: Paths) -> None:
    with Library(paths):
        with pytest.raises(CancelledError):
            refresh_elsewhere(command(paths), stopping_at(0.0))

        assert len(list((paths.data / "in-use").iterdir())) == 1


def test_it_computes_when_nobody_else_wants_to(paths: Paths) -> None:
    seen: list[int] = []

    refresh_elsewhere(command(paths), lambda share: seen.extend(each.nice() for each in children()))

    on_windows = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", None)
    assert (on_windows or min(19, psutil.Process().nice() + 10)) in seen


# Killed, and large


@pytest.fixture
def books(tmp_path: Path) -> Paths:
    """A library of a large text, in many chapters."""
    chapter = "".join(f"Words that are said, number {number} of them, and said again. " for number in range(60))
    one = "# A book\n\n" + "".join(f"## Chapter {number}\n\n{chapter}\n\n" for number in range(BOOK // len(chapter)))
    found = Paths.under(tmp_path / "books")
    fill(found, tmp_path, [one])
    return found


KILLED = """
import os, signal, sys

sys.path.insert(0, sys.argv[1])
from reader import indexing, refreshing

refreshing.SLICE_BYTES = 1
shares = []

def step(share):
    shares.append(share)
    if len(shares) == 6:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

indexing.now_and_then = lambda seconds, tell: step
indexing.main()
"""
"""An indexing process that is killed when it has told six times how far it is."""


def test_what_a_killed_process_left_is_done_by_the_next(paths: Paths) -> None:
    places = map(str, (paths.data, paths.cache, paths.config))

    with pytest.raises(IndexingEndedError):
        refresh_elsewhere([sys.executable, "-c", KILLED, str(ROOT), *places], nothing)
    before = indexed(paths)
    refresh_elsewhere(command(paths), nothing)

    assert 0 < before < ARTICLES
    assert total(paths, "common") == ARTICLES


def test_indexing_a_book_takes_no_memory_here(books: Paths) -> None:
    script = (
        "import sys; from pathlib import Path; from reader.library import Library; from reader.paths import Paths\n"
        "from reader.importers.confinement import peak_memory\n"
        "with Library(Paths.under(Path(sys.argv[1]))) as library:\n"
        "    library.tidy(); library.shelf.articles(); before = peak_memory()\n"
        "    library.refresh_index()\n"
        "    print(before, peak_memory())\n"
    )
    told = psutil.subprocess.check_output(
        [sys.executable, "-c", script, str(books.data)], cwd=Path(refreshing.__file__).parents[1]
    )

    before, after = map(int, told.split())
    assert after - before < 30 * 2**20
    assert total(books, '"chapter 7"') == 1
