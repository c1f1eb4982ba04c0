"""An article as bytes: opened by its header and skeleton, its text read a chunk at a time.

The layout, all numbers little-endian::

    preamble   magic 4 bytes, version u16, nothing u16, header length u32, header CRC u32,
               CRC u32 of the sixteen bytes before
    header     MessagePack: metadata, how many there are of everything, where the parts are
    numbers    arrays of u32: the skeleton (where passages, marks, notes, anchors are) and the table
               of chunks; then one byte a passage (its kind) and one a chunk (its heading's level)
    names      MessagePack: keys and labels of notes, anchors, titles of sections
    aside      MessagePack: what was set aside, warnings
    chunks     MessagePack: the blocks of each section, or of a piece of a long one; then the notes'

The preamble stays as it is in every version, so that an old program can tell a newer file from a
damaged one. Each part carries a CRC-32, which sees every change of up to 32 adjacent bits. In
version 1, which is still read, the header held the section table, and all notes were one part.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, compress, islice
from struct import Struct as Layout

import msgspec
from msgspec import Struct

from reader.article.forms import (
    Aside,
    Chunks,
    FirstForm,
    Form,
    Header,
    SecondForm,
    Strings,
    decode_first_header,
    decode_header,
    packed,
)
from reader.article.model import Article, Block, BlockKind, Note, SetAside
from reader.article.notes import passages
from reader.article.outline import Heading, Section, tree
from reader.article.parts import (
    DamagedArticleError,
    NewerArticleError,
    Parts,
    Piece,
    Read,
    StoredArticleError,
)
from reader.article.skeleton import NUMBER, Names, Skeleton, starts_of, survey

__all__ = [
    "Compiled",
    "DamagedArticleError",
    "NewerArticleError",
    "NoteEntry",
    "SectionEntry",
    "StoredArticleError",
    "decode",
    "encode",
    "encoded",
]

MAGIC = b"SRa\x1a"
VERSION = 2

MAX_SECTION_BLOCKS = 500
MAX_SECTION_CHARACTERS = 20_000
"""About what one screen and its neighbourhood need: decoded in well under a millisecond."""

_PREAMBLE = Layout("<4sHHII")
_CHECKSUM = Layout("<I")
_PREAMBLE_BYTES = _PREAMBLE.size + _CHECKSUM.size


class SectionEntry(Struct, frozen=True, array_like=True, gc=False):
    """A heading and the blocks down to the next heading of any level, without the blocks.

    ``level`` is 0, and ``title`` empty, where no heading begins it: before the first heading, and
    where a long section is cut. ``first`` and ``end`` are block indices, half open. ``start`` is
    the canonical offset of its first character and ``characters`` the length of its text, without
    the newline that joins it to what follows. ``length`` is that of its stored blocks, in bytes.
    """

    level: int
    title: str
    anchor: str
    first: int
    end: int
    start: int
    characters: int
    length: int


class NoteEntry(Struct, frozen=True, array_like=True, gc=False):
    """A note without its blocks; ``start`` and ``characters`` as in ``SectionEntry``."""

    key: str
    label: str
    blocks: int
    start: int
    characters: int


_encoder = msgspec.msgpack.Encoder()


def encode(article: Article) -> bytes:
    """Return the compiled form of an article.

    Raises:
        UnicodeEncodeError: a string holds half of a surrogate pair.
    """
    return b"".join(encoded(article))


def encoded(article: Article) -> list[bytes]:
    """Return the same in pieces, to be written one after the other: joined, they are there twice.

    Raises:
        UnicodeEncodeError: see ``encode``.
    """
    every = tuple(passages(article))
    body = len(article.blocks)
    skeleton, names = survey(article, every, starts_of(every))
    cuts = [*_cuts(article.blocks), *((body + first, body + end) for first, end in _cuts(every[body:], _never))]
    blobs = [_encoder.encode(every[first:end]) for first, end in cuts]
    heads = [every[first] if first < body and _begins_section(every[first]) else _NO_HEADING for first, _ in cuts]
    chunks = Chunks(
        sum(first < body for first, _ in cuts),
        array(NUMBER, [*(first for first, _ in cuts), len(every)]),
        array(NUMBER, accumulate(map(len, blobs), initial=0)),
        array(NUMBER, map(zlib.crc32, blobs)),
        bytes([head.level for head in heads]),
    )
    parts = (
        packed(skeleton, chunks),
        _encoder.encode(Strings(names, tuple(head.text for head in heads if head.level))),
        _encoder.encode(Aside(article.set_aside, article.warnings)),
    )
    offsets = list(accumulate(map(len, parts), initial=0))
    numbers, strings, aside = (
        Piece(offset, len(part), zlib.crc32(part)) for offset, part in zip(offsets, parts, strict=False)
    )
    header = _encoder.encode(
        Header(
            metadata=article.metadata,
            passages=len(every),
            body_passages=body,
            chunks=len(cuts),
            body_chunks=chunks.body,
            marks=len(skeleton.mark_offsets),
            notes=len(article.notes),
            anchors=len(names.anchors),
            numbers=numbers,
            names=strings,
            aside=aside,
            blobs=offsets[-1],
        )
    )
    preamble = _PREAMBLE.pack(MAGIC, VERSION, 0, len(header), zlib.crc32(header))
    return [preamble, _CHECKSUM.pack(zlib.crc32(preamble)), header, *parts, *blobs]


def decode(data: bytes | bytearray | memoryview, name: str = "") -> Article:
    """Return the article that ``encode`` made the data from; ``name`` is for the error's sentence.

    Raises:
        DamagedArticleError, NewerArticleError: see there.
    """
    return Compiled.over(data, name).article()


class Compiled:
    """A compiled article, opened by its header and skeleton: blocks are decoded as they are asked for.

    Every part is checked when it is read. No block is kept: the caller caches.
    """

    def __init__(self, read: Read, name: str = "") -> None:
        """Read the header.

        Raises:
            DamagedArticleError: it is not one, or not whole.
            NewerArticleError: a newer version of the program wrote it.
        """
        self._parts = Parts(read, name)
        version, header = self._preamble(read)
        end = header.offset + header.length
        self._form: Form
        if version == 1:
            self._form = FirstForm(self._parts, self._parts.decoded(decode_first_header, header), end)
        else:
            self._form = SecondForm(self._parts, self._parts.decoded(decode_header, header), end)
        self.metadata = self._form.metadata
        """As it is stored; who has the article may say otherwise."""

    @classmethod
    def over(cls, data: bytes | bytearray | memoryview, name: str = "") -> Compiled:
        """Open data that is in memory, or mapped into it."""
        view = memoryview(data)
        return cls(lambda offset, length: view[offset : offset + length], name)

    @property
    def skeleton(self) -> Skeleton:
        """Where everything is. In version 1 it is made by decoding the whole, once.

        Raises:
            DamagedArticleError: in version 1 only.
        """
        return self._form.skeleton

    @property
    def names(self) -> Names:
        """The strings that belong to the skeleton.

        Raises:
            DamagedArticleError: they are damaged.
        """
        return self._form.names

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        return self._form.aside.set_aside

    @property
    def warnings(self) -> tuple[str, ...]:
        return self._form.aside.warnings

    @property
    def block_count(self) -> int:
        """How many blocks the body has."""
        return self._form.firsts[self._form.body_chunks]

    # -- sections ----------------------------------------------------------------------------------

    @cached_property
    def sections(self) -> tuple[SectionEntry, ...]:
        """The sections in reading order; together they hold every block of the body once."""
        form, starts = self._form, self.skeleton.starts
        titles = iter(form.titles)
        anchors = dict(zip(self.skeleton.anchor_passages, self.names.anchors, strict=True))
        entries = []
        for chunk in range(form.body_chunks):
            first, end, level = form.firsts[chunk], form.firsts[chunk + 1], form.levels[chunk]
            start, length = starts[first], form.piece(chunk).length
            title, anchor = (next(titles, ""), anchors.get(first, "")) if level else ("", "")
            entries.append(SectionEntry(level, title, anchor, first, end, start, starts[end] - 1 - start, length))
        return tuple(entries)

    def outline(self) -> Section:
        """Return the same tree as ``outline.outline`` of the blocks, without decoding any."""
        form = self._form
        heads = list(map(Heading, compress(form.firsts, form.levels), filter(None, form.levels), form.titles))
        return tree(heads, self.block_count)

    def section_of(self, block: int) -> int:
        """Return the index of the section that holds a block, the nearest one for no block."""
        form = self._form
        return max(0, min(bisect_right(form.firsts, block), form.body_chunks) - 1)

    def section_at(self, offset: int) -> int:
        """Return the index of the section at a canonical offset; the last one for the notes'."""
        passage = bisect_right(self.skeleton.starts, offset) - 1
        return self.section_of(passage)

    def blocks(self, section: int) -> tuple[Block, ...]:
        """Return a section's blocks.

        Raises:
            DamagedArticleError: this section is damaged; others may be sound.
            IndexError: there is no such section.
        """
        return self.chunk(range(self._form.body_chunks)[section])

    # -- chunks ------------------------------------------------------------------------------------

    @property
    def chunk_firsts(self) -> Sequence[int]:
        """The first passage of each chunk, and the number of passages.

        The first chunks are the sections, those after them the notes'.
        """
        return self._form.firsts

    def chunk(self, chunk: int) -> tuple[Block, ...]:
        """Return a chunk's blocks.

        Raises:
            DamagedArticleError: it is damaged.
        """
        blocks = self._form.blocks(chunk)
        self._check(chunk, blocks)
        return blocks

    def texts(self, chunk: int) -> list[str]:
        """Return the texts of a chunk's blocks; in half the time of decoding them.

        Raises:
            DamagedArticleError: it is damaged.
        """
        texts = self._form.texts(chunk)
        self._check(chunk, texts)
        return texts

    def _check(self, chunk: int, found: Sequence[object]) -> None:
        if len(found) != self._form.firsts[chunk + 1] - self._form.firsts[chunk]:
            raise DamagedArticleError(self._parts.name)

    # -- notes, and all ----------------------------------------------------------------------------

    @property
    def note_entries(self) -> tuple[NoteEntry, ...]:
        skeleton, names = self.skeleton, self.names
        starts, firsts = skeleton.starts, skeleton.note_firsts
        entries = []
        for note, number in enumerate(skeleton.note_keys):
            first, end = firsts[note], firsts[note + 1]
            start, characters = starts[first], max(0, starts[end] - 1 - starts[first])
            entries.append(NoteEntry(names.keys[number], names.labels[number], end - first, start, characters))
        return tuple(entries)

    def notes(self) -> tuple[Note, ...]:
        """Return all notes.

        Raises:
            DamagedArticleError: the notes are damaged.
        """
        chunks = range(self._form.body_chunks, len(self._form.firsts) - 1)
        blocks = (block for chunk in chunks for block in self.chunk(chunk))
        return tuple(Note(entry.key, entry.label, tuple(islice(blocks, entry.blocks))) for entry in self.note_entries)

    def article(self) -> Article:
        """Return the whole article.

        Raises:
            DamagedArticleError: some part of it is damaged.
        """
        blocks: list[Block] = []
        for section in range(self._form.body_chunks):
            blocks += self.chunk(section)
        aside = self._form.aside
        return Article(self.metadata, tuple(blocks), self.notes(), aside.set_aside, aside.warnings)

    def check(self) -> None:
        """Read everything once, and look whether it is what was written; no block of version 2 is decoded.

        Raises:
            DamagedArticleError: some part of it is damaged.
        """
        form = self._form
        _ = form.skeleton, form.names, form.aside
        for chunk in range(len(form.firsts) - 1):
            self._parts.checked(form.piece(chunk))

    def _preamble(self, read: Read) -> tuple[int, Piece]:
        """Return the version, and where the header is."""
        data = bytes(read(0, _PREAMBLE_BYTES))
        name = self._parts.name
        fields, checksum = data[: _PREAMBLE.size], data[_PREAMBLE.size :]
        if len(data) != _PREAMBLE_BYTES or checksum != _CHECKSUM.pack(zlib.crc32(fields)):
            raise DamagedArticleError(name)
        magic, version, _nothing, header_length, header_crc = _PREAMBLE.unpack(fields)
        if magic != MAGIC or version == 0:
            raise DamagedArticleError(name)
        if version > VERSION:
            raise NewerArticleError(name)
        return version, Piece(_PREAMBLE_BYTES, header_length, header_crc)


_NO_HEADING = Block(BlockKind.PARAGRAPH)


def _begins_section(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and not block.within


def _never(block: Block) -> bool:
    """Say of every block of a note that no section begins there."""
    return False


def _cuts(blocks: Sequence[Block], begins: Callable[[Block], bool] = _begins_section) -> Iterator[tuple[int, int]]:
    """Yield the block ranges of the sections, none of them empty."""
    first = characters = 0
    for index, block in enumerate(blocks):
        full = index - first >= MAX_SECTION_BLOCKS or characters > MAX_SECTION_CHARACTERS
        if index > first and (full or begins(block)):
            yield first, index
            first = index
            characters = 0
        characters += len(block.text) + 1
    if first < len(blocks):
        yield first, len(blocks)
