"""The folder of an index, written so that it outlives a power cut, and known by checksums.

Whoosh never flushes to the disk. A commit ends in one rename, of its new table of contents: before
that, it is flushed here, and its checksum and the sizes of the segments are set down beside it.
"""

from __future__ import annotations

import os
import pickle
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from gettext import gettext as _
from pathlib import Path

import msgspec
from whoosh import fields
from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import TOC, clean_files
from whoosh.index import IndexError as WhooshIndexError

from reader.errors import ReaderError

NAME = "MAIN"
"""Of the index in its folder, as Whoosh has it."""

EXTENSION = ".words"
"""Of a segment's file."""

_CONTENTS = re.compile(r"_MAIN_([0-9]+)\.toc")
_LEFTOVER = re.compile(r"_MAIN_[0-9]+\.toc\..+|_MAIN_[0-9]+\.sums(\.new)?")
_CHUNK_BYTES = 2**20


class IndexWriteError(ReaderError):
    """The index could not be written."""

    def __str__(self) -> str:
        return _("The search index could not be written. Check that the disk is not full and that you may write to it.")


class DamagedIndexError(Exception):
    """A file of the index is not what was written; internal to this room."""


DAMAGE = (DamagedIndexError, WhooshIndexError, FileFormatError, EOFError, pickle.PickleError)
"""What is raised where files are damaged, beside OSError."""


@contextmanager
def writing() -> Iterator[None]:
    """Tell what goes wrong while the index is written by the two errors that are known outside.

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


class Listed(W3Segment):
    """A segment as the table of contents lists it: its name, and which of its documents are deleted."""

    def __init__(self, documents: int = 0) -> None:
        super().__init__(None, NAME, documents)  # type: ignore[no-untyped-call]

    @property
    def file(self) -> str:
        """The name of its file."""
        return str(self.make_filename(EXTENSION))  # type: ignore[no-untyped-call]

    @property
    def documents(self) -> int:
        """How many documents it has, deleted or not."""
        return int(self._doccount)

    @documents.setter
    def documents(self, many: int) -> None:
        self._doccount = many

    @property
    def deleted(self) -> frozenset[int]:
        return frozenset(self._deleted or ())

    @property
    def live(self) -> int:
        """How many documents it has that are not deleted."""
        return self.documents - len(self._deleted or ())

    def delete(self, first: int, end: int) -> None:
        """Let the documents of a half open range no longer count."""
        self._deleted = {*self.deleted, *range(first, end)}


class _Sum(msgspec.Struct, frozen=True, array_like=True):
    size: int
    crc: int


class IndexFolder(FileStorage):
    """One folder with one index."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))  # type: ignore[no-untyped-call]
        self.path = folder
        self._kept: tuple[str, ...] = ()

    @staticmethod
    def _schema() -> fields.Schema:
        """Return what a table of contents has to have: what is indexed is none of Whoosh's business."""
        return fields.Schema(text=fields.STORED())

    def contents(self) -> list[Listed]:
        """Return the segments that are in force; none where nothing was written yet.

        Raises:
            FileNotFoundError: a newer commit took its place meanwhile.
            DamagedIndexError: it lists what is not ours.
        """
        if self.generation() < 0:
            return []
        listed = TOC.read(self, NAME, schema=self._schema()).segments  # type: ignore[no-untyped-call]
        if not all(isinstance(each, Listed) for each in listed):
            raise DamagedIndexError
        return list(listed)

    def put_in_force(self, segments: Sequence[Listed]) -> None:
        """List these segments, which are on the disk, from now on."""
        generation = self.generation() + 1
        self._kept = tuple(segment.file for segment in segments)
        TOC(self._schema(), list(segments), generation).write(self, NAME)  # type: ignore[no-untyped-call]
        clean_files(self, NAME, generation, segments)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Put a new table of contents in force."""
        generation = _generation(newname)
        _flush(self.path / oldname)
        sums = {name: _Sum((self.path / name).stat().st_size, 0) for name in self._kept}
        sums[newname] = _sum(self.path / oldname)
        write_durably(self.path / f"_MAIN_{generation}.sums", msgspec.json.encode(sums), folder_too=False)
        (self.path / oldname).replace(self.path / newname)
        _flush_folder(self.path)
        self._drop_leftovers(keep=f"_MAIN_{generation}.sums")

    def generation(self) -> int:
        """Return the number of the latest commit, -1 where there is none."""
        return max((_generation(name) for name in self._names()), default=-1)

    def verify(self) -> None:
        """Compare the table of contents with what was written, and of the segments the sizes.

        What is in a segment has sums of its own, which are looked at when it is read.

        Raises:
            DamagedIndexError: a file differs.
            OSError: a file cannot be read, or was replaced by a newer commit just now.
        """
        generation = self.generation()
        for name, wanted in self._sums().items():
            path = self.path / name
            try:
                same = path.stat().st_size == wanted.size and (_generation(name) < 0 or _sum(path) == wanted)
            except FileNotFoundError:
                if self.generation() != generation:
                    raise
                same = False
            if not same:
                raise DamagedIndexError(name)

    def _names(self) -> list[str]:
        try:
            return os.listdir(self.path)  # noqa: PTH208 - asked at every search; half the time of one for a rare word
        except FileNotFoundError:
            return []

    def _sums(self) -> dict[str, _Sum]:
        generation = self.generation()
        if generation < 0:
            return {}
        try:
            return msgspec.json.decode((self.path / f"_MAIN_{generation}.sums").read_bytes(), type=dict[str, _Sum])
        except msgspec.DecodeError as exc:
            raise DamagedIndexError from exc

    def _drop_leftovers(self, keep: str) -> None:
        for name in self._names():
            if _LEFTOVER.fullmatch(name) and name != keep:
                with suppress(OSError):  # another window has it open; a later commit drops it
                    (self.path / name).unlink()


def _generation(name: str) -> int:
    """Return the generation of a table of contents, -1 of any other file."""
    found = _CONTENTS.fullmatch(name)
    return int(found.group(1)) if found else -1


def write_durably(path: Path, content: bytes, *, folder_too: bool = True) -> None:
    """Replace a file's content so that at any moment the old or the new is there, whole."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    if folder_too:
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
