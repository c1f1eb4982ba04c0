"""Words are found as they are typed on a keyboard, and others put in their place."""

from __future__ import annotations

import pytest

from reader.mending.wording import Words, places, replaced


@pytest.mark.parametrize(
    ("words", "count"),
    [
        (Words("the"), 4),
        (Words("the", match_case=True), 2),
        (Words("the", whole_word=True), 2),
        (Words("The", match_case=True, whole_word=True), 1),
        (Words("don't"), 1),
        (Words("mill-race"), 1),
        (Words(""), 0),
        (Words("."), 1),
        (Words(".", whole_word=True), 1),
    ],
)
def test_words_are_counted_as_they_are_wanted(words: Words, count: int) -> None:
    text = "The theatre, Theodore and the mill–race: don’t."

    assert len(places(text, words)) == count


def test_other_words_are_put_in_their_places() -> None:
    text = "one, two, one"

    assert replaced(text, places(text, Words("one")), "three") == "three, two, three"
    assert replaced(text, [], "three") == text
