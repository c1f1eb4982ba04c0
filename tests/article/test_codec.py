from __future__ import annotations

from hypothesis import given

from reader.article.codec import decode, encode
from reader.article.model import Article
from tests.strategies import articles


@given(articles())
def test_what_is_decoded_is_what_was_encoded(article: Article) -> None:
    data = encode(article)

    again = decode(data)

    assert again == article
