from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from reader.article.annotation import Bookmark
from reader.article.locator import Locator
from reader.store.annotations import Bookmarks, move_bookmarks
from reader.store.articles import Shelf
from reader.store.connection import Database, transaction
from reader.store.errors import NoSuchArticleError, NoSuchBookmarkError

NOON = datetime(2024, 5, 1, 12, 0, 0, 250, tzinfo=UTC)


def place(start: int, exact: str = "word") -> Locator:
    return Locator(start, start + len(exact), exact, "before ", " after")


@pytest.fixture
def bookmarks(database: Database) -> Bookmarks:
    return Bookmarks(database, lambda: NOON)


def test_a_bookmark_comes_back_as_it_was_made(bookmarks: Bookmarks, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Some text.")

    made = bookmarks.add(article, place(3, "é\n“ß”"), "A label", "A remark\nof two lines")

    assert bookmarks.of(article) == (made,)
    assert made.target == place(3, "é\n“ß”")
    assert (made.label, made.remark, made.lost) == ("A label", "A remark\nof two lines", False)
    assert made.created == made.changed == NOON


def test_bookmarks_stand_in_reading_order(bookmarks: Bookmarks, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Some text.")
    for start in (50, 10, 30):
        bookmarks.add(article, place(start))

    assert [bookmark.target.start for bookmark in bookmarks.of(article)] == [10, 30, 50]


def test_all_bookmarks_are_told_with_their_article_and_without_removed_ones(
    database: Database, bookmarks: Bookmarks, shelve: Callable[..., int]
) -> None:
    one, two, three = shelve("One", "Text."), shelve("Two", "Text."), shelve("Three", "Text.")
    kept = bookmarks.add(two, place(1))
    bookmarks.remove(bookmarks.add(one, place(1)).id)
    bookmarks.add(three, place(1))

    Shelf(database, lambda: NOON).remove(three)

    assert bookmarks.all() == ((two, kept),)


def test_a_change_of_the_label_leaves_the_remark(database: Database, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Text.")
    made = Bookmarks(database, lambda: NOON).add(article, place(1), "old", "remark")

    changed = Bookmarks(database, lambda: NOON + timedelta(days=1)).change(made.id, label="new")

    assert (changed.label, changed.remark) == ("new", "remark")
    assert changed.created == NOON
    assert changed.changed == NOON + timedelta(days=1)


def test_a_removed_bookmark_is_gone_and_comes_back_whole(bookmarks: Bookmarks, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Text.")
    made = bookmarks.add(article, place(1), "label")

    removed = bookmarks.remove(made.id)

    assert bookmarks.of(article) == ()
    assert bookmarks.restore(removed) == made
    assert bookmarks.of(article) == (made,)


def test_what_is_not_there_is_said(bookmarks: Bookmarks) -> None:
    unknown = Bookmark("00000000-0000-0000-0000-000000000000", place(1), "", "", NOON, NOON)

    with pytest.raises(NoSuchArticleError, match=r"There is no article number 99 in the library\."):
        bookmarks.add(99, place(1))
    with pytest.raises(NoSuchBookmarkError):
        bookmarks.change(unknown.id, label="x")
    with pytest.raises(NoSuchBookmarkError):
        bookmarks.remove(unknown.id)
    with pytest.raises(NoSuchBookmarkError):
        bookmarks.restore(unknown)


def test_a_place_that_a_revision_lost_is_kept_and_may_be_found_later(
    database: Database, bookmarks: Bookmarks, shelve: Callable[..., int]
) -> None:
    article = shelve("One", "Text.")
    bookmarks.add(article, place(5))

    with transaction(database) as connection:
        assert move_bookmarks(connection, article, lambda old: None) == (0, 1)
    (lost,) = bookmarks.of(article)
    with transaction(database) as connection:
        assert move_bookmarks(connection, article, lambda old: place(old.start + 20)) == (1, 0)
    (found,) = bookmarks.of(article)

    assert (lost.target, lost.lost) == (place(5), True)
    assert (found.target, found.lost) == (place(25), False)


def test_a_removed_bookmark_moves_too_and_is_restored_at_its_new_place(
    database: Database, bookmarks: Bookmarks, shelve: Callable[..., int]
) -> None:
    article = shelve("One", "Text.")
    removed = bookmarks.remove(bookmarks.add(article, place(5)).id)

    with transaction(database) as connection:
        assert move_bookmarks(connection, article, lambda old: place(8)) == (0, 0)

    assert bookmarks.restore(removed).target == place(8)
