"""Where an article is read: the find bar, and the page below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.ui.page.view import PageView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from reader.theme import Theme
    from reader.ui.page.styles import Typography
    from reader.ui.search.find_bar import FindBar


class ReadingRoom(QWidget):
    """The page from the first frame; the find bar when it is asked for."""

    def __init__(self, theme: Theme, typography: Typography, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.page = PageView(theme, typography, self)
        self._find_bar: FindBar | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self.page)

    @property
    def find_bar(self) -> FindBar:
        """The find bar, made when it is first wanted."""
        if self._find_bar is None:
            from reader.ui.search import find_bar  # no part of the first frame

            self._find_bar = find_bar.FindBar(self)
            self._find_bar.hide()
            self._find_bar.set_theme(self.page.theme)
            self._layout.insertWidget(0, self._find_bar)
        return self._find_bar

    def add_below(self, widget: QWidget) -> None:
        """Let something stand below the page."""
        self._layout.addWidget(widget)

    def set_look(self, theme: Theme, typography: Typography) -> None:
        self.page.set_look(theme, typography)
        if self._find_bar is not None:
            self._find_bar.set_theme(theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape end a find from the page, too."""
        if event.key() == Qt.Key.Key_Escape and self._find_bar is not None and self._find_bar.isVisible():
            self._find_bar.given_up.emit()
        else:
            super().keyPressEvent(event)
