"""The list of what was set aside when a text came in, with the reasons, and the ways back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from reader.mending.asides import Aside
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.widgets.controls import EmptyState, TextButton

SHOWN_CHARACTERS = 160
"""Of the words of each entry; the whole of them is its tooltip."""


class SetAsideList(QWidget):
    """``put_back`` carries an ``Aside``, and whether it goes to the caret instead of its own place."""

    put_back = Signal(object, bool)
    chosen = Signal(object)
    """An ``Aside`` that a person looks at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._asides: tuple[Aside, ...] = ()
        self._head = QLabel(self.tr("Set aside"))
        self._head.setFont(fonts.interface(13, 600))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Set aside"))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFont(fonts.interface(13))
        self.list.setSpacing(2)
        self._empty = EmptyState("inbox", self.tr("Nothing of this text is set aside."))
        self.to_place = TextButton(self.tr("Put back at its place"))
        self.to_caret = TextButton(self.tr("Put back at the caret"))
        self.to_place.clicked.connect(lambda: self._put_back(at_caret=False))
        self.to_caret.clicked.connect(lambda: self._put_back(at_caret=True))
        self.list.itemActivated.connect(lambda _item: self._put_back(at_caret=False))
        self.list.currentRowChanged.connect(self._choose)
        self._lay_out()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.to_place)
        buttons.addWidget(self.to_caret)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 8)
        column.setSpacing(6)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        column.addLayout(buttons)

    def set_theme(self, theme: Theme) -> None:
        self._empty.set_theme(theme)
        for button in (self.to_place, self.to_caret):
            button.set_theme(theme)

    def show_asides(self, asides: Sequence[Aside]) -> None:
        """Show what is set aside now; the entry that was looked at stays the current one."""
        if [(each.text, each.reason) for each in asides] != [(each.text, each.reason) for each in self._asides]:
            row = self.list.currentRow()
            self.list.blockSignals(True)
            self.list.clear()
            for aside in asides:
                self.list.addItem(self._item(aside))
            self.list.setCurrentRow(min(max(row, 0), len(asides) - 1))
            self.list.blockSignals(False)
        self._asides = tuple(asides)
        self.list.setVisible(bool(asides))
        self._empty.setVisible(not asides)
        for button in (self.to_place, self.to_caret):
            button.setEnabled(bool(asides))

    def _item(self, aside: Aside) -> QListWidgetItem:
        words = " ".join(aside.text.split())
        shown = words if len(words) <= SHOWN_CHARACTERS else words[:SHOWN_CHARACTERS].rstrip() + "…"
        item = QListWidgetItem(self.tr("{words}\n({reason})").format(words=shown, reason=aside.reason))
        if shown != words:
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        return item

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._asides):
            self.chosen.emit(self._asides[row])

    def _put_back(self, *, at_caret: bool) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._asides):
            self.put_back.emit(self._asides[row], at_caret)
