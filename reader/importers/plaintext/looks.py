"""Headings that no word or number tells, but only their looks, their place and what stands around them."""

from __future__ import annotations

import re
from collections import Counter

from reader.article.model import BlockKind
from reader.importers.dates import find_date
from reader.importers.plaintext.captions import is_caption_like, mark_captions
from reader.importers.plaintext.grounds import Grounds
from reader.importers.plaintext.lines import Layout, Piece
from reader.importers.plaintext.pieces import starts_upper
from reader.importers.plaintext.titles import Form, Shape, is_end
from reader.importers.plaintext.words import FUNCTION_WORDS, OPEN_ENDING, SAYING, THINGS_SAID

MAX_PLAIN_WORDS = 14
MAX_PLAIN_LETTERS = 100
MAX_REPEATS = 3
"""A line that stands in a text more often than this is no heading: a speaker, a refrain."""
MANY_CHAPTERS = 3

_ASKING = re.compile(
    r"^(?:what|how|why|who|when|where|was|wie|warum|wer|que|qué|comment|pourquoi|qui|come|perché)\b", re.IGNORECASE
)
_NOT_PLAIN = re.compile(
    r"https?://|www\.|@\w|^[-–—•*·>|+]\s?|[|=]{2}|^\W+$|\.{4,}|\s\d{1,4}$.*\.{3}|^(?:PS|P\.S)\b|\[\d+\]$"
)
_CODE = re.compile(
    r"^(?:</|[/#{}$%&\\|*~])|->|::|\(\);?$|==|\s[=+]\s|\t|\S {3,}\S|[;{}\\>]$|^\.\w|\w_\w|^\S+=|\s\w+=\S|/\w+/|\(\d\)$"
)
_ITEM = re.compile(r"^[*•·o+-]\s+[^\W\d_A-ZÀ-Þ]")
"""An item that begins small goes on with the sentence before the list."""
_CONTACT = re.compile(
    r"^(?:(?:tel|fax|e-?mail|phone|isbn|issn|doi)\b[ .:]|copyright\b.*\d|©|\(c\)|version:? \d)|(?:©|\(c\))\s*\d{4}",
    re.IGNORECASE,
)
_INNER_SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?;]\s+[^\W\d_]")
SPEECH = re.compile("^[\"“«„‘'—–].*[\"”»“’']$|^[—–-]\\s")


def find_plain(found: Grounds, joined: set[int]) -> None:
    """Add the headings that only their looks tell, after the captions, which look alike, are known."""
    possible = [i for i in range(len(found.pieces)) if i not in joined and _may_be_plain(found, i)]
    headings = set(found.shapes) | {i for i, piece in enumerate(found.pieces) if piece.kind is BlockKind.HEADING}
    captions = mark_captions(found.pieces, possible, headings, found.layout)
    texts = Counter(found.pieces[i].text for i in possible)
    plain = [i for i in possible if i not in captions and texts[found.pieces[i].text] <= MAX_REPEATS]
    short = set(plain) | headings
    kept = [i for i in plain if _is_plain_heading(found, i, short)]
    chapters = found.of(Form.CHAPTER) + found.of(Form.ROMAN)
    spacious = sum(found.pieces[i].blanks >= 2 for i, _ in chapters) >= 0.5 * len(chapters)
    strict = len(chapters) >= MANY_CHAPTERS and spacious
    if strict and found.layout.width:
        kept = [i for i in kept if found.pieces[i].blanks >= 2]
    if len(kept) <= max(1, sum(piece.is_prose for piece in found.pieces)):
        for i in kept:
            found.shapes[i] = Shape(Form.PLAIN, title=found.pieces[i].text)


def _may_be_plain(found: Grounds, i: int) -> bool:
    """Return whether a piece by itself looks as a heading or a caption may."""
    piece = found.pieces[i]
    text = piece.text
    if piece.kind is not BlockKind.PARAGRAPH or piece.within or i in found.shapes or len(text) > 2 * MAX_PLAIN_LETTERS:
        return False
    fits = len(piece.rows) <= (1 if not found.layout.width else 2)
    return fits and not _NOT_PLAIN.search(text) and not _CODE.search(text)


def _is_plain_heading(found: Grounds, i: int, short: set[int]) -> bool:
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
        text.rstrip("-–—")[-1:] in ".,;:…。、；："
        or _is_torn(text)
        or OPEN_ENDING.search(text)
        or _INNER_SENTENCE.search(text)
        or SPEECH.match(text)
        or is_end(text)
    ):
        return False
    return not (looks_like_data(text) or is_caption_like(text) or text[0] in "([*") and sum(map(str.isalpha, text)) > 1


def _is_torn(text: str) -> bool:
    """Return whether a line goes on in the next: within a word, a quotation or a bracket."""
    return text[-1] == "-" or any(text.count(a) > text.count(b) for a, b in ("“”", "()", "«»"))


def _has_title_place(found: Grounds, i: int) -> bool:
    """Return whether a piece stands where headings stand in a file of this layout."""
    piece, layout = found.pieces[i], found.layout
    if layout.outdented:
        return piece.indent < layout.indent and piece.blanks > 0
    if layout.width:
        margin = piece.indent <= layout.indent or found.is_centred(i)
        return margin and (piece.blanks > 0 or i == 0) and piece.indent + len(piece.text) < 0.85 * layout.width
    return not layout.spaced or piece.blanks > 0 or i == 0


def _has_title_neighbours(found: Grounds, i: int, short: set[int]) -> bool:
    if i + 1 >= len(found.pieces):
        return False
    after = found.pieces[i + 1]
    before = found.pieces[i - 1] if i else None
    if before is None and (i + 1 in short or i + 1 in found.shapes):
        return False  # a second line of the title
    if before is not None and not _may_precede_title(before, i - 1 in short):
        return False
    if _explains(found.pieces[i], after, found.layout) or _ITEM.match(after.text):
        return False
    if i + 1 in short or after.kind is BlockKind.CAPTION:
        return found.is_followed(i) or _prose_within(found, i + 1)
    return after.is_prose or after.kind is not BlockKind.PARAGRAPH or len(after.rows) > 1 or after.text.endswith(":")


def _explains(piece: Piece, after: Piece, layout: Layout) -> bool:
    """Return whether indented text below a line says what that line means: a term, and no heading."""
    stepped = after.indent >= piece.indent + 2 and after.indent > max(layout.indent, layout.first_indent)
    return bool(layout.width) and not layout.outdented and stepped and not piece.blanks_after


def _may_precede_title(before: Piece, short: bool) -> bool:
    """Return whether a heading may follow a piece: it is no short line, and announces nothing."""
    if before.kind is not BlockKind.PARAGRAPH:
        return True
    return not before.text.endswith((":", ",")) and (short or before.is_prose or bool(before.within))


def _prose_within(found: Grounds, i: int) -> bool:
    """Return whether running text comes after at most two short pieces."""
    return any(piece.is_prose for piece in found.pieces[i + 1 : i + 3])


def is_lead_in(text: str) -> bool:
    """Return whether a line announces what somebody says: a sentence with such a verb, and no title."""
    return SAYING.search(THINGS_SAID.sub("", text)) is not None and not _ASKING.match(text) and not is_title_case(text)


def is_title_case(text: str) -> bool:
    """Return whether most of a text's words begin with a capital."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word.lower() not in FUNCTION_WORDS]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def looks_like_data(text: str) -> bool:
    """Return whether a line is a date, an address or a number to call."""
    return bool(find_date(text)) or _CONTACT.search(text) is not None or "://" in text
