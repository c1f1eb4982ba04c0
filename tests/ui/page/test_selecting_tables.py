"""Selecting in a table that is longer than what is laid out of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Metadata, TableRow
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView

ROWS = 1_500


def test_a_click_with_shift_far_down_selects_from_cell_to_cell(qtbot: QtBot, theme: Theme) -> None:
    text = CanonicalText(
        Article(
            Metadata(),
            tuple(
                Block(BlockKind.TABLE_ROW, f"{row}\tboat {row}\tsailed", detail=TableRow(header=row == 0, align=""))
                for row in range(ROWS)
            ),
        )
    )
    page = PageView(theme, Typography())
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show_article(Metadata(), text, {})
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    bar = page.verticalScrollBar()
    bar.setValue(round(0.2 * bar.maximum()))
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(400, 300))
    begun = page.caret_offset()

    bar.setValue(round(0.8 * bar.maximum()))
    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, QPoint(400, 300))

    assert page.selected_range() == (begun, page.caret_offset())
    assert 0.1 * len(text) < begun < 0.3 * len(text)
    assert 0.7 * len(text) < page.caret_offset() < 0.9 * len(text)
