"""The page of the library's health: how things stand, and what can be done now."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.ui.look import fonts
from reader.ui.widgets.controls import announce

WIDTH = 620
STEPS = 1000


class HealthDialog(QDialog):
    """Tells and asks; what is done, others do."""

    check_requested = Signal()
    repair_requested = Signal()
    backup_requested = Signal()
    export_requested = Signal()
    restore_requested = Signal()
    rebuild_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Library health"))
        self.verdict = QLabel()
        self.verdict.setFont(fonts.font(fonts.SERIF_DISPLAY, 24, 600))
        self.verdict.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.said.hide()
        self.progress = QProgressBar()
        self.progress.setRange(0, STEPS)
        self.progress.setTextVisible(False)
        self.stop = self._button(self.tr("Stop"), self.stop_requested)
        self._running = QWidget()
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        running.addWidget(self.progress, 1)
        running.addWidget(self.stop)
        self._running.hide()
        self.buttons = (
            self._button(self.tr("&Check now"), self.check_requested),
            self._button(self.tr("&Back up now"), self.backup_requested),
            self._button(self.tr("&Export…"), self.export_requested),
            self._button(self.tr("&Restore…"), self.restore_requested),
            self._button(self.tr("Rebuild &index"), self.rebuild_requested),
        )
        self.repair = self._button(self.tr("&Mend what is damaged"), self.repair_requested)
        self.repair.hide()
        self._lay_out()

    def _button(self, text: str, asks: SignalInstance) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: asks.emit())
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 20)
        column.setSpacing(16)
        column.addWidget(self.verdict)
        column.addLayout(self._grid)
        column.addWidget(self.said)
        column.addWidget(self._running)
        column.addStretch(1)
        first = QHBoxLayout()
        for button in self.buttons:
            first.addWidget(button)
        column.addLayout(first)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = box.button(QDialogButtonBox.StandardButton.Close)
        close.setIcon(QIcon())  # the style's own is black on dark
        close.setAutoDefault(False)
        box.rejected.connect(self.reject)
        last = QHBoxLayout()
        last.addWidget(self.repair)
        last.addStretch(1)
        last.addWidget(box)
        column.addLayout(last)
        self.setMinimumWidth(WIDTH)

    def show_state(self, verdict: str, rows: tuple[tuple[str, str], ...], *, damaged: bool) -> None:
        """Show how things stand."""
        self.verdict.setText(verdict)
        while self._grid.count():
            item = self._grid.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(rows):
            label, told = QLabel(name), QLabel(value)
            label.setObjectName("muted")
            told.setWordWrap(True)
            told.setAccessibleName(f"{name}: {value}")
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(told, row, 1)
            label.show()  # a layout counts only what is shown
            told.show()
        self.repair.setVisible(damaged)
        self._grow()

    def show_progress(self, text: str, share: float) -> None:
        """Show that something is under way; meanwhile nothing else can be begun."""
        self._running.show()
        self.progress.setAccessibleName(text)
        self.progress.setValue(int(STEPS * share))
        self._say(text)
        for button in (*self.buttons, self.repair):
            button.setEnabled(False)

    def show_done(self, sentence: str) -> None:
        """Tell what came of it."""
        focused = self.stop.hasFocus()
        self._running.hide()
        for button in (*self.buttons, self.repair):
            button.setEnabled(True)
        self._say(sentence)
        announce(self.said, sentence)
        if focused:
            self.buttons[0].setFocus()

    def _say(self, sentence: str) -> None:
        self.said.setVisible(bool(sentence))
        if self.said.text() != sentence:
            self.said.setText(sentence)
        self._grow()

    def _grow(self) -> None:
        """Be as high as what is told needs: labels whose words wrap do not ask for it themselves."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(max(self.width(), WIDTH))
            self.setMinimumHeight(needed)
            self.resize(max(self.width(), WIDTH), needed)

    def reject(self) -> None:
        """Close; what is under way goes on behind."""
        self.hide()
