from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from reader.article.annotation import ReadingPosition
from reader.article.codec import decode
from reader.article.locator import Locator
from reader.store.annotations import Bookmarks
from reader.store.articles import Articles
from reader.store.connection import Database
from reader.store.errors import NoSuchArticleError
from reader.store.reading import Reading
from reader.store.shelf import Shelf

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
PLACE = Locator(0, 4, "Text", "", " of a few words.")


@pytest.fixture
def shelf(database: Database) -> Shelf:
    return Shelf(database, lambda: NOON)


def test_an_entry_tells_what_the_library_shows(database: Database, shelf: Shelf, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Text of a few words.")
    Reading(database).save(article, ReadingPosition(PLACE, 0.25, NOON))
    bookmarks = Bookmarks(database, lambda: NOON)
    bookmarks.add(article, PLACE)
    bookmarks.remove(bookmarks.add(article, PLACE).id)

    entry = shelf.entry(article)

    assert (entry.title, entry.authors, entry.date, entry.language) == ("One", ("A. Writer",), "1918-03", "en")
    assert (entry.format, entry.words, entry.number) == ("text", 5, 1)
    assert (entry.share, entry.finished, entry.last_read) == (0.25, False, NOON)
    assert entry.bookmark_count == 1


def test_an_article_once_read_to_its_end_stays_finished(
    database: Database, shelf: Shelf, shelve: Callable[..., int]
) -> None:
    article = shelve("One", "Text of a few words.")
    for share in (0.99, 0.1):
        Reading(database).save(article, ReadingPosition(PLACE, share, NOON))

    assert (shelf.entry(article).share, shelf.entry(article).finished) == (0.1, True)


def test_what_was_read_last_stands_first_then_what_was_added_last(
    database: Database, shelf: Shelf, shelve: Callable[..., int]
) -> None:
    one, two, three = (
        shelve("One", "Text of a few words."),
        shelve("Two", "Text of a few words."),
        shelve("Three", "Text of a few words."),
    )

    Reading(database).save(one, ReadingPosition(PLACE, 0.5, NOON))

    assert [entry.id for entry in shelf.articles()] == [one, three, two]


def test_a_removed_article_is_off_the_shelf_and_comes_back(shelf: Shelf, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Text of a few words.")
    before = shelf.entry(article)

    shelf.remove(article)

    assert shelf.articles() == ()
    with pytest.raises(NoSuchArticleError):
        shelf.entry(article)
    with pytest.raises(NoSuchArticleError):
        shelf.remove(article)
    shelf.restore(article)
    assert shelf.articles() == (before,)


def test_a_revision_takes_the_place_of_the_text_and_keeps_the_old_one(
    database: Database, shelf: Shelf, shelve: Callable[..., int]
) -> None:
    article = shelve("One", "Old text.")
    old = shelf.entry(article).revision

    shelve("One", "New text.", article_id=article)

    articles = Articles(database)
    new, title = articles.current(article)
    assert (title, shelf.entry(article).number) == ("One", 2)
    assert decode(articles.compiled(new)).blocks[0].text == "New text."
    assert decode(articles.compiled(old)).blocks[0].text == "Old text."


def test_an_articles_number_is_never_given_again(database: Database, shelf: Shelf, shelve: Callable[..., int]) -> None:
    from reader.store.articles import delete_removed
    from reader.store.connection import transaction

    article = shelve("One", "Text of a few words.")
    shelf.remove(article)
    with transaction(database) as connection:
        delete_removed(connection, datetime(2025, 1, 1, tzinfo=UTC))

    assert shelve("Two", "Text of a few words.") > article
