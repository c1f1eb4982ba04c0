"""The text of a block as runs of one format: spans, and the marks between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextCharFormat

from reader.article.model import SpanKind
from reader.ui.look import fonts
from reader.ui.page.offsets import Addition

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QTextCursor

    from reader.article.model import Block, Mark, Span
    from reader.ui.page.styles import BlockStyle, StyleBook

NOTE_SCHEME = "note:"
PICTURE = 0x1000 + 1
"""The kind of a picture's character: Qt's ``UserObject``, and one."""
NAME = 0x100000 + 1
"""The property that names its resource: Qt's ``UserProperty``, and one."""
LINE_BREAK = "\N{LINE SEPARATOR}"
SHOWN_AS = {ord("\n"): LINE_BREAK, 0xFEFF: "\N{WORD JOINER}"}
"""A byte order mark at the beginning of a string is lost on the way to Qt; a word joiner is as unseen."""


class RunWriter:
    """Writes blocks' texts at a cursor, and tells what it added to them."""

    def __init__(self, styles: StyleBook, labels: Mapping[str, str]) -> None:
        self._styles = styles
        self._labels = labels

    def write(
        self, cursor: QTextCursor, block: Block, face: QTextCharFormat, style: BlockStyle, start: int = 0, end: int = -1
    ) -> tuple[Addition, ...]:
        """Insert a block's text from ``start`` to ``end`` with its spans and marks; return what it added."""
        end = len(block.text) if end < 0 else end
        added: list[Addition] = []
        cuts = {start, end}
        spans = [span for span in block.spans if span.start < end and span.end > start]
        marks = [mark for mark in block.marks if start <= mark.offset <= end]
        cuts.update(max(start, span.start) for span in spans)
        cuts.update(min(end, span.end) for span in spans)
        cuts.update(mark.offset for mark in marks)
        places = sorted(cuts)
        for at, upto in zip(places, [*places[1:], places[-1]], strict=True):
            here = [mark for mark in marks if mark.offset == at]
            if here:
                added.append(Addition(at, self._insert_marks(cursor, here, face, style)))
            if upto > at:
                piece = block.text[at:upto].translate(SHOWN_AS)
                covering = [span for span in spans if span.start <= at and span.end >= upto]
                cursor.insertText(piece, self._spanned(face, covering) if covering else face)
                if not piece.isascii():
                    added.extend(Addition(at + i + 1, 1, False) for i, c in enumerate(piece) if c > "\uffff")
        return tuple(added)

    def _spanned(self, face: QTextCharFormat, spans: Sequence[Span]) -> QTextCharFormat:
        theme = self._styles.theme
        made = QTextCharFormat(face)
        for span in spans:
            match span.kind:
                case SpanKind.EMPHASIS:
                    made.setFontItalic(not made.fontItalic())
                case SpanKind.STRONG:
                    made.setFontWeight(QFont.Weight.DemiBold)
                case SpanKind.CODE:
                    made.setFont(self._styles.code(face.font().pixelSize()))
                    made.setForeground(QColor(theme.text))
                case SpanKind.SUB | SpanKind.SUP:
                    raised = span.kind is SpanKind.SUP
                    align = QTextCharFormat.VerticalAlignment
                    made.setVerticalAlignment(align.AlignSuperScript if raised else align.AlignSubScript)
                case SpanKind.LINK:
                    made.setAnchor(True)
                    made.setAnchorHref(span.value)
                    made.setForeground(QColor(theme.link))
                    made.setFontUnderline(True)
                    made.setUnderlineColor(QColor(theme.rule_strong))
                case SpanKind.ABBREVIATION:
                    made.setToolTip(span.value)
                    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
                case SpanKind.LANGUAGE:
                    pass
        return made

    def _insert_marks(
        self, cursor: QTextCursor, marks: Sequence[Mark], face: QTextCharFormat, style: BlockStyle
    ) -> int:
        before = cursor.position()
        for number, mark in enumerate(marks):
            label = self._labels.get(mark.note, mark.note)
            made = QTextCharFormat(face)
            if label.isdecimal():
                figures = fonts.font(style.font.families()[0], style.font.pixelSize(), 600, features=("sups",))
                made.setFont(figures)
            else:
                made.setFont(style.font)  # not the face: a picture's words are too small to be raised
                made.setFontWeight(QFont.Weight.DemiBold)
                made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
            made.setForeground(QColor(self._styles.theme.link))
            made.setAnchor(True)
            made.setAnchorHref(NOTE_SCHEME + mark.note)
            if number:
                cursor.insertText("\N{THIN SPACE}", face)
            cursor.insertText(label, made)
        return cursor.position() - before
