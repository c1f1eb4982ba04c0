"""A process that writes an index without end, to be killed: ``writer_process.py FOLDER SEED``.

Before and after each commit it says what it writes: ``begin`` or ``done``, the article's number and
its revision; -1 where it empties the index.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.search.index import SearchIndex


def article(number: int, revision: int) -> Article:
    """Return an article whose every block has a word of its revision."""
    text = f"common article{number} revision{number}x{revision} " + "filling " * 20
    return Article(Metadata(title=f"Article {number}"), (Block(BlockKind.PARAGRAPH, text),) * 30)


def main() -> None:
    folder, seed = sys.argv[1:]
    index = SearchIndex(Path(folder))
    chance = random.Random(seed)
    while True:
        number = chance.randrange(8) if chance.random() < 0.9 else -1
        revision = chance.randrange(10**6)
        say("begin", number, revision)
        if number < 0:
            index.clear()
        else:
            index.replace(number, revision, article(number, revision))
            index.merge()
        say("done", number, revision)


def say(what: str, number: int, revision: int) -> None:
    sys.stdout.write(f"{what} {number} {revision}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
