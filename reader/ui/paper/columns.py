"""The columns of a table on a sheet: the width is known there, so that each gets what it needs of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextCursor, QTextFormat, QTextLength

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QTextTable

GAP_EM = 1.4
"""Between the words of two columns."""
MEASURED_ROWS = 200
MOST_LETTERS = 60
"""A cell that is longer is broken into lines in any case."""
LONGEST_WORD = 40
_SLACK = 1.02


def fit(table: QTextTable, width: float) -> None:
    """Give the columns of a table their widths, before it is laid out."""
    count, em = table.columns(), _em(table)
    beside = GAP_EM * em / 2
    whole = QTextCursor(table.document())
    whole.beginEditBlock()
    words, lines, growing = [0.0] * count, [0.0] * count, [False] * count
    for row in range(table.rows()):
        for column in range(count):
            cell = table.cellAt(row, column)
            block = cell.firstCursorPosition().block()
            face = cell.format()
            face.setProperty(QTextFormat.Property.TableCellLeftPadding.value, beside if column else 0.0)
            face.setProperty(QTextFormat.Property.TableCellRightPadding.value, beside if column < count - 1 else 0.0)
            cell.setFormat(face)
            if row < MEASURED_ROWS:
                metrics, text = QFontMetricsF(block.charFormat().font()), block.text()
                word = max(text.split(), key=len, default="")[:LONGEST_WORD]
                words[column] = max(words[column], metrics.horizontalAdvance(word))
                lines[column] = max(lines[column], metrics.horizontalAdvance(text[:MOST_LETTERS]))
            if row:
                growing[column] |= not block.blockFormat().alignment() & Qt.AlignmentFlag.AlignRight
    room = [beside * ((column > 0) + (column < count - 1)) for column in range(count)]
    shares = share(
        [word * _SLACK + free for word, free in zip(words, room, strict=True)],
        [line * _SLACK + free for line, free in zip(lines, room, strict=True)],
        growing,
        width,
    )
    shape = table.format().toTableFormat()
    percent = QTextLength.Type.PercentageLength
    shape.setColumnWidthConstraints([QTextLength(percent, 100 * each / width) for each in shares])
    table.setFormat(shape)
    whole.endEditBlock()


def share(words: Sequence[float], lines: Sequence[float], growing: Sequence[bool], width: float) -> list[float]:
    """Return the widths of columns, ``width`` in all.

    ``words`` is what each needs so that no word is broken, ``lines`` so that no line is. What is left
    goes to the ``growing`` columns, to each as much more as it is wider; figures stay close together.
    """
    if sum(lines) <= width:
        takers = [line if grows else 0.0 for line, grows in zip(lines, growing, strict=True)]
        takers = takers if any(takers) else [max(line, 1.0) for line in lines]
        spare = width - sum(lines)
        return [line + spare * taker / sum(takers) for line, taker in zip(lines, takers, strict=True)]
    if sum(words) >= width:
        return [word * width / sum(words) for word in words]
    missing = sum(lines) - sum(words)
    part = (width - sum(words)) / missing
    return [word + (line - word) * part for word, line in zip(words, lines, strict=True)]


def _em(table: QTextTable) -> float:
    last = table.cellAt(table.rows() - 1, 0).firstCursorPosition().block()
    return float(last.charFormat().font().pixelSize())
