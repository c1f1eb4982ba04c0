"""How close the words of a query stand in a document, by the stream."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator

from reader.search.stream import Stream


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


def near(stream: Stream, numbers: Collection[int], between: int, documents: Iterable[int]) -> Iterator[int]:
    """Yield those of the documents in which all the words stand with so many others ``between`` at most."""
    most = len(set(numbers)) + between
    for document in documents:
        if any(0 < span(row, numbers) <= most for row in stream.rows(document)):
            yield document
