"""Sections are found again by their headings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Block, BlockKind
from reader.article.outline import Section, outline
from reader.article.section_names import SectionName, section_names, sections_named


def sections(*headings: tuple[int, str]) -> tuple[Section, ...]:
    blocks = []
    for level, title in headings:
        blocks += [Block(BlockKind.HEADING, title, level=level), Block(BlockKind.PARAGRAPH, "…")]
    return tuple(outline(blocks).walk())


RIVER = sections((1, "Source"), (2, "Springs"), (2, "Ice"), (1, "Mouth"), (2, "Springs"))


def test_a_section_is_named_by_its_heading_and_those_above_it() -> None:
    assert section_names(RIVER, {4, 0}) == (SectionName(("Source",)), SectionName(("Mouth", "Springs")))


def test_of_sections_with_the_same_headings_the_second_is_told_from_the_first() -> None:
    twice = sections((1, "Letter"), (1, "Letter"), (1, "Letter"))

    assert section_names(twice, {1}) == (SectionName(("Letter",), 1),)
    assert sections_named(twice, (SectionName(("Letter",), 1),)) == {1}


def test_it_is_found_where_others_came_before_it() -> None:
    revised = sections((1, "Foreword"), (1, "Source"), (2, "Ice"), (2, "Springs"), (1, "Mouth"), (2, "Springs"))

    assert sections_named(revised, section_names(RIVER, {1, 4})) == {3, 5}


def test_it_is_found_by_its_own_title_where_what_is_above_it_was_renamed() -> None:
    revised = sections((1, "The source"), (2, "Springs"), (2, "Ice"), (1, "Mouth"), (2, "Springs"))

    assert sections_named(revised, section_names(RIVER, {2})) == {2}


def test_one_of_two_with_its_title_is_not_guessed() -> None:
    revised = sections((1, "The source"), (2, "Springs"), (1, "The mouth"), (2, "Springs"))

    assert sections_named(revised, section_names(RIVER, {1})) == set()


def test_a_section_that_is_gone_is_left_out() -> None:
    assert sections_named(sections((1, "Source")), section_names(RIVER, {0, 2, 4})) == {0}


@given(st.lists(st.tuples(st.integers(1, 6), st.sampled_from("abc")), max_size=30), st.sets(st.integers(0, 29)))
def test_in_the_same_text_every_section_is_found(headings: list[tuple[int, str]], wanted: set[int]) -> None:
    text = sections(*headings)

    found = sections_named(text, section_names(text, wanted))

    assert found == wanted & set(range(len(text)))
