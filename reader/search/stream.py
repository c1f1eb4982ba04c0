"""The stream of a segment: the number of every word, document after document, as it is read.

By it phrases are found, and how close words stand: a phrase is a few bytes that are looked for between
the start and the end of a document. A document with compounds has a second row, in which they are one
word; the head of an article has rows for its title and its authors. Rows are apart by a gap.
"""

from __future__ import annotations

import mmap
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from reader.search.layout import STREAM, STRETCH_BYTES, Parts, SegmentFile
from reader.search.postings import from_bytes, to_bytes
from reader.search.storage import DamagedIndexError

GAP = 0
"""No word; between two rows."""

MAX_HELD_BYTES = 96 * 2**20
"""Of a segment's stream in memory; then it is forgotten, and read anew as it is needed."""

WORD_BYTES = 4


def write_stream(file: SegmentFile, pieces: Iterable[array[int]]) -> None:
    """Write the stream, given piece by piece, and the sums of its stretches."""
    sums = array("I")

    def stretches() -> Iterator[bytes]:
        rest = b""
        for piece in pieces:
            raw = rest + to_bytes(piece)
            whole = len(raw) // STRETCH_BYTES * STRETCH_BYTES
            sums.extend(zlib.crc32(raw[at : at + STRETCH_BYTES]) for at in range(0, whole, STRETCH_BYTES))
            yield raw[:whole]
            rest = raw[whole:]
        if rest:
            sums.append(zlib.crc32(rest))
            yield rest

    file.write(STREAM, stretches())
    file.write_numbers("stream_sums", sums)


class Stream:
    """The stream of an open segment. ``starts`` are those of its documents, in words.

    It is read into memory as it is needed. Not mapped: of a file on a disk that is gone a read says so,
    while a look into a map of it ends the program.

    Raises:
        DamagedIndexError: from every method, where a stretch is not what was written.
        OSError: it cannot be read.
    """

    def __init__(self, parts: Parts, starts: array[int]) -> None:
        self._parts = parts
        self._first, self._size = parts.place(STREAM)
        self._starts = starts
        self._sums = parts.numbers("stream_sums", "I")
        if starts[-1] * WORD_BYTES != self._size or len(self._sums) * STRETCH_BYTES < self._size:
            raise DamagedIndexError(STREAM)
        self._forget()

    def close(self) -> None:
        self._memory.close()

    def _forget(self) -> None:
        self._memory = mmap.mmap(-1, max(1, self._size))  # of no file; takes memory where it is written to
        self._unread = bytearray(b"\1" * len(self._sums))
        self._held = 0

    def having(self, row: Sequence[int], documents: Iterable[int]) -> Iterator[int]:
        """Yield those of the documents, in their order, in which the words stand in this order."""
        needle = to_bytes(array("I", row))
        starts = self._starts
        for document in documents:
            start = starts[document] * WORD_BYTES
            end = starts[document + 1] * WORD_BYTES
            self._read(start, end)
            at = self._memory.find(needle, start, end)
            while at % WORD_BYTES and at >= 0:
                at = self._memory.find(needle, at + 1, end)
            if at >= 0:
                yield document

    def rows(self, document: int) -> list[array[int]]:
        """Return the rows of a document, the words apart first."""
        words = self.words(document)
        if GAP not in words:
            return [words]
        gaps = [-1, *(at for at, word in enumerate(words) if word == GAP), len(words)]
        return [words[before + 1 : gap] for before, gap in pairwise(gaps)]

    def words(self, document: int) -> array[int]:
        return from_bytes("I", self.raw(document))

    def raw(self, document: int) -> bytes:
        """Return the words of a document as they are in the stream."""
        start = self._starts[document] * WORD_BYTES
        end = self._starts[document + 1] * WORD_BYTES
        self._read(start, end)
        return self._memory[start:end]

    def pieces(self, words: int) -> Iterator[array[int]]:
        """Yield the whole stream, about so many words at a time; what was read is not kept."""
        stretches = max(1, words * WORD_BYTES // STRETCH_BYTES)
        for first in range(0, len(self._sums), stretches):
            few = range(first, min(first + stretches, len(self._sums)))
            yield from_bytes("I", b"".join(map(self._stretch, few)))

    def _read(self, start: int, end: int) -> None:
        if self._unread.find(1, start // STRETCH_BYTES, -(-end // STRETCH_BYTES)) < 0:
            return
        stretches = range(start // STRETCH_BYTES, -(-end // STRETCH_BYTES))
        if self._held > MAX_HELD_BYTES:
            self._memory.close()
            self._forget()
        for stretch in stretches:
            if self._unread[stretch]:
                raw = self._stretch(stretch)
                at = stretch * STRETCH_BYTES
                self._memory[at : at + len(raw)] = raw
                self._unread[stretch] = 0
                self._held += len(raw)

    def _stretch(self, stretch: int) -> bytes:
        at = stretch * STRETCH_BYTES
        raw = self._parts.piece(self._first + at, min(STRETCH_BYTES, self._size - at))
        if zlib.crc32(raw) != self._sums[stretch]:
            raise DamagedIndexError(STREAM)
        return raw
