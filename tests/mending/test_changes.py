"""What differs between two states of a text is told by paragraphs, and within them by words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import CancelledError
from reader.mending import changes as differing
from reader.mending.changes import Change, Kind, Piece

SAME, REMOVED, ADDED = Kind.SAME, Kind.REMOVED, Kind.ADDED


def changes(old: str, new: str) -> tuple[Change, ...]:
    return differing.changes(old, new, lambda _share: None)


def test_a_word_that_was_changed_is_told_in_its_paragraph() -> None:
    old = "One.\n\nTwo.\n\nIt met every Tuesday in the school.\n"
    new = "One.\n\nTwo.\n\nIt met every Friday in the school.\n"

    assert changes(old, new) == (
        Change(
            2,
            (
                Piece(SAME, "It met every "),
                Piece(REMOVED, "Tuesday"),
                Piece(ADDED, "Friday"),
                Piece(SAME, " in the school."),
            ),
        ),
    )


def test_a_paragraph_that_came_and_one_that_went_are_told_whole() -> None:
    assert changes("Ice.\n\nWater.\n", "Water.\n\nA boat on it.\n") == (
        Change(0, (Piece(REMOVED, "Ice."),)),
        Change(1, (Piece(ADDED, "A boat on it."),)),
    )


def test_paragraphs_that_have_only_their_gaps_in_common_are_another_one_each() -> None:
    old, new = "The ice broke in spring.", "A miller said nothing, ever!"

    assert changes(old, new) == (Change(0, (Piece(REMOVED, old),)), Change(0, (Piece(ADDED, new),)))


def test_a_gap_that_became_another_is_told() -> None:
    assert changes("The ice broke.", "The  ice broke.") == (
        Change(0, (Piece(REMOVED, "The "), Piece(ADDED, "The  "), Piece(SAME, "ice broke."))),
    )


def test_a_comparison_can_be_stopped() -> None:
    def stop(_share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        differing.changes("One.", "Two.", stop)


WORDS = st.lists(st.sampled_from(["ice", " ", "a", ", ", "\n"]))


@given(WORDS, WORDS)
def test_the_pieces_of_a_paragraph_are_its_words_before_and_after(old: list[str], new: list[str]) -> None:
    before, after = f"x{''.join(old)}y", f"x{''.join(new)}y"

    pieces = [piece for change in changes(before, after) for piece in change.pieces]

    if before != after and "\n\n" not in before + after:
        assert "".join(piece.text for piece in pieces if piece.kind is not ADDED) == before
        assert "".join(piece.text for piece in pieces if piece.kind is not REMOVED) == after


def test_the_same_text_has_no_changes() -> None:
    assert changes("One.\n\nTwo.\n", "One.\n\nTwo.\n") == ()


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_of_what_is_told_the_old_and_the_new_words_can_be_made(old: list[str], new: list[str]) -> None:
    told = changes("\n\n".join(old), "\n\n".join(new))

    pieces = [piece for change in told for piece in change.pieces]
    kept = len(old) - sum(piece.kind is not ADDED for piece in pieces)
    assert kept + sum(piece.kind is not REMOVED for piece in pieces) == len(new)
