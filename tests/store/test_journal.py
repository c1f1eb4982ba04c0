"""The journal as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from reader.article.locator import Locator
from reader.store import times
from reader.store.annotations import Bookmarks, delete_removed_bookmarks
from reader.store.catalogue import Catalogue
from reader.store.connection import Database, transaction
from reader.store.journal import Journal, forget, latest
from tests.store.conftest import Shelve

PLACE = Locator(4, 7, "ice", "The ", " on the river broke.")


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)


@pytest.fixture
def bookmarks(database: Database, shelve: Shelve) -> Iterator[Bookmarks]:
    shelve("The Ferry", "The ice on the river broke.")
    yield Bookmarks(database, times.now)


def test_what_came_after_an_operation_is_told_in_order(journal: Journal, bookmarks: Bookmarks) -> None:
    before = journal.last()

    mark = bookmarks.add(1, PLACE, "when")
    bookmarks.change(mark.id, label="why")

    told = [(each.field, each.before, each.value) for each in journal.since(before) if each.field == "label"]
    assert told == [("label", None, "when"), ("label", "when", "why")]
    assert [each.seq for each in journal.since(before)] == list(range(before + 1, journal.last() + 1))


def test_more_operations_than_are_read_at_a_time_all_come(
    journal: Journal, bookmarks: Bookmarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.store.journal.PORTION", 3)

    bookmarks.add(1, PLACE)

    assert [each.seq for each in journal.since()] == list(range(1, journal.last() + 1))


def test_one_entity_tells_what_was_done_with_it(journal: Journal, bookmarks: Bookmarks) -> None:
    bookmarks.add(1, PLACE, "another")
    mark = bookmarks.add(1, PLACE, "when")
    bookmarks.remove(mark.id)

    told = [(each.field, each.value) for each in journal.of("bookmark", mark.id)]

    assert ("label", "when") in told
    assert ("label", "another") not in told
    assert told[-1][0] == "removed"


def test_a_bookmark_that_is_deleted_for_good_leaves_no_words(
    journal: Journal, bookmarks: Bookmarks, database: Database
) -> None:
    mark = bookmarks.add(1, PLACE, "my secret")
    bookmarks.remove(mark.id)

    with transaction(database) as connection:
        delete_removed_bookmarks(connection, times.now() + timedelta(days=1))

    (end,) = journal.of("bookmark", mark.id)
    assert end.is_end
    assert not any("secret" in f"{each.value}{each.before}" for each in journal.since())


def test_of_several_values_the_last_word_is_told_of_each(
    journal: Journal, database: Database, bookmarks: Bookmarks
) -> None:
    catalogue = Catalogue(database)
    catalogue.tag((1,), ("History", "Winter"))
    catalogue.rename_tag("Winter", "Spring")
    uuid = journal.of("article", next(journal.since()).entity)[0].entity

    last = latest(journal.since())

    told = {key[3]: said.present for key, said in last.items() if key[:3] == ("article", uuid, "tag")}
    assert told == {"history": True, "winter": False, "spring": True}


def test_what_was_over_long_ago_is_forgotten_and_the_last_word_kept(
    journal: Journal, database: Database, bookmarks: Bookmarks
) -> None:
    catalogue = Catalogue(database)
    catalogue.delete_collection(catalogue.make_collection("A secret"))
    mark = bookmarks.add(1, PLACE, "one")
    bookmarks.change(mark.id, label="two")
    catalogue.tag((1,), ("History",))

    with transaction(database) as connection:
        kept = forget(connection, times.now() - timedelta(days=30))
        gone = forget(connection, times.now() + timedelta(days=1))

    assert (kept, gone) == (0, 2)
    left = [(each.kind, each.field, each.value) for each in journal.since()]
    assert ("bookmark", "label", "two") in left
    assert ("article", "tag", "History") in left
    assert [each for each in left if each[0] == "collection"] == [("collection", "gone", True)]


def test_the_words_of_what_was_deleted_and_brought_back_are_not_forgotten(database: Database, journal: Journal) -> None:
    catalogue = Catalogue(database)
    deleted = catalogue.delete_collection(catalogue.make_collection("Course"))
    assert deleted is not None
    catalogue.bring_back(deleted)

    with transaction(database) as connection:
        forget(connection, times.now() + timedelta(days=1))

    assert [(each.field, each.value) for each in journal.of("collection", deleted.uuid)] == [
        ("gone", True),
        ("name", "Course"),
    ]
