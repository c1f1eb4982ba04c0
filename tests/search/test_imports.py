"""What search loads, when, and that it does so without a warning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNWANTED = ("whoosh.mcp", "whoosh.langchain", "whoosh.llamaindex", "whoosh.retrieval", "whoosh.cli", "whoosh.multiproc")
SEARCH = """
import pathlib, sys, tempfile
from reader.article.model import Article, Block, BlockKind, Metadata
from reader.search.index import SearchIndex
assert not [name for name in sys.modules if name.split(".")[0] == "whoosh"], "Whoosh is loaded too early"
with tempfile.TemporaryDirectory() as folder:
    index = SearchIndex(pathlib.Path(folder))
    index.replace(1, 1, Article(Metadata(), (Block(BlockKind.PARAGRAPH, "a word, well-known"),)))
    assert index.search('word "well known" -other').total == 1
    assert index.state() == {1: 1}
    index.close()
print(*sorted(sys.modules))
"""


def run(*options: str) -> str:
    finished = subprocess.run(
        [sys.executable, *options, "-c", SEARCH], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert finished.stderr == ""
    assert finished.returncode == 0
    return finished.stdout


def test_whoosh_is_loaded_by_the_first_search_only_and_only_what_is_used() -> None:
    loaded = run().split()

    assert "whoosh.index" in loaded
    assert [name for name in loaded if name in UNWANTED] == []


def test_no_warning_arises_where_everything_is_compiled_anew(tmp_path: Path) -> None:
    nothing_compiled_yet = ("-X", f"pycache_prefix={tmp_path}")

    run("-W", "error", "-X", "dev", *nothing_compiled_yet)
