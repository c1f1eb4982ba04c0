"""Columns against the same said of each document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.search import columns

column = st.integers(0, 30).flatmap(lambda size: st.binary(min_size=size, max_size=size))
few = st.integers(1, 40).flatmap(
    lambda size: st.lists(st.tuples(st.binary(min_size=size, max_size=size), st.floats(0, 20)), min_size=1, max_size=6)
)


@given(few)
def test_what_every_column_matches_is_what_each_document_says(weighed: list[tuple[bytes, float]]) -> None:
    found = columns.every([each for each, _ in weighed], [weight for _, weight in weighed])

    assert [bool(value) for value in found] == [
        all(values) for values in zip(*(each for each, _ in weighed), strict=True)
    ]


@given(few)
def test_what_some_columns_match_is_what_each_document_says(weighed: list[tuple[bytes, float]]) -> None:
    found = columns.some([each for each, _ in weighed], [weight for _, weight in weighed])

    assert [bool(value) for value in found] == [
        any(values) for values in zip(*(each for each, _ in weighed), strict=True)
    ]


def test_what_weighs_more_counts_more() -> None:
    rare, common = bytes([200, 100, 200]), bytes([100, 200, 200])

    found = columns.every([rare, common], [5.0, 1.0])

    assert found[2] > found[0] > found[1]


def test_of_other_forms_the_best_is_below_the_worst_of_the_form_that_was_typed() -> None:
    other = columns.weaker(bytes([255, 64, 1, 0]))

    assert list(other) == [63, 16, 1, 0]


@given(few)
def test_without_over_and_both_are_what_each_document_says(weighed: list[tuple[bytes, float]]) -> None:
    one, other = weighed[0][0], weighed[-1][0]

    assert columns.without(one, other) == bytes(0 if b else a for a, b in zip(one, other, strict=True))
    assert columns.over(one, other) == bytes(a or b for a, b in zip(one, other, strict=True))
    assert columns.both(one, columns.matching(other)) == bytes(a if b else 0 for a, b in zip(one, other, strict=True))


@given(column)
def test_count_and_documents_tell_what_matches(column: bytes) -> None:
    matching = [document for document, value in enumerate(column) if value]

    assert list(columns.documents(column)) == matching
    assert columns.count(column) == len(matching)
    assert columns.is_empty(column) == (not matching)


@given(st.binary(max_size=50) | st.binary(min_size=600, max_size=900), st.integers(0, 50), st.integers(0, 900))
def test_the_best_come_first_and_equals_in_their_order(column: bytes, first: int, end: int) -> None:
    end = min(end, len(column))

    found = list(columns.best(column, first, end))

    there = [(value, document) for document, value in enumerate(column) if value and first <= document < end]
    assert found == sorted(there, key=lambda each: (-each[0], each[1]))


@given(column, st.integers(0, 30), st.integers(0, 30))
def test_of_a_limited_column_the_range_is_left(column: bytes, first: int, end: int) -> None:
    first, end = sorted((min(first, len(column)), min(end, len(column))))

    limited = columns.limited(column, [(first, end)])

    assert limited == bytes(first) + column[first:end] + bytes(len(column) - end)
