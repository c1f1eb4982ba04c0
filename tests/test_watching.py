"""Folders whose texts come in by themselves."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library, Outcome
from reader.paths import Paths
from reader.store.articles import Articles
from reader.store.connection import Database
from reader.watching import STILL_SECONDS, Looked, Watching


class Watcher:
    """Looks at one folder, with a clock that is turned by hand."""

    def __init__(self, library: Library, database: Database, folder: Path) -> None:
        self.library, self.folder, self.now = library, folder, 0.0
        self._watching = Watching(database, Articles(database), library._intake, lambda: self.now)

    def look(self) -> Looked:
        return self._watching.look((str(self.folder),), lambda _share: None)

    def look_twice(self) -> Looked:
        self.look()
        self.now += STILL_SECONDS
        return self.look()

    def put(self, text: str, name: str = "text.md") -> Path:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        return file


@pytest.fixture
def watcher(paths: Paths, tmp_path: Path) -> Iterator[Watcher]:
    folder = tmp_path / "watched"
    folder.mkdir()
    with Library(paths) as library:
        database = Database(paths.data / "library.sqlite")
        yield Watcher(library, database, folder)
        database.close()


def titles(watcher: Watcher) -> list[str]:
    return sorted(entry.title for entry in watcher.library.shelf.articles())


def test_a_text_comes_in_once_it_stood_still(watcher: Watcher) -> None:
    watcher.put("# The ferry\n\nWords.\n")

    first = watcher.look()
    watcher.now += STILL_SECONDS
    second = watcher.look()

    assert (first.added, first.waiting) == ((), True)
    assert [added.outcome for added in second.added] == [Outcome.NEW]
    assert titles(watcher) == ["The ferry"]
    assert watcher.look_twice() == Looked()


def test_a_file_that_is_still_written_waits(watcher: Watcher) -> None:
    file = watcher.put("# The fer")
    watcher.look()
    file.write_text("# The ferry\n\nHalf of the")
    watcher.now += STILL_SECONDS

    assert watcher.look() == Looked(waiting=True)

    file.write_text("# The ferry\n\nHalf of the words, and the other half.\n")
    watcher.look_twice()
    assert watcher.library.shelf.articles()[0].words == 10


def test_two_looks_in_quick_succession_are_not_enough(watcher: Watcher) -> None:
    watcher.put("# The ferry\n\nWords.\n")

    watcher.look()
    watcher.now += STILL_SECONDS / 2

    assert watcher.look() == Looked(waiting=True)


def test_what_cannot_be_read_is_told_once_until_it_changes(watcher: Watcher) -> None:
    watcher.put("", "empty.md")

    assert len(watcher.look_twice().failed) == 1
    assert watcher.look_twice() == Looked()

    watcher.put("# The mill\n\nWords.\n", "empty.md")
    watcher.look_twice()
    assert titles(watcher) == ["The mill"]


def test_what_a_person_removed_does_not_come_back(watcher: Watcher) -> None:
    file = watcher.put("# The ferry\n\nWords.\n")
    (added,) = watcher.look_twice().added
    watcher.library.shelf.remove(added.article_id)

    os.utime(file, ns=(1, 1))
    watcher.look_twice()
    watcher.put("# The ferry\n\nOther words.\n")
    watcher.look_twice()
    watcher.put("# The ferry\n\nWords.\n", "copy.md")
    watcher.look_twice()

    assert titles(watcher) == []


def test_what_was_deleted_for_good_does_not_come_back(watcher: Watcher) -> None:
    file = watcher.put("# The ferry\n\nWords.\n")
    (added,) = watcher.look_twice().added
    watcher.library.shelf.remove(added.article_id)
    watcher.library.curating().delete_for_good([added.article_id])

    os.utime(file, ns=(1, 1))
    watcher.look_twice()

    assert titles(watcher) == []


def test_a_text_that_changes_is_brought_up_to_date(watcher: Watcher) -> None:
    text = "# The ferry\n\n" + "\n\n".join(f"Sentence {number} of the ferry." for number in range(30))
    watcher.put(text)
    watcher.look_twice()

    watcher.put(text + "\n\nOne more.\n")

    assert [added.outcome for added in watcher.look_twice().added] == [Outcome.REVISED]


def test_a_folder_that_is_away_is_no_fault(watcher: Watcher) -> None:
    watcher.folder.rmdir()

    assert watcher.look_twice() == Looked()
