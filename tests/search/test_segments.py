"""A segment has what was put into its batch, and several that were merged have what all of them had."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.search import batch, stream
from reader.search.analysis import MAX_TERM_CHARACTERS, analysed, stretches
from reader.search.batch import Batch
from reader.search.blocks import entries
from reader.search.merging import merged
from reader.search.segment import Segment

text = st.lists(st.sampled_from(["one", "two", "Three", "l’état", "well-known", "北京", "é"]), max_size=12).map(
    " ".join
)
texts = st.lists(text, min_size=1, max_size=5)
library = st.dictionaries(st.integers(0, 2**62), texts, min_size=1, max_size=6)


def article(paragraphs: list[str]) -> Article:
    blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
    return Article(Metadata(title="A title", authors=("An Author",)), blocks)


def write(path: Path, articles: Mapping[int, list[str]]) -> Path:
    written = Batch()
    for number, paragraphs in articles.items():
        written.add(number, 1, "en" if number % 2 else "de-AT", entries(article(paragraphs)))
    written.write(path)
    return path


@contextmanager
def opened(path: Path, *gone: int) -> Iterator[Segment]:
    """Open a segment without some articles."""
    with closing(Segment(path)) as segment:
        dead = [range(*segment.documents.range_of(place)) for place in map(segment.article, gone) if place >= 0]
        segment.bury({document for each in dead for document in each})
        yield segment


def words(text: str) -> list[str]:
    return [word for stretch in stretches(text) for word in analysed(stretch).words]


def told(segment: Segment) -> dict[tuple[int, int], tuple[dict[str, int], list[list[str]]]]:
    """Return by article and passage the terms with their impacts, and the rows."""
    documents = segment.documents
    vocabulary = segment.terms.vocabulary
    names = {0: "", **{number: vocabulary.term(rank) for rank, number in enumerate(segment.terms.numbers)}}
    terms: dict[int, dict[str, int]] = {}
    for rank in range(len(vocabulary)):
        for document, impact in zip(*segment.postings(rank), strict=True):
            terms.setdefault(document, {})[vocabulary.term(rank)] = impact
    return {
        (documents.articles[place], documents.passages[document]): (
            terms.get(document, {}),
            [[names[word] for word in row] for row in segment.stream.rows(document)],
        )
        for place in segment.articles()
        for document in range(*documents.range_of(place))
    }


@settings(deadline=None, max_examples=60)
@given(library)
def test_a_segment_says_of_each_block_which_words_it_has_in_which_order(articles: dict[int, list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(write(Path(folder) / "one", articles)) as segment:
        found = told(segment)

        for number, paragraphs in articles.items():
            for passage, paragraph in enumerate(paragraphs):
                if paragraph:
                    terms, rows = found[number, passage]
                    assert rows[0] == words(paragraph)
                    assert set(terms) == {word for row in rows for word in row}
            assert found[number, -1][1][1:] == [["\x01a", "\x01title"], ["\x02an", "\x02author"]]


@settings(deadline=None, max_examples=60)
@given(first=library, second=library, gone=st.integers(0, 5))
def test_segments_that_are_merged_say_what_they_said(
    first: dict[int, list[str]], second: dict[int, list[str]], gone: int
) -> None:
    second = {number: paragraphs for number, paragraphs in second.items() if number not in first}
    lost = list(first)[gone % len(first)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (
            opened(write(folder / "first", first), lost) as one,
            opened(write(folder / "second", second)) as other,
        ):
            expected = told(one) | told(other)

            merged([one, other], folder / "merged")

        with opened(folder / "merged") as segment:
            assert told(segment) == expected
            assert segment.article(lost) == -1


def test_a_merge_of_nothing_deleted_is_what_one_batch_is(tmp_path: Path) -> None:
    articles = {number: [f"word{number} common", "common again"] for number in range(20)}
    parts = [{number: articles[number] for number in range(start, start + 5)} for start in range(0, 20, 5)]
    paths = [write(tmp_path / str(number), part) for number, part in enumerate(parts)]

    segments = [Segment(path) for path in paths]
    merged(segments, tmp_path / "merged")

    with opened(tmp_path / "merged") as segment, opened(write(tmp_path / "whole", articles)) as whole:
        assert told(segment) == told(whole)
    for segment in segments:
        segment.close()


def test_what_was_merged_can_be_merged_again_where_words_went(tmp_path: Path) -> None:
    articles = {1: ["alpha beta"], 2: ["omega"]}
    with opened(write(tmp_path / "first", articles), 1) as first:
        merged([first], tmp_path / "once")
    with opened(tmp_path / "once") as once, opened(write(tmp_path / "other", {3: ["gamma"]})) as other:
        assert max(once.terms.numbers) > len(once.terms.numbers)  # numbers of words that are gone are not given again
        expected = told(once) | told(other)

        merged([once, other], tmp_path / "twice")

    with opened(tmp_path / "twice") as twice:
        assert told(twice) == expected
        assert [twice.number(word) > 0 for word in ("alpha", "omega", "gamma")] == [False, True, True]


def test_where_a_paragraph_is_cut_off_no_word_is_read_that_is_not_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_BLOCK_TOKENS", 4)

    with opened(write(tmp_path / "one", {1: ["well-known one two three four"]})) as segment:
        rows = told(segment)[1, 0][1]
        merged([segment], tmp_path / "merged")

    assert rows == [["well", "known", "one", "two"], ["wellknown", "one", "two"]]
    with opened(tmp_path / "merged") as segment:
        assert told(segment)[1, 0][1] == rows


def test_a_merge_that_is_stopped_stops(tmp_path: Path) -> None:
    def stop() -> None:
        raise InterruptedError

    with opened(write(tmp_path / "one", {1: ["word"]})) as segment, pytest.raises(InterruptedError):
        merged([segment, segment], tmp_path / "merged", stop)


def test_a_word_in_most_blocks_is_found_in_each(tmp_path: Path) -> None:
    articles = {number: ["common"] * 50 for number in range(10)}

    with opened(write(tmp_path / "one", articles), 3) as segment:
        rank = segment.terms.vocabulary.rank("common")

        assert segment.is_dense(rank)
        assert sum(map(bool, segment.column(rank))) == 450


def test_of_a_very_long_word_the_beginning_counts(tmp_path: Path) -> None:
    with opened(write(tmp_path / "one", {1: ["x" * 1000]})) as segment:
        assert segment.number("x" * MAX_TERM_CHARACTERS) > 0


def test_a_paragraph_of_more_words_than_sixteen_bits_count_is_whole(tmp_path: Path) -> None:
    many = " ".join(["word"] * 70_000) + " the very end"

    with opened(write(tmp_path / "one", {1: [many]})) as segment:
        row = [segment.number(word) for word in ("very", "end")]

        assert list(segment.stream.having(row, [1])) == [1]
        assert len(segment.stream.words(1)) == 70_003


def test_a_stream_that_is_longer_than_is_held_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_HELD_BYTES", stream.STRETCH_BYTES)
    articles = {number: [" ".join(f"w{number}x{at}" for at in range(3000))] for number in range(8)}

    with opened(write(tmp_path / "one", articles)) as segment:
        for number in (0, 7, 3, 0, 5):
            row = [segment.number(f"w{number}x{at}") for at in (2998, 2999)]
            assert list(segment.stream.having(row, range(segment.count))) == [2 * number + 1]


@pytest.mark.parametrize("many", [0, 1])
def test_a_segment_may_be_nearly_empty(tmp_path: Path, many: int) -> None:
    with opened(write(tmp_path / "one", {number: [] for number in range(many)})) as segment:
        assert segment.count == many


Make = Callable[..., Article]


def test_very_many_languages_are_borne(tmp_path: Path, make: Make) -> None:
    written = Batch()
    for number in range(300):
        written.add(number, 1, f"x{number}", entries(make("word")))
    written.write(tmp_path / "one")

    with opened(tmp_path / "one") as segment:
        assert sum(map(bool, segment.in_language("x200"))) == 2
        assert len(segment.documents.languages) == 255
