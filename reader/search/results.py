"""What a search answers, and where in a block's text the words are that it was found by."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.article.model import Article, Metadata
from reader.search.analysis import MAX_BLOCK_TOKENS, Token, analysed, matches
from reader.search.nodes import Fuzzy, Leaf, Near, Phrase, Prefix, Word, typed
from reader.search.query import Query, parse

HEAD = -1
"""The passage of a hit in what stands above the article: title, kicker, authors (see ``head``)."""

NOTES = -2
"""The section of a hit in a note."""

SNIPPET_CHARACTERS = 160

Stop = Callable[[], object]
"""Called again and again; raises to stop the work."""

Range = tuple[int, int]
"""Half open, in code points of a block's text."""


@dataclass(frozen=True, slots=True)
class BlockHit:
    """A block that matches: its passage (see ``article.text``; or HEAD), the number of its section.

    ``section`` is ``Section.number``: -1 before the first heading; or NOTES.
    """

    passage: int
    section: int
    score: float


@dataclass(frozen=True, slots=True)
class ArticleHits:
    """The hits in one article in reading order; ``score`` is that of the best."""

    article_id: int
    hits: tuple[BlockHit, ...]

    @property
    def score(self) -> float:
        return max((hit.score for hit in self.hits), default=0.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found: articles best first.

    ``total`` counts the blocks that match, shown or not (where ``cut_short``, those seen until the
    time was up); ``hint`` is a sentence for the person, or empty; ``sought`` goes to ``marked``.
    ``damaged`` says that the index turned out unusable and has to be filled again. ``suggestion``
    is a query that finds more, or empty. Where not ``whole``, ``total`` is only what is shown.
    """

    query: str
    groups: tuple[ArticleHits, ...] = ()
    total: int = 0
    hint: str = ""
    words: tuple[str, ...] = ()
    sought: tuple[Leaf, ...] = ()
    cut_short: bool = False
    damaged: bool = False
    suggestion: str = ""
    whole: bool = True


class Page(NamedTuple):
    """So many articles, and so many of the best blocks in each."""

    articles: int = 20
    each: int = 3


@dataclass(frozen=True, slots=True)
class Counts:
    """How many blocks match: altogether, by article, by language, by where they stand (names of ``Place``).

    A language is without its region, "" where it is not known. Where not ``whole``, the time was up.
    """

    total: int = 0
    articles: dict[int, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a block's text; ``ranges`` are offsets in ``text``, which has no ellipses.

    ``clipped_start`` and ``clipped_end`` say whether more of the block stands before and after.
    """

    text: str
    ranges: tuple[Range, ...]
    clipped_start: bool = False
    clipped_end: bool = False

    @property
    def shown(self) -> str:
        """The text with an ellipsis where it is clipped."""
        return f"{'… ' if self.clipped_start else ''}{self.text}{' …' if self.clipped_end else ''}"


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A hit as a window or the command line shows it; ``ranges`` are offsets in the whole block."""

    article_id: int
    passage: int
    section_title: str
    snippet: Snippet
    ranges: tuple[Range, ...]


def head(metadata: Metadata) -> str:
    """Return the text that a hit in HEAD is in: title, kicker, authors, translators, one a line."""
    lines = (metadata.title, metadata.kicker, ", ".join(metadata.authors), ", ".join(metadata.translators))
    return "\n".join(line for line in lines if line)


def passage_texts(article: Article) -> Iterable[str]:
    """Yield the text of each passage from 0, in the order that ``BlockHit.passage`` counts."""
    yield from (block.text for block in article.blocks)
    yield from (block.text for note in article.notes for block in note.blocks)


class Marks(dict[str, tuple[int, tuple[Token, ...]]]):
    """Marks what was sought in one text after another.

    As a dictionary: a stretch of a text → how many words it has, and its tokens that are sought. Most words
    of a text were in one before it.
    """

    def __init__(self, sought: Iterable[Leaf]) -> None:
        super().__init__()
        leaves = tuple(sought)
        self._words = {term for leaf in leaves if isinstance(leaf, Word | Fuzzy | Near) for term in typed(leaf)}
        self._beginnings = tuple(leaf.beginning for leaf in leaves if isinstance(leaf, Prefix))
        self._phrases = [leaf.terms for leaf in leaves if isinstance(leaf, Phrase)]
        self._in_phrases = {term for terms in self._phrases for term in terms}

    def __missing__(self, stretch: str) -> tuple[int, tuple[Token, ...]]:
        found = analysed(stretch)
        told = tuple(each for each in found.tokens if self._is_sought(each.term) or each.term in self._in_phrases)
        self[stretch] = len(found.words), told
        return self[stretch]

    def _is_sought(self, term: str) -> bool:
        return term in self._words or term.startswith(self._beginnings)

    def of(self, text: str) -> tuple[Range, ...]:
        """Return where a block's text has what was sought, ascending; what overlaps is one range.

        A word that an article is elided before is marked without it; a phrase is marked as a whole.
        """
        found: list[Range] = []
        places: dict[str, dict[int, Range]] = {}
        position = 0
        for match in matches(text):
            words, told = self[match.group()]
            for term, at, first, last, _ in told:
                here = match.start() + first, match.start() + last
                if self._is_sought(term):
                    found.append(here)
                if term in self._in_phrases:
                    places.setdefault(term, {})[position + at] = here
            position += words
            if position >= MAX_BLOCK_TOKENS:
                break
        for terms in self._phrases:
            found.extend(_occurrences(terms, places))
        return _merged(found)


def marked(text: str, sought: str | Query | Answer) -> tuple[Range, ...]:
    """Return where one text has what was sought (see ``Marks``)."""
    return Marks((parse(sought) if isinstance(sought, str) else sought).sought).of(text)


def _occurrences(terms: tuple[str, ...], places: dict[str, dict[int, Range]]) -> Iterable[Range]:
    rows = [places.get(term, {}) for term in terms]
    for position in rows[0]:
        row = [ranges.get(position + step) for step, ranges in enumerate(rows)]
        if None not in row:
            there = [each for each in row if each is not None]
            yield there[0][0], max(end for _, end in there)


def _merged(ranges: list[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippet(text: str, ranges: Iterable[Range], length: int = SNIPPET_CHARACTERS) -> Snippet:
    """Return some ``length`` characters of whole words where the marked ranges stand closest."""
    ranges = tuple(ranges)
    if len(text) <= length:
        return Snippet(text, ranges)
    start, end = _window(text, ranges, length)
    inside = tuple((max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start)
    return Snippet(text[start:end], inside, start > 0, end < len(text))


def _window(text: str, ranges: tuple[Range, ...], length: int) -> Range:
    first, last = _closest(ranges, length)
    start = max(0, min(first - (length - (last - first)) // 2, len(text) - length))
    end = min(len(text), start + length)
    # To whole words, unless a word is longer than what may be left out.
    if start:
        space = _space_after(text, start, min(first, start + length // 3))
        start = start if space < 0 else space + 1
    if end < len(text):
        space = _space_before(text, max(last, end - length // 3), end)
        end = end if space < 0 else space
    return start, end


def _closest(ranges: tuple[Range, ...], length: int) -> Range:
    """Return the stretch, no longer than ``length``, that holds most ranges; the first of equals."""
    best = (0, 0)
    most = 0
    left = 0
    for right, (start, end) in enumerate(ranges):
        while left < right and end - ranges[left][0] > length:
            left += 1
        if right - left + 1 > most:
            most = right - left + 1
            best = (ranges[left][0], min(end, ranges[left][0] + length) if left == right else end)
        del start
    return best


def _space_after(text: str, start: int, limit: int) -> int:
    return next((at for at in range(max(0, start - 1), limit) if text[at].isspace()), -1)


def _space_before(text: str, limit: int, end: int) -> int:
    return next((at for at in range(end, limit - 1, -1) if text[at].isspace()), -1)
