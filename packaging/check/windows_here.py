"""The Windows that this runs on, to try an installer on as a person would. Not run so far: there was none."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from check.wine import Windows


class Here(Windows):
    """The computer that the check runs on."""

    def start(self, words: Sequence[str | Path], output: int) -> subprocess.Popen[bytes]:
        """Start a program, which is asked nothing; ``output`` is where what it writes goes."""
        return subprocess.Popen(
            tuple(map(str, words)), stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )

    def place(self, path: str) -> Path:
        """Return a folder of Windows."""
        return Path(path)

    def variable(self, name: str) -> str:
        """Return a variable of the environment."""
        return os.environ[name]
