"""Which pieces are headings, and of what level: first by sure signs, then by their looks and neighbours."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from reader.article.model import BlockKind
from reader.importers.plaintext.grounds import Grounds, is_set_off
from reader.importers.plaintext.lines import Layout, Piece, ends_sentence
from reader.importers.plaintext.looks import (
    MANY_CHAPTERS,
    MAX_PLAIN_LETTERS,
    MAX_PLAIN_WORDS,
    MAX_REPEATS,
    SPEECH,
    find_plain,
    is_title_case,
    looks_like_data,
)
from reader.importers.plaintext.pieces import starts_upper
from reader.importers.plaintext.titles import MAX_TITLE, Form, Shape
from reader.importers.plaintext.words import NOTES_HEADING, REFERENCES_HEADING

MAX_CAPITALS_SHARE = 0.4
"""If more of the pieces are in capitals than this, capitals say nothing."""
_STRUCTURED = (Form.CHAPTER, Form.NUMBERED, Form.ROMAN, Form.LETTER, Form.NUMERAL)


def mark_headings(pieces: list[Piece], layout: Layout) -> list[Piece]:
    """Return the pieces with their headings and captions marked; a title on a line of its own joins its number."""
    found = Grounds(pieces, layout)
    _check_numbered(found)
    for form in (Form.ROMAN, Form.LETTER, Form.NUMERAL):
        _check_counted(found, form)
    _check_words(found)
    joined = _join_titles(found)
    find_plain(found, joined)
    _set_levels(found)
    return [piece for i, piece in enumerate(pieces) if i not in joined]


def _check_numbered(found: Grounds) -> None:
    """Keep numbered sections, and drop numbered items of lists, which follow each other without text between."""
    numbered = found.of(Form.NUMBERED)
    single = [(i, shape) for i, shape in numbered if abs(shape.rank) == 1]
    deep = [(i, shape) for i, shape in numbered if shape.rank > 1 and _stands_alone(found, i)]
    kept = {i for i, _ in deep if found.is_followed(i, by_any=is_set_off(found.pieces[i]))}
    following = [
        i
        for i, shape in single
        if _opens_sections(found, i) or (found.is_followed(i) and _may_be_followed_by(found, i, shape))
    ]
    lone = [i for i in following if _stands_alone(found, i) and not _is_next_item(found, i)]
    numbers = [found.shapes[i].number for i in lone]
    rising = sum(b == a + 1 for a, b in itertools.pairwise(numbers))
    bare = any(found.shapes[i].rank < 0 for i in lone)
    if len(lone) >= 0.6 * len(single) and (rising >= (2 if bare else 1) or kept):
        kept.update(lone)
    found.keep(Form.NUMBERED, kept)


def _opens_sections(found: Grounds, i: int) -> bool:
    """Return whether the first of its sections stands right below a numbered heading: 3.1 below 3."""
    number = found.pieces[i].text.split(maxsplit=1)[0].rstrip(".):")
    return i + 1 in found.shapes and found.pieces[i + 1].text.startswith(f"{number}.1") and is_set_off(found.pieces[i])


def _may_be_followed_by(found: Grounds, i: int, shape: Shape) -> bool:
    """Return whether what stands next to a bare number's heading is text, or a section inside it."""
    after = found.shapes.get(i + 1)
    return after is None or shape.rank == 1 or (after.form is Form.NUMBERED and after.rank > 1)


def _is_next_item(found: Grounds, i: int) -> bool:
    after = found.shapes.get(i + 1)
    return after is not None and after.form is Form.NUMBERED and abs(after.rank) == abs(found.shapes[i].rank)


def _stands_alone(found: Grounds, i: int) -> bool:
    """Return whether a piece is set off as headings are in this file."""
    piece = found.pieces[i]
    if found.layout.width or found.layout.spaced:
        return piece.blanks > 0 or i == 0 or found.pieces[i - 1].kind is BlockKind.HEADING or i - 1 in found.shapes
    return True


def _check_counted(found: Grounds, form: Form) -> None:
    """Keep numerals that count up, from 1 or on from another, with text after each."""
    places = [(i, shape) for i, shape in found.of(form) if found.is_followed(i) and _stands_alone(found, i)]
    titled = [(i, shape) for i, shape in places if shape.title]
    kept = _counting(titled) | _counting([(i, shape) for i, shape in places if not shape.title])
    if form is Form.NUMERAL and _are_page_numbers(found, kept):
        kept = set()
    found.keep(form, kept)


def _counting(places: Sequence[tuple[int, Shape]]) -> set[int]:
    """Return the indices of numerals that count up, or begin again at 1 after some that did."""
    kept: set[int] = set()
    for (i, a), (j, b) in itertools.pairwise(places):
        if b.number == a.number + 1 and j > i + 1:
            kept.update((i, j))
        elif b.number == 1 and i in kept:
            kept.add(j)
    return kept


def _are_page_numbers(found: Grounds, places: set[int]) -> bool:
    """Return whether numbers stand in the midst of sentences."""
    broken = sum(i > 0 and not ends_sentence(found.pieces[i - 1].text) and i - 1 not in found.shapes for i in places)
    return broken > 0.2 * len(places)


def _check_words(found: Grounds) -> None:
    """Keep lines in capitals and lines of well-known words where they stand as headings."""
    texts = Counter(piece.text for piece in found.pieces if len(piece.text) <= MAX_TITLE)
    capitals = found.of(Form.CAPITALS)
    limit = MAX_CAPITALS_SHARE * len(found.pieces)
    kept = {i for i, _ in capitals if texts[found.pieces[i].text] <= MAX_REPEATS and _is_capitals_heading(found, i)}
    found.keep(Form.CAPITALS, kept if len(kept) <= max(limit, 2) else set())
    last = len(found.pieces) - 1
    named = {i for i, _ in found.of(Form.NAMED) if i < last and (_stands_alone(found, i) or not found.layout.width)}
    found.keep(Form.NAMED, named)
    chapters = {i for i, _ in found.of(Form.CHAPTER) if i < last and (_stands_alone(found, i) or found.pieces[i].sure)}
    found.keep(Form.CHAPTER, chapters)


def _is_capitals_heading(found: Grounds, i: int) -> bool:
    if i == len(found.pieces) - 1 or not _stands_alone(found, i) or looks_like_data(found.pieces[i].text):
        return False
    if i and found.pieces[i - 1].text.endswith((":", ",")) and i - 1 not in found.shapes:
        return False  # an inscription, which the text announces
    if len(found.of(Form.CHAPTER)) >= MANY_CHAPTERS and found.pieces[i].blanks < 2 and found.layout.width:
        return i - 1 in found.shapes
    return found.is_followed(i)


def _join_titles(found: Grounds) -> set[int]:
    """Join a title on its own line to the numeral or the chapter's number before it."""
    joined: set[int] = set()
    for i in sorted(found.shapes):
        shape = found.shapes.get(i)
        if shape is None or shape.title or shape.form not in _STRUCTURED or i + 1 >= len(found.pieces):
            continue
        title = found.pieces[i + 1]
        other = found.shapes.get(i + 1)
        if other is not None and other.form in _STRUCTURED:
            continue
        if _may_be_second_line(found, i + 1):
            piece = found.pieces[i]
            piece.text = f"{piece.text} {title.text}"
            piece.rows += title.rows
            piece.blanks_after = title.blanks_after
            found.shapes.pop(i + 1, None)
            found.shapes[i] = shape._replace(title=title.text)
            joined.add(i + 1)
    return joined


def _may_be_second_line(found: Grounds, i: int) -> bool:
    piece = found.pieces[i]
    if piece.kind is not BlockKind.PARAGRAPH or len(piece.text) > MAX_PLAIN_LETTERS or piece.blanks > 2:
        return False
    if i + 1 >= len(found.pieces) or not starts_upper(piece.text) or SPEECH.match(piece.text):
        return False
    short = len(piece.text.split()) <= MAX_PLAIN_WORDS and piece.text[-1] not in ",;:"
    named = found.shapes.get(i)
    if (named is not None and named.form is Form.NAMED and piece.blanks) or piece.text[0] in "_[(":
        return False
    below = found.shapes.get(i + 1)
    if below is not None and below.form in _STRUCTURED and not ends_sentence(piece.text):
        return len(piece.text.split()) <= MAX_PLAIN_WORDS
    return (
        short
        and (not ends_sentence(piece.text) or is_title_case(piece.text))
        and (found.pieces[i + 1].is_prose or found.pieces[i + 1].kind is not BlockKind.PARAGRAPH)
    )


def _set_levels(found: Grounds) -> None:
    """Give each heading its level: the forms that a text uses are nested in the order of the forms."""
    structured = sorted(i for i, shape in found.shapes.items() if shape.form in _STRUCTURED)
    steps = sorted({_step(shape) for shape in found.shapes.values() if shape.form is not Form.NAMED})
    base = {step: level for level, step in enumerate(steps, 1)}
    for i, shape in found.shapes.items():
        piece = found.pieces[i]
        outside = bool(structured) and not structured[0] < i < structured[-1]
        level = 1 if shape.form is Form.NAMED or (outside and shape.form >= Form.NAMED) else base[_step(shape)]
        if shape.form is Form.NUMBERED:
            level += max(1, shape.rank) - 1
        piece.kind, piece.level, piece.sure = BlockKind.HEADING, min(level, 6), shape.form is not Form.PLAIN
    headings = [piece for piece in found.pieces if piece.kind is BlockKind.HEADING]
    above = min((piece.level for piece in headings), default=1) - 1
    for piece in headings:
        piece.level -= above


def _step(shape: Shape) -> tuple[int, int]:
    """Return what orders the forms of headings; a bare Roman numeral stands below one with a title."""
    if shape.form is Form.ROMAN:
        return shape.form, 0 if shape.title else 1
    return shape.form, shape.rank if shape.form is Form.CHAPTER else 0


def is_notes_heading(piece: Piece) -> bool:
    """Return whether a piece is the heading of notes."""
    return len(piece.text) < 60 and NOTES_HEADING.match(piece.text) is not None


def is_references_heading(piece: Piece) -> bool:
    """Return whether a piece is the heading of a list of works."""
    return len(piece.text) < 60 and REFERENCES_HEADING.match(piece.text) is not None
