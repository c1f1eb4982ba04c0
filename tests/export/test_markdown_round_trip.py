"""Model → Markdown → model is the identity, for every article in normal form."""

from __future__ import annotations

from hypothesis import given, settings

from reader.article.model import Article
from reader.article.normal import normal
from reader.export.markdown import write
from reader.importers.markdown import parse
from tests.strategies import articles


@given(articles())
@settings(max_examples=400, deadline=None)
def test_an_article_is_read_back_as_it_was_written(article: Article) -> None:
    article = normal(article)

    written = write(article)

    assert parse(written).article == article


@given(articles())
@settings(max_examples=300, deadline=None)
def test_the_normal_form_is_its_own_normal_form(article: Article) -> None:
    once = normal(article)

    assert normal(once) == once
