"""An article as bytes: read whole in a few hundredths of a second, or one section at a time.

The layout, all numbers little-endian::

    preamble   magic 4 bytes, version u16, nothing u16, header length u32, header CRC u32,
               CRC u32 of the sixteen bytes before
    header     MessagePack: metadata, section table, note table, what was set aside, warnings
    blobs      MessagePack: the blocks of each section, then all notes; placed by the header

The preamble stays as it is in every version, so that an old program can tell a newer file from a
damaged one. Each part carries a CRC-32, which sees every change of up to 32 adjacent bits.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from gettext import gettext as _
from struct import Struct as Layout
from typing import TypeVar

import msgspec
from msgspec import Struct

from reader.article.model import Article, Block, BlockKind, Metadata, Note, SetAside
from reader.article.outline import Heading, Section, tree
from reader.errors import ReaderError

__all__ = [
    "Compiled",
    "DamagedArticleError",
    "NewerArticleError",
    "NoteEntry",
    "SectionEntry",
    "decode",
    "encode",
]

MAGIC = b"SRa\x1a"
VERSION = 1

MAX_SECTION_BLOCKS = 500
MAX_SECTION_CHARACTERS = 100_000

_PREAMBLE = Layout("<4sHHII")
_CHECKSUM = Layout("<I")
_PREAMBLE_BYTES = _PREAMBLE.size + _CHECKSUM.size

Read = Callable[[int, int], bytes | memoryview]
"""Return ``length`` bytes from ``offset``; fewer where the data ends earlier."""

Decoded = TypeVar("Decoded")


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


class SectionEntry(Struct, frozen=True, array_like=True, gc=False):
    """A heading and the blocks down to the next heading of any level, without the blocks.

    ``level`` is 0, and ``title`` empty, where no heading begins it: before the first heading, and
    where a long section is cut. ``first`` and ``end`` are block indices, half open. ``start`` is
    the canonical offset of its first character and ``characters`` the length of its text, without
    the newline that joins it to what follows. ``offset``, ``length`` (bytes) and ``crc`` place and
    check its blob.
    """

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


class NoteEntry(Struct, frozen=True, array_like=True, gc=False):
    """A note without its blocks; ``start`` and ``characters`` as in ``SectionEntry``."""

    key: str
    label: str
    blocks: int
    start: int
    characters: int


class _Header(Struct, frozen=True, array_like=True):
    """Offsets of blobs count from the end of the header."""

    metadata: Metadata
    sections: tuple[SectionEntry, ...]
    notes: tuple[NoteEntry, ...]
    set_aside: tuple[SetAside, ...]
    warnings: tuple[str, ...]
    notes_offset: int
    notes_length: int
    notes_crc: int


_encoder = msgspec.msgpack.Encoder()
_decode_header = msgspec.msgpack.Decoder(_Header)
_decode_blocks = msgspec.msgpack.Decoder(tuple[Block, ...])
_decode_notes = msgspec.msgpack.Decoder(tuple[Note, ...])


def encode(article: Article) -> bytes:
    """Return the compiled form of an article.

    Raises:
        UnicodeEncodeError: a string holds half of a surrogate pair.
    """
    blobs: list[bytes] = []
    sections: list[SectionEntry] = []
    start = offset = 0
    for first, end in _cuts(article.blocks):
        blocks = article.blocks[first:end]
        blob = _encoder.encode(blocks)
        characters = _length(blocks)
        head = blocks[0] if _begins_section(blocks[0]) else _NO_HEADING
        sections.append(
            SectionEntry(
                head.level, head.text, head.anchor, first, end, start, characters, offset, len(blob), zlib.crc32(blob)
            )
        )
        blobs.append(blob)
        start += characters + 1
        offset += len(blob)
    notes = []
    for note in article.notes:
        characters = _length(note.blocks)
        notes.append(NoteEntry(note.key, note.label, len(note.blocks), start, characters))
        start += characters + 1 if note.blocks else 0
    blob = _encoder.encode(article.notes)
    blobs.append(blob)
    header = _encoder.encode(
        _Header(
            article.metadata,
            tuple(sections),
            tuple(notes),
            article.set_aside,
            article.warnings,
            offset,
            len(blob),
            zlib.crc32(blob),
        )
    )
    preamble = _PREAMBLE.pack(MAGIC, VERSION, 0, len(header), zlib.crc32(header))
    return b"".join([preamble, _CHECKSUM.pack(zlib.crc32(preamble)), header, *blobs])


def decode(data: bytes | bytearray | memoryview, name: str = "") -> Article:
    """Return the article that ``encode`` made the data from; ``name`` is for the error's sentence.

    Raises:
        DamagedArticleError, NewerArticleError: see there.
    """
    return Compiled.over(data, name).article()


class Compiled:
    """A compiled article, opened by its header: blocks are decoded as they are asked for.

    Every part is checked when it is read. Nothing is kept but the header: the caller caches.
    """

    def __init__(self, read: Read, name: str = "") -> None:
        """Read the header.

        Raises:
            DamagedArticleError: it is not one, or not whole.
            NewerArticleError: a newer version of the program wrote it.
        """
        self._read = read
        self._name = name
        header_length, header_crc = self._preamble()
        self._blobs = _PREAMBLE_BYTES + header_length
        self._header = self._part(_decode_header, _PREAMBLE_BYTES, header_length, header_crc)
        self._firsts = [entry.first for entry in self.sections]
        self._starts = [entry.start for entry in self.sections]

    @classmethod
    def over(cls, data: bytes | bytearray | memoryview, name: str = "") -> Compiled:
        """Open data that is in memory, or mapped into it."""
        view = memoryview(data)
        return cls(lambda offset, length: view[offset : offset + length], name)

    @property
    def metadata(self) -> Metadata:
        return self._header.metadata

    @property
    def sections(self) -> tuple[SectionEntry, ...]:
        """The sections in reading order; together they hold every block of the body once."""
        return self._header.sections

    @property
    def note_entries(self) -> tuple[NoteEntry, ...]:
        return self._header.notes

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        return self._header.set_aside

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._header.warnings

    @property
    def block_count(self) -> int:
        """How many blocks the body has."""
        return self.sections[-1].end if self.sections else 0

    def outline(self) -> Section:
        """Return the same tree as ``outline.outline`` of the blocks, without decoding any."""
        heads = [Heading(entry.first, entry.level, entry.title) for entry in self.sections if entry.level]
        return tree(heads, self.block_count)

    def section_of(self, block: int) -> int:
        """Return the index of the section that holds a block, the nearest one for no block."""
        return max(0, bisect_right(self._firsts, block) - 1)

    def section_at(self, offset: int) -> int:
        """Return the index of the section at a canonical offset; the last one for the notes'."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def blocks(self, section: int) -> tuple[Block, ...]:
        """Return a section's blocks.

        Raises:
            DamagedArticleError: this section is damaged; others may be sound.
            IndexError: there is no such section.
        """
        entry = self.sections[section]
        return self._part(_decode_blocks, self._blobs + entry.offset, entry.length, entry.crc)

    def notes(self) -> tuple[Note, ...]:
        """Return all notes.

        Raises:
            DamagedArticleError: the notes are damaged.
        """
        header = self._header
        return self._part(_decode_notes, self._blobs + header.notes_offset, header.notes_length, header.notes_crc)

    def article(self) -> Article:
        """Return the whole article.

        Raises:
            DamagedArticleError: some part of it is damaged.
        """
        blocks: list[Block] = []
        for section in range(len(self.sections)):
            blocks += self.blocks(section)
        return Article(self.metadata, tuple(blocks), self.notes(), self.set_aside, self.warnings)

    def _preamble(self) -> tuple[int, int]:
        data = bytes(self._read(0, _PREAMBLE_BYTES))
        fields, checksum = data[: _PREAMBLE.size], data[_PREAMBLE.size :]
        if len(data) != _PREAMBLE_BYTES or checksum != _CHECKSUM.pack(zlib.crc32(fields)):
            raise DamagedArticleError(self._name)
        magic, version, _nothing, header_length, header_crc = _PREAMBLE.unpack(fields)
        if magic != MAGIC or version == 0:
            raise DamagedArticleError(self._name)
        if version > VERSION:
            raise NewerArticleError(self._name)
        return header_length, header_crc

    def _part(self, decoder: msgspec.msgpack.Decoder[Decoded], offset: int, length: int, crc: int) -> Decoded:
        data = self._read(offset, length)
        if len(data) != length or zlib.crc32(data) != crc:
            raise DamagedArticleError(self._name)
        try:
            return decoder.decode(data)
        # A sound checksum over unsound contents: a program error or a forgery, never a lost bit.
        except (msgspec.MsgspecError, ValueError) as exc:
            raise DamagedArticleError(self._name) from exc


_NO_HEADING = Block(BlockKind.PARAGRAPH)


def _begins_section(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and not block.within


def _length(blocks: Sequence[Block]) -> int:
    """Return the length of the blocks' texts joined by one newline."""
    return sum([len(block.text) for block in blocks]) + max(0, len(blocks) - 1)


def _cuts(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the block ranges of the sections, none of them empty."""
    first = characters = 0
    for index, block in enumerate(blocks):
        full = index - first >= MAX_SECTION_BLOCKS or characters > MAX_SECTION_CHARACTERS
        if index > first and (full or _begins_section(block)):
            yield first, index
            first = index
            characters = 0
        characters += len(block.text) + 1
    if first < len(blocks):
        yield first, len(blocks)
