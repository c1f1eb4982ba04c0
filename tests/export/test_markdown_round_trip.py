"""Model → Markdown → model is the identity, for every article in normal form."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from reader.article.model import Article
from reader.article.normal import normal
from reader.export.markdown import write
from reader.importers.encoding import tidy
from reader.importers.markdown.importer import parse
from tests.export import nasty
from tests.strategies import articles

_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@given(articles())
@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
def test_an_article_is_read_back_as_it_was_written(article: Article) -> None:
    article = normal(article)

    written = write(article)

    assert parse(written).article == article


@given(nasty.articles())
@settings(max_examples=300, deadline=None, suppress_health_check=_SLOW)
def test_text_full_of_the_signs_of_markdown_is_read_back_as_it_was_written(article: Article) -> None:
    article = normal(article)

    written = write(article)

    assert parse(written).article == article


@given(nasty.articles())
@settings(max_examples=150, deadline=None, suppress_health_check=_SLOW)
def test_what_is_written_goes_through_a_file_unchanged(article: Article) -> None:
    written = write(normal(article))

    read = tidy(written)

    assert read == written


@given(nasty.articles())
@settings(max_examples=200, deadline=None, suppress_health_check=_SLOW)
def test_the_normal_form_is_its_own_normal_form(article: Article) -> None:
    once = normal(article)

    again = normal(once)

    assert again == once
