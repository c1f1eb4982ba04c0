"""Processes that are killed at any moment: the library opens, and all that was acknowledged is there."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

from reader.library import Library
from reader.paths import Paths

ADD_BOOKMARKS = """
import sys
from pathlib import Path
from reader.article.locator import Locator
from reader.library import Library
from reader.paths import Paths
library = Library(Paths.under(Path(sys.argv[1])))
for number in range(100_000):
    bookmark = library.bookmarks.add(1, Locator(4, 7, "ice", "The ", " on the river broke."), f"label {number}")
    print(bookmark.id, flush=True)
"""

ADD_ARTICLES = """
import sys
from pathlib import Path
from reader.library import Library
from reader.paths import Paths
library = Library(Paths.under(Path(sys.argv[1])))
file = Path(sys.argv[2])
for number in range(100_000):
    # Now another text, now a revision of it.
    words = " ".join(f"{sys.argv[3]}{number // 3}word{index}" for index in range(3000))
    file.write_text(f"---\\ntitle: {sys.argv[3]} {number // 3}\\n---\\n\\n{words}\\n\\nRevision {number % 3}.\\n")
    added = library.add(file)
    print(added.article_id, number % 3, flush=True)
"""

ARTICLE = "---\ntitle: The Ferry\n---\n\nThe ice on the river broke.\n"


def killed(program: str, arguments: list[str], lines: int, seconds: float) -> list[str]:
    """Run a program, kill it some seconds after it has said so many lines, and return all it said."""
    child = subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(lines)]
    with suppress(subprocess.TimeoutExpired):
        child.wait(seconds)
    child.kill()
    said += child.stdout.readlines()
    child.stdout.close()
    assert child.wait() == -9
    return [line.strip() for line in said if line.endswith("\n")]


def sound(paths: Paths) -> bool:
    with closing(sqlite3.connect(paths.data / "library.sqlite")) as connection:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and not connection.execute("PRAGMA foreign_key_check").fetchall()
        )


def test_fifty_kills_lose_no_acknowledged_bookmark(paths: Paths, tmp_path: Path) -> None:
    chance = random.Random(50)
    file = tmp_path / "ferry.md"
    file.write_text(ARTICLE)
    with Library(paths) as library:
        library.add(file)

    acknowledged: set[str] = set()
    for _ in range(50):
        said = killed(ADD_BOOKMARKS, [str(paths.data)], chance.randint(1, 12), chance.uniform(0, 0.004))
        acknowledged.update(said)
        with Library(paths) as library:
            kept = {bookmark.id for bookmark in library.bookmarks.of(1)}
        assert acknowledged <= kept

    assert len(acknowledged) > 200
    assert sound(paths)


KILL_AT_EVERY_STEP = """
import os, signal, sys
from pathlib import Path
from reader.importers import registry
from reader.importers.markdown import importer as markdown
from reader import intake
from reader.library import Library
from reader.paths import Paths

folder, steps, at = Path(sys.argv[1]), 0, 0

def step(*_):
    global steps
    steps += 1
    if steps == at:
        os.kill(os.getpid(), signal.SIGKILL)

def step_of_system(event, arguments):
    if event in ("open", "os.mkdir", "os.rename", "os.remove"):
        step()

while True:
    at += 1
    child = os.fork()
    if child == 0:
        library = Library(Paths.under(folder / str(at)))
        library._database.connection().set_trace_callback(step)  # each statement of SQL
        sys.addaudithook(step_of_system)
        library.add(folder / "ferry.md")
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        break
print(at)
"""


def test_a_kill_at_any_step_of_an_import_leaves_all_of_it_or_nothing(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "map.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "ferry.md").write_text(ARTICLE + "\n![A map](map.svg)\n")

    driven = subprocess.run(
        [sys.executable, "-c", KILL_AT_EVERY_STEP, str(tmp_path)], capture_output=True, text=True, timeout=240
    )

    steps = int(driven.stdout or 0)
    assert steps > 20, driven.stderr
    states = []
    for step in range(1, steps + 1):
        here = Paths.under(tmp_path / str(step))
        with Library(here) as library:
            library.tidy()
            states.append([entry.title for entry in library.shelf.articles()])
            files = len(list((here.data / "originals").glob("*/*")))
            assert files == 2 * len(states[-1]), step
            assert library.add(tmp_path / "ferry.md").article_id == 1
            assert library.original(1).read_text() == (tmp_path / "ferry.md").read_text()
        assert sound(here)
    assert states[0] == []
    assert states[-1] == ["The Ferry"]


def test_a_kill_during_an_import_leaves_nothing_half_done(paths: Paths, tmp_path: Path) -> None:
    chance = random.Random(8)
    revisions: dict[int, int] = {}

    for round_ in range(8):
        file = tmp_path / f"{round_}.md"
        said = killed(
            ADD_ARTICLES, [str(paths.data), str(file), f"r{round_}n"], chance.randint(1, 3), chance.random() / 40
        )
        for line in said:
            article, revision = map(int, line.split())
            revisions[article] = revision + 1

    with Library(paths) as library:
        library.tidy()
        entries = {entry.id: entry for entry in library.shelf.articles()}
        for article, number in revisions.items():
            assert entries[article].number >= number
        for article in entries:
            assert library.article(article).blocks
            original = library.original(article)
            assert sha256(original.read_bytes()).hexdigest() == original.parent.name + original.stem
    with closing(sqlite3.connect(paths.data / "library.sqlite")) as connection:
        named = {name for (name,) in connection.execute("SELECT original FROM revision")}
    assert {f"{path.parent.name}/{path.name}" for path in (paths.data / "originals").glob("*/*")} == named
    assert sound(paths)


WRITE_EVERYTHING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reader.article.annotation import ReadingPosition
from reader.article.locator import Locator
from reader.library import Library
from reader.paths import Paths
library = Library(Paths.under(Path(sys.argv[1])))
file = Path(sys.argv[2])
for number in range(15):
    place = Locator(4, 7, "ice", "The ", " on the river broke.")
    bookmark = library.bookmarks.add(1, place)
    library.bookmarks.change(bookmark.id, label=sys.argv[3])
    library.reading.save(1, ReadingPosition(place, 0.5, datetime.now(UTC)))
    file.write_text(f"---\\ntitle: {sys.argv[3]} {number}\\n---\\n\\nNumber {number} of {sys.argv[3]}'s texts.\\n")
    library.add(file)
    library.shelf.articles()
library.close()
"""


def test_four_processes_that_write_at_once_meet_no_lock_and_lose_nothing(paths: Paths, tmp_path: Path) -> None:
    (tmp_path / "ferry.md").write_text(ARTICLE)
    with Library(paths) as library:
        library.add(tmp_path / "ferry.md")

    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE_EVERYTHING, str(paths.data), str(tmp_path / f"{name}.md"), name],
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b", "c", "d")
    ]
    ends = [(writer.communicate(timeout=120)[1], writer.returncode) for writer in writers]

    assert ends == [("", 0)] * 4
    with Library(paths) as library:
        assert sorted(bookmark.label for bookmark in library.bookmarks.of(1)) == [
            name for name in "abcd" for _ in range(15)
        ]
        titles = {entry.title for entry in library.shelf.articles()}
    assert titles == {"The Ferry", *(f"{name} {number}" for name in "abcd" for number in range(15))}


ADD_ONE = """
import sys
from pathlib import Path
from reader.library import Library
from reader.paths import Paths
with Library(Paths.under(Path(sys.argv[1]))) as library:
    print(library.add(Path(sys.argv[2])).outcome.value)
"""


def test_one_file_added_by_four_processes_at_once_is_one_article(paths: Paths, tmp_path: Path) -> None:
    file = tmp_path / "ferry.md"
    file.write_text(ARTICLE)

    adders = [
        subprocess.Popen([sys.executable, "-c", ADD_ONE, str(paths.data), str(file)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outcomes = sorted(adder.communicate(timeout=120)[0].strip() for adder in adders)

    assert outcomes == ["known", "known", "known", "new"]
    with Library(paths) as library:
        assert len(library.shelf.articles()) == 1
