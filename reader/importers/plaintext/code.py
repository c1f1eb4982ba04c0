"""What is no running text: program code, drawings in characters, tables in columns, logs, lists of values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from reader.article.model import BlockKind
from reader.importers.plaintext.lines import Line, Piece

_UNDERLINE = re.compile(r"^(?:={3,}|-{3,}|~{3,}|\^{3,}|\*{3,}|_{3,}|#{3,}|\.{5,}|─{3,}|═{3,})$")
_SYMBOL = re.compile(r"[{}<>=+/\\|#$%^&~`@─-╿▀-▟]|--+|\*\*+|\[\]|\(\)")
_GAP = re.compile(r"\S {3,}(?=\S)|\t")
_TO_PAGE = re.compile(r"(?: {3,}|\t)[\divxlc]+$")
_CODE_LINE = re.compile(
    r"[;{}]\s*$|^\s*(?:#include|import\s+[\w.]+$|from\s+[\w.]+\s+import\b|def\s+\w+\(|class\s+\w+[:({]|"
    r"return\b.*[;)\w]$|"
    r"(?:public|private|static|const|let|var|fn|func|function)\s+\w+.*[({=]|if\s*\(.*\)\s*\{?$|//|/\*|\*/|\$\s\w|"
    r"@\w+(?:\(.*\))?$|</?\w+[^>]*>$|\w+\(.*\)$|[\w.\[\]]+\s*[-+*/]?=\s*\S+.*$|elif\b.*:$|else:$|try:$|"
    r"for\s.*:$|while\s.*:$|"
    r"\"[\w-]+\":\s)"
)
_STAMP = re.compile(
    r"^\W?(?:\d{4}[-/]\d\d[-/]\d\d[T ,]+\d\d:\d\d|[A-Z][a-z]{2} +\d{1,2} \d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3}\s|"
    r"\d\d:\d\d:\d\d|(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE)\b)"
)
_QUOTED_VALUE = re.compile('"[^"]*"')
_DELIMITERS = "\t;|,"

SAMPLE_LINES = 400
MAX_CODE_LINES = 120
"""A block of code is no longer than this: a page lays out a block at once."""


def is_underline(text: str) -> bool:
    """Return whether a line is made of one sign that underlines."""
    return text[0] in "=-~^*_#.─═" and _UNDERLINE.match(text) is not None


def is_code(lines: Sequence[Line]) -> bool:
    """Return whether a run of lines must stay as it is: code, a drawing, a table in columns."""
    rows = [line.text for line in islice(lines, 60)]
    if max(map(len, rows)) > 200:
        return False
    return _is_drawing(rows) or _is_table(rows) or _is_program(rows)


def is_formula(text: str) -> bool:
    """Return whether a line set apart by its indent is a formula or a command and no sentence."""
    return ("=" in text or text[-1] in ";{}" or text.startswith("$ ")) and _share(text) >= 0.05 and len(text) < 100


def _is_drawing(rows: Sequence[str]) -> bool:
    signs = sum(len(match) for row in rows for match in _SYMBOL.findall(row))
    letters = sum(len(row) - row.count(" ") for row in rows)
    drawn = sum(len(row) - row.count(" ") < 4 or _share(row) >= 0.2 for row in rows)
    return letters >= 10 and signs >= 0.25 * letters and drawn >= 0.6 * len(rows)


def _share(row: str) -> float:
    solid = len(row) - row.count(" ")
    return sum(len(match) for match in _SYMBOL.findall(row)) / max(1, solid)


def _is_table(rows: Sequence[str]) -> bool:
    if len(rows) < 2:
        return False
    columns = [len(_GAP.findall(row)) for row in rows]
    ends_in_page = sum(_TO_PAGE.search(row) is not None for row in rows)
    if ends_in_page >= 0.7 * len(rows) and max(columns) <= 2:
        return False
    wide = sum(count >= 1 for count in columns)
    return wide >= 0.75 * len(rows) and (len(rows) >= 3 or max(columns) >= 2)


def _is_program(rows: Sequence[str]) -> bool:
    hits = sum(_CODE_LINE.search(row) is not None for row in rows)
    return len(rows) >= 2 and hits >= 0.6 * len(rows)


def is_whole_file_code(lines: Sequence[Line]) -> bool:
    """Return whether a file is no text at all but a program, a log or a table of values."""
    rows = [line.text for line in islice((line for line in lines if line.text), SAMPLE_LINES)]
    if len(rows) < 3:
        return False
    stamps = sum(_STAMP.match(row) is not None for row in rows)
    return stamps >= 0.6 * len(rows) or _is_values(rows) or _is_source(rows)


def _is_source(rows: Sequence[str]) -> bool:
    hits = sum(len(row) < 160 and _CODE_LINE.search(row) is not None for row in rows)
    prose = sum(len(row) > 60 and _SYMBOL.search(row) is None and row.count(" ") > 6 for row in rows)
    return hits >= 0.35 * len(rows) and prose <= 0.2 * len(rows)


def _is_values(rows: Sequence[str]) -> bool:
    for delimiter in _DELIMITERS:
        counts = Counter(_QUOTED_VALUE.sub("", row).count(delimiter) for row in rows)
        usual, times = counts.most_common(1)[0]
        if usual >= (1 if delimiter == "\t" else 2) and times >= 0.9 * len(rows):
            words = sum(row.count(" ") for row in rows) / (len(rows) * (usual + 1))
            return words < 4
    return False


def code_pieces(lines: Sequence[Line]) -> list[Piece]:
    """Return a file that is no text as blocks of code, parted at empty lines where they grow long."""
    pieces: list[Piece] = []
    held: list[Line] = []
    for line in lines:
        if held and (len(held) >= MAX_CODE_LINES or (not line.text and len(held) >= MAX_CODE_LINES // 3)):
            pieces.append(_code(held))
            held = []
        if line.text or held:
            held.append(line)
    if held:
        pieces.append(_code(held))
    return pieces


def _code(lines: Sequence[Line]) -> Piece:
    rows = [line.printed if line.text else "" for line in lines]
    while rows and not rows[-1]:
        rows.pop()
    return Piece(BlockKind.CODE, "\n".join(rows), lines[0].number, tuple(rows), blanks=1, blanks_after=1)
