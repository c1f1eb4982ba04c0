"""OpenDocument texts, and the readable dumps of what they become."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article
from reader.importers.odt.importer import read


@pytest.mark.parametrize("name", ["pandoc.odt", "writer.odt", "writer.fodt"])
def test_a_text_becomes_what_it_became(name: str, data: Path, check_golden: Callable[[Article, Path], None]) -> None:
    made = read(data / "odt" / name).article

    check_golden(made, data.parent / "golden" / "odt" / f"{name}.txt")
