"""Texts that are in the library twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.article.locator import locator
from reader.article.text import CanonicalText
from reader.duplicates import Duplicates
from reader.library import Library
from reader.paths import Paths
from reader.store import times
from reader.store.articles import Articles
from reader.store.connection import Database

SENTENCES = [f"Sentence number {number * 37 % 101} tells of the ferry and of river {number}." for number in range(300)]
TEXT = "\n\n".join(SENTENCES)
NEARLY = TEXT.replace("river 150.", "river and bridge 150.")
OTHER = "\n\n".join(f"The mill of {number} ground corn {number * 91 % 307} until the frost." for number in range(300))


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with Library(paths) as library:
        yield library


@pytest.fixture
def duplicates(library: Library, paths: Paths) -> Iterator[Duplicates]:
    database = Database(paths.data / "library.sqlite")
    yield Duplicates(database, Articles(database), times.now)
    database.close()


def added(library: Library, folder: Path, text: str, title: str) -> int:
    file = folder / f"{title}.md"
    file.write_text(f"---\ntitle: {title}\n---\n\n{text}\n", encoding="utf-8")
    return library.add(file).article_id


def mark(library: Library, article: int, words: str) -> str:
    text = CanonicalText(library.article(article))
    at = text.string.index(words)
    return library.bookmarks.add(article, locator(text, at, at + len(words))).id


def no_step(_share: float) -> None:
    pass


def test_the_same_text_and_nearly_the_same_are_found(library: Library, duplicates: Duplicates, tmp_path: Path) -> None:
    one, two = added(library, tmp_path, TEXT, "One"), added(library, tmp_path, TEXT, "Two")
    three, four = added(library, tmp_path, OTHER, "Three"), added(library, tmp_path, NEARLY, "Four")

    (group,) = duplicates.find(no_step)

    assert group.article_ids == (one, two, four)
    assert three not in group.article_ids
    assert 0.9 < group.shared < 1


def test_a_short_text_that_is_there_twice_is_found(library: Library, duplicates: Duplicates, tmp_path: Path) -> None:
    one, two = added(library, tmp_path, "A short note.", "One"), added(library, tmp_path, "A short note.", "Two")
    added(library, tmp_path, "Another short note.", "Three")

    (group,) = duplicates.find(no_step)

    assert (group.article_ids, group.same) == ((one, two), True)


def test_what_was_removed_is_not_there_twice(library: Library, duplicates: Duplicates, tmp_path: Path) -> None:
    added(library, tmp_path, TEXT, "One")
    library.shelf.remove(added(library, tmp_path, TEXT, "Two"))

    assert duplicates.find(no_step) == ()


def test_one_is_kept_with_the_bookmarks_tags_and_collections_of_all(
    library: Library, duplicates: Duplicates, tmp_path: Path
) -> None:
    kept, gone = added(library, tmp_path, TEXT, "One"), added(library, tmp_path, NEARLY, "Two")
    moves, stays = mark(library, gone, "river 7."), mark(library, gone, "and bridge 150.")
    library.catalogue.tag([gone], ["water"])
    seminar = library.catalogue.make_collection("Seminar")
    library.catalogue.collect(seminar, [gone])

    merged = duplicates.merge(kept, [gone])

    entry = library.shelf.entry(kept)
    assert (entry.tags, entry.collections) == (("water",), (seminar,))
    assert moves in {each.id for each in library.bookmarks.of(kept)}
    assert [each.id for each in library.bookmarks.of(gone)] in ([stays], [])
    assert [each.id for each in library.shelf.removed()] == [gone]

    duplicates.undo(merged)

    assert {each.id for each in library.bookmarks.of(gone)} == {moves, stays}
    assert (library.shelf.entry(kept).tags, library.shelf.entry(kept).collections) == ((), ())
    assert library.shelf.entry(gone).tags == ("water",)
