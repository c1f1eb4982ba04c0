"""The two forms in which a library may hold an article: see ``codec`` for what each part is.

Both answer the same questions. A *chunk* is some successive blocks of the body, or of the notes,
that are decoded together.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import msgspec
from msgspec import Struct

from reader.article.model import Article, Block, Metadata, Note, SetAside
from reader.article.parts import DamagedArticleError, Parts, Piece
from reader.article.skeleton import NUMBER, Names, Skeleton, starts_of, survey

NUMBER_BYTES = 4


class Chunks(Struct, frozen=True):
    """Where the chunks lie.

    ``firsts`` has the first passage of each and the number of passages, ``offsets`` the first byte
    of each, counted from the first chunk's, and where the last ends. ``levels`` has one byte a
    chunk: the level of the heading that begins it, or 0. The first ``body`` chunks are the body's.
    """

    body: int
    firsts: array[int]
    offsets: array[int]
    crcs: array[int]
    levels: bytes


class Form(Protocol):
    """What either form tells of an article."""

    metadata: Metadata
    body_chunks: int
    firsts: Sequence[int]
    """The first passage of each chunk, and the number of passages."""
    levels: bytes

    @property
    def skeleton(self) -> Skeleton: ...

    @property
    def names(self) -> Names: ...

    @property
    def titles(self) -> tuple[str, ...]:
        """The texts of the headings that begin chunks of the body."""

    @property
    def aside(self) -> Aside: ...

    def piece(self, chunk: int) -> Piece: ...

    def blocks(self, chunk: int) -> tuple[Block, ...]: ...

    def texts(self, chunk: int) -> list[str]: ...


class Aside(Struct, frozen=True, array_like=True):
    """What reading needs not: the text that was set aside, and warnings."""

    set_aside: tuple[SetAside, ...]
    warnings: tuple[str, ...]


class _Words(Struct, frozen=True, array_like=True, gc=False):
    """A block without all that is not its text."""

    kind: int
    text: str = ""


_decode_blocks = msgspec.msgpack.Decoder(tuple[Block, ...])
_decode_words = msgspec.msgpack.Decoder(tuple[_Words, ...])


# -- version 2 -------------------------------------------------------------------------------------


class Header(Struct, frozen=True, array_like=True):
    """What stands behind the preamble since version 2. Offsets of parts count from its own end."""

    metadata: Metadata
    passages: int
    body_passages: int
    chunks: int
    body_chunks: int
    marks: int
    notes: int
    anchors: int
    numbers: Piece
    names: Piece
    aside: Piece
    blobs: int
    """Where the first chunk begins."""


class Strings(Struct, frozen=True, array_like=True):
    """The strings of the skeleton and of the table of chunks."""

    names: Names
    titles: tuple[str, ...]


decode_header = msgspec.msgpack.Decoder(Header)
_decode_strings = msgspec.msgpack.Decoder(Strings)
_decode_aside = msgspec.msgpack.Decoder(Aside)


def packed(skeleton: Skeleton, chunks: Chunks) -> bytes:
    """Return the numbers of an article: arrays of 32 bits, little-endian, then the bytes."""
    arrays = [
        skeleton.starts,
        chunks.firsts,
        chunks.offsets,
        chunks.crcs,
        skeleton.mark_offsets,
        skeleton.mark_keys,
        skeleton.note_keys,
        skeleton.note_firsts,
        skeleton.anchor_passages,
    ]
    return b"".join([*(_turned(numbers).tobytes() for numbers in arrays), skeleton.kinds, chunks.levels])


def _turned(numbers: array[int]) -> array[int]:
    """Return numbers as they are stored, or stored ones as they are."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers


def unpacked(data: bytes | memoryview, header: Header) -> tuple[Skeleton, Chunks]:
    """Return what ``packed`` made the data from.

    Raises:
        ValueError: the data is not as long as the header says.
    """
    counts = [
        header.passages + 1,
        header.chunks + 1,
        header.chunks + 1,
        header.chunks,
        header.marks,
        header.marks,
        header.notes,
        header.notes + 1,
        header.anchors,
    ]
    ends = NUMBER_BYTES * sum(counts)
    if min(counts) < 0 or ends + header.passages + header.chunks != len(data):
        raise ValueError(len(data))
    view, at, columns = memoryview(data), 0, []
    for count in counts:
        column = array(NUMBER)
        column.frombytes(view[at : at + NUMBER_BYTES * count])
        columns.append(_turned(column))
        at += NUMBER_BYTES * count
    starts, firsts, offsets, crcs, mark_offsets, mark_keys, note_keys, note_firsts, anchored = columns
    kinds, levels = bytes(view[at : at + header.passages]), bytes(view[at + header.passages :])
    skeleton = Skeleton(header.body_passages, starts, kinds, mark_offsets, mark_keys, note_keys, note_firsts, anchored)
    return skeleton, Chunks(header.body_chunks, firsts, offsets, crcs, levels)


class SecondForm:
    """Version 2: the skeleton is there to be read, and the rest by the chunk."""

    def __init__(self, parts: Parts, header: Header, end: int) -> None:
        """Take the header, and where it ends.

        Raises:
            DamagedArticleError: the numbers are damaged.
        """
        self._parts = parts
        self._header = header
        self._end = end
        self.metadata = header.metadata
        try:
            self._skeleton, self._chunks = unpacked(parts.checked(self._at(header.numbers)), header)
        except ValueError as exc:
            raise DamagedArticleError(parts.name) from exc
        self.body_chunks = header.body_chunks
        self.firsts: Sequence[int] = self._chunks.firsts
        self.levels = self._chunks.levels

    def _at(self, piece: Piece) -> Piece:
        return Piece(self._end + piece.offset, piece.length, piece.crc)

    @property
    def skeleton(self) -> Skeleton:
        return self._skeleton

    @property
    def names(self) -> Names:
        return self._strings.names

    @property
    def titles(self) -> tuple[str, ...]:
        return self._strings.titles

    @cached_property
    def _strings(self) -> Strings:
        return self._parts.decoded(_decode_strings, self._at(self._header.names))

    @property
    def aside(self) -> Aside:
        return self._parts.decoded(_decode_aside, self._at(self._header.aside))

    def piece(self, chunk: int) -> Piece:
        start, end = self._chunks.offsets[chunk], self._chunks.offsets[chunk + 1]
        return Piece(self._end + self._header.blobs + start, end - start, self._chunks.crcs[chunk])

    def blocks(self, chunk: int) -> tuple[Block, ...]:
        return self._parts.decoded(_decode_blocks, self.piece(chunk))

    def texts(self, chunk: int) -> list[str]:
        return [words.text for words in self._parts.decoded(_decode_words, self.piece(chunk))]


# -- version 1 -------------------------------------------------------------------------------------


class _FirstSection(Struct, frozen=True, array_like=True, gc=False):
    level: int
    title: str
    anchor: str
    first: int
    end: int
    start: int
    characters: int
    offset: int
    length: int
    crc: int


class _FirstNote(Struct, frozen=True, array_like=True, gc=False):
    key: str
    label: str
    blocks: int
    start: int
    characters: int


class FirstHeader(Struct, frozen=True, array_like=True):
    """What stood behind the preamble in version 1."""

    metadata: Metadata
    sections: tuple[_FirstSection, ...]
    notes: tuple[_FirstNote, ...]
    set_aside: tuple[SetAside, ...]
    warnings: tuple[str, ...]
    notes_offset: int
    notes_length: int
    notes_crc: int


decode_first_header = msgspec.msgpack.Decoder(FirstHeader)
_decode_notes = msgspec.msgpack.Decoder(tuple[Note, ...])


class FirstForm:
    """Version 1: sections in the header, all notes in one part; the skeleton is made by decoding all."""

    def __init__(self, parts: Parts, header: FirstHeader, end: int) -> None:
        self._parts = parts
        self._header = header
        self._end = end
        self.metadata = header.metadata
        self.body_chunks = len(header.sections)
        body = header.sections[-1].end if header.sections else 0
        ends = [body, body + sum(note.blocks for note in header.notes)] if header.notes else [body]
        self.firsts: Sequence[int] = [*(section.first for section in header.sections), *ends]
        self.levels = bytes([section.level for section in header.sections])

    @cached_property
    def _surveyed(self) -> tuple[Skeleton, Names]:
        header = self._header
        blocks = [block for chunk in range(self.body_chunks) for block in self.blocks(chunk)]
        notes = self._notes()
        article = Article(header.metadata, tuple(blocks), notes)
        passages = blocks + [block for note in notes for block in note.blocks]
        return survey(article, passages, starts_of(passages))

    @property
    def skeleton(self) -> Skeleton:
        return self._surveyed[0]

    @property
    def names(self) -> Names:
        return self._surveyed[1]

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(section.title for section in self._header.sections if section.level)

    @property
    def aside(self) -> Aside:
        return Aside(self._header.set_aside, self._header.warnings)

    def piece(self, chunk: int) -> Piece:
        header = self._header
        if chunk < self.body_chunks:
            section = header.sections[chunk]
            return Piece(self._end + section.offset, section.length, section.crc)
        return Piece(self._end + header.notes_offset, header.notes_length, header.notes_crc)

    def blocks(self, chunk: int) -> tuple[Block, ...]:
        if chunk < self.body_chunks:
            return self._parts.decoded(_decode_blocks, self.piece(chunk))
        return tuple(block for note in self._notes() for block in note.blocks)

    def texts(self, chunk: int) -> list[str]:
        return [block.text for block in self.blocks(chunk)]

    def _notes(self) -> tuple[Note, ...]:
        return self._parts.decoded(_decode_notes, self.piece(self.body_chunks))
