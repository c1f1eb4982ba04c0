"""Plain text becomes an article: as copied off a web page, as a book's, a memo's or a letter's file.

The steps, each in a module of its own: the frame around the text goes, lines become pieces, the
masthead is read, notes are paired with their marks, headings and captions are told apart, and what
is left becomes blocks. No text is lost: a line that is no part of the text is set aside, with why.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from gettext import gettext as _
from pathlib import Path

from reader.article.model import (
    Article,
    Block,
    BlockKind,
    Code,
    Imported,
    ListItem,
    Metadata,
    Note,
    SetAside,
)
from reader.article.normal import normal
from reader.article.notes import keys_in_reading_order, labels
from reader.importers.encoding import read_text
from reader.importers.language import guess_language
from reader.importers.plaintext.clutter import take_edit_links, take_tail
from reader.importers.plaintext.code import code_pieces, is_whole_file_code
from reader.importers.plaintext.contents import take_contents
from reader.importers.plaintext.frame import Hints, take_fields, take_gutenberg_frame, take_running_lines
from reader.importers.plaintext.headings import is_notes_heading, is_references_heading, mark_headings
from reader.importers.plaintext.inline import inline
from reader.importers.plaintext.lines import Aside, Layout, Line, Piece, ends_sentence, measure, split_lines
from reader.importers.plaintext.marks import pair
from reader.importers.plaintext.masthead import Masthead, read_masthead
from reader.importers.plaintext.notes import Found, Style, Zone, find_notes, split_inner_notes, strip_block_end, zones
from reader.importers.plaintext.parts import mark_lists, mark_quotations, mark_works
from reader.importers.plaintext.pieces import assemble

MAX_LANGUAGE_CHARACTERS = 200_000
MAX_PARTING_LETTERS = 80
CONTENTS = "contents"
"""What a piece of a table of contents is within, until it becomes a block."""
_SOFT_HYPHEN = "\u00ad"


def read(path: Path) -> Imported:
    """Return the article in a plain text file.

    Raises:
        ReaderError: the file cannot be read, or holds no text.
    """
    return parse(read_text(path, keep_pages=True), name=path.stem)


def parse(text: str, *, name: str = "") -> Imported:
    """Return the article that a text is; ``name`` is its title where it has none of its own."""
    lines = split_lines(text)
    if is_whole_file_code(lines):
        blocks = tuple(_block(piece, False)[0] for piece in code_pieces(lines))
        return Imported(normal(Article(Metadata(title=name), blocks)))
    framed = take_gutenberg_frame(lines)
    asides = [*framed.asides]
    running = take_running_lines(framed.lines)
    asides += running.asides
    hints, lines = framed.hints, running.lines
    if not framed.gutenberg:
        fields = take_fields(lines)
        hints, lines = fields.hints, fields.lines
    lines, edits = take_edit_links(lines)
    asides += edits
    return Imported(_Reading(name, hints, asides).article(lines, framed.gutenberg))


class _Reading:
    """One text on its way to an article: what was set aside and noticed so far."""

    def __init__(self, name: str, hints: Hints, asides: list[Aside]) -> None:
        self._name = name
        self._hints = hints
        self._asides = asides
        self._warnings: list[str] = []
        self._emphasis = False

    def article(self, lines: Sequence[Line], gutenberg: bool) -> Article:
        layout = measure(lines)
        masthead = read_masthead(assemble(lines, layout), layout, self._hints)
        self._asides += masthead.asides
        body, tail = take_tail(masthead.pieces)
        self._asides += tail
        self._emphasis = gutenberg or sum(piece.text.count("_") for piece in body[:4000]) > 1
        body = split_inner_notes(body)
        for i in take_contents(body):
            body[i].within = CONTENTS  # no heading, no list, no note: it names headings
        body, notes = self._take_notes(body)
        body = _arrange(body, layout)
        body = self._without_empty_notes_headings(body, bool(notes))
        return self._finish(body, notes, masthead)

    def _take_notes(self, pieces: list[Piece]) -> tuple[list[Piece], list[tuple[Found, list[Piece]]]]:
        """Return the text's pieces, their printed marks noted, and the notes with theirs."""
        paired = pair(pieces, find_notes(pieces, zones(pieces)))
        for mark, key in paired.marks:
            pieces[mark.piece].marks.append((mark.start, mark.end, key))
        taken = self._take_notes_headings(pieces, paired.notes)
        notes: list[tuple[Found, list[Piece]]] = []
        for note in paired.notes:
            own = [pieces[i] for i in range(note.first, note.end) if i not in taken]
            taken.update(range(note.first, note.end))
            if note.first and pieces[note.first - 1].kind is BlockKind.RULE:
                taken.add(note.first - 1)  # the line that parts notes from the text
            if own:
                _cut_label(own, note)
                notes.append((note, own))
        return [piece for i, piece in enumerate(pieces) if i not in taken], notes

    def _take_notes_headings(self, pieces: list[Piece], notes: Sequence[Found]) -> set[int]:
        """Make what stands above notes a heading, and set aside the chapters' names that part endnotes."""
        parting: set[int] = set()
        ends = {note.end for note in notes}
        for note in notes:
            above = note.first - 1
            if above < 0 or note.zone is Zone.TEXT or note.first in ends:
                continue
            if is_notes_heading(pieces[above]) or is_references_heading(pieces[above]):
                pieces[above].kind, pieces[above].level, pieces[above].sure = BlockKind.HEADING, 1, True
            elif note.zone is Zone.NOTES and _parts_notes(pieces, above, ends):
                parting.add(above)
        reason = _("A heading among the notes; the notes themselves stand with the article.")
        self._asides += [Aside(pieces[i].line, pieces[i].text, reason) for i in sorted(parting)]
        return parting

    def _without_empty_notes_headings(self, pieces: list[Piece], has_notes: bool) -> list[Piece]:
        """Set aside the headings of notes that stood below each chapter; one at the end stays a heading."""
        empty = [
            i
            for i, piece in enumerate(pieces)
            if has_notes
            and is_notes_heading(piece)
            and (i + 1 == len(pieces) or pieces[i + 1].kind is BlockKind.HEADING or is_notes_heading(pieces[i + 1]))
        ]
        if len(empty) < 2:
            for i in empty:
                pieces[i].kind, pieces[i].level = BlockKind.HEADING, pieces[i].level or 1
            return pieces
        reason = _("The heading of notes; the notes themselves stand with the article.")
        self._asides += [Aside(pieces[i].line, pieces[i].text, reason) for i in empty]
        gone = set(empty)
        return [piece for i, piece in enumerate(pieces) if i not in gone]

    def _finish(self, body: list[Piece], notes: list[tuple[Found, list[Piece]]], masthead: Masthead) -> Article:
        blocks, starts = self._blocks(body)
        made = [(note.key, self._blocks(pieces)[0]) for note, pieces in notes]
        shown = labels(keys_in_reading_order(blocks, made))
        article = Article(
            metadata=self._metadata(masthead, blocks),
            blocks=blocks,
            notes=tuple(Note(key, shown[key], inside) for key, inside in made),
            set_aside=_set_aside(self._asides, starts),
            warnings=tuple(self._doubled(shown)),
        )
        return normal(article)

    def _blocks(self, pieces: Iterable[Piece]) -> tuple[tuple[Block, ...], list[int]]:
        blocks: list[Block] = []
        starts: list[int] = []
        for piece in pieces:
            block, doubled = _block(piece, self._emphasis)
            if block.text or block.kind is BlockKind.RULE or block.marks:
                blocks.append(block)
                starts.append(piece.line)
                self._warnings += doubled
        return tuple(blocks), starts

    def _doubled(self, shown: dict[str, str]) -> list[str]:
        return [
            _("The sign of punctuation that stood on both sides of mark {label} was kept once.").format(
                label=shown[key]
            )
            for key in self._warnings
        ]

    def _metadata(self, masthead: Masthead, blocks: Sequence[Block]) -> Metadata:
        hints = masthead.hints
        language = hints.language
        if not language:
            language = guess_language(_sample(blocks))
        return Metadata(
            title=hints.title or self._name,
            kicker=masthead.kicker,
            authors=hints.authors,
            translators=hints.translators,
            date=hints.date,
            language=language,
            source=hints.source,
            rights=hints.rights,
        )


def _parts_notes(pieces: Sequence[Piece], i: int, ends: set[int]) -> bool:
    """Return whether a piece names a chapter among endnotes: a short line after notes or their heading."""
    text = pieces[i].text
    if len(text) > MAX_PARTING_LETTERS or ends_sentence(text) or pieces[i].marks or not i:
        return False
    return i in ends or is_notes_heading(pieces[i - 1])


def _arrange(pieces: list[Piece], layout: Layout) -> list[Piece]:
    """Return the pieces with headings, captions, works cited, lists and quotations told apart."""
    arranged = mark_headings(pieces, layout)
    mark_works(arranged)
    mark_quotations(arranged, layout)
    mark_lists([piece for piece in arranged if not piece.within])
    for piece in arranged:
        if piece.within == CONTENTS:
            piece.within = ""
            if piece.kind is BlockKind.PARAGRAPH and len(piece.rows) > 1:
                piece.text = "\n".join(piece.rows)
    return arranged


def _cut_label(pieces: list[Piece], note: Found) -> None:
    first = pieces[0]
    first.text = first.text[note.cut :]
    first.marks = [(a - note.cut, b - note.cut, key) for a, b, key in first.marks if a >= note.cut]
    if first.kind is BlockKind.VERSE and len(first.rows) < 3:
        first.kind = BlockKind.PARAGRAPH
    if note.style is Style.BLOCK:
        pieces[-1].text = strip_block_end(pieces[-1].text)


def _block(piece: Piece, emphasis: bool) -> tuple[Block, tuple[str, ...]]:
    """Return a piece's block, and the keys of marks that punctuation stood on both sides of."""
    if piece.kind in (BlockKind.CODE, BlockKind.RULE):
        return Block(piece.kind, piece.text, detail=Code() if piece.kind is BlockKind.CODE else None), ()
    source = piece.text.replace(_SOFT_HYPHEN, "") if not piece.marks and _SOFT_HYPHEN in piece.text else piece.text
    text, spans, marks, doubled = inline(source, piece.marks, emphasis=emphasis)
    detail = ListItem(piece.number) if piece.kind is BlockKind.LIST_ITEM else None
    level = max(1, min(piece.level, 6)) if piece.kind is BlockKind.HEADING else 0
    return Block(piece.kind, text, spans, marks, level, piece.within, detail=detail), doubled


def _set_aside(asides: Iterable[Aside], starts: Sequence[int]) -> tuple[SetAside, ...]:
    ordered = sorted(asides, key=lambda aside: aside.line)
    return tuple(SetAside(a.line, a.text, a.reason, bisect_left(starts, a.line)) for a in ordered)


def _sample(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    size = 0
    for block in blocks:
        if size > MAX_LANGUAGE_CHARACTERS:
            break
        if block.kind is not BlockKind.CODE:
            parts.append(block.text[:MAX_LANGUAGE_CHARACTERS])
            size += len(parts[-1])
    return " ".join(parts)


__all__ = ["parse", "read"]
