"""The window as a person starts it, in processes of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader import specimens
from reader.library import Library
from reader.paths import Paths

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = 1
"""How many editions come with the program."""
PATIENCE_S = 60
PATIENCE_MS = PATIENCE_S * 1000
STORM = "---\ntitle: The storm\n---\n\n# The storm\n\nA zephyr rose.[^1]\n\n[^1]: A wind.\n"
SEA = "# The sea\n\nA walrus came.\n"


class Windows:
    """Starts the program over one library; ends what it started."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.paths = Paths.under(home / "library")
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            "STUDY_READER_HOME": str(self.home / "library"),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "reader", *map(str, arguments)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._started.append(process)
        return process

    def titles(self) -> list[str]:
        with Library(self.paths) as library:
            return sorted(entry.title for entry in library.shelf.articles())

    def end(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    made = Windows(tmp_path)
    yield made
    made.end()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def said(process: subprocess.Popen[bytes]) -> str:
    out, _ = process.communicate(timeout=PATIENCE_S)
    return out.decode()


def test_a_second_launch_hands_its_file_to_the_window_that_runs(qtbot: QtBot, windows: Windows, tmp_path: Path) -> None:
    first = windows.start(write(tmp_path, "storm.md", STORM))
    qtbot.waitUntil(lambda: "The storm" in windows.titles(), timeout=PATIENCE_MS)

    second = windows.start(write(tmp_path, "sea.md", SEA))

    assert said(second) == ""
    assert second.returncode == 0
    qtbot.waitUntil(lambda: "The sea" in windows.titles(), timeout=PATIENCE_MS)
    assert first.poll() is None


def test_a_relative_path_is_meant_from_where_the_second_launch_was(
    qtbot: QtBot, windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windows.start(write(tmp_path, "storm.md", STORM))
    qtbot.waitUntil(lambda: "The storm" in windows.titles(), timeout=PATIENCE_MS)
    (tmp_path / "elsewhere").mkdir()
    write(tmp_path / "elsewhere", "sea.md", SEA)
    monkeypatch.chdir(tmp_path / "elsewhere")

    windows.start("sea.md")

    qtbot.waitUntil(lambda: "The sea" in windows.titles(), timeout=PATIENCE_MS)


def test_files_of_every_associated_kind_open_at_the_start_and_in_the_window_that_runs(
    qtbot: QtBot, windows: Windows, tmp_path: Path
) -> None:
    markdown, page, book, document = specimens.write(tmp_path)
    text = write(tmp_path, "a name, with spaces & signs.txt", "The tide\n\nIt came in at four, and nobody had asked.\n")
    xhtml = write(
        tmp_path,
        "lock.xhtml",
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The lock</title></head>'
        "<body><h1>The lock</h1><p>The gates were of oak, and the water stood high.</p></body></html>",
    )
    open_document = shutil.copy(ROOT / "tests" / "data" / "odt" / "writer.odt", tmp_path)

    windows.start(markdown.path, page.path, book.path)
    qtbot.waitUntil(lambda: len(windows.titles()) >= 3, timeout=PATIENCE_MS)
    later = windows.start(document.path, text, xhtml, open_document)

    assert said(later) == ""
    qtbot.waitUntil(lambda: len(windows.titles()) == 7 + SHIPPED, timeout=PATIENCE_MS)
    known = {each.title for each in (markdown, page, book, document)} | {"The tide", "The lock"}
    assert known < set(windows.titles())


def test_after_a_killed_window_the_next_launch_opens_one(qtbot: QtBot, windows: Windows, tmp_path: Path) -> None:
    first = windows.start(write(tmp_path, "storm.md", STORM))
    qtbot.waitUntil(lambda: "The storm" in windows.titles(), timeout=PATIENCE_MS)
    first.send_signal(signal.SIGKILL)
    first.wait()

    second = windows.start(write(tmp_path, "sea.md", SEA))

    qtbot.waitUntil(lambda: "The sea" in windows.titles(), timeout=PATIENCE_MS)
    assert second.poll() is None


def test_the_window_is_painted_into_a_picture_and_nothing_is_said(windows: Windows, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"

    process = windows.start(
        "--screenshot", picture, "--size", "900x600", "--theme", "sepia", write(tmp_path, "storm.md", STORM)
    )

    assert said(process) == ""
    assert process.returncode == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_text_is_saved_as_pdf_without_a_screen(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)

    process = windows.start("--pdf", tmp_path / "storm.pdf", write(tmp_path, "storm.md", STORM))

    assert said(process) == ""
    assert process.returncode == 0
    assert (tmp_path / "storm.pdf").read_bytes().startswith(b"%PDF")


def test_a_text_that_cannot_be_opened_makes_no_pdf(windows: Windows, tmp_path: Path) -> None:
    process = windows.start("--pdf", tmp_path / "storm.pdf", tmp_path / "not there.md")

    assert said(process) == "“not there.md” could not be opened: there is no such file.\n"
    assert process.returncode == 1
    assert not (tmp_path / "storm.pdf").exists()


def test_a_first_start_shows_the_shipped_edition(windows: Windows, tmp_path: Path) -> None:
    process = windows.start("--screenshot", tmp_path / "window.png")

    assert said(process) == ""
    with Library(windows.paths) as library:
        assert len(library.shelf.articles()) == 1
        assert library.reading.last_article() is not None


def test_a_file_that_cannot_be_opened_leaves_the_window_open_and_says_no_word_of_python(
    windows: Windows, tmp_path: Path
) -> None:
    process = windows.start("--screenshot", tmp_path / "window.png", tmp_path / "not there.md")

    assert "Traceback" not in said(process)
    assert process.returncode == 0
