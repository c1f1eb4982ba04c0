"""The values an article is made of.

All are frozen ``msgspec`` structs: cheap to make by the ten thousand, and safe to hand from a
background thread to the window. Offsets count Unicode code points.
"""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct

__all__ = [
    "Article",
    "Block",
    "BlockKind",
    "Code",
    "Image",
    "Imported",
    "ListItem",
    "Mark",
    "Metadata",
    "Note",
    "Resource",
    "SetAside",
    "Span",
    "SpanKind",
    "TableRow",
]


class BlockKind(IntEnum):
    """What a block is. The numbers are stored: never renumber, only add."""

    PARAGRAPH = 0
    HEADING = 1
    LEAD = 2
    QUOTATION = 3
    LIST_ITEM = 4
    TERM = 5
    DEFINITION = 6
    CAPTION = 7
    IMAGE = 8
    TABLE_ROW = 9
    CODE = 10
    VERSE = 11
    RULE = 12
    REFERENCE = 13


class SpanKind(IntEnum):
    """What a span is. The numbers are stored: never renumber, only add."""

    EMPHASIS = 0
    STRONG = 1
    CODE = 2
    LINK = 3
    SUB = 4
    SUP = 5
    LANGUAGE = 6
    ABBREVIATION = 7


class Span(Struct, frozen=True, array_like=True, gc=False):
    """A half-open range of a block's text that is set or meant differently.

    ``value`` is the target of a LINK (an address, or ``#`` and a block's anchor), the tag of a
    LANGUAGE (BCP 47), the long form of an ABBREVIATION, and empty for the rest.
    """

    start: int
    end: int
    kind: SpanKind
    value: str = ""


class Mark(Struct, frozen=True, array_like=True, gc=False):
    """A footnote mark: a position in a block's text, before the character at ``offset``.

    It has no characters of its own, so that what is copied, searched or spoken is clean. ``note``
    is the key of a note of the article; a mark whose key no note has is an orphan and is kept.
    """

    offset: int
    note: str


class ListItem(Struct, frozen=True, array_like=True, tag="item", gc=False):
    """How a LIST_ITEM is counted: its number in an ordered list, or None for a bullet."""

    number: int | None = None


class TableRow(Struct, frozen=True, array_like=True, tag="row", gc=False):
    """A TABLE_ROW: its cells are its text split at tabs.

    ``header`` is true for the row that names the columns, which also begins a new table; there
    ``align`` has one letter a column (``l``, ``c``, ``r``, or ``-`` for none said).
    """

    header: bool = False
    align: str = ""


class Image(Struct, frozen=True, array_like=True, tag="image", gc=False):
    """An IMAGE: the name of its resource. The block's text is the alternative text."""

    resource: str
    title: str = ""


class Code(Struct, frozen=True, array_like=True, tag="code", gc=False):
    """The language of a CODE block, as its author named it; may be empty."""

    language: str = ""


Detail = ListItem | TableRow | Image | Code


class Block(Struct, frozen=True, array_like=True, gc=False):
    """One block of text: a heading, a paragraph, a row of a table.

    ``text`` is plain Unicode (NFC); a newline in it is a forced line break (verse, code, an
    address), and in a TABLE_ROW a tab stands between cells. ``spans`` are ordered by start, then
    by descending end, then by kind; ``marks`` by offset.

    ``level`` is 1 to 6 for a HEADING and 0 for every other kind. ``within`` names the containers
    around the block, outermost first: ``>`` a quotation, ``-`` the body of a list item or of a
    definition. A QUOTATION is a paragraph directly inside a quotation, so its ``within`` ends in
    ``>``; a PARAGRAPH whose ``within`` ends in ``-`` goes on with the item above it.
    """

    kind: BlockKind
    text: str = ""
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    level: int = 0
    within: str = ""
    anchor: str = ""
    detail: Detail | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts of a TABLE_ROW's cells; of any other block, its whole text."""
        return tuple(self.text.split("\t")) if self.kind is BlockKind.TABLE_ROW else (self.text,)


class Note(Struct, frozen=True, array_like=True, gc=False):
    """A footnote or endnote.

    ``key`` is unique in the article; ``label`` is what a reader sees (``1``, ``*``, ``iv``) and may
    repeat where an author counts anew in each chapter: see ``article.notes``.
    """

    key: str
    label: str
    blocks: tuple[Block, ...]


class SetAside(Struct, frozen=True, array_like=True, gc=False):
    """Text of the file that an importer took for no part of the article, and why.

    ``line`` counts the file's lines from 1 (0: unknown); ``before`` is the index of the block
    that it stood before (the number of blocks: at the end).
    """

    line: int
    text: str
    reason: str
    before: int


class Metadata(Struct, frozen=True, omit_defaults=True):
    """What is known about the article as a whole. Unknown is empty."""

    title: str = ""
    kicker: str = ""
    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    date: str = ""
    """As ISO 8601 as far as it is known: ``2021-12-12``, ``1918-03``, ``1905``; else as printed."""
    language: str = ""
    """A BCP 47 tag."""
    source: str = ""
    rights: str = ""


class Article(Struct, frozen=True):
    """A text with its outline, notes and all that was set aside when it was brought in."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def lead(self) -> str:
        """The text that introduces the article, or an empty string."""
        return "\n".join(block.text for block in self.blocks if block.kind is BlockKind.LEAD)


class Resource(Struct, frozen=True):
    """A picture that came with an article. ``name`` is what ``Image.resource`` says."""

    name: str
    media_type: str
    data: bytes


class Imported(Struct, frozen=True):
    """What an importer makes of a file: the article and the pictures it shows."""

    article: Article
    resources: tuple[Resource, ...] = ()
