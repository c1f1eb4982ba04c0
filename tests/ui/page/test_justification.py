"""Lines with two even edges: hyphens keep their gaps small, and what ends before the edge is left so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtGui import QTextLine
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Metadata
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.document import DocumentBuilder, PageDocument
from reader.ui.page.hyphens import Hyphens
from reader.ui.page.styles import StyleBook, Typography

WORDS = (
    "The municipal administration remembered everything afterwards, particularly the extraordinary arrangements "
    "that representatives of neighbouring communities considered indispensable. Nevertheless, transportation "
    "across the continually overflowing tributaries remained unsatisfactory for considerable periods. "
) * 6
NARROW, USUAL = 372, 558


@pytest.fixture(scope="module")
def hyphens() -> Hyphens:
    made = Hyphens()
    made.load("en")
    return made


def lines(page: PageDocument, width: int) -> Iterator[QTextLine]:
    page.document.setTextWidth(width)
    page.document.size()
    layout = page.document.begin().layout()
    yield from (layout.lineAt(number) for number in range(layout.lineCount()))


def set_in(theme: Theme, text: str, hyphens: Hyphens | None, kind: BlockKind = BlockKind.PARAGRAPH) -> PageDocument:
    article = CanonicalText(Article(Metadata(), (Block(kind, text),)))
    breaks = None if hyphens is None else partial(hyphens.breaks, language="en")
    styles = StyleBook(theme, Typography(justified=True), breaks)
    return DocumentBuilder(article, styles, {}).build(0, 1)


def right_edges(page: PageDocument, width: int) -> list[float]:
    """Return how far each line's letters reach, px."""
    found = []
    for line in lines(page, width):
        text = page.document.begin().text()[line.textStart() : line.textStart() + line.textLength()]
        end = line.textStart() + len(text.rstrip(" \u2028"))
        x = line.cursorToX(end)
        found.append(float(x[0] if isinstance(x, tuple) else x))  # type: ignore[arg-type]
    return found


def gap(page: PageDocument, width: int) -> float:
    """Return what is added to the lines but the last, px a line on the average."""
    shown = list(lines(page, width))[:-1]
    return sum(width - line.naturalTextWidth() for line in shown) / len(shown)


@pytest.mark.parametrize("width", [NARROW, USUAL])
def test_every_line_but_the_last_reaches_the_edge(qtbot: QtBot, theme: Theme, hyphens: Hyphens, width: int) -> None:
    edges = right_edges(set_in(theme, WORDS, hyphens), width)

    assert all(abs(edge - width) < 8 for edge in edges[:-1])  # but for a hyphen that is drawn behind the text
    assert edges[-1] < width - 20


def test_a_line_that_the_author_broke_is_not_stretched(qtbot: QtBot, theme: Theme, hyphens: Hyphens) -> None:
    edges = right_edges(set_in(theme, "A short line\nand one more", hyphens), USUAL)

    assert all(edge < 200 for edge in edges)


def test_verse_is_never_stretched(qtbot: QtBot, theme: Theme, hyphens: Hyphens) -> None:
    edges = right_edges(set_in(theme, WORDS, hyphens, BlockKind.VERSE), USUAL)

    assert max(edges) - min(edges[:-1]) > 20


@pytest.mark.parametrize("width", [NARROW, USUAL])
def test_hyphens_halve_the_gaps_of_even_lines(qtbot: QtBot, theme: Theme, hyphens: Hyphens, width: int) -> None:
    whole, broken = set_in(theme, WORDS, None), set_in(theme, WORDS, hyphens)

    assert gap(broken, width) < gap(whole, width) / 2
