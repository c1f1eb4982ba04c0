"""Where words may be broken: by the patterns of their language, and nowhere that a reader would stumble."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Block, BlockKind, Mark, Span, SpanKind
from reader.ui.page.hyphens import AFTER, BEFORE, Hyphens, pattern_name

Broken = Callable[..., str]


@pytest.fixture(scope="module")
def hyphens() -> Hyphens:
    made = Hyphens()
    for language in ("en", "de", "fr", "ru"):
        assert made.load(language)
    return made


@pytest.fixture
def broken(hyphens: Hyphens) -> Broken:
    """Returns a text with a middle dot at each place where it may be broken."""

    def marked(block: Block | str, language: str = "en") -> str:
        if isinstance(block, str):
            block = Block(BlockKind.PARAGRAPH, block)
        cuts = [0, *hyphens.breaks(block, language), len(block.text)]
        return "·".join(block.text[a:b] for a, b in pairwise(cuts))

    return marked


def test_words_are_broken_by_the_rules_of_their_language(broken: Broken) -> None:
    assert broken("The library remembered", "en") == "The li·brary re·mem·bered"
    assert broken("Die Wanderungen", "de") == "Die Wan·de·run·gen"
    assert broken("la révolution l’établissement", "fr") == "la ré·vo·lu·tion l’éta·blis·se·ment"
    assert broken("Типография", "ru") == "Ти·по·гра·фия"


def test_a_language_without_patterns_leaves_words_whole(hyphens: Hyphens, broken: Broken) -> None:
    assert not hyphens.load("zh")
    assert broken("remembered", "zh") == "remembered"
    assert broken("remembered", "") == "remembered"


def test_a_language_that_was_not_loaded_leaves_words_whole(broken: Broken) -> None:
    assert broken("remembered", "es") == "remembered"


@pytest.mark.parametrize(
    "text",
    [
        "short words only here",
        "WRITTEN INTERNATIONAL",
        "well-established",
        "https://example.org/remembered",
        "www.remembered.example",
        "remembered@example.org",
        "remembered2",
        "re\u00admembered",
        "remembere\u0301d",
    ],
)
def test_what_is_no_plain_word_stays_whole(broken: Broken, text: str) -> None:
    assert broken(text) == text


def test_words_at_the_end_of_a_sentence_and_in_quotation_marks_are_words(broken: Broken) -> None:
    assert broken("“Remembered”, he remembered.") == "“Re·mem·bered”, he re·mem·bered."


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.VERSE, BlockKind.CODE, BlockKind.TERM])
def test_headings_verse_and_code_stay_whole(broken: Broken, kind: BlockKind) -> None:
    assert broken(Block(kind, "remembered", level=2 if kind is BlockKind.HEADING else 0)) == "remembered"


def test_code_within_a_sentence_stays_whole(broken: Broken) -> None:
    block = Block(BlockKind.PARAGRAPH, "call remembered remembered", (Span(5, 15, SpanKind.CODE),))

    assert broken(block) == "call remembered re·mem·bered"


def test_words_of_another_language_follow_their_own_rules(broken: Broken) -> None:
    block = Block(BlockKind.PARAGRAPH, "the word Wanderungen", (Span(9, 20, SpanKind.LANGUAGE, "de"),))

    assert broken(block) == "the word Wan·de·run·gen"


def test_no_hyphen_stands_where_a_note_is_marked(broken: Broken) -> None:
    block = Block(BlockKind.PARAGRAPH, "remembered", marks=(Mark(2, "1"),))

    assert broken(block) == "remem·bered"


def test_the_spelling_of_a_word_is_never_changed(hyphens: Hyphens) -> None:
    assert hyphens.load("hu")

    assert 5 not in hyphens.breaks(Block(BlockKind.PARAGRAPH, "asszonnyal"), "hu")  # would be written "asszony-nyal"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("en-AU", "en"),
        ("de-AT", "de_AT"),
        ("DE", "de_DE"),
        ("pt_BR", "pt_BR"),
        ("sr-Latn-RS", "sr_Latn"),
        ("hi", ""),
        ("th", ""),
        ("", ""),
        ("no such tag", ""),
    ],
)
def test_a_language_finds_its_patterns_by_its_tag(tag: str, name: str) -> None:
    assert pattern_name(tag) == name


@given(text=st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzß ’.-\n😀\u0301A7"), max_size=60))
def test_breaks_rise_and_leave_letters_on_both_sides(hyphens: Hyphens, text: str) -> None:
    found = hyphens.breaks(Block(BlockKind.PARAGRAPH, text), "en")

    assert list(found) == sorted(set(found))
    assert all(text[at - BEFORE : at + AFTER].isalpha() for at in found)
