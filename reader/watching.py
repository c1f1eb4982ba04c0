"""Folders whose texts come in by themselves: looked at now and then, without help of the system.

A file is taken when its size and time stood still between two looks that are ``STILL_SECONDS`` apart. What was
tried once is not tried again until it changes, and what a person removed does not come back.
"""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from reader.errors import FileError
from reader.gathering import NoTextsError, gather
from reader.intake import Intake, Original
from reader.store.articles import Added, Articles
from reader.store.connection import Database, transaction

log = logging.getLogger(__name__)

Step = Callable[[float], None]
State = tuple[int, int]
"""A file's size in bytes, and its time of change in ns."""

STILL_SECONDS = 2.0


class Looked(Struct, frozen=True):
    """What a look at the folders did: what came in, what failed (told once), and whether files are still written."""

    added: tuple[Added, ...] = ()
    failed: tuple[str, ...] = ()
    waiting: bool = False


class Watching:
    """Looks at folders; keeps between two looks what it saw in the first."""

    def __init__(
        self,
        database: Database,
        articles: Articles,
        intake: Callable[[], Intake],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._articles = articles
        self._intake = intake
        self._monotonic = monotonic
        self._seen: dict[str, tuple[State, float]] = {}

    def look(self, folders: tuple[str, ...], step: Step) -> Looked:
        """Bring in what is new and complete; ``step`` may stop it, what came in stays. From any thread.

        Raises:
            LibraryError, CancelledError: it could not be written; it was stopped.
        """
        known = {
            path: (size, changed)
            for path, size, changed in self._database.rows("SELECT path, size, changed FROM watched_file")
        }
        added: list[Added] = []
        failed: list[str] = []
        waiting, seen = False, {}
        for path, state in _files(folders):
            step(0.0)
            name = os.fsencode(path).decode("utf-8", "backslashreplace")
            if known.get(name) == state:
                continue
            before, since = self._seen.get(name, (None, 0.0))
            now = self._monotonic()
            if before != state or now - since < STILL_SECONDS:
                seen[name] = (state, since if before == state else now)
                waiting = True
                continue
            became = self._take(path, name, state, step)
            if isinstance(became, Added):
                added.append(became)
            elif became:
                failed.append(became)
        self._seen = seen
        return Looked(tuple(added), tuple(failed), waiting)

    def _take(self, path: Path, name: str, state: State, step: Step) -> Added | str:
        """Bring a file in; return why it could not be read, or nothing where it stays out."""
        intake = self._intake()
        came: Added | str = ""
        try:
            digest = sha256(path.read_bytes()).hexdigest()
            if not self._is_unwanted(name, digest):
                looked = intake.look(path)
                came = intake.settle(intake.read(looked, step)) if isinstance(looked, Original) else looked
        except OSError:
            log.info("a watched file could not be read")
            return ""
        except FileError as error:
            digest, came = "", str(error)
        with transaction(self._database) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO watched_file (path, size, changed, sha256) VALUES (?, ?, ?, ?)",
                (name, *state, digest),
            )
        return came

    def _is_unwanted(self, name: str, digest: str) -> bool:
        """Say whether a person removed this text, or the one that came from this place; for good or not."""
        here = os.fsencode(Path(name).resolve()).decode("utf-8", "backslashreplace")
        known = self._articles.with_bytes(digest) or self._articles.from_path(here)
        if known is not None:
            return known.removed
        came = self._database.row(
            "SELECT 1 FROM watched_file WHERE sha256 <> '' AND (sha256 = ? OR path = ?)", (digest, name)
        )
        return came is not None


def _files(folders: tuple[str, ...]) -> Iterator[tuple[Path, State]]:
    """Yield the texts of folders with their states; a folder that is away just now has none."""
    for folder in folders:
        try:
            found = gather((Path(folder),), Counter()) if Path(folder).is_dir() else ()
        except (NoTextsError, OSError):
            continue
        for path in found:
            try:
                state = path.stat()
            except OSError:
                continue
            yield path, (state.st_size, state.st_mtime_ns)
