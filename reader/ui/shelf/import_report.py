"""Which files of a folder did not come in, and why."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from reader.bulk import failed_sentence
from reader.ui.isolation import isolated

MOST_SHOWN = 1_000
"""More are counted, not listed: nobody reads them, and a text widget lays all of them out."""


def show_failures(failed: list[tuple[Path, str]], parent: QWidget) -> QMessageBox:
    """Open a window with the sentence for each file; it stands in nobody's way, and deletes itself."""
    count = len(failed)
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle(QCoreApplication.translate("ImportReport", "Import folder"))
    box.setTextFormat(Qt.TextFormat.PlainText)  # names of files are no markup
    box.setText(failed_sentence(count))
    box.setInformativeText(isolated(failed[0][1]))
    if count > 1:
        lines = [reason for _path, reason in failed[:MOST_SHOWN]]
        box.setDetailedText("\n".join(lines + ["…"] * (count > MOST_SHOWN)))
    box.open()
    return box
