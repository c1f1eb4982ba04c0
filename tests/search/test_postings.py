"""Postings are what was put in, moved and renumbered too; and impacts say what they should."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.postings import (
    LEAST_IMPACT,
    MAX_DOCUMENTS,
    column_of,
    documents_of,
    impacts,
    impacts_of,
    moved,
    postings_of,
    renumbered,
    to_bytes,
)

postings = st.dictionaries(st.integers(0, 400), st.integers(1, 255)).map(lambda found: dict(sorted(found.items())))
far = st.dictionaries(st.integers(0, MAX_DOCUMENTS - 1000), st.integers(0, 255)).map(lambda f: dict(sorted(f.items())))


def packed(found: dict[int, int]) -> bytes:
    return to_bytes(array("I", [(document << 8) | impact for document, impact in found.items()]))


def unpacked(raw: bytes) -> dict[int, int]:
    return dict(zip(documents_of(raw), impacts_of(raw), strict=True))


@given(far)
def test_documents_and_impacts_come_back(found: dict[int, int]) -> None:
    assert unpacked(packed(found)) == found


@given(far, st.integers(0, 1000))
def test_moved_postings_have_each_document_moved(found: dict[int, int], by: int) -> None:
    assert unpacked(moved(packed(found), by)) == {document + by: impact for document, impact in found.items()}


@given(postings, st.sets(st.integers(0, 400)))
def test_renumbered_postings_leave_out_what_is_gone(found: dict[int, int], gone: set[int]) -> None:
    numbers = [-1 if document in gone else document + 7 for document in range(401)]

    raw = renumbered(packed(found), numbers)

    assert unpacked(raw) == {document + 7: impact for document, impact in found.items() if document not in gone}


@given(postings)
def test_a_column_says_what_its_postings_say(found: dict[int, int]) -> None:
    column = column_of(packed(found), 401)

    assert column == bytes(found.get(document, 0) for document in range(401))
    assert unpacked(postings_of(column)) == found


@pytest.mark.parametrize("length", [0, 1, 16, 17, 90, 1000, 65_000, 10**6])
@pytest.mark.parametrize("weight", [1.0, 1.5, 4.0])
def test_the_oftener_a_word_stands_there_the_greater_is_its_impact(length: int, weight: float) -> None:
    table = impacts(length, weight)

    assert len(table) == 256
    assert LEAST_IMPACT <= table[1] <= table[2] <= table[20] <= table[255] <= 255
    assert list(table) == sorted(table)


def test_a_word_counts_more_in_a_short_block_and_in_a_heading() -> None:
    assert impacts(10, 1.0)[1] > impacts(100, 1.0)[1] > impacts(1000, 1.0)[1]
    assert impacts(100, 3.0)[1] > impacts(100, 1.0)[1]
