"""What the blocks of a page still need: its title once, its lead, its headings in levels without gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from reader.article.model import Block, BlockKind, Metadata
from reader.importers.language import guess_language

MAX_LEAD_CHARS = 600
FIRST_BLOCKS = 6
SAMPLE_CHARS = 40_000


def with_masthead(blocks: Sequence[Block], metadata: Metadata, summary: str) -> tuple[tuple[Block, ...], Metadata]:
    """Return the blocks with the title as their one heading of level 1 where they have it, and what is known."""
    made = _levelled(list(blocks), metadata.title)
    made = _with_lead(made, summary)
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
