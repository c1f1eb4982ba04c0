"""A real database under a temporary folder, and articles put straight into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.article.codec import encode
from reader.article.model import Article, Block, BlockKind, Metadata
from reader.paths import Paths
from reader.store import times
from reader.store.articles import NewRevision, insert_article, insert_revision
from reader.store.connection import Database, transaction

Shelve = Callable[..., int]


@pytest.fixture
def file(paths: Paths) -> Path:
    return paths.data / "library.sqlite"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database(file)
    yield database
    database.close()


@pytest.fixture
def shelve(database: Database) -> Shelve:
    """Put an article of some paragraphs on the shelf and return its id."""

    def put(title: str, *paragraphs: str, article_id: int | None = None) -> int:
        article = Article(Metadata(title), tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs))
        new = NewRevision(
            sha256=title,
            original=f"{title}.txt",
            file_name=f"{title}.txt",
            format="text",
            title=title,
            authors=("A. Writer",),
            date="1918-03",
            language="en",
            words=sum(len(text.split()) for text in paragraphs),
            compiled=encode(article),
        )
        with transaction(database) as connection:
            here = insert_article(connection, times.now()) if article_id is None else article_id
            insert_revision(connection, here, new, times.now())
        return here

    return put
