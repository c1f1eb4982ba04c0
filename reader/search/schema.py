"""What the index holds: one document a block, without its text.

This module loads Whoosh; it is imported where an index is first needed, never at start-up.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Generator, Iterator
from typing import NamedTuple

from whoosh import columns, fields, formats

from reader.article.model import Article, Block, BlockKind
from reader.search.analysis import positions
from reader.search.results import HEAD, NOTES, head

VERSION = 1
"""Raise it whenever an index of before would be read wrongly: every index is then made anew."""

TEXT = "text"
ARTICLE = "article"
IS_HEAD = "is_head"
PLACE_COLUMNS = ("article_number", "passage", "section")
REVISION = "revision"

# How much more a word counts where it stands in the head, a heading or a lead. Never below 1:
# the formula of the score does not bear it.
_HEAD_WEIGHT = 4.0
_HEADING_WEIGHTS = (1.0, 3.0, 2.5, 2.0, 2.0, 1.5, 1.5)  # by level
_KIND_WEIGHTS = {BlockKind.LEAD: 1.5}


class IndexBlock(NamedTuple):
    """One document to be: a passage, its section, how much its words count, its text."""

    passage: int
    section: int
    weight: float
    text: str


def blocks_of(article: Article) -> Iterator[IndexBlock]:
    """Yield what is indexed of an article: its head (always), then the passages that have a text."""
    yield IndexBlock(HEAD, -1, _HEAD_WEIGHT, head(article.metadata))
    section = -1
    for passage, block in enumerate(article.blocks):
        if block.kind is BlockKind.HEADING and not block.within:
            section += 1  # as article.outline numbers them
        if block.text:
            yield IndexBlock(passage, section, _weight(block), block.text)
    passage = len(article.blocks)
    for note in article.notes:
        for block in note.blocks:
            if block.text:
                yield IndexBlock(passage, NOTES, _weight(block), block.text)
            passage += 1


def _weight(block: Block) -> float:
    if block.kind is BlockKind.HEADING:
        return _HEADING_WEIGHTS[block.level] if block.level < len(_HEADING_WEIGHTS) else 1.0
    return _KIND_WEIGHTS.get(block.kind, 1.0)


class PositionsFormat(formats.Format):
    """A posting's value: the positions as unsigned 32-bit numbers, little end first."""

    @staticmethod
    def encode(value: array[int]) -> bytes:
        if sys.byteorder == "big":
            value.byteswap()
        return value.tobytes()

    def decode_positions(self, valuestring: bytes) -> array[int]:
        found = array("I")
        found.frombytes(valuestring)
        if sys.byteorder == "big":
            found.byteswap()
        return found

    def decode_frequency(self, valuestring: bytes) -> int:
        return len(valuestring) // 4


class BlockField(fields.FieldType):
    """The words of a block, by our own analysis, in one pass."""

    def __init__(self) -> None:
        super().__init__(PositionsFormat(), None, scorable=True)  # type: ignore[arg-type]

    def index(self, value: str, **_kwargs: object) -> Generator[tuple[bytes, int, float, bytes], None, None]:
        encode = PositionsFormat.encode
        for term, places in positions(value).items():
            yield term.encode("utf-8", "surrogatepass"), len(places), float(len(places)), encode(array("I", places))


def schema() -> fields.Schema:
    """Return the fields of the index."""

    def number() -> fields.COLUMN:
        return fields.COLUMN(columns.NumericColumn("q", default=-3))  # type: ignore[no-untyped-call]

    numbers = {name: number() for name in (*PLACE_COLUMNS, REVISION)}
    return fields.Schema(**{TEXT: BlockField(), ARTICLE: fields.ID(), IS_HEAD: fields.ID()}, **numbers)
