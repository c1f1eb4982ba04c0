"""Tables of Markdown, as GitHub reads them: a row of names, a row of dashes, rows of cells."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from reader.importers.elements.rules import LINE
from reader.importers.markdown.lines import TABLE_RULE, cells


def table_at(lines: Sequence[str]) -> int | None:
    """Return the index of the line with which a table begins; None where there is none."""
    for i in range(1, len(lines)):
        line = lines[i].strip(" \t")
        if (
            line[:1] in "|:-"
            and "-" in line
            and ("|" in line or "|" in lines[i - 1])
            and TABLE_RULE.match(line)
            and len(cells(line)) == len(cells(lines[i - 1]))
        ):
            return i - 1
    return None


def table_of(parent: Element, lines: Sequence[str], line: int) -> list[tuple[Element, str]]:
    """Add a table to an element; return its cells with their texts."""
    table = SubElement(parent, "table", {LINE: str(line)})
    aligns = [_align(cell) for cell in cells(lines[1])]
    texts = _row(table, "th", cells(lines[0]), aligns)
    for row in lines[2:]:
        texts += _row(table, "td", cells(row, most=len(aligns)), aligns)
    return texts


def _align(cell: str) -> str:
    left, right = cell.startswith(":"), cell.endswith(":")
    return "center" if left and right else "right" if right else "left" if left else ""


def _row(table: Element, name: str, texts: Sequence[str], aligns: Sequence[str]) -> list[tuple[Element, str]]:
    row = SubElement(table, "tr")
    made = []
    for i, text in enumerate(texts):
        cell = SubElement(row, name)
        if name == "th" and aligns[i]:
            cell.set("align", aligns[i])
        made.append((cell, text))
    return made
