"""How each kind of block is set: face, size, line height, space around it, colour.

Everything is derived from one text size, so that the page keeps its proportions at every size.
All lengths are device-independent pixels at the size of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtGui import QFont

from reader.article.model import BlockKind
from reader.ui.look import fonts

if TYPE_CHECKING:
    from reader.article.model import Block
    from reader.theme import Theme

SIZES = (14, 15, 16, 17, 18, 20, 22, 24, 28, 32)
DEFAULT_SIZE = 18
MEASURE_EM = 31  # about 67 letters of Source Serif 4
INDENT_EM = 1.45  # of a list, a quotation, a note beside its number

_BODY = DEFAULT_SIZE  # the size that the figures below are written for


class BlockStyle(Struct, frozen=True):
    """The looks of one block; ``indent`` is its distance from the column's left edge."""

    font: QFont
    line_height: int
    above: int
    below: int
    colour: str
    indent: int = 0
    right: int = 0
    hanging: int = 0


class Typography(Struct, frozen=True):
    """What a person can choose about the type."""

    size: int = DEFAULT_SIZE

    def larger(self) -> Typography:
        return Typography(next((size for size in SIZES if size > self.size), SIZES[-1]))

    def smaller(self) -> Typography:
        return Typography(next((size for size in reversed(SIZES) if size < self.size), SIZES[0]))

    @property
    def measure(self) -> int:
        """The width of the column."""
        return MEASURE_EM * self.size


class StyleBook:
    """The styles of one page at one size in one theme; made once, asked for each block."""

    def __init__(self, theme: Theme, typography: Typography) -> None:
        self.theme = theme
        self.typography = typography
        self._scale = typography.size / _BODY
        self._styles: dict[tuple[BlockKind, int, bool], BlockStyle] = {}

    def px(self, value: float) -> int:
        """Return a length that is written for the default size, at this size."""
        return round(value * self._scale)

    def indent_step(self) -> int:
        return round(self.typography.size * INDENT_EM)

    def block(self, block: Block, *, note: bool = False) -> BlockStyle:
        """Return the style of a block, in the body or in a note."""
        key = (block.kind, block.level, note)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._note_style(block) if note else self._body_style(block)
        return style

    # The header of the page is no part of the canonical text; it has styles of its own.
    def kicker(self) -> BlockStyle:
        return BlockStyle(fonts.interface(13 * self._scale, 500), self.px(20), 0, self.px(6), self.theme.muted)

    def title(self) -> BlockStyle:
        return self._display(40, 46, 0, 8)

    def byline(self) -> BlockStyle:
        return BlockStyle(
            fonts.interface(13 * self._scale, 400), self.px(20), self.px(2), self.px(22), self.theme.muted
        )

    def notes_heading(self) -> BlockStyle:
        return self._display(26, 34, 56, 14)

    def note_text(self) -> BlockStyle:
        return self._small()

    def note_number(self) -> QFont:
        return fonts.interface(12 * self._scale, 600, features=("tnum",))

    def table_head(self) -> QFont:
        return fonts.interface(12 * self._scale, 600)

    def code(self, pixels: float) -> QFont:
        made = fonts.font("monospace", pixels * 0.86)
        made.setStyleHint(QFont.StyleHint.Monospace)
        return made

    def _serif(self, pixels: int, line: int = 28, above: int = 0, below: int = 14, **more: object) -> BlockStyle:
        face = fonts.font(fonts.SERIF, pixels * self._scale, features=("onum",))
        return self._made(face, line, above, below, **more)

    def _small(self, above: int = 0, below: int = 8, **more: object) -> BlockStyle:
        face = fonts.font(fonts.SERIF_SMALL, 15 * self._scale, features=("onum",))
        return self._made(face, 23, above, below, **more)

    def _display(self, pixels: int, line: int, above: int, below: int) -> BlockStyle:
        return self._made(fonts.font(fonts.SERIF_DISPLAY, pixels * self._scale, 600), line, above, below)

    def _made(self, face: QFont, line: int, above: int, below: int, **more: object) -> BlockStyle:
        colour = str(more.pop("colour", self.theme.text))
        lengths = {name: self.px(float(str(value))) for name, value in more.items()}
        return BlockStyle(face, self.px(line), self.px(above), self.px(below), colour, **lengths)

    def _body_style(self, block: Block) -> BlockStyle:
        match block.kind:
            case BlockKind.HEADING:
                return self._heading(block.level)
            case BlockKind.LEAD:
                return self._serif(20, 31, 0, 18)
            case BlockKind.QUOTATION:
                return self._serif(17, 27, 4, 12, right=10)
            case BlockKind.VERSE:
                return self._serif(17, 27, 6, 16, indent=26)
            case BlockKind.LIST_ITEM | BlockKind.DEFINITION:
                return self._serif(18, 28, 0, 7)
            case BlockKind.TERM:
                return self._with_weight(self._serif(18, 28, 8, 2), 600)
            case BlockKind.CODE:
                return self._made(self.code(18 * self._scale), 23, 22, 26, indent=14, right=14)
            case _:
                return self._quiet_style(block)

    def _quiet_style(self, block: Block) -> BlockStyle:
        match block.kind:
            case BlockKind.CAPTION:
                return self._small(6, 26, colour=self.theme.muted)
            case BlockKind.REFERENCE:
                return self._small(0, 8, hanging=26)
            case BlockKind.IMAGE:
                return self._small(14, 4)
            case BlockKind.TABLE_ROW:
                return self._serif(16, 24, 0, 0)
            case BlockKind.RULE:
                return self._serif(18, 28, 10, 24)
            case _:
                return self._serif(18)

    def _note_style(self, block: Block) -> BlockStyle:
        match block.kind:
            case BlockKind.CODE:
                return self._made(self.code(15 * self._scale), 20, 4, 8, indent=10)
            case BlockKind.HEADING | BlockKind.TERM:
                return self._with_weight(self._small(), 600)
            case _:
                return self._small(right=8 if block.kind is BlockKind.QUOTATION else 0)

    def _heading(self, level: int) -> BlockStyle:
        match level:
            case 1:
                return self._display(32, 40, 48, 14)
            case 2:
                return self._display(26, 34, 40, 10)
            case 3:
                return self._display(21, 28, 28, 6)
            case _:
                return self._with_weight(self._serif(18, 28, 22, 4), 600)

    @staticmethod
    def _with_weight(style: BlockStyle, weight: int) -> BlockStyle:
        face = QFont(style.font)
        face.setWeight(QFont.Weight(weight))
        return BlockStyle(face, style.line_height, style.above, style.below, style.colour, style.indent, style.right)
