"""The search index against SQLite's FTS5 doing the same: ``python -m tests.benchmarks.bench_index [ARTICLES]``.

Both index the same made-up texts, a row a paragraph, and answer the same queries with the best 200
paragraphs and the number of all that match.
"""

from __future__ import annotations

import random
import resource
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.search.index import SearchIndex
from tests.benchmarks.figures import Row, Series, milliseconds, table

ARTICLES = 1_000
PARAGRAPHS = 21  # an article
PARAGRAPH_WORDS = 90
VOCABULARY = 40_000
QUERIES = 40  # of each kind
LIMIT = 200


def main() -> None:
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory(prefix="study-reader-bench-") as folder:
        sys.stdout.write(table(measure(Path(folder), articles)) + "\n")


def measure(home: Path, articles: int = ARTICLES) -> list[Row]:
    """Build both in the empty folder ``home`` and ask them the same."""
    words = vocabulary()
    index = SearchIndex(home / "index")
    floor = sqlite3.connect(home / "floor.db")
    before = peak_mb()
    built = milliseconds([lambda: index.replace_many(as_articles(words, articles))], warm=False)
    memory = Series((peak_mb() - before,))
    built_floor = milliseconds([partial(fill, floor, words, articles)], warm=False)
    rows = [
        Row(f"build, {articles} articles", "ms", built, built_floor),
        Row("build, memory that it added at most", "MB", memory),
        Row("on the disk", "MB", Series((size_mb(home / "index"),)), Series((size_mb(home / "floor.db"),))),
        Row("replace an article", "ms", milliseconds([partial(index.replace, 7, 2, one) for one in some(words)])),
        Row("open and search", "ms", milliseconds([partial(reopened, home, words[300])] * 5)),
    ]
    for name, typed in queries(words).items():
        ours = milliseconds([partial(index.search, query, limit=LIMIT) for query in typed])
        theirs = milliseconds([partial(ask, floor, query) for query in typed])
        rows.append(Row(f"search: {name}", "ms", ours, theirs))
    index.close()
    floor.close()
    return rows


def vocabulary() -> list[str]:
    """Return made-up words, the commonest first, of syllables as languages have them."""
    chance = random.Random(1917)
    syllables = [a + b + c for a in "bcdfglmnprstv" for b in "aeiou" for c in ("", "n", "r", "s", "l")]
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        made["".join(chance.choices(syllables, k=chance.randint(1, 4)))] = None
    return list(made)


def paragraphs(words: list[str], articles: int) -> Iterator[list[str]]:
    """Yield for each article its paragraphs; the words are spread as Zipf says."""
    chance = random.Random(1936)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    for _ in range(articles):
        yield [" ".join(chance.choices(words, cum_weights=weights, k=PARAGRAPH_WORDS)) for _ in range(PARAGRAPHS)]


def as_articles(words: list[str], articles: int) -> Iterator[tuple[int, int, Article]]:
    for number, texts in enumerate(paragraphs(words, articles)):
        yield number, 1, Article(Metadata(), tuple(Block(BlockKind.PARAGRAPH, text) for text in texts))


def some(words: list[str]) -> list[Article]:
    return [article for _, _, article in as_articles(words, 10)]


def fill(floor: sqlite3.Connection, words: list[str], articles: int) -> None:
    floor.execute("CREATE VIRTUAL TABLE block USING fts5(text, content='', prefix='2 3')")
    for texts in paragraphs(words, articles):
        floor.executemany("INSERT INTO block (text) VALUES (?)", [(text,) for text in texts])
    floor.commit()


def ask(floor: sqlite3.Connection, query: str) -> tuple[int, list[tuple[int]]]:
    query = query.replace(" -", " NOT ")
    total = floor.execute("SELECT count(*) FROM block WHERE block MATCH ?", (query,)).fetchone()[0]
    best = floor.execute("SELECT rowid FROM block WHERE block MATCH ? ORDER BY rank LIMIT ?", (query, LIMIT))
    return total, best.fetchall()


def reopened(home: Path, word: str) -> None:
    index = SearchIndex(home / "index")
    index.search(word)
    index.close()


def queries(words: list[str]) -> dict[str, list[str]]:
    chance = random.Random(1991)
    texts = next(paragraphs(words, 1))

    def many(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(QUERIES)]

    def pair() -> str:
        row = chance.choice(texts).split()
        at = chance.randrange(len(row) - 1)
        return f'"{row[at]} {row[at + 1]}"'

    def common() -> str:
        return chance.choice(words[:100])

    def middling() -> str:
        return chance.choice(words[100:5000])

    return {
        "a common word": many(common),
        "a word": many(middling),
        "a phrase of two": many(pair),
        "two words": many(lambda: f"{common()} {middling()}"),
        "one of three": many(lambda: f"{common()} OR {middling()} OR {middling()}"),
        "a word without another": many(lambda: f"{common()} -{common()}"),
        "a prefix of three": many(lambda: f"{middling()[:3]}*"),
    }


def size_mb(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
