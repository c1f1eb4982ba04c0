"""How a query is answered from one segment: each part of it becomes a column, and columns are put together.

Where words stand is not looked at until somebody wants to see: a phrase is at first whatever has all
its words, and what keeps to it is told of each document in turn, best first, so that a page is full
after few. Only what must not match is settled at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from reader.search import columns
from reader.search.blocks import AUTHOR, TITLE
from reader.search.closeness import near
from reader.search.nodes import All, Either, Field, FieldName, Fuzzy, Near, Node, Phrase, Prefix, Word, fields, leaves
from reader.search.postings import documents_of, impacts_of
from reader.search.results import Stop
from reader.search.segment import Segment
from reader.search.statistics import Forms, Statistics
from reader.search.tables import Place

_DOCUMENTS_BETWEEN_LOOKS = 256
_POSTINGS_BETWEEN_LOOKS = 2**16

Keep = Callable[[Iterable[int]], Iterator[int]]
"""Yields those of some documents that match indeed, in their order."""

Tagged = Callable[[str], Collection[int]]
"""Returns the articles that have a tag."""


class OutOfTimeError(Exception):
    """The time for one search is up; internal to this room."""


class Found(NamedTuple):
    """What may match a part of a query, how much the part weighs, and what does match, where not all does."""

    column: bytes
    weight: float
    keep: Keep | None = None


class Clock:
    """The time that one search has, unless it is stopped before. ``deadline`` is a ``time.monotonic`` value."""

    def __init__(self, deadline: float, stop: Stop) -> None:
        self._deadline = deadline
        self._stop = stop

    def look(self) -> None:
        self._stop()
        if time.monotonic() > self._deadline:
            raise OutOfTimeError

    def watching(self, documents: Iterable[int]) -> Iterator[int]:
        """Yield the documents, looking at the clock now and then."""
        for seen, document in enumerate(documents):
            if seen % _DOCUMENTS_BETWEEN_LOOKS == 0:
                self.look()
            yield document


class Kernel:
    """A query on one segment.

    Raises:
        OutOfTimeError: from every method, when the time is up.
        DamagedIndexError: what is read is not what was written.
    """

    def __init__(self, segment: Segment, statistics: Statistics, clock: Clock, tagged: Tagged) -> None:
        self._segment = segment
        self._statistics = statistics
        self._clock = clock
        self._tagged = tagged

    def answer(self, node: Node) -> Found:
        """Return what matches a whole query. Where it seeks nothing but articles, these are told by their heads."""
        found = self._part(node)
        if any(leaves(node)) or any(limit.name is FieldName.IN for limit in fields(node)):
            return found
        return found._replace(column=self._heads(found.column))

    def _part(self, node: Node, prefix: str = "") -> Found:
        """Return what matches a part; ``prefix`` is what the terms of a field begin with."""
        self._clock.look()
        if isinstance(node, Word):
            return self._word(node, prefix)
        if isinstance(node, Phrase | Near):
            return self._placed(node, prefix)
        if isinstance(node, Prefix):
            return self._prefix(prefix + node.beginning)
        if isinstance(node, Fuzzy):
            return self._fuzzy(node, prefix)
        if isinstance(node, Field):
            return Found(self._limit(node), 0.0)
        return self._all(node, prefix) if isinstance(node, All) else self._either(node, prefix)

    # Leaves

    def _term(self, term: str) -> bytes:
        rank = self._segment.terms.vocabulary.rank(term)
        return self._segment.column(rank) if rank >= 0 else self._segment.empty()

    def _word(self, node: Word, prefix: str) -> Found:
        term = prefix + node.term
        forms = () if node.exact or prefix else self._statistics.forms(term)
        if not forms:
            return Found(self._term(term), self._statistics.weight(term))
        column = self._segment.remembered((term, forms), partial(self._with_forms, term, forms))
        return Found(column, self._statistics.weight(term, forms))

    def _with_forms(self, term: str, forms: Forms) -> bytes:
        column = self._term(term)
        for form, language in forms:
            rank = self._segment.terms.vocabulary.rank(form)
            if rank >= 0:
                others = self._segment.read(rank)
                if len(self._statistics.languages) > 1:
                    others = columns.both(others, self._segment.in_language(language))
                column = columns.over(column, columns.weaker(others))
        return column

    def _fuzzy(self, node: Fuzzy, prefix: str) -> Found:
        column = self._term(prefix + node.term)
        for other in () if prefix else self._statistics.near(node.term):
            if self._segment.terms.vocabulary.rank(other) >= 0:
                column = columns.over(column, columns.weaker(self._term(other)))
        return Found(column, self._statistics.weight(prefix + node.term))

    def _prefix(self, beginning: str) -> Found:
        ranks = self._segment.terms.vocabulary.beginning(beginning)
        column = bytearray(self._segment.count)
        dense = []
        start = ranks.start
        for rank in ranks:
            if self._segment.is_dense(rank):
                dense.append(rank)
                self._scatter(range(start, rank), column)
                start = rank + 1
        self._scatter(range(start, ranks.stop), column)
        found = self._segment.living(bytes(column))
        for rank in dense:
            found = columns.over(found, self._segment.column(rank))
        return Found(columns.over(self._term(beginning), found), self._statistics.rarity_of_prefix(beginning))

    def _scatter(self, ranks: range, column: bytearray) -> None:
        """Put the impacts of terms that follow each other into a column."""
        for raw in self._segment.raws(ranks, _POSTINGS_BETWEEN_LOOKS):
            self._clock.look()
            columns.scatter(column, documents_of(raw), impacts_of(raw))

    def _placed(self, node: Phrase | Near, prefix: str) -> Found:
        terms = [prefix + term for term in node.terms]
        weights = [self._statistics.weight(term) for term in terms]
        numbers = [self._segment.number(term) for term in terms]
        if 0 in numbers:
            return Found(self._segment.empty(), sum(weights))
        once = dict(zip(terms, weights, strict=True))
        column = columns.every([self._term(term) for term in once], list(once.values()))
        stream = self._segment.stream
        if isinstance(node, Phrase):
            return Found(column, sum(weights), partial(stream.having, numbers))
        return Found(column, sum(weights), partial(near, stream, numbers, node.between))

    # What limits

    def _limit(self, node: Field) -> bytes:
        """Return the documents of the articles that a field allows."""
        segment = self._segment
        if node.name is FieldName.IN:
            return segment.at(Place[node.value])
        if node.name is FieldName.LANGUAGE:
            return segment.in_language(node.value)
        if node.name is FieldName.TAG:
            places = map(segment.article, self._tagged(node.value))
            return segment.in_articles({place for place in places if place >= 0})
        if node.node is None:
            return segment.empty()
        heads = self._part(node.node, TITLE if node.name is FieldName.TITLE else AUTHOR)
        return segment.in_articles({segment.documents.article_of(head) for head in self.kept(heads)})

    def _heads(self, column: bytes) -> bytes:
        return columns.both(column, self._segment.at(Place.HEAD))

    # What is put together

    def _all(self, node: All, prefix: str) -> Found:
        parts = [self._part(part, prefix) for part in node.parts]
        column = columns.every([part.column for part in parts], [part.weight for part in parts])
        keeps = [part.keep for part in parts if part.keep is not None]
        for unwanted in node.without:
            if columns.is_empty(column):
                break
            column = columns.without(column, self.settled(self._part(unwanted, prefix), column))
        return Found(column, sum(part.weight for part in parts), partial(_chained, keeps) if keeps else None)

    def _either(self, node: Either, prefix: str) -> Found:
        parts = [self._part(part, prefix) for part in node.parts]
        # An article that is told by a field beside words is told by its head.
        told = [
            part._replace(column=self._heads(part.column)) if _only_limits(each) else part
            for each, part in zip(node.parts, parts, strict=True)
        ]
        column = columns.some([part.column for part in told], [part.weight for part in told])
        keep = partial(_any_kept, told) if any(part.keep for part in told) else None
        return Found(column, sum(part.weight for part in told), keep)

    def settled(self, found: Found, among: bytes) -> bytes:
        """Return a column of what matches indeed, as far as it is wanted to know."""
        if found.keep is None:
            return found.column
        column = bytearray(self._segment.count)
        here = found._replace(column=columns.both(found.column, columns.matching(among)))
        for document in self.kept(here):
            column[document] = columns.TOP
        return bytes(column)

    # What comes out

    def kept(self, found: Found) -> Iterator[int]:
        """Yield all documents that match, ascending."""
        documents = columns.documents(found.column)
        return documents if found.keep is None else found.keep(self._clock.watching(documents))

    def best(self, found: Found, first: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Yield how well and which documents match, best first; of a range, if it is given."""
        best = columns.best(found.column, first, end)
        if found.keep is None:
            return best
        kept = found.keep(self._clock.watching(document for _, document in best))
        return ((found.column[document], document) for document in kept)


def _only_limits(node: Node) -> bool:
    return not any(leaves(node))


def _chained(keeps: Iterable[Keep], documents: Iterable[int]) -> Iterator[int]:
    left = iter(documents)
    for keep in keeps:
        left = keep(left)
    return left


def _any_kept(parts: list[Found], documents: Iterable[int]) -> Iterator[int]:
    for document in documents:
        for part in parts:
            if part.column[document] and (part.keep is None or any(True for _ in part.keep((document,)))):
                yield document
                break
