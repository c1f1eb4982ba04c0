"""The editor of a text's Markdown: lines are marked and joined in one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QPalette, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from reader.mending.lines import (
    as_caption,
    as_heading,
    as_mark,
    as_note,
    as_plain,
    as_quotation,
    is_attributes,
    joined,
    keys_in,
)
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.mending.highlighter import Highlighter

PIXELS = 15
MARGIN = 18
_MOVE, _KEEP = QTextCursor.MoveOperation, QTextCursor.MoveMode.KeepAnchor


class MarkdownEditor(QPlainTextEdit):
    """``refused`` carries a sentence that says why something could not be done."""

    refused = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("manuscript")
        self.setAccessibleName(self.tr("The text as Markdown"))
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        font = fonts.interface(PIXELS)
        font.setFeature(QFont.Tag("calt"), 0)  # signs are shown as they are written: no arrow for “-->”
        self.setFont(font)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self.document().setDocumentMargin(MARGIN)
        self._highlighter = Highlighter(self.document(), theme)
        self._dress(theme)

    def set_theme(self, theme: Theme) -> None:
        self._dress(theme)
        self._highlighter.set_theme(theme)

    def _dress(self, theme: Theme) -> None:
        palette = self.palette()
        for role, value in (
            (QPalette.ColorRole.Base, theme.raised if theme.dark else theme.page),
            (QPalette.ColorRole.Text, theme.text),
            (QPalette.ColorRole.Highlight, theme.selection),
            (QPalette.ColorRole.HighlightedText, theme.text),
        ):
            palette.setColor(role, colour(value))
        self.setPalette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the caret in sight where it was: a bar that opens above takes some lines."""
        was_seen = 0 <= self.cursorRect().top() < event.oldSize().height()
        super().resizeEvent(event)
        if was_seen:
            self.ensureCursorVisible()

    # -- the whole text ----------------------------------------------------------------------------

    def take(self, text: str) -> None:
        """Begin with a text: nothing can be undone yet."""
        self.setPlainText(text)
        self.document().setModified(False)
        self.moveCursor(_MOVE.Start)

    def replace_all(self, text: str) -> None:
        """Write another text instead, as one step that can be undone."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    @property
    def line(self) -> int:
        """The number, from 0, of the line that the caret stands on."""
        return self.textCursor().blockNumber()

    def go_to_line(self, line: int, words: str = "") -> None:
        """Put the caret on a line, before some words of it where they are there."""
        block = self.document().findBlockByNumber(line)
        if not block.isValid():
            return
        cursor = QTextCursor(block)
        at = block.text().find(words) if words else -1
        if at > 0:
            cursor.setPosition(block.position() + len(block.text()[:at].encode("utf-16-le")) // 2)
        self.setTextCursor(cursor)
        self.centerCursor()

    # -- marking lines -----------------------------------------------------------------------------

    def mark_heading(self, level: int) -> None:
        """Make a heading of the line, or of what is selected; 0 makes it a plain line again."""
        self._change(as_plain if level == 0 else lambda lines: as_heading(lines, level), alone=level > 0)

    def mark_quotation(self) -> None:
        """Make a quotation of the paragraph, or of what is selected."""
        self._change(as_quotation, alone=True)

    def mark_caption(self) -> None:
        """Make a caption of the paragraph, or of what is selected."""
        self._change(as_caption, alone=True)

    def mark_note(self) -> None:
        """Make a note of the paragraph or of what is selected; of a number in a line, the mark of a note."""
        cursor = self.textCursor()
        mark = as_mark(cursor.selectedText()) if cursor.hasSelection() else None
        if mark is not None and self._is_part_of_line(cursor):
            first, last = sorted((cursor.anchor(), cursor.position()))
            if self.document().characterAt(first - 1) == "\\":  # it was written for the bracket
                cursor.setPosition(first - 1)
                cursor.setPosition(last, _KEEP)
            cursor.insertText(mark)
            return
        taken = keys_in(self.toPlainText())
        self._change(lambda lines: as_note(lines, taken - keys_in("\n".join(lines))), alone=True)

    def join_lines(self) -> None:
        """Make one line of each paragraph that was cut into lines: of this one, or of all that are selected."""
        text = self.toPlainText()
        if not self._change(lambda lines: joined(lines, text), alone=False, paragraph=True):
            self.refused.emit(self.tr("There are no lines to join here."))

    def put_back(self, start: int, end: int, words: str, *, at_caret: bool) -> None:
        """Take a stretch of the text away (code points), and write words there or at the caret, as a paragraph."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        hole = self._stretch(start, end)
        if at_caret:
            target = self.textCursor()
            target.clearSelection()
            hole.removeSelectedText()
        else:
            hole.removeSelectedText()
            target = hole
        self._insert_paragraph(target, words)
        cursor.endEditBlock()
        self.setTextCursor(target)
        self.ensureCursorVisible()

    def _insert_paragraph(self, cursor: QTextCursor, words: str) -> None:
        """Write a paragraph on lines of its own; one that the caret stands in is not cut."""
        block = cursor.block()
        if block.text().strip():
            cursor.movePosition(_MOVE.EndOfBlock)
            cursor.insertText(f"\n\n{words}")
        else:
            above = block.previous()
            cursor.insertText(f"\n{words}" if above.isValid() and above.text().strip() else words)
        below = cursor.block().next()
        if below.isValid() and below.text().strip():
            cursor.insertText("\n")
            cursor.movePosition(_MOVE.Left)

    def _stretch(self, start: int, end: int) -> QTextCursor:
        text = self.toPlainText()
        first = len(text[:start].encode("utf-16-le")) // 2
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(first + len(text[start:end].encode("utf-16-le")) // 2, _KEEP)
        return cursor

    @staticmethod
    def _is_part_of_line(cursor: QTextCursor) -> bool:
        return cursor.selectedText().strip() != cursor.block().text().strip()

    def _change(self, change: Callable[[Sequence[str]], list[str]], *, alone: bool, paragraph: bool = False) -> bool:
        """Change whole lines as one step; say whether any was changed. ``alone``: empty lines stand around them."""
        first, last = self._lines(paragraph=paragraph)
        document = self.document()
        lines = [document.findBlockByNumber(number).text() for number in range(first, last + 1)]
        made = change(lines)
        if made == lines:
            return False
        if alone:
            made = [*([""] if self._has_text(first - 1) else []), *made, *([""] if self._has_text(last + 1) else [])]
        cursor = QTextCursor(document.findBlockByNumber(first))
        end = document.findBlockByNumber(last)
        cursor.setPosition(end.position() + end.length() - 1, _KEEP)
        cursor.insertText("\n".join(made))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def _has_text(self, line: int) -> bool:
        block = self.document().findBlockByNumber(line) if line >= 0 else None
        return block is not None and block.isValid() and bool(block.text().strip())

    def _lines(self, *, paragraph: bool) -> tuple[int, int]:
        """Return the first and the last line that are meant: those selected, else the caret's or its paragraph's."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        end = document.findBlock(cursor.selectionEnd())
        last = end.blockNumber()
        if last > first and cursor.selectionEnd() == end.position():
            last -= 1  # a selection of whole lines ends at the beginning of the next one
        if paragraph and not cursor.hasSelection():
            while self._has_text(first - 1):
                first -= 1
            while self._has_text(last + 1):
                last += 1
        elif self._has_text(last + 1) and is_attributes(document.findBlockByNumber(last + 1).text()):
            last += 1
        return first, last

    # -- places in code points ---------------------------------------------------------------------

    def selection(self) -> tuple[int, int]:
        """Return where the selection, or the caret, begins and ends in the text."""
        cursor, units = self.textCursor(), self.toPlainText().encode("utf-16-le")
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        return len(units[: 2 * start].decode("utf-16-le")), len(units[: 2 * end].decode("utf-16-le"))

    def select(self, start: int, end: int) -> None:
        """Select a stretch of the text, and let it be seen."""
        self.setTextCursor(self._stretch(start, end))
        self.ensureCursorVisible()

    def write_over(self, start: int, end: int, words: str) -> None:
        """Write words in the place of a stretch, as one step that can be undone."""
        self._stretch(start, end).insertText(words)
