"""What stands around the title of a page: the kicker above it, and the lines of author, source and date."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from reader.importers.elements.index import Index, text_of

MAX_KICKER_CHARS = 60
LEVELS_UP = 3
"""How far up from the title a kicker is looked for."""
_KICKER = re.compile(
    r"(?:^|[\s_\-])(?:kicker|eyebrow|overline|dachzeile|spitzmarke|surtitre|ante-?titulo|occhiello|rubric|overtitle|"
    r"super-?title|pre-?title|pre-?headline)(?=$|[\s_\-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"(?:(?:written|words|story|text|posted|published|reported|photographs?|photos?)\s+)?(?:by|von|par|por)\s*:?\s+"
    r"(?:[^\W\d_][\w.’'-]*,?\s*){1,9}"
    r"|(?:source|quelle|fuente|fonte|来源|來源|出典)\s*[:：].{1,30}"
    r"|[【\[(]?\s*(?:责任编辑|責任編輯|编辑)\s*[:：].{1,20}",
    re.IGNORECASE,
)


def kicker_of(index: Index, title: Element) -> Element | None:
    """Return what calls itself the kicker of a title and stands right above it; None for nothing."""
    found: Element | None = None
    for depth, around in enumerate(index.above(title)):
        for one in around.iter():
            if one is title:
                break
            if (
                one in index.order
                and _KICKER.search(one.get("class") or "")
                and 0 < index.length(one) <= MAX_KICKER_CHARS
            ):
                found = one
        if found is not None or depth + 1 >= LEVELS_UP:
            break
    return found if found is not None and text_of(found) != text_of(title) else None


def says_who(text: str) -> bool:
    """Say whether a line only says by whom or from where an article is: “By A and B”, “Source: C”."""
    if not _BYLINE.fullmatch(text):
        return False
    words = [word for word in re.split(r"[\s,]+", text) if word]
    small = sum(word.islower() for word in words[1:] if word not in _SMALL)
    return not small


_SMALL = frozenset(
    ("and", "by", "und", "von", "et", "y", "e", "de", "van", "der", "den", "la", "le", "du", "di", "for")
)
