"""Tables: flush with the text, figures under each other, no word broken while there is room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Metadata, TableRow
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.document import DocumentBuilder, PageDocument
from reader.ui.page.styles import StyleBook, Typography

Table = Callable[..., QTextTable]
BOATS = ("Year\tBoats\tRemark", "1901\t12\tgood", "1902\t7\tA storm, and two boats were lost on the way to the mill")
TEN = ("a\tb\tc\td\te\tf\tg\th\ti\tj", "one\ttwo\tthree\tfour\tfive\tsix\tseven\teight\tnine\t10,000")


@pytest.fixture
def table(qtbot: QtBot, theme: Theme) -> Callable[..., QTextTable]:
    """Returns a table that is laid out in a column of a width; a first row is its head."""
    kept: list[PageDocument] = []

    def made(*rows: str, width: int = 558, align: str = "", size: int = 18) -> QTextTable:
        blocks = tuple(
            Block(BlockKind.TABLE_ROW, row, detail=TableRow(header=number == 0, align=align if number == 0 else ""))
            for number, row in enumerate(rows)
        )
        text = CanonicalText(Article(Metadata(), blocks))
        page = DocumentBuilder(text, StyleBook(theme, Typography(size)), {}).build(0, len(blocks))
        page.document.setTextWidth(width)
        page.document.size()
        kept.append(page)
        return page.tables[0]

    return made


def lines(table: QTextTable, row: int, column: int) -> int:
    """Return how many lines a cell takes."""
    return table.cellAt(row, column).firstCursorPosition().block().layout().lineCount()


def alignment(table: QTextTable, row: int, column: int) -> Qt.AlignmentFlag:
    return table.cellAt(row, column).firstCursorPosition().blockFormat().alignment()


def left(table: QTextTable, row: int, column: int) -> float:
    """Return where the words of a cell begin."""
    block = table.cellAt(row, column).firstCursorPosition().block()
    return table.document().documentLayout().blockBoundingRect(block).left()


def test_its_first_column_stands_in_line_with_the_text(table: Table) -> None:
    assert left(table(*BOATS), 1, 0) == 0


def test_figures_stand_to_the_right_under_their_heads_but_for_the_first_column(table: Table) -> None:
    made = table(*BOATS)
    flag = Qt.AlignmentFlag

    found = [[alignment(made, row, column) for column in range(3)] for row in range(3)]

    assert found == [[flag.AlignLeft, flag.AlignRight, flag.AlignLeft]] * 3


def test_what_the_author_says_of_a_column_counts(table: Table) -> None:
    made = table(*BOATS, align="rcl")
    flag = Qt.AlignmentFlag

    assert [alignment(made, 1, column) for column in range(3)] == [flag.AlignRight, flag.AlignHCenter, flag.AlignLeft]


@pytest.mark.parametrize("width", [372, 558, 720])
def test_no_figure_and_no_head_is_broken_while_there_is_room(table: Table, width: int) -> None:
    made = table(*BOATS, width=width)

    assert [lines(made, row, column) for row in range(3) for column in (0, 1)] == [1] * 6


def test_words_take_what_figures_leave(table: Table) -> None:
    narrow, wide = table(*BOATS, width=372), table(*BOATS, width=720)

    assert lines(narrow, 2, 2) == 2
    assert lines(wide, 2, 2) == 1
    assert left(narrow, 1, 2) == left(wide, 1, 2)


def test_a_table_of_ten_columns_fits_into_the_smallest_window(table: Table) -> None:
    made = table(*TEN, width=372)

    assert [lines(made, 1, column) for column in range(10)] == [1] * 10


@pytest.mark.parametrize("size", [14, 18, 48])
def test_a_table_is_never_wider_than_the_text(table: Table, size: int) -> None:
    made = table(*TEN, width=372, size=size)

    assert made.document().size().width() <= 372


def test_a_short_row_and_an_empty_table_are_set_as_well(table: Table) -> None:
    made = table("A\tB\tC", "only one", "\t\t")

    assert (made.rows(), made.columns()) == (3, 3)


def test_the_words_of_cells_are_the_text_as_it_was(table: Table) -> None:
    made = table(*BOATS)

    words = [made.cellAt(1, column).firstCursorPosition().block().text() for column in range(3)]

    assert words == ["1901", "12", "good"]
