"""Tables of a text as tables of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from reader.article.model import BlockKind, TableRow
from reader.ui.page.shapes import FIXED, block_format, char_format, thin

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor, QTextTable

    from reader.article.model import Block
    from reader.article.text import Text
    from reader.ui.page.document import Build
    from reader.ui.page.offsets import Addition
    from reader.ui.page.runs import RunWriter
    from reader.ui.page.styles import StyleBook


class TableWriter:
    """Writes tables at a cursor: a cell is a block, and what stands between cells counts as a tab does."""

    def __init__(self, text: Text, styles: StyleBook, runs: RunWriter) -> None:
        self._text = text
        self._styles = styles
        self._runs = runs

    def write(self, cursor: QTextCursor, build: Build, first: int, end: int) -> int:
        """Write a table from its first row at the end of a block; return the passage after its last row."""
        passages = self._text.passages
        last = first + 1
        while last < end and passages[last].kind is BlockKind.TABLE_ROW and not begins_table(passages[last]):
            last += 1
        rows = passages[first:last]
        columns = max(len(row.cells) for row in rows)
        from PySide6.QtGui import QTextLength, QTextTableFormat  # few texts have tables

        shape = QTextTableFormat()
        shape.setBorder(0)
        shape.setCellPadding(self._styles.px(6))
        shape.setCellSpacing(0)
        shape.setTopMargin(self._styles.px(8))
        shape.setBottomMargin(self._styles.px(22))
        shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        head = rows[0].detail if isinstance(rows[0].detail, TableRow) else TableRow()
        if head.header:
            shape.setHeaderRowCount(1)
        table = cursor.insertTable(len(rows), columns, shape)
        build.tables.append(table)
        for number, row in enumerate(rows):
            self._row(table, build, first + number, number, row, head)
        cursor.setPosition(table.lastPosition() + 1)
        cursor.setBlockFormat(thin())
        return last

    def _row(self, table: QTextTable, build: Build, index: int, number: int, row: Block, head: TableRow) -> None:
        theme = self._styles.theme
        style = self._styles.block(row, note=self._text.note_of(index) is not None)
        detail = row.detail if isinstance(row.detail, TableRow) else TableRow()
        face = char_format(style)
        if detail.header:
            face.setFont(self._styles.table_head())
            face.setForeground(QColor(theme.muted))
        added: list[Addition] = []
        start = 0
        for column, cell in enumerate(row.cells):
            cursor = table.cellAt(number, column).firstCursorPosition()
            if column == 0:
                build.begin(index, cursor.position())
            shape = block_format(style)
            if detail.header:
                shape.setLineHeight(self._styles.px(20), FIXED)
            shape.setAlignment(alignment(head.align[column : column + 1]))
            cursor.setBlockFormat(shape)
            cursor.setBlockCharFormat(face)
            added += self._runs.write(cursor, row, face, style, start, start + len(cell))
            start += len(cell) + 1
        if added:
            build.additions[index] = tuple(added)


def begins_table(row: Block) -> bool:
    return isinstance(row.detail, TableRow) and row.detail.header


def alignment(letter: str) -> Qt.AlignmentFlag:
    flag = Qt.AlignmentFlag
    return {"r": flag.AlignRight, "c": flag.AlignHCenter}.get(letter, flag.AlignLeading)
