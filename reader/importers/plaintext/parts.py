"""Lists, works cited, and quotations: what pieces are that are neither headings nor notes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from reader.article.model import BlockKind
from reader.importers.plaintext.headings import is_references_heading
from reader.importers.plaintext.lines import Layout, Piece, ends_sentence
from reader.importers.plaintext.looks import is_lead_in
from reader.importers.plaintext.pieces import starts_upper

MAX_WORK_LETTERS = 900
"""An entry of a list of works is no longer than this."""
MAX_LEAD_IN = 1600
MAX_QUOTED_PIECES = 3
"""How many paragraphs a quotation may have that only its mark at the end closes."""
MAX_LIST_GAP = 6
MAX_VERB_DISTANCE = 110
"""How many characters before the end of a lead-in its verb may stand."""

_BULLET = re.compile(r"^([•●◦▪‣∙·o*+-])\s+(?=\S)|^(–)\s+(?=\S)")
_NUMBER = re.compile(r"^(?:(\d{1,4})([.)])|\((\d{1,3})(\)))\s+(?=\S)")
_WORK = re.compile(
    r"\b1[4-9]\d\d\b|\b20\d\d\b|[«“\"_]|https?://|^———|^---|^[-–—]{2,}|\bs\. ?f\.|\bn\. ?d\.|^\[[^\]]+\]|ISBN"
)
_DIALOGUE = re.compile("^[\"“„«‘'—–-]")
_LAST_SENTENCE = re.compile(r"[.!?]\s+(?=[^.!?]*$)")


def mark_works(pieces: Sequence[Piece]) -> None:
    """Mark what stands below a heading of works cited as references, if most of it looks so."""
    i = 0
    while i < len(pieces):
        if pieces[i].kind is BlockKind.HEADING and is_references_heading(pieces[i]):
            end = i + 1
            while end < len(pieces) and pieces[end].kind is not BlockKind.HEADING:
                end += 1
            _mark_entries(pieces[i + 1 : end])
            i = end
        else:
            i += 1


def _mark_entries(pieces: Sequence[Piece]) -> None:
    entries = [
        p for p in pieces if p.kind in (BlockKind.PARAGRAPH, BlockKind.VERSE) and len(p.text) <= MAX_WORK_LETTERS
    ]
    signs = sum(_WORK.search(entry.text) is not None for entry in entries)
    if entries and signs >= 0.5 * len(entries):
        for entry in entries:
            entry.text = " ".join(row.strip() for row in entry.rows) if entry.kind is BlockKind.VERSE else entry.text
            entry.kind = BlockKind.REFERENCE


def mark_lists(pieces: Sequence[Piece]) -> None:
    """Mark bulleted and numbered items; a number alone, or out of its order, makes no item."""
    for i in sorted(_bulleted(pieces) | _numbered(pieces)):
        _make_item(pieces[i])


def _bulleted(pieces: Sequence[Piece]) -> set[int]:
    bullets: dict[str, list[int]] = {}
    for i, piece in enumerate(pieces):
        hit = _BULLET.match(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
        if hit:
            bullets.setdefault(hit[1] or hit[2], []).append(i)
    return {i for sign, places in bullets.items() if _are_items(pieces, sign, places) for i in places}


def _numbered(pieces: Sequence[Piece]) -> set[int]:
    items: set[int] = set()
    last: dict[tuple[str, int], tuple[int, int]] = {}
    for i, piece in enumerate(pieces):
        if piece.kind is BlockKind.HEADING:
            last.clear()
        hit = _NUMBER.match(piece.text) if piece.kind is BlockKind.PARAGRAPH else None
        if not hit:
            continue
        style, number = (hit[2] or "()", piece.indent), int(hit[1] or hit[3])
        before, value = last.get(style, (i, 0))
        if number == value + 1 and value and i - before <= MAX_LIST_GAP:
            items.update((before, i))
        last[style] = (i, number)
    return items


def _are_items(pieces: Sequence[Piece], sign: str, places: Sequence[int]) -> bool:
    """Return whether a sign begins items of a list; a dash may begin what a person says in a story."""
    if sign in "•●◦▪‣∙":
        return True
    near = sum(b - a <= 3 for a, b in itertools.pairwise(places))
    if sign in "–-":
        spoken = sum(
            pieces[i].text[-1] in "!?…" or " – " in pieces[i].text[2:] or " - " in pieces[i].text[2:] for i in places
        )
        return near >= 1 and spoken <= 0.4 * len(places)
    return near >= 1


def _make_item(piece: Piece) -> None:
    hit = _NUMBER.match(piece.text)
    piece.kind = BlockKind.LIST_ITEM
    if hit:
        piece.number = int(hit[1] or hit[3])
        cut = hit.end()
    else:
        bullet = _BULLET.match(piece.text)
        cut = bullet.end() if bullet else 0
    piece.text = piece.text[cut:]
    piece.marks = [(max(0, a - cut), b - cut, key) for a, b, key in piece.marks if b > cut]


def mark_quotations(pieces: Sequence[Piece], layout: Layout) -> None:
    """Mark quotations: by mail's sign, by their indent, or where a lead-in announces them."""
    for piece in pieces:
        if piece.within == ">" and piece.kind in (BlockKind.PARAGRAPH, BlockKind.VERSE):
            piece.kind = BlockKind.QUOTATION
    if layout.width and not layout.outdented:
        _mark_indented(pieces, layout)
    if not any(piece.kind is BlockKind.QUOTATION for piece in pieces):
        _mark_announced(pieces)


def _mark_indented(pieces: Sequence[Piece], layout: Layout) -> None:
    paragraphs = [p for p in pieces if p.kind is BlockKind.PARAGRAPH and len(p.rows) > 1]
    deep = [p for p in paragraphs if p.indent >= layout.indent + 2 and _is_set_as_text(p, layout)]
    if len(deep) <= 0.5 * len(paragraphs):
        for piece in deep:
            piece.kind, piece.within = BlockKind.QUOTATION, ">"


def _is_set_as_text(piece: Piece, layout: Layout) -> bool:
    """Return whether an indented piece is prose, and neither centred nor at the right margin."""
    longest = max(map(len, piece.rows))
    return piece.indent <= layout.indent + 12 and longest + piece.indent >= 0.6 * layout.width and len(piece.text) >= 60


def _mark_announced(pieces: Sequence[Piece]) -> None:
    i = 0
    while i + 1 < len(pieces):
        end = _end_of_quotation(pieces, i + 1) if _announces(pieces[i]) else i
        for piece in pieces[i + 1 : end]:
            piece.kind, piece.within = BlockKind.QUOTATION, ">"
        i = max(i + 1, end)


def _announces(piece: Piece) -> bool:
    """Return whether a paragraph ends by announcing somebody's words: openly, and with a verb for it."""
    text = piece.unmarked
    if piece.kind is not BlockKind.PARAGRAPH or piece.within or len(text) > MAX_LEAD_IN or not text:
        return False
    if ends_sentence(text) or text[-1] in ",;…-—":
        return False
    tail = text[-400:]
    stop = _LAST_SENTENCE.search(tail)
    return is_lead_in((tail[stop.end() :] if stop else tail)[-MAX_VERB_DISTANCE:])


def _end_of_quotation(pieces: Sequence[Piece], first: int) -> int:
    """Return the index after the announced paragraphs: one, or as many as reach the mark that closes them."""
    if not _may_be_quoted(pieces[first]):
        return first
    for i in range(first, min(len(pieces), first + MAX_QUOTED_PIECES)):
        if not _may_be_quoted(pieces[i]) or (i > first and _announces(pieces[i])):
            break
        if _is_closed_by_mark(pieces[i]):
            return i + 1
        if pieces[i].marks:
            break
    return first + 1


def _may_be_quoted(piece: Piece) -> bool:
    prose = piece.kind is BlockKind.PARAGRAPH and not piece.within and len(piece.text) >= 60
    return prose and starts_upper(piece.text) and not _DIALOGUE.match(piece.text)


def _is_closed_by_mark(piece: Piece) -> bool:
    return bool(piece.marks) and max(end for _, end, _ in piece.marks) >= len(piece.text.rstrip(" .\u00a0"))
