"""The index of a library: what is in it, what it finds, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.errors import CancelledError
from reader.search import batch, writing
from reader.search import index as index_module
from reader.search.index import SearchIndex
from reader.search.results import HEAD, NOTES, Answer, marked
from reader.search.storage import IndexWriteError

Make = Callable[..., Article]
Found = Callable[[Answer], list[tuple[int, int]]]


def test_nothing_is_found_where_nothing_was_indexed(index: SearchIndex) -> None:
    answer = index.search("word")

    assert (answer.total, answer.groups, answer.hint) == (0, (), "")
    assert index.state() == {}


def test_a_word_is_found_in_head_body_and_notes(index: SearchIndex, make: Make) -> None:
    index.replace(5, 1, make("before", "# Part", "a council", title="Councils: a council", notes=("no", "council")))

    hits = index.search("council").groups[0].hits

    assert [(hit.passage, hit.section) for hit in hits] == [(HEAD, -1), (2, 0), (4, NOTES)]


def test_a_search_can_be_stopped_while_it_looks_through_what_may_match(index: SearchIndex, make: Make) -> None:
    index.replace(1, 1, make(*["dark sea"] * 2000))
    looks = count()

    def stop() -> None:
        if next(looks) == 4:
            raise CancelledError

    with pytest.raises(CancelledError):
        index.search('"dark sea"', stop=stop)

    assert index.search('"dark sea"').total == 2000


def test_a_count_can_be_stopped(index: SearchIndex, make: Make) -> None:
    index.replace(1, 1, make("dark sea"))

    def stop() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        index.count("sea", stop=stop)


def test_other_forms_of_a_word_that_was_sought_before_go_with_their_article(
    index: SearchIndex, make: Make, found: Found
) -> None:
    index.replace_many([(1, 1, make("many workers")), (2, 1, make("all workers"))])
    assert found(index.search("worker")) == [(1, 0), (2, 0)]

    index.remove(1)

    assert found(index.search("worker")) == [(2, 0)]


def test_other_forms_of_a_word_that_was_sought_before_come_with_a_new_article(
    index: SearchIndex, make: Make, found: Found
) -> None:
    index.replace(1, 1, make("all workers"))
    assert found(index.search("worker")) == [(1, 0)]

    index.replace(2, 1, make("one worker, he worked"))

    assert found(index.search("worker")) == [(1, 0), (2, 0)]
    assert found(index.search("working")) == [(2, 0)]


def test_a_hit_says_its_section(index: SearchIndex, make: Make) -> None:
    index.replace(1, 1, make("word", "# A", "word", "# B", "# C", "word"))

    hits = index.search("word").groups[0].hits

    assert [(hit.passage, hit.section) for hit in hits] == [(0, -1), (2, 0), (5, 2)]


def test_a_heading_inside_a_quotation_begins_no_section(index: SearchIndex) -> None:
    quoted = Block(BlockKind.HEADING, "word", level=2, within=">")

    index.replace(1, 1, Article(Metadata(), (quoted,)))

    assert [(hit.passage, hit.section) for hit in index.search("word").groups[0].hits] == [(0, -1)]


def test_words_side_by_side_must_be_in_one_block(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace(1, 1, make("one two", "one", "two"))

    assert found(index.search("one two")) == [(1, 0)]


def test_an_article_comes_first_whose_title_or_heading_has_the_word(index: SearchIndex, make: Make) -> None:
    index.replace(1, 1, make("a council among many other words of this paragraph"))
    index.replace(2, 1, make("# The council and many other words of this paragraph"))
    index.replace(3, 1, make("nothing", title="The council and many other words of this paragraph"))

    answer = index.search("council")

    assert [group.article_id for group in answer.groups] == [3, 2, 1]


def test_a_phrase_counts_more_in_a_heading(index: SearchIndex, make: Make) -> None:
    index.replace(1, 1, make("the council of workers met"))
    index.replace(2, 1, make("# the council of workers met"))

    answer = index.search('"council of workers"')

    assert [group.article_id for group in answer.groups] == [2, 1]


def test_the_best_are_kept_and_all_are_counted(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace(1, 1, make("word among others here", "word word word", "word"))

    answer = index.search("word", limit=1)

    assert found(answer) == [(1, 1)]
    assert answer.total == 3


def test_a_search_may_be_limited_to_one_article(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace_many([(1, 1, make("word")), (2, 1, make("word")), (3, 1, make("other"))])

    assert found(index.search("word", within=2)) == [(2, 0)]
    assert found(index.search("word", within=3)) == []
    assert found(index.search("word", within=4)) == []


def test_a_new_revision_takes_the_place_of_the_old(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace(1, 1, make("old words"))

    index.replace(1, 2, make("new", "words"))

    assert index.state() == {1: 2}
    assert found(index.search("old")) == []
    assert found(index.search("words")) == [(1, 1)]


def test_an_article_given_twice_at_once_is_there_once(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace_many([(1, 1, make("one")), (2, 1, make("one")), (1, 2, make("two"))])

    assert index.state() == {1: 2, 2: 1}
    assert found(index.search("one OR two")) == [(1, 0), (2, 0)]


def test_a_removed_article_is_found_no_more(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace_many([(1, 1, make("one")), (2, 1, make("one"))])

    index.remove(1)
    index.remove(9)

    assert index.state() == {2: 1}
    assert found(index.search("one")) == [(2, 0)]


def test_an_article_without_a_word_is_known_to_be_indexed(index: SearchIndex) -> None:
    index.replace(1, 4, Article(Metadata(), ()))

    assert index.state() == {1: 4}


def test_a_cleared_index_is_empty_and_can_be_filled_again(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace(1, 1, make("one"))
    assert index.search("one").total == 1

    index.clear()

    assert index.search("one").total == 0
    assert index.state() == {}
    index.replace(1, 1, make("two"))
    assert found(index.search("two")) == [(1, 0)]


def test_another_window_sees_each_commit(index: SearchIndex, make: Make, tmp_path: Path, found: Found) -> None:
    other = SearchIndex(tmp_path / "index")
    index.replace(1, 1, make("one"))
    assert found(other.search("one")) == [(1, 0)]

    index.replace(1, 2, make("nothing", "one"))

    assert found(other.search("one")) == [(1, 1)]
    other.close()


def test_many_small_changes_leave_few_segments(index: SearchIndex, make: Make, tmp_path: Path, found: Found) -> None:
    for number in range(40):
        index.replace(number % 30, number, make("word", f"only{number}"))

    assert len(list((tmp_path / "index").glob("index-*/*.words"))) <= writing.MAX_SEGMENTS
    assert len(index.state()) == 30
    assert found(index.search("only39")) == [(9, 1)]
    assert found(index.search("only9")) == []
    assert index.search("word").total == 30


def test_a_bulk_run_commits_in_batches(index: SearchIndex, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_CHARACTERS", 100)
    seen: list[int] = []

    index.replace_many(((number, 1, make("word " * 10)) for number in range(10)), seen.append)

    assert sorted(set(seen)) == list(range(1, 11))
    assert len(index.state()) == 10


def test_what_stops_a_bulk_run_leaves_what_was_committed(
    index: SearchIndex, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_CHARACTERS", 100)

    def stop_at_five(done: int) -> None:
        if done == 5:
            raise CancelledError

    with pytest.raises(CancelledError):
        index.replace_many(((number, 1, make("word " * 10)) for number in range(10)), stop_at_five)

    assert index.state() == {0: 1, 1: 1, 2: 1, 3: 1}
    index.replace(7, 1, make("word"))
    assert index.search("word").total == 5


def test_a_prefix_takes_every_word_that_begins_so(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace(1, 1, make("coal coal", "coal cold", "cold", "comb", "kohl"))

    answer = index.search("co*")

    assert found(answer) == [(1, 0), (1, 1), (1, 2), (1, 3)]


def test_a_search_that_takes_too_long_says_so(index: SearchIndex, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "MAX_SEARCH_SECONDS", -1.0)
    index.replace(1, 1, make("word"))

    answer = index.search("word")

    assert answer.cut_short
    assert answer.hint == "That took too long: not everything was searched. More words narrow it down."


def test_a_folder_that_cannot_be_written_is_told_as_a_sentence(tmp_path: Path, make: Make) -> None:
    (tmp_path / "file").write_text("in the way")
    index = SearchIndex(tmp_path / "file" / "index")

    with pytest.raises(IndexWriteError, match="The search index could not be written"):
        index.replace(1, 1, make("word"))

    assert index.search("word").total == 0
    assert index.state() == {}


def test_a_number_as_large_as_the_store_gives_is_kept(index: SearchIndex, make: Make, found: Found) -> None:
    index.replace(2**62, 2**61, make("word"))

    assert index.state() == {2**62: 2**61}
    assert found(index.search("word")) == [(2**62, 0)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    index = SearchIndex(tmp_path_factory.mktemp("filled"))
    paragraphs = tuple(Block(BlockKind.PARAGRAPH, text) for text in ("a b l’état", "北京大学 co-op", "x\ud800y b a"))
    index.replace(1, 1, Article(Metadata(title="A"), paragraphs))
    yield index
    index.close()


@settings(deadline=None, max_examples=300)
@given(
    st.text()
    | st.text(alphabet='ab*"()-“” ANDORT’l.\u00ad北京\ud800\x00', max_size=40)
    | st.lists(st.sampled_from(["a", "b", "AND", "OR", "NOT", "(", ")", '"', "-", "co*", "-(", "*"])).map(" ".join)
)
def test_whatever_is_typed_is_answered(filled: SearchIndex, typed: str) -> None:
    answer = filled.search(typed)

    assert answer.query == typed
    assert answer.words or answer.hint
    assert not answer.damaged


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.text(st.characters()), max_size=5))
def test_whatever_a_block_holds_can_be_indexed_and_found(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    index = SearchIndex(tmp_path_factory.mktemp("any"))

    assert index.replace(1, 1, Article(Metadata(), tuple(Block(BlockKind.PARAGRAPH, text) for text in texts)))

    for passage, text in enumerate(texts):
        for word in text.split()[:5]:
            query = f'"{word}"'
            answer = index.search(query, limit=1000)
            hits = [hit.passage for group in answer.groups for hit in group.hits]
            assert passage in hits or not marked(text, query)
    index.close()
