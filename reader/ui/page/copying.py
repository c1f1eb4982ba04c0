"""What leaves the page by copying: the article's own words, without what the screen added."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCursor

    from reader.article.text import Text
    from reader.ui.page.document import PageDocument

_SCREEN_SIGNS = {0x2029: "\n", 0x2028: "\n"}


def selected_positions(cursor: QTextCursor) -> tuple[int, int]:
    """Return the document positions that a selection covers: whole cells where it goes over several."""
    table = cursor.currentTable()
    if table is None or not cursor.hasComplexSelection():
        return cursor.selectionStart(), cursor.selectionEnd()
    row, rows, column, columns = _selected_cells(cursor)
    last = table.cellAt(row + rows - 1, column + columns - 1)
    return table.cellAt(row, column).firstPosition(), last.lastPosition()


def selected_text(page: PageDocument, text: Text, cursor: QTextCursor) -> str:
    """Return the words that are selected, of a table the cells that are shown so."""
    table = cursor.currentTable()
    if table is None or not cursor.hasComplexSelection():
        return plain_text(page, text, cursor.selectionStart(), cursor.selectionEnd())
    row, rows, column, columns = _selected_cells(cursor)
    cells = [[table.cellAt(r, c) for c in range(column, column + columns)] for r in range(row, row + rows)]
    to = page.offsets.to_offset
    return "\n".join(
        "\t".join(text.slice(to(cell.firstPosition()), to(cell.lastPosition())) for cell in line) for line in cells
    )


def plain_text(page: PageDocument, text: Text, start: int, end: int) -> str:
    """Return the words between two document positions.

    The canonical text is taken as it is; of what the screen adds, only the head of the page is
    copied: numbers of notes, signs of lists and links back are not.
    """
    head = _head(page, start, min(end, page.head_end)) if start < page.head_end else ""
    offsets = page.offsets
    if offsets.is_empty or end <= offsets.to_position(offsets.first_offset, after_marks=False):
        return head
    words = text.slice(offsets.to_offset(start), offsets.to_offset(end))
    return f"{head}\n{words}" if head else words


def _selected_cells(cursor: QTextCursor) -> tuple[int, int, int, int]:
    """Return the first row, how many rows, the first column, how many columns."""
    return cursor.selectedTableCells()  # type: ignore[return-value]  # PySide's stub says object


def _head(page: PageDocument, start: int, end: int) -> str:
    units = page.document.toRawText().encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "replace").translate(_SCREEN_SIGNS).strip("\n")
