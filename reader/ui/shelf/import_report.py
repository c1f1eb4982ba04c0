"""Which files did not come in, and why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QVBoxLayout, QWidget

from reader.bulk import failed_sentence
from reader.ui.isolation import isolated
from reader.ui.look import fonts

MOST_SHOWN = 1_000
"""More are counted, not listed: nobody reads them, and a list lays all of them out."""
SIZE = 560, 360


class ImportReport(QDialog):
    """A sentence for each file; it stands in nobody's way, and deletes itself."""

    def __init__(self, failed: Sequence[tuple[Path, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What could not be read"))
        self.head = QLabel(failed_sentence(len(failed)))
        self.head.setFont(fonts.interface(14, 600))
        self.head.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.head.text())
        self.list.setWordWrap(True)
        self.list.addItems([isolated(reason) for _path, reason in failed[:MOST_SHOWN]])
        self.list.setCurrentRow(0)
        if len(failed) > MOST_SHOWN:
            self.list.addItem("…")
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())  # the style's own is black on dark
        box.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(14)
        for part in (self.head, self.list, box):
            column.addWidget(part)
        self.resize(*SIZE)


def show_failures(failed: Sequence[tuple[Path, str]], parent: QWidget) -> ImportReport:
    """Open the report; there is at least one failure."""
    report = ImportReport(failed, parent)
    report.open()
    return report
