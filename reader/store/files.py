"""The original files and the pictures that came with them, each stored once under its SHA-256.

Whoever calls ``keep`` or ``sweep`` is inside a transaction: as only one process writes at a time,
a file that is seen then and that no row names belongs to a process that was killed.
"""

from __future__ import annotations

import re
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

from reader.atomic import sync_folder, write_whole

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class Originals:
    """The folder of files, ``ab/cdef….txt``: two digits, then the other 62, then the kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return where the file of this name lies."""
        return self.folder / name

    def keep(self, data: bytes, sha256: str, suffix: str) -> str:
        """Put the bytes on the disk, unless they are there, and return their name.

        Raises:
            OSError: they could not be written; nothing is left of them.
        """
        kind = suffix.lower()
        name = f"{sha256[:2]}/{sha256[2:]}{kind if _SUFFIX.fullmatch(kind) else ''}"
        path = self.path(name)
        if path.is_file() and path.stat().st_size == len(data):
            return name
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder)
            sync_folder(self.folder.parent)
        write_whole(path, data)
        return name

    def sweep(self, named: Set[str]) -> int:
        """Delete every file whose name is not among ``named``; return how many."""
        swept = 0
        for path in self.folder.glob("??/*"):
            if f"{path.parent.name}/{path.name}" not in named:
                with suppress(OSError):  # open in another program: next time
                    path.unlink()
                    swept += 1
        return swept
