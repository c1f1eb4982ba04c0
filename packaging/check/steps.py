"""What the checks share: steps that hold or do not, programs that end or do not, and the report of ``--smoke``."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

Proof = Callable[[Path], Iterator[str]]
"""Takes where things were built, and yields a sentence for every step that held."""
PATIENCE_SECONDS = 900
LAST_WORDS = 2000  # characters of a failed program that are told


class CheckError(Exception):
    """A step did not hold; ``str()`` says what was seen."""


def hold(holds: bool, sentence: str) -> None:
    """Go on where a step holds.

    Raises:
        CheckError: it does not.
    """
    if not holds:
        raise CheckError(sentence)


def need(*programs: str) -> None:
    """Go on where all programs are there that a check calls.

    Raises:
        CheckError: one is not.
    """
    missing = [name for name in programs if shutil.which(name, path=_PATH) is None]
    hold(not missing, f"There is no {', '.join(missing)} here; `python3 dev.py packages` installs what is missing.")


def run(
    words: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None, code: int = 0
) -> str:
    """Run a program and return what it wrote.

    Raises:
        CheckError: it ended with another code than was expected, or not at all.
    """
    try:
        done = subprocess.run(
            tuple(map(str, words)),
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CheckError(f"“{words[0]}” did not end within {PATIENCE_SECONDS} seconds.") from None
    hold(done.returncode == code, f"“{words[0]}” ended with {done.returncode}:\n{done.stdout[-LAST_WORDS:]}")
    return done.stdout


def bare(home: Path, display: str = "") -> dict[str, str]:
    """Return an environment with nothing in it but what a login gives."""
    home.mkdir(parents=True, exist_ok=True)
    given = {"HOME": str(home), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    return given | ({"DISPLAY": display} if display else {"QT_QPA_PLATFORM": "offscreen"})


def proves(call: Callable[[], object], report: Path, version: str) -> str:
    """Call a program with ``--smoke``, and return a sentence about its report.

    Raises:
        CheckError: something in it is not as it should be, or the call failed without a word in it.
    """
    report.unlink(missing_ok=True)
    try:
        call()
    except CheckError:
        if report.is_file():
            proved(report, version)  # which says more than an exit code
        raise
    return proved(report, version)


def proved(report: Path, version: str) -> str:
    """Read what ``--smoke`` reported, and return a sentence about it.

    Raises:
        CheckError: something in it is not as it should be.
    """
    hold(report.is_file(), "There is no report of --smoke.")
    told = json.loads(report.read_text(encoding="utf-8"))
    failed = [(step["name"], step["sentence"]) for step in told["steps"] if not step["ok"]]
    hold(told["ok"], f"--smoke failed: {failed}, {told['messages']}")
    hold(told["program"]["version"] == version, f"It is version {told['program']['version']}, and not {version}.")
    return f"it proves itself in {len(told['steps'])} steps on “{told['program']['platform']}”."


_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
