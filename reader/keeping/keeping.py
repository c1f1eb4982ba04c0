"""How a library is kept: the one place that the command line and the window ask."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.keeping import backups, checking, kept_files
from reader.keeping.backups import Backup
from reader.keeping.checking import Findings
from reader.keeping.errors import NoRoomError
from reader.store.connection import Database
from reader.store.errors import LibraryError
from reader.store.files import Originals

if TYPE_CHECKING:
    from reader.importers.sandbox import Readers
    from reader.keeping.repairing import Repaired
    from reader.keeping.restoring import Restored

log = logging.getLogger(__name__)

Step = Callable[[float], None]
CHECK_DUE = timedelta(days=30)
"""How long after the last check everything is looked at again, by itself."""


class Stats(Struct, frozen=True):
    """What a library has, and how much room it takes, in bytes."""

    texts: int
    removed: int
    revisions: int
    bookmarks: int
    tags: int
    collections: int
    words: int
    operations: int
    database_bytes: int
    originals_bytes: int
    backups_bytes: int
    index_bytes: int


class Health(Struct, frozen=True):
    """How things stand; ``missing_originals`` is how many files that texts came from are not with the last backup."""

    stats: Stats
    checked: Findings | None
    backup: Backup | None
    backup_count: int
    was_unclean: bool
    missing_originals: int


class Keeping:
    """Checks, backups, exports and repairs of one library. All of it is for a background thread.

    Raises:
        LibraryError: it could not be read or written.
    """

    def __init__(
        self,
        database: Database,
        originals: Originals,
        index: Path,
        readers: Callable[[], Readers],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._originals = originals
        self._index = index
        self._readers = readers
        self._clock = clock
        self._data = database.file.parent
        self.backups = self._data / backups.FOLDER

    def health(self) -> Health:
        """Return how things stand, without looking at the texts."""
        taken = backups.backups(self.backups)
        last = taken[0] if taken else None
        missing = 0 if last is None else max(0, kept_files.missing(last.file))
        found, unclean = checking.last(self._data), self._database.presence.unclean
        return Health(self.stats(), found, last, len(taken), unclean, missing)

    def stats(self) -> Stats:
        """Return what the library has."""
        counts = [self._database.rows(question)[0][0] for question in _QUESTIONS]
        sizes = [_bytes(room) for room in (self._database.file, self._originals.folder, self._index)]
        sizes.insert(2, sum(each.size for each in backups.backups(self.backups)))  # originals there are the same files
        return Stats(*counts, *sizes)

    def check(self, step: Step) -> Findings:
        """Look at everything, and remember what was found: see ``checking.check``.

        Raises:
            CancelledError, LibraryError: see there.
        """
        found = checking.check(self._database, self._originals, step)
        checking.remember(self._data, found)
        if found.is_sound:
            self._database.presence.unclean = False
        return found

    def repair(self, findings: Findings, step: Step) -> Repaired:
        """Mend damaged texts and files; for a damaged database see ``rebuild_database``.

        Raises:
            CancelledError, LibraryError: see ``repairing.Mending``.
        """
        from reader.keeping.repairing import Mending, recovery_folder

        folder = recovery_folder(self._data, self._clock())
        mending = Mending(self._database, self._originals, self._readers(), self.backups, folder)
        return mending.mend(findings, step)

    def back_up(self, step: Step) -> Backup:
        """Take a backup now: see ``backups.take``.

        Raises:
            NoRoomError, CancelledError, LibraryError: see there.
        """
        taken = backups.take(self._database, self.backups, self._clock(), step)
        kept_files.keep(self._originals, [each.file for each in backups.backups(self.backups)])
        return taken

    def doubt(self) -> None:
        """Let the next ``look_after`` check everything."""
        self._database.presence.unclean = True

    def look_after(self, step: Step) -> Findings | None:
        """Do what is due after a start: a check where the last stop was unclean or a month is over, and a backup.

        Returns what a check found; None where none was due. That there is no room for a backup is no fault here.

        Raises:
            CancelledError, LibraryError: it was stopped; it could not be read or written.
        """
        found = self.check(lambda share: step(share / 2)) if self._is_check_due() else None
        if found is None or not found.database:
            try:
                if backups.is_due(self._database, self.backups, self._clock()):
                    self.back_up(lambda share: step(0.5 + share / 2))
            except NoRoomError:
                log.warning("there is no room for a backup")
        return found

    def _is_check_due(self) -> bool:
        last = checking.last(self._data)
        if self._database.presence.unclean or last is None:
            return True
        return not timedelta() <= self._clock() - last.at < CHECK_DUE

    def export(self, folder: Path, step: Step) -> int:
        """Write the library to a folder, and return how many texts it has: see ``exporting.export``.

        Raises:
            ReaderError: see there.
        """
        from reader.keeping.exporting import export

        return export(self._database, self._originals, folder, step)

    def restore(self, folder: Path, step: Step) -> Restored:
        """Bring an exported folder in: see ``restoring.Restoring.restore``.

        Raises:
            ReaderError: see there.
        """
        from reader.keeping.restoring import Restoring

        return Restoring(self._database, self._originals, self._readers()).restore(folder, step)


_QUESTIONS = (
    "SELECT count(*) FROM article WHERE removed IS NULL",
    "SELECT count(*) FROM article WHERE removed IS NOT NULL",
    "SELECT count(*) FROM revision",
    "SELECT count(*) FROM bookmark WHERE removed IS NULL",
    "SELECT count(DISTINCT name) FROM tag",
    "SELECT count(*) FROM collection",
    "SELECT coalesce(sum(words), 0) FROM revision JOIN article ON revision_id = revision.id WHERE removed IS NULL",
    "SELECT count(*) FROM operation",
)


def _bytes(place: Path) -> int:
    """Return how much room a file or a folder takes; what goes meanwhile counts nothing."""
    total = 0
    for file in (place, *place.rglob("*")) if place.is_dir() else (place, place.with_name(place.name + "-wal")):
        try:
            found = file.stat()
        except OSError:
            continue
        total += found.st_size if file.is_file() else 0
    return total


__all__ = ["Backup", "Findings", "Health", "Keeping", "LibraryError", "Stats"]
