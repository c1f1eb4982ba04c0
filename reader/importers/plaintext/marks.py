"""Marks of notes in the text, and which of what looks like notes and marks belongs together.

Nothing is a note for its looks alone, save ``[Footnote 1: …]`` and numbered brackets below a heading
that says notes: a mark before it must bear its label. A year, a citation, an item of a list stays text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Piece
from reader.importers.plaintext.notes import MAX_GAP, Found, Style, Zone, close_block, is_sure_heading, set_keys
from reader.importers.plaintext.pieces import starts_upper
from reader.importers.plaintext.signed import pair_signs
from reader.importers.plaintext.signs import (
    Candidate,
    candidates,
    counting_up,
    is_attached,
    split_digits,
    stands_as_mark,
)
from reader.importers.plaintext.titles import Form, shape_of
from reader.importers.plaintext.words import REFERENCES_HEADING

MIN_PAIRED = 0.5
"""At least so many of the notes of one style must have a mark."""
MAX_NOTES_SHARE = 0.7
"""If more of a text than this is notes, they are numbered paragraphs."""
MAX_BELOW = 4
"""How many pieces below its mark a note in round brackets may stand where no heading says notes."""

_FIRST_LETTERS = frozenset("AaIi")
"""Letters count from A, or as Roman numerals from i: [N] alone stands for a number."""
_FOR_STYLE = {
    Style.BLOCK: (Style.BRACKET, Style.RAISED, Style.ROUND, Style.SIGN),
    Style.BRACKET: (Style.BRACKET, Style.RAISED),
    Style.RAISED: (Style.RAISED, Style.BRACKET),
    Style.ROUND: (Style.ROUND, Style.RAISED, Style.BRACKET, Style.PLAIN),
    Style.SIGN: (Style.SIGN,),
    Style.PLAIN: (Style.BRACKET, Style.RAISED, Style.ROUND, Style.PLAIN),
}


class Pairing(NamedTuple):
    """The notes of a text and the marks of each; a mark's key is for each of its labels."""

    notes: list[Found]
    marks: list[tuple[Candidate, str]]


def pair(pieces: Sequence[Piece], possible: Sequence[Found]) -> Pairing:
    """Return the notes among what looks like notes, each with its marks."""
    notes: list[Found] = []
    marks: list[tuple[Candidate, str]] = []
    for style in Style:
        own = [note for note in possible if note.style is style]
        if own:
            taken, used = _pair_style(pieces, own, style, notes)
            notes += taken
            marks += used
    notes.sort(key=lambda note: note.first)
    return Pairing(notes, marks)


def _pair_style(
    pieces: Sequence[Piece], own: list[Found], style: Style, taken: Sequence[Found]
) -> tuple[list[Found], list[tuple[Candidate, str]]]:
    inside = {i for note in taken for i in range(note.first, note.end)}
    own = [note for note in own if note.first not in inside]
    if style is Style.SIGN:
        return pair_signs(pieces, own, taken)
    own = _plausible(pieces, own, style)
    if not own:
        return [], []
    labels = {note.label for note in own}
    zoned = any(note.zone is Zone.NOTES for note in own)
    best: list[Candidate] = []
    best_notes: list[Found] = []
    for printed in _FOR_STYLE[style]:
        if style is Style.PLAIN and printed > Style.RAISED and not zoned:
            break
        marks = _marks_for(pieces, own, printed, zoned)
        paired = _paired(own, marks)
        if len(paired) > len(best_notes):
            best, best_notes = [mark for mark in marks if labels & {*mark.labels} or printed <= Style.RAISED], paired
    notes = _accepted(pieces, own, best_notes, style, best)
    if not notes:
        return [], []
    _set_extents(pieces, notes, best)
    set_keys(notes, taken)
    return notes, _assign(pieces, notes, best)


def _marks_for(pieces: Sequence[Piece], own: list[Found], printed: Style, zoned: bool) -> list[Candidate]:
    """Return what may be marks of these notes, printed in one style; ``zoned`` tells that a heading says notes."""
    marks = [mark for mark in candidates(pieces, printed) if not _is_own_label(mark, own)]
    if printed is Style.ROUND and not zoned:
        return [mark for mark in marks if stands_as_mark(pieces[mark.piece].text, mark)]
    if printed is Style.RAISED:
        labels = {note.label for note in own}
        return [split_digits(mark, labels) for mark in marks]
    if printed is Style.PLAIN:
        return counting_up(marks, {note.label for note in own if note.zone is Zone.NOTES})
    return marks


def _is_own_label(mark: Candidate, notes: Sequence[Found]) -> bool:
    """Return whether a candidate is the label that a note begins with."""
    if mark.start:
        return False
    k = bisect_left(notes, mark.piece, key=lambda note: note.first)
    return k < len(notes) and notes[k].first == mark.piece


def _plausible(pieces: Sequence[Piece], own: list[Found], style: Style) -> list[Found]:
    """Return the notes without those whose place says that they are something else."""
    if style in (Style.ROUND, Style.PLAIN):
        trailing = _trailing(pieces, own) | (_below_their_marks(pieces, own) if style is Style.ROUND else set())
        own = [note for note in own if note.zone is Zone.NOTES or note.first in trailing]
    if style is Style.PLAIN:
        own = [note for note in own if note.zone is Zone.NOTES or _begins_as_note(pieces[note.first].text, note)]
    if style is Style.BRACKET and not any(note.label in _FIRST_LETTERS for note in own):
        own = [note for note in own if not note.label.isalpha()]
    outside = sum(len(pieces[note.first].text) for note in own if note.zone is not Zone.NOTES)
    if style is not Style.BLOCK and outside > MAX_NOTES_SHARE * sum(len(piece.text) for piece in pieces):
        return []
    return own


def _begins_as_note(text: str, note: Found) -> bool:
    """Return whether text after a bare number may be a note: it begins as a sentence, and is no heading."""
    return not is_sure_heading(text) and starts_upper(text[note.cut :]) and not text[note.cut].isdigit()


def _trailing(pieces: Sequence[Piece], own: Sequence[Found]) -> set[int]:
    """Return the first pieces of notes that end the text, or follow a rule, counted up from 1."""
    found: set[int] = set()
    run: list[Found] = []
    for note in own:
        if run and note.value == run[-1].value + 1 and note.first - run[-1].first <= MAX_GAP:
            run.append(note)
        else:
            run = [note]
        after = note.first + 1
        ends = after >= len(pieces) or (
            note.style is not Style.PLAIN
            and (is_sure_heading(pieces[after].text) or pieces[after].kind is BlockKind.HEADING)
        )
        begins = run[0].first > 0 and pieces[run[0].first - 1].kind is BlockKind.RULE
        if (ends or begins) and (run[0].value == 1 or note.style is not Style.PLAIN):
            found.update(one.first for one in run)
    return found


def _below_their_marks(pieces: Sequence[Piece], own: Sequence[Found]) -> set[int]:
    """Return the first pieces of notes that stand just below the paragraph with their mark, in most cases."""
    places: dict[str, list[int]] = defaultdict(list)
    for mark in candidates(pieces, Style.ROUND):
        if stands_as_mark(pieces[mark.piece].text, mark):
            places[mark.labels[0]].append(mark.piece)
    near: set[int] = set()
    for note in own:
        k = bisect_left(places[note.label], note.first)
        if k and note.first - places[note.label][k - 1] <= MAX_BELOW:
            near.add(note.first)
    return near if len(near) >= 0.8 * len(own) else set()


def _paired(own: Sequence[Found], marks: Sequence[Candidate]) -> list[Found]:
    """Return the notes that a mark before them bears the label of; notes that share a label need a mark each."""
    places: dict[str, list[int]] = defaultdict(list)
    for mark in marks:
        for label in mark.labels:
            places[label].append(mark.piece)
    used: dict[str, int] = defaultdict(int)
    paired: list[Found] = []
    for note in own:
        if bisect_left(places[note.label], note.first) > used[note.label]:
            used[note.label] += 1
            paired.append(note)
    return paired


def _accepted(
    pieces: Sequence[Piece], own: list[Found], paired: list[Found], style: Style, marks: Sequence[Candidate]
) -> list[Found]:
    if style is Style.BLOCK:
        return own
    works = [note for note in own if note.zone is Zone.WORKS]
    if works and _are_citations(pieces, works, marks):
        own = [note for note in own if note.zone is not Zone.WORKS]
        paired = [note for note in paired if note.zone is not Zone.WORKS]
    zoned = [note for note in own if note.zone is Zone.NOTES]
    if len(paired) >= MIN_PAIRED * len(own) and paired:
        return own if style is not Style.PLAIN or zoned or len(paired) >= 0.8 * len(own) else []
    if style <= Style.RAISED and (closing := _closing_runs(pieces, own, paired)):
        return closing
    in_zone = [note for note in paired if note.zone is Zone.NOTES]
    if zoned and (style <= Style.RAISED or len(in_zone) >= MIN_PAIRED * len(zoned)):
        return zoned
    return paired if len(paired) > 2 and style <= Style.RAISED else []


def _closing_runs(pieces: Sequence[Piece], own: Sequence[Found], paired: Sequence[Found]) -> list[Found]:
    """Return the notes of runs that count up from 1, end a chapter or the text, and have a mark for one of them."""
    trailing = _trailing(pieces, own)
    marked = {note.first for note in paired}
    runs: list[list[Found]] = []
    for note in own:
        goes_on = runs and note.value == runs[-1][-1].value + 1 and note.first - runs[-1][-1].first <= MAX_GAP
        if goes_on:
            runs[-1].append(note)
        elif note.value == 1:
            runs.append([note])
    return [
        note
        for run in runs
        if len(run) > 1 and run[-1].first in trailing and any(one.first in marked for one in run)
        for note in run
    ]


def _are_citations(pieces: Sequence[Piece], works: Sequence[Found], marks: Sequence[Candidate]) -> bool:
    """Return whether numbered entries below “References” are works cited by number, and no notes.

    They are where every entry has a number and the numbers in the text stand free, like words.
    """
    before = pieces[works[0].first - 1].text if works[0].first else ""
    if not (REFERENCES_HEADING.match(before) or before.startswith("[")):
        return False
    attached = sum(is_attached(pieces[mark.piece].text, mark) for mark in marks)
    return attached < 0.5 * max(1, len(marks))


def _set_extents(pieces: Sequence[Piece], notes: list[Found], marks: Sequence[Candidate]) -> None:
    """Find where each note ends: paragraphs without a label go on with it, where the next one's mark shows it."""
    marked = sorted((label, mark.piece) for mark in marks for label in mark.labels)
    for note, after in zip(notes, [*notes[1:], None], strict=True):
        if note.style is Style.BLOCK:
            close_block(pieces, note)
            continue
        note.end = note.first + 1
        limit = after.first if after else len(pieces)
        gap = limit - note.end
        if after and 0 < gap < MAX_GAP and _is_between_notes(pieces, note, after, marked):
            note.end = limit
        while note.end < limit and _is_continuation(pieces, note):
            note.end += 1


def _is_between_notes(pieces: Sequence[Piece], note: Found, after: Found, marked: Sequence[tuple[str, int]]) -> bool:
    if after.value != note.value + 1 or not note.value:
        return False
    if any(piece.kind is BlockKind.HEADING or is_sure_heading(piece.text) for piece in pieces[note.end : after.first]):
        return False
    k = bisect_left(marked, (after.label, note.first))
    in_gap = k < len(marked) and marked[k][0] == after.label and marked[k][1] < after.first
    earlier = k > 0 and marked[k - 1][0] == after.label
    return not in_gap and (earlier or note.zone is Zone.NOTES)


def _is_continuation(pieces: Sequence[Piece], note: Found) -> bool:
    first, piece = pieces[note.first], pieces[note.end]
    return (
        piece.indent >= first.indent + 2
        and piece.kind in (BlockKind.PARAGRAPH, BlockKind.VERSE)
        and not is_sure_heading(piece.text)
        and note.end - note.first < MAX_GAP
    )


def _assign(pieces: Sequence[Piece], notes: Sequence[Found], marks: Sequence[Candidate]) -> list[tuple[Candidate, str]]:
    """Return each mark with the key of its note: the next below it that bears its label."""
    by_label: dict[str, list[Found]] = defaultdict(list)
    for one in notes:
        by_label[one.label].append(one)
    runs = _runs(pieces, notes, marks)
    inside = _owners(notes)
    out: list[tuple[Candidate, str]] = []
    expected = 0
    for number, mark in enumerate(marks):
        for label in mark.labels:
            note = _note_for(by_label.get(label, ()), mark, runs[number] if runs else -1, inside)
            if note:
                out.append((mark, note.key))
                expected = note.value + 1 if note.value >= expected - 1 else expected
            elif _is_orphan(label, expected, by_label, mark, marks, number):
                out.append((mark, _orphan_key(label, notes)))
                expected = int(label) + 1
    return out


def _orphan_key(label: str, notes: Sequence[Found]) -> str:
    return f"0:{label}" if any(":" in note.key for note in notes) else label


def _note_for(notes: Sequence[Found], mark: Candidate, run: int, inside: dict[int, Found]) -> Found | None:
    if not notes:
        return None
    if run >= 0:
        return notes[run] if run < len(notes) else notes[-1]
    k = bisect_left(notes, mark.piece, key=lambda note: note.first)
    if k < len(notes) and notes[k].first == mark.piece:
        k += mark.start > 0  # a note does not mark itself
    if mark.piece in inside:  # a mark inside a note may point to an earlier one
        return notes[k] if k < len(notes) else (notes[-1] if notes[-1] is not inside[mark.piece] else None)
    if k < len(notes):
        return notes[k]
    return notes[-1] if len(notes) == 1 and notes[0].zone is not Zone.TEXT else None


def _owners(notes: Sequence[Found]) -> dict[int, Found]:
    return {i: note for note in notes for i in range(note.first, note.end)}


def _runs(pieces: Sequence[Piece], notes: Sequence[Found], marks: Sequence[Candidate]) -> list[int]:
    """Return for each mark which count from 1 it belongs to, where all notes stand after all marks.

    Empty where labels do not come again, or notes stand between the marks.
    """
    labels = [note.label for note in notes]
    outside = [mark for mark in marks if mark.piece < notes[0].first]
    if len(set(labels)) == len(labels) or not outside or len(outside) < 0.9 * len(marks):
        return []
    runs: list[int] = []
    run, last, place = 0, 0, 0
    for mark in marks:
        value = int(mark.labels[0]) if mark.labels[0].isdecimal() else 0
        if value == 1 and (last > 1 or (last == 1 and _has_heading(pieces, place, mark.piece))):
            run += 1
        last, place = value or last, mark.piece
        runs.append(run)
    return runs


def _has_heading(pieces: Sequence[Piece], first: int, end: int) -> bool:
    """Return whether a chapter begins between two pieces."""
    for piece in pieces[first + 1 : end]:
        shape = shape_of(piece.text) if len(piece.text) < 100 and piece.text else None
        if piece.kind is BlockKind.HEADING or (shape and shape.form is not Form.NUMBERED):
            return True
    return False


def _is_orphan(
    label: str,
    expected: int,
    known: dict[str, list[Found]],
    mark: Candidate,
    marks: Sequence[Candidate],
    number: int,
) -> bool:
    """Return whether a mark that no note answers is a mark all the same: it counts on from the last."""
    if mark.style not in (Style.BRACKET, Style.RAISED) or not label.isdecimal() or label in known or len(label) > 3:
        return False
    following = next((one.labels[0] for one in marks[number + 1 : number + 2]), "")
    counts_on = int(label) == expected and expected > 0
    return counts_on or (0 < expected < int(label) and following == str(int(label) + 1) and following in known)
