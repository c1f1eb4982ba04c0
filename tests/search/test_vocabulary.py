"""A vocabulary against a sorted list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.search.vocabulary import Vocabulary, encoded, lines, shelves

word = st.text(st.characters(exclude_characters="\n\r"), min_size=1, max_size=6) | st.text("abé\ud800北", min_size=1)
words = st.sets(word, max_size=300) | st.integers(0, 200).map(lambda many: {f"w{number}" for number in range(many)})


def made(terms: list[str]) -> Vocabulary:
    names = [encoded(term) for term in terms]
    return Vocabulary(lines(names), len(names), shelves(names))


@given(words, word)
def test_every_term_is_found_at_its_rank_and_no_other(terms: set[str], other: str) -> None:
    ordered = sorted(terms)
    vocabulary = made(ordered)

    assert [vocabulary.rank(term) for term in ordered] == list(range(len(ordered)))
    assert [vocabulary.term(rank) for rank in range(len(ordered))] == ordered
    assert (vocabulary.rank(other) >= 0) == (other in terms)
    assert list(vocabulary.names()) == [encoded(term) for term in ordered]


@given(words, word)
def test_what_begins_so_is_a_range(terms: set[str], beginning: str) -> None:
    ordered = sorted(terms)
    vocabulary = made(ordered)

    found = list(vocabulary.terms(vocabulary.beginning(beginning)))

    assert found == [term for term in ordered if term.startswith(beginning)]
