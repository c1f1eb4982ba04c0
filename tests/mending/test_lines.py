"""Lines of Markdown are marked for what they are, and joined where they were cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.mending.lines import as_caption, as_heading, as_mark, as_note, as_plain, as_quotation, joined, keys_in

LINES = st.lists(st.text("ab-#> [^1]:\\*.", max_size=12), max_size=8)


def test_a_line_becomes_a_heading_of_a_level() -> None:
    assert as_heading(["The council"], 2) == ["## The council"]


def test_a_heading_changes_its_level_and_keeps_its_anchor() -> None:
    assert as_heading(["# The council {: #council}"], 3) == ["### The council {: #council}"]


def test_a_title_over_two_lines_becomes_one_heading() -> None:
    assert as_heading(["The council", "of the town"], 1) == ["# The council of the town"]


def test_a_heading_becomes_a_plain_line_again() -> None:
    assert as_plain(["## The council ##"]) == ["The council"]
    assert as_plain(["The council", "==========="]) == ["The council"]


def test_a_paragraph_becomes_a_quotation() -> None:
    assert as_quotation(["One said", "", "another said"]) == ["> One said", ">", "> another said"]


def test_a_caption_is_said_below_its_line() -> None:
    assert as_caption(["A boat", "on the river"]) == ["A boat on the river", "{: .caption}"]
    assert as_plain(["A boat", "{: .caption}"]) == ["A boat"]


def test_a_numbered_line_becomes_the_note_of_that_number() -> None:
    assert as_note(["3. See the book."], frozenset()) == ["[^3]: See the book."]
    assert as_note(["[3] See the book."], frozenset()) == ["[^3]: See the book."]
    assert as_note(["3 See the book."], frozenset()) == ["[^3]: See the book."]


def test_a_note_never_takes_the_key_of_another() -> None:
    assert as_note(["1. See the book."], {"1", "2"}) == ["[^3]: See the book."]


def test_a_note_of_two_paragraphs_is_one_note() -> None:
    assert as_note(["* See the book.", "", "And the other."], ()) == [
        "[^star]: See the book.",
        "",
        "    And the other.",
    ]


def test_a_number_becomes_a_mark() -> None:
    assert as_mark("[12]") == "[^12]"
    assert as_mark("<sup>3</sup>") == "[^3]"
    assert as_mark("in 1905") is None


def test_the_keys_of_a_text_are_those_of_its_notes() -> None:
    assert keys_in("A mark.[^b]\n\n[^a]: One.\n[^2]: Two.\n") == {"a", "2"}


def test_cut_lines_become_one() -> None:
    assert joined(["The ferry", "crossed the", "river."]) == ["The ferry crossed the river."]


def test_paragraphs_stay_apart() -> None:
    assert joined(["One", "two.", "", "Three", "four."]) == ["One two.", "", "Three four."]


def test_a_cut_word_is_put_together() -> None:
    assert joined(["The ferry-", "man rowed."]) == ["The ferryman rowed."]


def test_a_word_that_has_a_hyphen_elsewhere_keeps_it() -> None:
    assert joined(["A well-", "known man."], "a well-known boat") == ["A well-known man."]


def test_what_begins_a_block_of_its_own_is_not_joined() -> None:
    lines = ["# Spring", "The ice", "broke.", "- one", "- two", "[^1]: A note", "that goes on."]

    assert joined(lines) == ["# Spring", "The ice broke.", "- one", "- two", "[^1]: A note that goes on."]


def test_code_and_forced_breaks_stay() -> None:
    assert joined(["```", "a", "b", "```"]) == ["```", "a", "b", "```"]
    assert joined(["One\\", "two"]) == ["One\\", "two"]


def test_the_lines_of_a_quotation_are_joined_in_it() -> None:
    assert joined(["> One", "> two"]) == ["> One two"]


@given(LINES)
def test_joining_twice_joins_no_more(lines: list[str]) -> None:
    once = joined(lines)

    assert joined(once) == once


@given(LINES)
def test_joining_loses_no_letter(lines: list[str]) -> None:
    letters = "".join(lines)

    assert sorted(c for c in "".join(joined(lines)) if c in "ab") == sorted(c for c in letters if c in "ab")
