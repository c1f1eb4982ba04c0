"""The Windows that this runs on, to try an installer on as a person would. Not run so far: there was none."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from check.wine import PATIENCE_SECONDS, values


class Here:
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

    def registry(self, key: str) -> dict[str, str]:
        """Return the values of a key and, under whole names, of those below it; empty where there is none."""
        code, told = self.run("reg", "query", key, "/s")
        return {} if code else values(key, told)

    def write_registry(self, key: str, value: str, data: str) -> None:
        """Write a text into the registry; an empty name is the key's own value."""
        name = ("/v", value) if value else ("/ve",)
        self.run("reg", "add", key, *name, "/t", "REG_SZ", "/d", data, "/f")
