"""Where words may be broken, by the patterns of their language (``pyphen``).

Patterns take a tenth of a second to load: load them off the window's thread, after the first paint.
Until then, and for languages that have none, words stay whole.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from reader.article.model import BlockKind, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reader.article.model import Block

SHORTEST = 6
"""Letters. Shorter words are easier to read whole."""
BEFORE, AFTER = 2, 3
"""How many letters stay at least before a hyphen and after it."""
LONGEST = 200
"""Letters. What is longer is no word, and patterns would take long over it."""
REMEMBERED = 20_000
"""Words of a language whose places are kept; a long book has some 15,000 different ones."""

_WHOLE = frozenset(
    (
        BlockKind.HEADING,
        BlockKind.TERM,
        BlockKind.VERSE,
        BlockKind.CODE,
        BlockKind.IMAGE,
        BlockKind.RULE,
    )
)
"""Kinds of blocks that no word of is ever broken in."""
# A run of letters. A figure, a slash, a point or a hyphen that it is joined to says that it is no plain word,
# or one that has its place to be broken at already.
_JOINED = r"\w@/\\&#\-\u00ad\u0300-\u036f"
_WORD = re.compile(rf"(?<![{_JOINED}.])[^\W\d_]{{{SHORTEST},{LONGEST}}}(?![{_JOINED}]|[.:]\w)")

# Pyphen's first file of a language is not always the usual one.
_UNBROKEN = frozenset(["as", "bn", "gu", "hi", "kn", "ml", "mr", "or", "pa", "sa", "ta", "te", "th"])
"""Languages whose letters are joined to syllables, which our words know nothing of."""
_USUAL = {"en": "en-US", "de": "de-DE", "pt": "pt-BR", "no": "nb-NO", "iw": "he"}


class Patterns:
    """The patterns of one language."""

    def __init__(self, name: str) -> None:
        import pyphen  # reads the list of its languages when it is imported

        self._pattern = pyphen.Pyphen(lang=name, left=BEFORE, right=AFTER)
        self.of_word = lru_cache(maxsize=REMEMBERED)(self._of_word)

    def _of_word(self, word: str) -> tuple[int, ...]:
        if word.isupper():
            return ()  # an abbreviation
        # Places where the spelling would change (German ck, Hungarian ssz) are left out: only a hyphen is put in.
        places = tuple(int(at) for at in self._pattern.hd.positions(word) if getattr(at, "data", None) is None)
        self._pattern.hd.cache.clear()  # a memory of its own, without an end
        return tuple(at for at in places if BEFORE <= at <= len(word) - AFTER)


class Hyphens:
    """Says where the words of an article's blocks may be broken."""

    def __init__(self) -> None:
        self._patterns: dict[str, Patterns | None] = {}

    def load(self, language: str) -> bool:
        """Make the patterns of a language (a BCP 47 tag) ready, and say whether there are any.

        Slow the first time; may be called on any thread.
        """
        if language not in self._patterns:
            name = pattern_name(language)
            self._patterns[language] = Patterns(name) if name else None
        return self._patterns[language] is not None

    def ready(self, language: str) -> bool:
        """Say whether a language needs no loading any more."""
        return language in self._patterns

    def breaks(self, block: Block, language: str) -> tuple[int, ...]:
        """Return the offsets in a block's text before which a word may be broken, rising.

        Words in other languages are broken where those were loaded, too; code and addresses never are,
        nor is a word at a note's mark inside it.
        """
        if block.kind in _WHOLE:
            return ()
        others = [span for span in block.spans if span.kind in (SpanKind.LANGUAGE, SpanKind.CODE)]
        found: list[int] = []
        for start, word in words(block.text):
            inside = next((span for span in others if span.start <= start < span.end), None)
            if inside is not None and inside.kind is SpanKind.CODE:
                continue
            patterns = self._patterns.get(language if inside is None else inside.value)
            if patterns is not None:
                found.extend(start + at for at in patterns.of_word(word))
        if block.marks and found:
            marked = {mark.offset for mark in block.marks}
            found = [at for at in found if at not in marked]
        return tuple(found)


def words(text: str) -> Iterator[tuple[int, str]]:
    """Yield the words of a text that may be broken, with where they begin."""
    for match in _WORD.finditer(text):
        yield match.start(), match[0]


def pattern_name(language: str) -> str:
    """Return the name of the patterns for a language (a BCP 47 tag); empty where there are none."""
    if not language:
        return ""
    import pyphen

    tag = language.replace("_", "-")
    if tag.lower().partition("-")[0] in _UNBROKEN:
        return ""
    return pyphen.language_fallback(_USUAL.get(tag.lower(), tag)) or ""
