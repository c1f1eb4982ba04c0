"""Whether a library is whole: its database, its texts, and the files that they came from."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

import msgspec
from msgspec import Struct

from reader.article.codec import Compiled, StoredArticleError
from reader.atomic import write_whole
from reader.errors import in_one_line
from reader.store import times
from reader.store.articles import Articles, checksum
from reader.store.connection import Database, transaction
from reader.store.errors import WANTS_MENDING, LibraryDamagedError
from reader.store.files import Originals
from reader.store.migrations import contents, newest_contents

log = logging.getLogger(__name__)

Step = Callable[[float], None]
FILE = "health.json"
MAX_TOLD = 100
"""How many faults of the database are told."""
MAX_NAMED = 10
"""Of how many lost files it is told which text each belongs to."""
AT_ONCE = 50
"""How many checksums are written in one transaction: other windows wait for it."""

_DIGEST = re.compile(r"([0-9a-f]{2})/([0-9a-f]{62})(\..+)?")


class Findings(Struct, frozen=True):
    """What a check found: how much it looked at, and what is not whole.

    ``database`` are SQLite's own words; ``texts`` the revisions whose stored form is damaged, ``files`` the names of
    originals and pictures that are damaged or missing; ``titles`` are those of some of the texts that these belong to.
    """

    at: datetime
    texts_checked: int = 0
    files_checked: int = 0
    database: tuple[str, ...] = ()
    texts: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Say whether all is whole."""
        return not (self.database or self.texts or self.files)


def check(database: Database, originals: Originals, step: Step) -> Findings:
    """Look at everything, for minutes where there is much; in the background, others read and write meanwhile.

    Texts that have no checksum yet, and are whole by the look of them, get one.

    Raises:
        LibraryError, CancelledError: it cannot be read at all; it was stopped.
    """
    faults = check_database(database)
    step(0.1)
    rows = database.rows(_TEXTS) if not faults else []
    damaged, fresh = [], []
    for done, (revision, digest) in enumerate(rows):
        step(0.1 + 0.5 * done / len(rows))
        found = _text(database, revision, digest)
        if found is None:
            damaged.append(revision)
        elif digest is None:
            fresh.append((found, revision))
        if len(fresh) >= AT_ONCE:
            _write(database, fresh)
    _write(database, fresh)
    names = [name for (name,) in database.rows(_NAMES)] if not faults else []
    lost = []
    for done, name in enumerate(names):
        step(0.6 + 0.4 * done / len(names))
        if not is_whole(originals.path(name), name):
            lost.append(name)
    step(1.0)
    log.info("checked: %d faults, %d texts, %d files", len(faults), len(damaged), len(lost))
    titles = titles_of(database, lost[:MAX_NAMED])
    return Findings(times.now(), len(rows), len(names), tuple(faults), tuple(damaged), tuple(lost), titles)


_TEXTS = (
    "SELECT revision.id, compiled.sha256 FROM revision LEFT JOIN compiled ON compiled.revision_id = revision.id"
    " ORDER BY revision.id"
)
_NAMES = (
    "SELECT original FROM revision WHERE original <> '' UNION SELECT file FROM resource WHERE file <> '' ORDER BY 1"
)


def check_database(database: Database) -> tuple[str, ...]:
    """Return what SQLite finds wrong with the file, in its own words; nothing where it is whole.

    Raises:
        LibraryError: it cannot be read for another reason.
    """
    try:
        rows = database.rows(f"PRAGMA integrity_check({MAX_TOLD})")
        missing = newest_contents() - contents(database.connection())
        if missing:
            return tuple(f"missing: {kind} {name}" for kind, name in sorted(missing))
        loose = database.rows("PRAGMA foreign_key_check")
    except LibraryDamagedError as error:
        return (str(error.__cause__),)
    faults = [str(row[0]) for row in rows if row != ("ok",)]
    return tuple(faults) or tuple(f"{table}: {parent} {row}" for table, row, parent, _ in loose[:MAX_TOLD])


def _text(database: Database, revision: int, digest: str | None) -> str | None:
    """Return the checksum of a stored text that is whole; None where it is damaged."""
    try:
        data = Articles(database).compiled(revision)
    except LibraryDamagedError:
        return None
    found = checksum(data)
    if digest is not None:
        return found if found == digest else None
    try:
        Compiled.over(data).check()
    except StoredArticleError:
        return None
    return found


def _write(database: Database, fresh: list[tuple[str, int]]) -> None:
    if fresh:
        with transaction(database) as connection:
            connection.executemany("UPDATE compiled SET sha256 = ? WHERE revision_id = ? AND sha256 IS NULL", fresh)
        fresh.clear()


def is_whole(path: Path, name: str) -> bool:
    """Say whether a file of the originals is what its name says."""
    told = _DIGEST.fullmatch(name)
    if told is None:
        return False
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest() == told[1] + told[2]
    except OSError:
        return False


def titles_of(database: Database, names: Iterable[str]) -> tuple[str, ...]:
    """Return for files of the originals, in their order, the title of a text that each belongs to.

    Raises:
        LibraryError: it cannot be read.
    """
    found = (database.row(_TITLE, (name, name)) for name in names)
    return tuple(in_one_line(row[0]) for row in found if row is not None)


_TITLE = (
    "SELECT title FROM revision WHERE original = ? OR id IN (SELECT revision_id FROM resource WHERE file = ?) LIMIT 1"
)


def last(folder: Path) -> Findings | None:
    """Return what was found last in the library in a folder; None where it was never looked at."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Findings)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None


def remember(folder: Path, findings: Findings) -> None:
    """Keep what was found, for the page of the library's health, and for the next start."""
    with suppress(OSError):
        if findings.database:
            (folder / WANTS_MENDING).touch()
        else:
            (folder / WANTS_MENDING).unlink(missing_ok=True)
        write_whole(folder / FILE, msgspec.json.encode(findings))
