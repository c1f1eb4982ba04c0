"""A table of contents: lines that name headings and are none themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Piece
from reader.importers.plaintext.titles import MAX_TITLE
from reader.importers.plaintext.words import CONTENTS_HEADING, PART_WORDS

_PARTS = frozenset(word for words in PART_WORDS.values() for word in words.split())
"""What may stand before a number in the text and not in the contents: Chapter 1 is 1 there."""

MAX_DISTANCE = 400
"""How many pieces down a table of contents is looked for."""


def take_contents(pieces: Sequence[Piece]) -> set[int]:
    """Return the indices of a table of contents: lines that stand again, as headings, further down."""
    start = next(
        (i for i, p in enumerate(pieces[:MAX_DISTANCE]) if len(p.text) < 60 and CONTENTS_HEADING.match(p.text)), -1
    )
    if start < 0 or start + 2 >= len(pieces):
        return set()
    end = _end_of_contents(pieces, start)
    if pieces[start].kind is BlockKind.PARAGRAPH and end > start + 1:
        pieces[start].kind, pieces[start].level, pieces[start].sure = BlockKind.HEADING, 1, True
    return set(range(start + 1, end))


def _end_of_contents(pieces: Sequence[Piece], start: int) -> int:
    """Return where the text begins: where one of the first entries stands again."""
    rows = [(i, row) for i in range(start + 1, min(start + 6, len(pieces))) for row in pieces[i].rows]
    wanted = [(i, words) for i, row in rows[:5] if len(words := _entry(row)) > 1 or len("".join(words)) > 3]
    for j in range(start + 2, len(pieces)):
        words = _entry(pieces[j].text) if len(pieces[j].text) <= MAX_TITLE else []
        if words and any(_begins(words, entry) for i, entry in wanted if i < j) and not _is_entry(pieces[j].text):
            return j
    end = start + 1
    while end < len(pieces) and _is_entry(pieces[end].text):
        end += 1
    return end


def _begins(words: list[str], entry: list[str]) -> bool:
    """Return whether one of two lists of words begins the other, by at least two words or all of both."""
    size = min(len(words), len(entry))
    return words[:size] == entry[:size] and (size > 1 or len(words) == len(entry))


_LEADERS = re.compile(r"(?:\s*\.[. ]{2,}\s*|\s{3,}|\t)[\divxlc]*\s*$|\s+\d{1,4}$")


def _is_entry(text: str) -> bool:
    return _LEADERS.search(text) is not None


def _entry(text: str) -> list[str]:
    """Return a heading's words as a table of contents and the text both have them."""
    words = re.findall(r"\w+", _LEADERS.sub("", text).lower())
    return words[1:] if len(words) > 1 and words[0] in _PARTS and words[1][0].isdigit() else words
