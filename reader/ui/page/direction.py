"""Which way a block of text runs."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import Qt

LEFTWARDS = Qt.LayoutDirection.RightToLeft
RIGHTWARDS = Qt.LayoutDirection.LeftToRight

# fmt: off
_LEFTWARD_LANGUAGES = frozenset((
    "ar", "arc", "arz", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "nqo", "pnb", "prs",
    "ps", "sd", "syr", "ug", "ur", "yi",
))
# fmt: on
_LEFTWARD_SCRIPTS = frozenset(("adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"))

# Letters that run leftwards, and the marks that say so (Unicode's bidirectional classes R and AL).
# Digits and vowel signs of these scripts have no direction of their own.
_LEFTWARD_LETTERS = (
    "\u05be\u05c0\u05c3\u05c6\u05d0-\u05f4\u0608\u060b\u060d\u061b-\u064a\u066d-\u066f\u0671-\u06d5"
    "\u06e5\u06e6\u06ee\u06ef\u06fa-\u0710\u0712-\u072f\u074d-\u07a5\u07b1-\u07ea\u07f4\u07f5\u07fa\u07fe-\u0815"
    "\u081a\u0824\u0828\u0830-\u0858\u085e-\u088e\u08a0-\u08c9\u200f\ufb1d\ufb1f-\ufb28\ufb2a-\ufd3d"
    "\ufd50-\ufdc7\ufdf0-\ufdfc\ufe70-\ufefc"
    "\U00010800-\U00010a00\U00010a10-\U00010a37\U00010a40-\U00010d23\U00010e80-\U00010ea9\U00010f00-\U00010f45"
    "\U00010f51-\U00010f81\U0001e800-\U0001e8cf\U0001e900-\U0001e943\U0001e94b-\U0001eef1"
)
_LEFTWARD = re.compile(f"[{_LEFTWARD_LETTERS}]")
_STRONG = re.compile(f"[{_LEFTWARD_LETTERS}]|\u200e|[^\\W\\d_]")
_ASCII_LETTER = re.compile("[A-Za-z]")


@cache
def direction_of_language(language: str) -> Qt.LayoutDirection:
    """Return which way a language (a BCP 47 tag, or an empty string) is written."""
    first, *more = language.lower().replace("_", "-").split("-")
    script = next((tag for tag in more if len(tag) == 4 and tag.isalpha()), "")
    leftwards = script in _LEFTWARD_SCRIPTS if script else first in _LEFTWARD_LANGUAGES
    return LEFTWARDS if leftwards else RIGHTWARDS


def direction_of(text: str, language: str) -> Qt.LayoutDirection:
    """Return which way a block runs, of its own letters and of the language around it.

    A block that begins in the direction of the language keeps it, whatever it quotes; else most
    of its letters decide: an Arabic sentence may begin with a Latin name. Without letters, a
    block goes with its language.
    """
    usual = direction_of_language(language)
    if text.isascii():
        return usual if usual is RIGHTWARDS or _ASCII_LETTER.search(text) is None else RIGHTWARDS
    if usual is RIGHTWARDS and _LEFTWARD.search(text) is None:
        return RIGHTWARDS
    first = _STRONG.search(text)
    if first is None or (language and (usual is LEFTWARDS) == (_LEFTWARD.match(first[0]) is not None)):
        return usual
    leftwards = len(_LEFTWARD.findall(text))
    return LEFTWARDS if 2 * leftwards > len(_STRONG.findall(text)) else RIGHTWARDS
