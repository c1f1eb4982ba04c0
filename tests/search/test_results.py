"""Where the words are in a block, and the piece of it that shows them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.article.model import Metadata
from reader.search.query import parse
from reader.search.results import Snippet, head, marked, snippet


def test_a_phrase_is_marked_as_a_whole_and_only_as_a_phrase() -> None:
    text = "the party, a Party of the new type; party of one"

    assert marked(text, '"party of"') == ((13, 21), (36, 44))


def test_marks_that_overlap_are_one() -> None:
    assert marked("one two three", '"one two" "two three"') == ((0, 13),)


def test_words_behind_not_are_not_marked() -> None:
    assert marked("one two", "one -two") == ((0, 3),)


def test_offsets_count_code_points() -> None:
    assert marked("😀 e\u0301tat", "etat") == ((2, 7),)


def test_a_short_text_is_its_own_snippet() -> None:
    assert snippet("one two", ((4, 7),)) == Snippet("one two", ((4, 7),))


def test_a_snippet_is_whole_words_around_the_marks() -> None:
    text = "aaaa " * 20 + "here it is " + "bbbb " * 20
    ranges = marked(text, "here")

    cut = snippet(text, ranges, length=40)

    assert cut == Snippet("aaaa aaaa aaaa here it is bbbb bbbb", ((15, 19),), True, True)
    assert cut.shown == "… aaaa aaaa aaaa here it is bbbb bbbb …"


def test_a_snippet_shows_where_the_marks_stand_closest() -> None:
    text = "one " + "x " * 100 + "one two three " + "x " * 100

    cut = snippet(text, marked(text, "one two three"), length=40)

    assert "one two three" in cut.text


def test_a_snippet_at_the_end_of_a_text_is_clipped_only_before() -> None:
    text = "word " * 50 + "end"

    cut = snippet(text, marked(text, "end"), length=30)

    assert (cut.clipped_start, cut.clipped_end) == (True, False)
    assert cut.text.endswith("word end")


def test_a_mark_longer_than_a_snippet_is_cut_with_it() -> None:
    text = "so " + "a" * 500

    cut = snippet(text, marked(text, "a" * 500), length=40)

    assert len(cut.text) == 40
    assert all(cut.text[start:end] == "a" * (end - start) for start, end in cut.ranges)
    assert cut.ranges


@given(
    text=st.text(alphabet="ab \n\t-é", max_size=120),
    typed=st.sampled_from(["a", "b", "ab*", '"a b"', "aa-b", "e"]),
    length=st.integers(8, 60),
)
def test_a_snippet_is_a_piece_of_the_text_with_its_marks(text: str, typed: str, length: int) -> None:
    ranges = marked(text, parse(typed))

    cut = snippet(text, ranges, length)

    assert cut.text in text
    assert len(cut.text) <= length
    assert bool(cut.ranges) == bool(ranges)
    assert all(0 <= start < end <= len(cut.text) for start, end in cut.ranges)
    assert (cut.clipped_start or cut.clipped_end) == (cut.text != text)


def test_the_head_is_title_kicker_and_names() -> None:
    metadata = Metadata(title="T", kicker="K", authors=("A", "B"), translators=("C",))

    assert head(metadata) == "T\nK\nA, B\nC"
