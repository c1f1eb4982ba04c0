"""A text document built from passages of an article, with the map of its offsets."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import TYPE_CHECKING

import shiboken6
from msgspec import Struct, structs
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from reader.article.model import BlockKind, Image, ListItem
from reader.article.numbers import paragraph_number
from reader.ui.look import fonts
from reader.ui.page.direction import LEFTWARDS, direction_of_language
from reader.ui.page.fitting import fit_block
from reader.ui.page.offsets import Addition, OffsetMap
from reader.ui.page.runs import LINE_BREAK, NAME, PICTURE, RunWriter
from reader.ui.page.shapes import block_format, char_format
from reader.ui.page.tables import TableWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import (
        QTextBlock,
        QTextTable,
    )
    from PySide6.QtWidgets import QTextEdit

    from reader.article.model import Block
    from reader.article.text import Text
    from reader.ui.page.styles import BlockStyle, StyleBook

PLACE_SCHEME = "place:"
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


class Role(IntEnum):
    """What is painted for a block beside its text (``QTextBlock.userState``)."""

    PLAIN = 0
    QUOTED = 1
    RULE = 2
    HEADER_END = 3
    CODE = 4
    ALTERNATIVE = 5


class Line(Struct, frozen=True):
    """A line of the page's header: shown, but no part of the canonical text."""

    text: str
    style: BlockStyle
    heading: int = 0
    ours: bool = False
    """Whether the program says it: then it runs as the article's language does."""


BackLinks = Callable[[str], "Sequence[int]"]
"""Given a note's key, returns the offsets of the places that mark it: each is a link after the note."""


class PageDocument(Struct, frozen=True):
    """A document and its map; ``tables`` are the Qt tables in it, in order.

    ``head_end`` is the position where the lines above the first passage end; ``numbers`` are those
    of paragraphs, by the position of their block. ``headed`` has where the heading over the notes
    begins, by the position of the passage below it. ``leftwards`` says that most of it runs so.
    """

    document: QTextDocument
    offsets: OffsetMap
    tables: tuple[QTextTable, ...] = ()
    head_end: int = 0
    numbers: dict[int, int] = {}
    headed: dict[int, int] = {}
    leftwards: bool = False

    def begins(self, passage: int) -> int | None:
        """Return where a passage, or the next one that is held, begins with what is set over it; None: nowhere."""
        start = self.offsets.next_start(passage)
        return None if start is None else self.headed.get(start, start)


class Build(Struct):
    """What grows while a document is built."""

    passages: list[int] = []
    starts: list[int] = []
    additions: dict[int, tuple[Addition, ...]] = {}
    tables: list[QTextTable] = []
    numbers: dict[int, int] = {}
    headed: dict[int, int] = {}

    def begin(self, passage: int, position: int) -> None:
        """Take down where a passage begins."""
        self.passages.append(passage)
        self.starts.append(position)


class DocumentBuilder:
    """Builds documents of one article in one look."""

    def __init__(self, text: Text, styles: StyleBook, labels: Mapping[str, str]) -> None:
        self._text = text
        self._styles = styles
        self._labels = labels
        self._runs = RunWriter(styles, labels)
        self._tables = TableWriter(text, styles, self._runs)

    def build(
        self,
        first: int,
        end: int,
        *,
        header: Sequence[Line] = (),
        below_title: Sequence[Line] = (),
        title_first: bool = False,
        notes_title: str = "",
        back_links: BackLinks = lambda key: (),
        numbered_notes: bool = True,
        hidden: Sequence[tuple[int, int]] = (),
    ) -> PageDocument:
        """Return a document of the passages ``first`` to ``end``, not laid out yet (see ``attach``).

        ``title_first`` says that the first passage is the title, which ``below_title`` then follows;
        ``notes_title`` is set above the first note; ``back_links`` follow the last block of each.
        ``hidden`` are ranges of passages, in order, that are left out.
        """
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        document.setUseDesignMetrics(True)
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        build = Build()
        self._fresh = True
        for line in header:
            self._line(cursor, line)
        head_end = cursor.position()
        if title_first and first < end:
            self._title(cursor, build, first)
            first += 1
            for line in below_title:
                self._line(cursor, line)
        if header or title_first:
            self._end_header(cursor)
        for begin, upto in shown_of(first, end, hidden):
            self._next_number = paragraph_number(self._text, begin)
            self._passages(cursor, build, begin, upto, notes_title, back_links, numbered_notes)
        cursor.endEditBlock()
        map_of = OffsetMap(self._text, build.passages, build.starts, build.additions)
        leftwards = direction_of_language(self._styles.language) is LEFTWARDS
        return PageDocument(document, map_of, tuple(build.tables), head_end, build.numbers, build.headed, leftwards)

    # -- blocks ------------------------------------------------------------------------------------

    def _passages(
        self,
        cursor: QTextCursor,
        build: Build,
        first: int,
        end: int,
        notes_title: str,
        back_links: BackLinks,
        numbered_notes: bool,
    ) -> None:
        note_of, count = self._text.note_of, len(self._text.passages)
        blocks = self._text.passages[first:end]
        index = first
        while index < end:
            block, key = blocks[index - first], note_of(index)
            if block.kind is BlockKind.TABLE_ROW:
                index = self._tables.write(cursor, build, index, end)
                self._fresh = True  # the block that Qt wants after a table
                continue
            if key is not None and notes_title and index == self._text.body_passages:
                begun = self._line(cursor, Line(notes_title, self._styles.notes_heading(), 2, ours=True))
                build.headed[cursor.position() + 1] = begun.position()
            begins_note = key is not None and numbered_notes and (index == 0 or note_of(index - 1) != key)
            self._block(cursor, build, index, block, key if begins_note else None)
            if key is not None and (index + 1 >= count or note_of(index + 1) != key):
                self._back_links(cursor, back_links(key))
            index += 1

    def _title(self, cursor: QTextCursor, build: Build, index: int) -> None:
        style = self._styles.title()
        shape, face = block_format(style), char_format(style)
        shape.setHeadingLevel(1)
        fit_block(shape, face, self._text.passages[index].text, self._styles.language)
        self._begin(cursor, shape, face)
        build.begin(index, cursor.position())
        added = self._runs.write(cursor, self._text.passages[index], face, style)
        if added:
            build.additions[index] = added

    def _end_header(self, cursor: QTextCursor) -> None:
        """Let a rule be drawn below the last line of the head, and leave the room for it."""
        cursor.block().setUserState(Role.HEADER_END)
        shape, least = cursor.blockFormat(), self._styles.byline().below
        if shape.bottomMargin() < least:  # a title without a line below it
            shape.setBottomMargin(least + shape.bottomMargin())
            cursor.setBlockFormat(shape)

    def _line(self, cursor: QTextCursor, line: Line) -> QTextBlock:
        shape, face = block_format(line.style), char_format(line.style)
        if line.heading:
            shape.setHeadingLevel(line.heading)
        fit_block(shape, face, "" if line.ours else line.text, self._styles.language)
        begun = self._begin(cursor, shape, face)
        cursor.insertText(line.text.replace("\n", LINE_BREAK), face)
        return begun

    def _begin(self, cursor: QTextCursor, shape: QTextBlockFormat, face: QTextCharFormat) -> QTextBlock:
        """Begin a block: the document's first one is there already, and so is the one after a table."""
        if self._fresh:
            cursor.setBlockFormat(shape)
            cursor.setBlockCharFormat(face)
        else:
            cursor.insertBlock(shape, face)
        self._fresh = False
        return cursor.block()

    def _block(self, cursor: QTextCursor, build: Build, index: int, block: Block, note_key: str | None) -> None:
        in_note = self._text.note_of(index) is not None
        style = self._styles.block_at(self._text, index, block, note=in_note)
        shape, face = block_format(style), char_format(style)
        self._indent(shape, block, style, in_note, begins_note=note_key is not None)
        if block.kind is BlockKind.HEADING:
            shape.setHeadingLevel(block.level)
        if block.kind is BlockKind.IMAGE:
            shape.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
        if block.kind is BlockKind.CAPTION and self._stands_above(index):
            shape.setTopMargin(self._styles.px(18))
            shape.setBottomMargin(self._styles.px(2))
        fit_block(shape, face, block.text, self._styles.language)
        begun = self._begin(cursor, shape, face)
        begun.setUserState(_role(block))
        position = cursor.position()
        build.begin(index, position)
        if block.kind is BlockKind.PARAGRAPH and not in_note:
            build.numbers[position] = self._next_number
            self._next_number += 1
        prefix = self._prefix(block, note_key)
        if prefix is not None:
            cursor.insertText(prefix[0] + "\t", prefix[1])
        if block.kind is BlockKind.IMAGE and isinstance(block.detail, Image):
            face = self._picture(cursor, block.detail)
            block = structs.replace(block, spans=())  # unseen words are not set in any way
        before = cursor.position() - position
        added = self._runs.write(cursor, block, face, style)
        if before:
            added = (Addition(0, before, loose=False), *added)
        if added:
            build.additions[index] = added

    def _stands_above(self, index: int) -> bool:
        """Say whether a caption belongs to what follows it: a table, or a picture that has none below."""
        following = self._text.passages[index + 1 : index + 2]
        before = self._text.passages[index - 1].kind if index else BlockKind.PARAGRAPH
        return bool(following) and following[0].kind is BlockKind.TABLE_ROW and before is not BlockKind.IMAGE

    def _indent(
        self, shape: QTextBlockFormat, block: Block, style: BlockStyle, in_note: bool, *, begins_note: bool
    ) -> None:
        step = self._styles.indent_step()
        left = step * len(block.within) + style.indent + (step if in_note else 0)
        hanging = style.hanging
        if block.kind in (BlockKind.LIST_ITEM, BlockKind.DEFINITION):
            left += step
            hanging = step if block.kind is BlockKind.LIST_ITEM else 0
        elif in_note and not block.within:
            hanging = step
        elif hanging:
            left += hanging
        shape.setLeftMargin(left)
        shape.setRightMargin(style.right)
        if hanging:
            begins = block.kind in (BlockKind.LIST_ITEM, BlockKind.REFERENCE) or begins_note
            shape.setTextIndent(-hanging if begins else 0)
            shape.setTabPositions([QTextOption.Tab(float(hanging), QTextOption.TabType.LeftTab)])

    def _prefix(self, block: Block, note_key: str | None) -> tuple[str, QTextCharFormat] | None:
        """Return the sign before a block's text, with its looks: a note's number, a list's sign."""
        theme = self._styles.theme
        if note_key is not None:
            face = QTextCharFormat()
            face.setFont(self._styles.note_number())
            face.setForeground(QColor(theme.accent))
            return self._labels.get(note_key, note_key), face
        if block.kind is BlockKind.LIST_ITEM:
            face = char_format(self._styles.block(block))
            face.setForeground(QColor(theme.muted))
            number = block.detail.number if isinstance(block.detail, ListItem) else None
            return ("•" if number is None else f"{number}."), face
        return None

    def _picture(self, cursor: QTextCursor, image: Image) -> QTextCharFormat:
        """Insert the picture; return the format of its alternative text, which stands in the text unseen."""
        shown = QTextCharFormat()
        shown.setObjectType(PICTURE)
        shown.setProperty(NAME, image.resource)
        if image.title:
            shown.setToolTip(image.title)
        cursor.insertText(_OBJECT, shown)
        hidden = QTextCharFormat()
        tiny = QFont(fonts.SANS)
        tiny.setPixelSize(1)
        hidden.setFont(tiny)
        hidden.setForeground(QColor(0, 0, 0, 0))
        return hidden

    def _back_links(self, cursor: QTextCursor, offsets: Sequence[int]) -> None:
        face = QTextCharFormat()
        face.setFont(self._styles.note_number())
        face.setForeground(QColor(self._styles.theme.link))
        for number, offset in enumerate(offsets, 1):
            link = QTextCharFormat(face)
            link.setAnchor(True)
            link.setAnchorHref(f"{PLACE_SCHEME}{offset}")
            cursor.insertText("\N{NO-BREAK SPACE}", face)
            cursor.insertText("↩" if len(offsets) == 1 else f"↩{number}", link)


def attach(page: PageDocument, view: QTextEdit, pictures: QObject) -> None:
    """Show a document in a view in the place of the one that it showed, which is deleted.

    Only here does the document get its layout: built before, it would be laid out several times.
    """
    document, old = page.document, view.document()
    document.setParent(view)
    document.documentLayout().registerHandler(PICTURE, pictures)
    view.setExtraSelections([])  # they hold on to the document that goes
    view.setDocument(document)
    if shiboken6.isValid(old):
        # At once: deleteLater() would keep two documents in memory until the loop turns.
        shiboken6.delete(old)


def shown_of(first: int, end: int, hidden: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a range of passages without those that are hidden, ranges in order."""
    for begin, upto in hidden:
        if begin >= end:
            break
        if first < begin:
            yield first, begin
        first = max(first, upto)
    if first < end:
        yield first, end


def _role(block: Block) -> Role:
    match block.kind:
        case BlockKind.RULE:
            return Role.RULE
        case BlockKind.CODE:
            return Role.CODE
        case BlockKind.IMAGE:
            return Role.ALTERNATIVE
        case _:
            return Role.QUOTED if ">" in block.within else Role.PLAIN
