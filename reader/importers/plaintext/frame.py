"""What stands around and between the pages of a text: Project Gutenberg's frame, page headers and footers.

Sources: the header and licence that Project Gutenberg puts around its texts; RFC 7322 and its
predecessors for the running lines of a page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from reader.importers.dates import find_date
from reader.importers.plaintext.lines import Aside, Line, ends_sentence
from reader.importers.plaintext.names import split_names


@dataclass(frozen=True, slots=True)
class Hints:
    """What a file says about itself before its text begins."""

    title: str = ""
    authors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    source: str = ""
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Framed:
    """The lines that are left, what was taken away, and what it said."""

    lines: list[Line]
    asides: tuple[Aside, ...] = ()
    hints: Hints = Hints()
    gutenberg: bool = False


_START = re.compile(r"^\*{3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG|^\*END\s?\*\s?THE SMALL PRINT|^\*END THE SMALL")
_END = re.compile(
    r"^\*{3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|^\**\s*End of (?:the |this )?Project Gutenberg", re.IGNORECASE
)
_CREDIT = re.compile(
    r"^(?:E-?text )?(?:produced|prepared|transcribed|scanned|proofread|digitized|updated editions?) by\b"
    r"|^E-?text (?:prepared|produced)\b|^This (?:e-?text|e-?book) was (?:produced|prepared)",
    re.IGNORECASE,
)
_FIELD = re.compile(r"^([A-Z][A-Za-z ]{2,24}|[\w ]{3,20}):\s+(\S.*)$")
_FIELDS = {
    "title": "title", "titel": "title", "titre": "title", "título": "title", "titolo": "title", "название": "title",
    "author": "authors", "authors": "authors", "autor": "authors", "autorin": "authors", "auteur": "authors",
    "autore": "authors", "автор": "authors", "autoren": "authors", "autores": "authors", "auteurs": "authors",
    "translator": "translators", "translators": "translators", "übersetzer": "translators",
    "traducteur": "translators", "traductor": "translators", "traduttore": "translators", "переводчик": "translators",
    "release date": "date", "date": "date", "datum": "date", "posting date": "date", "published": "date",
    "fecha": "date", "data": "date", "дата": "date",
    "language": "language", "sprache": "language", "langue": "language", "idioma": "language", "lingua": "language",
    "язык": "language", "source": "source", "quelle": "source", "url": "source", "fuente": "source", "fonte": "source",
    "rights": "rights", "licence": "rights", "license": "rights", "lizenz": "rights",
}  # fmt: skip
_LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl",
    "nederlands": "nl", "russian": "ru", "русский": "ru", "polish": "pl", "czech": "cs", "swedish": "sv",
    "danish": "da", "finnish": "fi", "norwegian": "no", "latin": "la", "greek": "el", "hungarian": "hu",
    "esperanto": "eo", "chinese": "zh", "japanese": "ja", "catalan": "ca", "ukrainian": "uk",
}  # fmt: skip
_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

MAX_HEADER_LINES = 400
"""How far down a Gutenberg header's end is looked for."""
MAX_START_LINES = 4
_RUNNING_FOOT = re.compile(r"(?:\[Page \d+\]|\bPage \d+(?: of \d+)?)$")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+$")
_WIDE_GAP = re.compile(r"\S {3,}\S")
MIN_REPEATS = 3
"""A line near a page's edge is its header or footer if it stands there on so many pages."""


def take_gutenberg_frame(lines: list[Line]) -> Framed:
    """Return the lines between Project Gutenberg's header and licence, and what the header said."""
    start = next((i for i, line in enumerate(lines[:MAX_HEADER_LINES]) if _START.match(line.text)), -1)
    begin = _after_start(lines, start)
    end = next((i for i in range(begin, len(lines)) if lines[i].text and _END.match(lines[i].text)), len(lines))
    if start < 0 and end == len(lines):
        return Framed(lines)
    begin = max(begin, _end_of_credits(lines, begin, end))
    asides = [
        *_paragraphs(lines[:begin], _("The header of Project Gutenberg, which is no part of the text.")),
        *_paragraphs(lines[end:], _("The licence of Project Gutenberg, which is no part of the text.")),
    ]
    return Framed(lines[begin:end], tuple(asides), hints_of(lines[: max(0, start)]), True)


def _after_start(lines: Sequence[Line], start: int) -> int:
    """Return where the text begins: a long title makes two lines of the one that says START OF."""
    if start >= 0 and lines[start].text.startswith("***") and not lines[start].text.endswith("*"):
        rows = itertools.takewhile(lambda line: line.text, lines[start + 1 : start + MAX_START_LINES])
        for i, line in enumerate(rows, start + 2):
            if line.text.endswith("***"):
                return i
    return start + 1


def hints_of(lines: Iterable[Line]) -> Hints:
    """Return what ``Title:``, ``Author:`` and their like say; a field goes on over indented lines."""
    fields: dict[str, str] = {}
    key = ""
    for line in lines:
        hit = _FIELD.match(line.text)
        name = _FIELDS.get(hit.group(1).strip().lower(), "") if hit else ""
        if hit and name and name not in fields:
            key = name
            fields[key] = hit.group(2)
        elif key == "title" and line.text and line.indent and not hit:
            fields[key] += (" " if fields[key][-1] in ".,:;—-" else ": ") + line.text
        else:
            key = ""
    return _hints(fields)


def take_fields(lines: list[Line]) -> Framed:
    """Return the lines after ``Title: …``, ``Author: …`` at the very top, if at least two stand there."""
    first = next((i for i, line in enumerate(lines) if line.text), 0)
    end = first
    known = 0
    while end < len(lines) and lines[end].text:
        hit = _FIELD.match(lines[end].text)
        if not hit or hit.group(1).strip().lower() not in _FIELDS:
            break
        known += 1
        end += 1
    if known < 2 or (end < len(lines) and lines[end].text):
        return Framed(lines)
    return Framed(lines[end:], (), hints_of(lines[first:end]))


def _hints(fields: dict[str, str]) -> Hints:
    date = find_date(fields.get("date", "").partition("[")[0])
    language = fields.get("language", "").strip()
    code = _LANGUAGES.get(language.lower(), language if _CODE.fullmatch(language) else "")
    return Hints(
        title=re.sub(r"\s+", " ", fields.get("title", "")).strip(),
        authors=split_names(fields.get("authors", "")),
        translators=split_names(fields.get("translators", "")),
        date=date.iso if date else "",
        language=code,
        source=fields.get("source", ""),
        rights=fields.get("rights", ""),
    )


def _end_of_credits(lines: Sequence[Line], begin: int, end: int) -> int:
    """Return where the text begins after the names of those who made the electronic text."""
    i = begin
    while i < min(end, begin + 20) and not lines[i].text:
        i += 1
    if i < end and _CREDIT.match(lines[i].text):
        while i < end and lines[i].text:
            i += 1
        return i
    return begin


def _paragraphs(lines: Iterable[Line], reason: str) -> Iterable[Aside]:
    held: list[Line] = []
    for line in (*lines, Line(0, "")):
        if line.text:
            held.append(line)
        elif held:
            yield Aside(held[0].number, "\n".join(row.text for row in held), reason)
            held = []


def take_running_lines(lines: list[Line]) -> Framed:
    """Return the lines without page headers and footers; what a page broke is whole again."""
    edges = _page_edges(lines)
    if not edges:
        return Framed(lines)
    counts = Counter(_shape(lines[i]) for i in edges)
    gone = {i for i in edges if counts[_shape(lines[i])] >= MIN_REPEATS or _RUNNING_FOOT.search(lines[i].text)}
    if len(gone) < 2:
        return Framed(lines)
    gone |= {i for i in edges if lines[i].page and _WIDE_GAP.search(lines[i].text) and _previous(lines, i) in gone}
    reason = _("A running line at the top or the foot of a page.")
    asides = tuple(Aside(lines[i].number, lines[i].text, reason) for i in sorted(gone))
    return Framed(_closed_up(lines, gone), asides)


def _previous(lines: Sequence[Line], i: int) -> int:
    """Return the index of the written line before."""
    return next((k for k in range(i - 1, max(-1, i - 20), -1) if lines[k].text), -1)


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", re.sub(r"\s+", " ", line.text))


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Return the indices of the first and last written lines of each page."""
    edges: set[int] = set()
    previous = -1
    after_foot = False
    for i, line in enumerate(lines):
        if not line.text:
            continue
        if line.page or after_foot:
            edges.update(k for k in (previous, i) if k >= 0)
        after_foot = line.text.endswith("]") and _RUNNING_FOOT.search(line.text) is not None
        if after_foot:
            edges.add(i)
        previous = i
    return edges


def _closed_up(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    """Return the lines without those gone and the empty lines around them, one empty line left at a paragraph's end."""
    kept: list[Line] = []
    at_break = False
    for i, line in enumerate(lines):
        if i in gone:
            while kept and not kept[-1].text:
                kept.pop()
            at_break = True
        elif not line.text and at_break:
            continue
        else:
            if at_break and kept and not _goes_on(kept[-1], line):
                kept.append(Line(line.number, ""))
            at_break = False
            kept.append(line)
    return kept


def _goes_on(last: Line, first: Line) -> bool:
    """Return whether a sentence runs over the break of a page."""
    if ends_sentence(last.text) or last.text.endswith(":") or _WIDE_GAP.search(first.text):
        return False
    return first.text[0].islower() and abs(first.indent - last.indent) <= 1 and len(last.text) > 12
