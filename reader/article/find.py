"""Find in one article: every hit, at once, in canonical offsets.

What is typed plainly finds all its spellings; what is typed with care (an accent, or with case to
be matched) finds only itself. A hit stays within one passage.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from reader.article.folding import MARKS, Folded, accented, bare, detail, fold, plain
from reader.article.skeleton import NUMBER
from reader.article.text import Text

__all__ = ["Context", "Finder", "Hits", "context", "find"]

MAX_QUERY_CHARACTERS = 1_000
FIRST_LOOK_CHARACTERS = 8_000
"""How much text beyond a place is looked at first for the next hit; then twice as much, and so on."""
MAX_LOOK_CHARACTERS = 256_000
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

    def __init__(self, folded: Folded, found: Iterable[int], size: int) -> None:
        """Take where the hits are in the folded text, in order, and how long each is there."""
        self._folded = folded
        self._found: array[int] = array(NUMBER, found)
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
        return self._found if self._folded.even else array(NUMBER, map(self._folded.start, self._found))

    @cached_property
    def ends(self) -> array[int]:
        """Where each hit ends."""
        ends = [at + self._size for at in self._found]
        return array(NUMBER, ends if self._folded.even else map(self._folded.end, ends))

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
    """Finds in one article; the text is folded at the first search, and kept until ``forget``.

    ``prepare`` may run in a thread of its own while another searches.
    """

    def __init__(self, text: Text) -> None:
        self._text = text
        self._whole = _Searched(text, 0, len(text.passages))

    def prepare(self) -> None:
        """Fold the text now, as on a thread of its own, rather than at the first search."""
        _ = self._whole.folded

    def forget(self) -> None:
        """Give back the memory of the folded text; the next search folds it again."""
        self._whole = _Searched(self._text, 0, len(self._text.passages))

    def find(self, query: str, *, match_case: bool = False, whole_word: bool = False) -> Hits:
        """Return all hits in body and notes; none for a query without anything to see.

        Only the first thousand characters of a query count.
        """
        return self._whole.find(_Typed(query, match_case), whole_word)

    def first_after(
        self,
        query: str,
        offset: int,
        *,
        match_case: bool = False,
        whole_word: bool = False,
        within: int | None = None,
    ) -> tuple[int, int] | None:
        """Return the first of the hits that ``find`` returns that begins at or after an offset, or None.

        The text is read from there on, and only as far as the hit: quick where there is one near.
        About ``within`` characters from the offset the search is given up; None reads to the end.
        """
        text, typed = self._text, _Typed(query, match_case)
        if not text.passages or not typed.needle.strip():
            return None
        first, size, whole = text.place(offset).passage, FIRST_LOOK_CHARACTERS, self._whole
        while first < len(text.passages) and (within is None or text.starts[first] < offset + within):
            if size > MAX_LOOK_CHARACTERS // 4 and whole.is_folded(match_case=match_case):
                first, end = 0, len(text.passages)
                hits = whole.find(typed, whole_word)
                begin = 0
            else:
                begin = text.starts[first]
                end = max(first + 1, min(bisect_right(text.starts, begin + size) - 1, len(text.passages)))
                hits = _Searched(text, first, end).find(typed, whole_word)
            found = hits.after(offset - begin)
            if found < len(hits) and begin + hits[found][0] >= offset:
                return begin + hits[found][0], begin + hits[found][1]
            first, size = end, min(2 * size, MAX_LOOK_CHARACTERS)
        return None


class _Searched:
    """Some passages of a text, and what they are folded to. Hits count from the first one's begin."""

    def __init__(self, text: Text, first: int, end: int) -> None:
        self._text = text
        self._passages = (first, end)

    def _read(self) -> str:
        """Return the text, with spaces for the newlines that part no passages."""
        starts, (first, end) = self._text.starts, self._passages
        begin = starts[first]
        string = self._text.slice(begin, starts[end] - 1)
        if string.count("\n") < end - first:
            return string
        flat = string.replace("\n", " ")
        bounds = pairwise(starts[first : end + 1])
        return "\n".join([flat[start - begin : after - 1 - begin] for start, after in bounds])

    @cached_property
    def source(self) -> str:
        """The text; only a search with accents needs it again."""
        return self._read()

    @cached_property
    def folded(self) -> Folded:
        return fold(self._read())

    @cached_property
    def cased(self) -> Folded:
        return fold(self._read(), keep_case=True)

    @cached_property
    def _accented(self) -> dict[str, list[str]]:
        return accented(self.source)

    def is_folded(self, *, match_case: bool) -> bool:
        """Say whether a search would find the text folded already."""
        return ("cased" if match_case else "folded") in vars(self)

    def find(self, typed: _Typed, whole_word: bool) -> Hits:
        """Return all hits of a query."""
        folded = self.cased if typed.match_case else self.folded
        found: Iterable[int]
        if not typed.needle.strip():
            found = ()
        elif typed.accent is None:
            found = _everywhere(folded, typed.needle, whole_word)
        else:
            found = self._accentuated(folded, typed, whole_word)
        return Hits(folded, found, len(typed.needle))

    def _accentuated(self, folded: Folded, typed: _Typed, whole_word: bool) -> list[int]:
        """Return where the hits are of a query with accents: a look at each such letter."""
        needle, source = typed.needle, self.source
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
        string, source = folded.string, self.source
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
        self.match_case = match_case
        self._clusters: list[tuple[str, str]] = _CLUSTER.findall(_SPACES.sub(" ", self._detail(query)))
        marked = next((index for index, (_, marks) in enumerate(self._clusters) if marks), None)
        self.accent = None if marked is None else (marked, self._clusters[marked][1][0])

    def _detail(self, string: str) -> str:
        detailed = "".join([detail(character) for character in string.replace("\n", " ")])
        return detailed if self.match_case else detailed.lower()

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


def find(text: Text, query: str, *, match_case: bool = False, whole_word: bool = False) -> Hits:
    """Return all hits in an article; for more than one query keep a ``Finder``."""
    return Finder(text).find(query, match_case=match_case, whole_word=whole_word)


def context(text: Text, start: int, end: int, around: int = CONTEXT_CHARACTERS) -> Context:
    """Return a hit with some ``around`` characters of its passage on each side, for lists."""
    if not text.passages:
        return Context("", "", "")
    first = text.span(text.place(start).passage)[0]
    last = text.span(text.place(end).passage)[1]
    # One character more on each side tells whether a word is cut.
    begin = max(first, start - around - 1)
    string = text.slice(begin, min(last, end + around + 1))
    start, end, first, last = start - begin, end - begin, first - begin, last - begin
    before, after = string[max(first, start - around, 0) : start], string[end : min(last, end + around)]
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
    pattern = _as_word(folded, needle) if whole_word else re.escape(needle)
    return _apart(folded, [match.start() for match in re.finditer(pattern, folded.string)], len(needle))


def _as_word(folded: Folded, needle: str) -> str:
    """Return a pattern of the needle where it begins and ends between words."""
    pattern, letters = re.escape(needle), f"[{re.escape(''.join(sorted(folded.joined)))}]"
    # What is before the needle is looked at behind it: a search for its letters is quicker.
    before = f"(?<!{letters}{pattern})" if needle[0] in folded.joined else ""
    after = f"(?!{letters})" if needle[-1] in folded.joined else ""
    return pattern + before + after


def _overlapping(string: str, needle: str) -> list[int]:
    """Return where a needle is, overlaps too: one that is no hit must not hide one that is."""
    if any(needle.startswith(needle[at:]) for at in range(1, len(needle))):
        pattern = f"{re.escape(needle[0])}(?={re.escape(needle[1:])})"
    else:
        pattern = re.escape(needle)
    return [match.start() for match in re.finditer(pattern, string)]


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
