"""The lines of a plain text, how they are laid out, and the pieces that they make.

Everything after this module works on pieces: a paragraph, an item, a verse, a stretch of code, with
the line it began on and the empty lines around it, which tell headings from captions.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.article.model import BlockKind

MAX_WRAP_WIDTH = 130
"""Lines longer than this many characters were not broken by hand: each is a paragraph."""
MIN_WRAP_WIDTH = 40
MAX_EMPTY_LINES = 64
"""More empty lines than this in a row say no more than so many."""
MAX_OUTSIDE_MARGIN = 0.01
"""A file's margin is where all lines but so many of them begin."""
MAX_USUAL_WIDTH = 84
"""Above this many characters, lines that mostly end a sentence are paragraphs, and were not broken."""


class Line(NamedTuple):
    """One line: its number in the file from 1, its text without outer space, its indent in columns."""

    number: int
    text: str
    indent: int = 0
    page: bool = False
    """Whether a new page begins with it."""

    @property
    def extent(self) -> int:
        """The column that the line ends in."""
        return self.indent + len(self.text)

    @property
    def printed(self) -> str:
        """The line with its indent."""
        return " " * self.indent + self.text


class Aside(NamedTuple):
    """What is taken out of the text: the first of its lines, the text, and a sentence that says why."""

    line: int
    text: str
    reason: str


class Chunk(NamedTuple):
    """Lines with no empty line between them, and how many empty lines stand before."""

    lines: tuple[Line, ...]
    blanks: int


class Layout(NamedTuple):
    """How a file is laid out.

    ``width`` is the column at which lines were broken by hand, 0 where they were not. ``indent`` is
    that of the running text. ``first_indent`` is that of a paragraph's first line, where it differs.
    ``spaced`` says whether an empty line stands between paragraphs.
    """

    width: int = 0
    indent: int = 0
    first_indent: int = 0
    spaced: bool = True

    @property
    def outdented(self) -> bool:
        """Whether the text is indented and its headings are not, as in an RFC or a manual page."""
        return self.indent >= 2


@dataclass(slots=True)
class Piece:
    """A stretch of the text on its way to a block; the importer's steps change it in place.

    ``rows`` are the texts of its lines, ``blanks`` and ``blanks_after`` the empty lines around it.
    ``label`` is what numbers it, as printed. ``rule`` says that a heading was recognised by a sure
    sign and not by its looks.
    """

    kind: BlockKind
    text: str
    line: int
    rows: tuple[str, ...] = ()
    blanks: int = 0
    blanks_after: int = 0
    indent: int = 0
    level: int = 0
    number: int | None = None
    label: str = ""
    within: str = ""
    page: bool = False
    sure: bool = False
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    """Printed marks to take out: start, end, key of the note."""

    @property
    def unmarked(self) -> str:
        """Its text without the marks of notes at its end."""
        text = self.text
        for start, end, _key in reversed(self.marks):
            if end < len(text.rstrip(" .\u00a0")):
                break
            text = text[:start].rstrip()
        return text

    @property
    def is_prose(self) -> bool:
        """Whether it is running text: long, or a whole sentence, or one that a list or a quotation ends."""
        if self.kind is not BlockKind.PARAGRAPH:
            return False
        text = self.unmarked
        announces = text.rstrip("-—–").endswith(":") and text.count(" ") >= 4
        return len(text) >= 90 or ends_sentence(text) or announces


_SENTENCE_END = re.compile(
    "[.!?…。！？][\"'”’»“)\\]】」\\s\u00a0]*(?:\\s?\\^?[\\[({][\\w*†‡§:]{1,5}[\\])}]|[¹²³⁰⁴-⁹*†‡]+)?[.]?$"
)
_LEADING = re.compile(r"[ \t\u00a0\u3000]*")
_WORD = re.compile(r"\S+")
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def ends_sentence(text: str) -> bool:
    """Return whether a text ends as a sentence does, a note's mark after it or not."""
    return _SENTENCE_END.search(text[-12:]) is not None


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text. A form feed begins a page, and belongs to no line."""
    lines: list[Line] = []
    page = False
    empty = 0
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw:
            empty += 1
            if empty <= MAX_EMPTY_LINES:
                lines.append(Line(number, ""))
            continue
        empty = 0
        if "\f" in raw:
            page = True
            raw = raw.replace("\f", " " if raw.strip("\f \t") else "")
        stripped = raw.strip()
        if not stripped:
            lines.append(Line(number, "", 0, False))
            continue
        indent = 0
        if raw[0] in " \t\u00a0\u3000":
            lead = _LEADING.match(raw)
            indent = len(lead.group().expandtabs()) if lead else 0
        lines.append(Line(number, stripped, indent, page))
        page = False
    return _at_margin(lines)


def _at_margin(lines: list[Line]) -> list[Line]:
    """Return the lines without the indent that all of them have, save a few."""
    indents = sorted(line.indent for line in lines if line.text)
    margin = indents[int(MAX_OUTSIDE_MARGIN * len(indents))] if indents else 0
    if not margin or len(indents) < 2:
        return lines
    return [line._replace(indent=max(0, line.indent - margin)) for line in lines]


def chunks(lines: Iterable[Line]) -> Iterator[Chunk]:
    """Yield the runs of lines between empty lines; a new page ends a run only where a line is empty."""
    held: list[Line] = []
    blanks = blanks_before = 0
    for line in lines:
        if line.text:
            if not held:
                blanks_before = blanks
            held.append(line)
            blanks = 0
            continue
        if held:
            yield Chunk(tuple(held), blanks_before)
            held = []
        blanks += 1
    if held:
        yield Chunk(tuple(held), blanks_before)


def could_take(line: Line, following: Line, width: int) -> bool:
    """Return whether a line had room for the next line's first word: it was ended on purpose."""
    first = _WORD.match(following.text)
    return line.extent + 1 + (first.end() if first else 0) <= width


def measure(lines: Sequence[Line]) -> Layout:
    """Return how a file is laid out, from its runs of lines."""
    runs = [chunk.lines for chunk in chunks(lines)]
    inner = [line for run in runs for line in run[:-1]]
    written = sum(len(run) for run in runs)
    width = _percentile([line.extent for line in inner], 0.96)
    if not inner or width > MAX_WRAP_WIDTH or _is_broken_nowhere(runs, width):
        return Layout(0, 0, 0, len(runs) >= 0.6 * max(1, written))
    body = Counter(line.indent for run in runs for line in run[1:] if line.extent >= 0.7 * width)
    indent = body.most_common(1)[0][0] if body else 0
    first = Counter(run[0].indent for run in runs if len(run) > 1 and run[1].indent == indent)
    usual, times = first.most_common(1)[0] if first else (indent, 0)
    first_indent = usual if usual > indent and times * 2 > len(runs) // 2 else 0
    return Layout(max(width, MIN_WRAP_WIDTH), indent, first_indent, True)


def _is_broken_nowhere(runs: Sequence[tuple[Line, ...]], width: int) -> bool:
    """Return whether lines follow each other without being one text: most lines were ended on purpose.

    A long line, or most lines that end a sentence, show that a line is a paragraph here.
    """
    pairs = [(line, following) for run in runs for line, following in itertools.pairwise(run)]
    extents = [line.extent for run in runs for line in run]
    longest = max(extents)
    if sum(extent > width + 25 for extent in extents) >= max(2, 0.1 * len(extents)):
        return True
    if width > MAX_USUAL_WIDTH and sum(ends_sentence(line.text) for line, _ in pairs) >= 0.7 * len(pairs):
        return True
    early = sum(could_take(line, following, width) for line, following in pairs)
    return longest > 2 * MAX_WRAP_WIDTH and early > 0.5 * len(pairs)


def _percentile(numbers: Iterable[int], share: float) -> int:
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


class Hyphens:
    """Whether a hyphen at a line's end belongs to the word: decided by the words of the whole file."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words: frozenset[str] = frozenset()
        self._divides = False
        ends = [
            (line.text.rpartition(" ")[2], after.text.partition(" ")[0])
            for line, after in itertools.pairwise(lines)
            if line.text.endswith("-") and not line.text.endswith("--") and after.text[:1].islower()
        ]
        if not ends:
            return
        self._words = frozenset(re.findall(r"\w+(?:-\w+)*", " ".join(line.text for line in lines).lower()))
        whole = sum((a[:-1] + _core(b)).lower() in self._words for a, b in ends)
        kept = sum((a + _core(b)).lower() in self._words for a, b in ends)
        self._divides = whole > kept

    def join(self, texts: Sequence[str]) -> str:
        """Return one paragraph of lines that were broken by hand."""
        parts: list[str] = []
        for text, after in zip(texts, (*texts[1:], ""), strict=True):
            parts.append(self._ending(text, after) if after else text)
        return "".join(parts)

    def _ending(self, text: str, after: str) -> str:
        if text.endswith("\u00ad"):
            return text[:-1]
        if text.endswith("-") and len(text) > 1 and (text[-2].isalnum() or text[-2] == "-"):
            return text[:-1] if self._is_division(text, after) else text
        if text.endswith("—") or after.startswith("—"):
            return text if text[-2:-1] != " " and after[1:2] != " " else text + " "
        if _CJK.match(text[-1]) and _CJK.match(after):
            return text
        return text + " "

    def _is_division(self, text: str, after: str) -> bool:
        if text.endswith("--") or not after[:1].islower():
            return False
        start, rest = text.rpartition(" ")[2].lower(), _core(after.partition(" ")[0]).lower()
        if start + rest in self._words:
            return False
        return start[:-1] + rest in self._words or self._divides


def _core(word: str) -> str:
    """Return a word without the signs after it."""
    return word.rstrip(".,;:!?)]}”’\"'»")
