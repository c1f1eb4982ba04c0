"""Texts in other scripts on the page: where their blocks begin, and what stands beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock
from pytestqt.qtbot import QtBot

from reader.article.text import CanonicalText
from reader.importers import registry
from reader.importers.markdown.importer import parse
from reader.theme import Theme
from reader.ui.page.geometry import line_rect
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView
from reader.ui.page.viewfinder import Eye

pytestmark = pytest.mark.qt_log_ignore("OpenType support missing", extend=True)

LEFTWARDS, RIGHTWARDS = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight

Show = Callable[[str], PageView]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, data: Path) -> Iterator[Show]:
    kept: list[PageView] = []  # qtbot does not: one that is collected while it is painted takes the process with it

    def shown(source: str) -> PageView:
        whole = "\n" in source
        article = (parse(source) if whole else registry.read(data / "scripts" / f"{source}.md")).article
        page = PageView(theme, Typography())
        kept.append(page)
        page.is_read_aloud = lambda: True  # then all of it is laid out, and can be looked into
        qtbot.addWidget(page)
        page.resize(900, 1200)
        page.show_article(article.metadata, CanonicalText(article), {})
        page.show()
        qtbot.waitUntil(lambda: page.is_laid_out_whole)
        return page

    yield shown


def block_of(page: PageView, words: str) -> QTextBlock:
    block = page.document().begin()
    while block.isValid() and words not in block.text():
        block = block.next()
    assert block.isValid(), words
    return block


@pytest.mark.parametrize(
    "words", ["العبّارة والنهر", "عبرت", "NATO", "قال الملّاح", "رجل يحمل", "ثم جاء", "لا أحد يذكر", "Notes"]
)
def test_a_block_of_an_arabic_text_runs_leftwards(show: Show, words: str) -> None:
    page = show("arabic")

    assert block_of(page, words).textDirection() is LEFTWARDS


def test_an_english_paragraph_in_an_arabic_text_does_not(show: Show) -> None:
    page = show("arabic")

    assert block_of(page, "An English paragraph").textDirection() is RIGHTWARDS


def test_signs_stand_at_the_right_and_their_texts_under_each_other(show: Show) -> None:
    page = show("arabic")
    block = block_of(page, "رجل يحمل")

    lines = [block.layout().lineAt(number) for number in range(2)]
    sign = lines[0].cursorToX(0)
    text = lines[0].cursorToX(2)
    right = lines[1].naturalTextRect().right()

    def x(value: object) -> float:
        return float(value[0] if isinstance(value, tuple) else value)  # type: ignore[arg-type]

    assert x(sign) > x(text)
    assert x(text) == pytest.approx(right, abs=3)


def test_an_english_paragraph_that_begins_with_hebrew_runs_rightwards(show: Show) -> None:
    page = show("mixed")

    assert block_of(page, "is a word of greeting").textDirection() is RIGHTWARDS
    assert block_of(page, "عبرت").textDirection() is LEFTWARDS


def test_the_bar_of_a_quotation_is_at_the_right(show: Show, theme: Theme) -> None:
    page = show("hebrew")
    block = block_of(page, "אמר השייט")
    y = round(line_rect(page.document(), block.position()).center().y()) - page.verticalScrollBar().value()

    seen = page.viewport().grab().toImage()

    ratio = seen.devicePixelRatio()
    red = [x for x in range(seen.width()) if seen.pixelColor(x, round(y * ratio)).name() == theme.accent.lower()]
    assert red
    assert min(red) > seen.width() / 2


def test_the_rule_under_a_title_does_not_cross_the_text(show: Show) -> None:
    page = show("---\ntitle: A short text\n---\n\n# A short text\n\nOnly one paragraph.\n")
    title, text = block_of(page, "A short text"), block_of(page, "Only one")
    layout = page.document().documentLayout()

    gap = layout.blockBoundingRect(text).top() - layout.blockBoundingRect(title).bottom()

    assert gap >= 14 + 6  # the rule is 14 below the title


@pytest.mark.parametrize("name", ["hebrew", "arabic", "mixed", "japanese"])
def test_the_place_of_a_reader_is_where_the_first_line_begins_and_stays_so(show: Show, name: str) -> None:
    page = show(name)
    page.resize(500, 400)
    bar = page.verticalScrollBar()

    for value in range(40, bar.maximum(), 37):
        bar.setValue(value)
        seen = page.eye()
        assert seen is not None
        if seen.below_top >= 0:  # else it is a line that only the page has, in its head
            page.bring(Eye(seen.offset, 0.0))
            assert page.first_offset() == seen.offset or bar.value() == bar.maximum()
