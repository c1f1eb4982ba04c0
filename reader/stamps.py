"""What tells whether work was done before, so that a start need not load what does it."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

from reader.atomic import write_whole
from reader.paths import Paths

INDEX = "index"
INDEXED, BUNDLED, IDENTITY = "indexed.json", "bundled.json", "identity"
"""What the index, and the shipped editions, were brought up to date with last."""


class Stamps:
    """Small files in the cache folder, and the name of the library beside it."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def identity(self) -> str:
        """Return what tells this library from any other that lay or will lie in its place."""
        file = self._paths.data / IDENTITY
        try:
            return file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            made = str(uuid4())
            with suppress(OSError):
                write_whole(file, made.encode())
            return made

    def index_belongs_here(self) -> bool:
        """Say whether the index in the cache is of this library."""
        try:
            return f'"{self.identity()}"'.encode() in (self._paths.cache / INDEXED).read_bytes()
        except OSError:
            return not (self._paths.cache / INDEX).is_dir()

    def has(self, name: str, known: bytes) -> bool:
        """Say whether work was done in this state before."""
        return self.get(name) == known

    def get(self, name: str) -> bytes:
        """Return what was noted last, or nothing."""
        try:
            return (self._paths.cache / name).read_bytes()
        except OSError:
            return b""

    def put(self, name: str, known: bytes) -> None:
        """Note that it is done."""
        with suppress(OSError):
            self._paths.cache.mkdir(parents=True, exist_ok=True)
            write_whole(self._paths.cache / name, known)
