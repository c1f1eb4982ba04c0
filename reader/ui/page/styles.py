"""How each kind of block is set: face, size, line height, space around it, colour.

Everything is derived from what a person chose of the type (``Typography``), so that the page keeps
its proportions at every size. All lengths are device-independent pixels at the size of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field, structs
from PySide6.QtGui import QFont

from reader.article.model import BlockKind
from reader.ui.look import fonts
from reader.ui.page.typography import DEFAULT_SIZE, LINE_HEIGHT, MEASURE_EM, SIZES, Typography

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reader.article.model import Block
    from reader.article.text import Text
    from reader.theme import Theme

__all__ = ["DEFAULT_SIZE", "MEASURE_EM", "SIZES", "BlockStyle", "StyleBook", "Typography"]

INDENT_EM = 1.45  # of a list, a quotation, a note beside its number
FIRST_LINE_EM = 1.45  # of a paragraph, where indents tell one from the next
MANY_COLUMNS, VERY_MANY_COLUMNS = 6, 9
_BODY = DEFAULT_SIZE  # the size that the figures below are written for
_RUNNING = (
    BlockKind.PARAGRAPH,
    BlockKind.LEAD,
    BlockKind.QUOTATION,
    BlockKind.LIST_ITEM,
    BlockKind.DEFINITION,
)
"""What is justified; verse, code, headings, tables, captions and references never are."""
_INDENTED = (BlockKind.PARAGRAPH, BlockKind.QUOTATION)


class BlockStyle(Struct, frozen=True):
    """The looks of one block; ``indent`` is its distance from the column's left edge.

    ``first`` is the indent of its first line; ``made`` keeps what Qt makes of the style (see ``shapes``).
    """

    font: QFont
    line_height: int
    above: int
    below: int
    colour: str
    indent: int = 0
    right: int = 0
    hanging: int = 0
    first: int = 0
    justified: bool = False
    made: dict[object, Any] = field(default_factory=dict)


class StyleBook:
    """The styles of one page in one theme; made once, asked for each block.

    ``breaks`` returns where a block's words may be broken (see ``hyphens``); None where none may.
    ``language`` is the article's (BCP 47), which says how its letters are formed and run.
    """

    def __init__(
        self,
        theme: Theme,
        typography: Typography,
        breaks: Callable[[Block], Sequence[int]] | None = None,
        language: str = "",
    ) -> None:
        self.language = language
        self.theme = theme
        self.typography = typography
        self.breaks = breaks
        self._face = fonts.face(typography.face)
        self._scale = typography.size / _BODY
        self._leading = typography.line_height / LINE_HEIGHT
        self._styles: dict[tuple[BlockKind, int, bool, bool, bool], BlockStyle] = {}
        self._ragged: StyleBook | None = None

    @property
    def ragged(self) -> StyleBook:
        """The same styles without justification: for narrow places."""
        if not self.typography.justified and self.breaks is None:
            return self
        if self._ragged is None:
            plain = structs.replace(self.typography, justified=False, hyphenated=False)
            self._ragged = StyleBook(self.theme, plain, language=self.language)
        return self._ragged

    def px(self, value: float) -> int:
        """Return a length that is written for the default size, at this size."""
        return round(value * self._scale)

    def indent_step(self) -> int:
        return round(self.typography.size * INDENT_EM)

    def block(
        self, block: Block, *, note: bool = False, before: Block | None = None, after: Block | None = None
    ) -> BlockStyle:
        """Return the style of a block, in the body or in a note.

        ``before`` and ``after`` are the blocks around it: where indents tell paragraphs apart, one
        that follows another begins with an indent, and nothing is left free between them.
        """
        follows = leads = False
        if self.typography.paragraphs == "indent" and block.kind in _INDENTED:
            follows, leads = _joined(before, block), _joined(block, after)
        key = (block.kind, block.level, note, follows, leads)
        style = self._styles.get(key)
        if style is None:
            style = self._note_style(block) if note else self._body_style(block)
            if follows or leads:
                style = structs.replace(
                    style,
                    above=0 if follows else style.above,
                    below=0 if leads else style.below,
                    first=round(style.font.pixelSize() * FIRST_LINE_EM) if follows else 0,
                    made={},
                )
            self._styles[key] = style
        return style

    def block_at(self, text: Text, index: int, block: Block, *, note: bool = False) -> BlockStyle:
        """Return the style of a passage where it stands in a text: between what comes before and after it."""
        if note or self.typography.paragraphs != "indent" or block.kind not in _INDENTED:
            return self.block(block, note=note)
        before = text.passages[index - 1] if index else None
        after = text.passages[index + 1] if index + 1 < text.body_passages else None
        return self.block(block, before=before, after=after)

    def table_row(self, row: Block, *, note: bool = False) -> BlockStyle:
        """Return the style of a table's cells; the more columns it has, the smaller it is set."""
        columns = len(row.cells)
        if note or columns < MANY_COLUMNS:
            return self.block(row, note=note)
        key = (row.kind, -1 - (columns >= VERY_MANY_COLUMNS), note, False, False)
        style = self._styles.get(key)
        if style is None:
            pixels, line = (13, 20) if columns >= VERY_MANY_COLUMNS else (14, 21)
            style = self._styles[key] = self._table_row(pixels, line)
        return style

    # The header of the page is no part of the canonical text; it has styles of its own.
    def kicker(self) -> BlockStyle:
        return BlockStyle(fonts.interface(13 * self._scale, 400), self.px(20), 0, self.px(6), self.theme.muted)

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

    # -- faces -------------------------------------------------------------------------------------

    def _text_font(self, family: str, pixels: float, weight: int = 400, features: tuple[str, ...] = ()) -> QFont:
        chosen = self.typography
        size = pixels * self._scale * self._face.optical
        return fonts.font(
            family,
            size,
            weight,
            features=features,
            letter_spacing=chosen.letter_spacing * size,
            word_spacing=chosen.word_spacing * size,
        )

    def _serif(self, pixels: int, line: int = 28, above: int = 0, below: int = 14, **more: object) -> BlockStyle:
        face = self._text_font(self._face.text, pixels, features=self._face.features)
        return self._made(face, line, above, below, **more)

    def _small(self, above: int = 0, below: int = 8, **more: object) -> BlockStyle:
        face = self._text_font(self._face.small, 15, features=self._face.features)
        return self._made(face, 23, above, below, **more)

    def _display(self, pixels: int, line: int, above: int, below: int) -> BlockStyle:
        face = self._text_font(self._face.display, pixels, 600)
        # Headings are short: half of what is added between lines of text is enough for them.
        return self._made(face, line * (1 + self._leading) / 2 / self._leading, above, below)

    def _made(self, face: QFont, line: float, above: int, below: int, **more: object) -> BlockStyle:
        colour = str(more.pop("colour", self.theme.text))
        lengths = {name: self.px(float(str(value))) for name, value in more.items()}
        height = self.px(line * self._leading)
        style = BlockStyle(face, height, self.px(above), self.px(below), colour)
        return structs.replace(style, **lengths, made={}) if lengths else style

    # -- kinds of blocks ---------------------------------------------------------------------------

    def _body_style(self, block: Block) -> BlockStyle:
        style = self._kind_style(block)
        if self.typography.justified and block.kind in _RUNNING:
            return structs.replace(style, justified=True, made={})
        return style

    def _kind_style(self, block: Block) -> BlockStyle:
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
                return self._table_row()
            case BlockKind.RULE:
                return self._serif(18, 28, 10, 24)
            case _:
                return self._serif(18)

    def _table_row(self, pixels: int = 16, line: int = 24) -> BlockStyle:
        """Return the style of cells: figures of one width and one height stand in columns."""
        family = self._face.text if pixels > 15 else self._face.small
        return self._made(self._text_font(family, pixels, features=("tnum", "lnum")), line, 0, 0)

    def _note_style(self, block: Block) -> BlockStyle:
        style = self._note_kind_style(block)
        if self.typography.justified and block.kind in _RUNNING:
            return structs.replace(style, justified=True, made={})
        return style

    def _note_kind_style(self, block: Block) -> BlockStyle:
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
        return structs.replace(style, font=face, made={})


def _joined(first: Block | None, second: Block | None) -> bool:
    """Say whether a paragraph goes on from another: of one kind, in the same quotation or list."""
    return first is not None and second is not None and first.kind is second.kind and first.within == second.within
