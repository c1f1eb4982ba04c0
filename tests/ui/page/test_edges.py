"""What is painted on a page beside its letters: its edges, the rule of its head, rings around marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage, QPalette
from pytestqt.qtbot import QtBot

from reader import theme as themes
from reader.article.text import CanonicalText
from reader.importers.markdown.importer import parse
from reader.ui.page.decorations import head_bottom, is_figure
from reader.ui.page.geometry import line_rect
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView
from tests.ui.reading_matter import SENTENCE

pytestmark = pytest.mark.qt_log_ignore("OpenType support missing", extend=True)

LONG = "---\ntitle: A long text\n---\n\n# A long text\n\n" + "\n\n".join(SENTENCE * 6 for _ in range(30))
ARABIC = "---\ntitle: النهر\nauthors: [ليلى]\ndate: 2021-12-12\nlanguage: ar\n---\n\n# النهر\n\nعبرت العبّارة النهر.\n"

Show = Callable[..., PageView]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    def shown(source: str, theme: str = "light") -> PageView:
        article = parse(source).article
        page = PageView(themes.load(theme), Typography())
        qtbot.addWidget(page)
        page.resize(900, 600)
        page.show_article(article.metadata, CanonicalText(article), {})
        with qtbot.waitExposed(page):
            page.show()
        return page

    yield shown


def colours(image: QImage, row: int) -> set[str]:
    return {image.pixelColor(x, row).name() for x in range(image.width())}


def test_text_that_goes_on_below_fades_at_the_edge(show: Show) -> None:
    page = show(LONG)
    page.go_to(1000)

    seen = page.viewport().grab().toImage()

    assert colours(seen, 0) == colours(seen, seen.height() - 1) == {page.theme.page.lower()}


def test_at_high_contrast_no_letter_is_made_faint(show: Show) -> None:
    page = show(LONG, "contrast")
    lines = page.document().begin().next().layout()
    page.go_to(1000)

    drawn = [page.viewport().grab().toImage()]
    for _ in range(lines.lineAt(0).height().__ceil__()):
        page.verticalScrollBar().setValue(page.verticalScrollBar().value() + 1)
        drawn.append(page.viewport().grab().toImage())

    assert any(colours(each, each.height() - 1) != {page.theme.page.lower()} for each in drawn)


def test_the_rule_of_the_head_stands_in_the_middle_whatever_the_face(show: Show) -> None:
    page = show(ARABIC)
    document, layout = page.document(), page.document().documentLayout()
    byline = document.begin().next()

    end = head_bottom(byline, layout.blockBoundingRect(byline))

    assert line_rect(document, byline.next().position()).top() - end >= 12 + 6


def test_a_date_beside_arabic_names_is_not_turned_round(show: Show) -> None:
    assert show(ARABIC).document().begin().next().text() == "ليلى · \u206812 December 2021\u2069"


def test_the_mark_of_a_note_is_told_from_a_link(show: Show) -> None:
    page = show("A word.[^1] A [link](https://example.org).\n\n[^1]: The note.\n")
    document, laid_out = page.document(), page.laid_out
    assert laid_out is not None

    mark, link = document.find("1").selectionStart(), document.find("link").selectionStart()

    assert is_figure(laid_out, (mark, mark + 1))
    assert not is_figure(laid_out, (link, link + 4))


def test_a_caret_that_is_not_wanted_has_no_colour(show: Show) -> None:
    page = show(ARABIC)

    before = page.palette().color(QPalette.ColorRole.Text).alpha()
    page.set_caret_mode(True)

    assert (before, page.palette().color(QPalette.ColorRole.Text).alpha()) == (0, 255)
