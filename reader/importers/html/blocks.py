"""What the blocks of a page still need: its title once, its lead, its headings in levels without gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from reader.article.model import Block, BlockKind, Metadata
from reader.importers.language import guess_language

MAX_LEAD_CHARS = 600
MIN_DECK_CHARS = 45
"""A shorter heading below the title is one."""
DECK_IS_LONGER = 2
"""How many times longer than all headings a sentence below the title is, to be none of them."""
FIRST_BLOCKS = 6
SAMPLE_CHARS = 40_000


def with_masthead(blocks: Sequence[Block], metadata: Metadata, summary: str) -> tuple[tuple[Block, ...], Metadata]:
    """Return the blocks with the title as their one heading of level 1 where they have it, and what is known."""
    made = _without_deck(_levelled(list(blocks), metadata.title), metadata.title)
    made = _levelled(_with_lead(made, summary), metadata.title)
    if not metadata.language:
        text = " ".join(block.text for block in made)[:SAMPLE_CHARS]
        metadata = replace(metadata, language=guess_language(text))
    return tuple(made), metadata


def _levelled(blocks: list[Block], title: str) -> list[Block]:
    """Return the blocks with the heading that is the title at level 1, all others below it without gaps."""
    wanted = _bare(title)
    at = next(
        (i for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and wanted and _bare(b.text) == wanted), -1
    )
    others = sorted({b.level for i, b in enumerate(blocks) if b.kind is BlockKind.HEADING and i != at})
    rank = {level: min(number, 6) for number, level in enumerate(others, 2 if at >= 0 or title else 1)}
    return [
        block if block.kind is not BlockKind.HEADING else replace(block, level=1 if i == at else rank[block.level])
        for i, block in enumerate(blocks)
    ]


def _without_deck(blocks: list[Block], title: str) -> list[Block]:
    """Return the blocks; a sentence set as a heading right below the title is the lead."""
    at = next((i for i, one in enumerate(blocks) if one.kind is BlockKind.HEADING and one.level == 1), -1)
    place = at + 1
    if (not title and at < 0) or place + 1 >= len(blocks) or blocks[place].kind is not BlockKind.HEADING:
        return blocks
    deck = blocks[place]
    others = [one for i, one in enumerate(blocks) if one.kind is BlockKind.HEADING and i > place]
    alone = all(one.level != deck.level for one in others)
    if not alone and any(len(one.text) * DECK_IS_LONGER > len(deck.text) for one in others):
        return blocks
    if len(deck.text) < MIN_DECK_CHARS or deck.marks or blocks[place + 1].kind is BlockKind.HEADING:
        return blocks
    return [*blocks[:place], replace(deck, kind=BlockKind.LEAD, level=0), *blocks[place + 1 :]]


def _with_lead(blocks: list[Block], summary: str) -> list[Block]:
    """Return the blocks; a first paragraph that the page gives as its summary is the lead."""
    if any(block.kind is BlockKind.LEAD for block in blocks) or not summary:
        return blocks
    for i, block in enumerate(blocks[:FIRST_BLOCKS]):
        if (
            block.kind is BlockKind.PARAGRAPH
            and len(block.text) <= MAX_LEAD_CHARS
            and _bare(block.text) == _bare(summary)
        ):
            return [*blocks[:i], replace(block, kind=BlockKind.LEAD), *blocks[i + 1 :]]
    return blocks


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()
