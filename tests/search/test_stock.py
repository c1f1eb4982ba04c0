"""The same queries through Whoosh as it is find the same blocks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from whoosh import fields, query
from whoosh.analysis import RegexTokenizer
from whoosh.filedb.filestore import RamStorage
from whoosh.searching import Searcher

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.search.index import SearchIndex
from reader.search.nodes import All, Either, Node, Phrase, Prefix, Word
from reader.search.query import parse

WORDS = [*(f"w{number}" for number in range(60)), "the", "of", "and"]
ARTICLES, PARAGRAPHS = 60, 5


def library() -> dict[tuple[int, int], str]:
    chance = random.Random(1848)
    weights = [1 / (rank + 2) for rank in range(60)] + [2.0, 1.5, 1.0]
    return {
        (article, passage): " ".join(chance.choices(WORDS, weights, k=chance.randint(1, 40)))
        for article in range(ARTICLES)
        for passage in range(PARAGRAPHS)
    }


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """Several segments, one article of each revised."""
    index = SearchIndex(Path(tmp_path_factory.mktemp("ours")))
    texts = library()

    def article(number: int) -> Article:
        blocks = tuple(Block(BlockKind.PARAGRAPH, texts[number, passage]) for passage in range(PARAGRAPHS))
        return Article(Metadata(), blocks)

    for start in range(0, ARTICLES, 20):
        index.replace_many([(number, 1, article(number)) for number in range(start, start + 20)])
        index.replace(start + 3, 2, article(start + 3))
    yield index
    index.close()


@pytest.fixture(scope="module")
def stock() -> Iterator[Searcher]:
    schema = fields.Schema(article=fields.STORED, passage=fields.STORED, text=fields.TEXT(analyzer=RegexTokenizer()))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for (article, passage), text in library().items():
        writer.add_document(article=article, passage=passage, text=text)
    writer.commit()
    with index.searcher() as searcher:
        yield searcher


def found_by_stock(searcher: Searcher, node: Node) -> set[tuple[int, int]]:
    """Return what Whoosh finds. What is left out is looked for apart: its own AndNot lets some of it through."""
    match node:
        case Word(term):
            asked: query.Query = query.Term("text", term)
        case Prefix(beginning):
            asked = query.Prefix("text", beginning)
        case Phrase(terms):
            asked = query.Phrase("text", list(terms))
        case Either(parts):
            return set().union(*(found_by_stock(searcher, part) for part in parts))
        case All(parts, without):
            wanted = set.intersection(*(found_by_stock(searcher, part) for part in parts))
            return wanted.difference(*(found_by_stock(searcher, part) for part in without))
        case _:
            raise AssertionError(node)
    return {(hit["article"], hit["passage"]) for hit in searcher.search(asked, limit=None)}


def typed() -> list[str]:
    chance = random.Random(1871)

    def leaf() -> str:
        word, other, third = chance.choices(WORDS, k=3)
        return chance.choice(
            [f'"{word}"', f'"{word}"', f"{word[:2]}*", f'"{word} {other}"', f'"{word} {other} {third}"']
        )

    forms = ["{0}", "{0} {1}", "{0} OR {1}", "{0} -{1}", "({0} OR {1}) {2}", "{0} {1} -({2} OR {3})", "{0} OR {1} {2}"]
    return [chance.choice(forms).format(*(leaf() for _ in range(4))) for _ in range(150)]


@pytest.mark.parametrize("text", typed())
def test_what_is_found_is_what_whoosh_finds(ours: SearchIndex, stock: Searcher, text: str) -> None:
    node = parse(text).node
    assert node is not None
    expected = found_by_stock(stock, node)

    answer = ours.search(text, limit=10_000)

    assert {(group.article_id, hit.passage) for group in answer.groups for hit in group.hits} == expected
    assert answer.total == len(expected)
