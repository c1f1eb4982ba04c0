"""Whether two texts are revisions of one article, told by the runs of words they share."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

RUN_WORDS = 4
MIN_RUNS = 8
"""A shorter text says too little to be told from another one."""
SAMPLED_CHARACTERS = 400_000
"""From this length on every sixteenth run stands for all: a book is compared in a few tenths of a second."""

# The least likeness (contained, shared) by what else agrees: title and authors, place. What a site
# puts around all of its articles may be a good half of a short one.
_LEAST = {(True, True): (0.3, 0.0), (False, True): (0.8, 0.2), (True, False): (0.8, 0.6)}

# A Chinese or Japanese sign counts as a word: those scripts set no spaces.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|\w+")


class Likeness(NamedTuple):
    """How much of the shorter text is in the other, and how much of both is in both; 0 to 1.

    ``runs`` is how many runs the shorter text has.
    """

    contained: float
    shared: float
    runs: int


def likeness(one: str, other: str) -> Likeness:
    """Compare two texts by their runs of four words, without regard to case and order."""
    sampled = max(len(one), len(other)) > SAMPLED_CHARACTERS
    first, second = _runs(one, sampled), _runs(other, sampled)
    runs = min(len(first), len(second))
    common = len(first & second)
    return Likeness(common / max(1, runs), common / max(1, len(first | second)), runs)


def same_article(old: str, new: str, *, same_title: bool, same_place: bool) -> bool:
    """Tell whether a text is a revision of another: better two articles than two glued together.

    ``same_title`` says that title and authors agree, ``same_place`` that both came from one path.
    A place alone says little: over ``article.txt`` a person saves what is another article.
    """
    alike = likeness(old, new)
    if alike.runs < MIN_RUNS:
        return same_title and same_place
    if not (same_title or same_place):
        return False
    contained, shared = _LEAST[same_title, same_place]
    return alike.contained >= contained and alike.shared >= shared


def _runs(text: str, sampled: bool) -> frozenset[int]:
    words = _WORD.findall(text.casefold())
    runs = map(hash, zip(*(islice(words, start, None) for start in range(RUN_WORDS)), strict=False))
    return frozenset(run for run in runs if not run % 16) if sampled else frozenset(runs)
