"""Backups of the database in ``backups/``: of each of the last days, weeks and months one, with its checksum.

A backup is SQLite's own online backup: the library is read and written meanwhile. The files that texts came from
never change: ``kept_files`` gives them a second name beside the backups.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from msgspec import Struct

from reader.atomic import PART, sync_folder, write_whole
from reader.keeping.errors import NoRoomError
from reader.store.connection import Database
from reader.store.errors import LibraryDamagedError, sentences

log = logging.getLogger(__name__)

Step = Callable[[float], None]
FOLDER = "backups"
DAILY, WEEKLY, MONTHLY = 7, 4, 12
DUE = timedelta(days=1)
SPARE_BYTES = 64 * 2**20
"""What a backup must leave on the disk."""
SHARE = 4
"""Backups together take at most one part in so many of what is free without them; two are kept whatever they take."""
PAGES_AT_ONCE = 512
LEFT_BEHIND_SECONDS = 86_400.0

_NAME = re.compile(r"library-(\d{8}T\d{6})(?:-([1-9]\d{0,5}))?\.sqlite")
_CHECKSUM = ".sha256"


class Backup(Struct, frozen=True):
    """A backup: its file, when it was taken (UTC) by the clock of that time, and its size in bytes.

    A clock may go back: with each time that it did, a new ``era`` begins.
    """

    file: Path
    at: datetime
    size: int
    era: int = 0

    def is_whole(self) -> bool:
        """Say whether its bytes are what was written."""
        try:
            told = self.file.with_name(self.file.name + _CHECKSUM).read_text(encoding="ascii").split()
            return bool(told) and told[0] == _sha256(self.file)
        except (OSError, UnicodeDecodeError):
            return False


def backups(folder: Path) -> tuple[Backup, ...]:
    """Return the backups in a folder, the one that was taken last first."""
    found = []
    for file in folder.glob("library-*.sqlite"):
        if told := _NAME.fullmatch(file.name):
            with suppress(OSError, ValueError):
                at = datetime.strptime(told[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
                found.append(Backup(file, at, file.stat().st_size, int(told[2] or 0)))
    return tuple(sorted(found, key=lambda backup: (backup.era, backup.at), reverse=True))


def newest_whole(folder: Path) -> Backup | None:
    """Return the newest backup whose bytes are what was written."""
    return next((backup for backup in backups(folder) if backup.is_whole()), None)


def is_due(database: Database, folder: Path, now: datetime) -> bool:
    """Say whether the last backup is older than a day, or from the future, and something has changed since.

    Raises:
        LibraryError: the library cannot be read.
    """
    last = next(iter(backups(folder)), None)
    if last is None:
        return True
    return not timedelta() <= now - last.at < DUE and _state_of(last.file) != dict(database.rows(_STATE))


def take(database: Database, folder: Path, now: datetime, step: Step) -> Backup:
    """Take a backup, and let go those that are not needed any more.

    Raises:
        NoRoomError: the disk has too little room; what there is is kept.
        LibraryDamagedError: what was read is not whole; no backup was let go for it.
        LibraryError, CancelledError: it could not be written; it was stopped.
    """
    with sentences(database.file.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder)
        needed = sum(file.stat().st_size for file in _files(database.file))
        if shutil.disk_usage(folder).free < needed + SPARE_BYTES:
            raise NoRoomError
        file = _new(folder, now.astimezone(UTC).replace(microsecond=0))
        checksum = file.with_name(file.name + _CHECKSUM)
        part = file.with_name(f"{file.name}.{os.getpid()}{PART}")
        try:
            copy(database.file, part, step)
            write_whole(checksum, f"{_sha256(part)}  {file.name}\n".encode())
            part.replace(file)
            sync_folder(folder)
        finally:
            part.unlink(missing_ok=True)
            if not file.exists():
                checksum.unlink(missing_ok=True)
        taken = next(each for each in backups(folder) if each.file == file)
        _let_go(folder)
    log.info("backup taken: %d bytes", taken.size)
    return taken


def _new(folder: Path, at: datetime) -> Path:
    """Return a name for a new backup that is ordered after all others, and that no other process has."""
    last = next(iter(backups(folder)), None)
    era = 0 if last is None else last.era + (at <= last.at)
    while True:
        file = folder / f"library-{at:%Y%m%dT%H%M%S}{f'-{era}' if era else ''}.sqlite"
        try:
            file.with_name(file.name + _CHECKSUM).touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            era += 1
        else:
            return file


def copy(source: Path, target: Path, step: Step) -> None:
    """Copy a database as it is at this moment, whoever writes meanwhile, and look whether the copy is whole.

    Raises:
        sqlite3.DatabaseError, OSError: it could not be read or written.
        LibraryDamagedError: the copy is not whole, so that the source is not.
        CancelledError: ``step`` stopped it.
    """
    with closing(sqlite3.connect(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.execute("BEGIN")
        reading.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it reads this one moment
        reading.backup(
            writing, pages=PAGES_AT_ONCE, progress=lambda _, left, all_: step(0.8 * (1 - left / max(1, all_)))
        )
        writing.execute("PRAGMA journal_mode = DELETE").fetchone()  # it is read without files beside it
        if writing.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise LibraryDamagedError(source.parent)
    with target.open("rb+") as written:
        os.fsync(written.fileno())
    step(0.95)


def rotated(moments: Iterable[datetime]) -> frozenset[datetime]:
    """Return which backups are kept: the newest of each of the last days, weeks and months that have any.

    ``moments`` are in the order of ``backups``.
    """
    ordered = tuple(moments)
    kept: set[datetime] = set()
    for form, count in (("%Y-%j", DAILY), ("%G-%V", WEEKLY), ("%Y-%m", MONTHLY)):
        newest: dict[str, datetime] = {}
        for moment in ordered:
            newest.setdefault(moment.strftime(form), moment)
        kept.update(list(newest.values())[:count])
    return frozenset(kept)


def _let_go(folder: Path) -> None:
    """Delete what the rotation does not keep, and the oldest where all of them take too much room."""
    found = backups(folder)
    kept = rotated(backup.at for backup in found)
    room = (shutil.disk_usage(folder).free + sum(backup.size for backup in found)) // SHARE
    taken = 0
    for number, backup in enumerate(found):
        taken += backup.size
        if backup.at not in kept or (number >= 2 and taken > room):
            taken -= backup.size
            with suppress(OSError):
                backup.file.unlink()
                backup.file.with_name(backup.file.name + _CHECKSUM).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """Delete what a process left that was killed while it took a backup."""
    alone = (each for each in folder.glob(f"*{_CHECKSUM}") if not each.with_suffix("").exists())
    for left in (*folder.glob(f"*{PART}"), *alone):
        with suppress(OSError):
            if abs(time.time() - left.stat().st_mtime) > LEFT_BEHIND_SECONDS:
                left.unlink()


def _files(file: Path) -> list[Path]:
    return [each for each in (file, file.with_name(file.name + "-wal")) if each.exists()]


_STATE = "SELECT name, seq FROM sqlite_sequence"
"""How many articles, revisions and operations there ever were: what changes with every change."""


def _state_of(file: Path) -> dict[str, int]:
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return dict(connection.execute(_STATE).fetchall())
    except sqlite3.Error:
        return {}


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
