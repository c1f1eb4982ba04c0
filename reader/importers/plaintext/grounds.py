"""The pieces that may be headings, and how the text around them looks."""

from __future__ import annotations

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Layout, Piece, ends_sentence
from reader.importers.plaintext.titles import MAX_TITLE, Form, Shape, is_chapter, long_section, shape_of

MAX_CHAPTER_LETTERS = 260
"""A chapter's heading that says at length what is in it is no longer than this."""
MAX_TITLE_ROWS = 3


class Grounds:
    """The pieces that may be headings, by index, and how the text around them looks."""

    def __init__(self, pieces: list[Piece], layout: Layout) -> None:
        self.pieces = pieces
        self.layout = layout
        self.shapes: dict[int, Shape] = {}
        for i, piece in enumerate(pieces):
            if piece.kind is BlockKind.PARAGRAPH and not piece.within:
                shape = _shape(piece)
                if shape and self._may_stand(i, shape):
                    self.shapes[i] = shape

    def _may_stand(self, i: int, shape: Shape) -> bool:
        piece = self.pieces[i]
        if self.layout.outdented and piece.indent >= self.layout.indent and not self.is_centred(i):
            return shape.form is Form.CHAPTER and shape.rank < 4
        if piece.indent > self.layout.indent + 4 and not self.is_centred(i):
            return shape.form in (Form.CHAPTER, Form.ROMAN)
        return len(piece.rows) == 1 or shape.form in (Form.CHAPTER, Form.CAPITALS, Form.NUMBERED, Form.ROMAN)

    def is_centred(self, i: int) -> bool:
        piece, width = self.pieces[i], self.layout.width
        if not width or len(piece.rows) > 3:
            return False
        longest = max(map(len, piece.rows))
        return piece.indent >= 4 and abs(piece.indent - (width - longest) / 2) <= 6

    def is_followed(self, i: int, *, by_any: bool = False) -> bool:
        """Return whether text follows a heading, other headings between them or not."""
        for j in range(i + 1, min(i + 5, len(self.pieces))):
            after = self.pieces[j]
            if j in self.shapes or after.kind is BlockKind.HEADING:
                continue
            if j == i + 1 and self._is_bare(i) and after.kind is BlockKind.PARAGRAPH and not after.is_prose:
                continue  # the title below a bare number
            return by_any or after.is_prose or after.kind is not BlockKind.PARAGRAPH or len(after.rows) > 1
        return False

    def _is_bare(self, i: int) -> bool:
        return i in self.shapes and not self.shapes[i].title

    def keep(self, form: Form, kept: set[int]) -> None:
        for i in [i for i, shape in self.shapes.items() if shape.form is form and i not in kept]:
            del self.shapes[i]

    def of(self, form: Form) -> list[tuple[int, Shape]]:
        return [(i, shape) for i, shape in self.shapes.items() if shape.form is form]


def _shape(piece: Piece) -> Shape | None:
    """Return a piece's form; a long title of a chapter runs over two or three lines."""
    shape = shape_of(piece.unmarked) if len(piece.text) <= MAX_TITLE else None
    if shape or len(piece.rows) == 1 or len(piece.rows) > MAX_TITLE_ROWS or len(piece.text) > MAX_CHAPTER_LETTERS:
        return shape
    section = long_section(piece.text) if is_set_off(piece) else None
    long_title = len(piece.text) > MAX_TITLE and is_chapter(piece.rows[0]) and not ends_sentence(piece.text)
    return section or (shape_of(piece.rows[0]) if long_title else None)


def is_set_off(piece: Piece) -> bool:
    """Return whether empty lines stand on both sides of a piece."""
    return piece.blanks > 0 and piece.blanks_after > 0
