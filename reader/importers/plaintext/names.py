"""Names of persons as they stand in a byline."""

from __future__ import annotations

import re

_PARTICLE_LIST = (
    "de da do dos das del della dello degli di du des von van der den ter ten te zu zum zur la le les los y e i al el "
    "bin ibn ben af av d’ d' und"
)
_TITLE_LIST = "dr prof mr mrs ms sir st jr sr ph phd md rev hon"
_PARTICLES = frozenset(_PARTICLE_LIST.split())
_TITLES = frozenset(_TITLE_LIST.split())
_WORD = re.compile(r"^(?:[^\W\d_](?:[.’'‐-]?[^\W\d_]+)*[’'.]?|(?:[^\W\d_]\.-?){1,4})$")
_SEPARATORS = re.compile(
    r"\s*(?:,\s*(?:and|und|et|y|e|и|en|og|och|i)\s+|;|,|\s(?:and|und|et|y|и|en|og|och|&|\+|with|mit|avec|con|com)\s)\s*"
)
MAX_NAME_WORDS = 6


def is_name(text: str) -> bool:
    """Return whether a text could be one person's name: a few words with capitals, particles between them."""
    words = text.split()
    if not 1 <= len(words) <= MAX_NAME_WORDS or len(text) > 60:
        return False
    capitals = 0
    for word in words:
        if not _WORD.match(word):
            return False
        if word[0].isupper():
            capitals += 1
        elif word.lower().rstrip(".") not in _PARTICLES | _TITLES and word[:2].lower() not in ("d’", "d'", "al", "el"):
            return False
    return capitals >= 1 and (capitals >= 2 or len(words) == 1)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a list of names; an empty tuple where something else is among them."""
    text = text.strip().rstrip(".,;") if not re.search(r"\b[A-Z]\.$|\b[JS]r\.$", text.strip()) else text.strip()
    if not text:
        return ()
    parts = [part.strip() for part in _SEPARATORS.split(text) if part.strip()]
    parts = _with_suffixes(parts)
    if parts and all(is_name(part.replace(",", "")) for part in parts):
        return tuple(parts)
    return ()


def _with_suffixes(parts: list[str]) -> list[str]:
    """Join ``Jr.`` and its like to the name before."""
    joined: list[str] = []
    for part in parts:
        if joined and re.fullmatch(r"(?:Jr|Sr|PhD|Ph\. ?D|MD|M\. ?D|II|III)\.?", part):
            joined[-1] += ", " + part
        else:
            joined.append(part)
    return joined
