"""Tables of an OpenDocument text: those of data become tables, others are read cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from reader.importers.odt.story import Story, Table
from reader.importers.odt.styles import DRAW, TABLE, TEXT, whole
from reader.importers.office.flow import Flow

if TYPE_CHECKING:
    from lxml import etree

MAX_REPEATED = 64
"""Empty cells that stand for one another at most: sheets end in thousands."""
MAX_FILLED = 100_000
"""Such cells in one document."""


def open_table(story: Story, element: etree._Element) -> bool:
    if _only_lays_out(element):
        story.tables.append(Table(None))
        return True
    made = Element("table")
    story.flow.add(made)
    story.tables.append(Table(made))
    return True


def _only_lays_out(table: etree._Element) -> bool:
    """Say whether a table has no data in rows and columns: one cell, tables in it, headings, or pictures."""
    if next(table.iterdescendants(TABLE + "table"), None) is not None:
        return True
    rows = list(table.iterdescendants(TABLE + "table-row"))
    cells = [cell for row in rows for cell in row.iterfind(TABLE + "table-cell")]
    if len(cells) <= 1:
        return True
    if any(next(row.iterdescendants(TEXT + "h"), None) is not None for row in rows[1:] or rows):
        return True
    with_picture = sum(next(cell.iterdescendants(DRAW + "image"), None) is not None for cell in cells)
    return with_picture * 3 >= len(cells)


def close_table(story: Story, element: etree._Element) -> None:
    if story.tables:
        story.tables.pop()
    story.flow.end_lists()


def open_head(story: Story, element: etree._Element) -> bool:
    if story.tables:
        story.tables[-1].in_head = True
    return True


def close_head(story: Story, element: etree._Element) -> None:
    if story.tables:
        story.tables[-1].in_head = False


def open_row(story: Story, element: etree._Element) -> bool:
    table = story.tables[-1] if story.tables else None
    if table is not None and table.element is not None:
        table.row = SubElement(table.element, "tr")
    return True


def open_cell(story: Story, element: etree._Element) -> bool:
    table = story.tables[-1] if story.tables else None
    if table is None or table.row is None:
        return True
    name = "th" if table.in_head else "td"
    made = SubElement(table.row, name)
    _fill(story, table.row, name, whole(element.get(TABLE + "number-columns-repeated"), 1) - 1)
    table.flows.append(story.flow)
    story.flow = Flow(made)
    return True


def _fill(story: Story, row: Element, name: str, cells: int) -> None:
    cells = max(0, min(cells, MAX_REPEATED, MAX_FILLED - story.filled))
    story.filled += cells
    for _ in range(cells):
        SubElement(row, name)


def covered_cell(story: Story, element: etree._Element) -> bool:
    """Keep the place of a cell that another one spans."""
    table = story.tables[-1] if story.tables else None
    if table is not None and table.row is not None:
        name = "th" if table.in_head else "td"
        _fill(story, table.row, name, whole(element.get(TABLE + "number-columns-repeated"), 1))
    return False


def close_cell(story: Story, element: etree._Element) -> None:
    table = story.tables[-1] if story.tables else None
    if table is not None and table.flows:
        story.flow = table.flows.pop()
    elif table is not None:
        story.flow.end_lists()
