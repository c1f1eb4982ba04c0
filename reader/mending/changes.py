"""What differs between two states of a text, as a person reads it: paragraph by paragraph, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import Enum

from msgspec import Struct

MAX_WORDS = 3000
"""In a longer paragraph the words are not compared: time grows with their square."""
LEAST_ALIKE = 0.4
"""Paragraphs that are less alike are another one each, rather than one that was changed."""
_WORDS = re.compile(r"(?:\w+|[^\w\s])\s*|\s+")
"""A word with the gap after it: gaps of their own would be what is alike in all texts, and cost most of the time."""


class Kind(Enum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(Struct, frozen=True):
    """Words that stayed, went or came."""

    kind: Kind
    text: str


class Change(Struct, frozen=True):
    """A paragraph that is not as it was; ``skipped`` paragraphs that stayed as they were stand before it."""

    skipped: int
    pieces: tuple[Piece, ...]


def changes(old: str, new: str, step: Callable[[float], None]) -> tuple[Change, ...]:
    """Return what became another between two Markdown texts, in their order.

    ``step`` is told the share of the work that is done, and may raise ``CancelledError``.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Change] = []
    skipped = 0
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            skipped = j - i
            continue
        for number, pieces in enumerate(_between(before[i:j], after[k:m])):
            step(min((k + number) / len(after), 1.0) if after else 1.0)
            found.append(Change(skipped, pieces))
            skipped = 0
    return tuple(found)


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n{2,}", text.strip("\n")) if part]


def _between(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Yield the pieces of each paragraph of a stretch, those that are alike as one."""
    for old, new in zip(before, after, strict=False):
        pieces = _words(old, new)
        if pieces is None:
            yield (Piece(Kind.REMOVED, old),)
            yield (Piece(Kind.ADDED, new),)
        else:
            yield pieces
    for old in before[len(after) :]:
        yield (Piece(Kind.REMOVED, old),)
    for new in after[len(before) :]:
        yield (Piece(Kind.ADDED, new),)


def _words(old: str, new: str) -> tuple[Piece, ...] | None:
    """Return what changed in a paragraph; None where little of it stayed."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) > MAX_WORDS:
        return None
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.quick_ratio() < LEAST_ALIKE or matcher.ratio() < LEAST_ALIKE:
        return None
    pieces: list[Piece] = []
    gap = ""  # after a word that was changed: it stayed
    for tag, i, j, k, m in matcher.get_opcodes():
        was, now = "".join(before[i:j]), "".join(after[k:m])
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, gap + was))
            gap = ""
            continue
        gap = _gap(was) if _gap(was) == _gap(now) else ""
        for kind, words in ((Kind.REMOVED, was.removesuffix(gap)), (Kind.ADDED, now.removesuffix(gap))):
            pieces += [Piece(kind, words)] if words else []
    return (*pieces, Piece(Kind.SAME, gap)) if gap else tuple(pieces)


def _gap(words: str) -> str:
    """Return the white space that words end with."""
    return words[len(words.rstrip()) :]
