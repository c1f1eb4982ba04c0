"""Books and what the importer makes of them, to be read side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.importers.epub import importer


@pytest.mark.parametrize("name", ["pandoc_epub3", "pandoc_epub2", "mill"])
def test_a_book_becomes_the_article_that_its_golden_dump_shows(
    name: str, data: Path, check_golden: Callable[[Article, Path], None]
) -> None:
    article = importer.read(data / "epub" / f"{name}.epub").article

    check_golden(article, data.parent / "golden" / "epub" / f"{name}.txt")
