"""A real library of each version of the tables opens, with all that a person left in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.article.annotation import ReadingPosition
from reader.article.section_names import SectionName
from reader.library import FILE, Library
from reader.paths import Paths
from reader.store.migrations import VERSION

OLD_LIBRARIES = Path(__file__).resolve().parent.parent / "old_libraries"


def test_a_library_of_every_version_is_kept() -> None:
    assert {path.name for path in OLD_LIBRARIES.glob("*.sqlite")} == {
        f"version_{number}.sqlite" for number in range(1, VERSION + 1)
    }


@pytest.fixture(params=range(1, VERSION + 1))
def library(request: pytest.FixtureRequest, paths: Paths) -> Iterator[Library]:
    paths.data.mkdir()
    shutil.copy(OLD_LIBRARIES / f"version_{request.param}.sqlite", paths.data / FILE)
    with Library(paths) as library:
        yield library


def test_its_article_is_on_the_shelf_and_can_be_read(library: Library) -> None:
    (entry,) = library.shelf.articles()

    assert (entry.title, entry.authors, entry.date, entry.number) == ("The Ferry", ("A. Writer",), "1918-03", 2)
    assert (entry.share, entry.bookmark_count) == (0.75, 3)
    assert library.article(entry.id).blocks[0].text == "Spring"
    assert [section.title for section in library.compiled(entry.id).sections] == ["Spring", "The council"]


def test_its_bookmarks_are_there_the_lost_one_too(library: Library) -> None:
    told = [(each.label, each.remark, each.target.exact, each.lost) for each in library.bookmarks.of(1)]

    assert told == [
        ("when", "each week", "every Tuesday", False),
        ("", "", "too low for grown people", True),
        ("source", "", "the gazette of 1918", False),
    ]


def test_the_place_last_read_and_the_history_are_there(library: Library) -> None:
    position, history = library.reading.position(1), library.reading.history(1)

    assert isinstance(position, ReadingPosition)
    assert (library.reading.last_article(), position.target.exact, position.share) == (1, "Nobody wrote", 0.75)
    assert ([place.exact for place in history.places], history.current) == (["In the spring", "The council met"], 1)


def test_it_can_be_written_to(library: Library) -> None:
    (first, *_) = library.bookmarks.of(1)

    library.bookmarks.change(first.id, label="new")

    assert library.bookmarks.of(1)[0].label == "new"


def test_what_was_chosen_for_a_reading_is_there(library: Library, request: pytest.FixtureRequest) -> None:
    version = request.node.callspec.params["library"]

    choices = library.reading.resume(1).choices

    assert choices == ({} if version == 1 else {"type": {"size": 24}})


def test_what_is_folded_is_there_since_that_is_kept(library: Library, request: pytest.FixtureRequest) -> None:
    version = request.node.callspec.params["library"]

    assert library.folding.of(1) == ((SectionName(("The council",)),) if version >= 3 else ())
