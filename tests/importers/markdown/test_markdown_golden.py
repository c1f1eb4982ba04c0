"""Markdown files and what the importer makes of them, to be read side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.importers.markdown.importer import parse


@pytest.mark.parametrize("name", ["notes", "fences", "lists", "html", "header"])
def test_a_file_becomes_the_article_that_its_golden_dump_shows(
    name: str, data: Path, check_golden: Callable[[Article, Path], None]
) -> None:
    text = (data / "markdown" / f"{name}.md").read_text(encoding="utf-8")

    article = parse(text).article

    check_golden(article, data.parent / "golden" / "markdown" / f"{name}.txt")
