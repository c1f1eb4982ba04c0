"""A card that asks for the number of a paragraph, shows how it begins, and goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from reader.article.numbers import paragraph_count, paragraph_passage
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.look.shadow import paint_shadow
from reader.ui.widgets.controls import announce

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from reader.article.text import Text
    from reader.theme import Theme

WIDTH = 480
TOP_SHARE = 0.12
FIELD = 52
BEGINNING = 62
"""Height of the words that a paragraph begins with, px: two lines."""
RADIUS = 12
SHADOW = 32
WORDS_SHOWN = 110
"""So many characters of a paragraph are shown."""


class ParagraphCard(QWidget):
    """Open over the window; Enter goes to the paragraph, Escape gives the focus back."""

    chosen = Signal(int)
    """The canonical offset at which the paragraph begins."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme: Theme | None = None
        self._text: Text | None = None
        self._before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setObjectName("bare")
        self.field.setFont(fonts.interface(17))
        self.field.setFixedHeight(FIELD)
        self.field.setAccessibleName(self.tr("Number of the paragraph"))
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._on_typed)
        rule = QFrame(self)
        rule.setObjectName("rule")
        rule.setFixedHeight(1)
        self.beginning = QLabel(self)
        self.beginning.setTextFormat(Qt.TextFormat.PlainText)
        self.beginning.setWordWrap(True)
        self.beginning.setFont(fonts.interface(14))
        self.beginning.setFixedHeight(BEGINNING)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 15, SHADOW + 1, SHADOW + 15, SHADOW + 6)
        column.setSpacing(0)
        for part in (self.field, rule, self.beginning):
            column.addWidget(part)
        self.setAccessibleName(self.tr("Go to a paragraph"))
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._on_typed(self.field.text())
        self.update()

    def open(self, text: Text) -> None:
        """Ask for a paragraph of a text."""
        self._text = text
        window = self.parentWidget()
        self._before = window.focusWidget() if window is not None else None
        self.field.clear()
        self.field.setPlaceholderText(self.tr("Paragraph 1 to {last}").format(last=paragraph_count(text)))
        self._on_typed("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        if window is not None:
            window.installEventFilter(self)

    def leave(self) -> None:
        """Hide the card and give the focus back."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _passage(self) -> int | None:
        typed = self.field.text().strip().lstrip("¶§").strip()
        if self._text is None or not typed.isdecimal() or len(typed) > 9:
            return None
        return paragraph_passage(self._text, int(typed))

    def _on_typed(self, typed: str) -> None:
        """Show how the paragraph begins, or which numbers there are."""
        if self._text is None or self._theme is None:
            return
        passage = self._passage()
        if passage is not None:
            words = " ".join(self._text.passages[passage].text.split())
            told = words if len(words) <= WORDS_SHOWN else words[:WORDS_SHOWN].rsplit(" ", 1)[0] + "…"
        elif typed.strip():
            last = paragraph_count(self._text)
            told = self.tr("There is no such paragraph: they are numbered from 1 to {last}.").format(last=last)
        else:
            told = self.tr("Type the number of a paragraph. Numbers stay the same in every size, and in print.")
        self.beginning.setText(told)
        ink = self._theme.text if passage is not None else self._theme.muted
        self.beginning.setStyleSheet(f"color: {ink}")
        if typed:
            announce(self.field, told)

    def _go(self) -> None:
        passage, text = self._passage(), self._text
        if passage is not None and text is not None:
            self.leave()
            self.chosen.emit(text.offset(passage))

    def _place(self) -> None:
        window = self.parentWidget()
        if window is not None:
            width = min(WIDTH, window.width() - 32)
            top = round(window.height() * TOP_SHARE)
            card = QRect((window.width() - width) // 2, top, width, FIELD + BEGINNING + 8)
            self.setGeometry(card.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    # -- events ------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if event.type() == QEvent.Type.FocusOut and self.isVisible() and not self.underMouse():
                self.leave()
        elif event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self.leave()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # there is nothing else to go to
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press in the shadow for one beside the card."""
        if not self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).contains(event.position().toPoint()):
            self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))
        paint_shadow(painter, card, RADIUS, QPointF(0, 8), SHADOW, 0.55 if self._theme.dark else 0.26)
        painter.setPen(QPen(colour(self._theme.popup_rule), 1))
        painter.setBrush(colour(self._theme.popup))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
