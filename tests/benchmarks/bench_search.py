"""Full-text search over a library, against reading all of its text through."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from pathlib import Path

from reader.library import MAX_HITS, Library
from reader.paths import Paths
from reader.search.results import Page
from tests.benchmarks.figures import Row, milliseconds
from tests.benchmarks.matter import texts, words

ARTICLES = 200
PARAGRAPHS = 20  # an article
WORDS = 40  # that are looked for


def measure(home: Path) -> list[Row]:
    """Fill a library in the empty folder ``home``, index it, and search it."""
    shelf = home / "texts"
    shelf.mkdir()
    everything = [text.casefold() for text in texts(ARTICLES, PARAGRAPHS)]
    with Library(Paths.under(home / "search")) as library:
        for number, text in enumerate(texts(ARTICLES, PARAGRAPHS)):
            file = shelf / f"{number}.md"
            file.write_text(text, encoding="utf-8")
            library.add(file)
        build = milliseconds([library.refresh_index], warm=False)
        looked_for = words(WORDS)
        queries = {
            "a word": looked_for,
            "a word in this article": looked_for,
            "two words": [f"{one} {other}" for one, other in pairwise(looked_for)],
            "a prefix": [word[:3] + "*" for word in looked_for],
        }
        first = library.shelf.articles()[0].id
        rows = [Row(f"search: index {ARTICLES} articles", "ms", build)]
        for name, asked in queries.items():
            within = first if "this article" in name else None
            found = milliseconds([partial(library.search, query, article_id=within) for query in asked])
            first_page = milliseconds(
                [partial(library.search, query, article_id=within, page=Page()) for query in asked]
            )
            read = milliseconds([partial(_read_through, everything, query.rstrip("*").split()) for query in asked])
            rows.append(Row(f"search: {name}, first page", "ms", first_page, read))
            rows.append(Row(f"search: {name}, {MAX_HITS} places", "ms", found, read))
    return rows


def _read_through(everything: list[str], needles: list[str]) -> list[int]:
    return [number for number, text in enumerate(everything) if all(needle in text for needle in needles)]
