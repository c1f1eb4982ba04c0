"""Formats made to fit a text in any script: its direction, its faces, the height of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextFormat, QTextOption

from reader.ui.page.direction import LEFTWARDS, RIGHTWARDS, direction_of, direction_of_language

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QTextBlock, QTextCharFormat

BAR = 3
"""The width of the bar beside a quotation, px."""

_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def fit_block(shape: QTextBlockFormat, face: QTextCharFormat, text: str, language: str) -> Qt.LayoutDirection:
    """Fit a block's formats, which are written for one that runs rightwards, to its text; return its direction.

    Call it when margins, indents and tabs are set, before the formats are used. ``language`` is the
    article's (BCP 47; may be empty). What the program says itself in a text's place goes with the
    language: give it an empty text.
    """
    direction = direction_of(text, language)
    if direction is RIGHTWARDS and text.isascii() and direction_of_language(language) is RIGHTWARDS:
        return RIGHTWARDS  # nearly all blocks of nearly all articles
    shape.setLayoutDirection(direction)
    if direction is LEFTWARDS:
        _mirror(shape)
    if not text.isascii():
        _fit_letters(shape, face, text, language)
    return direction


def fit_face(face: QTextCharFormat, text: str, language: str) -> None:
    """Give a run the faces that its letters need and its own do not have."""
    if text.isascii():
        return
    from reader.ui.look import scripts  # no part of most first frames

    own = face.font().families()
    found = scripts.families(text, language, own[0] if own else "")
    if found:
        face.setFontFamilies(list(dict.fromkeys((*found, *own))))


def _mirror(shape: QTextBlockFormat) -> None:
    """Mirror what Qt does not: it minds alignment and the indent of the first line, but no margin and no tab."""
    left, right = shape.leftMargin(), shape.rightMargin()
    shape.setLeftMargin(right)
    shape.setRightMargin(left)
    tabs = shape.tabPositions()
    if tabs:
        # In a line that runs leftwards Qt takes each for the other.
        kind = QTextOption.TabType
        other = {kind.LeftTab: kind.RightTab, kind.RightTab: kind.LeftTab}
        shape.setTabPositions([QTextOption.Tab(tab.position, other.get(tab.type, tab.type)) for tab in tabs])


def _fit_letters(shape: QTextBlockFormat, face: QTextCharFormat, text: str, language: str) -> None:
    from reader.ui.look import scripts

    if not scripts.scripts_of(text):
        return
    fit_face(face, text, language)
    larger, taller = scripts.size(text), scripts.leading(text)
    if larger > 1 and face.font().pixelSize() > 0:
        face.setProperty(QTextFormat.Property.FontPixelSize.value, round(face.font().pixelSize() * larger))
    if taller > 1 and shape.lineHeightType() == _FIXED:
        shape.setLineHeight(round(shape.lineHeight() * taller), _FIXED)
    if shape.alignment() & Qt.AlignmentFlag.AlignJustify and not scripts.can_be_justified(text):
        shape.setAlignment(Qt.AlignmentFlag.AlignLeading)


def bar_left(block: QTextBlock, box: QRectF, left: float, width: float, gap: float) -> float:
    """Return the left edge of the bar beside a quotation, on the side where its lines begin.

    ``box`` is the block's place; ``left`` and ``width`` are those of the column, ``gap`` is how far
    the bar stands from the text, in px of the document.
    """
    if block.textDirection() == LEFTWARDS:
        right = left + width
        return min(right, right - block.blockFormat().rightMargin() + gap) - BAR
    outside = box.left() - gap
    return outside if outside > left else max(left, box.left())
