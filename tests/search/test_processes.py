"""Several processes and threads at one index, and processes killed while they write."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.search import index as index_module
from reader.search.index import SearchIndex

Make = Callable[..., Article]
WRITER = Path(__file__).with_name("writer_process.py")
ROOT = Path(__file__).resolve().parents[2]
KILLS = 12


def start_writer(folder: Path, seed: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(folder), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )


def assert_whole(index: SearchIndex) -> None:
    """Every article that the index says it has is found, in that revision and in no other."""
    state = index.state()
    for number, revision in state.items():
        of_revision = index.search(f"revision{number}x{revision}", limit=1000)
        assert (of_revision.total, of_revision.damaged) == (30, False)
        assert index.search(f"article{number}", limit=1000).total == 30
    assert index.search("common", limit=1000).total == 30 * len(state)


def changed(state: dict[int, int], number: int, revision: int) -> dict[int, int]:
    return {} if number < 0 else state | {number: revision}


def test_a_process_killed_while_writing_leaves_a_whole_index(tmp_path: Path) -> None:
    chance = random.Random(11)
    index = SearchIndex(tmp_path)
    state: dict[int, int] = {}

    for kill in range(KILLS):
        process = start_writer(tmp_path, kill)
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(chance.randint(1, 12))]
        threading.Event().wait(chance.random() * 0.05)  # into some moment of the next commit
        process.kill()
        lines += process.stdout.readlines()
        process.wait()
        process.stdout.close()

        assert_whole(index)
        begun = state
        for line in lines:
            what, number, revision = line.split()
            begun = changed(state, int(number), int(revision))
            state = begun if what == "done" else state
        # What was told as done is there; what was only begun may be.
        assert index.state() in (state, begun)
        state = index.state()
    index.close()


def test_the_next_writer_needs_not_wait_for_one_that_was_killed(tmp_path: Path, make: Make) -> None:
    process = start_writer(tmp_path, 1)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    index = SearchIndex(tmp_path)

    assert index.replace(77, 1, make("survivor"))

    assert index.state()[77] == 1
    assert index.search("survivor").total == 1
    index.close()


def test_searches_while_another_process_writes_see_whole_commits(tmp_path: Path) -> None:
    process = start_writer(tmp_path, 5)
    assert process.stdout is not None
    process.stdout.readline()
    index = SearchIndex(tmp_path)

    for _ in range(150):
        answer = index.search("common", limit=1000)

        assert not answer.damaged
        assert all(len(group.hits) == 30 for group in answer.groups)
    process.kill()
    process.wait()
    process.stdout.close()
    index.close()


def test_two_processes_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = [start_writer(tmp_path, seed) for seed in (6, 7)]
    for process in processes:
        assert process.stdout is not None
        for _ in range(6):
            assert process.stdout.readline()
    for process in processes:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()

    index = SearchIndex(tmp_path)
    assert_whole(index)
    index.close()


def test_threads_search_while_another_writes(tmp_path: Path, make: Make) -> None:
    index = SearchIndex(tmp_path)
    index.replace(0, 0, make(*["word"] * 5))
    wrong: list[object] = []
    written = threading.Event()

    def search() -> None:
        while not written.is_set():
            answer = index.search("word", limit=1000)
            wrong.extend(group for group in answer.groups if len(group.hits) != 5)
            wrong.extend([answer] if answer.damaged or not answer.groups else [])

    searchers = [threading.Thread(target=search) for _ in range(3)]
    for searcher in searchers:
        searcher.start()
    for number in range(25):
        index.replace(number % 5, number, make(*["word"] * 5))
    written.set()
    for searcher in searchers:
        searcher.join()

    assert wrong == []
    assert index.state() == {0: 20, 1: 21, 2: 22, 3: 23, 4: 24}
    index.close()


def test_while_another_window_writes_on_one_is_told_so_politely(
    tmp_path: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "MAX_WAIT_SECONDS", 0.05)
    first, second = SearchIndex(tmp_path), SearchIndex(tmp_path)
    first.replace(1, 1, make("word"))
    answers: list[object] = []

    def meanwhile(done: int) -> None:
        answers.append(second.replace(3, 1, make("word")))
        answers.append(second.clear())
        answers.append(second.search("word").total)

    first.replace_many([(2, 1, make("word"))], meanwhile)

    assert answers == [False, False, 1]
    assert first.state() == {1: 1, 2: 1}
    first.close()
    second.close()
