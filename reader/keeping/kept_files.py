"""The files that texts came from, beside the backups that name them: second names of the same files (hard links).

That takes no room on the disk. It holds where files are deleted, by a person or because their text is, and a backup
is put back that has it still; against a disk that fails, only a copy of the folder on another one does.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from reader.keeping.checking import is_whole
from reader.store.articles import named_files
from reader.store.files import Originals

log = logging.getLogger(__name__)

FOLDER = "originals"


def named(file: Path) -> frozenset[str]:
    """Return the names of the files of ``Originals`` that a backup, or a library that nobody has open, needs.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return named_files(connection) - {""}


def keep(originals: Originals, backups: Iterable[Path]) -> None:
    """Give the files that backups name a second name beside them, and take it from those that none names any more.

    Where the disk knows no second names, nothing is done: see ``missing``.
    """
    files = tuple(backups)
    if not files:
        return
    kept = files[0].parent / FOLDER
    try:
        wanted = frozenset[str]().union(*map(named, files))
        for name in wanted:
            _link(originals.path(name), kept / name)
    except (OSError, sqlite3.Error) as error:
        log.warning("originals are not in the backup: %s", type(error).__name__)
        return
    Originals(kept).sweep(wanted)


def missing(backup: Path) -> int:
    """Return how many of the files that a backup names are not beside it; all, where it cannot be read, is -1."""
    try:
        return sum(not (backup.parent / FOLDER / name).is_file() for name in named(backup))
    except sqlite3.Error:
        return -1


def bring_back(originals: Originals, name: str, backups: Path) -> bool:
    """Put a file that is damaged or missing back from beside the backups; say whether it was whole there.

    Raises:
        OSError: it cannot be written.
    """
    kept, path = backups / FOLDER / name, originals.path(name)
    if not is_whole(kept, name):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    try:
        _link(kept, path)
    except OSError:
        shutil.copyfile(kept, path)
    return True


def set_aside(originals: Originals, wanted: frozenset[str], folder: Path) -> int:
    """Move the files that a library names no more, and that would be swept, where a person finds them; return how many.

    Raises:
        OSError: they cannot be moved.
    """
    moved = 0
    for path in sorted(originals.folder.glob("??/*")):
        name = f"{path.parent.name}/{path.name}"
        if name not in wanted and path.is_file():
            target = folder / FOLDER / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)
            moved += 1
    return moved


def _link(path: Path, target: Path) -> None:
    """Give a file a second name, unless it has it or is not there."""
    with suppress(FileNotFoundError):
        if not target.exists() and path.is_file():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.link(path, target)
