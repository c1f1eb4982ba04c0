"""The search index against SQLite's FTS5 doing the same work: ``python3 dev.py bench library``.

Both index the same made-up texts, a row a paragraph, and answer the same queries with the best 20
paragraphs, or with 20 articles and three paragraphs of each. Each builds in a process of its own. What is
told is the time of the processor, so that a machine at work does not change it; what the disk takes is
not in it.
"""

from __future__ import annotations

import json
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from reader.search.index import SearchIndex
from reader.search.results import Page
from tests.benchmarks import library_matter
from tests.benchmarks.figures import Row, Series

SIZES = (1_000, 10_000)  # articles
QUERIES = 60  # of each kind
LIMIT = 20
PAGE = Page(20, 3)
REPLACED = 20
FIRST_MS = 25
REPLACE_MS = 30
FOUND_MS = 100
MOST_MB = 400
SLOWER_BUILT = {1_000: 1 / 0.4, 10_000: 1 / 0.7}
SLOWER_PHRASES = 2.0

OPTIONS = "tokenize='unicode61', prefix='2 3'"


def measure(home: Path, sizes: Iterable[int] = SIZES) -> list[Row]:
    """Build both in the empty folder ``home``, at each size, and ask them the same."""
    rows: list[Row] = []
    for articles in sizes:
        place = home / str(articles)
        place.mkdir(parents=True)
        megabytes = library_matter.write(place / "texts", articles) / 1e6
        rows += _of_size(place, articles, megabytes)
    return rows


def _of_size(place: Path, articles: int, megabytes: float) -> list[Row]:
    ours, theirs = (_in_a_process(name, place) for name in ("build", "build_floor"))
    named = f"{articles} articles, {megabytes:.0f} MB"
    opened = [_in_a_process("open", place) for _ in range(5)]
    rows = [
        _row(f"library: index {named}", "s", ours["cpu"], theirs["cpu"], ratio=SLOWER_BUILT.get(articles)),
        _row(f"library: {articles}: merge", "s", ours["merge"]),
        _row(f"library: {articles}: most memory", "MB", ours["mb"], theirs["mb"], most=MOST_MB),
        _row(f"library: {articles}: on the disk", "MB", _mb(place / "index"), _mb(place / "floor.db")),
        Row(
            f"library: {articles}: open, first query", "ms", Series(tuple(each["ms"] for each in opened)), most=FIRST_MS
        ),
        Row(f"library: {articles}: … modules, too", "ms", Series(tuple(each["all"] for each in opened))),
    ]
    index = SearchIndex(place / "index")
    floor = _floor(place)
    queries = _queries(place / "texts")
    for name, typed in queries.items():
        page = PAGE if "grouped" in name else None
        mine = _times([partial(index.search, query, limit=LIMIT, page=page, counted=False) for query in typed])
        its = _times([partial(_asked, floor, query, grouped=page is not None) for query in typed])
        bar = SLOWER_PHRASES if "phrase" in name else 1.0
        rows.append(_row(f"library: {articles}: {name}, p50", "ms", mine.median, its.median))
        rows.append(_row(f"library: {articles}: {name}, p95", "ms", mine.p95, its.p95, ratio=bar))
    rows += _changes(index, place, articles)
    index.close()
    floor.close()
    return rows


def _changes(index: SearchIndex, place: Path, articles: int) -> list[Row]:
    """Measure, by the clock, how soon an article that is saved is found."""
    texts = [
        article for _, (_, _, article) in zip(range(REPLACED), library_matter.articles(place / "texts"), strict=False)
    ]
    replaced, found = [], []
    for number, article in enumerate(texts):
        start = time.perf_counter()
        index.replace(number, 2, article)
        saved = time.perf_counter()
        index.search(article.blocks[0].text.split()[1], limit=LIMIT)
        replaced.append((saved - start) * 1e3)
        found.append((time.perf_counter() - start) * 1e3)
    return [
        Row(f"library: {articles}: replace an article, by the clock", "ms", Series(tuple(replaced)), most=REPLACE_MS),
        Row(f"library: {articles}: … and find it", "ms", Series(tuple(found)), most=FOUND_MS),
    ]


def _row(
    name: str, unit: str, ours: float, floor: float | None = None, ratio: float | None = None, most: float | None = None
) -> Row:
    return Row(name, unit, Series((ours,)), None if floor is None else Series((floor,)), most_ratio=ratio, most=most)


def _times(works: Sequence[Callable[[], object]]) -> Series:
    """Return how long each takes the processor, in ms, after a call that does not count."""
    taken = []
    for work in works:
        work()
        start = time.process_time()
        work()
        taken.append((time.process_time() - start) * 1e3)
    return Series(tuple(taken))


def _mb(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


# The floor


def _floor(place: Path) -> sqlite3.Connection:
    floor = sqlite3.connect(place / "floor.db")
    floor.execute("PRAGMA mmap_size = 1000000000")
    floor.execute("PRAGMA cache_size = -64000")
    return floor


def _asked(floor: sqlite3.Connection, query: str, *, grouped: bool) -> object:
    query = query.replace(" -", " NOT ")
    if not grouped:
        best = "SELECT rowid FROM block WHERE block MATCH ? ORDER BY rank LIMIT ?"
        return floor.execute(best, (query, LIMIT)).fetchall()
    of_article: dict[int, list[int]] = {}
    for (row,) in floor.execute("SELECT rowid FROM block WHERE block MATCH ? ORDER BY rank", (query,)):
        article = row >> 16
        if article not in of_article and len(of_article) == PAGE.articles:
            break
        if len(of_article.setdefault(article, [])) < PAGE.each:
            of_article[article].append(row)
    return of_article


# What is asked


def _queries(file: Path) -> dict[str, list[str]]:
    chance = random.Random(1991)
    paragraphs = [
        text for paragraphs, _ in zip(library_matter.texts(file), range(200), strict=False) for text in paragraphs
    ]
    words = library_matter.vocabulary()

    def many(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(QUERIES)]

    def row(of: int) -> str:
        """Return words that follow each other somewhere."""
        while True:
            found = [word for word in chance.choice(paragraphs).split() if word.isalpha()]
            if len(found) > of:
                at = chance.randrange(len(found) - of)
                return '"' + " ".join(found[at : at + of]).casefold() + '"'

    def common() -> str:
        return chance.choice(words[:100])

    def middling() -> str:
        return chance.choice(words[100:5000])

    return {
        "a common word": many(common),
        "a word": many(middling),
        "a phrase of two": many(partial(row, 2)),
        "a phrase of three": many(partial(row, 3)),
        "a phrase of the commonest": many(lambda: f'"{chance.choice(words[:12])} {chance.choice(words[:12])}"'),
        "AND": many(lambda: f"{common()} {middling()}"),
        "AND of common": many(lambda: f"{common()} {common()}"),
        "OR of three": many(lambda: f"{common()} OR {middling()} OR {middling()}"),
        "NOT": many(lambda: f"{common()} -{common()}"),
        "a prefix of three": many(lambda: f"{middling()[:3]}*"),
        "a word, grouped": many(common),
        "AND, grouped": many(lambda: f"{common()} {middling()}"),
    }


# In a process of its own


def _in_a_process(name: str, place: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_library", name, str(place)], capture_output=True, check=True
    )
    return dict(json.loads(done.stdout))


def build(place: Path) -> dict[str, float]:
    index = SearchIndex(place / "index")
    reading = _cpu(lambda: deque(library_matter.articles(place / "texts"), maxlen=0))
    taken = _cpu(lambda: index.replace_many(library_matter.articles(place / "texts")))
    merged = _cpu(lambda: deque(iter(index.merge, False), maxlen=0))
    return {"cpu": taken - reading, "merge": merged, "mb": _most_mb()}


def build_floor(place: Path) -> dict[str, float]:
    floor = _floor(place)
    floor.execute(f"CREATE VIRTUAL TABLE block USING fts5(text, content='', {OPTIONS})")
    reading = _cpu(lambda: deque(library_matter.texts(place / "texts"), maxlen=0))

    def fill() -> None:
        for number, paragraphs in enumerate(library_matter.texts(place / "texts")):
            rows = [((number << 16) + at, text) for at, text in enumerate(paragraphs)]
            floor.executemany("INSERT INTO block (rowid, text) VALUES (?, ?)", rows)
        floor.commit()

    return {"cpu": _cpu(fill) - reading, "mb": _most_mb()}


def open_(place: Path) -> dict[str, float]:
    word = library_matter.vocabulary()[300]
    start = time.process_time()
    from reader.search import answering  # it loads Whoosh

    assert answering
    loaded = time.process_time()
    index = SearchIndex(place / "index")
    assert index.search(word, limit=LIMIT).groups
    end = time.process_time()
    index.close()
    return {"ms": (end - loaded) * 1e3, "all": (end - start) * 1e3}


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _most_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    WORKS = {"build": build, "build_floor": build_floor, "open": open_}
    print(json.dumps(WORKS[sys.argv[1]](Path(sys.argv[2]))))
