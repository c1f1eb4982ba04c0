"""Styles as Qt's formats of blocks and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat

if TYPE_CHECKING:
    from reader.ui.page.styles import BlockStyle

FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def block_format(style: BlockStyle) -> QTextBlockFormat:
    """Return the shape of a block; it is the caller's own."""
    made = style.made.get("shape")
    if made is None:
        made = style.made["shape"] = _shape(style)
    return QTextBlockFormat(made)


def char_format(style: BlockStyle) -> QTextCharFormat:
    """Return the looks of a block's letters; they are the caller's own."""
    return QTextCharFormat(plain(style))


def plain(style: BlockStyle) -> QTextCharFormat:
    """Return the looks of a block's letters, the same object each time: nobody may change it."""
    made: QTextCharFormat | None = style.made.get("plain")
    if made is None:
        made = style.made["plain"] = QTextCharFormat()
        made.setFont(style.font)
        made.setForeground(QColor(style.colour))
    return made


def _shape(style: BlockStyle) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(style.line_height, FIXED)
    shape.setTopMargin(style.above)
    shape.setBottomMargin(style.below)
    if style.first:
        shape.setTextIndent(style.first)
    if style.justified:
        shape.setAlignment(Qt.AlignmentFlag.AlignJustify)
    return shape


def thin() -> QTextBlockFormat:
    """Return the format of the block that Qt wants after a table, where no text takes it."""
    shape = QTextBlockFormat()
    shape.setLineHeight(1, FIXED)
    return shape
