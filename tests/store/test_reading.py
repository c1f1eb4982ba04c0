from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from reader.article.annotation import ReadingPosition
from reader.article.locator import Locator
from reader.store.connection import Database, transaction
from reader.store.errors import NoSuchArticleError
from reader.store.reading import MAX_PLACES, History, Reading, Resumed, move_reading
from reader.store.shelf import Shelf

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


TEXT = " ".join(f"word{number}" for number in range(1000, 1200))


def point(start: int) -> Locator:
    return Locator(start, start, "", TEXT[max(0, start - 32) : start], TEXT[start : start + 32])


@pytest.fixture
def reading(database: Database) -> Reading:
    return Reading(database)


def test_what_was_never_opened_has_no_position(reading: Reading, shelve: Callable[..., int]) -> None:
    assert reading.position(shelve("One", TEXT)) is None
    assert reading.last_article() is None


def test_the_last_position_counts(reading: Reading, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)
    reading.save(article, ReadingPosition(point(10), 0.1, NOON))
    last = ReadingPosition(point(40), 0.4, NOON + timedelta(minutes=1))

    reading.save(article, last)

    assert reading.position(article) == last


def test_the_article_read_last_is_known_unless_it_was_removed(
    database: Database, reading: Reading, shelve: Callable[..., int]
) -> None:
    one, two = shelve("One", TEXT), shelve("Two", TEXT)
    reading.save(two, ReadingPosition(point(1), 0.1, NOON + timedelta(minutes=1)))
    reading.save(one, ReadingPosition(point(1), 0.1, NOON))
    assert reading.last_article() == two

    Shelf(database, lambda: NOON).remove(two)

    assert reading.last_article() == one


def test_a_reading_goes_on_with_its_place_and_its_choices(reading: Reading, shelve: Callable[..., int]) -> None:
    article, other = shelve("One", TEXT), shelve("Two", TEXT)
    place = ReadingPosition(point(10), 0.1, NOON)
    reading.save(article, place)

    reading.choose(article, "type", {"size": 24})
    reading.choose(article, "folds", [3, 5])

    assert reading.resume(article) == Resumed(place, {"type": {"size": 24}, "folds": [3, 5]})
    assert reading.resume(other) == Resumed(None, {})


def test_a_choice_can_be_made_before_there_is_a_place(reading: Reading, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)

    reading.choose(article, "type", {"size": 24})

    assert reading.resume(article) == Resumed(None, {"type": {"size": 24}})


def test_a_choice_that_is_taken_back_is_forgotten_and_the_others_stay(
    reading: Reading, shelve: Callable[..., int]
) -> None:
    article = shelve("One", TEXT)
    reading.choose(article, "type", {"size": 24})
    reading.choose(article, "folds", [3])

    reading.choose(article, "type", None)

    assert reading.resume(article).choices == {"folds": [3]}


def test_choices_that_cannot_be_read_count_as_none(
    database: Database, reading: Reading, shelve: Callable[..., int]
) -> None:
    article = shelve("One", TEXT)
    with transaction(database) as connection:
        connection.execute("INSERT INTO choice VALUES (?, ?)", (article, '["no object"'))

    assert reading.resume(article).choices == {}


def test_nothing_is_kept_for_an_article_that_is_not_there(reading: Reading) -> None:
    reading.choose(99, "type", {"size": 24})

    assert reading.resume(99) == Resumed(None, {})


def test_times_of_other_zones_are_stored_in_utc(reading: Reading, shelve: Callable[..., int]) -> None:
    from datetime import timezone

    article = shelve("One", TEXT)

    reading.save(article, ReadingPosition(point(1), 0.1, datetime(2024, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))))

    saved = reading.position(article)
    assert saved is not None
    assert saved.at.isoformat() == "2024-05-01T12:00:00+00:00"


def test_a_time_without_a_zone_is_a_mistake(reading: Reading, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)

    with pytest.raises(ValueError, match="time zone"):
        reading.save(article, ReadingPosition(point(1), 0.1, NOON.replace(tzinfo=None)))


def test_a_position_in_an_unknown_article_is_refused(reading: Reading) -> None:
    with pytest.raises(NoSuchArticleError):
        reading.save(99, ReadingPosition(point(1), 0.1, NOON))


def test_the_history_comes_back_as_it_was(reading: Reading, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)
    assert reading.history(article) == History((), 0)

    reading.save_history(article, History((point(1), point(2), point(3)), 2))

    assert reading.history(article) == History((point(1), point(2), point(3)), 2)


def test_a_long_history_keeps_its_newest_places(reading: Reading, shelve: Callable[..., int]) -> None:
    article = shelve("One", TEXT)

    reading.save_history(article, History(tuple(map(point, range(MAX_PLACES + 5))), MAX_PLACES + 1))

    kept = reading.history(article)
    assert len(kept.places) == MAX_PLACES
    assert kept.places[0] == point(5)
    assert kept.current == MAX_PLACES - 4


def test_a_revision_moves_the_position_and_drops_places_that_are_gone(
    database: Database, reading: Reading, shelve: Callable[..., int]
) -> None:
    article = shelve("One", TEXT)
    reading.save(article, ReadingPosition(point(10), 0.5, NOON))
    reading.save_history(article, History((point(1), point(2), point(3)), 2))

    with transaction(database) as connection:
        move_reading(
            connection, article, lambda old: None if old.start == 1 else point(old.start + 100), lambda old: old
        )

    assert reading.position(article) == ReadingPosition(point(110), 0.5, NOON)
    assert reading.history(article) == History((point(102), point(103)), 1)


def test_a_position_whose_words_are_gone_goes_nearby(
    database: Database, reading: Reading, shelve: Callable[..., int]
) -> None:
    article = shelve("One", TEXT)
    reading.save(article, ReadingPosition(point(10), 0.5, NOON))

    with transaction(database) as connection:
        move_reading(connection, article, lambda old: None, lambda old: point(old.start // 2))

    assert reading.position(article) == ReadingPosition(point(5), 0.5, NOON)
