"""What a generation of the index answers to a query, as the rest of the program sees it."""

from __future__ import annotations

import time
from collections import Counter
from gettext import gettext as _
from typing import NamedTuple

from reader.search import columns
from reader.search.analysis import TokenKind, tokens
from reader.search.generation import Generation
from reader.search.kernel import Clock, OutOfTimeError, Tagged
from reader.search.nodes import Fuzzy, Leaf, Word
from reader.search.pages import Hit, Search
from reader.search.query import Query
from reader.search.results import Answer, Counts, Page, Stop
from reader.search.segment import speaks
from reader.search.statistics import Statistics
from reader.search.tables import Place


class Wish(NamedTuple):
    """What is wanted of a search; see ``SearchIndex.search``."""

    within: int | None
    limit: int
    page: Page | None
    counted: bool
    tagged: Tagged
    stop: Stop


def answered(opened: Generation, parsed: Query, wish: Wish, seconds: float) -> Answer:
    """Answer a query in so many seconds; what was found until then, where they were too few.

    Raises:
        DamagedIndexError: the index is not what was written.
    """
    assert parsed.node is not None
    clock = Clock(time.monotonic() + seconds, wish.stop)
    search = Search(opened.leaves, opened.statistics, clock, parsed.node, wish.tagged)
    hits: list[Hit] = []
    total, whole, cut_short = 0, True, False
    try:
        search.ask(wish.within)
        hits = search.best_of_articles(*wish.page) if wish.page else search.best(wish.limit)
        whole = wish.counted
        total = search.total() if whole else len(hits)
    except OutOfTimeError:
        cut_short = True
        total = len(hits)
    hint = parsed.hint
    if cut_short:
        hint = hint or _("That took too long: not everything was searched. More words narrow it down.")
    return Answer(
        parsed.text,
        search.grouped(hits),
        total,
        hint,
        parsed.words,
        sought(parsed, opened.statistics),
        cut_short,
        suggestion="" if hits or cut_short else suggestion(parsed, opened.statistics),
        whole=whole and not cut_short,
    )


def counted(opened: Generation, parsed: Query, wish: Wish, seconds: float) -> Counts:
    """Count what a query finds, by article, by language and by where it stands.

    All of it is counting in columns, for a common word is in most blocks of a library.

    Raises:
        DamagedIndexError: see above.
    """
    assert parsed.node is not None
    clock = Clock(time.monotonic() + seconds, wish.stop)
    search = Search(opened.leaves, opened.statistics, clock, parsed.node, wish.tagged)
    by_article: dict[int, int] = {}
    places: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    whole = True
    try:
        search.ask(wish.within)
        for segment, column in search.columns():
            documents = segment.documents
            for place, article in enumerate(documents.articles):
                first, end = documents.range_of(place)
                if many := end - first - column.count(0, first, end):
                    by_article[article] = many
                    languages[speaks(documents.languages[documents.of_language[place]])] += many
            for stands in Place:
                places[stands.name] += columns.count(columns.both(column, segment.at(stands)))
    except OutOfTimeError:
        whole = False
    return Counts(sum(by_article.values()), by_article, dict(languages), dict(+places), whole)


def sought(parsed: Query, statistics: Statistics) -> tuple[Leaf, ...]:
    """Return what can be marked: what was typed, and the other forms that were found by it."""
    found: dict[Leaf, None] = dict.fromkeys(parsed.sought)
    for leaf in parsed.sought:
        others: tuple[str, ...] = ()
        if isinstance(leaf, Word) and not leaf.exact:
            others = statistics.of_stem(leaf.term)
        elif isinstance(leaf, Fuzzy):
            others = statistics.near(leaf.term)
        found |= dict.fromkeys(Word(other, exact=True) for other in others)
    return tuple(found)


def suggestion(parsed: Query, statistics: Statistics) -> str:
    """Return the query with words that stand nowhere put right by a letter; empty where there is nothing to put."""
    unknown = {
        leaf.term
        for leaf in parsed.sought
        if isinstance(leaf, Word) and not statistics.frequency(leaf.term) and not statistics.of_stem(leaf.term)
    }
    text = parsed.text
    changed = False
    for token in reversed(list(tokens(text))):
        if token.kind is TokenKind.WORD and token.term in unknown and (near := statistics.near(token.term)):
            text = text[: token.start] + near[0] + text[token.end :]
            changed = True
    return text if changed else ""
