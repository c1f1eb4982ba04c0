"""Composing letters and accents (NFC), in linear time whatever the text.

To sort accents that run on for thousands takes Python the square of their number; no letter has more
than a handful, and UAX 15 lets a stream have 30. What runs on beyond that is left out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

MOST_ACCENTS = 30
"""How many characters that combine may follow each other."""

# What may combine is no letter, no digit and no white space; lines drawn of dashes are, too, and are looked at.
_RUN = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_ACCENTS + 1},}}")


def composed(text: str) -> str:
    """Return the text in NFC, without accents that run on and on."""
    return unicodedata.normalize("NFC", without_runs(text)[0])


def composed_at(text: str, points: Sequence[int]) -> tuple[str, list[int]]:
    """Return the same, and where each of the points (offsets in ``text``) has gone."""
    text, points = without_runs(text, points)
    if unicodedata.is_normalized("NFC", text):
        return text, list(points)
    lengths: dict[int, int] = {}
    done = safe = 0  # the length of what is composed up to ``safe``, where nothing combines with what was before
    for point in sorted({*points}):
        start = _last_plain(text, safe, point)
        done += len(unicodedata.normalize("NFC", text[safe:start]))
        safe = start
        lengths[point] = done + len(unicodedata.normalize("NFC", text[safe:point]))
    return unicodedata.normalize("NFC", text), [lengths[point] for point in points]


def without_runs(text: str, points: Sequence[int] = ()) -> tuple[str, Sequence[int]]:
    """Return the text without the accents beyond ``MOST_ACCENTS`` in a row, and where points have gone."""
    out: list[int] = []
    for run in () if text.isascii() else _RUN.finditer(text):
        count = 0
        for place in range(run.start(), run.end()):
            count = count + 1 if unicodedata.combining(text[place]) else 0
            if count > MOST_ACCENTS:
                out.append(place)
    if not out:
        return text, points
    gone = set(out)
    kept = "".join(character for place, character in enumerate(text) if place not in gone)
    return kept, [point - bisect_right(out, point - 1) for point in points]


def _last_plain(text: str, first: int, end: int) -> int:
    """Return where the last ASCII character of a stretch is, which combines with nothing before it."""
    for place in range(end - 1, first, -1):
        if text[place] < "\x80":
            return place
    return first
