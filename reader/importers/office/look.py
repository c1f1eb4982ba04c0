"""Headings known by their look alone, in a document that uses no style for them.

A heading stands in a line of its own, is short, is set apart from the text as a whole (bold, or larger), and
text that is not so set follows. One line alone proves nothing: it is a title, a name, a field of a form. Lines
of one look, again and again with running text below them, are headings. A line in doubt stays a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple
from xml.etree.ElementTree import Element

MAX_CHARS = 100
MAX_WORDS = 14
MAX_OUTLINED_CHARS = 200
"""Of a paragraph that is a heading by its own outline level only; longer ones are text."""
MIN_LARGER = 1.1
"""How many times the size of the text a line must have to be larger."""
MAX_SHARE = 0.34
"""Of all lines: where more look like headings, the look means something else."""
MAX_RUN = 2
"""How many headings follow one another without text between: more are a list, a form or a title page."""
MIN_ALIKE = 3
"""Lines of one look that make it the look of headings; where they are both bold and larger,"""
MIN_ALIKE_LARGER = 2
"""so many are enough."""
MIN_TEXT_CHARS = 80
"""Of the paragraph below a heading, in the middle of all of one look: labels have only a few words below."""

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
    chosen = _patterns(lines, chosen, body)
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


def drop_headings(outlined: Sequence[Seen], seen: Sequence[Seen], are_styled: bool) -> int:
    """Make paragraphs of what only its own outline level makes a heading, and nothing else; return how many.

    ``are_styled`` says that the document has styles for its headings: then such a line has to look like one.
    """
    body = _body_size(seen)
    count = 0
    for one in outlined:
        text = one.text.strip()
        apart = one.bold or _is_larger(one.size, body)
        if len(text) > MAX_OUTLINED_CHARS or (are_styled and not apart) or _is_sentence(text):
            one.element.tag = "p"
            count += 1
    return count


def title_of(seen: Sequence[Seen]) -> str:
    """Return the first line if it is set as titles are, larger and bold or centred; else nothing."""
    lines = [one for one in seen if one.text.strip()]
    first = lines[0] if lines else None
    body = _body_size(lines)
    if first is None or not _is_larger(first.size, body) or not (first.bold or first.centred):
        return ""
    return " ".join(first.text.split()) if _may_be(first, body) else ""


def _is_sentence(text: str) -> bool:
    return len(text) > MAX_CHARS and _ENDS.search(text) is not None


def _may_be(one: Seen, body: int) -> bool:
    text = one.text.strip()
    if not one.plain or len(text) > MAX_CHARS or len(text.split()) > MAX_WORDS:
        return False
    if _NAMED.match(text) or _STEPS.search(text) or (_ENDS.search(text) and not _NUMBERED.search(text)):
        return False
    if sum(character.isalpha() for character in text) < max(2, len(text) // 2):
        return False
    return one.bold or (_is_larger(one.size, body) and (one.centred or one.size >= body * MIN_LARGER * MIN_LARGER))


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


def _patterns(lines: Sequence[Seen], chosen: Sequence[bool], body: int) -> list[bool]:
    """Return which of the chosen lines have a look that comes again, mostly with running text below."""
    below: dict[_Rank, list[int]] = {}
    for i, one in enumerate(lines):
        if not chosen[i]:
            continue
        stacked = chosen[i + 1]
        if not (stacked and _rank(lines[i + 1]) == _rank(one)):  # two lines of one look together are one place
            below.setdefault(_rank(one), []).append(len(lines[i + 1 + stacked].text))
    kept = {
        rank
        for rank, lengths in below.items()
        if len(lengths) >= (MIN_ALIKE_LARGER if _is_larger(rank.size, body) else MIN_ALIKE)
        and median(lengths) >= MIN_TEXT_CHARS
    }
    return [found and _rank(one) in kept for one, found in zip(lines, chosen, strict=True)]


def _is_larger(size: int, body: int) -> bool:
    return size > 0 and size >= body * MIN_LARGER


def _rank(one: Seen) -> _Rank:
    return _Rank(one.size, one.centred, one.text.isupper())


def _plain(element: Element) -> None:
    """Take away the bold face, which is the heading's look and no emphasis in it."""
    for inner in element.iter("strong"):
        inner.tag = "span"
    for line_break in element.findall("br"):
        line_break.tag, line_break.text = "span", " "
