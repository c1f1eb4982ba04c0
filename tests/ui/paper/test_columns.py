from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.paper.columns import share


def test_what_is_left_goes_to_words_and_not_to_figures() -> None:
    assert share([10, 10, 10], [20, 30, 50], [True, False, True], 170) == [40, 30, 100]


def test_figures_alone_share_all_of_the_width() -> None:
    assert share([10, 10], [10, 30], [False, False], 80) == [20, 60]


def test_where_lines_do_not_fit_no_word_is_broken() -> None:
    assert share([10, 20], [10, 220], [True, True], 100) == [10, 90]


def test_where_words_do_not_fit_all_give_way_alike() -> None:
    assert share([100, 300], [100, 300], [True, True], 200) == [50, 150]


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 1e4), st.booleans()), min_size=1), st.floats(10, 1e4))
def test_the_columns_fill_the_width(columns: list[tuple[float, float, bool]], width: float) -> None:
    words = [word for word, _, _ in columns]
    lines = [max(word, line) for word, line, _ in columns]

    shares = share(words, lines, [grows for _, _, grows in columns], width)

    assert sum(shares) == pytest.approx(width)
    assert all(each >= 0 for each in shares)
