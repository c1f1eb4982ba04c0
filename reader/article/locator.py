"""Where a thing is in an article, told so that it is found again after the text was revised.

A locator is a W3C TextPositionSelector and TextQuoteSelector in one. The order of the search is
that of Hypothesis: the position, where its text equals the quote; the quote verbatim, with what
stood around it; the quote approximately. The weights are theirs too (quote 50, prefix 20, suffix
20, position 2), but a place must reach a minimum: a lost place is told, never guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from msgspec import Struct

from reader.article.alignment import best_match, cut, distance, likeness
from reader.article.text import Text

__all__ = ["Found", "How", "Locator", "find_again", "locator"]

CONTEXT_CHARACTERS = 32

QUOTE_WEIGHT = 50
PREFIX_WEIGHT = 20
SUFFIX_WEIGHT = 20
POSITION_WEIGHT = 2

# What a place must reach of the whole weight. A quote that is long enough speaks for itself where
# it stands word for word; anything else needs its neighbours.
MIN_SCORE_VERBATIM = 0.5
MIN_SCORE_VERBATIM_SHORT = 0.68
MIN_SCORE_CHANGED = 0.62
TELLING_CHARACTERS = 32
# Where less than this of the neighbours is there, another place nearly as good makes both doubtful.
MIN_CONTEXT = 0.3
RIVAL_SHARE = 0.9
# From here on no better place is looked for.
CERTAIN_SCORE = 0.85

MAX_EDITS = 256
# A longer quote is found by its two ends.
MAX_PATTERN_CHARACTERS = 512
END_CHARACTERS = 192

MAX_VERBATIM = 128
SEED_CHARACTERS = 8
MAX_SEEDS = 24
MAX_SEED_HITS = 64
MAX_WINDOWS = 6
# A text up to this long is looked at whole when no seed is found.
SMALL_TEXT_CHARACTERS = 8_000


class Locator(Struct, frozen=True):
    """A place or passage: canonical offsets, half open, and the words there.

    ``start`` equals ``end``, and ``exact`` is empty, for a point. ``prefix`` and ``suffix`` are up
    to 32 characters on either side.
    """

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


class How(Enum):
    """How a place was found again."""

    UNMOVED = "unmoved"
    MOVED = "moved"
    CHANGED = "changed"
    """Its words are others now, if only a little: worth a look."""


class Found(NamedTuple):
    """Where a locator's place is now, in canonical offsets, half open."""

    start: int
    end: int
    how: How


def locator(text: Text, start: int, end: int) -> Locator:
    """Return the locator of a range, or of a point; offsets outside the text are drawn into it."""
    start = min(max(start, 0), len(text))
    end = min(max(end, start), len(text))
    first = max(0, start - CONTEXT_CHARACTERS)
    string = text.slice(first, end + CONTEXT_CHARACTERS)
    return Locator(start, end, string[start - first : end - first], string[: start - first], string[end - first :])


def find_again(text: Text, target: Locator) -> Found | None:
    """Return where a locator's place is in a text, or None where it is not to be found.

    Time is in proportion to the text's length, some tens of milliseconds for four megabytes.
    """
    if _stands(text, target):
        return Found(target.start, target.end, How.UNMOVED)
    if len(target.exact) > MAX_PATTERN_CHARACTERS:
        return _by_its_ends(text, target)
    string = text.string
    core = _core(target)
    best, score = _best(core, string, _verbatim(core, string))
    if score < CERTAIN_SCORE:
        # The same words may stand elsewhere, while the place itself was mended.
        other, other_score = _best(core, string, _approximate(core, string))
        best = other if other_score > score else best
    if best is None:
        return None
    start, end = _inside(core, string[best.start : best.end])
    start, end = best.start + start, best.start + end
    if string[start:end] == target.exact:
        unmoved = start == target.start and end == target.end
        return Found(start, end, How.UNMOVED if unmoved else How.MOVED)
    if start >= end or distance(target.exact, string[start:end]) > _most_edits(target.exact):
        return None
    return Found(start, end, How.CHANGED)


class _Core(NamedTuple):
    """What is searched for: the quote, drawn out within its passage until it tells enough.

    ``head`` and ``tail`` are what was added to ``exact``; ``prefix`` and ``suffix`` are what is
    left around; ``start`` is where it was. A point is drawn out in the same way.
    """

    head: str
    exact: str
    tail: str
    prefix: str
    suffix: str
    start: int

    @property
    def string(self) -> str:
        return self.head + self.exact + self.tail


class _Candidate(NamedTuple):
    start: int
    end: int
    distance: int


def _stands(text: Text, target: Locator) -> bool:
    prefix_start = target.start - len(target.prefix)
    words = target.prefix + target.exact + target.suffix
    return (
        prefix_start >= 0
        and text.slice(prefix_start, prefix_start + len(words)) == words
        and (len(target.prefix) == CONTEXT_CHARACTERS or prefix_start == 0)
        and (len(target.suffix) == CONTEXT_CHARACTERS or target.end + len(target.suffix) == len(text))
    )


def _core(target: Locator) -> _Core:
    missing = max(0, TELLING_CHARACTERS - len(target.exact))
    tail = target.suffix.split("\n", 1)[0][:missing]
    missing -= len(tail)
    head = target.prefix.rsplit("\n", 1)[-1][-missing:] if missing else ""
    return _Core(
        head,
        target.exact,
        tail,
        target.prefix[: len(target.prefix) - len(head)],
        target.suffix[len(tail) :],
        target.start - len(head),
    )


def _most_edits(pattern: str) -> int:
    # Half of a short word's letters would be those of another word.
    return min(MAX_EDITS, len(pattern) // 2) if len(pattern) >= TELLING_CHARACTERS else (len(pattern) + 2) // 3


def _inside(core: _Core, found: str) -> tuple[int, int]:
    """Return where the exact quote is in what was found for the core."""
    if found == core.string:
        return len(core.head), len(core.head) + len(core.exact)
    start = cut(core.head, core.exact + core.tail, found) if core.head else 0
    if not core.exact:
        return start, start
    end = start + cut(core.exact, core.tail, found[start:]) if core.tail else len(found)
    return start, end


def _best(core: _Core, string: str, candidates: Iterator[_Candidate]) -> tuple[_Candidate | None, float]:
    """Return the best candidate that reaches the minimum, and its score; or None, and 0.

    Of several that only their own words speak for, none is the one: they cannot be told apart.
    """
    best: _Candidate | None = None
    best_score = best_context = rival_score = 0.0
    for candidate in candidates:
        around = _context(core, string, candidate)
        score = _score(core, string, candidate, around)
        if score > best_score:
            rival_score = best_score
            best, best_score, best_context = candidate, score, sum(share for _, share in around)
        else:
            rival_score = max(rival_score, score)
    alone = best_context >= MIN_CONTEXT or rival_score < RIVAL_SHARE * best_score
    if best is None or best_score < _least(core, best) or not alone:
        return None, 0.0
    return best, best_score


def _least(core: _Core, candidate: _Candidate) -> float:
    """Return the score that a candidate must reach."""
    if candidate.distance:
        return MIN_SCORE_CHANGED
    return MIN_SCORE_VERBATIM if len(core.exact) >= TELLING_CHARACTERS else MIN_SCORE_VERBATIM_SHORT


def _context(core: _Core, string: str, candidate: _Candidate) -> list[tuple[float, float]]:
    """Return weight and likeness of each side that there is something to compare on."""
    sides = []
    before = string[max(0, candidate.start - len(core.prefix)) : candidate.start]
    after = string[candidate.end : candidate.end + len(core.suffix)]
    if core.prefix:
        sides.append((PREFIX_WEIGHT * len(core.prefix) / CONTEXT_CHARACTERS, likeness(core.prefix, before)))
    if core.suffix:
        sides.append((SUFFIX_WEIGHT * len(core.suffix) / CONTEXT_CHARACTERS, likeness(core.suffix, after)))
    return sides


def _score(core: _Core, string: str, candidate: _Candidate, around: list[tuple[float, float]]) -> float:
    """Return how well a candidate fits, 0 to 1. The less there is to compare, the less it weighs."""
    telling = min(1.0, len(core.string) / TELLING_CHARACTERS)
    whole = core.string
    quote = likeness(whole, string[candidate.start : candidate.end]) if candidate.distance else 1.0
    nearness = 1 - min(1.0, abs(candidate.start - core.start) / max(1, len(string)))
    parts = [(QUOTE_WEIGHT * telling, quote), (POSITION_WEIGHT, nearness), *around]
    return sum(weight * share for weight, share in parts) / sum(weight for weight, _ in parts)


def _verbatim(core: _Core, string: str) -> Iterator[_Candidate]:
    """Yield the places of the core, those with all or half of the context around them first."""
    whole = core.string
    if not whole and not core.prefix and not core.suffix:
        return
    seen: set[int] = set()
    for before, after in ((core.prefix, core.suffix), (core.prefix, ""), ("", core.suffix), ("", "")):
        needle = before + whole + after
        if not needle:
            continue
        for at in _nearest(string, needle, core.start - len(before), MAX_VERBATIM):
            start = at + len(before)
            if start not in seen:
                seen.add(start)
                yield _Candidate(start, start + len(whole), 0)


def _nearest(string: str, needle: str, near: int, limit: int) -> Iterator[int]:
    """Yield up to ``limit`` places of a needle: about the nearest, half on either side."""
    near = max(0, near)
    at = string.find(needle, near)
    for _ in range(limit // 2):
        if at < 0:
            break
        yield at
        at = string.find(needle, at + 1)
    at = string.rfind(needle, 0, near + len(needle) - 1)
    for _ in range(limit // 2):
        if at < 0:
            break
        yield at
        at = string.rfind(needle, 0, at + len(needle) - 1)


def _approximate(core: _Core, string: str) -> Iterator[_Candidate]:
    """Yield the places that are most like the core, within the bound on edits."""
    whole = core.string
    if not whole:
        return
    most = _most_edits(whole)
    margin = most + SEED_CHARACTERS
    starts = _starts(core, string)
    seen: set[int] = set()
    if not starts and len(string) <= SMALL_TEXT_CHARACTERS:
        starts, margin = [core.start], SMALL_TEXT_CHARACTERS
    for start in starts:
        first = max(0, start - margin)
        window = string[first : max(0, start) + len(whole) + margin]
        match = best_match(whole, window, start - first)
        if match.distance <= most and match.start < match.end and first + match.end not in seen:
            seen.add(first + match.end)
            yield _Candidate(first + match.start, first + match.end, match.distance)


def _starts(core: _Core, string: str) -> list[int]:
    """Return about where the core may begin: where most of its pieces, and its context's, agree."""
    around = core.prefix + core.string + core.suffix
    origin = core.start - len(core.prefix)
    step = max(SEED_CHARACTERS // 2, (len(around) - SEED_CHARACTERS) // MAX_SEEDS + 1)
    votes: Counter[int] = Counter()
    for piece in range(0, max(1, len(around) - SEED_CHARACTERS + 1), step):
        seed = around[piece : piece + SEED_CHARACTERS]
        for at in _nearest(string, seed, origin + piece, MAX_SEED_HITS):
            votes[(at - piece) // SEED_CHARACTERS] += 1
    ranked = sorted(votes, key=lambda bucket: (-votes[bucket], abs(bucket * SEED_CHARACTERS - origin)))
    return [bucket * SEED_CHARACTERS + len(core.prefix) for bucket in ranked[:MAX_WINDOWS]]


def _by_its_ends(text: Text, target: Locator) -> Found | None:
    """Find a long quote by its first and its last words."""
    exact = target.exact
    size, context = END_CHARACTERS, CONTEXT_CHARACTERS
    head = Locator(target.start, target.start + size, exact[:size], target.prefix, exact[size : size + context])
    tail = Locator(target.end - size, target.end, exact[-size:], exact[-size - context : -size], target.suffix)
    first, last = find_again(text, head), find_again(text, tail)
    if first is None or last is None or last.end <= first.start:
        return None
    start, end = first.start, last.end
    if text.slice(start, end) == exact:
        return Found(start, end, How.UNMOVED if start == target.start else How.MOVED)
    if not len(exact) // 2 <= end - start <= 2 * len(exact):
        return None
    return Found(start, end, How.CHANGED)
