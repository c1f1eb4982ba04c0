"""What is damaged in a library is mended, on a copy where it is the database, and told in sentences.

What was there before, and what could not be placed, stays in a folder ``recovered-DATE/`` beside the library.
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

from msgspec import Struct

from reader.article.codec import StoredArticleError, decode
from reader.atomic import sync_folder
from reader.errors import CancelledError, ReaderError
from reader.importers.sandbox import Readers
from reader.keeping import kept_files, web_annotations
from reader.keeping.backups import Backup, newest_whole
from reader.keeping.checking import MAX_NAMED, Findings, is_whole, titles_of
from reader.keeping.errors import InUseError, NoBackupError
from reader.keeping.salvaging import salvage
from reader.keeping.web_annotations import Annotated
from reader.store.annotations import Bookmarks
from reader.store.articles import Articles, checksum
from reader.store.connection import Database, transaction
from reader.store.errors import WANTS_MENDING, sentences
from reader.store.files import Originals
from reader.store.presence import Presence

log = logging.getLogger(__name__)

Step = Callable[[float], None]
MENDING = ".mending"
"""What the name of a database ends in that is to take the place of a damaged one."""


class Repaired(Struct, frozen=True):
    """What was done, in sentences, and the folder with what was there before; None where nothing was put there."""

    told: tuple[str, ...]
    folder: Path | None = None


def recovery_folder(data: Path, now: datetime) -> Path:
    """Return a new name for the folder of what is recovered."""
    base = data / f"recovered-{now:%Y-%m-%d}"
    return next(
        each for number in range(1, 10_000) if not (each := base if number == 1 else Path(f"{base}-{number}")).exists()
    )


def rebuild_database(file: Path, backups: Path, folder: Path) -> Repaired:
    """Make a damaged database anew from what can be read of it and the newest backup that is whole.

    Raises:
        InUseError: somebody has it open.
        NoBackupError: nothing of it can be read, and there is no backup; it was left as it is.
        LibraryError: the new one cannot be written; the old one was left as it is.
    """
    with sentences(file.parent), _alone(file):
        _copy_aside(file, folder)
        backup = newest_whole(backups)
        new = file.with_name(file.name + MENDING)
        new.unlink(missing_ok=True)
        try:
            done = salvage(folder / file.name, None if backup is None else backup.file, new, folder)
            if not sum(done.read.values()) + sum(done.from_backup.values()):
                shutil.rmtree(folder)
                raise NoBackupError
            _put_in_place(new, file)
        finally:
            new.unlink(missing_ok=True)
        moved = _settle_files(file, backups, folder)
    read, taken = sum(done.read.values()), sum(done.from_backup.values())
    told = [ngettext("{count} entry could be read.", "{count} entries could be read.", read).format(count=read)]
    if done.listed:
        told.insert(0, _("The list of the tables was damaged; it was put in anew."))
    if backup is not None and taken:
        told.append(
            ngettext(
                "{count} entry came from the backup of {date}.",
                "{count} entries came from the backup of {date}.",
                taken,
            ).format(count=taken, date=f"{backup.at:%Y-%m-%d}")
        )
    if done.aside:
        told.append(
            ngettext(
                "{count} entry belongs to nothing that is left; it is in “rows.json”.",
                "{count} entries belong to nothing that is left; they are in “rows.json”.",
                done.aside,
            ).format(count=done.aside)
        )
    told += moved
    told.append(_("The library as it was is in “{folder}”.").format(folder=folder))
    return Repaired(tuple(told), folder)


def put_back(file: Path, backup: Backup, folder: Path) -> Repaired:
    """Put a backup in the place of the library; what was there is kept in ``folder``.

    Raises:
        InUseError: somebody has it open.
        NoBackupError: the backup is not whole.
        LibraryError: it cannot be written; the library was left as it is.
    """
    if not backup.is_whole():
        raise NoBackupError
    with sentences(file.parent), _alone(file):
        _copy_aside(file, folder)
        new = file.with_name(file.name + MENDING)
        try:
            shutil.copyfile(backup.file, new)
            _put_in_place(new, file)
        finally:
            new.unlink(missing_ok=True)
        moved = _settle_files(file, backup.file.parent, folder)
    told = _("The library is again as it was on {date}.").format(date=f"{backup.at:%Y-%m-%d %H:%M}")
    kept = _("The library as it was is in “{folder}”.").format(folder=folder)
    return Repaired((told, *moved, kept), folder)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Have the library to oneself for the length of the block.

    Raises:
        InUseError: somebody has it open.
    """
    presence = Presence(file.parent, remote=False)
    try:
        if presence.others():
            raise InUseError
        yield
    finally:
        presence.leave()


def _copy_aside(file: Path, folder: Path) -> None:
    folder.mkdir(mode=0o700)
    for suffix in ("", "-wal"):
        each = file.with_name(file.name + suffix)
        if each.exists():
            shutil.copyfile(each, folder / each.name)


def _settle_files(file: Path, backups: Path, folder: Path) -> list[str]:
    """Give a library that took the place of another the files that it names; the others go with that one.

    Returns what is to be told of it.
    """
    originals = Originals(file.parent / kept_files.FOLDER)
    wanted = kept_files.named(file)
    for name in wanted:
        if not originals.path(name).is_file():
            kept_files.bring_back(originals, name, backups)
    moved = kept_files.set_aside(originals, wanted, folder)
    if not moved:
        return []
    return [
        ngettext(
            "{count} file belongs to no text any more; it is in “originals” there, to be brought in again.",
            "{count} files belong to no text any more; they are in “originals” there, to be brought in again.",
            moved,
        ).format(count=moved)
    ]


def _put_in_place(new: Path, file: Path) -> None:
    """Let a whole database take the place of another, with nothing left of that one's log."""
    with closing(sqlite3.connect(new)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError
    with new.open("rb+") as written:
        os.fsync(written.fileno())
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    new.replace(file)
    file.with_name(WANTS_MENDING).unlink(missing_ok=True)
    sync_folder(file.parent)


class Mending:
    """Mends single texts and files of a library whose database is whole."""

    def __init__(self, database: Database, originals: Originals, readers: Readers, backups: Path, folder: Path) -> None:
        self._database = database
        self._articles = Articles(database)
        self._originals = originals
        self._readers = readers
        self._backups = backups
        self._backup = newest_whole(backups)
        self._folder = folder
        self._put = False

    def mend(self, findings: Findings, step: Step) -> Repaired:
        """Mend what a check found.

        Raises:
            LibraryError, CancelledError: it could not be written; it was stopped. What was mended stays.
        """
        told = []
        for done, revision in enumerate(findings.texts):
            step(done / len(findings.texts))
            told.append(self._mend_text(revision))
        told += self._mend_files(findings.files)
        step(1.0)
        if self._put:
            told.append(_("What was there before is in “{folder}”.").format(folder=self._folder))
        return Repaired(tuple(told), self._folder if self._put else None)

    def _mend_text(self, revision: int) -> str:
        row = self._articles.row(revision)
        told = _("“{title}” was damaged and is whole again, from a backup.")
        if (whole := self._from_backup(revision)) is None:
            whole = self._from_original(row.original, row.file_name)
            told = self._told_of_original(revision)
        if whole is None:
            self._put_marks_aside(revision, row.title)
            return _(
                "“{title}” is damaged, and neither a backup nor its file has it any more. Its bookmarks are kept;"
                " bring the text in again."
            ).format(title=row.title)
        self._put_aside(f"revision-{revision}.damaged", self._articles.compiled(revision))
        with transaction(self._database) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO compiled (revision_id, data, sha256) VALUES (?, ?, ?)",
                (revision, whole, checksum(whole)),
            )
        return told.format(title=row.title)

    def _from_backup(self, revision: int) -> bytes | None:
        """Return what a backup has of the same text, where that is whole and can be read."""
        if self._backup is None:
            return None
        (state,) = self._database.rows("SELECT added, sha256 FROM revision WHERE id = ?", (revision,))
        source = f"{self._backup.file.absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(source, uri=True)) as connection:
            try:
                row = connection.execute(
                    "SELECT data FROM compiled JOIN revision ON revision.id = revision_id"
                    " WHERE revision.id = ? AND added = ? AND revision.sha256 = ?",
                    (revision, *state),
                ).fetchone()
            except sqlite3.Error:
                return None
        return row[0] if row is not None and _can_be_read(row[0]) else None

    def _from_original(self, name: str, file_name: str) -> bytes | None:
        copy = self._originals.path(name)
        if not is_whole(copy, name):
            return None
        try:
            compiled = self._readers.read(copy.with_name(file_name), copy.read_bytes()).compiled
        except CancelledError:
            raise
        except (ReaderError, OSError):
            return None
        return compiled if _can_be_read(compiled) else None

    def _told_of_original(self, revision: int) -> str:
        """Return what is said of a text that was read again: what a person did to it since is not in its file."""
        if self._database.row(_OF_THE_SAME_FILE, (revision,)) is None:
            return _("“{title}” was damaged and was read again from the file that it came from.")
        return _(
            "“{title}” was damaged and was read again from the file that it came from. What was mended in it by hand"
            " is lost; look whether an earlier version still has it."
        )

    def _put_marks_aside(self, revision: int, title: str) -> None:
        """Write the bookmarks of a text that is lost, with the words they marked, where a person can read them."""
        for article, uuid in self._database.rows("SELECT id, uuid FROM article WHERE revision_id = ?", (revision,)):
            marks = Bookmarks(self._database, datetime.now).of(article)
            if marks:
                self._put_aside(f"{uuid}.jsonld", web_annotations.write(uuid, map(Annotated, marks)))
                lines = [f"# {title}", *(f"- {mark.label} {mark.target.exact!r}: {mark.remark}" for mark in marks)]
                self._put_aside(f"{uuid}.md", "\n\n".join(lines).encode())

    def _mend_files(self, names: tuple[str, ...]) -> Iterator[str]:
        lost = [name for name in names if not self._mend_file(name)]
        if back := len(names) - len(lost):
            yield ngettext(
                "{count} file that was damaged or missing is whole again, from the backups.",
                "{count} files that were damaged or missing are whole again, from the backups.",
                back,
            ).format(count=back)
        for title in titles_of(self._database, lost[:MAX_NAMED]):
            yield _(
                "A file that “{title}” came from is damaged or missing; the text itself is not touched by that."
                " Export it, or bring the file in again."
            ).format(title=title)
        if (more := len(lost) - MAX_NAMED) > 0:
            yield ngettext("So is {count} more file.", "So are {count} more files.", more).format(count=more)

    def _mend_file(self, name: str) -> bool:
        """Bring a file back, or let what is brought in again take its place; what there is of it is put aside."""
        path = self._originals.path(name)
        with sentences(self._folder.parent):
            if path.is_file():
                self._put_aside(name.replace("/", "-"), path.read_bytes())
                path.unlink()
            return kept_files.bring_back(self._originals, name, self._backups)

    def _put_aside(self, name: str, data: bytes) -> None:
        with sentences(self._folder.parent):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            (self._folder / name).write_bytes(data)
        self._put = True


_OF_THE_SAME_FILE = (
    "SELECT 1 FROM revision JOIN revision AS before ON before.article_id = revision.article_id"
    " AND before.number < revision.number AND before.sha256 = revision.sha256 WHERE revision.id = ? LIMIT 1"
)
"""An earlier state that came from the same file: what came after it was mended, or gone back to."""


def _can_be_read(compiled: bytes) -> bool:
    try:
        decode(compiled)
    except StoredArticleError:
        return False
    return True
