"""What is indexed of an article: one document a block, and how much the words in it count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reader.article.model import Article, Block, BlockKind
from reader.search.results import HEAD, NOTES, head
from reader.search.tables import Place

TITLE, AUTHOR = "\x01", "\x02"
"""What the terms of a field begin with, so that they are no words of the text."""

# How much more a word counts where it stands in the head, a heading or a lead.
_HEAD_WEIGHT = 4.0
_HEADING_WEIGHTS = (1.0, 3.0, 2.5, 2.0, 2.0, 1.5, 1.5)  # by level
_KIND_WEIGHTS = {BlockKind.LEAD: 1.5}


class Entry(NamedTuple):
    """One document to be; ``fields`` are what is found by a field's name as well: its prefix, its text."""

    passage: int
    section: int
    place: Place
    weight: float
    text: str
    fields: tuple[tuple[str, str], ...] = ()


def entries(article: Article) -> Iterator[Entry]:
    """Yield what is indexed of an article: its head (always), then the passages that have a text."""
    about = article.metadata
    by = "\n".join((*about.authors, *about.translators))
    yield Entry(HEAD, -1, Place.HEAD, _HEAD_WEIGHT, head(about), ((TITLE, about.title), (AUTHOR, by)))
    section = -1
    for passage, block in enumerate(article.blocks):
        if block.kind is BlockKind.HEADING and not block.within:
            section += 1  # as article.outline numbers them
        if block.text:
            place = Place.HEADING if block.kind is BlockKind.HEADING else Place.TEXT
            yield Entry(passage, section, place, _weight(block), block.text)
    passage = len(article.blocks)
    for note in article.notes:
        for block in note.blocks:
            if block.text:
                yield Entry(passage, NOTES, Place.NOTE, _weight(block), block.text)
            passage += 1


def _weight(block: Block) -> float:
    if block.kind is BlockKind.HEADING:
        return _HEADING_WEIGHTS[block.level] if block.level < len(_HEADING_WEIGHTS) else 1.0
    return _KIND_WEIGHTS.get(block.kind, 1.0)
