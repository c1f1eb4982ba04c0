"""Long use: a monkey reads, searches, marks, brings in, takes away and resizes, and nothing is lost nor piles up.

It goes on for ``SECONDS``; ``STUDY_READER_SOAK_SECONDS=3600`` makes an hour of it, ``STUDY_READER_SOAK_SEED``
leads it on other ways.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import psutil
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.article.annotation import Bookmark
from reader.errors import ReaderError
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk
from tests.ui.monkey import Monkey, book, close_others
from tests.ui.reading_matter import RIVER, SENTENCE, SHORT

SECONDS = float(os.environ.get("STUDY_READER_SOAK_SECONDS", "120"))
SEED = int(os.environ.get("STUDY_READER_SOAK_SEED", "7"))
MOST_GROWTH = 1.10
"""Of the memory at rest, after the first tenth."""
RESTS = 10
SOON_MS = 500
MOST_TEXTS = 40
"""How many texts it brings in: a library that grows is no leak."""
NAMES = ("Ferry", "Mill", "Council", "Bridge", "Winter", "Harvest", "Letters", "Market")

# What is on the disk is read by another process, as the next start of the program would read it.
READ_BACK = """
import json, sys
from pathlib import Path
from reader.library import Library
from reader.paths import Paths
with Library(Paths.under(Path(sys.argv[1]))) as library:
    marks = {mark.id: [article, mark.label, mark.remark] for article, mark in library.bookmarks.all()}
    print(json.dumps({"bookmarks": marks, "articles": sorted(each.id for each in library.shelf.articles())}))
"""


class Ledger:
    """What the library acknowledged: it stands between the window and the library, and writes down what returned."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        library = window.library
        self.bookmarks = {each.bookmark.id: _told(each.article_id, each.bookmark) for each in library.bookmarks.all()}
        self.articles = {each.id for each in library.shelf.articles()}
        self.counts: dict[str, int] = {}
        self._gone: dict[str, list[object]] = {}
        self._monkeypatch = monkeypatch
        self.attach(window)

    def attach(self, window: MainWindow) -> None:
        """Hear what a window is told by its library."""
        library = window.library
        for owner, name, heard in (
            (library.bookmarks, "add", lambda given, made: self._keep(made, given[0])),
            (library.bookmarks, "change", lambda given, made: self._keep(made)),
            (library.bookmarks, "restore", lambda given, made: self._keep(made)),
            (library.bookmarks, "remove", lambda given, made: self._drop(made)),
            (library, "add", lambda given, added: self.articles.add(added.article_id)),
            (library, "add_pasted", lambda given, added: self.articles.add(added.article_id)),
            (library.shelf, "remove", lambda given, _: self.articles.discard(given[0])),
            (library.shelf, "restore", lambda given, _: self.articles.add(given[0])),
            (library.shelf, "remove_all", lambda given, _: self.articles.difference_update(given[0])),
            (library.shelf, "restore_all", lambda given, _: self.articles.update(given[0])),
        ):
            self._monkeypatch.setattr(owner, name, self._heard(getattr(owner, name), heard))

    def _heard(self, does: Callable[..., object], heard: Callable[..., None]) -> Callable[..., object]:
        def done(*given: object, **named: object) -> object:
            returned = does(*given, **named)
            self.counts[does.__name__] = self.counts.get(does.__name__, 0) + 1
            heard(given, returned)
            return returned

        return done

    def _keep(self, made: Bookmark, article_id: int | None = None) -> None:
        if article_id is None:
            before = self.bookmarks.get(made.id) or self._gone[made.id]
            article_id = int(str(before[0]))
        self.bookmarks[made.id] = _told(article_id, made)

    def _drop(self, gone: Bookmark) -> None:
        self._gone[gone.id] = self.bookmarks.pop(gone.id)

    def compare(self, folder: Path) -> None:
        """See that the disk has all of it, and nothing else."""
        told = subprocess.run(
            [sys.executable, "-c", READ_BACK, str(folder)], capture_output=True, text=True, check=True
        )
        found = json.loads(told.stdout)
        assert found["articles"] == sorted(self.articles)
        shown = {key: told for key, told in self.bookmarks.items() if told[0] in self.articles}
        assert found["bookmarks"] == shown


def _told(article_id: int, bookmark: Bookmark) -> list[object]:
    return [article_id, bookmark.label, bookmark.remark]


class Reader(Monkey):
    """A monkey that also keeps house: it brings texts in, marks, searches and takes away."""

    def __init__(self, window: MainWindow, desk: Desk, articles: list[int], random: Random) -> None:
        super().__init__(window, articles, random)
        self._desk = desk
        self._texts = 0
        self.deeds += (
            (8, self.mark),
            (5, self.say_something),
            (2, self.unmark),
            (3, self.undo),
            (3, self.bring_in),
            (2, self.take_away),
            (4, self.search),
        )

    def look(self) -> None:
        """See that the pages are whole, or are so as soon as what is under way is done: here the clock plays, too."""
        try:
            super().look()
        except AssertionError:
            QTest.qWait(SOON_MS)
            super().look()

    def mark(self) -> None:
        if not self.window.reading.at_start_page:
            self.note("bookmark")
            self.window.commands["bookmark"].trigger()

    def _bookmark(self) -> Bookmark | None:
        found = self.window.library.bookmarks.all()
        return self.random.choice(found).bookmark if found else None

    def say_something(self) -> None:
        bookmark = self._bookmark()
        if bookmark is not None:
            self.note("say")
            words = f"remark {self.random.randrange(10**6)}"
            self.window.library.bookmarks.change(bookmark.id, remark=words)

    def unmark(self) -> None:
        bookmark = self._bookmark()
        if bookmark is not None:
            self.note("unmark")
            self.window.library.bookmarks.remove(bookmark.id)

    def undo(self) -> None:
        for name in ("undo", "redo"):
            action = self.window.commands[name]
            if action.isEnabled():
                self.note(name)
                action.trigger()

    def bring_in(self) -> None:
        if self.window.rooms.importing.busy:
            return
        number = self._texts % MOST_TEXTS
        self._texts += 1
        self.note("bring in", number)
        name, words = NAMES[number % len(NAMES)], SENTENCE * self.random.randint(3, 60)
        text = f"# The {name} {number}\n\n## Part\n\n{words}[^1]\n\n[^1]: A note of the {name}.\n"
        self.window.open_files((self._desk.file(text, f"text-{number}.md"),))

    def take_away(self) -> None:
        entries = self.window.library.shelf.articles()
        others = [each.id for each in entries if each.id not in self.articles]
        if others:
            gone = self.random.choice(others)
            self.note("take away", gone)
            self.window.rooms.shelf_room.remove(gone)

    def search(self) -> None:
        words = self.random.choice((*NAMES, "ferry", '"the river"', "coun*", "mill AND winter", "("))
        self.note("search", words)
        self.window.rooms.side_room.show_search(words)

    def rest(self, ledger: Ledger) -> int:
        """Close the window, open another one at the same text, and return the memory then, bytes."""
        close_others(self.window)
        self._desk.close(self.window)
        self.window = self._desk.window(article=self.articles[0])
        ledger.attach(self.window)
        QApplication.sendPostedEvents()
        gc.collect()
        if sys.platform == "linux":
            ctypes.CDLL(None).malloc_trim(0)
        return int(psutil.Process().memory_full_info().uss)


@pytest.mark.skipif(
    "STUDY_READER_SOAK_SECONDS" not in os.environ, reason="it stood still once in a long run; set its seconds to run it"
)
@pytest.mark.xdist_group("soak")
def test_long_use_loses_nothing_and_takes_no_more_and_more_memory(
    desk: Desk, no_waiting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [desk.add(RIVER, "river.md"), desk.add(book(20), "book.md"), desk.add(SHORT, "short.md")]
    window = desk.window(article=articles[0])
    ledger = Ledger(window, monkeypatch)
    reader = Reader(window, desk, articles, Random(SEED))
    began, rests = time.monotonic(), []

    for rest in range(1, RESTS + 1):
        while time.monotonic() - began < SECONDS * rest / RESTS:
            use(reader)
        rests.append(reader.rest(ledger))

    ledger.compare(desk.folder / "home")
    assert sum(ledger.counts.values()) > 0
    told = ", ".join(f"{each / 2**20:.1f}" for each in rests)
    print(f"{len(reader.done)} deeds, {ledger.counts}, memory at rest: {told} MB")  # noqa: T201  (seen with -s)
    # Of three each, the median: what Qt keeps for the next text comes and goes.
    assert sorted(rests[-3:])[1] <= MOST_GROWTH * rests[0], f"memory at rest: {told} MB"


def use(reader: Reader) -> None:
    """Do one thing; what failed tells what was done before."""
    try:
        reader.step()
    except (AssertionError, ReaderError) as error:
        last = "\n  ".join(reader.done[-12:])
        raise AssertionError(f"{error!r}\nafter {len(reader.done)} deeds, the last:\n  {last}") from error
