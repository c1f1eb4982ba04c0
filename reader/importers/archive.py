"""A ZIP archive within limits: its members by name, nothing of it ever written anywhere.

Members are read into memory one at a time. What an archive says of itself (sizes, names) is not
believed: a member is read no further than the limits. Archives inside archives are bytes like any.
"""

from __future__ import annotations

import io
import logging
import posixpath
import stat
import zipfile
import zlib
from gettext import gettext as _
from pathlib import Path
from types import TracebackType
from urllib.parse import unquote

from reader.errors import (
    EmptyFileError,
    FileError,
    FolderError,
    MissingFileError,
    TooLargeError,
    UnreadableFileError,
)
from reader.importers.encoding import given_bytes
from reader.importers.salvage import MAX_SALVAGED_BYTES, directory_bytes, salvaged

log = logging.getLogger(__name__)

MAX_ARCHIVE_BYTES = 512 * 2**20
MAX_MEMBERS = 20_000
MAX_DIRECTORY_BYTES = 8 * 2**20
"""Of an archive's list of its members: it is read whole, before its members can be counted."""
MAX_MEMBER_BYTES = 64 * 2**20
"""Unpacked."""
MAX_ALL_BYTES = 512 * 2**20
"""Unpacked, of all that is read."""
MAX_RATIO = 300
"""How many times its packed size a member may be, beyond the first ``FREE_BYTES``: plain text packs to 1:20."""
FREE_BYTES = 8 * 2**20

_CHUNK = 2**18
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class NotAnArchiveError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: the file is damaged or was not copied whole.").format(name=self.name)


class CrowdedArchiveError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: it holds more files than any book has.").format(name=self.name)


class EncryptedArchiveError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: it is protected with a password.").format(name=self.name)


class Archive:
    """The members of a ZIP archive, by clean names: relative, with ``/``, without ``..``.

    ``damaged`` is true where the archive's own list of members was lost and made anew.

    Raises:
        MissingFileError, FolderError, UnreadableFileError, EmptyFileError, TooLargeError,
        NotAnArchiveError, CrowdedArchiveError: as their names say.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damaged = False
        self.unpacked = 0
        _check(path)
        try:
            crowded = directory_bytes(path) > MAX_DIRECTORY_BYTES
        except OSError as exc:
            raise UnreadableFileError(path) from exc
        if crowded:
            raise CrowdedArchiveError(path)
        self._zip = self._opened()
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS:
            self._zip.close()
            raise CrowdedArchiveError(path)
        self._members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = clean_name(info.filename)
            # Of two members with one name the last counts, as everywhere; links and folders are no files.
            if name and not info.is_dir() and not _is_link(info):
                self._members[name] = info
        self._folded = {_folded(name): name for name in reversed(self._members)}

    def _opened(self) -> zipfile.ZipFile:
        given = given_bytes(self.path)
        try:
            return zipfile.ZipFile(self.path if given is None else io.BytesIO(given))
        except _BROKEN as exc:
            log.info("an archive has no list of its members: %s", type(exc).__name__)
        self.damaged = True
        if self.path.stat().st_size > MAX_SALVAGED_BYTES:
            raise NotAnArchiveError(self.path)
        try:
            return zipfile.ZipFile(io.BytesIO(salvaged(given or self.path.read_bytes(), MAX_MEMBERS)))
        except _BROKEN as exc:
            raise NotAnArchiveError(self.path) from exc

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The clean names of all members, in the archive's order."""
        return tuple(self._members)

    def has(self, name: str) -> bool:
        return name in self._members

    def find(self, name: str) -> str | None:
        """Return the name of the member that is meant: as written, percent-decoded, or in other letter case."""
        for one in (clean_name(name), clean_name(unquote(name))):
            if one in self._members:
                return one
        return self._folded.get(_folded(clean_name(unquote(name))))

    @property
    def has_encrypted(self) -> bool:
        """Whether any member is encrypted."""
        return any(map(self.is_encrypted, self._members))

    def size(self, name: str) -> int:
        """Return how large a member says it is, unpacked, in bytes."""
        return self._members[name].file_size

    def is_encrypted(self, name: str) -> bool:
        return bool(self._members[name].flag_bits & _ENCRYPTED)

    def read(self, name: str, limit: int = MAX_MEMBER_BYTES) -> bytes | None:
        """Return what a member holds; None where it cannot be unpacked, or is larger than it may be.

        Of a member that breaks off, what came before is returned. ``limit`` counts bytes.

        Raises:
            EncryptedArchiveError: it is encrypted.
            TooLargeError: all that was read is more than ``MAX_ALL_BYTES``.
        """
        info = self._members[name]
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedArchiveError(self.path)
        limit = min(limit, MAX_MEMBER_BYTES, FREE_BYTES + MAX_RATIO * info.compress_size)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    size += len(chunk)
                    self.unpacked += len(chunk)
                    if self.unpacked > MAX_ALL_BYTES:
                        raise TooLargeError(self.path, MAX_ALL_BYTES // 2**20)
                    if size > limit:
                        log.info("a member is larger than it may be")
                        return None
                    chunks.append(chunk)
        except _BROKEN as exc:
            log.info("a member breaks off: %s", type(exc).__name__)
            self.damaged = True
        return b"".join(chunks) if chunks or not info.file_size else None


def _check(path: Path) -> None:
    """Refuse what is no file of a fit size; a pipe or a device would never end."""
    try:
        found = path.stat()
    except FileNotFoundError as exc:
        raise MissingFileError(path) from exc
    except (OSError, ValueError) as exc:
        raise UnreadableFileError(path) from exc
    if stat.S_ISDIR(found.st_mode):
        raise FolderError(path)
    if not stat.S_ISREG(found.st_mode):
        raise UnreadableFileError(path)
    if not found.st_size:
        raise EmptyFileError(path)
    if found.st_size > MAX_ARCHIVE_BYTES:
        raise TooLargeError(path, MAX_ARCHIVE_BYTES // 2**20)


def clean_name(name: str) -> str:
    """Return a member's name as a relative path with ``/``; empty where it leads out of the archive."""
    path = name.replace("\\", "/").split("\0")[0]
    if ":" in path.split("/")[0]:  # a drive, or an address
        return ""
    path = posixpath.normpath(path.lstrip("/")) if path.strip("/") else ""
    return "" if path in (".", "..") or path.startswith("../") else path


def _folded(name: str) -> str:
    return name.casefold()


def _is_link(info: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(info.external_attr >> 16)
