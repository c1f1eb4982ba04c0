"""Headings known by their look alone, in a document that uses no style for them.

A heading stands in a line of its own, is short, is set apart from the text as a whole (bold, or larger), and
text that is not so set follows. It is a cautious judgement: a line in doubt stays a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element

MAX_CHARS = 100
MAX_WORDS = 14
MIN_LARGER = 1.1
"""How many times the size of the text a line must have to be larger."""
MAX_SHARE = 0.34
"""Of all lines: where more look like headings, the look means something else."""
MAX_RUN = 2
"""How many headings follow one another without text between: more are a list, a form or a title page."""

_ENDS = re.compile(r"[.,;:…]['\"’”»)\]]*$")
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?$")
_STEPS = re.compile(r"[\u2190-\u21ff\u27f0-\u27ff]")
"""Arrows: such a line says what comes after what."""
_NAMED = re.compile(r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)?|tabelle|рис\.|таблица)\s*\d", re.IGNORECASE)


@dataclass(slots=True)
class Seen:
    """A paragraph as it looks. ``size`` counts half points (0: unknown); ``plain`` says that it may be a heading."""

    element: Element
    text: str
    bold: bool
    size: int
    centred: bool
    plain: bool = True


class _Rank(NamedTuple):
    size: int
    centred: bool
    capitals: bool


def mark_headings(seen: Sequence[Seen]) -> int:
    """Make headings of the paragraphs that look so; return how many there are."""
    lines = [one for one in seen if one.text.strip()]
    body = _body_size(lines)
    chosen = [_may_be(one, body) for one in lines]
    chosen = [found and not _in_crowd(chosen, i) for i, found in enumerate(chosen)]
    chosen = [found and _has_text_below(lines, chosen, i) for i, found in enumerate(chosen)]
    count = sum(chosen)
    if not count or count > MAX_SHARE * len(lines):
        return 0
    found = [one for one, is_one in zip(lines, chosen, strict=True) if is_one]
    ranks = sorted({_rank(one) for one in found}, reverse=True)
    for one in found:
        one.element.tag = f"h{min(ranks.index(_rank(one)) + 1, 6)}"
        _plain(one.element)
    return count


def _body_size(lines: Sequence[Seen]) -> int:
    sizes: Counter[int] = Counter()
    for one in lines:
        sizes[one.size] += len(one.text)
    return sizes.most_common(1)[0][0] if sizes else 0


def _may_be(one: Seen, body: int) -> bool:
    text = one.text.strip()
    if not one.plain or len(text) > MAX_CHARS or len(text.split()) > MAX_WORDS:
        return False
    if _NAMED.match(text) or _STEPS.search(text) or (_ENDS.search(text) and not _NUMBERED.search(text)):
        return False
    if sum(character.isalpha() for character in text) < max(2, len(text) // 2):
        return False
    larger = one.size >= body * MIN_LARGER and one.size > 0
    return one.bold or (larger and (one.centred or one.size >= body * MIN_LARGER * MIN_LARGER))


def _in_crowd(chosen: Sequence[bool], index: int) -> bool:
    """Say whether more lines in a row look so than headings do."""
    first = last = index
    while first > 0 and chosen[first - 1] and index - first <= MAX_RUN:
        first -= 1
    while last + 1 < len(chosen) and chosen[last + 1] and last - index <= MAX_RUN:
        last += 1
    return last - first + 1 > MAX_RUN


def _has_text_below(lines: Sequence[Seen], chosen: Sequence[bool], index: int) -> bool:
    """Say whether running text follows, at once or below one more heading."""
    at = index + 1
    if at < len(lines) and chosen[at]:
        at += 1
    return at < len(lines) and not lines[at].bold and len(lines[at].text) >= len(lines[index].text) // 2


def _rank(one: Seen) -> _Rank:
    return _Rank(one.size, one.centred, one.text.isupper())


def _plain(element: Element) -> None:
    """Take away the bold face, which is the heading's look and no emphasis in it."""
    for inner in element.iter("strong"):
        inner.tag = "span"
    for line_break in element.findall("br"):
        line_break.tag, line_break.text = "span", " "
