"""What a person leaves in an article: bookmarks, and the place last read."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from reader.article.locator import Locator
from reader.article.text import Text

__all__ = ["Bookmark", "ReadingPosition", "excerpt"]

EXCERPT_CHARACTERS = 80
MAX_WORD_CHARACTERS = 40
ELLIPSIS = "…"

_SPACE = re.compile(r"\s+")


class Bookmark(Struct, frozen=True):
    """A marked place or passage.

    ``id`` is a UUID4 as text; ``created`` and ``changed`` are aware and in UTC. ``label`` and
    ``remark`` are the person's own words and may be empty. ``lost`` is true where a revision of
    the text no longer has the place: the bookmark is kept and shown with the words it marked.
    """

    id: str
    target: Locator
    label: str
    remark: str
    created: datetime
    changed: datetime
    lost: bool = False


class ReadingPosition(Struct, frozen=True):
    """Where a person was last: ``share`` of the text (0 to 1) is read; ``at`` is aware, in UTC."""

    target: Locator
    share: float
    at: datetime


def excerpt(text: Text, start: int, end: int, length: int = EXCERPT_CHARACTERS) -> str:
    """Return the words at a place on one line of at most ``length`` characters, for lists.

    A range is shown from its first whole word; a point with what follows it in its passage, or,
    at a passage's end, with the passage. What is left out at the end is marked by an ellipsis.
    """
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    if start == end:
        start, end = _following(text, start)
    start = _word_start(text, start)
    end = _word_end(text, end)
    # White space folds, so that a line of `length` may need more of the text than that.
    reach = min(end, start + 4 * max(1, length))
    line = _SPACE.sub(" ", text.slice(start, reach).replace("\N{SOFT HYPHEN}", "")).strip()
    return line if len(line) <= length and reach == end else _cut(line, max(1, length))


def _following(text: Text, point: int) -> tuple[int, int]:
    """Return the range from a point to its passage's end, or the passage where that is blank."""
    if not text.passages:
        return point, point
    start, end = text.span(text.place(point).passage)
    return (point, end) if text.slice(point, end).strip() else (start, end)


def _word_start(text: Text, at: int) -> int:
    """Return where the word around ``at`` begins; ``at`` in a run of letters without end."""
    begin = text.slice(at - MAX_WORD_CHARACTERS, at)
    for back, character in enumerate(reversed(begin)):
        if character.isspace():
            return at - back
    return 0 if len(begin) == at else at


def _word_end(text: Text, at: int) -> int:
    """Return where the word around ``at`` ends; ``at`` in a run of letters without end."""
    around = text.slice(at - 1, at + MAX_WORD_CHARACTERS)
    before, rest = (around[:1], around[1:]) if at else ("", around)
    if before.isspace():
        return at
    for ahead, character in enumerate(rest):
        if character.isspace():
            return at + ahead
    return len(text) if at + len(rest) == len(text) else at


def _cut(line: str, length: int) -> str:
    """Cut a line after a whole word, or inside the first word where that alone is too long."""
    at = line.rfind(" ", 0, length)
    return line[: at if at > length // 3 else length - 1].rstrip(" ,;:—–-") + ELLIPSIS
