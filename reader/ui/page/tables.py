"""Tables of a text as tables of Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QTextCharFormat

from reader.article.model import BlockKind, TableRow
from reader.ui.page.fitting import fit_block
from reader.ui.page.shapes import FIXED, block_format, char_format, thin

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor, QTextTable

    from reader.article.model import Block
    from reader.article.text import Text
    from reader.ui.page.document import Build
    from reader.ui.page.offsets import Addition
    from reader.ui.page.runs import RunWriter
    from reader.ui.page.styles import StyleBook
    from reader.ui.page.table_setting import TableSetting


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
        from reader.ui.page import table_setting  # few texts have tables

        style = self._styles.table_row(rows[0], note=self._text.note_of(first) is not None)
        setting = table_setting.setting(rows, style, self._styles)
        table = cursor.insertTable(len(rows), len(setting.columns), table_setting.table_format(setting, self._styles))
        build.tables.append(table)
        for number, row in enumerate(rows):
            self._row(table, build, first + number, number, row, setting)
        cursor.setPosition(table.lastPosition() + 1)
        cursor.setBlockFormat(thin())
        return last

    def _row(self, table: QTextTable, build: Build, index: int, number: int, row: Block, setting: TableSetting) -> None:
        theme, style = self._styles.theme, setting.style
        detail = row.detail if isinstance(row.detail, TableRow) else TableRow()
        face = char_format(style)
        if detail.header:
            face.setFont(self._styles.table_head())
            face.setForeground(QColor(theme.muted))
        added: list[Addition] = []
        start = 0
        for column, cell in enumerate(row.cells):
            set_as = setting.columns[column]
            place = table.cellAt(number, column)
            cursor = place.firstCursorPosition()
            if column == 0:
                build.begin(index, cursor.position())
            shape = block_format(style)
            if detail.header:
                shape.setLineHeight(self._styles.px(20), FIXED)
            shape.setAlignment(set_as.alignment)
            letters = QTextCharFormat(face)
            fit_block(shape, letters, cell, self._styles.language)
            cursor.setBlockFormat(shape)
            place.setFormat(set_as.padded(letters))  # a cell's format is that of its first block's letters, too
            added += self._runs.write(cursor, row, letters, style, start, start + len(cell))
            start += len(cell) + 1
        if added:
            build.additions[index] = tuple(added)


def begins_table(row: Block) -> bool:
    return isinstance(row.detail, TableRow) and row.detail.header
