"""What is folded in an article is kept with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.article.section_names import SectionName
from reader.store.connection import Database, transaction
from reader.store.folding import Folding

SPRING = SectionName(("Book one", "Spring"), 1)


@pytest.fixture
def folding(database: Database) -> Folding:
    return Folding(database)


def test_nothing_is_folded_at_first(folding: Folding, shelve: Callable[..., int]) -> None:
    assert folding.of(shelve("One", "Text.")) == ()


def test_what_was_saved_comes_back(folding: Folding, shelve: Callable[..., int]) -> None:
    one, two = shelve("One", "Text."), shelve("Two", "Text.")
    folding.save(one, (SectionName(("Winter",)),))

    folding.save(one, (SPRING,))

    assert folding.of(one) == (SPRING,)
    assert folding.of(two) == ()


def test_what_was_unfolded_leaves_no_trace(database: Database, folding: Folding, shelve: Callable[..., int]) -> None:
    article = shelve("One", "Text.")
    folding.save(article, (SPRING,))

    folding.save(article, ())

    assert folding.of(article) == ()
    assert database.rows("SELECT * FROM folding") == []


def test_in_an_article_that_is_gone_nothing_is_kept(
    database: Database, folding: Folding, shelve: Callable[..., int]
) -> None:
    article = shelve("One", "Text.")
    folding.save(article, (SPRING,))
    with transaction(database) as connection:
        connection.execute("DELETE FROM article")

    folding.save(article, (SPRING,))

    assert folding.of(article) == ()
