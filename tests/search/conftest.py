"""What the tests of search share: an index under a temporary folder, and articles of few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.article.model import Article, Block, BlockKind, Metadata, Note
from reader.search.index import SearchIndex
from reader.search.results import Answer


def article(*paragraphs: str, title: str = "", notes: tuple[str, ...] = ()) -> Article:
    """Return an article of paragraphs; one that begins with ``# `` is a heading."""
    blocks = [
        Block(BlockKind.HEADING, text[2:], level=1) if text.startswith("# ") else Block(BlockKind.PARAGRAPH, text)
        for text in paragraphs
    ]
    kept = [Note(str(number), str(number), (Block(BlockKind.PARAGRAPH, text),)) for number, text in enumerate(notes, 1)]
    return Article(Metadata(title=title), tuple(blocks), tuple(kept))


def places(answer: Answer) -> list[tuple[int, int]]:
    """Return article and passage of every hit, in ascending order."""
    return sorted((group.article_id, hit.passage) for group in answer.groups for hit in group.hits)


@pytest.fixture
def make() -> Callable[..., Article]:
    return article


@pytest.fixture
def found() -> Callable[[Answer], list[tuple[int, int]]]:
    return places


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    opened = SearchIndex(tmp_path / "index")
    yield opened
    opened.close()
