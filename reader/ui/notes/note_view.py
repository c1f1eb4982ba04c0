"""The text of one note, as a popup shows it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from reader.article.text import Text
from reader.theme import Theme
from reader.ui.page.anchored import AnchoredText
from reader.ui.page.document import DocumentBuilder, attach
from reader.ui.page.fading import fade_edges
from reader.ui.page.geometry import rects
from reader.ui.page.scroll_bar import PointedBar
from reader.ui.page.styles import StyleBook


class NoteView(AnchoredText):
    """Shows some passages of an article; marks and links in it work as in the page."""

    def __init__(self, pictures: QObject, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._styles: StyleBook | None = None
        self.setMinimumHeight(1)  # a note of one line is one line high
        bar = PointedBar(Qt.Orientation.Vertical, self)
        bar.entered.connect(self._let_go_of_pointer)
        self.setVerticalScrollBar(bar)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setAccessibleName(self.tr("Text of the note"))

    def _take_colours(self, theme: Theme) -> None:
        super()._take_colours(theme)
        self._hide_caret()

    def show_passages(
        self, text: Text, passages: tuple[int, int], styles: StyleBook, labels: Mapping[str, str]
    ) -> None:
        """Show the passages from the first of a pair of numbers up to the second."""
        builder = DocumentBuilder(text, styles, labels)
        page = builder.build(*passages, numbered_notes=False)
        unindent(page.document, styles.indent_step())
        self._styles = styles
        self._take_page(page, text)
        self._take_colours(styles.theme)
        attach(page, self, self._pictures)
        self.setCursorWidth(0)

    def show_sentence(self, sentence: str, styles: StyleBook) -> None:
        """Show words of the program in the place of a note that there is not."""
        self._styles = styles
        self._page = self._text = self._anchors = None
        self._focused = self._hovered = self._pressed = None
        self._take_colours(styles.theme)
        self.document().setDocumentMargin(0)
        face = QTextCharFormat()
        face.setFont(styles.note_text().font)
        face.setForeground(QColor(styles.theme.muted))
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(sentence, face)
        self.setCursorWidth(0)

    def height_for(self, width: int) -> int:
        """Return how high the text is when it is set to a width."""
        # The view sets its document to its own width whenever that becomes higher or lower: it has to have this one.
        self.resize(width, self.height())
        document = self.document()
        document.setTextWidth(width)
        return round(document.size().height() + 0.5)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._styles is not None and self.focused_range is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(0, -self.verticalScrollBar().value())
            painter.setPen(QPen(QColor(self._styles.theme.focus), 2))
            for rect in rects(self.document(), *self.focused_range):
                painter.drawRoundedRect(rect.adjusted(-3, -3, 3, 2), 4, 4)
            painter.end()
        super().paintEvent(event)
        if self._styles is not None and self.verticalScrollBar().maximum() > 0:
            painter = QPainter(self.viewport())
            bar, view, theme = self.verticalScrollBar(), self.viewport(), self._styles.theme
            above, below = bar.value() > 0, bar.value() < bar.maximum()
            fade_edges(painter, theme, theme.popup, view.width(), view.height(), top=above, bottom=below)
            painter.end()


def unindent(document: QTextDocument, step: int) -> None:
    """Take away the room for a note's number, which is shown beside the text, and the last gap."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        shape = QTextBlockFormat(block.blockFormat())
        if shape.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            shape.setRightMargin(max(0.0, shape.rightMargin() - step))
        else:
            shape.setLeftMargin(max(0.0, shape.leftMargin() - step))
        if not block.next().isValid():
            shape.setBottomMargin(0)
        cursor.setPosition(block.position())
        cursor.setBlockFormat(shape)
        block = block.next()
