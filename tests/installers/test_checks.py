"""What the proofs of the packages stand on: programs that end, and reports that are read. The proofs themselves run by
`python3 dev.py packages`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from check import steps, wine
from check.steps import CheckError, proves
from check.windows_here import Here

FOR_EVER = (sys.executable, "-c", "import threading; threading.Event().wait()")
SMOKE = {"ok": True, "steps": [{"name": "read", "ok": True}], "messages": []}
SMOKE |= {"program": {"version": "1.2.3", "platform": "xcb"}}
FAILED = {**SMOKE, "ok": False, "steps": [{"name": "search", "ok": False, "sentence": "Nothing was found."}]}


def reports(file: Path, told: Mapping[str, object], code: int = 0) -> str:
    """Do what a program does that is called with ``--smoke``."""
    file.write_text(json.dumps(told))
    return steps.run((sys.executable, "-c", f"raise SystemExit({code})"))


def test_a_program_tells_what_it_wrote() -> None:
    words = (sys.executable, "-c", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")

    assert steps.run(words, code=3).split() == ["out", "err"]
    assert Here().run(*words)[0] == 3
    assert Here().run(*words)[1].split() == ["out", "err"]


def test_a_program_that_does_not_end_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(wine, "PATIENCE_SECONDS", 0.1)

    with pytest.raises(CheckError, match=r"did not end within 0\.1 seconds\.$"):
        steps.run(FOR_EVER)
    with pytest.raises(CheckError, match=r"did not end within 0\.1 seconds\.$"):
        Here().run(*FOR_EVER)


def test_what_does_not_come_is_not_waited_for_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wine, "SOON_SECONDS", 0)

    assert not wine.wait_until(lambda: False)
    assert wine.wait_until(lambda: True)


def test_a_program_proves_itself_by_its_report(tmp_path: Path) -> None:
    report = tmp_path / "report.json"

    told = proves(lambda: reports(report, SMOKE), report, "1.2.3")

    assert told == "it proves itself in 1 steps on “xcb”."


def test_a_failure_is_told_as_the_report_has_it(tmp_path: Path) -> None:
    report = tmp_path / "report.json"

    with pytest.raises(CheckError, match=r"'search', 'Nothing was found\.'"):
        proves(lambda: reports(report, FAILED, 1), report, "1.2.3")
    with pytest.raises(CheckError, match=r"ended with 4"):
        proves(lambda: reports(report, SMOKE, 4), report, "1.2.3")
    with pytest.raises(CheckError, match=r"^It is version 1\.2\.3, and not 1\.2\.4\.$"):
        proves(lambda: reports(report, SMOKE), report, "1.2.4")


def test_a_report_of_a_run_before_proves_nothing(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    reports(report, SMOKE)

    with pytest.raises(CheckError, match=r"^There is no report of --smoke\.$"):
        proves(lambda: None, report, "1.2.3")
