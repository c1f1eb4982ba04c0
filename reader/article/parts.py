"""Parts of stored data, each checked when it is read, and what is said when one is not sound."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from gettext import gettext as _
from typing import TypeVar

import msgspec
from msgspec import Struct

from reader.errors import ReaderError

Read = Callable[[int, int], bytes | memoryview]
"""Return ``length`` bytes from ``offset``; fewer where the data ends earlier."""

Decoded = TypeVar("Decoded")

LEAST_AHEAD_BYTES = 64 * 2**10
MOST_AHEAD_BYTES = 2**20


class StoredArticleError(ReaderError):
    """A stored article cannot be read; ``name`` is its title, and may be empty."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.name = name


class DamagedArticleError(StoredArticleError):
    def __str__(self) -> str:
        if not self.name:
            return _("An article could not be opened because its stored copy is damaged; import its file again.")
        return _("“{name}” could not be opened because its stored copy is damaged; import its file again.").format(
            name=self.name
        )


class NewerArticleError(StoredArticleError):
    def __str__(self) -> str:
        if not self.name:
            return _("An article could not be opened because a newer version of this program stored it.")
        return _("“{name}” could not be opened because a newer version of this program stored it.").format(
            name=self.name
        )


class Piece(Struct, frozen=True, array_like=True, gc=False):
    """Where a part lies: ``offset`` from the data's begin, ``length`` in bytes, and its CRC-32."""

    offset: int
    length: int
    crc: int


class Parts:
    """The parts of one stored article; ``name`` is its title, for the error's sentence."""

    def __init__(self, read: Read, name: str) -> None:
        self._read = read
        self.name = name

    def checked(self, piece: Piece) -> bytes | memoryview:
        """Return a part's bytes.

        Raises:
            DamagedArticleError: they are not those that were written.
        """
        data = self._read(piece.offset, piece.length)
        if len(data) != piece.length or zlib.crc32(data) != piece.crc:
            raise DamagedArticleError(self.name)
        return data

    def decoded(self, decoder: msgspec.msgpack.Decoder[Decoded], piece: Piece) -> Decoded:
        """Return a part's value.

        Raises:
            DamagedArticleError: it is not what was written.
        """
        data = self.checked(piece)
        try:
            return decoder.decode(data)
        # A sound checksum over unsound contents: a program error or a forgery, never a lost bit.
        except (msgspec.MsgspecError, ValueError) as exc:
            raise DamagedArticleError(self.name) from exc


class ReadAhead:
    """Reads more than was asked for, and answers the next questions from that.

    For data that is slow to get at: SQLite walks from the begin of a value to each part of it. Who
    reads on and on gets pieces that grow. Any thread may ask; what is kept is never changed.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._window: tuple[int, memoryview, int] = (0, memoryview(b""), 0)
        """Where the bytes that are kept begin, they, and how many were read beyond what was asked for."""

    def __call__(self, offset: int, length: int) -> bytes | memoryview:
        first, kept, ahead = self._window
        end = first + len(kept)
        if first <= offset and offset + length <= end:
            return kept[offset - first : offset - first + length]
        if length > MOST_AHEAD_BYTES:
            return self._read(offset, length)
        goes_on = ahead and end - ahead <= offset <= end
        ahead = min(2 * ahead, MOST_AHEAD_BYTES) if goes_on else LEAST_AHEAD_BYTES
        # Who does not go on may turn back: what is before is read too, it is on the way.
        first = offset if goes_on else max(0, offset - LEAST_AHEAD_BYTES)
        kept = memoryview(self._read(first, offset - first + length + ahead))
        self._window = (first, kept, ahead)
        return kept[offset - first : offset - first + length]
