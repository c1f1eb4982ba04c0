"""Where a text's notes are: what looks like a note, and the stretch of pieces that each takes up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import partial

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Piece
from reader.importers.plaintext.titles import Form, shape_of
from reader.importers.plaintext.words import NOTES_HEADING, REFERENCES_HEADING


class Style(IntEnum):
    """How a note, or a mark, is printed."""

    BLOCK = 0  # [Footnote 1: …]
    BRACKET = 1  # [1]
    RAISED = 2  # ¹
    ROUND = 3  # (1)
    SIGN = 4  # *
    PLAIN = 5  # 1.


class Zone(IntEnum):
    """Under which heading a piece stands."""

    TEXT = 0
    NOTES = 1
    WORKS = 2


_NOTE_WORD = (
    r"(?:foot-?note|end-?note|fu(?:ß|ss)note|anmerkung|nota|note de bas de page|note|voetnoot|примечание|сноска|fotnot|"
    r"fodnote|przypis|poznámka|fn|anm)"
)
_LABEL = r"(?:\d{1,4}[a-z]?|[a-z]|[ivxlc]{2,4}|[*†‡§]{1,4}|)"
"""What a note is called: another word is a word of the text."""
_BLOCK = re.compile(rf"^[\[{{(]{_NOTE_WORD}\.?\s*(@\d+-\d+|{_LABEL})\s*[:.]\s*", re.IGNORECASE)
_BARE_BLOCK = re.compile(r"^(?:foot-?note|end-?note|fu(?:ß|ss)note)\s+(\d{1,3}|[*†‡A-Za-z])\s*[:.]\s*", re.IGNORECASE)
_BLOCK_INSIDE = re.compile(rf"\s*\[(?:foot-?note|fu(?:ß|ss)note)\.?\s*({_LABEL})\s*:\s*([^\[\]]+)\]", re.IGNORECASE)
_STARTS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        Style.BRACKET,
        re.compile(r"^\^?[\[{]\^?(\d{1,4}(?::[A-Z])?|[A-Za-z]|[ivxl]{2,5}|[*†‡§#]{1,3})[\]}][.:]?\s*(?=\S)"),
    ),
    (Style.RAISED, re.compile(r"^(?:([¹²³⁰⁴-⁹]{1,4})|\^(\d{1,3})\b)[.:)]?\s*(?=\S)")),
    (Style.ROUND, re.compile(r"^(?:\((\d{1,3}|[*†‡]{1,3})\)|(\d{1,3})\))[.:]?\s+(?=\S)")),
    (Style.SIGN, re.compile(r"^(?!\*\S+\*)([*†‡§¶]{1,3})\s*(?=[^\s*†‡§¶.])")),
    (Style.PLAIN, re.compile(r"^(\d{1,3})(?:[.:]\s*(?=[^\s\d])|\s+(?=[^\s.]))")),
)
_BACK = re.compile(r"(?:[\^↑]|↩︎?)(?:\s+[a-z](?:,?\s[a-z])*(?=\s))?\s+")
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

MAX_GAP = 8
"""How many pieces may stand between two notes that follow each other."""
MAX_TO_NOTES = 4
"""How many pieces below the heading of notes the first of them may stand: a chapter's name before it."""
MAX_BLOCK_PIECES = 40
"""How many pieces a note in brackets may run over."""


@dataclass(slots=True)
class Found:
    """What looks like a note: its label, the index of its first piece and of the one after its last.

    ``cut`` is where its text begins in the first piece.
    """

    style: Style
    label: str
    first: int
    cut: int
    zone: Zone
    end: int = 0
    key: str = ""
    parts: list[int] = field(default_factory=list)

    @property
    def value(self) -> int:
        """The number of its label, or 0."""
        return int(self.label) if self.label.isdecimal() else 0


def zones(pieces: Sequence[Piece]) -> list[Zone]:
    """Return for each piece under what heading it stands; a heading of notes or works is of its zone."""
    out: list[Zone] = []
    zone = Zone.TEXT
    for i, piece in enumerate(pieces):
        text = piece.text
        if len(text) < 70 and piece.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            if NOTES_HEADING.match(text):
                zone = Zone.NOTES if _opens_notes(pieces, i) else zone
            elif REFERENCES_HEADING.match(text):
                zone = Zone.WORKS
            elif zone is not Zone.TEXT and (piece.kind is BlockKind.HEADING or is_sure_heading(text)):
                zone = zone if zone is Zone.NOTES and _is_chapter(text) and out[-1] is Zone.NOTES else Zone.TEXT
        out.append(zone)
    return out


def _opens_notes(pieces: Sequence[Piece], i: int) -> bool:
    """Return whether notes stand below a heading that says so: a box that says Note has none."""
    below = pieces[i + 1 : i + 1 + MAX_TO_NOTES]
    return any(_note_at(0, piece.text, Zone.TEXT) for piece in below if piece.text)


def is_sure_heading(text: str) -> bool:
    """Return whether a line is a heading by its words, so that no note runs over it."""
    shape = shape_of(text)
    return shape is not None and shape.form in (Form.CHAPTER, Form.NAMED, Form.CAPITALS)


def _is_chapter(text: str) -> bool:
    shape = shape_of(text)
    return shape is not None and shape.form is Form.CHAPTER


def split_inner_notes(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces, a note printed in the midst of a paragraph taken out of it, marked where it stood."""
    if not any("ote" in piece.text and _BLOCK_INSIDE.search(piece.text) for piece in pieces):
        return pieces
    out: list[Piece] = []
    for piece in pieces:
        out.append(piece)
        if piece.kind is not BlockKind.PARAGRAPH or _BLOCK.match(piece.text):
            continue
        notes = list(_BLOCK_INSIDE.finditer(piece.text))
        for number, hit in enumerate(notes, 1):
            text = f"[Footnote {hit.group(1) or f'@{piece.line}-{number}'}: {hit.group(2)}]"
            out.append(
                Piece(BlockKind.PARAGRAPH, text, piece.line, (text,), piece.blanks, piece.blanks_after, piece.indent)
            )
        if notes:
            piece.marks += _unnumbered_marks(piece, notes)
            piece.text = _BLOCK_INSIDE.sub(partial(_mark_for, piece.text), piece.text)
            piece.rows = (piece.text,)
    return out


def _unnumbered_marks(piece: Piece, notes: Sequence[re.Match[str]]) -> list[tuple[int, int, str]]:
    """Return the places of notes that have no label, in the text without the notes."""
    marks: list[tuple[int, int, str]] = []
    gone = 0
    for number, hit in enumerate(notes, 1):
        if not hit.group(1):
            marks.append((hit.start() - gone, hit.start() - gone, f"unnumbered-{piece.line}-{number}"))
        gone += hit.end() - hit.start() - len(_mark_for(piece.text, hit))
    return marks


def _mark_for(text: str, hit: re.Match[str]) -> str:
    """Return the mark to leave where a note stood: none where the label stands before it already."""
    label = hit.group(1) or ""
    mark = f"[{label}]"
    return mark if label and mark not in text[: hit.start()] else ""


def find_notes(pieces: Sequence[Piece], zone_of: Sequence[Zone]) -> list[Found]:
    """Return what looks like notes, in order; which of them are notes is decided by their marks."""
    found: list[Found] = []
    for i, piece in enumerate(pieces):
        if piece.kind not in (BlockKind.PARAGRAPH, BlockKind.VERSE) or piece.within:
            continue
        note = _note_at(i, piece.text, zone_of[i])
        if note:
            found.append(note)
    return found


def _note_at(i: int, text: str, zone: Zone) -> Found | None:
    if text[0] not in "FfEe[{(*†‡§¶^↑¹²³⁰⁴⁵⁶⁷⁸⁹0123456789":
        return None
    hit = _BLOCK.match(text) or _BARE_BLOCK.match(text)
    if hit and text[hit.end() :].strip(" ]})"):
        sure = hit.group(1) or re.match(r"[\[{(](?:foot|end|fu)", text, re.IGNORECASE)
        return Found(Style.BLOCK, hit.group(1), i, hit.end(), zone, i + 1) if sure else None
    for style, start in _STARTS:
        hit = start.match(text)
        if hit:
            label = next(filter(None, hit.groups())).translate(_RAISED_DIGITS)
            back = _BACK.match(text, hit.end())
            return Found(style, label, i, back.end() if back else hit.end(), zone, i + 1)
    return None


def close_block(pieces: Sequence[Piece], note: Found) -> None:
    """Find where a note in brackets ends: at its closing bracket, paragraphs below included."""
    depth = 0
    for i in range(note.first, min(len(pieces), note.first + MAX_BLOCK_PIECES)):
        text = pieces[i].text
        depth += text.count("[") + text.count("{") - text.count("]") - text.count("}")
        if text.startswith("(") and i == note.first:
            depth += text.count("(") - text.count(")")
        if depth <= 0:
            note.end = i + 1
            return
    note.end = note.first + 1


def strip_block_end(text: str) -> str:
    """Return the text of a note's last piece without its closing bracket."""
    return text[:-1].rstrip() if text and text[-1] in "]})" else text


def set_keys(notes: Sequence[Found], taken: Sequence[Found]) -> None:
    """Give each note its key: its label, or where labels come again its chapter and its label."""
    labels = [note.label for note in notes]
    others = {note.key for note in taken}
    again = len(set(labels)) < len(labels) or bool(others & set(labels))
    chapter, last, used = 1, 0, set[str]()
    for number, note in enumerate(notes, 1):
        if note.label in used or (0 < note.value <= last):
            chapter, used = chapter + 1, set()
        used.add(note.label)
        last = note.value or last if note.label not in "*†‡§" else last
        if not note.label or note.label.startswith("@"):
            note.key = f"unnumbered-{note.label[1:] or number}"
        else:
            note.key = f"{chapter}:{note.label}" if again else note.label
