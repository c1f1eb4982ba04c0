"""The outline of a long book in another theme."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.theme import Theme, load
from reader.ui.look.dressing import dressing
from reader.ui.look.palette import style_sheet
from reader.ui.outline.view import OutlineView


class Counting(OutlineView):
    """Counts how often all rows are laid out."""

    laid_out = 0

    def lay_out(self) -> None:
        self.laid_out += 1
        super().lay_out()


def test_another_theme_lays_out_no_row_anew(qtbot: QtBot, qapp: QApplication, theme: Theme) -> None:
    view = Counting("Contents")
    qtbot.addWidget(view)
    view.setModel(QStringListModel(["one", "two"], view))
    with qtbot.waitExposed(view):
        view.show()
    before = view.laid_out

    with dressing():
        qapp.setStyleSheet(style_sheet(load("dark")))
    laid_out = view.laid_out - before
    qapp.setStyleSheet(style_sheet(theme))

    assert before > 0
    assert laid_out == 0
