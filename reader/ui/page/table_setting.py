"""How a table is set: flush with the text, figures under each other, no word broken while there is room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextCharFormat, QTextFormat, QTextLength, QTextTableFormat

from reader.article.model import TableRow
from reader.ui.page.styles import MANY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from reader.article.model import Block
    from reader.ui.page.styles import BlockStyle, StyleBook

NARROW = 370.0
"""px. The column of the smallest window: what fits there fits everywhere."""
ABOVE_AND_BELOW = 6
BESIDE = 8
BESIDE_MANY = 5
MOST_ROOM = 0.25
"""The share of the smallest window that the room between columns takes at most, however large the type is."""
MEASURED_ROWS = 200
"""Of a longer table these rows tell how wide its columns are."""
LONGEST_WORD = 40
"""Letters. What is longer is broken in any case."""
MOST_LETTERS = 60
"""A cell with more takes several lines: it asks for no more room than that."""

_FIGURES = re.compile(r"[\s\d.,'’:/()%‰°+±−–—×€$£¥-]*")
_FIGURE = re.compile(r"\d")


class TableColumn(Struct, frozen=True):
    """How the cells of one column are set: the room beside their words is px."""

    alignment: Qt.AlignmentFlag
    left: int
    right: int

    def padded(self, face: QTextCharFormat) -> QTextCharFormat:
        """Return the format of a cell with letters of a format."""
        made = QTextCharFormat(face)
        made.setProperty(QTextFormat.Property.TableCellLeftPadding.value, float(self.left))
        made.setProperty(QTextFormat.Property.TableCellRightPadding.value, float(self.right))
        return made


class TableSetting(Struct, frozen=True):
    """How a table is set."""

    style: BlockStyle
    columns: tuple[TableColumn, ...]
    widths: tuple[QTextLength, ...]
    head: TableRow


def setting(rows: Sequence[Block], style: BlockStyle, styles: StyleBook) -> TableSetting:
    """Return how to set a table of some rows; without an author's word, figures stand to the right."""
    count = max(len(row.cells) for row in rows)
    head = rows[0].detail if isinstance(rows[0].detail, TableRow) else TableRow()
    body = [row.cells for row in (rows[1:] if head.header else rows)[:MEASURED_ROWS]]
    cells = [[row[column] for row in body if column < len(row)] for column in range(count)]
    heads = [*rows[0].cells, *[""] * count][:count] if head.header else [""] * count
    beside = min(styles.px(BESIDE_MANY if count >= MANY_COLUMNS else BESIDE), round(NARROW * MOST_ROOM / (2 * count)))
    room = [beside * ((column > 0) + (column < count - 1)) for column in range(count)]
    figures = [_are_figures(each) for each in cells]
    columns = tuple(
        TableColumn(
            _alignment(head.align[column : column + 1], column > 0 and figures[column]),
            beside if column else 0,
            beside if column < count - 1 else 0,
        )
        for column in range(count)
    )
    needs = _Needs(cells, heads, room, style.font, styles.table_head())
    return TableSetting(style, columns, _lengths(needs, figures), head)


def table_format(setting: TableSetting, styles: StyleBook) -> QTextTableFormat:
    """Return the format of the whole table: as wide as the text."""
    shape = QTextTableFormat()
    shape.setBorder(0)
    shape.setCellPadding(styles.px(ABOVE_AND_BELOW))
    shape.setCellSpacing(0)
    shape.setTopMargin(styles.px(8))
    shape.setBottomMargin(styles.px(22))
    shape.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shape.setColumnWidthConstraints(setting.widths)
    if setting.head.header:
        shape.setHeaderRowCount(1)
    return shape


class _Needs:
    """What the columns need, px: so that no word in them is broken, nor one in their heads, nor a line."""

    def __init__(
        self,
        cells: Sequence[Sequence[str]],
        heads: Sequence[str],
        room: Sequence[int],
        face: QFont,
        head_face: QFont,
    ) -> None:
        letters, head_letters = QFontMetricsF(face), QFontMetricsF(head_face)
        figure = letters.horizontalAdvance("0")
        every = list(zip(cells, heads, room, strict=True))
        self.words = [_longest_word(each, letters) + beside + figure / 2 for each, _, beside in every]
        named = [_longest_word((head,), head_letters) + beside + 2 for _, head, beside in every]
        self.heads = list(map(max, self.words, named))
        longest = [max(map(len, (*each, head))) for each, head, _ in every]
        lines = [figure * min(MOST_LETTERS, count) + beside for count, beside in zip(longest, room, strict=True)]
        self.lines = list(map(max, self.heads, lines))

    def shared(self) -> list[float]:
        """Return the widths in the smallest window: what words need, and as much of the rest as there is."""
        widths = self.words
        for wanted in (self.heads, self.lines):
            missing = sum(wanted) - sum(widths)
            part = 1.0 if missing <= 0 else min(1.0, max(0.0, NARROW - sum(widths)) / missing)
            widths = [has + part * (wants - has) for has, wants in zip(widths, wanted, strict=True)]
        return widths


def _lengths(needs: _Needs, figures: Sequence[bool]) -> tuple[QTextLength, ...]:
    """Return the widths of columns as Qt keeps to them in a window of any width.

    Where all words and heads fit into the smallest window, figures keep their width and words take
    the rest; else the columns share what there is.
    """
    kind = QTextLength.Type
    if sum(needs.heads) <= NARROW and any(figures) and not all(figures):
        fixed = [QTextLength(kind.FixedLength, width) for width in needs.heads]
        words = QTextLength(kind.VariableLength, 0)
        return tuple(length if is_figures else words for length, is_figures in zip(fixed, figures, strict=True))
    widths = needs.shared()
    return tuple(QTextLength(kind.PercentageLength, 100 * width / sum(widths)) for width in widths)


def _longest_word(cells: Sequence[str], metrics: QFontMetricsF) -> float:
    words = (max(cell.split(), key=len, default="")[:LONGEST_WORD] for cell in cells)
    return max(map(metrics.horizontalAdvance, words), default=0.0)


def _are_figures(cells: Sequence[str]) -> bool:
    """Say whether a column holds figures, and nothing else but dashes and empty cells."""
    return all(map(_FIGURES.fullmatch, cells)) and any(map(_FIGURE.search, cells))


def _alignment(letter: str, is_figures: bool) -> Qt.AlignmentFlag:
    flag = Qt.AlignmentFlag
    named = {"l": flag.AlignLeading, "r": flag.AlignTrailing, "c": flag.AlignHCenter}
    return named.get(letter) or (flag.AlignTrailing if is_figures else flag.AlignLeading)
