"""The canonical text of an article and its offsets.

The canonical text is the texts of the article's passages (its blocks, then its notes' blocks),
joined by one newline. Every place in an article is an offset in it, in code points.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from reader.article.model import Article, Block
from reader.article.notes import passages


class Place(NamedTuple):
    """An offset told by its passage, and within it."""

    passage: int
    offset: int


class CanonicalText:
    """An article's text as one string, and the way between offsets and passages."""

    def __init__(self, article: Article) -> None:
        self.passages: tuple[Block, ...] = tuple(passages(article))
        self.string = "\n".join([block.text for block in self.passages])
        self.starts = array("L", accumulate((len(block.text) + 1 for block in self.passages), initial=0))
        self.body_passages = len(article.blocks)
        self._note_keys = [note.key for note in article.notes for _ in note.blocks]

    def __len__(self) -> int:
        return len(self.string)

    @property
    def body(self) -> str:
        """The text without the notes."""
        return self.string[: max(0, self.starts[self.body_passages] - 1)]

    def place(self, offset: int) -> Place:
        """Return the passage that ``offset`` falls in; the newline after a passage is its end.

        Raises:
            IndexError: the article has no passages.
        """
        if not self.passages:
            raise IndexError(offset)
        offset = min(max(offset, 0), len(self.string))
        passage = min(bisect_right(self.starts, offset), len(self.passages)) - 1
        return Place(passage, offset - self.starts[passage])

    def offset(self, passage: int, within: int = 0) -> int:
        """Return the offset of a place in a passage."""
        return self.starts[passage] + within

    def span(self, passage: int) -> tuple[int, int]:
        """Return start and end of a passage's text."""
        start = self.starts[passage]
        return start, start + len(self.passages[passage].text)

    def note_of(self, passage: int) -> str | None:
        """Return the key of the note that a passage belongs to; None in the body."""
        return None if passage < self.body_passages else self._note_keys[passage - self.body_passages]
