"""Portions: a text is cut where it may be, and its heights add up whatever is known of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.article.text import CanonicalText
from reader.ui.page.portions import MOST_PASSAGES, MOST_ROWS, PORTION_CHARACTERS, TALLEST, Heights, cut
from tests.strategies import articles

WORDS = "Words that fill a line of a page. " * 6


def text_of(*blocks: Block) -> CanonicalText:
    return CanonicalText(Article(Metadata(), blocks))


def paragraphs(count: int, words: str = WORDS) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, words) for _ in range(count)]


@given(articles())
def test_portions_hold_every_passage_once(article: Article) -> None:
    text = CanonicalText(article)

    cuts = cut(text)

    assert cuts[0] == 0
    assert cuts[-1] == len(text.passages)
    assert all(first < end for first, end in pairwise(cuts))


def test_portions_are_about_equally_long() -> None:
    cuts = cut(text_of(*paragraphs(500)))

    lengths = [(end - first) * (len(WORDS) + 1) for first, end in pairwise(cuts)]

    assert all(length >= PORTION_CHARACTERS for length in lengths[:-1])
    assert max(lengths) < PORTION_CHARACTERS + len(WORDS) + 2


def test_many_short_passages_make_a_portion_too() -> None:
    cuts = cut(text_of(*paragraphs(500, "Yes.")))

    assert max(end - first for first, end in pairwise(cuts)) == MOST_PASSAGES


def test_a_heading_near_the_cut_begins_the_next_portion() -> None:
    heading = Block(BlockKind.HEADING, "On", level=2)

    cuts = cut(text_of(*paragraphs(11), heading, *paragraphs(30)))

    assert cuts[1] == 11


def test_a_table_is_kept_together() -> None:
    rows = [Block(BlockKind.TABLE_ROW, "a\tb") for _ in range(MOST_ROWS - 20)]

    cuts = cut(text_of(*paragraphs(5), *rows, *paragraphs(5)))

    assert not any(5 < number < 5 + len(rows) for number in cuts)


def test_a_table_without_end_is_cut_all_the_same() -> None:
    rows = [Block(BlockKind.TABLE_ROW, "a\tb") for _ in range(5000)]

    cuts = cut(text_of(*rows))

    assert max(end - first for first, end in pairwise(cuts)) <= MOST_ROWS


def test_a_picture_stays_with_what_follows_it() -> None:
    picture = Block(BlockKind.IMAGE, "A picture")
    blocks = [block for _ in range(100) for block in (picture, Block(BlockKind.CAPTION, WORDS * 3))]

    cuts = cut(text_of(*blocks))

    assert all(number % 2 == 0 for number in cuts)


# -- heights ---------------------------------------------------------------------------------------

CUTS = [0, 3, 5, 9, 10]
STARTS = [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]


@pytest.fixture
def heights() -> Heights:
    made = Heights(CUTS, STARTS)
    made.guess(0.5, 10.0)
    return made


def test_a_guess_counts_letters_and_passages(heights: Heights) -> None:
    assert [heights.top(portion) for portion in range(5)] == [0.0, 180.0, 300.0, 540.0, 600.0]


def test_what_was_measured_moves_what_is_below(heights: Heights) -> None:
    heights.measure(1, [100.0])

    assert [heights.top(portion) for portion in range(5)] == [0.0, 180.0, 280.0, 520.0, 580.0]


def test_what_is_folded_away_has_no_height(heights: Heights) -> None:
    heights.guess(0.5, 10.0, [(4, 9)])

    assert [heights.top(portion) for portion in range(5)] == [0.0, 180.0, 240.0, 240.0, 300.0]


def test_another_guess_forgets_what_was_measured(heights: Heights) -> None:
    heights.measure(0, [1.0, 2.0])

    heights.guess(1.0, 0.0)

    assert heights.total == 1000.0


def test_how_wrong_the_guess_was_is_known(heights: Heights) -> None:
    heights.measure(0, [270.0, 180.0])

    assert heights.measured_to_guessed() == pytest.approx(1.5)


def test_a_text_taller_than_qt_can_count_is_made_to_fit() -> None:
    made = Heights(CUTS, [start * 10**6 for start in STARTS])

    made.guess(1.0, 0.0)
    made.measure(1, [2000.0])
    made.measure(3, [3000.0])
    made.show(3, 4)

    assert made.total <= TALLEST + 3000.0
    assert made.real(1) == 2000.0
    assert made.top(4) - made.top(3) == pytest.approx(3000.0)
    assert made.top(2) - made.top(1) == pytest.approx(TALLEST * 0.2)


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.floats(1, 5000)), max_size=20),
    st.floats(0, 1),
)
def test_a_portion_is_found_at_its_height(lengths: list[int], measured: list[tuple[int, float]], within: float) -> None:
    starts = [sum(lengths[:number]) for number in range(len(lengths) + 1)]
    made = Heights(list(range(len(lengths) + 1)), starts)
    made.guess(0.7, 12.0)
    for portion, height in measured:
        if portion < len(lengths):
            made.measure(portion, [height])

    for portion in range(len(lengths)):
        top, below = made.top(portion), made.top(portion + 1)
        assert below > top
        assert made.at(top + (below - top) * within * 0.99) == portion
