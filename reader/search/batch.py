"""Articles gathered in memory until they are written as a segment.

What is done for every word is done by C: a word as it stands in the text is looked up in one dictionary
and gives its number; the numbers of a block go into the stream as they are, and for each number that
occurs one posting is appended to its pool. A pool is what will be on the disk: nothing is sorted but
the vocabulary.
"""

from __future__ import annotations

from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from operator import call
from pathlib import Path
from typing import NamedTuple

from reader.search.analysis import MAX_BLOCK_TOKENS, MAX_TERM_CHARACTERS, analysed, stretches
from reader.search.blocks import Entry
from reader.search.layout import POSTINGS, SegmentFile
from reader.search.postings import MAX_DOCUMENTS, column_of, impacts, is_dense, to_bytes
from reader.search.stream import GAP, write_stream
from reader.search.tables import Documents, Terms
from reader.search.vocabulary import encoded

MAX_BATCH_BYTES = 96 * 2**20
"""Of memory for what is gathered, about; then it is to be written."""

MAX_BATCH_CHARACTERS = 32_000_000
"""After so much text a bulk run commits and goes on: what is done outlives a kill."""

_TERM_BYTES = 350  # of memory for a term, with its pool and its places in the dictionaries
_POSTING_BYTES = 5  # with what its pool has in reserve


class _Row(NamedTuple):
    """The words of a block: apart; where it has compounds, also as one, and these alone."""

    apart: list[int]
    together: list[int]
    joined: list[int]


class _Numbers(dict[str, int]):
    """A word as it stands in a text → its term's number; below 0: a compound or run, by its place from 1."""

    def __init__(self, number: Callable[[str], int]) -> None:
        self._number = number
        self.compounds: list[tuple[tuple[int, ...], int]] = []

    def __missing__(self, raw: str) -> int:
        # Most words are plain; to fold them would do no more to them, and take longer.
        found = None if raw.isascii() and raw.isalnum() else analysed(raw)
        if found is None or len(found.words) == 1:
            number = self._number(found.words[0] if found else raw.lower()[:MAX_TERM_CHARACTERS])
        else:
            words = tuple(map(self._number, found.words))
            self.compounds.append((words, self._number(found.joined) if found.joined else 0))
            number = -len(self.compounds)
        self[raw] = number
        return number


class Batch:
    """A segment to be."""

    def __init__(self) -> None:
        self.documents = Documents()
        self._terms: dict[str, int] = {}
        self._pools: list[array[int]] = [array("I")]  # by number; there is no 0
        self._append: list[Callable[[int], None]] = [self._pools[0].append]
        self._numbers = _Numbers(self._number)
        self._stream = array("I")
        self._postings = 0
        self._characters = 0

    @property
    def is_full(self) -> bool:
        """Say whether it should be written before more comes in."""
        held = 4 * len(self._stream) + _POSTING_BYTES * self._postings + _TERM_BYTES * len(self._terms)
        return held > MAX_BATCH_BYTES or self._characters >= MAX_BATCH_CHARACTERS

    def add(self, article_id: int, revision: int, language: str, entries: Iterable[Entry]) -> None:
        """Add an article that is not in the batch. Of one with millions of blocks, what fits is added."""
        self.documents.begin_article(article_id, revision, language)
        for entry in entries:
            if len(self.documents) == MAX_DOCUMENTS:
                break
            self._add(entry)

    def write(self, path: Path) -> None:
        """Write what was added; the batch is of no use afterwards.

        Raises:
            OSError: it could not be written.
        """
        self.documents.end(len(self._stream))
        terms = Terms()
        with SegmentFile(path) as file:
            write_stream(file, [self._stream])
            file.write(POSTINGS, self._written(terms))
            terms.write(file)
            self.documents.write(file)
            file.finish(len(self.documents), len(terms), tuple(self.documents.languages))

    def _written(self, terms: Terms) -> Iterator[bytes]:
        many = len(self.documents)
        for term in sorted(self._terms):
            number = self._terms[term]
            pool = self._pools[number]
            self._pools[number] = self._pools[0]
            raw = to_bytes(pool)
            if is_dense(len(pool), many):
                raw = column_of(raw, many)
            if pool:
                yield terms.add(encoded(term), number, len(pool), raw)

    def _add(self, entry: Entry) -> None:
        number = len(self.documents)
        self.documents.add(len(self._stream), entry.passage, entry.section, entry.place)
        row, together, joined = self._row(entry.text)
        self._stream.extend(row)
        length = len(row)
        if joined:
            self._read_also(together)
            row = row + joined
        for prefix, text in entry.fields:
            fielded = self._fielded(prefix, text)
            self._read_also(fielded)
            row = row + fielded
        self._post(number, Counter(row), impacts(length, entry.weight))
        self._characters += len(entry.text)

    def _read_also(self, row: list[int]) -> None:
        """Put another row of the same document into the stream."""
        if row:
            self._stream.append(GAP)
            self._stream.extend(row)

    def _row(self, text: str) -> _Row:
        numbers = list(map(self._numbers.__getitem__, stretches(text)))
        del numbers[MAX_BLOCK_TOKENS:]
        if not numbers or min(numbers) > 0:
            return _Row(numbers, [], [])
        apart: list[int] = []
        together: list[int] = []
        joined: list[int] = []
        after = 0
        for at in [at for at, number in enumerate(numbers) if number < 0]:
            words, whole = self._numbers.compounds[-numbers[at] - 1]
            apart += [*numbers[after:at], *words]
            together += [*numbers[after:at], *((whole,) if whole else words)]
            joined += (whole,) if whole else ()
            after = at + 1
        apart += numbers[after:]
        together += numbers[after:]
        del apart[MAX_BLOCK_TOKENS:]
        return _Row(apart, together if joined else [], joined)

    def _fielded(self, prefix: str, text: str) -> list[int]:
        words = (word for stretch in stretches(text) for word in analysed(stretch).words)
        return [self._number(prefix + word) for word in words]

    def _post(self, document: int, counted: Counter[int], weighed: bytes) -> None:
        frequencies: Iterable[int] = counted.values()
        most = max(frequencies, default=0)
        if most >= len(weighed):
            most = len(weighed) - 1
            frequencies = [min(each, most) for each in frequencies]
        values = [(document << 8) + impact for impact in weighed[: most + 1]]
        deque(map(call, map(self._append.__getitem__, counted), map(values.__getitem__, frequencies)), maxlen=0)
        self._postings += len(counted)

    def _number(self, term: str) -> int:
        number = self._terms.get(term)
        if number is None:
            number = self._terms[term] = len(self._pools)
            pool = array("I")
            self._pools.append(pool)
            self._append.append(pool.append)
        return number
