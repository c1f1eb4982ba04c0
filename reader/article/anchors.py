"""Anchors of headings: what a link to a section points to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from urllib.parse import unquote

from msgspec.structs import replace

from reader.article.model import Block, BlockKind, Note, SpanKind

_NOT_IN_SLUG = re.compile(r"[^\w\- ]")


def slug(text: str) -> str:
    """Return the anchor that the common Markdown sites give to a heading of this text."""
    return unicodedata.normalize("NFC", _NOT_IN_SLUG.sub("", text.strip().lower()).replace(" ", "-"))


def link_headings(blocks: tuple[Block, ...], notes: tuple[Note, ...]) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """Give each heading that a link in the text names by its slug that slug as its anchor."""
    wanted = _targets(blocks).union(*(_targets(note.blocks) for note in notes))
    wanted -= {block.anchor for block in blocks}
    if not wanted:
        return blocks, notes
    seen: Counter[str] = Counter()
    made = list(blocks)
    for i, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING:
            continue
        base = slug(block.text)
        name = f"{base}-{seen[base]}" if seen[base] else base
        seen[base] += 1
        if name in wanted and not block.anchor:
            made[i] = replace(block, anchor=name)
            wanted.discard(name)
    return tuple(made), notes


def _targets(blocks: Sequence[Block]) -> set[str]:
    return {
        unquote(span.value[1:])
        for block in blocks
        for span in block.spans
        if span.kind is SpanKind.LINK and span.value.startswith("#")
    }
