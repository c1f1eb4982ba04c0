"""What the builds share: where things lie, the one version, the one date, and environments to build in."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.describe import version as version

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
NAME = "study-reader"
REQUIREMENTS = HERE / "requirements.txt"
VERSIONS = HERE / "windows" / "wheels.lock"
"""What is shipped is the same on all systems: the versions of the libraries are those that are pinned for Windows."""
NO_DATE = 315_532_800
"""1980-01-01: the first day a ZIP can tell of."""
LAST_WORDS = 3000  # characters of a failed program that are told


class BuildError(Exception):
    """Something cannot be built; ``str()`` is the sentence."""


@dataclass(frozen=True, slots=True)
class Job:
    """One build: where it puts what it makes, and what it was given."""

    out: Path
    library: Path | None = None
    """A folder of articles that are shipped with the program."""
    appimage_runtime: Path | None = None

    @property
    def work(self) -> Path:
        """What can be made anew at any time."""
        return self.out / "work"


def epoch() -> int:
    """Return the date of everything that is built, in seconds: what was asked for, or that of the last commit."""
    if asked := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(asked)
    if shutil.which("git") and (ROOT / ".git").exists():
        done = subprocess.run(
            ("git", "log", "-1", "--format=%ct"), cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode == 0 and done.stdout.strip():
            return int(done.stdout)
    return NO_DATE


def environment() -> dict[str, str]:
    """Return the environment of a build: nothing in what it makes may tell where and when it was made."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "LC_"))}
    kept |= {"SOURCE_DATE_EPOCH": str(epoch()), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return kept


def run(words: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> str:
    """Run a program and return what it wrote.

    Raises:
        BuildError: it is missing, or it failed; its last words are in the sentence.
    """
    try:
        done = subprocess.run(
            tuple(map(str, words)),
            cwd=cwd,
            env=environment() if env is None else env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        raise BuildError(f"There is no “{words[0]}” here; {NEEDED_HINT}") from error
    if done.returncode:
        raise BuildError(f"“{words[0]}” ended with {done.returncode}:\n{done.stdout[-LAST_WORDS:]}")
    return done.stdout


NEEDED_HINT = "`python3 dev.py packages` installs what the builds call."


def python_of(venv: Path) -> Path:
    """Return the Python of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def tools(job: Job) -> Path:
    """Return the Python that has the tools of the builds, and the libraries of the program for PyInstaller to see."""
    venv = job.work / "tools"
    parts = (REQUIREMENTS.read_bytes(), VERSIONS.read_bytes(), (ROOT / "pyproject.toml").read_bytes())
    stamp = hashlib.sha256(b"\0".join((sys.version.encode(), str(ROOT).encode(), *parts))).hexdigest()
    if not _is_made(venv, stamp):
        _make(venv)
        _install(venv, "-r", str(REQUIREMENTS))
        _install(venv, *_constraint(job), *dependencies())
        (venv / "stamp").write_text(stamp)
    return python_of(venv)


def runtime(job: Job, wheel: Path) -> Path:
    """Return the Python of an environment that has the program and what it needs, and nothing else."""
    venv = job.work / "runtime"
    stamp = hashlib.sha256(wheel.read_bytes() + VERSIONS.read_bytes() + sys.version.encode()).hexdigest()
    if not _is_made(venv, stamp):
        _make(venv, "--without-pip")
        _install(venv, *_constraint(job), str(wheel))
        (venv / "stamp").write_text(stamp)
    return python_of(venv)


def dependencies() -> tuple[str, ...]:
    """Return what ``pyproject.toml`` says the program needs."""
    import tomllib

    named: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return tuple(named)


def pinned() -> tuple[str, ...]:
    """Return ``name==version`` of each library that is shipped."""
    lines = VERSIONS.read_text(encoding="utf-8").splitlines()
    return tuple(line.split()[0] for line in lines if line and not line.startswith("#"))


def _is_made(venv: Path, stamp: str) -> bool:
    written = venv / "stamp"
    return python_of(venv).exists() and written.is_file() and written.read_text() == stamp


def _make(venv: Path, *options: str) -> None:
    run((sys.executable, "-m", "venv", "--clear", *options, venv), env=dict(os.environ))


def _constraint(job: Job) -> tuple[str, str]:
    file = job.work / "versions.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(pinned()) + "\n")
    return "--constraint", str(file)


def _install(venv: Path, *words: str) -> None:
    pip = (sys.executable, "-m", "pip", "--python", str(python_of(venv)), "--disable-pip-version-check", "--no-input")
    run((*pip, "install", "--quiet", *words), env=dict(os.environ))
