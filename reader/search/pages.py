"""The first page of what a query finds, over all segments, and how much it finds altogether."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from reader.search import columns
from reader.search.closeness import shortest
from reader.search.kernel import Clock, Found, Kernel, Tagged
from reader.search.nodes import All, Node, Word
from reader.search.postings import to_bytes
from reader.search.results import ArticleHits, BlockHit
from reader.search.segment import Segment
from reader.search.statistics import Statistics

MAX_COMPARED = 32
"""Of what is found best, so many are looked at for how close the words stand."""

_CLOSE = 48.0  # what words side by side add to a score, of 255 at most


class Hit(NamedTuple):
    """A document by the place of its segment; ``score`` is 1 to 255, and more where words stand close."""

    score: float
    segment: int
    document: int


_score = attrgetter("score")


class Search:
    """A query on the segments of one generation, of one article if it is named.

    Raises:
        OutOfTimeError, DamagedIndexError: from every method.
    """

    def __init__(
        self, segments: Sequence[Segment], statistics: Statistics, clock: Clock, node: Node, tagged: Tagged
    ) -> None:
        self._segments = segments
        self._node = node
        self._clock = clock
        self._kernels = [Kernel(segment, statistics, clock, tagged) for segment in segments]
        self._found: list[Found] = []

    def ask(self, within: int | None = None) -> None:
        """Find what may match; everything else here waits for it."""
        for kernel, segment in zip(self._kernels, self._segments, strict=True):
            found = kernel.answer(self._node)
            if within is not None:
                place = segment.article(within)
                ranges = [segment.documents.range_of(place)] if place >= 0 else []
                found = found._replace(column=columns.limited(found.column, ranges))
            self._found.append(found)

    def best(self, most: int) -> list[Hit]:
        """Return the best hits; among those at the top, the closer the words stand, the better."""
        hits = list(islice(self._merged(), max(most, MAX_COMPARED) if self._compared() else most))
        return self._closest(hits)[:most]

    def best_of_articles(self, articles: int, each: int) -> list[Hit]:
        """Return the hits of the articles with the best ones, so many of each."""
        chosen: dict[tuple[int, int], list[Hit]] = {}
        all_seen = True
        for hit in self._merged():
            article = (hit.segment, self._segments[hit.segment].documents.article_of(hit.document))
            if article not in chosen:
                if len(chosen) == articles:
                    all_seen = False
                    break
                chosen[article] = []
            chosen[article].append(hit)
        hits: list[Hit] = []
        for (segment, place), found in chosen.items():
            hits += found[:each] if all_seen or len(found) >= each else self._of_article(segment, place, each)
        return self._closest(sorted(hits, key=_score, reverse=True))

    def _of_article(self, segment: int, place: int, each: int) -> list[Hit]:
        first, end = self._segments[segment].documents.range_of(place)
        best = self._kernels[segment].best(self._found[segment], first, end)
        return [Hit(value, segment, document) for value, document in islice(best, each)]

    def total(self) -> int:
        """Return how many blocks match."""
        return sum(
            columns.count(found.column) if found.keep is None else sum(1 for _ in kernel.kept(found))
            for kernel, found in zip(self._kernels, self._found, strict=True)
        )

    def columns(self) -> Iterator[tuple[Segment, bytes]]:
        """Yield each segment with the column of what matches indeed."""
        for segment, kernel, found in zip(self._segments, self._kernels, self._found, strict=True):
            yield segment, kernel.settled(found, found.column)

    def grouped(self, hits: Sequence[Hit]) -> tuple[ArticleHits, ...]:
        """Return hits by article, the article with the best hit first, its hits in reading order."""
        by_article: dict[int, list[BlockHit]] = {}
        for hit in hits:
            documents = self._segments[hit.segment].documents
            article = documents.articles[documents.article_of(hit.document)]
            passage, section = documents.passages[hit.document], documents.sections[hit.document]
            by_article.setdefault(article, []).append(BlockHit(passage, section, hit.score))
        return tuple(
            ArticleHits(article, tuple(sorted(found, key=lambda hit: hit.passage)))
            for article, found in by_article.items()
        )

    def _merged(self) -> Iterator[Hit]:
        """Yield the hits of all segments, best first."""
        every = [self._of_segment(number) for number in range(len(self._segments))]
        return every[0] if len(every) == 1 else merge(*every, key=_score, reverse=True)

    def _of_segment(self, number: int) -> Iterator[Hit]:
        best = self._kernels[number].best(self._found[number])
        return (Hit(value, number, document) for value, document in best)

    def _compared(self) -> list[str]:
        """Return the words whose closeness counts."""
        parts = self._node.parts if isinstance(self._node, All) else ()
        terms = [part.term for part in parts if isinstance(part, Word)]
        return terms if len(terms) > 1 else []

    def _closest(self, hits: list[Hit]) -> list[Hit]:
        terms = self._compared()
        if not terms:
            return hits
        numbers = [[to_bytes(array("I", [segment.number(term)])) for term in terms] for segment in self._segments]
        streams = [segment.stream for segment in self._segments]
        self._clock.look()
        top = []
        for hit in hits[:MAX_COMPARED]:
            score, segment, document = hit
            length = shortest(streams[segment].raw(document), numbers[segment])
            top.append(Hit(score + _CLOSE * len(terms) / length, segment, document) if length else hit)
        return sorted([*top, *hits[MAX_COMPARED:]], key=_score, reverse=True)
