"""Approximate matching: how far one string is from another, and where in it.

Edit distances by the bit-parallel algorithm of G. Myers, “A fast bit-vector algorithm for
approximate string matching based on dynamic programming”, Journal of the ACM 46 (1999), in the
form of H. Hyyrö, “Explaining and extending the bit-parallel approximate string matching algorithm
of Myers” (Tampere 2001). One Python integer holds a whole column, so that a step costs a dozen
operations whatever the pattern's length up to some hundreds of characters.
"""

from __future__ import annotations

from typing import NamedTuple


class Match(NamedTuple):
    """A range of a text, and its edit distance from the pattern."""

    start: int
    end: int
    distance: int


def distances(pattern: str, text: str, *, anchored: bool) -> list[int]:
    """Return, for each ``j`` from 0, the distance of the pattern from a stretch that ends at ``j``.

    Anchored, the stretch begins at 0; otherwise wherever the distance is least. Time is in
    proportion to the text's length for a pattern of up to some hundreds of characters.
    """
    length = len(pattern)
    if not length:
        return list(range(len(text) + 1)) if anchored else [0] * (len(text) + 1)
    mask = (1 << length) - 1
    last = 1 << (length - 1)
    places: dict[str, int] = {}
    for index, character in enumerate(pattern):
        places[character] = places.get(character, 0) | (1 << index)
    carry = 1 if anchored else 0
    up, down = mask, 0
    score = length
    scores = [score]
    for character in text:
        equal = places.get(character, 0)
        vertical = equal | down
        horizontal = (((equal & up) + up) ^ up) | equal
        increase = down | ~(horizontal | up)
        decrease = up & horizontal
        if increase & last:
            score += 1
        elif decrease & last:
            score -= 1
        scores.append(score)
        increase = (increase << 1) | carry
        decrease <<= 1
        up = (decrease | ~(vertical | increase)) & mask
        down = increase & vertical & mask
    return scores


def distance(one: str, other: str) -> int:
    """Return the edit distance of two strings."""
    return distances(one, other, anchored=True)[-1]


def best_match(pattern: str, text: str, near: int) -> Match:
    """Return the stretch of the text closest to the pattern; of several, the nearest to ``near``."""
    scores = distances(pattern, text, anchored=False)
    least = min(scores)
    wanted = near + len(pattern)
    end = min((end for end, score in enumerate(scores) if score == least), key=lambda end: abs(end - wanted))
    # Nothing longer than the pattern and its edits can match, so that much is looked at backwards.
    reach = text[max(0, end - len(pattern) - least) : end]
    backward = distances(pattern[::-1], reach[::-1], anchored=True)
    sizes = [size for size, score in enumerate(backward) if score == least]
    size = min(sizes, key=lambda size: abs(size - len(pattern)))
    return Match(end - size, end, least)


def cut(before: str, after: str, text: str) -> int:
    """Return where to cut a text so that its parts are closest to ``before`` and ``after``."""
    forward = distances(before, text, anchored=True)
    backward = distances(after[::-1], text[::-1], anchored=True)
    sums = [one + other for one, other in zip(forward, reversed(backward), strict=True)]
    return sums.index(min(sums))


def likeness(one: str, other: str) -> float:
    """Return how alike two strings are: 1 where equal, 0 where no more than chance would have it.

    Unrelated strings in one language still share some two fifths of their letters in order.
    """
    longest = max(len(one), len(other))
    if not longest:
        return 1.0
    return max(0.0, (1 - distance(one, other) / longest - _CHANCE) / (1 - _CHANCE))


_CHANCE = 0.4
