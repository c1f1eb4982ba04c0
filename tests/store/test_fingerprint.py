from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Block, BlockKind
from reader.store.fingerprint import NEAR_BITS, OPENING_CHARACTERS, distance, fingerprint, opening

WORDS = [f"word{number * 7919 % 10_007}" for number in range(2_000)]


def fingerprinted(words: list[str]) -> int:
    found = fingerprint(" ".join(words))
    assert found is not None
    return found


def test_a_fingerprint_never_changes_for_a_text() -> None:
    assert fingerprint(" ".join(WORDS)) == 91_935_103_015_388_601


def test_case_and_spaces_do_not_count() -> None:
    assert fingerprint("  ".join(WORDS).upper()) == fingerprint(" ".join(WORDS))


def test_a_word_in_thousands_changes_a_bit_or_two() -> None:
    changed = [*WORDS[:900], "another", *WORDS[901:]]

    assert distance(fingerprinted(WORDS), fingerprinted(changed)) <= NEAR_BITS


def test_another_text_is_far_away() -> None:
    other = [f"thing{number * 6271 % 10_007}" for number in range(2_000)]

    assert distance(fingerprinted(WORDS), fingerprinted(other)) > 4 * NEAR_BITS


def test_a_short_text_has_none() -> None:
    assert fingerprint("A few words only.") is None


@given(st.text(max_size=400))
def test_it_fits_into_a_number_of_the_database(text: str) -> None:
    found = fingerprint(text * 5)

    assert found is None or -(2**63) <= found < 2**63


def test_an_opening_is_the_first_prose_without_headings() -> None:
    blocks = (
        Block(BlockKind.HEADING, "The Ferry", 1),
        Block(BlockKind.CAPTION, "A picture"),
        Block(BlockKind.PARAGRAPH, "It crossed \n the river."),
        Block(BlockKind.PARAGRAPH, "Nobody paid."),
    )

    assert opening(blocks) == "It crossed the river. Nobody paid."


def test_a_text_without_prose_opens_with_what_it_has() -> None:
    assert opening((Block(BlockKind.CODE, "print(1)"), Block(BlockKind.LIST_ITEM, "one"))) == "print(1) one"


def test_an_opening_is_short() -> None:
    assert len(opening((Block(BlockKind.PARAGRAPH, "word " * 500),))) <= OPENING_CHARACTERS
