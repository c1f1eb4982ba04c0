"""What a person types, and how it is understood."""

from __future__ import annotations

import pytest

from reader.search.query import (
    MAX_QUERY_CHARACTERS,
    MAX_TERMS,
    All,
    Either,
    Node,
    Phrase,
    Prefix,
    Word,
    parse,
)

A, B, C = Word("a"), Word("b"), Word("c")


@pytest.mark.parametrize(
    ("typed", "node"),
    [
        ("a", A),
        ("a b", All((A, B))),
        ("a AND b", All((A, B))),
        ("a and b", All((A, Word("and"), B))),
        ("a a", A),
        ("a OR b c", Either((A, All((B, C))))),
        ("(a OR b) c", All((Either((A, B)), C))),
        ("a -b", All((A,), (B,))),
        ("a NOT b", All((A,), (B,))),
        ("a AND NOT b", All((A,), (B,))),
        ("a NOT NOT b", All((A, B))),
        ("a -(b OR c)", All((A,), (Either((B, C)),))),
        ("a (b OR NOT c)", All((A,), (All((C,), (B,)),))),
        ('"a b"', Phrase(("a", "b"))),
        ("“a b”", Phrase(("a", "b"))),
        ("„a b“", Phrase(("a", "b"))),
        ("«a b»", Phrase(("a", "b"))),
        ('-"a b" c', All((C,), (Phrase(("a", "b")),))),
        ('"a b', Phrase(("a", "b"))),
        ('""a', A),
        ("u.s.", Phrase(("u", "s"))),
        ("co*", Prefix("co")),
        ("Có*", Prefix("co")),
        ("state-of*", Either((All((Word("state"), Prefix("of"))), Prefix("stateof")))),
        ("北京*", Phrase(("北", "京"))),
        ("a)b(", All((A, B))),
        ("((a)", A),
        ("AND a OR", A),
        ("a - b", All((A, B))),
        ("--a", A),
        ("ORDER NOTE ANDES", All((Word("order"), Word("note"), Word("andes")))),
    ],
)
def test_a_query_is_understood(typed: str, node: Node) -> None:
    parsed = parse(typed)

    assert parsed.node == node
    assert parsed.hint == ""


@pytest.mark.parametrize("typed", ["", "   ", "...", "*", '"', '""', "()", "((((", "AND", "NOT", "-", "\x00"])
def test_nothing_to_look_for_is_answered_by_a_hint(typed: str) -> None:
    parsed = parse(typed)

    assert parsed.node is None
    assert parsed.hint == "Type at least one word to look for."


@pytest.mark.parametrize("typed", ["NOT a", "-a", "-a -b", "a OR NOT b", "-(a b)"])
def test_what_would_find_nearly_everything_is_answered_by_a_hint(typed: str) -> None:
    parsed = parse(typed)

    assert parsed.node is None
    assert parsed.hint == "Type at least one word to look for; NOT only leaves out what others find."


def test_a_star_needs_two_letters_before_it() -> None:
    parsed = parse("c*")

    assert parsed.node == C
    assert parsed.hint == "Type at least two letters before a *."


def test_a_star_before_a_word_is_passed_over_and_said() -> None:
    parsed = parse("*munist")

    assert parsed.node == Word("munist")
    assert parsed.hint == "A * can stand only at the end of a word."


def test_what_is_left_out_is_not_marked() -> None:
    parsed = parse('a -b "c d" -(e OR f) OR gh*')

    assert parsed.sought == (A, Phrase(("c", "d")), Prefix("gh"))
    assert parsed.words == ("a", "c", "d", "gh*")


def test_of_very_many_words_the_first_are_looked_for() -> None:
    parsed = parse(" ".join(f"word{number}" for number in range(100)))

    assert len(parsed.words) == MAX_TERMS
    assert parsed.hint == "That was too long: only its beginning was looked for."


def test_a_very_long_query_is_cut() -> None:
    parsed = parse("a " + "x" * 10 * MAX_QUERY_CHARACTERS)

    assert A in parsed.sought
    assert parsed.hint == "That was too long: only its beginning was looked for."


@pytest.mark.parametrize("typed", ["(" * 1000 + "a", "-(" * 400 + "a", "NOT " * 240 + "a b", ")" * 1000 + "a"])
def test_deep_nesting_is_borne(typed: str) -> None:
    parsed = parse(typed)

    assert parsed.node is not None or parsed.hint
