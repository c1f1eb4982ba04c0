"""The head of the library page: its name, the field that filters, the button that adds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.widgets.controls import Field, TextButton

FIELD_WIDTH = 280


class LibraryHeader(QWidget):
    """``searched`` carries what a person looks for in all texts, ``filtered`` what they type."""

    searched = Signal(str)
    filtered = Signal(str)
    add_requested = Signal()
    left_downwards = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = TextButton(self.tr("Collections, tags, bin"), "library", chevron=True)
        self.parts.hide()
        self.title = QLabel(self.tr("All readings"))
        self.title.setFont(fonts.font(fonts.SERIF_DISPLAY, 34, 600))
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.field = Field("search", self.tr("Search all readings"))
        self.in_texts = TextButton(self.tr("Search in the texts"), "search")
        self.in_texts.hide()
        self.add = QPushButton(self.tr("Add files…"))
        self.add.setObjectName("primary")
        self.add.setFont(fonts.interface(13, 500))
        self.empty = QPushButton(self.tr("Empty the bin…"))
        self.empty.setFont(fonts.interface(13, 500))
        self.empty.hide()
        self.told = QLabel(self.tr("What lies here goes for good 30 days after it was removed."))
        self.told.setObjectName("muted")
        self.told.setFont(fonts.interface(13))
        self.told.setWordWrap(True)
        self.told.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._narrow: bool | None = None
        self.arrange(narrow=False)
        self.field.entered.connect(self.search)
        self.field.textChanged.connect(self._on_text_changed)
        self.in_texts.clicked.connect(self.search)
        self.field.left_downwards.connect(self.left_downwards)
        self.add.clicked.connect(lambda: self.add_requested.emit())

    def set_theme(self, theme: Theme) -> None:
        self.field.set_theme(theme)
        self.in_texts.set_theme(theme)
        self.parts.set_theme(theme)
        self.parts.updateGeometry()  # its letters may be loaded by now

    def show_part(self, name: str, *, is_bin: bool) -> None:
        """Show which part of the library this is; the bin can be emptied."""
        self.title.setText(name)
        self.add.setVisible(not is_bin)
        self.empty.setVisible(is_bin)
        self.told.setVisible(is_bin)

    def search(self) -> None:
        """Ask for what stands in the field, if anything does."""
        words = self.field.text().strip()
        if words:
            self.searched.emit(words)

    def _on_text_changed(self, text: str) -> None:
        self.in_texts.setVisible(bool(text.strip()))
        self.filtered.emit(text)

    def arrange(self, *, narrow: bool) -> None:
        """Give the field a line of its own, or have all in one line."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self._grid.addWidget(self.title, 0, 0)
        self._grid.addWidget(self.add, 0, 2)
        self._grid.addWidget(self.empty, 0, 2)
        self._grid.addWidget(self.parts, 3, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(self.told, 4, 0, 1, 3)
        self._grid.addWidget(self.in_texts, 2 if narrow else 1, 0 if narrow else 1, Qt.AlignmentFlag.AlignLeft)
        if narrow:
            self._grid.addWidget(self.field, 1, 0, 1, 3)
            self.field.setMinimumWidth(0)
            self.field.setMaximumWidth(16777215)
        else:
            self._grid.addWidget(self.field, 0, 1)
            self.field.setFixedWidth(FIELD_WIDTH)
