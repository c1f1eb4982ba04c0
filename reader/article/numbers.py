"""Numbers of paragraphs: by them people cite, so they are the same at every size, in print, after a fold.

Every paragraph of the body counts, from 1; headings, quotations, items of lists, captions and notes do not.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from reader.article.model import BlockKind
from reader.article.skeleton import kind_byte

if TYPE_CHECKING:
    from reader.article.text import Text

_PARAGRAPH = kind_byte(BlockKind.PARAGRAPH)


def paragraph_count(text: Text) -> int:
    """Return how many paragraphs the body has."""
    return text.kinds.count(_PARAGRAPH, 0, text.body_passages)


def paragraph_number(text: Text, passage: int) -> int:
    """Return the number of the first paragraph that begins at a passage or after it."""
    return 1 + text.kinds.count(_PARAGRAPH, 0, min(passage, text.body_passages))


def paragraph_at(text: Text, passage: int) -> int:
    """Return the number of the paragraph that a passage is, or of the last before it; 0 before the first."""
    return text.kinds.count(_PARAGRAPH, 0, min(passage + 1, text.body_passages))


def paragraph_passage(text: Text, number: int) -> int | None:
    """Return the passage of a paragraph by its number; None where there is no such paragraph."""
    if not 1 <= number <= paragraph_count(text):
        return None
    kinds = text.kinds
    ends = range(text.body_passages + 1)
    return bisect_left(ends, number, key=lambda end: kinds.count(_PARAGRAPH, 0, end)) - 1
