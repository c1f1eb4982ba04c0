"""What is kept of a text beside it: its first words, and a fingerprint by which nearly the same texts are found.

The fingerprint is a simhash over all runs of four words: each bit is what most runs have there, so that texts
which differ in one run of a hundred differ in a bit or two. It is stored, and never changes for a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from itertools import islice

from reader.article.model import Block, BlockKind

BITS = 64
NEAR_BITS = 3
"""In how many bits the fingerprints of nearly the same texts differ at most."""
MIN_RUNS = 32
"""A shorter text has no fingerprint: chance would decide it."""
RUN_WORDS = 4
OPENING_CHARACTERS = 240
SAMPLED_CHARACTERS = 1_000_000
"""How much of a text is looked at: a fifth of a second."""
_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LEAD, BlockKind.QUOTATION, BlockKind.VERSE})
# A Chinese or Japanese sign counts as a word: those scripts set no spaces.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")
_BIT_SET = tuple(bytes(value >> bit & 1 for value in range(256)) for bit in range(8))


def fingerprint(text: str) -> int | None:
    """Return a signed number of 64 bits; None for a text that is too short for one."""
    words = _WORD.findall(text[:SAMPLED_CHARACTERS].casefold())
    runs = [" ".join(run) for run in zip(*(islice(words, start, None) for start in range(RUN_WORDS)), strict=False)]
    if len(runs) < MIN_RUNS:
        return None
    hashes = b"".join([blake2b(run.encode("utf-8", "replace"), digest_size=8).digest() for run in runs])
    found = 0
    for place in range(8):
        column = hashes[place::8]
        for bit, is_set in enumerate(_BIT_SET):
            if column.translate(is_set).count(1) * 2 > len(runs):
                found |= 1 << (place * 8 + bit)
    return found - (1 << BITS) if found >> (BITS - 1) else found


def distance(one: int, other: int) -> int:
    """Return in how many bits two fingerprints differ."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def opening(blocks: Iterable[Block]) -> str:
    """Return the first words of a text, in one line: of its prose, and of whatever it has where it has none."""
    prose, others = "", ""
    for block in blocks:
        words = " ".join(block.text.split())
        if block.kind in _PROSE:
            prose = f"{prose} {words}".strip()
        elif len(others) < OPENING_CHARACTERS and block.kind is not BlockKind.HEADING:
            others = f"{others} {words}".strip()
        if len(prose) >= OPENING_CHARACTERS:
            break
    return (prose or others)[:OPENING_CHARACTERS].strip()
