"""The files of an index, written so that they outlive a power cut, and known by their checksums.

Whoosh never flushes to the disk. A commit of it ends in one rename, of the new table of contents:
before that, everything written is flushed here, and sizes and checksums are set down beside it.
"""

from __future__ import annotations

import os
import pickle
import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import gettext as _
from pathlib import Path
from typing import Any

import msgspec
from whoosh.codec.base import OutOfOrderError
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as WhooshIndexError
from whoosh.matching.mcore import ReadTooFar
from whoosh.reading import CorruptIndexError, ReaderClosed, TermNotFound

from reader.errors import ReaderError

_CONTENTS = re.compile(r"_MAIN_([0-9]+)\.toc")
_LEFTOVER = re.compile(r"_MAIN_[0-9]+\.toc\..+|_MAIN_[0-9]+\.sums(\.new)?")
_CHUNK_BYTES = 2**20


class IndexWriteError(ReaderError):
    """The index could not be written."""

    def __str__(self) -> str:
        return _("The search index could not be written. Check that the disk is not full and that you may write to it.")


class DamagedIndexError(Exception):
    """A file of the index is not what was written; internal to this room."""


DAMAGE = (
    DamagedIndexError,
    CorruptIndexError,
    ReaderClosed,
    TermNotFound,
    WhooshIndexError,
    FileFormatError,
    OutOfOrderError,
    ReadTooFar,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NameError,
    NotImplementedError,
    ImportError,
    MemoryError,
    struct.error,
    zlib.error,
    pickle.PickleError,
)
"""What damaged files make Whoosh raise, beside OSError."""


@contextmanager
def writing() -> Iterator[None]:
    """Tell what goes wrong while Whoosh writes by the two errors that are known outside.

    Raises:
        IndexWriteError: the disk is full, or what was there may not be changed.
        DamagedIndexError: what was there cannot be read.
    """
    try:
        yield
    except OSError as exc:
        raise IndexWriteError from exc
    except DAMAGE as exc:
        raise DamagedIndexError from exc


class _Sum(msgspec.Struct, frozen=True, array_like=True):
    size: int
    crc: int


Verified = frozenset[tuple[str, int, int]]
"""Path, size and checksum of files that were found to be as they were written."""


class IndexFolder(FileStorage):
    """One folder with one index."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]
        self._path = folder
        self._written: set[str] = set()
        self._kept: frozenset[str] = frozenset()
        self._read: list[Any] = []

    def keep(self, segments: Iterable[str]) -> None:
        """Say which segments the next table of contents will name; the files of others do not count."""
        self._kept = frozenset(segments)

    def open_file(self, name: str, **options: Any) -> Any:
        opened = super().open_file(name, **options)  # type: ignore[no-untyped-call]
        self._read.append(opened)
        return opened

    def release(self) -> None:
        """Close every file that was opened for reading, also those that Whoosh forgot in a failure."""
        for opened in self._read:
            opened.raw_file().close()
        self._read.clear()

    def create_file(self, name: str, excl: bool = False, mode: str = "wb", **options: Any) -> Any:
        self._written.add(name)
        return super().create_file(name, excl, mode, **options)  # type: ignore[no-untyped-call]

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Put a new table of contents in force."""
        contents = _CONTENTS.fullmatch(newname)
        if not contents:
            super().rename_file(oldname, newname, safe)  # type: ignore[no-untyped-call]
            return
        self._written.discard(oldname)
        written = [name for name in self._written if name.partition(".")[0] in self._kept]
        for name in (*written, oldname):
            _flush(self._path / name)
        sums = {name: known for name, known in self._sums().items() if name.partition(".")[0] in self._kept}
        sums |= {name: _sum(self._path / name) for name in written}
        sums[newname] = _sum(self._path / oldname)
        self._written.clear()
        generation = contents.group(1)
        write_durably(self._path / f"_MAIN_{generation}.sums", msgspec.json.encode(sums))
        (self._path / oldname).replace(self._path / newname)
        _flush_folder(self._path)
        self._drop_leftovers(keep=f"_MAIN_{generation}.sums")

    def generation(self) -> int:
        """Return the number of the latest commit, -1 where there is none."""
        return max((int(found.group(1)) for name in self._names() if (found := _CONTENTS.fullmatch(name))), default=-1)

    def verify(self, known: Verified = frozenset()) -> Verified:
        """Compare the files with what was written; return those that are as they were.

        Of a file in ``known`` the size is enough: a file of an index never changes.

        Raises:
            DamagedIndexError: a file differs.
            OSError: a file cannot be read, or was replaced by a newer commit just now.
        """
        generation = self.generation()
        verified = set()
        for name, wanted in self._sums().items():
            path = self._path / name
            key = (str(path), wanted.size, wanted.crc)
            try:
                same = path.stat().st_size == wanted.size and (key in known or _sum(path) == wanted)
            except FileNotFoundError:
                if self.generation() != generation:
                    raise
                same = False
            if not same:
                raise DamagedIndexError(name)
            verified.add(key)
        return frozenset(verified)

    def _names(self) -> list[str]:
        return [path.name for path in self._path.iterdir()] if self._path.is_dir() else []

    def _sums(self) -> dict[str, _Sum]:
        generation = self.generation()
        if generation < 0:
            return {}
        try:
            return msgspec.json.decode((self._path / f"_MAIN_{generation}.sums").read_bytes(), type=dict[str, _Sum])
        except msgspec.DecodeError as exc:
            raise DamagedIndexError from exc

    def _drop_leftovers(self, keep: str) -> None:
        for name in self._names():
            if _LEFTOVER.fullmatch(name) and name != keep:
                try:
                    (self._path / name).unlink()
                except OSError:
                    continue  # another window has it open; a later commit drops it


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file's content so that at any moment the old or the new is there, whole."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _flush_folder(path.parent)


def _sum(path: Path) -> _Sum:
    """Return the size and the checksum of a file."""
    crc = size = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
    return _Sum(size, crc)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows opens no folder as a file, and writes its entries through
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
