"""A list of rows, however many."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from reader.theme import Theme, load
from reader.ui.look.palette import style_sheet
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import Index, RowDelegate

ROWS = 500


class Counting(RowDelegate):
    """Counts how often it is asked for a row's height."""

    asked = 0

    def height(self, option: QStyleOptionViewItem, index: Index) -> int:
        self.asked += 1
        return 30


def test_another_theme_asks_for_the_height_of_no_row(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    rows = RowList("Rows")
    qtbot.addWidget(rows)
    counting = Counting(rows)
    rows.setItemDelegate(counting)
    rows.setModel(QStringListModel([str(row) for row in range(ROWS)], rows))
    with qtbot.waitExposed(rows):
        rows.show()
    before = counting.asked

    qapp.setStyleSheet(style_sheet(load("dark")))
    asked = counting.asked - before
    qapp.setStyleSheet(style_sheet(theme))

    assert before >= ROWS
    assert asked < ROWS
