"""A bar that stands above a page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.look.palette import colour
from reader.ui.widgets.controls import Field, IconButton, TextButton

HEIGHT = 44
FIELD_WIDTH = 280
FIELD_WIDTH_MIN = 90


class PageBar(QWidget):
    """A field and what belongs to it, on the page's colour over a rule. Escape gives it up.

    ``row`` is the layout; what is added by ``add`` takes the theme with the bar.
    """

    given_up = Signal()

    def __init__(self, name: str, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._parts: list[Field | IconButton | TextButton] = []
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.field = field
        self.field.setMaximumWidth(FIELD_WIDTH)
        self.field.setMinimumWidth(FIELD_WIDTH_MIN)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 0, 10, 1)
        self.row.setSpacing(2)
        self.add(self.field, stretch=100)
        self.row.addSpacing(6)

    def add(self, *parts: Field | IconButton | TextButton, stretch: int = 0) -> None:
        """Put parts behind those that are there."""
        for part in parts:
            self._parts.append(part)
            self.row.addWidget(part, stretch)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in self._parts:
            part.set_theme(theme)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.page))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), colour(self._theme.rule))
        painter.end()
