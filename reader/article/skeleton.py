"""The skeleton of an article: where its passages, notes, marks and anchors are, without their words.

It is held in arrays, so that that of a book of 320,000 passages takes a few megabytes and is read
in a few milliseconds.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec import Struct

from reader.article.model import Article, Block, BlockKind
from reader.article.notes import labels

NUMBER = "I"
"""The type code of the arrays: 32 bits without sign, on every system that Python runs on."""


class Skeleton(Struct, frozen=True):
    """An article in numbers; a passage is a block of the body, or after those, of the notes.

    ``starts`` has the canonical offset of each passage, and one more: where another would begin.
    ``kinds`` has one byte a passage, see ``kind_byte``. A mark is a canonical offset and the index
    of its key in ``Names.keys``, ordered by offset. A note is the index of its key and its first
    passage, in the article's order; ``note_firsts`` has one more: the number of passages.
    ``anchor_passages`` are the passages that have an anchor, in order.
    """

    body_passages: int
    starts: array[int]
    kinds: bytes
    mark_offsets: array[int]
    mark_keys: array[int]
    note_keys: array[int]
    note_firsts: array[int]
    anchor_passages: array[int]


class Names(Struct, frozen=True, array_like=True):
    """The strings of a skeleton.

    ``keys`` are those of marks and notes in reading order, ``labels`` what is shown for each;
    ``anchors`` go with ``Skeleton.anchor_passages``.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    anchors: tuple[str, ...]


def kind_byte(kind: BlockKind) -> int:
    """Return what stands for a kind in ``Skeleton.kinds``: its stored number."""
    return int(kind)


def kinds_of(passages: Iterable[Block]) -> bytes:
    """Return one byte a passage: its kind."""
    return bytes([block.kind for block in passages])


def starts_of(passages: Iterable[Block]) -> array[int]:
    """Return where each passage begins, and where one more would."""
    return array(NUMBER, accumulate((len(block.text) + 1 for block in passages), initial=0))


def survey(article: Article, passages: Sequence[Block], starts: array[int]) -> tuple[Skeleton, Names]:
    """Return the skeleton of an article, and its strings."""
    marks = [(start + mark.offset, mark.note) for start, block in zip(starts, passages, strict=False) if block.marks
             for mark in block.marks]  # fmt: skip
    keys = dict.fromkeys(key for _, key in marks)
    keys.update(dict.fromkeys(note.key for note in article.notes))
    numbers = {key: number for number, key in enumerate(keys)}
    shown = labels(keys) | {note.key: note.label for note in article.notes}
    anchored = [(passage, block.anchor) for passage, block in enumerate(passages) if block.anchor]
    firsts = accumulate((len(note.blocks) for note in article.notes), initial=len(article.blocks))
    skeleton = Skeleton(
        len(article.blocks),
        starts,
        kinds_of(passages),
        array(NUMBER, [offset for offset, _ in marks]),
        array(NUMBER, [numbers[key] for _, key in marks]),
        array(NUMBER, [numbers[note.key] for note in article.notes]),
        array(NUMBER, firsts),
        array(NUMBER, [passage for passage, _ in anchored]),
    )
    return skeleton, Names(tuple(keys), tuple(shown[key] for key in keys), tuple(anchor for _, anchor in anchored))
