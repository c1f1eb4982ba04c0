"""Counting the letters that are shown between gaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.page.gaps import Gaps

LENGTH = 60


@st.composite
def some_gaps(draw: st.DrawFn) -> list[tuple[int, int]]:
    edges = sorted(draw(st.sets(st.integers(1, LENGTH), max_size=8)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@given(some_gaps(), st.integers(0, LENGTH))
def test_letters_in_gaps_are_not_counted(gaps: list[tuple[int, int]], offset: int) -> None:
    hidden = {letter for begin, end in gaps for letter in range(begin, end)}

    assert Gaps(gaps).shown(offset) == len(set(range(offset)) - hidden)


@given(some_gaps(), st.integers(0, LENGTH))
def test_what_is_shown_is_found_again(gaps: list[tuple[int, int]], offset: int) -> None:
    counted = Gaps(gaps)
    is_hidden = any(begin <= offset < end for begin, end in gaps)

    assert is_hidden or counted.offset(counted.shown(offset)) == offset
