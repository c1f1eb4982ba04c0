"""Golden dumps: what an importer makes of a file, one block a line, to be read in the diff."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.article.model import Article, Block, ListItem


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden dumps of importers")


def dump(article: Article) -> str:
    """Return an article as text, one line for each block, note, aside and warning."""
    known = article.metadata
    lines = [
        f"{name}: {value}"
        for name, value in (
            ("title", known.title),
            ("kicker", known.kicker),
            ("authors", "; ".join(known.authors)),
            ("translators", "; ".join(known.translators)),
            ("date", known.date),
            ("language", known.language),
            ("source", known.source),
            ("rights", known.rights),
        )
        if value
    ]
    lines += ["", *(_line(block) for block in article.blocks)]
    for note in article.notes:
        lines += ["", f"note {note.label} ({note.key})", *(f"  {_line(block)}" for block in note.blocks)]
    lines += ["", *(f"set aside {a.line} before {a.before}: {_shown(a.text)} ({a.reason})" for a in article.set_aside)]
    lines += ["", *(f"warning: {warning}" for warning in article.warnings)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _line(block: Block) -> str:
    head = block.kind.name.lower()
    head += f" {block.level}" if block.level else ""
    head += f" {block.within}" if block.within else ""
    if isinstance(block.detail, ListItem):
        head += f" {block.detail.number or '-'}"
    return f"{head}: {_shown(_with_signs(block))}"


def _with_signs(block: Block) -> str:
    """Return a block's text with its marks as ⟦1⟧ and its spans as ‹emphasis …›."""
    signs = [(mark.offset, 0, f"⟦{mark.note}⟧") for mark in block.marks]
    for span in block.spans:
        signs += [(span.start, 1, f"‹{span.kind.name.lower()} "), (span.end, -1, "›")]
    text = block.text
    for offset, _, sign in sorted(signs, reverse=True):
        text = text[:offset] + sign + text[offset:]
    return text


def _shown(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")


@pytest.fixture
def check_golden(request: pytest.FixtureRequest) -> Callable[[Article, Path], None]:
    """Compare an article with its golden dump; with ``--update-golden``, write the dump."""

    def check(article: Article, golden: Path) -> None:
        found = dump(article)
        if request.config.getoption("--update-golden", default=False):
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_text(found, encoding="utf-8")
        assert golden.is_file(), f"no golden dump yet: run with --update-golden, and read {golden.name}"
        assert found == golden.read_text(encoding="utf-8")

    return check
