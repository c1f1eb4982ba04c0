"""Notes with a sign (*, †), which no number tells apart: each belongs to the nearest mark above it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from reader.importers.plaintext.lines import Piece
from reader.importers.plaintext.notes import Found, Style, Zone, set_keys
from reader.importers.plaintext.signs import Candidate, candidates

MAX_UNPAIRED_SIGNS = 3
"""With more lines that begin with a star and have no mark than this, stars are a list's."""
MAX_SIGN_DISTANCE = 14
"""How many pieces below its mark a note with a sign (*) may stand."""


def pair_signs(
    pieces: Sequence[Piece], own: list[Found], taken: Sequence[Found]
) -> tuple[list[Found], list[tuple[Candidate, str]]]:
    """Pair notes that bear a sign with the nearest mark above that does; each mark has one note."""
    starts = {note.first for note in own if note.label == "*"}
    lists = {note.first for note in own if {note.first - 1, note.first + 1} & starts and note.label == "*"}
    marks = list(candidates(pieces, Style.SIGN))
    by_label: dict[str, list[Candidate]] = defaultdict(list)
    for mark in marks:
        by_label[mark.labels[0]].append(mark)
    notes: list[Found] = []
    used: list[Candidate] = []
    for note in own:
        above = by_label[note.label]
        k = bisect_left(above, note.first, key=lambda mark: mark.piece)
        near = k > 0 and (note.first - above[k - 1].piece <= MAX_SIGN_DISTANCE or note.zone is Zone.NOTES)
        if near and note.first not in lists:
            notes.append(note)
            used.append(above.pop(k - 1))
    paired = {note.first for note in notes}
    bullets = [n for n in own if n.label == "*" and n.first not in paired and n.zone is not Zone.NOTES]
    if len(bullets) > MAX_UNPAIRED_SIGNS and len(bullets) > len(notes):
        kept = [(note, mark) for note, mark in zip(notes, used, strict=True) if note.label != "*"]
        notes, used = [note for note, _ in kept], [mark for _, mark in kept]
    for note in notes:
        note.end = note.first + 1
    set_keys(notes, taken)
    return notes, [(mark, note.key) for mark, note in zip(used, notes, strict=True)]
