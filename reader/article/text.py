"""The canonical text of an article and its offsets.

The canonical text is the texts of the article's passages (its blocks, then its notes' blocks),
joined by one newline. Every place in an article is an offset in it, in code points.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reader.article.notes import passages
from reader.article.skeleton import NUMBER, kinds_of, starts_of, survey

if TYPE_CHECKING:
    from reader.article.model import Article, Block
    from reader.article.skeleton import Names, Skeleton


class Place(NamedTuple):
    """An offset told by its passage, and within it."""

    passage: int
    offset: int


class Marks(NamedTuple):
    """All marks of an article, ordered by canonical offset: two columns of the same length.

    ``keys`` has for each the index of its key in ``Text.keys``.
    """

    offsets: array[int]
    keys: array[int]


class Text(ABC):
    """An article's text, and the way between offsets and passages; in memory, or in the store.

    ``passages`` may decode what it is asked for. ``starts`` has the canonical offset of each passage,
    and one more, the length of the text and 1. The passages from ``body_passages`` on are the notes'.
    """

    passages: Sequence[Block]
    starts: array[int]
    body_passages: int

    @property
    @abstractmethod
    def kinds(self) -> bytes:
        """One byte a passage: ``skeleton.kind_byte`` of its kind."""

    @property
    @abstractmethod
    def skeleton(self) -> Skeleton: ...

    @property
    @abstractmethod
    def names(self) -> Names: ...

    @property
    @abstractmethod
    def string(self) -> str:
        """The whole text. Where it is in the store it is made anew each time: ``slice`` is cheaper."""

    @abstractmethod
    def slice(self, start: int, end: int) -> str:
        """Return ``string[start:end]``; offsets outside the text are drawn into it."""

    def __len__(self) -> int:
        return max(0, self.starts[-1] - 1)

    @property
    def body_length(self) -> int:
        """How long the text is without the notes."""
        return max(0, self.starts[self.body_passages] - 1)

    @property
    def body(self) -> str:
        """The text without the notes."""
        return self.slice(0, self.body_length)

    # -- passages ----------------------------------------------------------------------------------

    def place(self, offset: int) -> Place:
        """Return the passage that ``offset`` falls in; the newline after a passage is its end.

        Raises:
            IndexError: the article has no passages.
        """
        starts = self.starts
        count = len(starts) - 1
        if not count:
            raise IndexError(offset)
        offset = min(max(offset, 0), starts[-1] - 1)
        passage = min(bisect_right(starts, offset), count) - 1
        return Place(passage, offset - starts[passage])

    def offset(self, passage: int, within: int = 0) -> int:
        """Return the offset of a place in a passage."""
        return self.starts[passage] + within

    def span(self, passage: int) -> tuple[int, int]:
        """Return start and end of a passage's text."""
        return self.starts[passage], self.starts[passage + 1] - 1

    # -- notes and marks ---------------------------------------------------------------------------

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all notes and marks: marked ones by first mark, then notes that nothing marks."""
        return self.names.keys

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What is shown for each key."""
        return dict(zip(self.names.keys, self.names.labels, strict=True))

    @property
    def marks(self) -> Marks:
        """All marks, ordered by offset."""
        return Marks(self.skeleton.mark_offsets, self.skeleton.mark_keys)

    def mark_offsets(self, key: str) -> tuple[int, ...]:
        """Return where a note is marked, in the order of the text; empty where it is not."""
        number = self._numbers.get(key)
        if number is None:
            return ()
        offsets, firsts = self._marks_by_key
        return tuple(offsets[firsts[number] : firsts[number + 1]])

    def note_of(self, passage: int) -> str | None:
        """Return the key of the note that a passage belongs to; None in the body."""
        if passage < self.body_passages:
            return None
        return self.keys[self.skeleton.note_keys[bisect_right(self.skeleton.note_firsts, passage) - 1]]

    def note_span(self, key: str) -> range | None:
        """Return the passages of a note; None where there is no such note, or nothing in it."""
        number = self._numbers.get(key)
        note = None if number is None else self._notes.get(number)
        if note is None:
            return None
        span = range(self.skeleton.note_firsts[note], self.skeleton.note_firsts[note + 1])
        return span or None

    def anchor_passage(self, anchor: str) -> int | None:
        """Return the first passage with an anchor; None where there is none."""
        return self._anchors.get(anchor)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The index of each key in ``keys``."""
        return {key: number for number, key in enumerate(self.keys)}

    @cached_property
    def _notes(self) -> dict[int, int]:
        """The index of each note in the article, by the index of its key."""
        return {number: note for note, number in enumerate(self.skeleton.note_keys)}

    @cached_property
    def _anchors(self) -> dict[str, int]:
        pairs = zip(reversed(self.names.anchors), reversed(self.skeleton.anchor_passages), strict=True)
        return dict(pairs)  # the first of two alike is the one

    @cached_property
    def _marks_by_key(self) -> tuple[array[int], array[int]]:
        """The offsets of all marks by key, and where each key's begin, one more than there are keys."""
        offsets, numbers = self.marks
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        firsts = array(NUMBER, [0]) * (len(self.keys) + 1)
        for number in numbers:
            firsts[number + 1] += 1
        total = 0
        for number, count in enumerate(firsts):
            total += count
            firsts[number] = total
        return array(NUMBER, map(offsets.__getitem__, order)), firsts


class CanonicalText(Text):
    """The text of an article that is in memory."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self.passages: tuple[Block, ...] = tuple(passages(article))
        self._string = "\n".join([block.text for block in self.passages])
        self.starts = starts_of(self.passages)
        self.body_passages = len(article.blocks)

    @property
    def string(self) -> str:
        return self._string

    def slice(self, start: int, end: int) -> str:
        return self._string[max(0, start) : max(0, end)]

    @cached_property
    def kinds(self) -> bytes:
        return kinds_of(self.passages)

    @cached_property
    def _surveyed(self) -> tuple[Skeleton, Names]:
        return survey(self._article, self.passages, self.starts)

    @property
    def skeleton(self) -> Skeleton:
        return self._surveyed[0]

    @property
    def names(self) -> Names:
        return self._surveyed[1]
