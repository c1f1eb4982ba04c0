"""Find in one article: every hit, at once, in canonical offsets.

What is typed plainly finds all its spellings; what is typed with care (an accent, or with case to
be matched) finds only itself. A hit stays within one passage.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from reader.article.folding import MARKS, Folded, detail, fold, plain
from reader.article.text import CanonicalText

__all__ = ["Context", "Finder", "Hits", "context", "find"]

MAX_QUERY_CHARACTERS = 1_000
CONTEXT_CHARACTERS = 50
ELLIPSIS = "…"

_MARKS = re.compile(f"[{MARKS}]")
_CLUSTER = re.compile(f"([^{MARKS}])([{MARKS}]*)", re.DOTALL)
_SPACES = re.compile(" +")
_WHITE = re.compile(r"\s+")


class Hits:
    """The hits of one query in the order of the text; none overlaps another.

    ``starts`` and ``ends`` are canonical offsets, half open, one of each for a hit.
    """

    __slots__ = ("ends", "starts")

    def __init__(self, starts: array[int], ends: array[int]) -> None:
        self.starts = starts
        self.ends = ends

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> tuple[int, int]:
        return self.starts[index], self.ends[index]

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.starts, self.ends, strict=True)

    def after(self, offset: int) -> int:
        """Return the index of the first hit that begins at or after an offset; 0 where none does.

        This is “next” that goes on from the beginning; for no hits at all it is 0 too.
        """
        index = bisect_left(self.starts, offset)
        return index if index < len(self.starts) else 0

    def before(self, offset: int) -> int:
        """Return the index of the last hit that begins before an offset, or of the very last."""
        return (bisect_left(self.starts, offset) or len(self.starts)) - 1

    def within(self, start: int, end: int) -> range:
        """Return the indices of the hits that touch a range, as what is on the screen."""
        return range(bisect_left(self.ends, start + 1), bisect_left(self.starts, end))


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

    def prepare(self) -> None:
        """Fold the text now, as on a thread of its own, rather than at the first search."""
        _ = self._folded

    def find(self, query: str, *, match_case: bool = False, whole_word: bool = False) -> Hits:
        """Return all hits in body and notes; none for a query without anything to see.

        Only the first thousand characters of a query count.
        """
        query = unicodedata.normalize("NFC", query[:MAX_QUERY_CHARACTERS]).strip("\n\r\t")
        needle = _SPACES.sub(" ", "".join([plain(character) for character in query.replace("\n", " ")]))
        if not needle.strip():
            return Hits(array("Q"), array("Q"))
        exact = _pattern(query, match_case)
        folded = self._folded
        if exact is None and not whole_word:
            return _placed(folded, _everywhere(folded.string, needle), len(needle))
        checks: list[Callable[[int], bool]] = []
        if whole_word:
            checks += _word_checks(folded, needle)
        if exact is not None:
            checks.append(_spelling_check(folded, self._text.string, len(needle), exact, match_case))
        return _placed(folded, _where(folded.string, needle, checks), len(needle))


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
        return piece.lstrip()
    space = _WHITE.search(piece)
    # A script without spaces, or one long word: cut where it comes.
    return piece[space.end() :] if space and space.end() < len(piece) else piece


def _to_a_word(piece: str, after: str) -> str:
    if after.isspace():
        return piece.rstrip()
    cut = max(piece.rfind(" "), piece.rfind("\n"), piece.rfind("\N{NO-BREAK SPACE}"))
    return piece[:cut].rstrip() if cut > 0 else piece


def _pattern(query: str, match_case: bool) -> re.Pattern[str] | None:
    """Return what a hit must match in detail; None where anything that folds alike will do."""
    spelled = "".join([detail(character) for character in query.replace("\n", " ")])
    if not match_case:
        if not _MARKS.search(spelled):
            return None
        spelled = spelled.lower()
    parts = []
    for letter, marks in _CLUSTER.findall(_SPACES.sub(" ", spelled)):
        if letter == " ":
            parts.append(" +")
        elif marks:
            parts.append(f"{re.escape(letter)}{marks}(?![{MARKS}])")
        else:
            parts.append(f"{re.escape(letter)}[{MARKS}]*")
    return re.compile("".join(parts))


def _everywhere(string: str, needle: str) -> list[int]:
    """Return where a needle is, without overlaps. Splitting runs in C; a loop of finds does not."""
    step = len(needle)
    pieces = string.split(needle)
    pieces.pop()
    return [at - step for at in accumulate(map(step.__add__, map(len, pieces)))]


def _where(string: str, needle: str, checks: list[Callable[[int], bool]]) -> list[int]:
    """Return where a needle is that passes every check, without overlaps."""
    found: list[int] = []
    step = len(needle)
    at = string.find(needle)
    while at >= 0:
        if all(check(at) for check in checks):
            found.append(at)
            at = string.find(needle, at + step)
        else:
            at = string.find(needle, at + 1)
    return found


def _word_checks(folded: Folded, needle: str) -> list[Callable[[int], bool]]:
    string, joined, size = folded.string, folded.joined, len(needle)
    checks: list[Callable[[int], bool]] = []
    # The newline at the string's end also answers for what is before its beginning.
    if needle[0] in joined:
        checks.append(lambda at: string[at - 1] not in joined)
    if needle[-1] in joined:
        checks.append(lambda at: string[at + size] not in joined)
    return checks


def _spelling_check(
    folded: Folded, source: str, size: int, exact: re.Pattern[str], match_case: bool
) -> Callable[[int], bool]:
    """Return a check of the original spelling; each spelling is looked at once."""
    known: dict[str, bool] = {}

    def spelled(at: int) -> bool:
        spelling = source[folded.start(at) : folded.end(at + size)]
        answer = known.get(spelling)
        if answer is None:
            letters = "".join([detail(character) for character in spelling.replace("\n", " ")])
            answer = known[spelling] = exact.search(letters if match_case else letters.lower()) is not None
        return answer

    return spelled


def _placed(folded: Folded, found: list[int], size: int) -> Hits:
    """Return hits in the folded text as hits in the text."""
    if folded.even:
        return Hits(array("Q", found), array("Q", [at + size for at in found]))
    starts, ends = array("Q"), array("Q")
    last = 0
    for at in found:
        start, end = folded.start(at), folded.end(at + size)
        # One character that folds to two can be hit twice.
        if start >= last:
            starts.append(start)
            ends.append(end)
            last = end
    return Hits(starts, ends)
