"""Segments are merged while others search and write, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.errors import CancelledError
from reader.search.index import SearchIndex
from reader.search.results import Answer

Make = Callable[..., Article]
Found = Callable[[Answer], list[tuple[int, int]]]
MANY = 8


@pytest.fixture
def scattered(index: SearchIndex, make: Make) -> SearchIndex:
    """An index of articles that were saved one after another."""
    for number in range(MANY):
        index.replace(number, 1, make("word", f"only{number}"))
    return index


def segments(folder: Path) -> list[Path]:
    return sorted(folder.glob("index/index-*/*.words"))


def test_many_segments_become_one(scattered: SearchIndex, tmp_path: Path, found: Found) -> None:
    assert len(segments(tmp_path)) == MANY

    assert scattered.merge()

    assert len(segments(tmp_path)) == 1
    assert found(scattered.search("word")) == [(number, 0) for number in range(MANY)]
    assert scattered.state() == dict.fromkeys(range(MANY), 1)
    assert not scattered.merge()


def test_what_is_saved_during_a_merge_is_kept(scattered: SearchIndex, tmp_path: Path, make: Make, found: Found) -> None:
    other = SearchIndex(tmp_path / "index")
    waiting = [(2, make("word", "newer")), (99, make("word", "new"))]

    def meanwhile() -> None:
        while waiting:
            number, article = waiting.pop()
            assert other.replace(number, 2, article)
            assert other.remove(5)

    assert scattered.merge(meanwhile)

    expected = {n: 1 for n in range(MANY) if n not in (2, 5)} | {2: 2, 99: 2}
    assert scattered.state() == expected
    assert found(scattered.search("newer OR only2 OR only5 OR only3")) == [(2, 1), (3, 1)]
    assert scattered.search("word").total == len(expected)
    other.close()


def test_a_merge_that_another_window_came_before_changes_nothing(
    scattered: SearchIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = SearchIndex(tmp_path / "index")
    before = scattered.state()

    def meanwhile() -> None:
        other.clear()

    assert not scattered.merge(meanwhile)

    assert before
    assert scattered.state() == {}
    other.close()


def test_a_merge_that_is_stopped_leaves_all_as_it_was(scattered: SearchIndex, tmp_path: Path) -> None:
    def stop() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        scattered.merge(stop)

    assert len(segments(tmp_path)) == MANY
    assert list(tmp_path.glob("index/index-*/merging-*")) == []
    assert scattered.search("word").total == MANY


def test_what_a_killed_merge_left_is_removed_by_the_next(scattered: SearchIndex, tmp_path: Path) -> None:
    left = segments(tmp_path)[0].with_name("merging-dead.tmp")
    left.write_bytes(b"half")

    assert scattered.merge()

    assert not left.exists()


def test_only_one_merges_at_a_time(scattered: SearchIndex, tmp_path: Path) -> None:
    other = SearchIndex(tmp_path / "index")
    answers: list[bool] = []

    assert scattered.merge(lambda: answers.append(other.merge()))

    assert set(answers) == {False}
    other.close()


def test_what_is_mostly_deleted_is_written_anew(index: SearchIndex, make: Make, tmp_path: Path) -> None:
    index.replace_many([(number, 1, make(*["some words here"] * 40)) for number in range(10)])
    size = sum(path.stat().st_size for path in segments(tmp_path))
    for number in range(6):
        index.remove(number)

    assert index.merge()

    assert sum(path.stat().st_size for path in segments(tmp_path)) < size * 0.7
    assert index.search("words").total == 160


def test_an_empty_index_has_nothing_to_merge(index: SearchIndex) -> None:
    assert not index.merge()
    index.clear()
    assert not index.merge()
