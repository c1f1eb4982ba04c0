"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PART = ".part"
"""What a file's name ends in while it is being written."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that after a crash the old or the new content is there, never a part.

    Raises:
        OSError: it could not be written; the old content stays.
    """
    with replacing(path) as part:
        part.write_bytes(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a place to write a file at that takes the place of ``path`` when it is whole.

    Raises:
        OSError: it could not be written; the old content stays.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}{PART}")  # two processes may write the same file
    try:
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See to it that the names in a folder are on the disk.

    Raises:
        OSError: the system could not.
    """
    if os.name == "nt":
        return  # Windows keeps a name with its file
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
