"""The theme and the size of the type, as a person chose them or as the system has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reader import theme as themes
from reader.ui.look import fonts
from reader.ui.look.dressing import dressing
from reader.ui.look.palette import build_palette, style_sheet

if TYPE_CHECKING:
    from reader.theme import Theme
    from reader.ui.page.styles import Typography

SYSTEM = "system"


class Appearance(QObject):
    """Gives the application its colours, and says when they change."""

    changed = Signal()

    def __init__(self, choice: str, typography: Typography, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice = choice
        self._general = typography
        self._own: Typography | None = None
        fonts.load_for(typography.face)
        self._theme = themes.load(self._name())
        self._controls_dressed = False
        self._dress()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def choice(self) -> str:
        """The theme's name, or ``system``."""
        return self._choice

    @property
    def typography(self) -> Typography:
        """The type of what is read now: its own, or that of all readings."""
        return self._general if self._own is None else self._own

    @property
    def general(self) -> Typography:
        """The type of all readings that have none of their own."""
        return self._general

    @property
    def own(self) -> Typography | None:
        """The type that was chosen for what is read now alone; None where it goes with all others."""
        return self._own

    def choose_theme(self, choice: str) -> None:
        self._choice = choice
        self._follow()

    def choose_typography(self, typography: Typography) -> None:
        """Take another type: for what is read now alone, where it has its own, else for all readings."""
        if self._own is None:
            self._take(typography, None)
        else:
            self._take(self._general, typography)

    def take_own(self, own: Typography | None) -> None:
        """Take the type of another reading, or give one of its own to this one; None gives it up."""
        self._take(self._general, own)

    def _take(self, general: Typography, own: Typography | None) -> None:
        before = self.typography
        self._general, self._own = general, own
        if self.typography != before:
            fonts.load_for(self.typography.face)
            self.changed.emit()

    def _name(self) -> str:
        if self._choice != SYSTEM:
            return self._choice
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return "dark" if dark else "light"

    def _on_system_changed(self) -> None:
        if self._choice == SYSTEM:
            self._follow()

    def _follow(self) -> None:
        if self._name() != self._theme.name:
            self._theme = themes.load(self._name())
            self._dress()
            self.changed.emit()

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            with dressing():
                application.setPalette(build_palette(self._theme))
                if self._controls_dressed:
                    application.setStyleSheet(style_sheet(self._theme))

    def dress_controls(self) -> None:
        """Give the controls their style sheet: no part of the first frame, and slow to take in."""
        self._controls_dressed = True
        self._dress()
