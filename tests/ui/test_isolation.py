"""Titles within sentences of the program."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.isolation import isolated, isolated_beside, without_controls


def test_a_title_in_latin_letters_stays_as_it_is() -> None:
    assert isolated("Über den Fluß – 渡船") == "Über den Fluß – 渡船"


def test_a_title_that_runs_leftwards_is_kept_to_itself() -> None:
    assert isolated("النهر") == "\u2068النهر\u2069"


def test_a_title_cannot_turn_round_what_follows_it() -> None:
    assert isolated("exe\u202efdp.txt") == "exefdp.txt"
    assert isolated("\u2069\u2067النهر\u202b") == "\u2068النهر\u2069"


@given(st.text(alphabet=st.sampled_from("ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069אب 1")))
def test_no_control_of_the_text_is_left(text: str) -> None:
    assert not set(without_controls(text)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_date_stands_by_itself_beside_a_name_that_runs_leftwards() -> None:
    assert isolated_beside("12 Dec 2021", "ליאת") == "\u206812 Dec 2021\u2069"
    assert isolated_beside("12 Dec 2021", "Rosa") == "12 Dec 2021"
