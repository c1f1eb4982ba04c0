"""Which folders are watched: one is added or let go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from reader.ui.look import fonts


class WatchedDialog(QDialog):
    """``added`` and ``left_alone`` carry the path of a folder. It stands in nobody's way, and deletes itself."""

    added = Signal(str)
    left_alone = Signal(str)

    def __init__(self, folders: Callable[[], tuple[str, ...]], ask: Callable[[], str], parent: QWidget) -> None:
        """``folders`` tells which are watched, ``ask`` lets a person choose one."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Watched folders"))
        self._folders = folders
        self._ask = ask
        told = QLabel(
            self.tr(
                "Texts that appear in these folders come into the library by themselves."
                " What you remove from the library does not come back."
            )
        )
        told.setWordWrap(True)
        told.setFont(fonts.interface(13))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Watched folders"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.add = QPushButton(self.tr("Watch a folder…"))
        self.stop = QPushButton(self.tr("Stop watching"))
        self.done_button = QPushButton(self.tr("Close"))
        self.done_button.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.add)
        row.addWidget(self.stop)
        row.addStretch(1)
        row.addWidget(self.done_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(14)
        for part in (told, self.list):
            column.addWidget(part)
        column.addLayout(row)
        self.resize(520, 320)
        self.add.clicked.connect(self._add)
        self.stop.clicked.connect(self._stop)
        self.done_button.clicked.connect(self.close)
        self.list.currentRowChanged.connect(lambda row: self.stop.setEnabled(row >= 0))
        self.refresh()

    def refresh(self) -> None:
        """Show which folders are watched now."""
        self.list.clear()
        self.list.addItems(list(self._folders()))
        self.stop.setEnabled(self.list.currentRow() >= 0)

    def _add(self) -> None:
        folder = self._ask()
        if folder:
            self.added.emit(folder)
            self.refresh()

    def _stop(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.left_alone.emit(item.text())
            self.refresh()
