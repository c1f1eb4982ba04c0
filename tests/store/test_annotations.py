from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from reader.article.annotation import Bookmark
from reader.article.locator import Locator
from reader.store.annotations import Bookmarks, move_bookmarks
from reader.store.connection import Database, transaction
from reader.store.errors import NoSuchArticleError, NoSuchBookmarkError
from reader.store.shelf import Shelf

NOON = datetime(2024, 5, 1, 12, 0, 0, 250, tzinfo=UTC)


TEXT = "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november"


def place(words: str, text: str = TEXT) -> Locator:
    start, end = text.index(words), text.index(words) + len(words)
    return Locator(start, end, words, text[max(0, start - 32) : start], text[end : end + 32])


@pytest.fixture
def bookmarks(database: Database) -> Bookmarks:
    return Bookmarks(database, lambda: NOON)


def test_a_bookmark_comes_back_as_it_was_made(bookmarks: Bookmarks, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Frühling: é", "“ß” und mehr")
    target = place("é\n“ß”", "Frühling: é\n“ß” und mehr")

    made = bookmarks.add(article, target, "A label", "A remark\nof two lines")

    assert bookmarks.of(article) == (made,)
    assert made.target == target
    assert (made.label, made.remark, made.lost) == ("A label", "A remark\nof two lines", False)
    assert made.created == made.changed == NOON


def test_bookmarks_stand_in_reading_order(bookmarks: Bookmarks, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)
    for words in ("golf", "bravo", "lima"):
        bookmarks.add(article, place(words))

    assert [bookmark.target.exact for bookmark in bookmarks.of(article)] == ["bravo", "golf", "lima"]


def test_all_bookmarks_are_told_with_their_article_and_without_removed_ones(
    database: Database, bookmarks: Bookmarks, shelve: Callable[..., int]
) -> None:
    one, two, three = shelve("One", TEXT), shelve("Two", TEXT), shelve("Three", TEXT)
    kept = bookmarks.add(two, place("bravo"))
    bookmarks.remove(bookmarks.add(one, place("bravo")).id)
    bookmarks.add(three, place("bravo"))

    Shelf(database, lambda: NOON).remove(three)

    assert bookmarks.all() == ((two, kept),)


def test_a_change_of_the_label_leaves_the_remark(database: Database, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)
    made = Bookmarks(database, lambda: NOON).add(article, place("bravo"), "old", "remark")

    changed = Bookmarks(database, lambda: NOON + timedelta(days=1)).change(made.id, label="new")

    assert (changed.label, changed.remark) == ("new", "remark")
    assert changed.created == NOON
    assert changed.changed == NOON + timedelta(days=1)


def test_a_removed_bookmark_is_gone_and_comes_back_whole(bookmarks: Bookmarks, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)
    made = bookmarks.add(article, place("bravo"), "label")

    removed = bookmarks.remove(made.id)

    assert bookmarks.of(article) == ()
    assert bookmarks.restore(removed) == made
    assert bookmarks.of(article) == (made,)


def test_what_is_not_there_is_said(bookmarks: Bookmarks) -> None:
    unknown = Bookmark("00000000-0000-0000-0000-000000000000", place("bravo"), "", "", NOON, NOON)

    with pytest.raises(NoSuchArticleError, match=r"There is no article number 99 in the library\."):
        bookmarks.add(99, place("bravo"))
    with pytest.raises(NoSuchBookmarkError):
        bookmarks.change(unknown.id, label="x")
    with pytest.raises(NoSuchBookmarkError):
        bookmarks.remove(unknown.id)
    with pytest.raises(NoSuchBookmarkError):
        bookmarks.restore(unknown)


def test_a_place_that_a_revision_lost_is_kept_and_may_be_found_later(
    database: Database, bookmarks: Bookmarks, shelve: Callable[..., int]
) -> None:
    article = shelve("One", TEXT)
    bookmarks.add(article, place("golf"))

    with transaction(database) as connection:
        assert move_bookmarks(connection, article, lambda old: None) == (0, 1)
    (lost,) = bookmarks.of(article)
    with transaction(database) as connection:
        assert move_bookmarks(connection, article, lambda old: place("lima")) == (1, 0)
    (found,) = bookmarks.of(article)

    assert (lost.target, lost.lost) == (place("golf"), True)
    assert (found.target, found.lost) == (place("lima"), False)


def test_a_removed_bookmark_moves_too_and_is_restored_at_its_new_place(
    database: Database, bookmarks: Bookmarks, shelve: Callable[..., int]
) -> None:
    article = shelve("One", TEXT)
    removed = bookmarks.remove(bookmarks.add(article, place("golf")).id)

    with transaction(database) as connection:
        assert move_bookmarks(connection, article, lambda old: place("kilo")) == (0, 0)

    assert bookmarks.restore(removed).target == place("kilo")
