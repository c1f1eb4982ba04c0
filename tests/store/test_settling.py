from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.article.codec import encode
from reader.article.locator import locator
from reader.article.model import Article, Block, BlockKind, Metadata, Note
from reader.article.text import CanonicalText
from reader.store.articles import Articles
from reader.store.connection import Database, transaction
from reader.store.settling import settled

ARTICLE = Article(
    Metadata("One"),
    (
        Block(BlockKind.PARAGRAPH, "Before the first heading."),
        Block(BlockKind.HEADING, "First", level=1),
        Block(BlockKind.PARAGRAPH, "The ice on the river broke."),
        Block(BlockKind.HEADING, "Second", level=1),
        Block(BlockKind.PARAGRAPH, "The ice on the lake did not."),
    ),
    (Note("1", "1", (Block(BlockKind.PARAGRAPH, "So the gazette."), Block(BlockKind.PARAGRAPH, "Its second page."))),),
)


@pytest.fixture
def article(database: Database, shelve: Callable[..., int]) -> int:
    article = shelve("One", "x")
    with transaction(database) as connection:
        connection.execute("UPDATE compiled SET data = ?", (encode(ARTICLE),))
    return article


def test_every_place_of_the_present_text_stays_where_it_is(database: Database, article: int) -> None:
    text = CanonicalText(ARTICLE)
    articles = Articles(database)
    lengths = (0, 1, 7, 40, len(text))

    moved = [
        (start, length)
        for start in range(len(text) + 1)
        for length in lengths
        if settled(articles, article, (place := locator(text, start, start + length))) != (place, False)
    ]

    assert moved == []


def test_a_place_of_another_text_is_found_by_its_words(database: Database, article: int) -> None:
    old = CanonicalText(Article(Metadata(), (Block(BlockKind.PARAGRAPH, "Foreword. The ice on the lake did not."),)))

    place, lost = settled(Articles(database), article, locator(old, 25, 29))

    assert (place.exact, lost) == ("lake", False)
    assert CanonicalText(ARTICLE).string[place.start : place.end] == "lake"


def test_words_that_are_nowhere_are_lost(database: Database, article: int) -> None:
    old = CanonicalText(Article(Metadata(), (Block(BlockKind.PARAGRAPH, "Zebras graze where nobody ever walked."),)))
    place = locator(old, 0, 6)

    assert settled(Articles(database), article, place) == (place, True)
