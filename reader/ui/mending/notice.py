"""A line that tells something and asks what to do, without standing in the way."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.widgets.controls import TextButton, announce


class Notice(QWidget):
    """A sentence and two answers; it stays until one is given or something else is told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.sentence = QLabel()
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setFont(fonts.interface(13))
        self.sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.first, self.second = TextButton("", parent=self), TextButton("", parent=self)
        self.first.set_accented(True)
        self._answers: tuple[Callable[[], object], Callable[[], object]] | None = None
        self.first.clicked.connect(lambda: self._answer(0))
        self.second.clicked.connect(lambda: self._answer(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 10, 4)
        row.setSpacing(6)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.first)
        row.addWidget(self.second)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), colour(theme.accent_tint))
        self.setPalette(palette)
        for button in (self.first, self.second):
            button.set_theme(theme)

    def ask(
        self, sentence: str, first: tuple[str, Callable[[], object]], second: tuple[str, Callable[[], object]]
    ) -> None:
        """Tell something; each answer is its words and what it does."""
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.first.set_text(first[0])
        self.second.set_text(second[0])
        self._answers = (first[1], second[1])
        self.setAccessibleName(sentence)
        self.show()
        announce(self, f"{sentence} {first[0]}, {second[0]}")

    def _answer(self, which: int) -> None:
        answers, self._answers = self._answers, None
        self.hide()
        if answers is not None:
            answers[which]()
