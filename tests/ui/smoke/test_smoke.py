"""``--smoke``: the program proves itself, in a process of its own as an installer's check starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.ui.smoke.report import Missed, Report
from reader.ui.smoke.run import main

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 300


def smoke(current: Path, *arguments: str | Path, **variables: str) -> int:
    """Run it with next to nothing in its environment: no home, no language, no path."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "DISPLAY") if name in os.environ}
    process = subprocess.run(
        [sys.executable, "-m", "reader", *map(str, arguments)],
        env={**kept, "PYTHONPATH": str(ROOT), **variables},
        cwd=current,
        timeout=PATIENCE_S,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return process.returncode


def told(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_whole_program_does_every_step_and_touches_nothing_of_the_person(tmp_path: Path) -> None:
    current = tmp_path / "current"
    current.mkdir(mode=0o555)
    report, shot, own = tmp_path / "report.json", tmp_path / "window.png", tmp_path / "own library"

    code = smoke(
        current,
        *("--smoke", report, "--shot", shot),
        QT_QPA_PLATFORM="offscreen",
        STUDY_READER_HOME=str(own),
        TMPDIR=str(tmp_path),
    )

    found = told(report)
    assert [(step["name"], step["sentence"]) for step in found["steps"] if not step["ok"]] == []
    assert (code, found["ok"], found["messages"]) == (0, True, [])
    assert found["program"]["platform"] == "offscreen"
    assert shot.read_bytes().startswith(b"\x89PNG")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["current", "report.json", "window.png"]


def test_without_a_place_for_the_report_it_is_used_wrongly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--smoke"]) == 2
    assert main(["--smoke", str(tmp_path / "no folder" / "report.json")]) == 2

    assert "REPORT.json" in capsys.readouterr().err


def test_a_program_that_dies_at_once_leaves_a_report_that_says_where(tmp_path: Path) -> None:
    report = tmp_path / "report.json"

    code = smoke(tmp_path, "--smoke", report, QT_QPA_PLATFORM="nothing-of-this-name", TMPDIR=str(tmp_path))

    (step,) = told(report)["steps"]
    assert code not in (0, 2)
    assert step == {
        "name": "start Qt",
        "ok": False,
        "ms": 0,
        "sentence": "The program ended in the middle of this step.",
    }


def test_a_step_that_hangs_ends_the_program_and_is_told(tmp_path: Path) -> None:
    report, scratch = tmp_path / "report.json", tmp_path / "scratch"
    scratch.mkdir()
    hanging = (
        "import sys, threading; from pathlib import Path; from reader.ui.smoke.report import Report; "
        "Report(Path(sys.argv[1]), Path(sys.argv[2]), 0.2).take('wait', threading.Event().wait)"
    )

    process = subprocess.run([sys.executable, "-c", hanging, report, scratch], cwd=ROOT, timeout=PATIENCE_S)

    (step,) = told(report)["steps"]
    assert process.returncode == 1
    assert (step["name"], step["ok"], step["sentence"]) == ("wait", False, "This step took longer than 0.2 s.")
    assert not scratch.exists()


def missed() -> None:
    raise Missed("It is not there.")


def broken() -> None:
    raise KeyError("page")


@pytest.mark.parametrize(("step", "sentence"), [(missed, "It is not there."), (broken, "KeyError: 'page'")])
def test_a_step_that_fails_is_told_and_the_next_one_is_done(
    tmp_path: Path, step: Callable[[], None], sentence: str
) -> None:
    report = Report(tmp_path / "report.json", tmp_path)

    outcomes = [report.take("first", step), report.take("second", lambda: {"count": 3})]

    first, second = told(tmp_path / "report.json")["steps"]
    assert outcomes == [False, True]
    assert (first["ok"], first["sentence"]) == (False, sentence)
    assert (second["ok"], second["facts"]) == (True, {"count": 3})
    assert not report.ok


def test_an_exception_that_nobody_caught_fails_the_step_it_came_in(tmp_path: Path) -> None:
    report = Report(tmp_path / "report.json", tmp_path)

    report.take("paint", lambda: report.messages.append("unforeseen: ValueError: no brush"))

    (step,) = told(tmp_path / "report.json")["steps"]
    assert (step["ok"], step["sentence"]) == (False, "unforeseen: ValueError: no brush")


def test_an_ordinary_start_loads_nothing_of_it() -> None:
    looking = (
        "import sys, reader.__main__, reader.ui.application; "
        "print([name for name in sys.modules if 'smoke' in name or 'specimens' in name])"
    )

    process = subprocess.run([sys.executable, "-c", looking], cwd=ROOT, capture_output=True, text=True, check=True)

    assert process.stdout.strip() == "[]"
