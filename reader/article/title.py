"""The title that an article's own headings imply."""

from __future__ import annotations

from collections.abc import Sequence

from reader.article.model import Block, BlockKind


def implied_title(blocks: Sequence[Block]) -> str:
    """Return the text of the first heading where it is plainly the title; else an empty string.

    It is where its level is 1 and it either opens the article or is the only heading of that level.
    The heading stays a block, so that what lists headings lists it; who shows the title apart from
    the blocks leaves it out there (see ``is_title_block``).
    """
    headings = [(i, block) for i, block in enumerate(blocks) if block.kind is BlockKind.HEADING and not block.within]
    if not headings or headings[0][1].level != 1:
        return ""
    index, first = headings[0]
    if index and sum(block.level == 1 for _, block in headings) > 1:
        return ""
    return " ".join(first.text.split())


def is_title_block(block: Block, title: str) -> bool:
    """Say whether a block is the heading that the title was taken from."""
    return block.kind is BlockKind.HEADING and block.level == 1 and " ".join(block.text.split()) == title
