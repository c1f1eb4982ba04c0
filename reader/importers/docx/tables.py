"""Tables: those that hold data become tables, those that only lay out the page are read cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from reader.importers.docx.blocks import finish_pending
from reader.importers.docx.parts import W, is_on, number_of
from reader.importers.docx.story import Story, Table
from reader.importers.docx.styles import Styles
from reader.importers.office.flow import Flow
from reader.importers.office.names import Kind

if TYPE_CHECKING:
    from lxml import etree

MAX_COLUMNS = 64
"""How many columns a cell may span; Word has 63."""
MAX_SPANNED = 100_000
"""Columns that cells span beside their own, in one document."""
_FIRST_ROW = 0x0020
_PICTURES = tuple(f"{{{space}}}{name}" for space, name in (
    ("http://schemas.openxmlformats.org/drawingml/2006/main", "blip"), ("urn:schemas-microsoft-com:vml", "imagedata"),
))  # fmt: skip
_ALIGNED = {"center": "center", "right": "right", "end": "right", "left": "left", "start": "left"}


def open_table(story: Story, element: etree._Element) -> bool:
    finish_pending(story)
    if _only_lays_out(element, story.source.styles):
        story.tables.append(Table(None))
        return True
    made = Element("table")
    story.flow.add(made, indent=number_of(element.find(f"{W}tblPr/{W}tblInd"), "w"))
    story.tables.append(Table(made, styled_head=_has_styled_head(element, story.source.styles)))
    return True


def close_table(story: Story, element: etree._Element) -> None:
    finish_pending(story)
    if story.tables:
        story.tables.pop()
    story.flow.end_lists()


def _only_lays_out(table: etree._Element, styles: Styles) -> bool:
    """Say whether a table has no data in rows and columns: one cell, tables in it, headings, or pictures."""
    rows = table.findall(W + "tr")
    cells = [cell for row in rows for cell in row.iterfind(W + "tc")]
    if len(cells) <= 1 or next(table.iterdescendants(W + "tbl"), None) is not None:
        return True
    if any(_has_heading(row, styles) for row in (rows[1:] if len(rows) > 1 else rows)):
        return True
    with_picture = sum(next(cell.iterdescendants(*_PICTURES), None) is not None for cell in cells)
    return with_picture * 3 >= len(cells)


def _has_heading(row: etree._Element, styles: Styles) -> bool:
    for named in row.iterdescendants(W + "pStyle"):
        role = styles.paragraph(named.get(W + "val") or "").role
        if role is not None and role.kind is Kind.HEADING:
            paragraph = named.getparent()
            paragraph = paragraph.getparent() if paragraph is not None else None
            if paragraph is not None and any((one.text or "").strip() for one in paragraph.iter(W + "t")):
                return True
    return False


def _has_styled_head(table: etree._Element, styles: Styles) -> bool:
    """Say whether a table's style sets its first row apart, and the table lets it."""
    properties = table.find(W + "tblPr")
    look = properties.find(W + "tblLook") if properties is not None else None
    named = properties.find(W + "tblStyle") if properties is not None else None
    if look is None or named is None or len(table.findall(W + "tr")) < 2:
        return False
    first = look.get(W + "firstRow")
    try:
        by_bits = bool(int(look.get(W + "val") or "0", 16) & _FIRST_ROW)
    except ValueError:
        by_bits = False
    wanted = by_bits if first is None else first in ("1", "true", "on")
    return wanted and styles.has_header_row(named.get(W + "val") or "")


def open_row(story: Story, element: etree._Element) -> bool:
    properties = element.find(W + "trPr")
    if properties is not None and properties.find(W + "del") is not None:
        story.source.deletions += 1
        return False
    table = story.tables[-1] if story.tables else None
    if table is None or table.element is None:
        return True
    table.row = SubElement(table.element, "tr")
    said = properties is not None and is_on(properties.find(W + "tblHeader"))
    table.is_head = table.rows == 0 and (said or table.styled_head or _is_all_bold(element))
    table.rows += 1
    before = number_of(properties.find(W + "gridBefore")) if properties is not None else 0
    for _ in range(_spanned(story, before)):
        SubElement(table.row, "th" if table.is_head else "td")
    return True


def _is_all_bold(row: etree._Element) -> bool:
    """Say whether all that a row says is set bold, below it something is not, and no cell of it is empty."""
    following = next(row.itersiblings(W + "tr"), None)
    if following is None or len(row.findall(W + "tc")) < 2:
        return False
    cells = [[_is_bold(run) for run in cell.iter(W + "r") if _says(run)] for cell in row.iterfind(W + "tc")]
    below = [_is_bold(run) for run in following.iter(W + "r") if _says(run)]
    return all(cells) and all(map(all, cells)) and bool(below) and not all(below)


def _says(run: etree._Element) -> bool:
    return any((one.text or "").strip() for one in run.iterfind(W + "t"))


def _is_bold(run: etree._Element) -> bool:
    return is_on(run.find(f"{W}rPr/{W}b"))


def open_cell(story: Story, element: etree._Element) -> bool:
    table = story.tables[-1] if story.tables else None
    if table is None or table.element is None or table.row is None:
        return True
    properties = element.find(W + "tcPr")
    wide = number_of(properties.find(W + "gridSpan"), default=1) if properties is not None else 1
    made = SubElement(table.row, "th" if table.is_head else "td")
    if wide > 1:
        made.set("colspan", str(1 + _spanned(story, wide - 1)))
    aligned = element.find(f"{W}p/{W}pPr/{W}jc")
    letter = _ALIGNED.get(aligned.get(W + "val") or "") if aligned is not None else None
    if letter:
        made.set("align", letter)
    if properties is not None and _goes_on(properties):
        return False
    table.flows.append(story.flow)
    story.flow = Flow(made)
    return True


def _spanned(story: Story, columns: int) -> int:
    """Return how many of these further columns a cell may have."""
    columns = max(0, min(columns, MAX_COLUMNS, MAX_SPANNED - story.source.spanned))
    story.source.spanned += columns
    return columns


def _goes_on(properties: etree._Element) -> bool:
    """Say whether a cell only continues the one above or before it, or was deleted."""
    if properties.find(W + "cellDel") is not None:
        return True
    merges = (properties.find(W + "vMerge"), properties.find(W + "hMerge"))
    return any(one is not None and (one.get(W + "val") or "continue") == "continue" for one in merges)


def close_cell(story: Story, element: etree._Element) -> None:
    finish_pending(story)
    table = story.tables[-1] if story.tables else None
    if table is not None and table.flows:
        story.flow = table.flows.pop()
    elif table is not None:
        story.flow.end_lists()
