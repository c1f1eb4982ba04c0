"""A second launch hands its files to the window that runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.handover import FOLDER, LOCK, Handover


def test_the_first_window_of_a_library_holds_it(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Handover(tmp_path), Handover(tmp_path)

    assert first.claim()
    assert not second.claim()
    first.release()


def test_another_library_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first, second = Handover(tmp_path / "a"), Handover(tmp_path / "b")

    assert first.claim()
    assert second.claim()


def test_after_the_end_of_the_first_window_another_may_be_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Handover(tmp_path), Handover(tmp_path)
    first.claim()

    first.release()

    assert second.claim()


def test_files_reach_the_window_that_runs_as_whole_paths(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Handover(tmp_path), Handover(tmp_path)
    first.claim()
    first.listen()
    file = tmp_path / "Fähre – “draft”.md"

    with qtbot.waitSignal(first.received) as received:
        assert second.send((file,))

    assert received.args == [(file.resolve(),)]
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_a_launch_without_files_still_calls_the_window(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Handover(tmp_path), Handover(tmp_path)
    first.listen()

    with qtbot.waitSignal(first.received) as received:
        second.send(())

    assert received.args == [()]


def test_what_was_left_before_the_window_listened_is_taken_too(qtbot: QtBot, tmp_path: Path) -> None:
    first = Handover(tmp_path)
    Handover(tmp_path).send((tmp_path / "a.md",))

    with qtbot.waitSignal(first.received) as received:
        first.listen()

    assert received.args == [((tmp_path / "a.md").resolve(),)]


@pytest.mark.parametrize("words", [b"", b"no json", b'{"a": 1}', b"[1, null]", b"\xff\xfe", b"[" * 10_000])
def test_what_is_no_wish_is_passed_over(qtbot: QtBot, tmp_path: Path, words: bytes) -> None:
    first = Handover(tmp_path)
    (tmp_path / FOLDER).mkdir()
    (tmp_path / FOLDER / "0.json").write_bytes(words)
    (tmp_path / FOLDER / "1.json").write_text(json.dumps([str(tmp_path / "a.md")]))
    received: list[tuple[Path, ...]] = []
    first.received.connect(received.append)

    first.listen()

    assert list((tmp_path / FOLDER).iterdir()) == []
    assert received[-1] == (tmp_path / "a.md",)
    assert all(path == tmp_path / "a.md" for paths in received for path in paths)


def test_a_folder_that_cannot_be_made_lets_each_launch_have_its_window(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    handover = Handover(tmp_path / "file")

    assert handover.claim()
    assert not handover.send((tmp_path / "a.md",))
    handover.listen()


def test_a_lock_of_a_process_that_died_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    other = Handover(tmp_path)
    assert other.claim()
    kept = (tmp_path / LOCK).read_bytes() if (tmp_path / LOCK).exists() else b""
    other.release()
    # The first line of a lock is the number of the process that holds it.
    (tmp_path / LOCK).write_bytes(b"\n".join([b"4194304", *kept.split(b"\n")[1:]]))

    assert Handover(tmp_path).claim()
