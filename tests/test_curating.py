"""What is said of an article wherever it is read, and what is done to the shelf behind a person's back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.article.model import Metadata
from reader.export.markdown import write
from reader.library import Library
from reader.paths import Paths
from reader.store.catalogue import Description
from reader.store.connection import Database, transaction

FERRY = "---\ntitle: Scan 17\nlanguage: en\n---\n\n# Spring\n\nThe ferry crossed the river at dawn, and nobody paid.\n"
MILL = "---\ntitle: The Mill\n---\n\nThe wheel turned day and night while the frost held off.\n"


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with Library(paths) as library:
        yield library


def added(library: Library, folder: Path, text: str, name: str = "text.md") -> int:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return library.add(file).article_id


def no_step(_share: float) -> None:
    pass


def test_what_a_person_says_of_an_article_is_what_it_is_read_and_exported_with(
    library: Library, tmp_path: Path
) -> None:
    article = added(library, tmp_path, FERRY)

    library.catalogue.describe([article], Description("The Ferry", ("Anna Reed",), "1921", "de"))

    said = Metadata(title="The Ferry", authors=("Anna Reed",), date="1921", language="de")
    assert library.compiled(article).metadata == said
    assert library.compiled(article).article().metadata == said
    assert library.article(article).metadata == said
    assert "title: The Ferry" in write(library.article(article))


def test_a_newer_revision_keeps_what_a_person_said(library: Library, tmp_path: Path) -> None:
    article = added(library, tmp_path, FERRY)
    library.catalogue.describe([article], Description(title="The Ferry"))

    again = added(library, tmp_path, FERRY + "\nAnd in winter the river froze, as it does.\n")

    assert again == article
    assert library.shelf.entry(article).title == "The Ferry"


def test_a_file_is_told_for_a_revision_by_its_own_title(library: Library, tmp_path: Path) -> None:
    text = FERRY + "\n".join(f"\nSentence number {number} of the ferry and its river.\n" for number in range(20))
    article = added(library, tmp_path, text)
    library.catalogue.describe([article], Description(title="The Ferry"))

    again = added(library, tmp_path, text + "\nOne more sentence.\n", "elsewhere.md")

    assert again == article


def test_what_comes_in_has_an_opening(library: Library, tmp_path: Path) -> None:
    article = added(library, tmp_path, FERRY)

    assert library.shelf.entry(article).opening == "The ferry crossed the river at dawn, and nobody paid."


def test_what_came_in_before_openings_were_kept_gets_one(library: Library, tmp_path: Path, paths: Paths) -> None:
    ferry, mill = added(library, tmp_path, FERRY), added(library, tmp_path, MILL, "mill.md")
    database = Database(paths.data / "library.sqlite")
    with transaction(database) as connection:
        connection.execute("UPDATE revision SET opening = NULL, fingerprint = NULL")
        connection.execute("UPDATE compiled SET data = x'00' WHERE revision_id = 2")

    assert library.curating().fill_openings(no_step) == 2
    assert library.curating().fill_openings(no_step) == 0

    assert library.shelf.entry(ferry).opening.startswith("The ferry crossed")
    assert library.shelf.entry(mill).opening == ""
    database.close()


def test_the_bin_is_emptied_with_the_files(library: Library, tmp_path: Path) -> None:
    ferry, mill = added(library, tmp_path, FERRY), added(library, tmp_path, MILL, "mill.md")
    kept, gone = library.original(ferry), library.original(mill)
    library.shelf.remove(mill)

    assert library.curating().delete_for_good([ferry, mill]) == 1

    assert (kept.exists(), gone.exists()) == (True, False)
    assert library.shelf.removed() == ()
    assert [entry.id for entry in library.shelf.articles()] == [ferry]


def test_an_article_is_found_by_what_a_person_says_of_it(library: Library, tmp_path: Path) -> None:
    ferry = added(library, tmp_path, FERRY)
    added(library, tmp_path, MILL, "mill.md")
    library.refresh_index()
    library.catalogue.describe([ferry], Description(title="Crossings"))
    library.catalogue.tag([ferry], ["Économie"])

    library.unindex([ferry])
    library.refresh_index()

    assert [group.entry.title for group in library.search("title:crossings").groups] == ["Crossings"]
    assert [group.entry.title for group in library.search("tag:économie ferry").groups] == ["Crossings"]
