"""Find in one article: every hit, at once, in canonical offsets.

What is typed plainly finds all its spellings; what is typed with care (an accent, or with case to
be matched) finds only itself. A hit stays within one passage.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from reader.article.folding import MARKS, Folded, accented, bare, detail, fold, plain
from reader.article.text import CanonicalText

__all__ = ["Context", "Finder", "Hits", "context", "find"]

MAX_QUERY_CHARACTERS = 1_000
CONTEXT_CHARACTERS = 50
ELLIPSIS = "…"

_CLUSTER = re.compile(f"([^{MARKS}])([{MARKS}]*)", re.DOTALL)
_SPACES = re.compile(" +")
_WHITE = re.compile(r"\s+")


class Hits:
    """The hits of one query in the order of the text; none overlaps another.

    A hit is its start and end, canonical offsets, half open. Hits come by the hundred thousand
    while a person types, and few are looked at: each is led back to the text when it is asked for.
    """

    def __init__(self, folded: Folded, found: list[int], size: int) -> None:
        """Take where the hits are in the folded text, and how long each is there."""
        self._folded = folded
        self._found = found
        self._size = size

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: int) -> tuple[int, int]:
        at = self._found[index]
        return self._folded.start(at), self._folded.end(at + self._size)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.starts, self.ends, strict=True)

    @cached_property
    def starts(self) -> array[int]:
        """Where each hit begins."""
        return array("Q", self._found if self._folded.even else map(self._folded.start, self._found))

    @cached_property
    def ends(self) -> array[int]:
        """Where each hit ends."""
        ends = [at + self._size for at in self._found]
        return array("Q", ends if self._folded.even else map(self._folded.end, ends))

    def after(self, offset: int) -> int:
        """Return the index of the first hit that begins at or after an offset.

        Beyond the last it is the first again, and 0 too where there is no hit at all.
        """
        index = bisect_left(self._found, offset, key=self._folded.start)
        return index if index < len(self._found) else 0

    def before(self, offset: int) -> int:
        """Return the index of the last hit that begins before an offset, or of the very last."""
        return (bisect_left(self._found, offset, key=self._folded.start) or len(self._found)) - 1

    def within(self, start: int, end: int) -> range:
        """Return the indices of the hits that share a character with a range."""
        first = bisect_left(self._found, start + 1, key=lambda at: self._folded.end(at + self._size))
        return range(first, max(first, bisect_left(self._found, end, key=self._folded.start)))


class Context(NamedTuple):
    """A hit with what stands around it in its passage, on one line, words whole."""

    before: str
    hit: str
    after: str


class Finder:
    """Finds in one article; the text is folded at the first search, and kept."""

    def __init__(self, text: CanonicalText) -> None:
        self._text = text

    @cached_property
    def _source(self) -> str:
        """The canonical text, with spaces for the newlines that part no passages."""
        text = self._text
        if text.string.count("\n") < len(text.passages):
            return text.string
        return "\n".join([block.text.replace("\n", " ") for block in text.passages])

    @cached_property
    def _folded(self) -> Folded:
        return fold(self._source)

    @cached_property
    def _cased(self) -> Folded:
        return fold(self._source, keep_case=True)

    @cached_property
    def _accented(self) -> dict[str, list[str]]:
        return accented(self._source)

    def prepare(self) -> None:
        """Fold the text now, as on a thread of its own, rather than at the first search."""
        _ = self._folded

    def find(self, query: str, *, match_case: bool = False, whole_word: bool = False) -> Hits:
        """Return all hits in body and notes; none for a query without anything to see.

        Only the first thousand characters of a query count.
        """
        typed = _Typed(query, match_case)
        folded = self._cased if match_case else self._folded
        if not typed.needle.strip():
            found = []
        elif typed.accent is None:
            found = _everywhere(folded, typed.needle, whole_word)
        else:
            found = self._accentuated(folded, typed, whole_word)
        return Hits(folded, found, len(typed.needle))

    def _accentuated(self, folded: Folded, typed: _Typed, whole_word: bool) -> list[int]:
        """Return where the hits are of a query with accents: a look at each such letter."""
        needle, source = typed.needle, self._source
        found = self._candidates(folded, typed)
        if whole_word:
            found = _whole_words(folded, found, needle)
        size = len(needle)
        spellings: dict[str, bool] = {}
        kept: list[int] = []
        free = 0
        for at in found:
            if at < free:
                continue
            spelling = source[at : at + size] if folded.even else source[folded.start(at) : folded.end(at + size)]
            if spelling not in spellings:
                spellings[spelling] = typed.is_spelled(spelling)
            if spellings[spelling]:
                kept.append(at)
                free = at + size
        return _apart(folded, kept, size)

    def _candidates(self, folded: Folded, typed: _Typed) -> list[int]:
        """Return where the needle is, whatever its accents: by the rarer of needle and accent."""
        needle, (before, mark) = typed.needle, typed.accent or (0, "")
        string, source = folded.string, self._source
        characters = self._accented.get(mark, [])
        if string.count(needle) <= sum(source.count(character) for character in characters):
            return _overlapping(string, needle)
        candidates: list[int] = []
        for character in characters:
            behind = len(bare(character)) - 1 - before
            places = [match.start() for match in re.finditer(re.escape(character), source)]
            candidates += [place + behind for place in (places if folded.even else map(folded.forward, places))]
        candidates.sort()
        return [at for at in candidates if at >= 0 and string.startswith(needle, at)]


class _Typed:
    """A query: ``needle`` is what to look for in the folded text.

    ``accent`` is the first letter that was typed with an accent: its index in the needle and the
    (first) accent; None where any spelling that folds alike will do.
    """

    def __init__(self, query: str, match_case: bool) -> None:
        query = unicodedata.normalize("NFC", query[:MAX_QUERY_CHARACTERS]).strip("\n\r\t").replace("\n", " ")
        turn = bare if match_case else plain
        self.needle = _SPACES.sub(" ", "".join([turn(character) for character in query]))
        self._match_case = match_case
        self._clusters: list[tuple[str, str]] = _CLUSTER.findall(_SPACES.sub(" ", self._detail(query)))
        marked = next((index for index, (_, marks) in enumerate(self._clusters) if marks), None)
        self.accent = None if marked is None else (marked, self._clusters[marked][1][0])

    def _detail(self, string: str) -> str:
        detailed = "".join([detail(character) for character in string.replace("\n", " ")])
        return detailed if self._match_case else detailed.lower()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = []
        for letter, marks in self._clusters:
            if letter == " ":
                parts.append(" +")
            else:
                parts.append(re.escape(letter) + (f"{marks}(?![{MARKS}])" if marks else f"[{MARKS}]*"))
        return re.compile("".join(parts))

    def is_spelled(self, spelling: str) -> bool:
        """Return whether a piece of the text has the accents that were typed."""
        return self._pattern.search(self._detail(spelling)) is not None


def find(text: CanonicalText, query: str, *, match_case: bool = False, whole_word: bool = False) -> Hits:
    """Return all hits in an article; for more than one query keep a ``Finder``."""
    return Finder(text).find(query, match_case=match_case, whole_word=whole_word)


def context(text: CanonicalText, start: int, end: int, around: int = CONTEXT_CHARACTERS) -> Context:
    """Return a hit with some ``around`` characters of its passage on each side, for lists."""
    if not text.passages:
        return Context("", "", "")
    string = text.string
    first = text.span(text.place(start).passage)[0]
    last = text.span(text.place(end).passage)[1]
    before, after = string[max(first, start - around) : start], string[end : min(last, end + around)]
    if start - around > first:
        before = ELLIPSIS + _from_a_word(before, string[start - around - 1])
    if end + around < last:
        after = _to_a_word(after, string[end + around]) + ELLIPSIS
    return Context(_line(before).lstrip(), _line(string[start:end]), _line(after).rstrip())


def _line(piece: str) -> str:
    return _WHITE.sub(" ", piece.replace("\N{SOFT HYPHEN}", ""))


def _from_a_word(piece: str, before: str) -> str:
    if before.isspace():
        return piece
    space = _WHITE.search(piece)
    # A script without spaces, or one long word: cut where it comes.
    return piece[space.end() :] if space and space.end() < len(piece) else piece


def _to_a_word(piece: str, after: str) -> str:
    if after.isspace():
        return piece.rstrip()
    cut = max(piece.rfind(" "), piece.rfind("\n"), piece.rfind("\N{NO-BREAK SPACE}"))
    return piece[:cut].rstrip() if cut > 0 else piece


def _everywhere(folded: Folded, needle: str, whole_word: bool) -> list[int]:
    """Return where a needle is in a folded text, without overlaps."""
    if whole_word:
        found = _without_overlaps(_whole_words(folded, _overlapping(folded.string, needle), needle), len(needle))
    else:
        found = [match.start() for match in re.finditer(re.escape(needle), folded.string)]
    return _apart(folded, found, len(needle))


def _overlapping(string: str, needle: str) -> list[int]:
    """Return where a needle is, overlaps too: one that is no hit must not hide one that is."""
    if any(needle.startswith(needle[at:]) for at in range(1, len(needle))):
        pattern = f"{re.escape(needle[0])}(?={re.escape(needle[1:])})"
    else:
        pattern = re.escape(needle)
    return [match.start() for match in re.finditer(pattern, string)]


def _without_overlaps(found: list[int], size: int) -> list[int]:
    kept: list[int] = []
    free = 0
    for at in found:
        if at >= free:
            kept.append(at)
            free = at + size
    return kept


def _whole_words(folded: Folded, found: list[int], needle: str) -> list[int]:
    """Return those places where the needle begins and ends between words."""
    string, joined, size = folded.string, folded.joined, len(needle)
    # The newline at the string's end also answers for what is before its beginning.
    if needle[0] in joined:
        found = [at for at in found if string[at - 1] not in joined]
    if needle[-1] in joined:
        found = [at for at in found if string[at + size] not in joined]
    return found


def _apart(folded: Folded, found: list[int], size: int) -> list[int]:
    """Drop what hits the same one character again, as “s” does in “ß”."""
    again: set[int] = set()
    for start, end in folded.expansions:
        first = bisect_right(found, start - size)
        for index in range(first + 1, bisect_left(found, end)):
            again.add(found[index])
    return [at for at in found if at not in again] if again else found
