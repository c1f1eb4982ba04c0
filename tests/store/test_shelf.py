"""The list of the articles: with what a person says of them, and the bin."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from reader.store.annotations import Bookmarks
from reader.store.catalogue import Catalogue, Description
from reader.store.connection import Database
from reader.store.errors import NoSuchArticleError
from reader.store.shelf import Shelf

NOON = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
Shelve = Callable[..., int]


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database, lambda: NOON)


@pytest.fixture
def catalogue(database: Database) -> Catalogue:
    return Catalogue(database)


def test_what_a_person_says_stands_before_what_the_file_says(
    shelf: Shelf, catalogue: Catalogue, shelve: Shelve
) -> None:
    article = shelve("Scan 17", "Words.")

    catalogue.describe([article], Description("The Ferry", ("Anna Reed",), "1921", "de"))

    entry = shelf.entry(article)
    assert (entry.title, entry.authors, entry.date, entry.language) == ("The Ferry", ("Anna Reed",), "1921", "de")


def test_what_a_person_says_can_be_that_nobody_is_known(shelf: Shelf, catalogue: Catalogue, shelve: Shelve) -> None:
    article = shelve("The Ferry", "Words.")

    catalogue.describe([article], Description(authors=(), date=""))

    entry = shelf.entry(article)
    assert (entry.title, entry.authors, entry.date, entry.language) == ("The Ferry", (), "", "en")


def test_an_entry_has_its_tags_and_collections(shelf: Shelf, catalogue: Catalogue, shelve: Shelve) -> None:
    one, other = shelve("One", "Words."), shelve("Other", "Words.")
    seminar = catalogue.make_collection("Seminar")
    catalogue.tag([one], ["water", "History"])
    catalogue.collect(seminar, [one, other])

    assert [(entry.tags, entry.collections) for entry in shelf.articles()] == [
        ((), (seminar,)),
        (("History", "water"), (seminar,)),
    ]
    assert shelf.entry(one) == shelf.articles()[1]


def test_the_first_of_the_list_can_be_had_alone(shelf: Shelf, shelve: Shelve) -> None:
    for number in range(5):
        shelve(f"Text {number}", "Words.")

    assert shelf.articles(2) == shelf.articles()[:2]


def test_several_are_removed_and_brought_back_at_once(shelf: Shelf, shelve: Shelve) -> None:
    one, two, three = (shelve(title, "Words.") for title in ("One", "Two", "Three"))

    assert shelf.remove_all([one, three, 99]) == 2
    assert [entry.id for entry in shelf.articles()] == [two]
    assert [(entry.id, entry.removed) for entry in shelf.removed()] == [(one, NOON), (three, NOON)]

    assert shelf.restore_all([one, two]) == 1
    assert {entry.id for entry in shelf.articles()} == {one, two}


def test_what_is_not_there_cannot_be_removed(shelf: Shelf) -> None:
    with pytest.raises(NoSuchArticleError):
        shelf.remove(1)


def test_bookmarks_of_the_bin_are_counted(shelf: Shelf, shelve: Shelve, database: Database) -> None:
    from reader.article.locator import Locator

    article = shelve("One", "Words that are read.")
    Bookmarks(database, lambda: NOON).add(article, Locator(0, 5, "Words", "", " that"))

    shelf.remove(article)

    assert shelf.removed()[0].bookmark_count == 1
