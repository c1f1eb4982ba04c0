"""Titles as a library files them: without the article at their head, without the part after a colon."""

from __future__ import annotations

import re
from unicodedata import bidirectional, combining

MAX_SHOWN = 500
"""Characters of a title that a row or a cover could show at the very most."""

_ARTICLES = {
    "en": ("the", "a", "an"),
    "de": ("der", "die", "das", "ein", "eine"),
    "fr": ("le", "la", "les", "un", "une", "l'", "l’"),
    "es": ("el", "la", "los", "las", "un", "una"),
    "it": ("il", "lo", "la", "i", "gli", "le", "un", "una", "l'", "l’"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
    "nl": ("de", "het", "een"),
}
_SUBTITLE = re.compile(r"\s*[:;]\s|\s+[–—-]\s+|\s*[.?!]\s+(?=\w)")
_SHORTEST = 6
"""A head of a title that has fewer letters than this does not stand alone on a cover."""


def one_line(text: str) -> str:
    """Return what a row shows of a text out of a file: one line of a bearable length."""
    return " ".join(text[:MAX_SHOWN].split())


def short_title(title: str) -> str:
    """Return a title for a cover: what stands before a colon or a dash, where that is enough."""
    title = one_line(title)
    found = _SUBTITLE.search(title)
    return title[: found.start()] if found is not None and found.start() >= _SHORTEST else title


def filing_title(title: str, language: str) -> str:
    """Return a title from the word on by which it is filed: “The Soviets” stands under S.

    ``language`` is a tag such as ``en-GB``; one that is not known is taken for English.
    """
    title = one_line(title)
    first = next((at for at, letter in enumerate(title) if letter.isalnum()), 0)
    title = title[first:]
    lowered = title.lower()
    for article in _ARTICLES.get(language.lower()[:2], _ARTICLES["en"]):
        head = article if article[-1] in "'’" else f"{article} "
        if lowered.startswith(head) and len(title) > len(head):
            return title[len(head) :].lstrip()
    return title


def initial(title: str, language: str) -> str:
    """Return the letter of a title under which it is filed, with the signs that belong to it."""
    filed = filing_title(title, language)
    if not filed:
        return ""
    end = 1
    while end < len(filed) and combining(filed[end]):
        end += 1
    letter = filed[:end]
    # “ß” and ligatures would become two letters.
    return letter.upper() if len(letter.upper()) == len(letter) else letter


def reads_leftwards(title: str) -> bool:
    """Return whether a title is written from right to left, as its first letter tells."""
    for letter in title[:MAX_SHOWN]:
        kind = bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False
