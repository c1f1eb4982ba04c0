"""The text of a block as runs of one format: spans, the marks between them, and places to break words at."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QTextCharFormat

from reader.article.model import SpanKind
from reader.ui.look import fonts
from reader.ui.page.fitting import fit_face
from reader.ui.page.offsets import Addition
from reader.ui.page.shapes import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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
HYPHEN = "\N{SOFT HYPHEN}"

_ALIKE = (SpanKind.EMPHASIS, SpanKind.STRONG, SpanKind.CODE, SpanKind.SUB, SpanKind.SUP, SpanKind.LANGUAGE)
"""Kinds of spans that look the same whatever their value is."""


class RunWriter:
    """Writes blocks' texts at a cursor, and tells what it added to them.

    ``breaks`` returns the offsets in a block's text before which a word may be broken; None where
    words stay whole.
    """

    def __init__(self, styles: StyleBook, labels: Mapping[str, str]) -> None:
        self._styles = styles
        self._labels = labels
        self.breaks: Callable[[Block], Sequence[int]] | None = styles.breaks

    def write(
        self, cursor: QTextCursor, block: Block, face: QTextCharFormat, style: BlockStyle, start: int = 0, end: int = -1
    ) -> tuple[Addition, ...]:
        """Insert a block's text from ``start`` to ``end`` with its spans and marks; return what it added."""
        end = len(block.text) if end < 0 else end
        breaks = self.breaks(block) if self.breaks is not None else ()
        if not (block.spans or block.marks):
            return self._insert(cursor, block.text, start, end, face, breaks) if end > start else ()
        return self._write_parts(cursor, block, face, style, start, end, breaks)

    def _write_parts(
        self,
        cursor: QTextCursor,
        block: Block,
        face: QTextCharFormat,
        style: BlockStyle,
        start: int,
        end: int,
        breaks: Sequence[int],
    ) -> tuple[Addition, ...]:
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
                covering = [span for span in spans if span.start <= at and span.end >= upto]
                looks = self._spanned(face, style, covering) if covering else face
                language = next((span.value for span in covering if span.kind is SpanKind.LANGUAGE), "")
                if language:
                    looks = QTextCharFormat(looks)
                    fit_face(looks, block.text[at:upto], language)
                added.extend(self._insert(cursor, block.text, at, upto, looks, breaks))
        return tuple(added)

    @staticmethod
    def _insert(
        cursor: QTextCursor, text: str, start: int, end: int, looks: QTextCharFormat, breaks: Sequence[int]
    ) -> tuple[Addition, ...]:
        """Insert a part of a text in one format, with the places to break it at; return what was added."""
        piece = text[start:end]
        within = breaks[bisect_left(breaks, start) : bisect_left(breaks, end)] if breaks else ()
        cuts = [0, *(at - start for at in within), len(piece)]
        shown = HYPHEN.join([piece[a:b] for a, b in pairwise(cuts)]) if within else piece
        if piece.isascii():
            cursor.insertText(shown.replace("\n", LINE_BREAK), looks)
            return tuple(Addition(at, 1) for at in within)
        cursor.insertText(shown.translate(SHOWN_AS), looks)
        added = [Addition(start + i + 1, 1, False) for i, c in enumerate(piece) if c > "\uffff"]
        # A hyphen comes after the second half of the character before it: what is not loose goes first.
        return tuple(sorted([*added, *(Addition(at, 1) for at in within)], key=_order))

    def _spanned(self, face: QTextCharFormat, style: BlockStyle, spans: Sequence[Span]) -> QTextCharFormat:
        """Return the looks of spanned text; the same object for the same spans in the same style."""
        key = None
        if all(span.kind in _ALIKE for span in spans) and face == plain(style):
            key = tuple(span.kind for span in spans)
            if key in style.made:
                found: QTextCharFormat = style.made[key]
                return found
        made = self._made(face, spans)
        if key is not None:
            style.made[key] = made
        return made

    def _made(self, face: QTextCharFormat, spans: Sequence[Span]) -> QTextCharFormat:
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

    # -- marks -------------------------------------------------------------------------------------

    def _insert_marks(
        self, cursor: QTextCursor, marks: Sequence[Mark], face: QTextCharFormat, style: BlockStyle
    ) -> int:
        before = cursor.position()
        families = face.font().families()
        # A block in the face of another script: its figures are raised as letters are.
        foreign = families[0] not in (style.font.families()[0], fonts.SANS)
        for number, mark in enumerate(marks):
            label = self._labels.get(mark.note, mark.note)
            made = QTextCharFormat(self._mark_face(style, figures=label.isdecimal() and not foreign))
            if foreign:
                made.setFontFamilies(families)
            made.setAnchorHref(NOTE_SCHEME + mark.note)
            if number:
                cursor.insertText("\N{THIN SPACE}", face)
            cursor.insertText(label, made)
        return cursor.position() - before

    def _mark_face(self, style: BlockStyle, *, figures: bool) -> QTextCharFormat:
        """Return the looks of a mark in a style: superior figures where the face has them, else raised.

        They are the style's, not those of what is around: a picture's unseen words are too small for a mark.
        """
        key = "figures" if figures else "letters"
        made: QTextCharFormat | None = style.made.get(key)
        if made is not None:
            return made
        made = style.made[key] = QTextCharFormat()
        family = style.font.families()[0]
        if figures and fonts.has_superior_figures(family):
            made.setFont(fonts.font(family, style.font.pixelSize(), 600, features=("sups",)))
        else:
            made.setFont(style.font)
            made.setFontWeight(QFont.Weight.DemiBold)
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        made.setForeground(QColor(self._styles.theme.link))
        made.setAnchor(True)
        return made


def _order(addition: Addition) -> tuple[int, bool]:
    return addition.at, addition.loose
