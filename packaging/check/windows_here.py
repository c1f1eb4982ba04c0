"""The Windows that this runs on, to try an installer on as a person would. Not run so far: there was none."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from check.wine import PATIENCE_SECONDS, Windows


class Here(Windows):
    """The computer that the check runs on."""

    def run(self, *words: str | Path) -> tuple[int, str]:
        """Run a program to its end; return its exit code and what it wrote."""
        done = subprocess.run(
            tuple(map(str, words)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        return done.returncode, done.stdout.decode(errors="replace")

    def begin(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a program and do not wait for it."""
        return subprocess.Popen(tuple(map(str, words)), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)

    def place(self, path: str) -> Path:
        """Return a folder of Windows."""
        return Path(path)

    def variable(self, name: str) -> str:
        """Return a variable of the environment."""
        return os.environ[name]
