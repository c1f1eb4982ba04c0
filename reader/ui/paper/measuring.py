"""A stretch of text laid out at the width of the paper, and measured: its lines, rows and pictures as boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor

from reader.article.model import BlockKind
from reader.ui.page.document import Role
from reader.ui.page.runs import NOTE_SCHEME, PICTURE
from reader.ui.page.shapes import FIXED
from reader.ui.paper import columns
from reader.ui.paper.paginator import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAbstractTextDocumentLayout, QTextBlock, QTextDocument, QTextLine, QTextTable

    from reader.article.text import Text
    from reader.ui.page.document import PageDocument

TALL_ROW_SHARE = 0.3
"""A row that takes more of the page than this may be divided between its lines."""


class Line(NamedTuple):
    """A line of text, and where the layout it belongs to stands."""

    line: QTextLine
    at: QPointF


class Piece(Struct, frozen=True):
    """What is drawn for a box: its lines between two heights of the stretch.

    ``left`` is the edge of its block, ``leftwards`` says that its text runs from the right;
    ``number`` is that of the paragraph it begins;
    ``row`` is 1 for a table's header, 2 for any other row at its end, else 0. ``counted`` says that
    it is a line of the text, which line numbers count: no heading, no picture.
    """

    lines: tuple[Line, ...]
    top: float
    bottom: float
    role: int = 0
    passage: int = 0
    left: float = 0.0
    leftwards: bool = False
    number: int = 0
    row: int = 0
    counted: bool = False


class Measured(Struct, frozen=True):
    """A laid-out stretch: its boxes, what is drawn for each, and the space that it wants below."""

    document: QTextDocument
    boxes: tuple[Box, ...]
    pieces: tuple[Piece, ...]
    below: float


class _Found(NamedTuple):
    """A box before it has its place in the row of boxes."""

    piece: Piece
    keep: bool
    notes: tuple[str, ...]
    headed: bool = False


class Measurer:
    """Lays out documents at one width and measures them."""

    def __init__(self, text: Text, pictures: QObject, width: int, page_height: int) -> None:
        self._text = text
        self._pictures = pictures
        self._width = width
        self._page_height = page_height

    def measure(self, page: PageDocument, source: int, above: float) -> Measured:
        """Lay out a document and return its boxes, numbered from 0 as those of a source.

        ``above`` is the space that what stands before it wants below.
        """
        document = page.document
        marks = linked(page, self._text)
        for table in page.tables:
            columns.fit(table, self._width)
        self._layout = document.documentLayout()  # to ask for it takes a tenth of a millisecond
        self._layout.registerHandler(PICTURE, self._pictures)
        document.setTextWidth(self._width)
        self._layout.documentSize()
        found = list(self._found(page, marks))
        boxes: list[Box] = []
        head: Box | None = None
        edge: float | None = None
        for number, (piece, keep, notes, headed) in enumerate(found):
            gap = max(above, piece.top) if edge is None else max(0.0, piece.top - edge)
            edge = piece.bottom
            height = piece.bottom - piece.top
            box = Box(source, number, height, gap, keep, notes, head if headed else None)
            boxes.append(box)
            if piece.row == 1:
                head = Box(source, number, height)
        last = document.lastBlock()
        return Measured(document, tuple(boxes), tuple(each.piece for each in found), last.blockFormat().bottomMargin())

    def _found(self, page: PageDocument, marks: dict[int, list[tuple[int, str]]]) -> Iterator[_Found]:
        document = page.document
        tables = {table.firstPosition(): table for table in page.tables}
        passages = _passages(page, self._text)
        block = document.begin()
        passage = page.offsets.first
        while block.isValid():
            table = tables.get(block.position())
            if table is not None:
                passage = passages.get(block.position(), passage)
                yield from self._rows(page, table, marks, passage)
                block = document.findBlock(table.lastPosition()).next()
                if not block.text():  # the block that Qt wants after a table
                    block = block.next()
                continue
            in_text = block.position() in passages
            passage = passages.get(block.position(), passage)
            yield from self._lines(page, block, marks.get(block.position(), []), passage, in_text=in_text)
            block = block.next()

    def _lines(
        self,
        page: PageDocument,
        block: QTextBlock,
        marks: Sequence[tuple[int, str]],
        passage: int,
        *,
        in_text: bool,
    ) -> Iterator[_Found]:
        box = self._layout.blockBoundingRect(block)
        layout, at = block.layout(), box.topLeft()
        role = block.userState()
        count = 1 if role == Role.ALTERNATIVE else layout.lineCount()  # a picture's words are unseen
        bound = self._kept(block, passage)
        number = page.numbers.get(block.position(), 0)
        height = _line_height(block)
        counted = in_text and role != Role.ALTERNATIVE and not block.blockFormat().headingLevel()
        for index in range(count):
            line = layout.lineAt(index)
            top = at.y() + line.y()
            start, end = line.textStart(), line.textStart() + line.textLength()
            if index == count - 1 and role != Role.ALTERNATIVE:
                end += 1  # a mark at the end of the text
            notes = tuple(key for position, key in marks if start <= position < end or role == Role.ALTERNATIVE)
            keep = bound or (index < count - 1 and index in (0, count - 2))
            piece = Piece(
                (Line(line, at),),
                top,
                top + (height or line.height()),
                role,
                passage,
                box.left(),
                block.textDirection() == Qt.LayoutDirection.RightToLeft,
                number if index == 0 else 0,
                counted=counted,
            )
            yield _Found(piece, keep, notes)

    def _kept(self, block: QTextBlock, passage: int) -> bool:
        """Say whether a block stays with what follows it: a heading, a picture over its caption, the page's head."""
        if block.userState() == Role.HEADER_END or block.blockFormat().headingLevel():
            return True
        passages, kinds = self._text.passages, self._text.kinds
        if not passages:
            return False
        kind = kinds[passage]
        following = kinds[passage + 1] if passage + 1 < len(kinds) else -1
        match kind:
            case BlockKind.HEADING | BlockKind.TERM:
                return True
            case BlockKind.IMAGE:
                return following == BlockKind.CAPTION
            case BlockKind.CAPTION:
                before = kinds[passage - 1] if passage else -1
                return following in (BlockKind.TABLE_ROW, BlockKind.IMAGE) and before != BlockKind.IMAGE
            case _:
                return False

    # -- tables ------------------------------------------------------------------------------------

    def _rows(
        self, page: PageDocument, table: QTextTable, marks: dict[int, list[tuple[int, str]]], passage: int
    ) -> Iterator[_Found]:
        shape = table.format().toTableFormat()
        headers, padding, rows = shape.headerRowCount(), shape.cellPadding(), table.rows()
        for row in range(rows):
            lines: list[tuple[float, float, Line]] = []
            notes: list[str] = []
            for column in range(table.columns()):
                for block in _blocks_of(table, row, column):
                    lines += _lines_of(self._layout, block)
                    notes += [key for _, key in marks.get(block.position(), [])]
            is_head = row < headers
            keep = is_head or (row < rows - 1 and row - headers in (0, rows - headers - 2) and rows - headers > 2)
            groups = _groups(lines, tall=self._page_height * TALL_ROW_SHARE)
            for number, group in enumerate(groups):
                first, last = number == 0, number == len(groups) - 1
                piece = Piece(
                    tuple(line for _, _, line in group),
                    min(top for top, _, _ in group) - padding * first,
                    max(bottom for _, bottom, _ in group) + padding * last,
                    passage=passage + row,
                    counted=not is_head,
                    row=(1 if is_head else 2) if last else 0,
                )
                within = keep if last else number in (0, len(groups) - 2)
                yield _Found(piece, within, tuple(notes) if first else (), headed=headers > 0 and not is_head)


def linked(page: PageDocument, text: Text) -> dict[int, list[tuple[int, str]]]:
    """Turn the links of a document into those of a PDF, and return its marks by the position of their block.

    A mark is its place in the block and its key. It must be done before the document is laid out.
    """
    marks: dict[int, list[tuple[int, str]]] = {}
    changes: list[tuple[int, int, QTextCharFormat]] = []
    block = page.document.begin()
    while block.isValid():
        runs = block.begin()
        while not runs.atEnd():
            run = runs.fragment()
            href = run.charFormat().anchorHref()
            if href:
                key = href.removeprefix(NOTE_SCHEME) if href.startswith(NOTE_SCHEME) else None
                if key is not None:
                    marks.setdefault(block.position(), []).append((run.position() - block.position(), key))
                changes.append((run.position(), run.position() + run.length(), _link(href, key, text)))
            runs += 1
        block = block.next()
    changes += _named(page, text)
    cursor = QTextCursor(page.document)
    cursor.beginEditBlock()
    for start, end, face in changes:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(face)
    cursor.endEditBlock()
    return marks


def _link(href: str, key: str | None, text: Text) -> QTextCharFormat:
    """Return what makes a link one of a PDF; a target that is not in the text makes it none."""
    face = QTextCharFormat()
    target: int | None = None
    if key is not None:
        span = text.note_span(key)
        target = None if span is None else span.start
    elif href.startswith("#"):
        target = text.anchor_passage(href[1:])
    else:
        return face  # an address: as it is
    if target is None:
        face.setAnchor(False)
        face.setAnchorHref("")
    else:
        face.setAnchorHref(f"#{place_name(target)}")
    return face


def place_name(passage: int) -> str:
    """Return the name of a passage's place in a PDF."""
    return f"p{passage}"


def _named(page: PageDocument, text: Text) -> Iterator[tuple[int, int, QTextCharFormat]]:
    """Yield what names the places that something can lead to: headings, notes, what has an anchor."""
    for passage in range(page.offsets.first, page.offsets.end):
        block = text.passages[passage]
        begins_note = passage >= text.body_passages and (
            passage == text.body_passages or text.note_of(passage) != text.note_of(passage - 1)
        )
        if not (block.anchor or block.kind is BlockKind.HEADING or begins_note):
            continue
        shown = page.document.findBlock(page.offsets.to_position(text.offset(passage), after_marks=False))
        words = shown.text()
        start = len(words) - len(words.lstrip())
        end = next((at for at in range(start, len(words)) if words[at] in " \t\N{LINE SEPARATOR}"), len(words))
        if end > start:
            face = QTextCharFormat()
            face.setAnchorNames([place_name(passage)])
            yield shown.position() + start, shown.position() + end, face


def _passages(page: PageDocument, text: Text) -> dict[int, int]:
    """Return the passage of each block by its position."""
    found: dict[int, int] = {}
    for passage in range(page.offsets.first, page.offsets.end):
        position = page.offsets.to_position(text.offset(passage), after_marks=False)
        found.setdefault(page.document.findBlock(position).position(), passage)
    return found


def _line_height(block: QTextBlock) -> float:
    """Return the height of a block's lines where it is the same for all, else 0."""
    shape = block.blockFormat()
    return shape.lineHeight() if shape.lineHeightType() == FIXED else 0.0


def _blocks_of(table: QTextTable, row: int, column: int) -> Iterator[QTextBlock]:
    cell = table.cellAt(row, column)
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block().position()
    while block.isValid() and block.position() <= last:
        yield block
        block = block.next()


def _lines_of(whole: QAbstractTextDocumentLayout, block: QTextBlock) -> Iterator[tuple[float, float, Line]]:
    """Yield the lines of a block with their upper and lower edges."""
    at = whole.blockBoundingRect(block).topLeft()
    layout, height = block.layout(), _line_height(block)
    for index in range(layout.lineCount()):
        line = layout.lineAt(index)
        top = at.y() + line.y()
        yield top, top + (height or line.height()), Line(line, at)


def _groups(lines: list[tuple[float, float, Line]], *, tall: float) -> list[list[tuple[float, float, Line]]]:
    """Return the lines of a row in groups that no break goes through: all in one, unless the row is tall."""
    lines = sorted(lines, key=lambda each: each[0])
    if not lines:
        return []
    if max(bottom for _, bottom, _ in lines) - lines[0][0] <= tall:
        return [lines]
    groups = [[lines[0]]]
    for line in lines[1:]:
        if line[0] < max(bottom for _, bottom, _ in groups[-1]) - 1:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups
