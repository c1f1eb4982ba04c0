"""Formats made to fit a text in any script: its direction, its faces, the height of its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextFormat, QTextOption

from reader.ui.page.direction import LEFTWARDS, RIGHTWARDS, direction_of, direction_of_language

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QTextBlock, QTextCharFormat

    from reader.ui.look.scripts import Setting

BAR = 3
"""The width of the bar beside a quotation, px."""

_WESTERN = re.compile("[\\x00-\u024f\u2000-\u206f\u20a0-\u20cf]*")
"""What every face of ours has letters for: the Latin alphabets, quotation marks and dashes, currencies."""

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


def fit_face(face: QTextCharFormat, text: str, language: str) -> Setting | None:
    """Give a run the faces that its letters need and its own do not have; return how else it is set."""
    if _WESTERN.fullmatch(text):
        return None
    from reader.ui.look import scripts  # no part of most first frames

    own = face.font().families()
    found = scripts.setting(text, language, own[0] if own else "")
    if found is not None and len(found.families) > 1:
        face.setFontFamilies(list(dict.fromkeys((*found.families, *own))))
    return found


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
    found = fit_face(face, text, language)
    if found is None:
        return
    pixels = face.font().pixelSize()
    if found.size > 1 and pixels > 0:
        face.setProperty(QTextFormat.Property.FontPixelSize.value, round(pixels * found.size))
    if found.leading > 1 and shape.lineHeightType() == _FIXED:
        shape.setLineHeight(round(shape.lineHeight() * found.leading), _FIXED)
    if not found.justified and shape.alignment() & Qt.AlignmentFlag.AlignJustify:
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
