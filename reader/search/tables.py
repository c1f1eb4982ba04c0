"""The tables of a segment: which documents it has and of which articles, which terms and where."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import accumulate
from pathlib import Path

from reader.search.layout import Parts, SegmentFile
from reader.search.storage import DamagedIndexError
from reader.search.vocabulary import Vocabulary, lines, shelves

MAX_LANGUAGES = 255
"""Of one segment; the articles in further ones count as in the first."""


class Place(IntEnum):
    """Where in its article a document stands."""

    TEXT = 0
    HEAD = 1
    HEADING = 2
    NOTE = 3


class Documents:
    """Documents by their number, and the articles that they are of: those of one article follow each other."""

    def __init__(self) -> None:
        self.starts = array("I")  # of each document in the stream, in words; and the end of the last
        self.passages = array("i")
        self.sections = array("i")
        self.places = bytearray()
        self.articles = array("q")
        self.revisions = array("q")
        self.firsts = array("I")  # document of each article; and the end of the last, where it is complete
        self.of_language = array("B")
        self.languages: list[str] = []

    def __len__(self) -> int:
        return len(self.passages)

    def begin_article(self, article_id: int, revision: int, language: str) -> None:
        self.articles.append(article_id)
        self.revisions.append(revision)
        self.firsts.append(len(self))
        if language not in self.languages and len(self.languages) < MAX_LANGUAGES:
            self.languages.append(language)
        self.of_language.append(self.languages.index(language) if language in self.languages else 0)

    def add(self, start: int, passage: int, section: int, place: int) -> None:
        self.starts.append(start)
        self.passages.append(passage)
        self.sections.append(section)
        self.places.append(place)

    def end(self, words: int) -> None:
        """Say that the documents are complete, and how many words the stream has."""
        self.starts.append(words)
        self.firsts.append(len(self))

    def article_of(self, document: int) -> int:
        """Return the place of a document's article in ``articles``."""
        return bisect_right(self.firsts, document) - 1

    def range_of(self, article: int) -> tuple[int, int]:
        """Return the first document of an article, told by its place in ``articles``, and the end."""
        return self.firsts[article], self.firsts[article + 1]

    def write(self, file: SegmentFile) -> None:
        for name in ("starts", "passages", "sections", "articles", "revisions", "firsts", "of_language"):
            file.write_numbers(name, getattr(self, name))
        file.write("places", [bytes(self.places)])

    @classmethod
    def read(cls, parts: Parts) -> Documents:
        """Return the documents of a segment.

        Raises:
            DamagedIndexError: they do not fit together.
        """
        found = cls()
        found.starts = parts.numbers("starts", "I")
        found.passages = parts.numbers("passages", "i")
        found.sections = parts.numbers("sections", "i")
        found.articles = parts.numbers("articles", "q")
        found.revisions = parts.numbers("revisions", "q")
        found.firsts = parts.numbers("firsts", "I")
        found.of_language = parts.numbers("of_language", "B")
        found.places = bytearray(parts.read("places"))
        found.languages = list(parts.directory.languages)
        many, articles = parts.directory.documents, len(found.articles)
        lengths = (len(found.passages), len(found.sections), len(found.places), len(found.starts) - 1)
        of_articles = (len(found.revisions), len(found.of_language), len(found.firsts) - 1)
        if set(lengths) != {many} or set(of_articles) != {articles}:
            raise DamagedIndexError
        return found


def articles_in(path: Path) -> tuple[array[int], array[int]]:
    """Return the articles of a segment's file, and the first document of each, ended by their number.

    Raises:
        DamagedIndexError: it is not what was written.
        OSError: it cannot be read.
    """
    with Parts(path) as parts:
        return parts.numbers("articles", "q"), parts.numbers("firsts", "I")


class Terms:
    """Terms in order, each with where its postings lie; being written."""

    def __init__(self) -> None:
        self._names: list[bytes] = []
        self._offsets = array("Q", [0])
        self._frequencies = array("I")
        self._checks = array("I")
        self._numbers = array("I")

    def add(self, name: bytes, number: int, frequency: int, raw: bytes) -> bytes:
        """Add the next term, its number in the stream, and its postings, which are given back."""
        self._names.append(name)
        self._numbers.append(number)
        self._frequencies.append(frequency)
        self._offsets.append(self._offsets[-1] + len(raw))
        self._checks.append(zlib.crc32(raw))
        return raw

    def extend(
        self, names: Iterable[bytes], numbers: Iterable[int], frequencies: Iterable[int], raws: Sequence[bytes]
    ) -> None:
        """Add the next terms."""
        self._names.extend(names)
        self._numbers.extend(numbers)
        self._frequencies.extend(frequencies)
        self._offsets.extend(accumulate(map(len, raws), initial=self._offsets.pop()))
        self._checks.extend(map(zlib.crc32, raws))

    def __len__(self) -> int:
        return len(self._names)

    def write(self, file: SegmentFile) -> None:
        file.write("terms", [lines(self._names)])
        file.write_numbers("shelves", array("I", shelves(self._names)))
        file.write_numbers("offsets", self._offsets)
        file.write_numbers("frequencies", self._frequencies)
        file.write_numbers("checks", self._checks)
        file.write_numbers("numbers", self._numbers)


class TermsRead:
    """The terms of a segment, opened.

    Raises:
        DamagedIndexError: they do not fit together.
    """

    def __init__(self, parts: Parts) -> None:
        many = parts.directory.terms
        self.vocabulary = Vocabulary(parts.read("terms"), many, parts.numbers("shelves", "I"))
        self.offsets = parts.numbers("offsets", "Q")
        self.frequencies = parts.numbers("frequencies", "I")
        self.checks = parts.numbers("checks", "I")
        self.numbers = parts.numbers("numbers", "I")
        lengths = (len(self.offsets) - 1, len(self.frequencies), len(self.checks), len(self.numbers))
        if set(lengths) != {many}:
            raise DamagedIndexError
