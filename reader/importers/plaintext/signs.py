"""What may be a printed mark of a note: where it stands in the text, and how it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Piece
from reader.importers.plaintext.notes import Style
from reader.importers.plaintext.words import FUNCTION_WORDS

_URL = r"(?:https?://|www\.)\S+"
_NOTE_WORDS = r"(?:(?:foot|end)?note |fn\.? ?|fußnote |anm\.? |nota |примечание )?"
_PATTERNS = {
    Style.BRACKET: re.compile(
        rf"{_URL}|(?:\^?\[|(?<=[^\s{{]){{){_NOTE_WORDS}\^?(\d{{1,4}}:[A-Z]|\d{{1,4}}(?:\s?[,;]\s?\d{{1,4}}){{0,9}}|[A-Za-z]|"
        rf"[ivxl]{{2,5}}|[*†‡§#]{{1,3}})[\]}}]",
        re.IGNORECASE,
    ),
    Style.RAISED: re.compile(rf"{_URL}|(?<=\S)([¹²³⁰⁴-⁹]+)|(?<=\S)\^{{?(\d{{1,3}})\b}}?|(?<=[\s\u00a0])([¹²³⁰⁴-⁹]+)"),
    Style.ROUND: re.compile(rf"{_URL}|\((\d{{1,3}}|[*†‡]{{1,3}})\)"),
    Style.SIGN: re.compile(r"(?<=[^\s*†‡§¶])(\*{1,3}|†{1,2}|‡{1,2}|§(?!\s*\d)|¶)(?=[\s.,;:!?)”\"’»]|$)"),
    Style.PLAIN: re.compile(
        rf"{_URL}|(?<=[^\W\d_][.,;:!?”\"’»)])(\d{{1,3}})(?=\s|$)|(?<=[.!?][”\"’»)])(\d{{1,3}})(?=\s|$)|(?<=[^\W\d_])(\d{{1,3}})(?=[\s.,;:]|$)"
    ),
}
_POINTING = frozenset(
    {"see", "siehe", "voir", "véase", "vedi", "equation", "eq", "step", "item", "case", "point", "way"}
)
_UNIT = re.compile(r"(?:^|[\s\d(/])(?:[kcmdµ]?m|ft|in|yd|[a-z]|[A-Z]|10|\d)$")
_EMPHASIS = re.compile(r"(?<!\S)\*{1,3}(?=[^\s*])")
_PATTERN = re.compile(r"[/=<>$|\\{}\[`~^+%#]|[^\w.,;:!?)\]»”’'\"_*†‡]$|^\.")
"""What no word has that a star marks: it is a name of files, a pattern or a formula."""
_VARIABLE = re.compile(r"[$@]\w*$|->\w+$")
"""What an index follows in a program, and no mark: $field[1]."""
_RAISED_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Candidate(NamedTuple):
    """What may be a mark: the piece it stands in, where in its text, its labels and how it is printed."""

    piece: int
    start: int
    end: int
    labels: tuple[str, ...]
    style: Style


def candidates(pieces: Iterable[Piece], style: Style) -> Iterator[Candidate]:
    """Yield what may be marks of a style, in the order of the text."""
    pattern = _PATTERNS[style]
    for i, piece in enumerate(pieces):
        if piece.kind is BlockKind.CODE:
            continue
        last = 0
        for hit in pattern.finditer(piece.text):
            begin, last = last, hit.end()
            if style is Style.BRACKET and _VARIABLE.search(piece.text, max(0, hit.start() - 30), hit.start()):
                continue
            if style is Style.SIGN and hit[0][0] == "*" and _is_no_mark(piece.text, begin, hit.start()):
                continue
            label = next(filter(None, hit.groups()), "") if hit.lastindex else ""
            if not label or (style is Style.RAISED and _UNIT.search(piece.text[max(0, hit.start() - 6) : hit.start()])):
                continue
            parts = tuple(re.split(r"\s?[,;]\s?", label.translate(_RAISED_DIGITS)))
            yield Candidate(i, hit.start(), hit.end(), parts, style)


def _is_no_mark(text: str, begin: int, star: int) -> bool:
    """Return whether a star ends what a star began, as *emphasis* does, or stands for any name, as in "lib*"."""
    if _EMPHASIS.search(text, begin, star):
        return True
    word = text[max(0, star - 60) : star].rpartition(" ")[2]
    return _PATTERN.search(word) is not None or (word[:1] in "\"'`" and text[star + 1 : star + 2] == word[:1])


def split_digits(mark: Candidate, labels: set[str]) -> Candidate:
    """Return a mark of two raised numbers side by side with both, where no note has them as one."""
    label = mark.labels[0]
    if label in labels or len(label) == 1 or not all(digit in labels for digit in label):
        return mark
    return mark._replace(labels=tuple(label))


def counting_up(marks: Sequence[Candidate], labels: set[str]) -> list[Candidate]:
    """Return the bare numbers that count up from 1 through the text, as marks do and other numbers do not."""
    kept: list[Candidate] = []
    for mark in marks:
        if mark.labels[0] == str(len(kept) + 1) and mark.labels[0] in labels:
            kept.append(mark)
    return kept


def stands_as_mark(text: str, mark: Candidate) -> bool:
    """Return whether a number in round brackets stands behind a word, and counts nothing that follows it."""
    if not mark.start or text.endswith(":"):
        return False
    if is_attached(text, mark):
        return True
    before = text[max(0, mark.start - 30) : mark.start].rstrip().rpartition(" ")[2].lower()
    return before[-1:].isalpha() and before not in FUNCTION_WORDS and before not in _POINTING


def is_attached(text: str, mark: Candidate) -> bool:
    return mark.start > 0 and not text[mark.start - 1].isspace()
