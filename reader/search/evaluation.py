"""How a query is answered from the postings of an index: which documents match, and how well.

One segment at a time, a set of documents with their scores for each part of the query; a part that
must match is looked up only for the documents that all parts before it left. Scores are BM25.
"""

from __future__ import annotations

import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import log

from whoosh.reading import IndexReader, TermNotFound

from reader.search.query import All, Either, Node, Phrase, Prefix, Query, Word
from reader.search.schema import ARTICLE, TEXT

MAX_PREFIX_TERMS = 64
"""Of the words that begin alike, so many of the commonest are sought."""

MAX_PREFIX_TERMS_READ = 20_000
"""Of the words that begin alike, so many are compared."""

_SATURATION = 1.2  # BM25's k1
_LENGTH_SHARE = 0.75  # BM25's b
_POSTINGS_BETWEEN_LOOKS = 512

Scores = dict[int, float]
"""Document number in its segment → score."""


class OutOfTimeError(Exception):
    """The time for one search is up; internal to this room."""


class Statistics:
    """What scores need to know of the whole index, and the words that prefixes stand for."""

    def __init__(self, leaves: Sequence[IndexReader]) -> None:
        self._leaves = leaves
        self._documents = max(1, sum(leaf.doc_count_all() for leaf in leaves))
        self._mean_length = max(1.0, sum(leaf.field_length(TEXT) for leaf in leaves) / self._documents)
        self._dampening: dict[int, Dampening] = {}
        self._expansions: dict[str, tuple[str, ...]] = {}
        self._cut: set[str] = set()

    def rarity(self, term: str) -> float:
        """Return the weight of a term: greater, the fewer documents have it."""
        frequency = self.frequency(term)
        return log(1 + (self._documents - frequency + 0.5) / (frequency + 0.5))

    def frequency(self, term: str) -> int:
        return min(self._documents, sum(leaf.doc_frequency(TEXT, _key(term)) for leaf in self._leaves))

    def expand(self, beginning: str) -> tuple[str, ...]:
        """Return the commonest terms that begin so, commonest first."""
        if beginning not in self._expansions:
            counts: Counter[str] = Counter()
            for leaf in self._leaves:
                for read, (term, info) in enumerate(leaf.iter_prefix(TEXT, _key(beginning))):
                    if read == MAX_PREFIX_TERMS_READ:
                        self._cut.add(beginning)
                        break
                    counts[term.decode("utf-8", "surrogatepass")] += info.doc_frequency()
            if len(counts) > MAX_PREFIX_TERMS:
                self._cut.add(beginning)
            commonest = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            self._expansions[beginning] = tuple(term for term, _ in commonest[:MAX_PREFIX_TERMS])
        return self._expansions[beginning]

    def cut(self, query: Query) -> bool:
        """Say whether for a prefix that the query seeks not every word was taken."""
        return any(isinstance(leaf, Prefix) and leaf.beginning in self._cut for leaf in query.sought)

    def dampening(self, leaf: IndexReader) -> Dampening:
        """Return for a segment what a term's frequency in a document is weighed against."""
        known = self._dampening.get(id(leaf))
        if known is None:
            known = self._dampening[id(leaf)] = Dampening(leaf, self._mean_length)
        return known


class Dampening:
    """BM25's share of a document's length; read from the index once a document."""

    def __init__(self, leaf: IndexReader, mean_length: float) -> None:
        self._leaf = leaf
        self._mean_length = mean_length
        self._known = array("f", bytes(4 * leaf.doc_count_all()))  # 0: not read yet

    def __getitem__(self, document: int) -> float:
        known = self._known[document]
        if known:
            return known
        length = self._leaf.doc_field_length(document, TEXT, 1) or 1
        known = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / self._mean_length)
        self._known[document] = known
        return known


def _key(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")


class Evaluation:
    """A query on one segment. ``deadline`` is a ``time.monotonic`` value.

    Raises:
        OutOfTimeError: from every method, when the deadline has passed.
    """

    def __init__(self, leaf: IndexReader, statistics: Statistics, deadline: float) -> None:
        self._leaf = leaf
        self._statistics = statistics
        self._deadline = deadline
        self._dampening = statistics.dampening(leaf)

    def scores(self, node: Node, among: Scores | None = None) -> Scores:
        """Return the documents that match, of those in ``among`` if it is given."""
        self._look_at_the_clock()
        if isinstance(node, Word):
            return self._word(node.term, among)
        if isinstance(node, Prefix):
            return self._best_of([self._word(term, among) for term in self._statistics.expand(node.beginning)])
        if isinstance(node, Phrase):
            return self._phrase(node.terms, among)
        if isinstance(node, Either):
            return self._sum_of([self.scores(part, among) for part in node.parts])
        return self._all(node, among)

    def of_article(self, article_id: int) -> Scores:
        """Return the documents of one article, all with the score 0."""
        return {document: 0.0 for document, _, _ in self._postings(ARTICLE, str(article_id), None)}

    def _all(self, node: All, among: Scores | None) -> Scores:
        found = among
        for part in sorted(node.parts, key=self._size):
            here = self.scores(part, found)
            before = found if found is not None and found is not among else {}
            found = {document: score + before.get(document, 0.0) for document, score in here.items()}
            if not found:
                return {}
        found = found or {}
        for part in node.without:
            unwanted = self.scores(part, found)
            found = {document: score for document, score in found.items() if document not in unwanted}
        return found

    def _size(self, node: Node) -> int:
        """Return about how many documents a part can match, to begin with the fewest."""
        frequency = self._statistics.frequency
        if isinstance(node, Word):
            return frequency(node.term)
        if isinstance(node, Phrase):
            return min(frequency(term) for term in node.terms)
        if isinstance(node, Prefix):
            return sum(frequency(term) for term in self._statistics.expand(node.beginning))
        sizes = [self._size(part) for part in node.parts]
        return sum(sizes) if isinstance(node, Either) else min(sizes)

    def _word(self, term: str, among: Scores | None) -> Scores:
        rarity = self._statistics.rarity(term)
        return {
            document: self._score(document, weight, rarity) for document, weight, _ in self._postings(TEXT, term, among)
        }

    def _phrase(self, terms: tuple[str, ...], among: Scores | None) -> Scores:
        """Return the documents that have the terms in a row; begin with the rarest."""
        order = sorted(range(len(terms)), key=lambda step: self._statistics.frequency(terms[step]))
        beginnings: dict[int, set[int]] = {}
        emphasis: dict[int, float] = {}  # how much more a word counts in the document: in a heading, say
        for turn, step in enumerate(order):
            here: dict[int, set[int]] = {}
            candidates = among if turn == 0 else dict.fromkeys(sorted(beginnings), 0.0)
            for document, weight, positions in self._postings(TEXT, terms[step], candidates):
                places = {position - step for position in positions()}
                emphasis[document] = weight / len(places)
                if turn:
                    places &= beginnings[document]
                if places:
                    here[document] = places
            beginnings = here
            if not beginnings:
                return {}
        rarity = sum(self._statistics.rarity(term) for term in terms)
        return {
            document: self._score(document, emphasis[document] * len(places), rarity)
            for document, places in beginnings.items()
        }

    def _score(self, document: int, weight: float, rarity: float) -> float:
        return rarity * weight * (_SATURATION + 1) / (weight + self._dampening[document])

    def _postings(
        self, field: str, term: str, among: Scores | None
    ) -> Iterator[tuple[int, float, Callable[[], list[int]]]]:
        """Yield document, weight and a way to the positions, by ascending document."""
        try:
            matcher = self._leaf.postings(field, _key(term))
        except TermNotFound:
            return
        candidates = None if among is None else iter(sorted(among))
        seen = 0
        while matcher.is_active():
            seen += 1
            if seen % _POSTINGS_BETWEEN_LOOKS == 0:
                self._look_at_the_clock()
            if candidates is not None:
                wanted = next((document for document in candidates if document >= matcher.id()), None)
                if wanted is None:
                    return
                matcher.skip_to(wanted)
                if not matcher.is_active():
                    return
                if matcher.id() != wanted:
                    continue
            yield matcher.id(), matcher.weight(), lambda: matcher.value_as("positions")
            matcher.next()

    def _look_at_the_clock(self) -> None:
        if time.monotonic() > self._deadline:
            raise OutOfTimeError

    @staticmethod
    def _sum_of(many: list[Scores]) -> Scores:
        total: Scores = {}
        for scores in many:
            for document, score in scores.items():
                total[document] = total.get(document, 0.0) + score
        return total

    @staticmethod
    def _best_of(many: list[Scores]) -> Scores:
        best: Scores = {}
        for scores in many:
            for document, score in scores.items():
                if score > best.get(document, 0.0):
                    best[document] = score
        return best
