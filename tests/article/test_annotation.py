"""What stands in a list for a marked place."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.annotation import Bookmark, ReadingPosition, excerpt
from reader.article.locator import Locator
from reader.article.model import Article, Block, BlockKind, Metadata
from reader.article.text import CanonicalText
from tests.strategies import articles

TEXT = CanonicalText(
    Article(
        Metadata(),
        (
            Block(BlockKind.PARAGRAPH, "The council met twice a week, and its minutes were printed."),
            Block(BlockKind.VERSE, "A line,\nand  an\N{SOFT HYPHEN}other."),
        ),
    )
)


@pytest.mark.parametrize(
    ("start", "end", "length", "shown"),
    [
        (4, 15, 80, "council met"),
        (6, 13, 80, "council met"),
        (0, 59, 20, "The council met…"),
        (0, 0, 30, "The council met twice a week…"),
        (45, 45, 80, "minutes were printed."),
        (59, 59, 80, "The council met twice a week, and its minutes were printed."),
        (60, 78, 80, "A line, and another."),
        (51, 67, 80, "printed. A line,"),
        (-5, 999, 12, "The council…"),
    ],
)
def test_an_excerpt_is_whole_words_on_one_line(start: int, end: int, length: int, shown: str) -> None:
    assert excerpt(TEXT, start, end, length) == shown


def test_a_script_without_spaces_is_cut_where_it_comes() -> None:
    text = CanonicalText(Article(Metadata(), (Block(BlockKind.PARAGRAPH, "委員會" * 50),)))

    assert excerpt(text, 60, 120, 10) == "委員會委員會委員會…"


@given(articles(), st.data(), st.integers(1, 100))
def test_an_excerpt_is_never_longer_than_asked_for(article: Article, data: st.DataObject, length: int) -> None:
    text = CanonicalText(article)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    shown = excerpt(text, start, end, length)

    assert len(shown) <= length
    assert "\n" not in shown


def test_bookmarks_and_positions_survive_being_written_down() -> None:
    target = Locator(4, 15, "council met", "The ", " twice a week, and its minutes w")
    now = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    bookmark = Bookmark("6f1c6a52-6a0f-4c0e-9d55-0e7b7f0c8a11", target, "Twice", "", now, now)
    position = ReadingPosition(target, 0.25, now)

    kept = msgspec.json.encode((bookmark, position))

    assert msgspec.json.decode(kept, type=tuple[Bookmark, ReadingPosition]) == (bookmark, position)
