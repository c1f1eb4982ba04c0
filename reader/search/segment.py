"""A segment, open for reading: its terms, their postings, its documents and its stream.

Raises:
    DamagedIndexError: from everything here, where what is read is not what was written.
"""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

from reader.search import columns
from reader.search.columns import Column
from reader.search.layout import POSTINGS, Parts
from reader.search.postings import POSTING_BYTES, column_of, documents_of, impacts_of, is_dense, postings_of
from reader.search.storage import DamagedIndexError
from reader.search.stream import Stream
from reader.search.tables import Documents, Place, TermsRead

MAX_REMEMBERED_BYTES = 24 * 2**20
"""Of columns that are kept for the next query."""


class Segment:
    """One segment. ``deleted`` are documents that no longer count, always those of whole articles."""

    def __init__(self, path: Path, deleted: Collection[int] = ()) -> None:
        with ExitStack() as opened:
            parts = opened.enter_context(Parts(path))
            try:
                self.documents = Documents.read(parts)
                self.terms = TermsRead(parts)
                self.stream = opened.enter_context(closing(Stream(parts, self.documents.starts)))
                self._postings, _ = parts.place(POSTINGS)
            except (LookupError, ValueError) as exc:
                raise DamagedIndexError from exc
            self._parts = parts
            self._opened = opened.pop_all()
        self.count = len(self.documents)
        self._remembered = max(8, MAX_REMEMBERED_BYTES // max(1, 2 * self.count))  # each with its mask
        self._columns: OrderedDict[Hashable, Column] = OrderedDict()
        self._places: dict[int, int] | None = None
        self._spoken: dict[str, bytes] = {}
        self.dead: list[tuple[int, int]] = []
        self._dead_articles: frozenset[int] = frozenset()
        self.bury(deleted)

    def bury(self, deleted: Collection[int]) -> None:
        """Say which documents no longer count from now on."""
        documents = self.documents
        places = [documents.article_of(first) for first in sorted({*deleted}.intersection(documents.firsts))]
        dead = [documents.range_of(place) for place in places]
        if dead != self.dead:
            self.dead = dead
            self._dead_articles = frozenset(places)
            self._places = None
            self._columns.clear()
            self._spoken.clear()

    def close(self) -> None:
        self._opened.close()

    @property
    def live(self) -> int:
        """How many documents count."""
        return self.count - sum(end - first for first, end in self.dead)

    def articles(self) -> Sequence[int]:
        """Return the articles that count, by their place."""
        everyone = range(len(self.documents.articles))
        return [each for each in everyone if each not in self._dead_articles] if self.dead else everyone

    def article(self, article_id: int) -> int:
        """Return the place of an article that counts, -1 where there is none."""
        if self._places is None:
            articles = self.documents.articles
            self._places = {articles[place]: place for place in self.articles()}
        return self._places.get(article_id, -1)

    def frequency(self, rank: int) -> int:
        return self.terms.frequencies[rank]

    def raw(self, rank: int) -> bytes:
        """Return a term's postings as they are on the disk, of deleted documents too."""
        start, end = self.terms.offsets[rank], self.terms.offsets[rank + 1]
        found = self._parts.piece(self._postings + start, end - start)
        if zlib.crc32(found) != self.terms.checks[rank]:
            raise DamagedIndexError(POSTINGS)
        return found

    def raws(self, ranks: range, most: int) -> Iterator[bytes]:
        """Yield the postings of terms that follow each other, none of them dense, some ``most`` at a time."""
        offsets = self.terms.offsets
        start = ranks.start
        while start < ranks.stop:
            end = min(bisect_right(offsets, offsets[start] + most * POSTING_BYTES, start + 1, ranks.stop), ranks.stop)
            yield b"".join(map(self.raw, range(start, end)))
            start = end

    def is_dense(self, rank: int) -> bool:
        return is_dense(self.terms.frequencies[rank], self.count)

    def postings(self, rank: int) -> tuple[array[int], bytes]:
        """Return the documents of a term, ascending, and their impacts; of deleted documents too."""
        raw = self.raw(rank)
        if self.is_dense(rank):
            raw = postings_of(raw)
        return documents_of(raw), impacts_of(raw)

    def column(self, rank: int) -> bytes:
        """Return how much a term says about each document."""
        return self.remembered(rank, partial(self.read, rank))

    def read(self, rank: int) -> bytes:
        """Return a term's column, and do not remember it."""
        raw = self.raw(rank)
        return self.living(raw if self.is_dense(rank) else column_of(raw, self.count))

    def remembered(self, key: Hashable, make: Callable[[], bytes]) -> Column:
        """Return a column that was made for the same key before, or make it; until other documents are deleted."""
        known = self._columns.get(key)
        if known is not None:
            self._columns.move_to_end(key)
            return known
        column = self._columns[key] = Column(make())
        if len(self._columns) > self._remembered:
            self._columns.popitem(last=False)
        return column

    def living(self, column: bytes) -> bytes:
        """Return a column without the deleted documents."""
        if not self.dead:
            return column
        left = bytearray(column)
        for first, end in self.dead:
            left[first:end] = bytes(end - first)
        return bytes(left)

    def empty(self) -> bytes:
        return bytes(self.count)

    def in_articles(self, places: Collection[int]) -> bytes:
        """Return a column of the documents of some articles, told by their place."""
        whole = bytes([columns.TOP]) * self.count
        return columns.limited(whole, map(self.documents.range_of, sorted(places)))

    def at(self, *places: Place) -> bytes:
        """Return a column of the documents that stand in such a place."""
        wanted = bytes(columns.TOP if value in places else 0 for value in range(256))
        return self.living(bytes(self.documents.places).translate(wanted))

    def in_language(self, language: str) -> bytes:
        """Return a column of the documents whose article is in a language, whatever the region."""
        if language not in self._spoken:
            spoken = {number for number, tag in enumerate(self.documents.languages) if speaks(tag) == language}
            of_language = self.documents.of_language
            self._spoken[language] = self.in_articles([each for each in self.articles() if of_language[each] in spoken])
        return self._spoken[language]

    def number(self, term: str) -> int:
        """Return by which number a term stands in the stream; 0 where it stands nowhere."""
        rank = self.terms.vocabulary.rank(term)
        return self.terms.numbers[rank] if rank >= 0 else 0


def speaks(tag: str) -> str:
    """Return the language of a tag without script and region."""
    return tag.replace("_", "-").partition("-")[0].casefold()
