"""Articles gathered in memory until they are written as a segment.

What is done for every word is done by C: a word as it stands in the text is looked up in one dictionary
and gives its number; the numbers of a block go into the stream as they are, and for each number that
occurs one posting is appended to its pool. A pool is what will be on the disk: nothing is sorted but
the vocabulary.
"""

from __future__ import annotations

from array import array
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import repeat
from operator import call
from pathlib import Path
from typing import NamedTuple

from reader.search.analysis import MAX_BLOCK_TOKENS, MAX_TERM_CHARACTERS, analysed, chunks, stretches
from reader.search.blocks import Entry
from reader.search.layout import POSTINGS, SegmentFile
from reader.search.postings import MAX_DOCUMENTS, column_of, impacts, is_dense, to_bytes
from reader.search.stream import GAP, write_stream
from reader.search.tables import Documents, Terms
from reader.search.vocabulary import encoded

MAX_BATCH_BYTES = 144 * 2**20
"""Of memory for what is gathered, about; then it is to be written."""

MAX_BATCH_CHARACTERS = 56_000_000
"""After so much text a bulk run commits and goes on: what is done outlives a kill."""

_TERMS_AT_ONCE = 4096
_WORDS_AT_ONCE = 100_000
_TERM_BYTES = 350  # of memory for a term, with its pool and its places in the dictionaries
_POSTING_BYTES = 5  # with what its pool has in reserve


class _Row(NamedTuple):
    """Numbers of words: apart; where there are compounds, also with these as one, and these alone."""

    apart: Sequence[int]
    together: Sequence[int]
    joined: Sequence[int]


class _Numbers(dict[str, int]):
    """A chunk of a text → its term's number; below 0: what else it may be, by its place in ``rows`` from 1."""

    def __init__(self, number: Callable[[str], int]) -> None:
        self._number = number
        self.rows: list[_Row] = []

    def __missing__(self, chunk: str) -> int:
        # Most are plain words; to fold them would do no more to them, and take longer.
        if chunk.isascii() and chunk.isalnum():
            number = self._number(chunk.lower()[:MAX_TERM_CHARACTERS])
        else:
            row = self._row(chunk)
            if len(row.apart) == 1:
                number = row.apart[0]
            else:
                self.rows.append(row)
                number = -len(self.rows)
        self[chunk] = number
        return number

    def _row(self, chunk: str) -> _Row:
        found = [analysed(stretch) for stretch in stretches(chunk)]
        apart = [word for each in found for word in each.words]
        together = [word for each in found for word in ((each.joined,) if each.joined else each.words)]
        joined = [each.joined for each in found if each.joined]
        return _Row(*(tuple(map(self._number, words)) for words in (apart, together, joined)))


class Batch:
    """A segment to be."""

    def __init__(self) -> None:
        self.documents = Documents()
        self._terms: dict[str, int] = {}
        self._pools: list[array[int]] = [array("I")]  # by number; there is no 0
        self._append: list[Callable[[int], None]] = [self._pools[0].append]
        self._numbers = _Numbers(self._number)
        self._stream = array("I")
        # Rows wait for their postings: going to and fro between dictionary and pools costs a sixth, in caches.
        self._rows: list[tuple[int, Sequence[int], bytes]] = []
        self._words = 0
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
        self._post_rows()
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
        order = sorted(term for term, number in self._terms.items() if self._pools[number])
        for start in range(0, len(order), _TERMS_AT_ONCE):
            names = order[start : start + _TERMS_AT_ONCE]
            numbers = list(map(self._terms.__getitem__, names))
            pools = list(map(self._pools.__getitem__, numbers))
            raws = list(map(to_bytes, pools))
            for at, pool in enumerate(pools):
                if is_dense(len(pool), many):
                    raws[at] = column_of(raws[at], many)
            terms.extend(map(encoded, names), numbers, map(len, pools), raws)
            yield from raws

    def _add(self, entry: Entry) -> None:
        number = len(self.documents)
        self.documents.add(len(self._stream), entry.passage, entry.section, entry.place)
        row, together, joined = self._row(entry.text)
        self._stream.extend(row)
        length = len(row)
        if joined:
            self._read_also(together)
            row = [*row, *joined]
        for prefix, text in entry.fields:
            fielded = self._fielded(prefix, text)
            self._read_also(fielded)
            row = [*row, *fielded]
        self._rows.append((number, row, impacts(length, entry.weight)))
        self._words += len(row)
        if self._words > _WORDS_AT_ONCE:
            self._post_rows()
        self._characters += len(entry.text)

    def _read_also(self, row: Sequence[int]) -> None:
        """Put another row of the same document into the stream."""
        if row:
            self._stream.append(GAP)
            self._stream.extend(row)

    def _row(self, text: str) -> _Row:
        numbers = list(map(self._numbers.__getitem__, chunks(text)))
        del numbers[MAX_BLOCK_TOKENS:]
        if not numbers or min(numbers) > 0:
            return _Row(numbers, [], [])
        apart: list[int] = []
        together: list[int] = []
        joined: list[int] = []
        after = 0
        for at in [at for at, number in enumerate(numbers) if number < 0]:
            if len(apart) + at - after >= MAX_BLOCK_TOKENS:
                break
            row = self._numbers.rows[-numbers[at] - 1]
            apart += [*numbers[after:at], *row.apart]
            together += [*numbers[after:at], *row.together]
            joined += row.joined
            after = at + 1
        # The rows are cut at the same word: one that stood in the stream alone would have no term.
        rest = numbers[after : after + max(0, MAX_BLOCK_TOKENS - len(apart))]
        apart += rest
        together += rest
        return _Row(apart, together if joined else [], joined)

    def _fielded(self, prefix: str, text: str) -> list[int]:
        words = (word for stretch in stretches(text) for word in analysed(stretch).words)
        return [self._number(prefix + word) for word in words]

    def _post_rows(self) -> None:
        for document, row, weighed in self._rows:
            self._post(document, row, weighed)
        self._rows.clear()
        self._words = 0

    def _post(self, document: int, row: Sequence[int], weighed: bytes) -> None:
        """Append a posting of each word; ``weighed`` are the impacts of a word by how often it occurs."""
        once: set[int] = set()
        see = once.add
        again = [number for number in row if number in once or see(number)]
        base = document << 8
        deque(map(call, map(self._append.__getitem__, once), repeat(base | weighed[1])), maxlen=0)
        for number, more in Counter(again).items():
            self._pools[number][-1] = base | weighed[min(more + 1, len(weighed) - 1)]
        self._postings += len(once)

    def _number(self, term: str) -> int:
        number = self._terms.get(term)
        if number is None:
            number = self._terms[term] = len(self._pools)
            pool = array("I")
            self._pools.append(pool)
            self._append.append(pool.append)
        return number
