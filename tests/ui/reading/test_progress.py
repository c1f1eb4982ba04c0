"""How much of each section was read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.article.codec import Compiled, encode
from reader.article.model import Article
from reader.importers.markdown.importer import parse
from reader.ui.reading.opened import OpenedArticle
from reader.ui.reading.progress import ReadPassages
from tests.strategies import articles


def opened(article: Article) -> OpenedArticle:
    return OpenedArticle(1, Compiled.over(encode(article)), {})


TWO_CHAPTERS = opened(parse("# A\n\nFour\n\n## B\n\nFive\n\n# C\n\nNine\n").article)


def test_nothing_is_read_at_first() -> None:
    assert ReadPassages(TWO_CHAPTERS).shares == (0.0, 0.0, 0.0)


def test_what_is_read_below_a_section_counts_for_it_too() -> None:
    read = ReadPassages(TWO_CHAPTERS)

    news = read.add(2, 4)

    assert news
    assert read.shares == (0.5, 1.0, 0.0)


def test_what_was_read_before_is_no_news() -> None:
    read = ReadPassages(TWO_CHAPTERS)
    read.add(0, 4)

    assert not read.add(1, 3)
    assert read.shares == (1.0, 1.0, 0.0)


def test_only_what_is_new_of_a_run_is_counted() -> None:
    read = ReadPassages(TWO_CHAPTERS)
    read.add(1, 2)
    before = read.shares

    read.add(0, 3)

    assert before == (5 / 14, 0.0, 0.0)
    assert read.shares == (9 / 14, 2 / 7, 0.0)


@given(articles(max_blocks=12), st.lists(st.tuples(st.integers(0, 16), st.integers(0, 16)), max_size=6))
def test_the_shares_are_those_of_the_passages_that_were_read(article: Article, runs: list[tuple[int, int]]) -> None:
    shown = opened(article)
    starts, count = shown.text.starts, len(shown.text.passages)
    read = ReadPassages(shown)

    for first, end in runs:
        read.add(first, min(end, count))
        read.shares  # noqa: B018

    seen = {passage for first, end in runs for passage in range(first, min(end, count))}
    lengths = [starts[p + 1] - starts[p] if p in seen else 0 for p in range(count)]
    assert read.shares == tuple(
        sum(lengths[section.first : section.end]) / (starts[section.end] - starts[section.first])
        for section in shown.sections
    )
