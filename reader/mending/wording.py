"""Finding words in a text that is being written, and putting others in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

_ALIKE = {"'": "['’‘‛]", '"': '["“”„]', "-": "[-‐‑–—]", " ": r"[ \t\N{NO-BREAK SPACE}]+"}
"""What a sign of the keyboard finds besides itself: typography writes others."""


class Words(Struct, frozen=True):
    """What is looked for."""

    text: str
    match_case: bool = False
    whole_word: bool = False

    def pattern(self) -> re.Pattern[str]:
        """Return what finds them in one line."""
        found = "".join(_ALIKE.get(letter) or re.escape(letter) for letter in self.text)
        if self.whole_word:
            before = r"(?<!\w)" if self.text[:1].isalnum() else ""
            found = f"{before}{found}(?!\\w)" if self.text[-1:].isalnum() else before + found
        return re.compile(found, 0 if self.match_case else re.IGNORECASE)


def places(text: str, words: Words) -> list[tuple[int, int]]:
    """Return where some words stand, half open, in their order; none for no words."""
    if not words.text:
        return []
    return [found.span() for found in words.pattern().finditer(text)]


def replaced(text: str, at: Sequence[tuple[int, int]], other: str) -> str:
    """Return a text with other words in some places, which are in order and apart."""
    parts, last = [], 0
    for start, end in at:
        parts += [text[last:start], other]
        last = end
    return "".join([*parts, text[last:]])
