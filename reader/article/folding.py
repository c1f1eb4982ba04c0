"""Folding: one spelling for what a person would call the same word, and the way back.

Folded away are case, accents, the forms of quotation marks, apostrophes and dashes, ligatures and
other compatibility forms, soft hyphens and all that is not seen, and how wide or broken a white
space is. A newline is the one thing that stays: it parts passages, and no word has one.

``fold`` works by whole-text operations that run in C, so that four megabytes take some tens of
milliseconds; only characters whose folding changes the length are looked at one by one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from string import ascii_letters, digits

__all__ = ["MARKS", "Edits", "Folded", "accented", "bare", "detail", "fold", "plain"]

_QUOTES = dict.fromkeys("‘’‚‛′‵ʹʻʼʽˈ‹›`´＇", "'") | dict.fromkeys("“”„‟″‶«»〝〞〟＂", '"')
_DASHES = dict.fromkeys("\u2212\u2043\u02d7", "-")
# Letters that Unicode does not take apart. A stroke is an accent; what is a letter joined to
# another, or the same letter to most readers, is not.
_LETTERS = {
    "ø": "o\u0338", "Ø": "O\u0338", "ł": "l\u0335", "Ł": "L\u0335", "đ": "d\u0335", "Đ": "D\u0335",
    "ħ": "h\u0335", "Ħ": "H\u0335", "ŧ": "t\u0335", "Ŧ": "T\u0335", "ß": "ss", "ẞ": "SS",
    "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ς": "σ", "\u2044": "/",
}  # fmt: skip
_SINGLE = _QUOTES | _DASHES | _LETTERS

# Marks that are accents to the eye: Latin, Greek, Cyrillic, Hebrew, Arabic, and those that choose
# between forms of a sign. Vowel signs of other scripts are letters.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
# What has no width of its own: soft hyphen, zero-width space, joiners, directions, tags.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"

_MARK = re.compile(f"[{MARKS}]")
_NOTHING = re.compile(f"[{MARKS}{_UNSEEN}]")
_UNSEEN_ONLY = re.compile(f"[{_UNSEEN}]")
_ASCII = bytes(range(128))
_ASCII_FOLDED = "`\t\v\f\r\x1c\x1d\x1e\x1f"

# Beyond so many different characters one pass with a table is quicker than a pass for each.
MAX_REPLACEMENTS = 128


@lru_cache(maxsize=16_384)
def detail(character: str) -> str:
    """Return one character folded but for case and accents; its marks stand after its letters."""
    if character.isspace():
        return "\n" if character == "\n" else " "
    if _UNSEEN_ONLY.match(character):
        return ""
    if character in _SINGLE:
        return _SINGLE[character]
    if unicodedata.category(character) == "Pd":
        return "-"
    apart = unicodedata.normalize("NFKD", character)
    if apart.startswith(" "):  # an accent shown alone, as on a space
        return character
    letters = "".join([_SINGLE.get(letter, letter) for letter in _NOTHING.sub("", apart)])
    return unicodedata.normalize("NFC", letters) + "".join(_MARK.findall(apart))


def bare(character: str) -> str:
    """Return one character folded but for case: often one, none where it is not seen."""
    return _MARK.sub("", detail(character))


@lru_cache(maxsize=16_384)
def plain(character: str) -> str:
    """Return one character folded. Of all characters only ``İ`` is lower-cased to two."""
    return bare(character).replace("İ", "I").lower().replace("ς", "σ")


def accented(string: str) -> dict[str, list[str]]:
    """Return for each accent in a string its characters that have, or are, that accent."""
    found: dict[str, list[str]] = {}
    for character in _distinct(string):
        for mark in _MARK.findall(detail(character)):
            found.setdefault(mark, []).append(character)
    return found


class Edits:
    """Where a string was rewritten with a change of length, and the way back.

    Each edit is a range in the new string, a range in the old, and whether an edit that leaves
    nothing belongs to the character before it (an accent does, a soft hyphen does not).
    """

    __slots__ = ("_attached", "_new_ends", "_new_starts", "_old_ends", "_old_starts")

    def __init__(self, edits: Iterable[tuple[int, int, int, int, bool]]) -> None:
        columns = tuple(zip(*edits, strict=True)) or ((), (), (), (), ())
        self._new_starts: array[int] = array("Q", columns[0])
        self._new_ends: array[int] = array("Q", columns[1])
        self._old_starts: array[int] = array("Q", columns[2])
        self._old_ends: array[int] = array("Q", columns[3])
        self._attached = bytes(columns[4])

    def __len__(self) -> int:
        return len(self._attached)

    def start(self, at: int) -> int:
        """Return where in the old string that begins which begins at ``at`` in the new one."""
        index = bisect_right(self._new_starts, at) - 1
        if index < 0:
            return at
        beyond = at - self._new_ends[index]
        return self._old_starts[index] if beyond < 0 else self._old_ends[index] + beyond

    def end(self, at: int) -> int:
        """Return where in the old string that ends which ends, not empty, at ``at`` in the new."""
        index = bisect_right(self._new_starts, at - 1) - 1
        end = at if index < 0 else self._old_ends[index] + max(0, at - self._new_ends[index])
        index += 1
        if index < len(self._attached) and self._attached[index] and self._old_starts[index] == end:
            return self._old_ends[index]
        return end

    def forward(self, at: int) -> int:
        """Return where that is in the new string which is at ``at`` in the old one."""
        index = bisect_right(self._old_starts, at) - 1
        if index < 0:
            return at
        beyond = at - self._old_ends[index]
        return self._new_starts[index] if beyond < 0 else self._new_ends[index] + beyond

    def expansions(self) -> Iterator[tuple[int, int]]:
        """Yield the ranges of the new string that are one character of the old."""
        for start, end in zip(self._new_starts, self._new_ends, strict=True):
            if end - start > 1:
                yield start, end


class Folded:
    """A folded text; ``string`` ends in a newline that the text has not."""

    def __init__(self, string: str, maps: tuple[Edits, ...]) -> None:
        self.string = string
        self._maps = maps

    @cached_property
    def joined(self) -> frozenset[str]:
        """The characters of the folded text that join to words."""
        return frozenset(character for character in _distinct(self.string) if joins(character))

    @property
    def even(self) -> bool:
        """Whether offsets in the folded text are offsets in the text."""
        return not self._maps

    def start(self, at: int) -> int:
        """Return the offset in the text of what begins at an offset in the folded text."""
        for edits in reversed(self._maps):
            at = edits.start(at)
        return at

    def end(self, at: int) -> int:
        """Return the offset in the text at which that ends which ends at ``at`` in the folded."""
        for edits in reversed(self._maps):
            at = edits.end(at)
        return at

    def forward(self, at: int) -> int:
        """Return the offset in the folded text of what is at an offset in the text."""
        for edits in self._maps:
            at = edits.forward(at)
        return at

    @cached_property
    def expansions(self) -> tuple[tuple[int, int], ...]:
        """The ranges of the folded text that are one character of the text, in order."""
        ranges: list[tuple[int, int]] = []
        for edits in self._maps:
            ranges = [(edits.forward(start), edits.forward(end)) for start, end in ranges]
            ranges += edits.expansions()
        return tuple(ranges)


def fold(text: str, *, keep_case: bool = False) -> Folded:
    """Return a text folded, passages parted by newlines."""
    string = text if keep_case else text.replace("İ", "i").lower()
    turn = bare if keep_case else plain
    singles: dict[str, str] = {}
    others: dict[str, str] = {}
    for character in _distinct(string):
        folded = turn(character)
        if folded != character:
            (singles if len(folded) == 1 else others)[character] = folded
    string = _replaced(string, singles)
    maps: list[Edits] = []
    if others:
        string, edits = _rewritten(string, others)
        maps.append(edits)
    if "  " in string:
        string, edits = _narrowed(string)
        maps.append(edits)
    return Folded(string + "\n", tuple(maps))


def joins(character: str) -> bool:
    """Return whether a character makes one word with such a one next to it.

    Scripts that set no spaces between words part at every letter (UAX #29); an apostrophe or a
    hyphen parts as well, so that “people” is a word of “people’s”.
    """
    if not (character.isalnum() or character == "_" or unicodedata.category(character)[0] == "M"):
        return False
    return not _UNSPACED.match(character)


# Thai, Lao, Myanmar, Khmer; Hiragana; ideographs of all planes.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)


def _distinct(string: str) -> Iterable[str]:
    """Return the characters of a string that folding may concern, each once."""
    if string.isascii():
        return [character for character in _ASCII_WORTH_A_LOOK if character in string]
    rare = string.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    return [*(character for character in _ASCII_WORTH_A_LOOK if character in string), *set(rare)]


_ASCII_WORTH_A_LOOK = _ASCII_FOLDED + ascii_letters + digits + "_"


def _replaced(string: str, table: dict[str, str]) -> str:
    if len(table) > MAX_REPLACEMENTS:
        return string.translate({ord(character): folded for character, folded in table.items()})
    for character, folded in table.items():
        string = string.replace(character, folded)
    return string


def _rewritten(string: str, table: dict[str, str]) -> tuple[str, Edits]:
    """Return the string with each character of the table replaced, and the way back."""
    pieces: list[str] = []
    edits: list[tuple[int, int, int, int, bool]] = []
    last = shift = 0
    for match in re.finditer(f"([{MARKS}]+)|[{re.escape(''.join(table))}]", string):
        start, end = match.span()
        folded = "" if match[1] else table[match[0]]
        pieces += (string[last:start], folded)
        edits.append((start + shift, start + shift + len(folded), start, end, bool(match[1])))
        last = end
        shift += len(folded) - (end - start)
    pieces.append(string[last:])
    return "".join(pieces), Edits(edits)


def _narrowed(string: str) -> tuple[str, Edits]:
    """Return the string with one space for each run of them, and the way back."""
    edits: list[tuple[int, int, int, int, bool]] = []
    shift = 0
    for match in re.finditer("  +", string):
        start, end = match.span()
        edits.append((start - shift, start - shift + 1, start, end, False))
        shift += end - start - 1
    return re.sub("  +", " ", string), Edits(edits)
