"""Segments become one again and again, with words and articles that went meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.article.model import Article
from reader.search.index import SearchIndex
from reader.search.results import Answer

Make = Callable[..., Article]
Found = Callable[[Answer], list[tuple[int, int]]]
LETTERS = "abcdefgh"


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.integers(1, 9), st.text(LETTERS, min_size=1, max_size=5)), min_size=12, max_size=40)
)
def test_each_article_is_found_by_its_own_words_after_any_changes(
    index: SearchIndex, make: Make, found: Found, changes: list[tuple[int, str]]
) -> None:
    index.clear()
    texts: dict[int, str] = {}
    for revision, (article, letters) in enumerate(changes, 1):
        # A word of its own each time: it goes when the text does, and leaves a gap in the numbers of the words.
        texts[article] = " ".join([*(letter * 3 for letter in letters), f"own{revision}"])
        index.replace(article, revision, make(texts[article]))
        index.merge()

    for letter in LETTERS:
        expected = {article for article, text in texts.items() if letter * 3 in text.split()}
        assert {article for article, _ in found(index.search(letter * 3))} == expected
    for article, text in texts.items():
        assert {one for one, _ in found(index.search(text.split()[-1]))} == {article}
