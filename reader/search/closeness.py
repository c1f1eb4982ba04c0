"""How close the words of a query stand in a document, by the stream."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence

from reader.search.stream import WORD_BYTES, Stream

MAX_PLACES = 16
"""Of a word in a document that are compared with those of others."""


def span(row: array[int], numbers: Collection[int]) -> int:
    """Return the length of the shortest stretch of a row that has all the words; 0 where there is none."""
    wanted = set(numbers)
    last: dict[int, int] = {}
    shortest = 0
    for at, number in enumerate(row):
        if number in wanted:
            last[number] = at
            if len(last) == len(wanted):
                here = at - min(last.values()) + 1
                shortest = min(shortest or here, here)
    return shortest


def shortest(raw: bytes, words: Sequence[bytes]) -> int:
    """Return about the same of a document's words as they are in the stream, rows and all; faster."""
    found = [_places(raw, word) for word in words]
    if len(found) == 2:
        ones, others = found
        return min([abs(one - other) for one in ones for other in others], default=-WORD_BYTES) // WORD_BYTES + 1
    last = [-1] * len(words)
    least = 0
    for at, number in sorted((at, number) for number, places in enumerate(found) for at in places):
        last[number] = at
        first = min(last)
        if first >= 0:
            here = (at - first) // WORD_BYTES + 1
            least = min(least or here, here)
    return least


def _places(raw: bytes, word: bytes) -> list[int]:
    """Return where a word stands, in bytes."""
    found: list[int] = []
    at = raw.find(word)
    while at >= 0 and len(found) < MAX_PLACES:
        if at % WORD_BYTES == 0:
            found.append(at)
        at = raw.find(word, at + 1)
    return found


def near(stream: Stream, numbers: Collection[int], between: int, documents: Iterable[int]) -> Iterator[int]:
    """Yield those of the documents in which all the words stand with so many others ``between`` at most."""
    most = len(set(numbers)) + between
    for document in documents:
        if any(0 < span(row, numbers) <= most for row in stream.rows(document)):
            yield document
