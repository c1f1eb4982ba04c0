"""Several segments become one, without those articles that no longer count.

The vocabularies are merged as they are in order. Documents are renumbered by one addition where none
is left out; where a segment has deleted documents, each posting is looked at. Postings go from file to
file a term at a time, the stream a piece at a time, so memory holds the vocabulary and no more.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import accumulate, groupby
from operator import itemgetter
from pathlib import Path

from reader.search.layout import POSTINGS, SegmentFile
from reader.search.postings import POSTING_BYTES, column_of, is_dense, moved, postings_of, renumbered
from reader.search.results import Stop
from reader.search.segment import Segment
from reader.search.stream import GAP, write_stream
from reader.search.tables import Documents, Terms

_PIECE_WORDS = 2**18
_TERMS_BETWEEN_LOOKS = 4096


class _Source:
    """One of the segments: what its documents and the numbers in its stream become."""

    def __init__(self, segment: Segment, base: int) -> None:
        self.segment = segment
        self.base = base
        self.live = segment.live
        self.renumbered = self._numbers() if segment.dead else None
        # Of a merged segment the numbers have gaps, where words went with the last document that had them.
        self.words = array("I", bytes(4 * (max(segment.terms.numbers, default=GAP) + 1)))
        """New number of a word in the stream, by its old one."""

    def _numbers(self) -> list[int]:
        gone = bytearray(self.segment.count)
        for first, end in self.segment.dead:
            gone[first:end] = b"\1" * (end - first)
        live = accumulate((not each for each in gone), initial=self.base)
        return [-1 if each else number for each, number in zip(gone, live, strict=False)]

    def postings(self, rank: int) -> bytes:
        raw = self.segment.raw(rank)
        if self.segment.is_dense(rank):
            raw = postings_of(raw)
        if self.renumbered is not None:
            return renumbered(raw, self.renumbered)
        return moved(raw, self.base) if self.base else raw

    def stream(self) -> Iterator[array[int]]:
        """Yield the stream with the new numbers, piece by piece."""
        new = self.words.__getitem__
        for piece in self._living():
            yield array("I", map(new, piece))

    def _living(self) -> Iterator[array[int]]:
        if not self.segment.dead:
            yield from self.segment.stream.pieces(_PIECE_WORDS)
            return
        documents = self.segment.documents
        for place in self.segment.articles():
            for document in range(*documents.range_of(place)):
                yield self.segment.stream.words(document)


def merged(segments: Sequence[Segment], path: Path, stop: Stop = lambda: None) -> Documents:
    """Write the segments as one, in their order; return its documents.

    Raises:
        DamagedIndexError: what is read is not what was written.
        OSError: it cannot be read or written.
    """
    bases = accumulate((segment.live for segment in segments), initial=0)
    sources = [_Source(segment, base) for segment, base in zip(segments, bases, strict=False)]
    _number_words(sources)
    documents = _documents(sources)
    terms = Terms()
    with SegmentFile(path) as file:
        write_stream(file, (piece for source in sources for piece in _told(source.stream(), stop)))
        file.write(POSTINGS, _postings(sources, terms, len(documents), stop))
        terms.write(file)
        documents.write(file)
        file.finish(len(documents), len(terms), tuple(documents.languages))
    return documents


def _told(pieces: Iterator[array[int]], stop: Stop) -> Iterator[array[int]]:
    for piece in pieces:
        stop()
        yield piece


_Line = tuple[bytes, int, int]
"""A term, the place of a source, the term's rank there."""


def _lines(sources: Sequence[_Source]) -> Iterator[tuple[bytes, Iterator[_Line]]]:
    """Yield every term of all sources, in order, with where it stands."""

    def of(place: int, source: _Source) -> Iterator[_Line]:
        return ((name, place, rank) for rank, name in enumerate(source.segment.terms.vocabulary.names()))

    return groupby(merge(*(of(place, source) for place, source in enumerate(sources))), key=itemgetter(0))


def _number_words(sources: Sequence[_Source]) -> None:
    """Give the words new numbers, in the order of the vocabulary."""
    for number, (_, lines) in enumerate(_lines(sources), GAP + 1):
        for _, place, rank in lines:
            source = sources[place]
            source.words[source.segment.terms.numbers[rank]] = number


def _postings(sources: Sequence[_Source], terms: Terms, documents: int, stop: Stop) -> Iterator[bytes]:
    for number, (name, lines) in enumerate(_lines(sources), GAP + 1):
        if number % _TERMS_BETWEEN_LOOKS == 0:
            stop()
        raw = b"".join([sources[place].postings(rank) for _, place, rank in lines])
        frequency = len(raw) // POSTING_BYTES
        if is_dense(frequency, documents):
            raw = column_of(raw, documents)
        if frequency:
            yield terms.add(name, number, frequency, raw)


def _documents(sources: Sequence[_Source]) -> Documents:
    made = Documents()
    words = 0
    for source in sources:
        old = source.segment.documents
        for place in source.segment.articles():
            made.begin_article(old.articles[place], old.revisions[place], old.languages[old.of_language[place]])
            for document in range(*old.range_of(place)):
                made.add(words, old.passages[document], old.sections[document], old.places[document])
                words += old.starts[document + 1] - old.starts[document]
    made.end(words)
    return made
