"""Plain texts of many habits, and the dumps that say what they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.importers.plaintext import importer as plaintext

ROOT = Path(__file__).resolve().parents[2]
TEXTS = sorted(path.name for path in (ROOT / "data" / "plaintext").glob("*.txt"))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_read_as_its_dump_says(name: str, check_golden: Callable[[Article, Path], None]):
    article = plaintext.read(ROOT / "data" / "plaintext" / name).article

    check_golden(article, ROOT / "golden" / "plaintext" / name)
