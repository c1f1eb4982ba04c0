"""Blocks as lines of Markdown, each in its containers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from reader.article.model import Block, BlockKind, Code, Image, ListItem, Mark, TableRow
from reader.export.markdown_inline import Style, destination, inline

_CLASSES = {
    BlockKind.LEAD: "lead",
    BlockKind.CAPTION: "caption",
    BlockKind.VERSE: "verse",
    BlockKind.REFERENCE: "reference",
    BlockKind.TERM: "term",
}
_GOES_ON = (BlockKind.LIST_ITEM, BlockKind.DEFINITION)
_DASHES = {"l": ":--", "c": ":-:", "r": "--:", "-": "---"}


def is_paragraph(block: Block) -> bool:
    """Say whether a block is written as a paragraph."""
    return block.kind in _CLASSES or block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTATION)


class BlockWriter:
    """Writes one sequence of blocks. ``comments`` has lines that stand before a block, by its index."""

    def __init__(self, style: Style, comments: Mapping[int, Sequence[str]] | None = None) -> None:
        self.style = style
        self.comments = comments or {}
        self.lines: list[str] = []
        self.open: list[tuple[str, str]] = []  # the sign of each open container, and what its lines begin with
        self.above: Block | None = None
        self.lists: dict[int, tuple[str, int]] = {}  # depth: the sign and number of the item last written there

    def write(self, blocks: Sequence[Block]) -> list[str]:
        """Return the lines of the blocks."""
        self.defined = _defined_terms(blocks, self.comments)
        index = 0
        while index < len(blocks):
            block = blocks[index]
            for comment in self.comments.get(index, ()):
                self._comment(comment, block.within)
            index += self._block(blocks, index)
        for comment in self.comments.get(len(blocks), ()):
            self._comment(comment, "")
        return self.lines

    def _comment(self, comment: str, within: str) -> None:
        shared = self._shared(within)
        inside = "".join(sign for sign, _ in self.open[:shared])
        self._put([comment], inside, tight=self._first_in_item(inside))
        self.above = None
        del self.open[shared:]

    def _block(self, blocks: Sequence[Block], index: int) -> int:
        """Write a block (of a table, all its rows); return how many were written."""
        block = blocks[index]
        if block.kind is BlockKind.TABLE_ROW:
            rows = [block, *takewhile(lambda row: _same_table(row, block), blocks[index + 1 :])]
            count = next((i for i in range(1, len(rows)) if self.comments.get(index + i)), len(rows))
            self._put(self._table(rows[:count]), block.within, tight=self._first_in_item(block.within))
            self._after(block)
            return count
        marker = self._marker(block)
        lines = _WRITERS.get(block.kind, BlockWriter._paragraph)(self, block)
        self._put(lines, block.within, tight=self._is_tight(block), marker=marker)
        if block.kind in _GOES_ON:
            self.open.append(("-", " " * len(marker)))
        self._after(block)
        return 1

    def _after(self, block: Block) -> None:
        self.above = block
        depth = len(block.within)
        keep = depth + (block.kind is BlockKind.LIST_ITEM)
        self.lists = {level: item for level, item in self.lists.items() if level < keep}

    # Containers

    def _shared(self, within: str) -> int:
        """Return how many of the open containers a block stands in."""
        count = 0
        while count < min(len(within), len(self.open)) and self.open[count][0] == within[count]:
            count += 1
        return count

    def _put(self, lines: Sequence[str], within: str, tight: bool, marker: str = "") -> None:
        shared = self._shared(within)
        if self.lines and not tight:
            self.lines.append("".join(prefix for _, prefix in self.open[:shared]).rstrip(" "))
        del self.open[shared:]
        self.open += [(">", "> ")] * (len(within) - shared)
        prefix = "".join(prefix for _, prefix in self.open)
        for i, line in enumerate(lines):
            lead = prefix + (marker if i == 0 else " " * len(marker))
            self.lines.append(lead + line if line else lead.rstrip(" "))

    def _first_in_item(self, within: str) -> bool:
        """Say whether a block is the first in an item that has no text: no empty line may part them."""
        above = self.above
        return (
            above is not None
            and above.kind is BlockKind.LIST_ITEM
            and not above.text
            and not above.marks
            and within.startswith(above.within + "-")
        )

    def _is_tight(self, block: Block) -> bool:
        above = self.above
        if above is None:
            return False
        if self._first_in_item(block.within):
            return True
        if block.kind is BlockKind.LIST_ITEM and above.kind is BlockKind.LIST_ITEM:
            return self._tight_items(above, block)
        if block.kind is BlockKind.DEFINITION:
            return above.kind in (BlockKind.TERM, BlockKind.DEFINITION) and above.within == block.within
        return block.kind is BlockKind.TERM and above.kind is BlockKind.TERM and id(above) in self.defined

    @staticmethod
    def _tight_items(above: Block, block: Block) -> bool:
        """Say whether an item may follow an item without an empty line, and still begin one."""
        if block.within == above.within + "-":
            number = block.detail.number if isinstance(block.detail, ListItem) else None
            return bool(block.text) and number in (None, 1)
        rest = above.within.removeprefix(block.within)
        return above.within.startswith(block.within) and not rest.strip("-")

    def _marker(self, block: Block) -> str:
        if block.kind is BlockKind.DEFINITION:
            return ":   "
        if not isinstance(block.detail, ListItem):
            return ""
        depth, number = len(block.within), block.detail.number
        if number is None:
            self.lists[depth] = ("-", 0)
            return "- "
        sign, last = self.lists.get(depth, (".", number - 1))
        if sign == "-":
            sign = "."
        elif number != last + 1:  # a list counts by itself: another sign begins another list
            sign = ")" if sign == "." else "."
        self.lists[depth] = (sign, number)
        return f"{number}{sign} "

    # Kinds of blocks

    def _inline(self, block: Block, *, line: bool = False) -> list[str]:
        return inline(block.text, block.spans, block.marks, replace(self.style, line=line)).split("\n")

    def _attributes(self, block: Block, name: str = "") -> list[str]:
        said = [f".{name}"] if name else []
        if block.anchor:
            said.append(f"#{block.anchor}")
        return [f"{{: {' '.join(said)}}}"] if said else []

    def _paragraph(self, block: Block) -> list[str]:
        return [*self._inline(block), *self._attributes(block, _CLASSES.get(block.kind, ""))]

    def _item(self, block: Block) -> list[str]:
        if not block.text and not block.marks:
            return ["<br>"] if block.kind is BlockKind.DEFINITION else [""]
        return [*self._inline(block), *self._attributes(block)]

    def _term(self, block: Block) -> list[str]:
        if id(block) not in self.defined:
            return [*self._inline(block, line=True), *self._attributes(block, "term")]
        anchor = f'<a id="{block.anchor}"></a>' if block.anchor else ""
        return [anchor + self._inline(block, line=True)[0]]

    def _heading(self, block: Block) -> list[str]:
        text = self._inline(block, line=True)[0]
        text = re.sub(r"(^|[ \t])(#+)$", r"\1\\\2", text)
        anchor = f" {{: #{block.anchor}}}" if block.anchor else ""
        return [f"{'#' * block.level} {text}{anchor}"]

    def _image(self, block: Block) -> list[str]:
        assert isinstance(block.detail, Image)
        alt = inline(block.text, (), (), replace(self.style, line=True)).replace("]", "\\]")
        title = re.sub(r'(["\\])', r"\\\1", block.detail.title)
        title = re.sub(r"&(?=#?\w{1,32};)", r"\\&", title)
        target = destination(block.detail.resource) + (f' "{title}"' if title else "")
        picture = f"![{alt}]({target})"
        for link in block.spans:
            picture = f"[{picture}]({destination(link.value)})"
        marks = inline("", (), [Mark(0, mark.note) for mark in block.marks], self.style)
        return [picture + marks, *self._attributes(block)]

    def _code(self, block: Block) -> list[str]:
        assert isinstance(block.detail, Code)
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
        anchor = f" {{#{block.anchor}}}" if block.anchor else ""
        return [f"{fence}{block.detail.language}{anchor}", *block.text.split("\n"), fence]

    def _rule(self, block: Block) -> list[str]:
        return ["* * *"]

    def _table(self, rows: Sequence[Block]) -> list[str]:
        first = rows[0]
        assert isinstance(first.detail, TableRow)
        columns = len(first.cells)
        lines = [self._row(row) for row in rows]
        if first.detail.header:
            dashes = "|".join(f" {_DASHES[letter]} " for letter in first.detail.align)
            return [lines[0], f"|{dashes}|", *lines[1:]]
        return ["|" + "  |" * columns, "|" + " --- |" * columns, *lines]

    def _row(self, block: Block) -> str:
        style = replace(self.style, cell=True)
        cells, start = [], 0
        for text in block.cells:
            end = start + len(text)
            spans = [s for s in block.spans if start <= s.start and s.end <= end and s.start < s.end]
            marks = [m for m in block.marks if start <= m.offset <= end]
            spans = [type(s)(s.start - start, s.end - start, s.kind, s.value) for s in spans]
            cells.append(inline(text, spans, [type(m)(m.offset - start, m.note) for m in marks], style))
            start = end + 1
        if block.anchor:
            cells[0] = f'<a id="{block.anchor}"></a>{cells[0]}'
        return "| " + " | ".join(cells) + " |"


def _defined_terms(blocks: Sequence[Block], comments: Mapping[int, Sequence[str]]) -> set[int]:
    """Return the identities of the terms that a definition follows, at once or below further terms."""
    found: set[int] = set()
    below: Block | None = None
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        follows = below is not None and (below.kind is BlockKind.DEFINITION or id(below) in found)
        if block.kind is BlockKind.TERM and follows and below is not None and below.within == block.within:
            found.add(id(block))
        below = None if comments.get(index) else block
    return found


def _same_table(row: Block, first: Block) -> bool:
    return isinstance(row.detail, TableRow) and not row.detail.header and row.within == first.within


_WRITERS: dict[BlockKind, Callable[[BlockWriter, Block], list[str]]] = {
    BlockKind.LIST_ITEM: BlockWriter._item,
    BlockKind.DEFINITION: BlockWriter._item,
    BlockKind.TERM: BlockWriter._term,
    BlockKind.HEADING: BlockWriter._heading,
    BlockKind.IMAGE: BlockWriter._image,
    BlockKind.CODE: BlockWriter._code,
    BlockKind.RULE: BlockWriter._rule,
}
