"""What can go wrong with the library on disk, each as one sentence for a person."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from gettext import gettext as _
from pathlib import Path

from reader.errors import ReaderError, in_one_line

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_PRIMARY = 0xFF  # SQLite's extended result codes carry the primary one in their lowest byte
_FULL_BELOW_BYTES = 64 * 1024
"""With less room than this SQLite cannot make the files that it needs beside the library, even to read it."""


WANTS_MENDING = "wants-mending"
"""A file that says that the database opens, and yet was found damaged: the next start offers to mend it."""


class LibraryError(ReaderError):
    """Something is wrong with the library that lies in ``folder``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = in_one_line(str(folder))


class LibraryTooNewError(LibraryError):
    def __str__(self) -> str:
        return _(
            "The library in “{folder}” was written by a newer version of this program; "
            "it was left as it is. Install the newer version to open it."
        ).format(folder=self.folder)


class NotALibraryError(LibraryError):
    def __str__(self) -> str:
        return _(
            "“{folder}” holds a library file that belongs to another program; it was left as it is. "
            "Choose another folder."
        ).format(folder=self.folder)


class LibraryDamagedError(LibraryError):
    def __str__(self) -> str:
        return _(
            "The library in “{folder}” is damaged; it was left as it is. "
            "“study-reader check --repair” mends it from what is left and the last backup; what is there now is kept."
        ).format(folder=self.folder)


class LibraryEmptiedError(LibraryDamagedError):
    """There is no database, or an empty one, beside what belonged to one."""

    def __str__(self) -> str:
        return _(
            "The library’s own file in “{folder}” is missing or empty, while what belongs to it is still there; "
            "nothing was changed. “study-reader check --repair” brings the library back from the last backup."
        ).format(folder=self.folder)


class LibraryFullError(LibraryError):
    def __str__(self) -> str:
        return _(
            "There is no room left on the disk that holds the library in “{folder}”; nothing was changed. "
            "Free some space and try again."
        ).format(folder=self.folder)


class LibraryLockedAwayError(LibraryError):
    """The folder or a file in it cannot be made, read or written."""

    def __str__(self) -> str:
        return _(
            "The library in “{folder}” could not be opened for writing. "
            "Check that you may write in that folder, and that its disk is there."
        ).format(folder=self.folder)


class LibraryBusyError(LibraryError):
    """Another process has written for longer than anyone waits."""

    def __str__(self) -> str:
        return _(
            "Another window is still writing to the library in “{folder}”; nothing was changed. Try again in a moment."
        ).format(folder=self.folder)


class LibraryGoneError(LibraryError):
    """The file that was opened lies there no more: a stick was pulled out, a folder moved or deleted."""

    def __str__(self) -> str:
        return _(
            "The library is no longer in “{folder}”: its disk may have been taken out, or the folder moved; "
            "nothing was changed. Put it back and start this program again."
        ).format(folder=self.folder)


class LibraryElsewhereError(LibraryError):
    """Another computer has the library open."""

    def __init__(self, folder: Path, host: str) -> None:
        super().__init__(folder)
        self.host = host

    def __str__(self) -> str:
        return _(
            "The library in “{folder}” is open on the computer “{host}”; it was left as it is. "
            "Close it there, then try again."
        ).format(folder=self.folder, host=self.host)


class NoSuchArticleError(ReaderError):
    def __init__(self, article_id: int) -> None:
        super().__init__(article_id)
        self.article_id = article_id

    def __str__(self) -> str:
        return _("There is no article number {id} in the library.").format(id=self.article_id)


class NoSuchBookmarkError(ReaderError):
    def __str__(self) -> str:
        return _("This bookmark is no longer in the library.")


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether another connection was in the way, so that trying again may help."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PROTOCOL,
    )


def _of_sqlite(error: sqlite3.DatabaseError, folder: Path) -> LibraryError | None:
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if is_busy(error):
        return LibraryBusyError(folder)
    if code == sqlite3.SQLITE_FULL:
        return LibraryFullError(folder)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LibraryDamagedError(folder)
    if code in (
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_AUTH,
        sqlite3.SQLITE_NOLFS,
    ):
        return _locked_away(folder)
    if str(error).startswith("no such table"):  # all are made when a library is opened
        return LibraryDamagedError(folder)
    return None  # a mistake of ours (a constraint, a wrong statement) is no sentence


@contextmanager
def sentences(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the system say inside the block into a LibraryError; note where that is damage.

    Raises:
        LibraryError: of the class that fits; what is our own mistake passes unchanged.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        known = _of_sqlite(error, folder)
        if known is None:
            raise
        if isinstance(known, LibraryDamagedError):
            with suppress(OSError):
                (folder / WANTS_MENDING).touch()
        raise known from error
    except OSError as error:
        raise (LibraryFullError(folder) if error.errno in _FULL else _locked_away(folder)) from error


def _locked_away(folder: Path) -> LibraryError:
    """Return why nothing can be written: SQLite does not tell a disk that is full from one that is locked."""
    with suppress(OSError):
        if shutil.disk_usage(folder).free < _FULL_BELOW_BYTES:
            return LibraryFullError(folder)
    return LibraryLockedAwayError(folder)
