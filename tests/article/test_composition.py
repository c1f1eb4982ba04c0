from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from reader.article.composition import composed, composed_at

LETTERS = st.text(st.sampled_from("aeé\u0301\u0323\u0308ẹ ​ᄀ\u1161\u11a8가が\u3099か—"), max_size=60)


@given(LETTERS)
def test_a_text_is_composed_as_everywhere(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


@given(LETTERS, st.lists(st.integers(0, 60)))
def test_a_point_stands_behind_what_stood_before_it(text: str, points: list[int]) -> None:
    points = [min(point, len(text)) for point in points]

    new, moved = composed_at(text, points)

    assert new == unicodedata.normalize("NFC", text)
    assert moved == [len(unicodedata.normalize("NFC", text[:point])) for point in points]


def test_accents_that_run_on_are_left_out() -> None:
    text, points = composed_at("x" + "\u0323" * 40 + "y", [0, 1, 41, 42])

    assert text == "x" + "\u0323" * 30 + "y"
    assert points == [0, 1, 31, 32]


def test_a_line_of_dashes_is_no_run_of_accents() -> None:
    assert composed("—" * 100) == "—" * 100
