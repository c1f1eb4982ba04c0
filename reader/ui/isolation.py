"""A text's own words within a sentence of the program, which they must not turn round."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: what one opens, it closes far behind the text."""
_HAS_DIRECTION = re.compile(
    "[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]"
)
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def without_controls(text: str) -> str:
    """Return a title as it can stand alone: nothing in it turns it, or what follows it, round."""
    return text if text.isascii() else _CONTROLS.sub("", text)


def isolated_beside(text: str, other: str) -> str:
    """Return words of the program, a date say, as they can stand beside a text that may run leftwards."""
    if other.isascii() or text == "" or _HAS_DIRECTION.search(other) is None:
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def isolated(text: str) -> str:
    """Return a title or a name as it can stand in a sentence of either direction.

    Where it holds no letter that runs leftwards it is left as it is: there is nothing to turn, and
    a name that screen readers spell and tests compare stays clean.
    """
    text = without_controls(text)
    if text.isascii() or _HAS_DIRECTION.search(text) is None:
        return text
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"
