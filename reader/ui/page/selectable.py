"""Selecting and copying in a text of which only a part is laid out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from reader.ui.page.long_text import LongText

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from reader.theme import Theme
    from reader.ui.page.styles import Typography


FAR = 3.0
"""Views that are laid out on each side for a caret that moves by screens."""


class SelectableText(LongText):
    """What is selected is told and taken in canonical offsets, and may reach far out of the view."""

    def __init__(self, theme: Theme, typography: Typography, parent: QWidget | None = None) -> None:
        super().__init__(theme, typography, parent)
        self.cursorPositionChanged.connect(self._on_selected)
        self.selectionChanged.connect(self._on_selected)

    def selected_range(self) -> tuple[int, int] | None:
        """Return the canonical range that is selected, or None."""
        return None if self._page is None else self._selecting.range(self._page)

    def select_range(self, start: int, end: int) -> None:
        """Select a canonical range; the view stays."""
        if self._page is not None:
            with self._quietly():
                value = self._bar.value()
                self._selecting.select(self._page, start, end)
                self._bar.setValue(value)

    @property
    def is_caret_moved_by_person(self) -> bool:
        return not self._quiet and super().is_caret_moved_by_person

    def _on_selected(self) -> None:
        if not self._quiet and self._page is not None and self._text is not None:
            self._selecting.follow(self._page, self._text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._page is not None and self._text is not None and not self.is_laid_out_whole:
            from PySide6.QtGui import QKeySequence  # not for a first frame

            if event.matches(QKeySequence.StandardKey.SelectAll):
                self.select_range(0, len(self._text))
                return
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in (
                Qt.Key.Key_Home,
                Qt.Key.Key_End,
            ):
                self._move_to_end(event)
                return
            self._reach_out()
        super().keyPressEvent(event)

    def _move_to_end(self, event: QKeyEvent) -> None:
        """Move the caret to an end of the text, which the widget takes for the end of what is laid out."""
        if self._page is None or self._text is None:
            return
        keeps = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        is_end = event.key() == Qt.Key.Key_End
        self._bar.setValue(self._bar.maximum() if is_end else self._bar.minimum())
        with self._quietly():
            self._selecting.move(self._page, len(self._text) if is_end else 0, keeps_anchor=keeps)
        self._bar.setValue(self._bar.maximum() if is_end else self._bar.minimum())

    def _reach_out(self) -> None:
        """Lay out more than a view on each side: so far a key may move the caret."""
        stretch = self._stretch
        if stretch is not None and self._page is not None:
            top, height = self._bar.value(), self.viewport().height()
            above, below = top - stretch.top, stretch.bottom - top - height
            far = 1.5 * height  # a screen on from the last line
            if (stretch.first and above < far) or (stretch.end < len(stretch) and below < far):
                eye = self._finder.eye(self._page)
                self._lay_out_around(eye, FAR, FAR)
                self.bring(eye)

    def copy(self) -> None:
        """Copy what is selected, laid out or not."""
        if self._selecting.reaches_out:
            QGuiApplication.clipboard().setMimeData(self.createMimeDataFromSelection())
        else:
            super().copy()

    def createMimeDataFromSelection(self) -> QMimeData:
        copied = super().createMimeDataFromSelection()
        if self._page is not None and self._text is not None:
            copied.setText(self._selecting.words(self._page, self._text))
        return copied
