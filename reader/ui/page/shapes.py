"""Styles as Qt's formats of blocks and letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat

if TYPE_CHECKING:
    from reader.ui.page.styles import BlockStyle

FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


def block_format(style: BlockStyle) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLineHeight(style.line_height, FIXED)
    shape.setTopMargin(style.above)
    shape.setBottomMargin(style.below)
    return shape


def char_format(style: BlockStyle) -> QTextCharFormat:
    face = QTextCharFormat()
    face.setFont(style.font)
    face.setForeground(QColor(style.colour))
    return face


def thin() -> QTextBlockFormat:
    """Return the format of the block that Qt wants after a table, where no text takes it."""
    shape = QTextBlockFormat()
    shape.setLineHeight(1, FIXED)
    return shape
