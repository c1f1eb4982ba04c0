"""Word files, and the readable dumps of what they become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.importers.docx.importer import read


@pytest.mark.parametrize("name", ["pandoc", "word", "writer"])
def test_a_word_file_becomes_what_it_became(
    name: str, data: Path, check_golden: Callable[[Article, Path], None]
) -> None:
    made = read(data / "docx" / f"{name}.docx").article

    check_golden(made, data.parent / "golden" / "docx" / f"{name}.txt")
