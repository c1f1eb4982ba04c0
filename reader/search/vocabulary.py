"""The terms of a segment, in order: one piece of bytes, a line each, looked into without taking it apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

_SHELF = 64  # terms that are told by their first one


def encoded(term: str) -> bytes:
    """Return a term as it is kept; the order of bytes is that of code points."""
    return term.encode("utf-8", "surrogatepass")


class Vocabulary:
    """Terms by their rank, which counts from 0 in the order of their bytes."""

    def __init__(self, raw: bytes, count: int, shelves: Iterable[int]) -> None:
        """Take terms, each ended by a newline, and where every 64th of them begins (see ``shelves``)."""
        self._raw = raw
        self._count = count
        self._starts = [*shelves, len(raw)]
        self._firsts = [raw[start : raw.index(b"\n", start)] for start in self._starts[:-1]]

    def __len__(self) -> int:
        return self._count

    def rank(self, term: str) -> int:
        """Return a term's rank, -1 where there is none."""
        sought = encoded(term)
        shelf = bisect_right(self._firsts, sought) - 1
        if shelf < 0:
            return -1
        if self._firsts[shelf] == sought:
            return shelf * _SHELF
        lines = self._raw[self._starts[shelf] : self._starts[shelf + 1]]
        at = lines.find(b"\n" + sought + b"\n")
        return shelf * _SHELF + lines.count(b"\n", 0, at + 1) if at >= 0 else -1

    def term(self, rank: int) -> str:
        return self._shelf(rank // _SHELF)[rank % _SHELF].decode("utf-8", "surrogatepass")

    def beginning(self, beginning: str) -> range:
        """Return the ranks of the terms that begin so."""
        sought = encoded(beginning)
        return range(self._insertion(sought), self._insertion(sought + b"\xff"))  # no term has such a byte

    def terms(self, ranks: range) -> Iterator[str]:
        """Yield the terms of some ranks in their order."""
        for shelf in range(ranks.start // _SHELF, -(-ranks.stop // _SHELF)):
            first = shelf * _SHELF
            for line in self._shelf(shelf)[max(0, ranks.start - first) : ranks.stop - first]:
                yield line.decode("utf-8", "surrogatepass")

    def names(self) -> Iterator[bytes]:
        """Yield all terms as they are kept, in order."""
        for shelf in range(len(self._firsts)):
            yield from self._shelf(shelf)

    def _insertion(self, sought: bytes) -> int:
        shelf = max(0, bisect_right(self._firsts, sought) - 1)
        before = shelf * _SHELF
        return before + sum(line < sought for line in self._shelf(shelf))

    def _shelf(self, shelf: int) -> list[bytes]:
        if shelf >= len(self._firsts):
            return []
        return self._raw[self._starts[shelf] : self._starts[shelf + 1]].splitlines()


def lines(terms: Iterable[bytes]) -> bytes:
    return b"".join(term + b"\n" for term in terms)


def shelves(terms: Iterable[bytes]) -> Iterator[int]:
    """Yield where every 64th term begins in ``lines``."""
    at = 0
    for number, term in enumerate(terms):
        if number % _SHELF == 0:
            yield at
        at += len(term) + 1
