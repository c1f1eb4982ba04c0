"""The file of a segment: parts one after another, then where each of them lies and what it sums up to.

Every part but the first two, which are long, is checked when the file is opened. Postings and stretches
of the stream (see ``segment``) carry sums of their own, and are checked when they are first read.
"""

from __future__ import annotations

import os
import struct
import zlib
from array import array
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from reader.search.postings import from_bytes, to_bytes
from reader.search.storage import DamagedIndexError

VERSION = 2
"""Raise it whenever an index of before would be read wrongly: every index is then made anew."""

STREAM, POSTINGS = "stream", "postings"
STRETCH_BYTES = 2**14
"""Of the stream, summed up together."""

_MAGIC = b"\x89words1\n"
_TRAILER = struct.Struct("<II8s")  # bytes of the directory, their sum, the magic
_CODES = {"I": 4, "i": 4, "q": 8, "Q": 8, "B": 1}


class _Part(msgspec.Struct, frozen=True, array_like=True):
    start: int
    size: int
    crc: int


class Directory(msgspec.Struct, frozen=True):
    documents: int
    terms: int
    parts: dict[str, _Part]
    languages: tuple[str, ...] = ()


class SegmentFile:
    """A segment's file that is being written; it is on the disk when the ``with`` block ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._parts: dict[str, _Part] = {}
        self._at = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write a part, piece by piece; one part is written after the other."""
        start, crc = self._at, 0
        for piece in pieces:
            if name not in (STREAM, POSTINGS):
                crc = zlib.crc32(piece, crc)
            self._file.write(piece)
            self._at += len(piece)
        self._parts[name] = _Part(start, self._at - start, crc)

    def write_numbers(self, name: str, values: array[int]) -> None:
        self.write(name, [to_bytes(values)])

    def finish(self, documents: int, terms: int, languages: tuple[str, ...]) -> None:
        """Write where everything is, and wait until the disk has it."""
        directory = msgspec.json.encode(Directory(documents, terms, self._parts, languages))
        self._file.write(directory + _TRAILER.pack(len(directory), zlib.crc32(directory), _MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())


class Parts:
    """The parts of a segment's file, opened for reading.

    Raises:
        DamagedIndexError: it is not what was written.
        OSError: it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.file = path.open("rb", buffering=0)
        try:
            self.directory = self._read_directory()
        except BaseException:
            self.file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    def _read_directory(self) -> Directory:
        end = self.file.seek(0, os.SEEK_END)
        if end < _TRAILER.size:
            raise DamagedIndexError
        size, crc, magic = _TRAILER.unpack(self.piece(end - _TRAILER.size, _TRAILER.size))
        if magic != _MAGIC or size > end - _TRAILER.size:
            raise DamagedIndexError
        raw = self.piece(end - _TRAILER.size - size, size)
        if zlib.crc32(raw) != crc:
            raise DamagedIndexError
        try:
            return msgspec.json.decode(raw, type=Directory)
        except msgspec.DecodeError as exc:
            raise DamagedIndexError from exc

    def place(self, name: str) -> tuple[int, int]:
        """Return where a part starts, and how long it is, in bytes."""
        part = self.directory.parts[name]
        return part.start, part.size

    def piece(self, start: int, size: int) -> bytes:
        """Return some bytes of the file as they are."""
        self.file.seek(start)
        raw = self.file.read(size)
        if len(raw) != size:
            raise DamagedIndexError
        return raw

    def read(self, name: str) -> bytes:
        part = self.directory.parts[name]
        raw = self.piece(part.start, part.size)
        if zlib.crc32(raw) != part.crc:
            raise DamagedIndexError(name)
        return raw

    def numbers(self, name: str, code: str) -> array[int]:
        raw = self.read(name)
        if len(raw) % _CODES[code]:
            raise DamagedIndexError(name)
        return from_bytes(code, raw)
