"""Selecting in a table that is longer than what is laid out of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Metadata, TableRow
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView

ROWS = 1_500


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> Iterator[PageView]:
    """A page in which there is nothing but a long table."""
    rows = (
        Block(BlockKind.TABLE_ROW, f"{row}\tboat {row}\tsailed", detail=TableRow(header=row == 0, align=""))
        for row in range(ROWS)
    )
    made = PageView(theme, Typography())
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show_article(Metadata(), CanonicalText(Article(Metadata(), tuple(rows))), {})
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made


def test_a_click_with_shift_far_down_selects_from_cell_to_cell(page: PageView) -> None:
    bar, view, middle = page.verticalScrollBar(), page.viewport(), QPoint(400, 300)
    bar.setValue(round(0.2 * bar.maximum()))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    begun = page.caret_offset()

    bar.setValue(round(0.8 * bar.maximum()))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, middle)

    assert page.text is not None
    assert page.selected_range() == (begun, page.caret_offset())
    assert 0.1 < begun / len(page.text) < 0.3
    assert 0.7 < page.caret_offset() / len(page.text) < 0.9
