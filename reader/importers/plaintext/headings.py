"""Which pieces are headings, and of what level: first by sure signs, then by their looks and neighbours."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from reader.article.model import BlockKind
from reader.importers.dates import find_date
from reader.importers.plaintext.captions import is_caption_like, mark_captions
from reader.importers.plaintext.lines import Layout, Piece, ends_sentence
from reader.importers.plaintext.pieces import starts_upper
from reader.importers.plaintext.titles import MAX_TITLE, Form, Shape, is_chapter, is_end, long_section, shape_of
from reader.importers.plaintext.words import (
    FUNCTION_WORDS,
    NOTES_HEADING,
    OPEN_ENDING,
    REFERENCES_HEADING,
    SAYING,
    THINGS_SAID,
)

MAX_PLAIN_WORDS = 14
MAX_PLAIN_LETTERS = 100
MAX_CHAPTER_LETTERS = 260
"""A chapter's heading that says at length what is in it is no longer than this."""
MAX_TITLE_ROWS = 3
MAX_CAPITALS_SHARE = 0.4
"""If more of the pieces are in capitals than this, capitals say nothing."""
MAX_REPEATS = 3
"""A line that stands in a text more often than this is no heading: a speaker, a refrain."""
MANY_CHAPTERS = 3

_ASKING = re.compile(
    r"^(?:what|how|why|who|when|where|was|wie|warum|wer|que|qué|comment|pourquoi|qui|come|perché)\b", re.IGNORECASE
)
_NOT_PLAIN = re.compile(
    r"https?://|www\.|@\w|^[-–—•*·>|+]\s?|[|=]{2}|^\W+$|\.{4,}|\s\d{1,4}$.*\.{3}|^(?:PS|P\.S)\b|\[\d+\]$"
)
_CODE = re.compile(r"^(?:</|[/#{}$%&\\|*~])|->|::|\(\);?$|==|\s[=+]\s|\t|\S {3,}\S|[;{}\\]$")
_CONTACT = re.compile(r"^(?:tel|fax|e-?mail|phone|isbn|issn|doi)\b[ .:]", re.IGNORECASE)
_INNER_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?;]\s+[^\W\d_]")
_SPEECH = re.compile("^[\"“«„‘'—–].*[\"”»“’']$|^[—–-]\\s")

_STRUCTURED = (Form.CHAPTER, Form.NUMBERED, Form.ROMAN, Form.LETTER, Form.NUMERAL)


class _Candidates:
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
    shape = shape_of(piece.text) if len(piece.text) <= MAX_TITLE else None
    if shape or len(piece.rows) == 1 or len(piece.rows) > MAX_TITLE_ROWS or len(piece.text) > MAX_CHAPTER_LETTERS:
        return shape
    section = long_section(piece.text) if _is_set_off(piece) else None
    long_title = len(piece.text) > MAX_TITLE and is_chapter(piece.rows[0]) and not ends_sentence(piece.text)
    return section or (shape_of(piece.rows[0]) if long_title else None)


def mark_headings(pieces: list[Piece], layout: Layout) -> list[Piece]:
    """Return the pieces with their headings and captions marked; a title on a line of its own joins its number."""
    found = _Candidates(pieces, layout)
    _check_numbered(found)
    for form in (Form.ROMAN, Form.LETTER, Form.NUMERAL):
        _check_counted(found, form)
    _check_words(found)
    joined = _join_titles(found)
    _find_plain(found, joined)
    _set_levels(found)
    return [piece for i, piece in enumerate(pieces) if i not in joined]


def _check_numbered(found: _Candidates) -> None:
    """Keep numbered sections, and drop numbered items of lists, which follow each other without text between."""
    numbered = found.of(Form.NUMBERED)
    single = [(i, shape) for i, shape in numbered if abs(shape.rank) == 1]
    deep = [(i, shape) for i, shape in numbered if shape.rank > 1 and _stands_alone(found, i)]
    kept = {i for i, _ in deep if found.is_followed(i, by_any=_is_set_off(found.pieces[i]))}
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


def _is_set_off(piece: Piece) -> bool:
    return piece.blanks > 0 and piece.blanks_after > 0


def _opens_sections(found: _Candidates, i: int) -> bool:
    """Return whether the first of its sections stands right below a numbered heading: 3.1 below 3."""
    number = found.pieces[i].text.split(maxsplit=1)[0].rstrip(".):")
    return i + 1 in found.shapes and found.pieces[i + 1].text.startswith(f"{number}.1") and _is_set_off(found.pieces[i])


def _may_be_followed_by(found: _Candidates, i: int, shape: Shape) -> bool:
    """Return whether what stands next to a bare number's heading is text, or a section inside it."""
    after = found.shapes.get(i + 1)
    return after is None or shape.rank == 1 or (after.form is Form.NUMBERED and after.rank > 1)


def _is_next_item(found: _Candidates, i: int) -> bool:
    after = found.shapes.get(i + 1)
    return after is not None and after.form is Form.NUMBERED and abs(after.rank) == abs(found.shapes[i].rank)


def _stands_alone(found: _Candidates, i: int) -> bool:
    """Return whether a piece is set off as headings are in this file."""
    piece = found.pieces[i]
    if found.layout.width or found.layout.spaced:
        return piece.blanks > 0 or i == 0 or found.pieces[i - 1].kind is BlockKind.HEADING or i - 1 in found.shapes
    return True


def _check_counted(found: _Candidates, form: Form) -> None:
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


def _are_page_numbers(found: _Candidates, places: set[int]) -> bool:
    """Return whether numbers stand in the midst of sentences."""
    broken = sum(i > 0 and not ends_sentence(found.pieces[i - 1].text) and i - 1 not in found.shapes for i in places)
    return broken > 0.2 * len(places)


def _check_words(found: _Candidates) -> None:
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


def _is_capitals_heading(found: _Candidates, i: int) -> bool:
    if i == len(found.pieces) - 1 or not _stands_alone(found, i) or _looks_like_data(found.pieces[i].text):
        return False
    if i and found.pieces[i - 1].text.endswith((":", ",")) and i - 1 not in found.shapes:
        return False  # an inscription, which the text announces
    if len(found.of(Form.CHAPTER)) >= MANY_CHAPTERS and found.pieces[i].blanks < 2 and found.layout.width:
        return i - 1 in found.shapes
    return found.is_followed(i)


def _looks_like_data(text: str) -> bool:
    return bool(find_date(text)) or _CONTACT.match(text) is not None or "://" in text


def _join_titles(found: _Candidates) -> set[int]:
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


def _may_be_second_line(found: _Candidates, i: int) -> bool:
    piece = found.pieces[i]
    if piece.kind is not BlockKind.PARAGRAPH or len(piece.text) > MAX_PLAIN_LETTERS or piece.blanks > 2:
        return False
    if i + 1 >= len(found.pieces) or not starts_upper(piece.text) or _SPEECH.match(piece.text):
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
        and (not ends_sentence(piece.text) or _is_title_case(piece.text))
        and (found.pieces[i + 1].is_prose or found.pieces[i + 1].kind is not BlockKind.PARAGRAPH)
    )


def _is_title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() not in FUNCTION_WORDS]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _find_plain(found: _Candidates, joined: set[int]) -> None:
    """Add the headings that only their looks tell, after the captions, which look alike, are known."""
    possible = [i for i in range(len(found.pieces)) if i not in joined and _may_be_plain(found, i)]
    headings = set(found.shapes) | {i for i, piece in enumerate(found.pieces) if piece.kind is BlockKind.HEADING}
    captions = mark_captions(found.pieces, possible, headings, found.layout)
    texts = Counter(found.pieces[i].text for i in possible)
    plain = [i for i in possible if i not in captions and texts[found.pieces[i].text] <= MAX_REPEATS]
    short = set(plain) | headings
    kept = [i for i in plain if _is_plain_heading(found, i, short)]
    strict = len(found.of(Form.CHAPTER)) + len(found.of(Form.ROMAN)) >= MANY_CHAPTERS
    if strict and found.layout.width:
        kept = [i for i in kept if found.pieces[i].blanks >= 2]
    if len(kept) <= max(1, sum(piece.is_prose for piece in found.pieces)):
        for i in kept:
            found.shapes[i] = Shape(Form.PLAIN, title=found.pieces[i].text)


def _may_be_plain(found: _Candidates, i: int) -> bool:
    """Return whether a piece by itself looks as a heading or a caption may."""
    piece = found.pieces[i]
    text = piece.text
    if piece.kind is not BlockKind.PARAGRAPH or piece.within or i in found.shapes or len(text) > 2 * MAX_PLAIN_LETTERS:
        return False
    fits = len(piece.rows) <= (1 if not found.layout.width else 2)
    return fits and not _NOT_PLAIN.search(text) and not _CODE.search(text)


def _is_plain_heading(found: _Candidates, i: int, short: set[int]) -> bool:
    piece = found.pieces[i]
    return (
        len(piece.rows) == 1
        and _has_title_looks(piece.text)
        and _has_title_place(found, i)
        and _has_title_neighbours(found, i, short)
        and not is_lead_in(piece.text)
    )


def _has_title_looks(text: str) -> bool:
    if len(text) > MAX_PLAIN_LETTERS or text.count(" ") >= MAX_PLAIN_WORDS or not starts_upper(text):
        return False
    if (
        text[-1] in ".,;:…"
        or OPEN_ENDING.search(text)
        or _INNER_SENTENCE.search(text)
        or _SPEECH.match(text)
        or is_end(text)
    ):
        return False
    return not (_looks_like_data(text) or is_caption_like(text) or text[0] in "([*") and any(map(str.isalpha, text))


def _has_title_place(found: _Candidates, i: int) -> bool:
    """Return whether a piece stands where headings stand in a file of this layout."""
    piece, layout = found.pieces[i], found.layout
    if layout.outdented:
        return piece.indent < layout.indent and piece.blanks > 0
    if layout.width:
        margin = piece.indent <= layout.indent or found.is_centred(i)
        return margin and (piece.blanks > 0 or i == 0) and piece.indent + len(piece.text) < 0.85 * layout.width
    return not layout.spaced or piece.blanks > 0 or i == 0


def _has_title_neighbours(found: _Candidates, i: int, short: set[int]) -> bool:
    if i + 1 >= len(found.pieces):
        return False
    after = found.pieces[i + 1]
    before = found.pieces[i - 1] if i else None
    if before is None and (i + 1 in short or i + 1 in found.shapes):
        return False  # a second line of the title
    if before is not None and not _may_precede_title(before, i - 1 in short):
        return False
    if i + 1 in short or after.kind is BlockKind.CAPTION:
        return found.is_followed(i) or _prose_within(found, i + 1)
    return after.is_prose or after.kind is not BlockKind.PARAGRAPH or len(after.rows) > 1 or after.text.endswith(":")


def _may_precede_title(before: Piece, short: bool) -> bool:
    """Return whether a heading may follow a piece: it is no short line, and announces nothing."""
    if before.kind is not BlockKind.PARAGRAPH:
        return True
    return not before.text.endswith((":", ",")) and (short or before.is_prose or bool(before.within))


def _prose_within(found: _Candidates, i: int) -> bool:
    """Return whether running text comes after at most two short pieces."""
    return any(piece.is_prose for piece in found.pieces[i + 1 : i + 3])


def is_lead_in(text: str) -> bool:
    """Return whether a line announces what somebody says: a sentence with such a verb, and no title."""
    return SAYING.search(THINGS_SAID.sub("", text)) is not None and not _ASKING.match(text) and not _is_title_case(text)


def _set_levels(found: _Candidates) -> None:
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
