"""The text of one block, and the rows of a table, while the walk over an HTML tree gathers them."""

from __future__ import annotations

import re
from collections.abc import Container
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from reader.article.model import Block, BlockKind, Mark, Span, TableRow
from reader.importers.elements import tags

_WHITE = re.compile("[ \t\n\r\f]{2,}|[\t\n\r\f]")
_PIECE = 2**16
_UNSAID = frozenset(("script", "style", "template", "head"))
_PARTS = tags.BLOCKS | {"br"}
_ALIGNS = (("center", "c"), ("right", "r"), ("left", "l"))


MAX_NAMES = 4096
_names: dict[object, str] = {}  # what tags are called: it is asked for every element, many times


def name_of(element: Element) -> str:
    """Return the name of an element's tag without its namespace; empty for a comment."""
    try:
        return _names[element.tag]
    except KeyError:
        return _named(element.tag)


def _named(tag: object) -> str:
    if len(_names) >= MAX_NAMES:
        _names.clear()
    _names[tag] = name = tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
    return name


def lines_of(root: Element, without: Container[Element] = ()) -> str:
    """Return the text of an element, a line for each of its blocks."""
    parts: list[str] = [root.text or ""]
    stack = [(root, iter(root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            parts.append("\n" if name_of(element) in tags.BLOCKS else "")
            parts.append((element.tail or "") if stack else "")
        elif child in without or not isinstance(child.tag, str) or name_of(child) in _UNSAID:
            parts.append(child.tail or "")
        else:
            parts += ["\n" if name_of(child) in _PARTS else "", child.text or ""]
            stack.append((child, iter(child)))
    return "\n".join(filter(None, (" ".join(line.split()) for line in "".join(parts).split("\n"))))


MAX_ROWS = 1_000
"""How many rows a cell may span."""
MAX_FILLED = 20_000
"""How many cells of one table may be repeated."""
MAX_REPEATED_CHARS = 200
MAX_COLUMNS = 1_000
"""As HTML has it for one cell: cells that span more are not widened any further, in the whole row."""


class Text:
    """The text of one block while it is gathered."""

    def __init__(self, keep_space: bool = False) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.last = "\n"
        self.keep_space = keep_space
        self.spans: list[Span] = []
        self.marks: list[Mark] = []
        self.images: list[Block] = []

    def add(self, text: str) -> None:
        if len(text) <= _PIECE:
            self._add(text)
            return
        for start in range(0, len(text), _PIECE):  # drawing white space together takes many times its size
            self._add(text[start : start + _PIECE])

    def _add(self, text: str) -> None:
        if not self.keep_space:
            text = _WHITE.sub(" ", text)
            if text[:1] == " " and self.last in " \n\t":
                text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.last = text[-1]

    def put(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.last = text[-1]

    def repeated(self) -> Text:
        """Return this text once more, without its marks and pictures; nothing where it is long."""
        made = Text()
        if self.length <= MAX_REPEATED_CHARS:
            made.parts, made.length, made.last, made.spans = list(self.parts), self.length, self.last, list(self.spans)
        return made


class Tables:
    """The tables that are open. A table that holds tables only lays out a page: its cells are plain blocks."""

    def __init__(self) -> None:
        self.stack: list[bool] = []  # for each: does it hold data?
        self.in_cell = False
        self.cells: list[Text] = []
        self.aligns: list[str] = []
        self.wide = 1  # columns of the cell that is open
        self.high = 1  # its rows
        self._held: dict[int, tuple[int, Text]] = {}  # by column: for how many rows a cell from above goes on
        self._filled = 0
        self.heads = 0
        self.rows = 0

    @property
    def data(self) -> bool:
        return bool(self.stack) and self.stack[-1]

    def open(self, element: Element) -> None:
        inner = sum(1 for one in element.iter() if name_of(one) in ("table", *tags.PREFORMATTED))
        self.stack.append(inner == 1)
        self.rows = self._filled = 0
        self._held.clear()

    def close(self) -> None:
        if self.stack:
            self.stack.pop()

    def begin_cell(self, element: Element, columns: int) -> None:
        self.in_cell = True
        self._fill()
        columns = max(1, min(columns, MAX_COLUMNS - len(self.aligns)))
        self.heads += columns if name_of(element) == "th" else 0
        high = element.get("rowspan") or "1"
        self.high = min(int(high), MAX_ROWS) if high.isascii() and high.isdigit() and len(high) < 6 else 1
        style = f"{element.get('align') or ''} {element.get('style') or ''}".lower()
        align = next((letter for word, letter in _ALIGNS if word in style), "-")
        self.aligns += [align] * columns
        self.wide = columns

    def end_cell(self, text: Text) -> None:
        self.in_cell = False
        if self.high > 1:
            start = len(self.cells)
            self._held[start] = (self.high - 1, text.repeated())
            self._held.update((start + i, (self.high - 1, Text())) for i in range(1, self.wide))
        self.cells += [text, *(Text() for _ in range(self.wide - 1))]

    def _fill(self) -> None:
        """Repeat the cells from above that stand here, so that those behind them keep their columns."""
        while len(self.aligns) in self._held:
            column = len(self.aligns)
            self.cells.append(self._held[column][1])
            self.aligns.append("-")
            self._go_down(column)

    def _go_down(self, column: int) -> None:
        left, text = self._held[column]
        self._filled += 1
        if left > 1 and self._filled < MAX_FILLED:
            self._held[column] = (left - 1, text)
        else:
            del self._held[column]

    def end_row(self) -> Block | None:
        """Return the row that was gathered, or None where it has no cell."""
        self._fill()
        for column in [one for one in self._held if one >= len(self.aligns)] if self._held else []:
            self._go_down(column)
        cells, self.cells = self.cells, []
        aligns, self.aligns = self.aligns, []
        heads, self.heads = self.heads, 0
        if not cells:
            return None
        header = heads == len(cells) and self.rows == 0
        self.rows += 1
        string, spans, marks = "", list[Span](), list[Mark]()
        for i, cell in enumerate(cells):
            string += "\t" if i else ""
            base = len(string)
            string += "".join(cell.parts).replace("\t", " ")
            spans += [replace(span, start=span.start + base, end=span.end + base) for span in cell.spans]
            marks += [Mark(mark.offset + base, mark.note) for mark in cell.marks]
        if header and not string.strip(" \n\t") and not marks:
            return None
        align = "".join(aligns) if header else ""
        return Block(BlockKind.TABLE_ROW, string, tuple(spans), tuple(marks), detail=TableRow(header, align))
