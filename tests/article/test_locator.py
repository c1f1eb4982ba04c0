"""A place is found again after a revision, or said to be lost; never another one."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reader.article.locator import Found, How, Locator, find_again, locator
from reader.article.model import Article, Block, BlockKind, Metadata
from reader.article.text import CanonicalText
from tests.strategies import articles

# Paragraphs that differ, as those of a real text do.
PARAGRAPHS = (
    "The first council met in a rented hall, and nobody kept a record of what was said there.",
    "Its members came from eleven workshops; each had been chosen by those who worked beside them.",
    "Delegates could be recalled at any time, which happened twice before the end of the month.",
    "By winter the hall was cold. A stove was voted for, then paid for by the bakers’ union.",
    "What had begun as a strike committee now ran the trams, the water and a printing press.",
    "Historians differ on whether this was planned; the minutes that survive say very little.",
    "A congress of all such councils followed in spring, with more than a thousand mandates.",
)


def text(*passages: str) -> CanonicalText:
    return CanonicalText(Article(Metadata(), tuple(Block(BlockKind.PARAGRAPH, passage) for passage in passages)))


def place(canonical: CanonicalText, words: str) -> Locator:
    start = canonical.string.index(words)
    return locator(canonical, start, start + len(words))


def said(canonical: CanonicalText, found: Found | None) -> tuple[str, How] | None:
    return None if found is None else (canonical.string[found.start : found.end], found.how)


def test_a_locator_carries_position_quote_and_thirty_two_characters_on_each_side() -> None:
    canonical = text(*PARAGRAPHS)

    target = place(canonical, "nobody kept a record")

    assert target == Locator(
        44, 64, "nobody kept a record", "uncil met in a rented hall, and ", " of what was said there.\nIts mem"
    )


def test_offsets_outside_the_text_are_drawn_into_it() -> None:
    canonical = text("short")

    target = locator(canonical, -3, 99)

    assert target == Locator(0, 5, "short", "", "")


@given(articles(), st.data())
def test_any_place_of_any_article_is_found_unmoved_in_the_unchanged_text(article: Article, data: st.DataObject) -> None:
    canonical = CanonicalText(article)
    start = data.draw(st.integers(0, len(canonical)))
    end = data.draw(st.integers(start, len(canonical)))

    found = find_again(canonical, locator(canonical, start, end))

    assert found == Found(start, end, How.UNMOVED)


@given(st.data())
def test_a_passage_is_found_moved_when_other_paragraphs_come_and_go(data: st.DataObject) -> None:
    canonical = text(*PARAGRAPHS)
    kept = data.draw(st.integers(0, len(PARAGRAPHS) - 1))
    first, stop = canonical.span(kept)
    start = data.draw(st.integers(first, stop))
    end = data.draw(st.integers(start, stop))
    others = st.sampled_from([*PARAGRAPHS, "New.", "Another paragraph, which the first edition had not."])
    before = data.draw(st.lists(others.filter(lambda it: it != PARAGRAPHS[kept]), max_size=4))
    after = data.draw(st.lists(others.filter(lambda it: it != PARAGRAPHS[kept]), max_size=4))
    revised = text(*before, PARAGRAPHS[kept], *after)

    found = find_again(revised, locator(canonical, start, end))

    new_start = revised.offset(len(before), start - first)
    how = How.UNMOVED if new_start == start else How.MOVED
    assert found == Found(new_start, new_start + end - start, how)


@given(st.data())
def test_a_passage_with_small_edits_inside_is_found_changed(data: st.DataObject) -> None:
    canonical = text(*PARAGRAPHS)
    which = data.draw(st.integers(0, len(PARAGRAPHS) - 1))
    first, stop = canonical.span(which)
    start = data.draw(st.integers(first, stop - 24))
    end = data.draw(st.integers(start + 24, stop))
    edit = data.draw(st.integers(start + 4, end - 8)) - first
    passage = PARAGRAPHS[which]
    changed = passage[:edit] + data.draw(st.sampled_from(["", "x", "new ", "¿¿"])) + passage[edit + 3 :]
    assume(changed != passage)
    moved = data.draw(st.booleans())
    others = PARAGRAPHS[:which] if moved else ()
    revised = text(*others, changed, *PARAGRAPHS[which + 1 :])

    found = find_again(revised, locator(canonical, start, end))

    assert found is not None
    assert found.how is How.CHANGED
    new_first, new_stop = revised.span(len(others))
    expected_start = new_first + start - first
    expected_end = new_stop - (stop - end)
    assert abs(found.start - expected_start) <= 4
    assert abs(found.end - expected_end) <= 4


@given(st.data())
def test_a_passage_that_was_removed_is_lost(data: st.DataObject) -> None:
    canonical = text(*PARAGRAPHS)
    gone = data.draw(st.integers(0, len(PARAGRAPHS) - 1))
    first, stop = canonical.span(gone)
    start = data.draw(st.integers(first, stop))
    end = data.draw(st.integers(start, stop))
    revised = text(*PARAGRAPHS[:gone], *PARAGRAPHS[gone + 1 :])

    found = find_again(revised, locator(canonical, start, end))

    assert found is None


def test_a_passage_cut_out_of_its_paragraph_is_lost() -> None:
    canonical = text(*PARAGRAPHS)
    target = place(canonical, "which happened twice before the end of the month")
    revised = text(
        *(paragraph.replace(", which happened twice before the end of the month", "") for paragraph in PARAGRAPHS)
    )

    found = find_again(revised, target)

    assert found is None


def test_of_passages_that_read_alike_the_one_with_the_same_neighbours_is_found() -> None:
    refrain = "And so it was until the spring."
    canonical = text(
        "First verse, of snow.", refrain, "Second verse, of bread.", refrain, "Third verse, of coal.", refrain
    )
    start, end = canonical.span(3)
    target = locator(canonical, start, end)
    revised = text(
        "A preface.",
        "First verse, of snow.",
        refrain,
        "Second verse, of bread.",
        refrain,
        "Third verse, of coal.",
        refrain,
    )

    found = find_again(revised, target)

    assert found == Found(*revised.span(4), How.MOVED)


def test_of_passages_with_the_same_neighbours_the_nearest_is_found() -> None:
    line = "For ever and ever."
    canonical = text(*[line] * 40)
    target = locator(canonical, *canonical.span(20))
    revised = text("A preface.", *[line] * 40)

    found = find_again(revised, target)

    assert found is not None
    assert (revised.string[found.start : found.end], abs(found.start - target.start) < len(line)) == (line, True)


def test_a_point_is_found_before_the_words_it_stood_before() -> None:
    canonical = text(*PARAGRAPHS)
    point = canonical.string.index("By winter")
    revised = text("New.", *PARAGRAPHS[:2], "Something else altogether.", *PARAGRAPHS[3:])

    found = find_again(revised, locator(canonical, point, point))

    at = revised.string.index("By winter")
    assert found == Found(at, at, How.MOVED)


def test_a_point_at_a_passage_end_is_found_after_the_words_it_stood_after() -> None:
    canonical = text(*PARAGRAPHS)
    point = canonical.span(2)[1]
    revised = text("New.", *PARAGRAPHS[:3], "Something else altogether.", *PARAGRAPHS[4:])

    found = find_again(revised, locator(canonical, point, point))

    at = revised.string.index("end of the month.") + len("end of the month.")
    assert found == Found(at, at, How.MOVED)


def test_a_point_in_a_sentence_that_was_mended_is_found() -> None:
    canonical = text(*PARAGRAPHS)
    point = canonical.string.index("voted for, then")
    revised = text(
        "New.", *(paragraph.replace("A stove was voted for", "A new stove was voted on") for paragraph in PARAGRAPHS)
    )

    found = find_again(revised, locator(canonical, point, point))

    at = revised.string.index("voted on, then")
    assert found is not None
    assert abs(found.start - at) <= 2


@pytest.mark.parametrize("word", ["the", "a", "hall", "of"])
def test_a_short_word_is_found_by_what_stands_around_it(word: str) -> None:
    canonical = text(*PARAGRAPHS)
    start = canonical.string.index(f" {word} ", 200) + 1
    target = locator(canonical, start, start + len(word))
    revised = text("A new first paragraph, the first of all the paragraphs in the hall of a house.", *PARAGRAPHS)

    found = find_again(revised, target)

    shift = len(revised) - len(canonical)
    assert found == Found(start + shift, start + shift + len(word), How.MOVED)


def test_one_word_of_a_passage_mended_is_found_changed() -> None:
    canonical = text(*PARAGRAPHS)
    target = place(canonical, "eleven")
    revised = text("New.", *(paragraph.replace("eleven", "elevn") for paragraph in PARAGRAPHS))

    found = find_again(revised, target)

    assert said(revised, found) == ("elevn", How.CHANGED)


def test_a_word_that_gave_way_to_another_is_lost() -> None:
    canonical = text(*PARAGRAPHS)
    target = place(canonical, "workshops")
    revised = text(*(paragraph.replace("workshops", "mines") for paragraph in PARAGRAPHS))

    found = find_again(revised, target)

    assert found is None


def test_a_place_that_was_mended_is_preferred_to_the_same_words_elsewhere() -> None:
    canonical = text(*PARAGRAPHS)
    target = place(canonical, "Delegates could be recalled at any time, which happened")
    mended = (paragraph.replace("could be recalled", "might be recalled") for paragraph in PARAGRAPHS)
    revised = text("A newspaper said so: “Delegates could be recalled at any time, which happened.”", *mended)

    found = find_again(revised, target)

    assert said(revised, found) == ("Delegates might be recalled at any time, which happened", How.CHANGED)


def test_a_paragraph_moved_to_the_end_is_found_there() -> None:
    canonical = text(*PARAGRAPHS)
    target = locator(canonical, *canonical.span(1))
    revised = text(PARAGRAPHS[0], *PARAGRAPHS[2:], PARAGRAPHS[1])

    found = find_again(revised, target)

    assert found == Found(*revised.span(6), How.MOVED)


def test_a_passage_of_several_paragraphs_is_found_when_one_was_put_between_them() -> None:
    canonical = text(*PARAGRAPHS)
    target = locator(canonical, canonical.span(0)[0], canonical.span(6)[1])
    revised = text("New.", *PARAGRAPHS[:3], "Put between.", *PARAGRAPHS[3:])

    found = find_again(revised, target)

    assert found == Found(revised.span(1)[0], revised.span(8)[1], How.CHANGED)


def test_paragraphs_that_were_joined_are_one_passage_still() -> None:
    canonical = text(*PARAGRAPHS)
    target = place(canonical, "the end of the month.\nBy winter the hall")
    revised = text(*PARAGRAPHS[:2], PARAGRAPHS[2] + " " + PARAGRAPHS[3], *PARAGRAPHS[4:])

    found = find_again(revised, target)

    assert said(revised, found) == ("the end of the month. By winter the hall", How.CHANGED)


def test_a_heading_of_one_word_is_found_by_its_neighbours() -> None:
    canonical = text("One", PARAGRAPHS[0], "Two", PARAGRAPHS[1], "Three", PARAGRAPHS[2])
    target = locator(canonical, *canonical.span(2))
    revised = text("New", PARAGRAPHS[4], "One", PARAGRAPHS[0], "Two", PARAGRAPHS[1], "Three", PARAGRAPHS[2])

    found = find_again(revised, target)

    assert found == Found(*revised.span(4), How.MOVED)


@given(articles(), articles(), st.data())
def test_whatever_became_of_a_text_what_is_found_is_in_it(old: Article, new: Article, data: st.DataObject) -> None:
    before, after = CanonicalText(old), CanonicalText(new)
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))

    found = find_again(after, locator(before, start, end))

    assert found is None or 0 <= found.start <= found.end <= len(after)
    assert found is None or (found.start < found.end) == (start < end)
