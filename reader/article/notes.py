"""The pairing of footnote marks with their notes, and what is left over on either side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reader.article.model import Article, Block, Mark

# A key that can be shown as it is: digits, one sign, one letter, or a short Roman numeral.
_SHOWABLE = re.compile(r"\d{1,4}[a-z]?|[*†‡§‖¶#]{1,3}|[A-Za-z]|[ivxlcIVXLC]{1,6}")


class MarkPlace(NamedTuple):
    """A mark and where it stands: ``passage`` indexes the article's passages (see ``text``)."""

    passage: int
    mark: Mark


def labels(keys: Iterable[str]) -> dict[str, str]:
    """Return what a reader sees for each key, keys given in reading order.

    What follows a key's last colon is shown where it looks like a note's number (``2:1`` is note 1
    of chapter 2); any other key is counted, from 1, skipping numbers that are taken.
    """
    shown: dict[str, str] = {}
    counted: list[str] = []
    for key in dict.fromkeys(keys):
        tail = key.rpartition(":")[2]
        if _SHOWABLE.fullmatch(tail):
            shown[key] = tail
        else:
            counted.append(key)
    taken = set(shown.values())
    number = 0
    for key in counted:
        number += 1
        while str(number) in taken:
            number += 1
        shown[key] = str(number)
    return shown


def passages(article: Article) -> Iterator[Block]:
    """Yield the blocks of the body, then those of the notes: the order of the canonical text."""
    yield from article.blocks
    for note in article.notes:
        yield from note.blocks


def marks_by_note(article: Article) -> dict[str, list[MarkPlace]]:
    """Return for each key that is marked, its marks in the order of the canonical text."""
    found: dict[str, list[MarkPlace]] = {}
    for index, block in enumerate(passages(article)):
        for mark in block.marks:
            found.setdefault(mark.note, []).append(MarkPlace(index, mark))
    return found


def keys_in_reading_order(blocks: Iterable[Block], notes: Iterable[tuple[str, Iterable[Block]]]) -> list[str]:
    """Return every key once: marked ones by first mark, then notes that nothing marks."""
    notes = list(notes)
    order = dict.fromkeys(mark.note for block in blocks for mark in block.marks)
    for _, inside in notes:
        order.update(dict.fromkeys(mark.note for block in inside for mark in block.marks if mark.note not in order))
    order.update(dict.fromkeys(key for key, _ in notes if key not in order))
    return list(order)


def orphan_notes(article: Article) -> tuple[str, ...]:
    """Return the keys of notes that no mark points to."""
    marked = marks_by_note(article)
    return tuple(note.key for note in article.notes if note.key not in marked)


def orphan_marks(article: Article) -> tuple[str, ...]:
    """Return the keys of marks that no note answers, each once, in reading order."""
    known = {note.key for note in article.notes}
    return tuple(key for key in marks_by_note(article) if key not in known)
