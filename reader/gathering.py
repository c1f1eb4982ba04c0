"""The texts of a folder and of the folders in it; what is none is counted, by the reason it was left out."""

from __future__ import annotations

import logging
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from gettext import gettext as _
from pathlib import Path

from reader.errors import FileError
from reader.importers.registry import FORMATS

log = logging.getLogger(__name__)

HIDDEN, UNKNOWN, SPECIAL, LINKED, CLOSED, BESIDE = "hidden", "unknown", "special", "linked", "unreadable", "beside"
"""Why something in a folder was left out: its name begins with a dot; it is of no format that is read; a pipe,
a device, a socket or a broken link; a link to a folder, or a folder met before; it may not be read; the
pictures and scripts beside a saved page."""

_SUFFIXES = frozenset(suffix for suffixes in FORMATS.values() for suffix in suffixes)
_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_BESIDE_PAGE = ("_files", "-files", ".files", "_fichiers", "-dateien", "_archivos", "_bestanden", "_pliki", "_soubory")


class NoTextsError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be brought in: there is no text in it that this program reads.").format(
            name=self.name
        )


def gather(places: Sequence[Path], skipped: Counter[str]) -> tuple[Path, ...]:
    """Return files as they are named, and each folder's texts in the order of their names.

    A named file is never left out: reading it will say what is wrong. No folder is met twice by links.

    Raises:
        NoTextsError: nothing is left.
    """
    met: set[tuple[int, int]] = set()
    files: list[Path] = []
    for place in places:
        if place.is_dir():
            files += _walk(place, skipped, met)
        else:
            files.append(place)
    if not files:
        raise NoTextsError(places[0])
    return tuple(files)


def _walk(folder: Path, skipped: Counter[str], met: set[tuple[int, int]]) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        folders: list[Path] = []
        for entry in _entries(here, skipped, met):
            reason = _left_out(entry)
            if reason:
                skipped[reason] += 1
            elif entry.is_dir():
                folders.append(Path(entry.path))
            else:
                yield Path(entry.path)
        waiting += reversed(folders)


def _entries(folder: Path, skipped: Counter[str], met: set[tuple[int, int]]) -> list[os.DirEntry[str]]:
    try:
        found = folder.stat()
        if (found.st_dev, found.st_ino) in met:
            skipped[LINKED] += 1
            return []
        met.add((found.st_dev, found.st_ino))
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: os.fsencode(entry.name))
    except OSError:
        log.info("a folder could not be read")
        skipped[CLOSED] += 1
        return []
    pages = {Path(entry.name).stem for entry in entries if entry.name.lower().endswith(_PAGE_SUFFIXES)}
    beside = {stem + ending for stem in pages for ending in _BESIDE_PAGE}
    skipped[BESIDE] += sum(entry.name in beside for entry in entries)
    return [entry for entry in entries if entry.name not in beside]


def _left_out(entry: os.DirEntry[str]) -> str:
    """Return why an entry is left out; an empty string for a text or a folder to go into."""
    if entry.name.startswith("."):
        return HIDDEN
    try:
        mode = entry.stat().st_mode  # of what a link leads to
    except OSError:
        return SPECIAL
    if stat.S_ISDIR(mode):
        is_junction = getattr(entry, "is_junction", None)
        return LINKED if entry.is_symlink() or (is_junction is not None and is_junction()) else ""
    if not stat.S_ISREG(mode):
        return SPECIAL
    return "" if Path(entry.name).suffix.lower() in _SUFFIXES else UNKNOWN
