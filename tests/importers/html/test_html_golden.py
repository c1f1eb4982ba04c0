"""Golden pairs: pages as the web has them, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.importers.html.importer import read

TESTS = Path(__file__).resolve().parents[2]
PAGES = sorted((TESTS / "data" / "html").rglob("*.*htm*"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_becomes_what_its_golden_dump_says(page: Path, check_golden: Callable[[Article, Path], None]) -> None:
    article = read(page).article

    check_golden(article, (TESTS / "golden" / "html" / page.relative_to(TESTS / "data" / "html")).with_suffix(".txt"))
