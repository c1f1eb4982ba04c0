"""How text becomes the terms that are indexed, sought and marked: one way for all three.

A term is a word folded: case, accents, ligatures, soft hyphens and the form of apostrophes do not
count. What is elided before a word (``l’``, ``d’``, ``qu’``) and a final ``’s`` are left out. A
hyphenated word gives its parts and, beside them, the whole written as one. Scripts that put no
space between words (Chinese, Japanese, Thai, Khmer …) give each character: a word of them is a phrase.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple
from unicodedata import category, normalize

VERSION = 2
"""Raise it whenever the same text would give other terms: every index is then made anew."""

MAX_TERM_CHARACTERS = 64
"""Of a longer word only the beginning counts."""

MAX_BLOCK_TOKENS = 1_000_000
"""Of one block no more is indexed (some 6 MB in one paragraph)."""

_MAX_CHARACTERS_AT_ONCE = 1_000_000
_MAX_WORD_CHARACTERS = 512  # read of one word before it is folded
_MAX_JOINED_PARTS = 8
# What is longer is read as several stretches, so that no text, however made, is analysed in one piece.
_MAX_PARTS = 63
_MAX_RUN_CHARACTERS = 4096
_MAX_REMEMBERED = 200_000  # entries of the memo, some 40 MB; then it begins anew
_MAX_REMEMBERED_CHARACTERS = 64

_APOSTROPHES = "'’‘ʼʻ＇׳"
_HYPHENS = "-‐‑"
# Characters that are written but not read: soft hyphen, zero-width space and joiners, direction
# marks, word joiner, byte order mark.
_IGNORED = "\u00ad\u200b-\u200f\u2060\ufeff"

# Letters of the scripts without spaces: Thai, Lao, Burmese, Khmer, kana, bopomofo, Han.
_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u1000-\u102a\u103f\u1780-\u17b3"
    "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d"
    "\U00020000-\U0003fffd"
)

# Where Unicode has combining marks: looking at no more than these makes the first search sooner.
_MARK_PLANES = ((0x300, 0x3100), (0xA600, 0xAC00), (0xFB1E, 0xFB1F), (0xFE00, 0xFE30), (0x101FD, 0x11F80),
                (0x13440, 0x13456), (0x16AF0, 0x16FF2), (0x1BC9D, 0x1BC9F), (0x1CF00, 0x1D245), (0x1DA00, 0x1E94B),
                (0xE0100, 0xE01F0))  # fmt: skip

# Accents and points that a reader may leave out: Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac.
# The vowel signs of Indic scripts and the voicing marks of kana are letters to their readers.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0730-\u074a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0"
    f"\ufe20-\ufe2f\u0640{_IGNORED}]"
)

_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th", "ŧ": "t", "ς": "σ"}
    | dict.fromkeys(_APOSTROPHES, "'")
)

_RUN = re.compile(f"[{_UNSPACED}]")
_PART = re.compile(f"[^{_HYPHENS}]+")

# What French, Italian and Catalan elide before a vowel.
_ELISION = re.compile(
    rf"(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu|(?:[dnsc]|qu)?[aeou]ll|un|gl)[{_APOSTROPHES}](?!s?\Z)", re.IGNORECASE
)
_POSSESSIVE = "'s"


class TokenKind(IntEnum):
    """What a token is of: a word (or a character of a run), or a compound as one."""

    WORD = 0
    JOINED = 1


class Token(NamedTuple):
    """A term in a text: ``position`` counts words from 0, ``start`` and ``end`` code points.

    A JOINED token stands at the positions of its first and of its last part.
    """

    term: str
    position: int
    start: int
    end: int
    kind: TokenKind


class Analysed(NamedTuple):
    """What one stretch of text gives: its tokens counted from its beginning, its words, itself as one word or ""."""

    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    joined: str


_memo: dict[str, Analysed] = {}


def fold(word: str) -> str:
    """Return a word as it is compared, without its elided article and possessive; may be empty."""
    word = word[:_MAX_WORD_CHARACTERS]
    folded = _folded(word)
    while (again := _folded(folded)) != folded:  # the last step of one round may open another
        folded = again
    return folded[:MAX_TERM_CHARACTERS]


def _folded(word: str) -> str:
    # Accents go before the case: the iota below a Greek vowel would become a letter of its own.
    bare = _ACCENTS.sub("", normalize("NFKD", word)).casefold().translate(_LETTERS)
    bare = normalize("NFC", _ACCENTS.sub("", normalize("NFKD", bare))).strip("'")
    return bare.removesuffix(_POSSESSIVE) if len(bare) > len(_POSSESSIVE) else bare


@cache
def _marks() -> str:
    """Return every combining mark as the inside of a character class."""
    ranges: list[list[int]] = []
    for first, end in _MARK_PLANES:
        for code in range(first, end):
            if category(chr(code))[0] == "M":
                if ranges and ranges[-1][1] == code - 1:
                    ranges[-1][1] = code
                else:
                    ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_JOINTS = re.escape(_APOSTROPHES + _HYPHENS)
# A stretch (a word, a compound or a run) where all is ASCII, and where there are neither marks nor signs that are
# passed over nor runs. All repetition is possessive: there is nothing to go back for, and remembering where one
# could would take a hundred times the memory of the text.
_PLAIN = re.compile(rf"[A-Za-z0-9]++(?:['\-][A-Za-z0-9]++){{0,{_MAX_PARTS}}}+")
_SIMPLE = re.compile(rf"[^\W_]++(?:[{_JOINTS}][^\W_]++){{0,{_MAX_PARTS}}}+")
_NOT_SIMPLE = re.compile("[\u00ad\u0300-\u036f\u0483-\u0489\u0590-\u1dff\u200b-\u200f\u2060-\u206f\u20d0-\U0010ffff]")


_PRINTED = (("’", "'"), ("“", " "), ("”", " "), ("–", " "), ("—", " "), ("…", " "), ("\u00a0", " "))
_PLAINLY = "".join(sign.lower() if (sign := chr(code)).isalnum() or sign in "'-" else " " for code in range(128))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a stretch of any text, and of a run's character."""
    tail = f"[{_marks()}{_IGNORED}]"
    letters = rf"[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]++|{tail}++)*+"
    character = f"[{_UNSPACED}]{tail}*+"
    compound = rf"{letters}(?:[{_JOINTS}]{letters}){{0,{_MAX_PARTS}}}+"
    return re.compile(rf"{compound}|(?:{character}){{1,{_MAX_RUN_CHARACTERS}}}+"), re.compile(character)


def _pattern(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _PLAIN
    return _patterns()[0] if _NOT_SIMPLE.search(text) else _SIMPLE


def stretches(text: str) -> Iterable[str]:
    """Return the words, compounds and runs of a text as they stand in it."""
    pattern = _pattern(text)
    if len(text) <= _MAX_CHARACTERS_AT_ONCE:
        return pattern.findall(text)
    # All at once is faster, but of a book in one paragraph would take ten times its memory.
    return (match.group() for match in pattern.finditer(text))


def matches(text: str) -> Iterator[re.Match[str]]:
    """Yield where these stretches are."""
    return _pattern(text).finditer(text)


def chunks(text: str) -> Iterable[str]:
    """Return pieces of a text, however written, that have the same stretches, some with signs around them.

    Three times as fast: most texts are ASCII but for a few signs, and of such a text words are what is
    left when all other signs became spaces.
    """
    if len(text) > _MAX_CHARACTERS_AT_ONCE:
        return stretches(text)
    if not text.isascii():
        for sign, plain in _PRINTED:
            text = text.replace(sign, plain)
    return text.translate(_PLAINLY).split() if text.isascii() else stretches(text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in order of their position."""
    position = 0
    for match in matches(text):
        found = analysed(match.group())
        start = match.start()
        for term, at, first, last, kind in found.tokens:
            yield Token(term, position + at, start + first, start + last, kind)
        position += len(found.words)
        if position >= MAX_BLOCK_TOKENS:
            return


def is_unspaced(term: str) -> bool:
    """Say whether a term is of a script without spaces, where every place is a word's beginning."""
    return _RUN.match(term) is not None


def analysed(raw: str) -> Analysed:
    """Return what a stretch gives."""
    found = _memo.get(raw)
    if found is None:
        found = _run(raw) if is_unspaced(raw) else _compound(raw)
        if len(raw) <= _MAX_REMEMBERED_CHARACTERS:
            if len(_memo) >= _MAX_REMEMBERED:
                _memo.clear()
            _memo[raw] = found
    return found


def _compound(raw: str) -> Analysed:
    parts: list[Token] = []
    for match in _PART.finditer(raw):
        start = match.start()
        word = match.group()
        elided = _ELISION.match(word)
        if elided:
            word = word[elided.end() :]
            start += elided.end()
        term = fold(word)
        if term:
            parts.append(Token(sys.intern(term), len(parts), start, match.end(), TokenKind.WORD))
    words = tuple(part.term for part in parts)
    if not 1 < len(parts) <= _MAX_JOINED_PARTS:
        return Analysed(tuple(parts), words, "")
    whole = sys.intern("".join(words)[:MAX_TERM_CHARACTERS])
    ends = (parts[0].start, parts[-1].end, TokenKind.JOINED)
    joined = [Token(whole, 0, *ends), Token(whole, len(parts) - 1, *ends)]
    return Analysed(tuple(sorted(parts + joined, key=lambda token: token.position)), words, whole)


def _run(raw: str) -> Analysed:
    found = [
        (term, match.start(), match.end()) for match in _patterns()[1].finditer(raw) if (term := fold(match.group()))
    ]
    single = tuple(Token(term, at, start, end, TokenKind.WORD) for at, (term, start, end) in enumerate(found))
    return Analysed(single, tuple(term for term, _, _ in found), "")
