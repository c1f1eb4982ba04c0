"""Columns: for each document of a segment one byte, 0 where it does not match, else how well it does.

All that a query does to whole columns is done by C: a sum of columns is one addition of two very long
numbers, what matches both is one AND of them. No byte of a sum overflows, because the weights that
the columns are scaled by add up to less than a byte holds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from itertools import compress
from operator import itemgetter

TOP = 255
"""The best that a document can match."""

_MATCHES = bytes([0, *[TOP] * TOP])  # what matches at all, as well as can be
_MATCHES_NOT = bytes([TOP, *[0] * TOP])
_FAINTER = 4
_STEPS = 1000  # that weights are told apart by
_FEW = 512
_TRIED = 20
_value = itemgetter(0)
_LEAST_WEIGHT = 1e-9  # of what only limits


class Column(bytes):
    """A column that is wanted again: which documents match it is made a number of once."""

    @cached_property
    def mask(self) -> int:
        return _number(matching(self))


def _mask(column: bytes) -> int:
    return column.mask if isinstance(column, Column) else _number(matching(column))


@cache
def _weaker() -> bytes:
    return bytes([0, *(max(1, value // _FAINTER) for value in range(1, 256))])


def weaker(column: bytes) -> bytes:
    """Return a column whose best is below the worst of what is found as it was typed (see ``impacts``)."""
    return column.translate(_weaker())


def matching(column: bytes) -> bytes:
    """Return a column that says only whether, not how well."""
    return column.translate(_MATCHES)


def count(column: bytes) -> int:
    return _mask(column).bit_count() // 8


def is_empty(column: bytes) -> bool:
    return not column.strip(b"\0")


def scatter(column: bytearray, documents: Iterable[int], values: Iterable[int]) -> None:
    """Set the values of some documents."""
    deque(map(column.__setitem__, documents, values), maxlen=0)


def both(column: bytes, mask: bytes) -> bytes:
    """Return a column where the mask, made by ``matching``, matches too."""
    return _bytes(_number(column) & _number(mask), len(column))


def without(column: bytes, unwanted: bytes) -> bytes:
    return both(column, unwanted.translate(_MATCHES_NOT))


def every(columns: Sequence[bytes], weights: Sequence[float]) -> bytes:
    """Return the documents that all columns match, with the weighted mean of how well."""
    mask = -1
    for column in columns:
        mask &= _mask(column)
    return _bytes(_weighted(columns, weights) & mask, len(columns[0]))


def some(columns: Sequence[bytes], weights: Sequence[float]) -> bytes:
    """Return the documents that any of the columns matches, with the weighted sum of how well."""
    return _bytes(_weighted(columns, weights), len(columns[0]))


def over(column: bytes, below: bytes) -> bytes:
    """Return a column, and where it does not match what another says."""
    return _bytes(_number(column) | _number(without(below, column)), len(column))


def _weighted(columns: Sequence[bytes], weights: Sequence[float]) -> int:
    # One for each column is kept back: what matches at all must stay above nothing.
    share = (TOP - len(columns)) / TOP / max(sum(weights), _LEAST_WEIGHT)
    return sum(
        _number(column.translate(_scaled(weight * share))) for column, weight in zip(columns, weights, strict=True)
    )


def _scaled(factor: float) -> bytes:
    return _rounded(int(factor * _STEPS))


@lru_cache(_STEPS + 1)
def _rounded(steps: int) -> bytes:
    factor = steps / _STEPS
    return bytes([0, *(1 + int(value * factor) for value in range(1, 256))])


def _number(column: bytes) -> int:
    return int.from_bytes(column, "little")


def _bytes(number: int, length: int) -> bytes:
    return number.to_bytes(length, "little")


def limited(column: bytes, ranges: Iterable[tuple[int, int]]) -> bytes:
    """Return a column of which only the half open ranges of documents, ascending, are left."""
    left = bytearray(len(column))
    for first, end in ranges:
        left[first:end] = column[first:end]
    return bytes(left)


def best(column: bytes, first: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield how well and which, best first, of equals in their order; documents from ``first`` to ``end``."""
    end = len(column) if end is None else end
    if end - first > _FEW:
        return _by_value(column, first, end)
    found = [(value, document) for document, value in enumerate(column[first:end], first) if value]
    found.sort(key=_value, reverse=True)
    return iter(found)


def _by_value(column: bytes, first: int, end: int) -> Iterator[tuple[int, int]]:
    find = column.find
    for value in _values(column):
        at = find(value, first, end)
        while at >= 0:
            yield value, at
            at = find(value, at + 1, end)


def _values(column: bytes) -> Iterator[int]:
    """Yield what a column may have, greatest first. Which there are is asked only where the greatest do not suffice."""
    yield from range(TOP, TOP - _TRIED, -1)
    yield from sorted((value for value in set(column.translate(None, b"\0")) if value <= TOP - _TRIED), reverse=True)


def documents(column: bytes) -> Iterator[int]:
    """Yield the documents that match, ascending."""
    return compress(range(len(column)), column)
