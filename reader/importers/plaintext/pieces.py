"""Lines become pieces: paragraphs joined from broken lines, verse and addresses kept line by line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from reader.article.model import BlockKind
from reader.importers.plaintext.code import is_code, is_formula, is_underline
from reader.importers.plaintext.lines import (
    Hyphens,
    Layout,
    Line,
    Piece,
    chunks,
    could_take,
    ends_sentence,
)
from reader.importers.plaintext.titles import is_capitals, is_chapter

_BULLET = re.compile(r"^(?:[•●◦▪‣∙·o*+–-])\s+(?=\S)")
_NUMBER = re.compile(r"^(?:\^?\[(\d{1,4})\]|\((\d{1,3})\)|(\d{1,3})[.)])\s+(?=\S)")
_LABEL = re.compile(r"^\[(?:[A-Za-z][\w.:+-]{1,30}|[A-Za-z*†‡]{1,2}|(?:Foot)?note\b[^\]]*)\]?[\s:]")
_SUPERSCRIPT = re.compile("^[¹²³⁰⁴-⁹]+")
_SIGNED = re.compile(r"^(?:\*{2,3}|[†‡§¶]{1,2})\s+\S")
_OPENING = re.compile("^[\"'“‘«„(\\[_—–-]*")
_RULE = re.compile(r"^(?:[-_=*~#•·+]\s*){3,}$|^(?:[*⁂❦]|\* \*)$")
_QUOTED = re.compile(r"^(?:>\s?)+")
_FLANKED = re.compile(r"^([=*~#-])\1{1,}\s*([^=*~#\s][^=*~#]{1,90}?)\s*\1{2,}$")
_PARTING = re.compile(r"^_{10,}$")
_TITLED = re.compile(r"^[^\W\d_](?=.*\w$)[^_=/<>{}]*$")
_HASHES = re.compile(r"^(#{1,6})\s+(\S.*?)\s*#*$")

MAX_VERSE_LINE = 70
MAX_VERSE_LINES = 200
"""A block of verse is no longer than this many lines: a page lays out a block at once."""
MAX_HASH_INDENT = 4
"""A line of more columns of indent that # begins is a comment in a piece of code."""
MAX_OUTDENTED_TITLE = 60
MAX_HEADING_LINE = 90
MIN_BROKEN_LINE = 40
"""A line of fewer characters is not the beginning of a sentence that was broken."""


def assemble(lines: Sequence[Line], layout: Layout) -> list[Piece]:
    """Return the pieces of a text in order, each with the empty lines around it."""
    hyphens = Hyphens(lines) if layout.width else Hyphens(())
    hashes = not _are_comments(lines)
    pieces: list[Piece] = []
    for chunk in chunks(lines):
        made = list(_Assembly(layout, hyphens, hashes).pieces(chunk.lines))
        made[0].blanks = chunk.blanks
        if pieces:
            pieces[-1].blanks_after = chunk.blanks
        pieces.extend(made)
    if pieces:
        pieces[0].blanks = pieces[0].blanks or 1
        pieces[-1].blanks_after = 1
    return pieces


def starts_upper(text: str) -> bool:
    """Return whether a text begins with a capital or a digit, after opening quotation marks."""
    first = _OPENING.sub("", text[:12])[:1]
    return bool(first) and (not first.islower())


class _Assembly:
    """How one file's runs of lines become pieces."""

    def __init__(self, layout: Layout, hyphens: Hyphens, hashes: bool) -> None:
        self._layout = layout
        self._hyphens = hyphens
        self._hashes = hashes

    def pieces(self, lines: Sequence[Line]) -> Iterator[Piece]:
        """Yield the pieces of a run of lines that no empty line parts."""
        special = self._special(lines)
        parted = [] if special else self._parted(lines)
        if len(parted) > 1:
            for part in parted:
                yield from self.pieces(part)
        elif special:
            yield from special
        elif not self._layout.width and not _is_local_wrap(lines):
            yield from self._unwrapped(lines)
        else:
            yield from self._wrapped(lines)

    def _special(self, lines: Sequence[Line]) -> list[Piece]:
        """Return the pieces of a run that is a rule, an underlined heading, code or a quotation in a mail."""
        first = lines[0].text
        if len(lines) == 1:
            return self._lone(lines[0])
        if is_underline(lines[1].text) and not is_underline(first) and _may_be_underlined(lines[0], lines[1]):
            return [_underlined(lines[0], lines[1]), *self._rest(lines[2:])]
        if _is_boxed(lines):
            return [_underlined(lines[1], lines[2]), *self._rest(lines[3:])]
        if self._is_outdented_title(lines):
            return [_titled(lines[0]), *self._rest(lines[1:])]
        if _RULE.match(first) and not (first[0] == "+" and is_code(lines)):
            return [_rule(lines[0]), *self._rest(lines[1:])]
        if all(line.text.startswith(">") for line in lines):
            return self._mail_quotation(lines)
        code = is_code(lines) or all(self._is_comment(line) for line in lines)
        return [_kept(lines, BlockKind.CODE)] if code else []

    def _parted(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Return the text, the rules and the comments that stand in a run of lines, each apart."""
        groups = itertools.groupby(lines, lambda line: (self._is_comment(line), _PARTING.match(line.text) is not None))
        return [list(group) for _, group in groups]

    def _is_comment(self, line: Line) -> bool:
        return not self._hashes and line.text[0] == "#"

    def _is_outdented_title(self, lines: Sequence[Line]) -> bool:
        """Return whether a short line at the margin stands right above indented text, as in a manual page."""
        first, after = lines[0], lines[1]
        short = (
            len(first.text) <= MAX_OUTDENTED_TITLE
            and _TITLED.match(first.text) is not None
            and starts_upper(first.text)
        )
        stepped = first.indent <= MAX_HASH_INDENT - 1 and after.indent >= first.indent + 4
        return self._layout.outdented and self._layout.indent >= MAX_HASH_INDENT and short and stepped

    def _lone(self, line: Line) -> list[Piece]:
        if _RULE.match(line.text):
            return [_rule(line)]
        apart = self._layout.width and line.indent >= self._layout.indent + 3
        return [_kept([line], BlockKind.CODE)] if apart and is_formula(line.text) else []

    def _rest(self, lines: Sequence[Line]) -> list[Piece]:
        return list(self.pieces(lines)) if lines else []

    def _mail_quotation(self, lines: Sequence[Line]) -> list[Piece]:
        bare = [line._replace(text=_QUOTED.sub("", line.text).strip()) for line in lines]
        made = [piece for chunk in chunks(bare) for piece in self.pieces(chunk.lines)]
        for piece in made:
            piece.within = ">"
        return made

    def _unwrapped(self, lines: Sequence[Line]) -> Iterator[Piece]:
        if _is_short_lines(lines):
            for begin in range(0, len(lines), MAX_VERSE_LINES):
                yield _kept(lines[begin : begin + MAX_VERSE_LINES], BlockKind.VERSE)
            return
        for group in _broken_sentences(lines):
            yield self._paragraph(group)

    def _wrapped(self, lines: Sequence[Line]) -> Iterator[Piece]:
        head = self._heading_rows(lines)
        if head:
            yield self._paragraph(lines[:head])
            lines = lines[head:]
        if not lines:
            return
        if head:
            yield from self.pieces(lines)
            return
        starts = item_starts(lines)
        for begin, end in zip([0, *starts], [*starts, len(lines)], strict=True):
            if begin < end:
                yield from self._run(lines[begin:end], begin in starts)

    def _heading_rows(self, lines: Sequence[Line]) -> int:
        """Return how many of the first lines are a heading by themselves."""
        if len(lines) < 2 or len(lines[0].text) > MAX_HEADING_LINE:
            return 0
        if is_chapter(lines[0].text):
            long_title = len(lines) <= 3 and not could_take(lines[0], lines[1], self._layout.width - 6)
            return len(lines) if long_title and not ends_sentence(lines[-1].text) else 1
        count = 0
        while count < min(len(lines), 6) and is_capitals(lines[count].text) and count + 1 <= len(lines):
            count += 1
        if count == len(lines) and count > 4:
            return 0
        return count

    def _run(self, lines: Sequence[Line], item: bool) -> Iterator[Piece]:
        width = self._width_of(lines)
        if item:
            yield self._paragraph(lines)
        elif _is_verse(lines, width):
            for begin in range(0, len(lines), MAX_VERSE_LINES):
                yield _kept(lines[begin : begin + MAX_VERSE_LINES], BlockKind.VERSE)
        else:
            for part in _paragraphs(lines, width):
                yield self._paragraph(part)

    def _width_of(self, lines: Sequence[Line]) -> int:
        own = max(line.extent for line in lines)
        return own if not self._layout.width or own > self._layout.width + 12 else self._layout.width

    def _paragraph(self, lines: Sequence[Line]) -> Piece:
        if len(lines) == 1:
            return _single(lines[0], self._hashes)
        text = self._hyphens.join([line.text for line in lines])
        rows = tuple(line.text for line in lines)
        return Piece(BlockKind.PARAGRAPH, text, lines[0].number, rows, indent=_indent(lines), page=lines[0].page)


def _broken_sentences(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Yield each line of a text whose lines are paragraphs; a sentence that goes on in the next line takes it along."""
    begin = 0
    for i, (line, after) in enumerate(itertools.pairwise(lines)):
        long = len(line.text) >= MIN_BROKEN_LINE or line.text[0] in "[("
        if not (long and after.text[0].islower() and (line.text[-1].isalnum() or line.text[-1] == ",")):
            yield lines[begin : i + 1]
            begin = i + 1
    yield lines[begin:]


def item_starts(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the lines that begin an item of a list, or a note, within a run of lines."""
    bullets: dict[str, list[int]] = {}
    numbers: list[tuple[int, str, int]] = []
    starts: set[int] = set()
    for i, line in enumerate(lines):
        text = line.text
        if (hit := _NUMBER.match(text)) is not None:
            digits = next(filter(None, hit.groups()))
            numbers.append((i, text[0] + text[hit.end(hit.lastindex or 0)], int(digits)))
        elif _BULLET.match(text):
            bullets.setdefault(text[0], []).append(i)
        elif _LABEL.match(text) or _SUPERSCRIPT.match(text) or _SIGNED.match(text):
            starts.add(i)
    starts.update(i for places in bullets.values() if len(places) > 1 or places[0] == 0 for i in places)
    starts.update(_in_sequence(numbers))
    return sorted(starts)


def _in_sequence(numbers: Sequence[tuple[int, str, int]]) -> set[int]:
    """Return the indices of numbers that follow each other, and of a number that begins the run."""
    found: set[int] = set()
    last: dict[str, tuple[int, int]] = {}
    for i, style, number in numbers:
        style = style[-1] if style[0].isdigit() else style
        if style in last and number == last[style][1] + 1:
            found.update((last[style][0], i))
        if i == 0:
            found.add(i)
        last[style] = (i, number)
    return found


def _titled(line: Line) -> Piece:
    return Piece(BlockKind.HEADING, line.text, line.number, (line.text,), level=1, sure=True)


def _are_comments(lines: Sequence[Line]) -> bool:
    """Return whether # begins comments and settings in this file, and no headings.

    A heading stands by itself; what follows a line with its like, or has no space behind its sign, does not.
    """
    lone = other = 0
    before = ""
    for line in lines:
        if line.text.startswith("#"):
            heading = (
                _HASHES.match(line.text)
                and not before.startswith("#")
                and line.indent < MAX_HASH_INDENT
                and line.text[-1] not in ".;"
            )
            lone, other = lone + bool(heading), other + (not heading)
        before = line.text
    return other > lone


def _single(line: Line, hashes: bool) -> Piece:
    flanked = _FLANKED.match(line.text) if line.text[0] in "=*~#-" else None
    if flanked:
        return Piece(BlockKind.HEADING, flanked.group(2), line.number, (line.text,), level=1, sure=True)
    hit = _HASHES.match(line.text) if hashes and line.text.startswith("#") else None
    if hit and line.indent < MAX_HASH_INDENT and "   " not in hit.group(2):
        level = len(hit.group(1))
        return Piece(BlockKind.HEADING, hit.group(2), line.number, (line.text,), level=level, sure=True)
    if line.text[0] == ">" and len(line.text) > 1:
        text = _QUOTED.sub("", line.text)
        if text:
            return Piece(BlockKind.PARAGRAPH, text, line.number, (text,), indent=line.indent, within=">")
    return Piece(BlockKind.PARAGRAPH, line.text, line.number, (line.text,), indent=line.indent, page=line.page)


def _rule(line: Line) -> Piece:
    return Piece(BlockKind.RULE, "", line.number, (line.text,), indent=line.indent)


def _kept(lines: Sequence[Line], kind: BlockKind) -> Piece:
    """Return a piece whose lines stay as they are."""
    base = min(line.indent for line in lines)
    rows = tuple(" " * (line.indent - base) + line.text for line in lines)
    return Piece(kind, "\n".join(rows), lines[0].number, rows, indent=base, page=lines[0].page)


def _indent(lines: Sequence[Line]) -> int:
    return min(line.indent for line in lines)


def _may_be_underlined(title: Line, rule: Line) -> bool:
    size = len(title.text)
    fits = abs(len(rule.text) - size) <= 2
    if not fits and (not starts_upper(title.text) or rule.text[0] not in "=-"):
        return False
    if title.text[0] == ">" or (rule.text[0] == "#" and title.text[-1] == ":"):
        return False  # a mail's quotation, or a box of comments, which the line announces
    return size <= MAX_HEADING_LINE and len(rule.text) >= min(3, size) and abs(len(rule.text) - size) <= max(4, size)


def _underlined(title: Line, rule: Line) -> Piece:
    level = 1 if rule.text[0] in "=#*" else 2
    return Piece(BlockKind.HEADING, title.text, title.number, (title.text,), level=level, sure=True)


def _is_boxed(lines: Sequence[Line]) -> bool:
    """Return whether a title stands between two rules."""
    if len(lines) < 3 or not is_underline(lines[0].text) or lines[0].text[0] not in "=-*#~":
        return False
    return lines[2].text[:3] == lines[0].text[:3] and is_underline(lines[2].text) and not is_underline(lines[1].text)


def _is_local_wrap(lines: Sequence[Line]) -> bool:
    """Return whether these lines were broken by hand in a file where lines are not."""
    if len(lines) < 4:
        return False
    width = max(line.extent for line in lines)
    early = sum(could_take(a, b, width - 3) for a, b in itertools.pairwise(lines))
    lower = sum(line.text[0].islower() for line in lines[1:])
    return 45 <= width <= 100 and early <= 0.3 * (len(lines) - 1) and lower >= 0.4 * (len(lines) - 1)


def _is_short_lines(lines: Sequence[Line]) -> bool:
    """Return whether lines that nobody broke are verse or an address: short, most without a full stop."""
    if len(lines) < 3 or max(len(line.text) for line in lines) > MAX_VERSE_LINE or item_starts(lines):
        return False
    stops = sum(line.text.endswith((".", ":")) for line in lines)
    return stops <= 0.4 * len(lines) and sum(starts_upper(line.text) for line in lines) >= 0.6 * len(lines)


def _is_verse(lines: Sequence[Line], width: int) -> bool:
    """Return whether lines were ended on purpose, and so are to stay lines."""
    if len(lines) < 2:
        return False
    pairs = list(itertools.pairwise(lines))
    early = sum(could_take(a, b, width - 3) for a, b in pairs) / len(pairs)
    capitals = sum(starts_upper(line.text) for line in lines) / len(lines)
    longest = max(line.extent for line in lines)
    if len(lines) >= 3 and _ends_lines(lines) and sum(starts_upper(a.text) for a in lines[1:]) >= 0.9 * len(pairs):
        return True
    if sum(ends_sentence(line.text) for line in lines) >= 0.7 * len(lines) and len(lines) > 2:
        return False
    if len(lines) >= 4 and capitals <= 0.6 and _is_even(lines):
        return False
    if longest <= 0.85 * width and early >= 0.8:
        return True
    return len(lines) >= 3 and capitals >= 0.8 and early >= 0.5


def _ends_lines(lines: Sequence[Line]) -> bool:
    """Return whether most lines end where a clause does."""
    return sum(line.text[-1] in ',;.:!?—-”’"' for line in lines) >= 0.6 * len(lines)


def _is_even(lines: Sequence[Line]) -> bool:
    """Return whether lines fill a narrower column of their own."""
    own = max(line.extent for line in lines)
    pairs = list(itertools.pairwise(lines))
    return sum(could_take(a, b, own - 3) for a, b in pairs) <= 0.35 * len(pairs)


def _paragraphs(lines: Sequence[Line], width: int) -> Iterator[Sequence[Line]]:
    """Yield the paragraphs of a run: one ends at a short line before a capital, or before a first line's indent."""
    base = _indent(lines)
    short = [could_take(a, b, int(0.8 * width)) for a, b in itertools.pairwise(lines)]
    by_shortness = sum(short) <= 0.5 * len(short)
    begin = 0
    for i, (line, after) in enumerate(itertools.pairwise(lines)):
        indented = base == line.indent and base + 2 <= after.indent <= base + 8 and ends_sentence(line.text)
        ended = by_shortness and short[i] and _may_end(line, after)
        if (indented and _returns(lines, i + 2, base)) or ended:
            yield lines[begin : i + 1]
            begin = i + 1
    yield lines[begin:]


def _returns(lines: Sequence[Line], i: int, base: int) -> bool:
    """Return whether the line after an indented one is back at the margin."""
    return i >= len(lines) or lines[i].indent == base


def _may_end(line: Line, after: Line) -> bool:
    if line.text.endswith(("-", ",", ";", "—", "(")) or not starts_upper(after.text):
        return False
    return ends_sentence(line.text) or line.text.endswith(":") or starts_upper(line.text)
