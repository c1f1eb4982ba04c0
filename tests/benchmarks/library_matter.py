"""A library of made-up texts in a file, as large as is wished: a line a paragraph, an empty line between articles.

Words are spread as in large collections of texts: as Zipf says, and beyond the common ones twice as steeply.
Of every further thousand of articles the rare words are others, as the names and places of other texts are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from reader.article.model import Article, Block, BlockKind, Metadata

PARAGRAPHS = 21  # an article, on average; 11 MB a thousand articles
WORDS = 82  # a paragraph, on average
VOCABULARY = 50_000
COMMON = 12_000  # words that all texts share
COMPOUNDS = 2_000
STEEPER = 6_000
ARTICLES_WITH_THEIR_OWN = 1_000


def vocabulary() -> list[str]:
    """Return made-up words, the commonest first, of syllables as languages have them."""
    chance = random.Random(1917)
    syllables = [a + b + c for a in "bcdfglmnprstv" for b in "aeiou" for c in ("", "n", "r", "s", "l")]
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        shortest = 1 if len(made) < COMMON else 2
        made["".join(chance.choices(syllables, k=chance.randint(shortest, 2 + len(made) // 10_000)))] = None
    return list(made)


def write(file: Path, articles: int) -> int:
    """Write a library and return how many bytes it has."""
    chance = random.Random(1936)
    words = vocabulary()
    weights = list(accumulate(_weight(rank) for rank in range(len(words))))
    with file.open("w", encoding="utf-8") as out:
        for number in range(articles):
            batch = number // ARTICLES_WITH_THEIR_OWN
            for _ in range(max(1, round(chance.gauss(PARAGRAPHS, 6)))):
                out.write(_paragraph(chance, words, weights, batch) + "\n")
            out.write("\n")
    return file.stat().st_size


def _weight(rank: int) -> float:
    return 1 / (rank + 3) if rank < STEEPER else STEEPER / (rank + 3) ** 2


def _paragraph(chance: random.Random, words: list[str], weights: list[float], batch: int) -> str:
    many = max(3, round(chance.lognormvariate(4.2, 0.6)))
    ranks = chance.choices(range(len(words)), cum_weights=weights, k=many)
    ending = ("", "an", "os", "il", "en", "ur", "ad", "im", "et", "ol")[batch % 10]
    drawn = [words[rank] + (ending if rank >= COMMON and rank % 10 < 3 else "") for rank in ranks]
    if chance.random() < 0.2:
        drawn[0] = f"{words[ranks[0] % COMPOUNDS]}-{words[ranks[0] % COMPOUNDS + 1]}"
    if chance.random() < 0.3:
        drawn[-1] = f"“{drawn[-1]}’s”"
    for start in range(0, many, 14):
        drawn[start] = drawn[start].capitalize()
        drawn[min(start + 13, many - 1)] += "."
        drawn[min(start + 6, many - 1)] += ","
    return " ".join(drawn)


def texts(file: Path) -> Iterator[list[str]]:
    """Yield the paragraphs of each article."""
    paragraphs: list[str] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            if line == "\n":
                yield paragraphs
                paragraphs = []
            else:
                paragraphs.append(line[:-1])


def articles(file: Path) -> Iterator[tuple[int, int, Article]]:
    """Yield each article with its number and revision."""
    for number, paragraphs in enumerate(texts(file)):
        blocks = tuple(Block(BlockKind.PARAGRAPH, text) for text in paragraphs)
        yield number, 1, Article(Metadata(title=paragraphs[0][:30], language="en"), blocks)
