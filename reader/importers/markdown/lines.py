"""Lines of Markdown: their indentation in columns, and what a line begins."""

from __future__ import annotations

import re
from typing import NamedTuple

TAB = 4
"""A tab reaches the next column that is a multiple of this."""

UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
FENCE = re.compile(r"(`{3,})([^`]*)$|(~{3,})(.*)$")
BULLET = re.compile(r"[-+*](?=[ \t]|$)")
NUMBER = re.compile(r"(\d{1,9})([.)])(?=[ \t]|$)")
NOTE = re.compile(r"\[\^([^\[\]^\\\n]{1,200})\]:")
DEFINITION = re.compile(r":(?=[ \t])")
ABBREVIATION = re.compile(r"\*\[([^\\\]\n]{1,200})\][ ]?:[ \t]*(.*)")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


class Line(NamedTuple):
    """What is left of a line, and the column in which it begins."""

    text: str
    column: int = 0

    @property
    def blank(self) -> bool:
        return not self.text.strip(" \t")

    def indent(self) -> int:
        """Return how many columns of white space the line begins with."""
        column = self.column
        for sign in self.text:
            if sign == " ":
                column += 1
            elif sign == "\t":
                column += TAB - column % TAB
            else:
                break
        return column - self.column

    def without(self, columns: int) -> Line:
        """Return the line with so many columns of white space less, or all it has."""
        column, target = self.column, self.column + columns
        for i, sign in enumerate(self.text):
            if column >= target or sign not in " \t":
                return Line(self.text[i:], column)
            column += 1 if sign == " " else TAB - column % TAB
            if column > target:
                return Line(" " * (column - target) + self.text[i + 1 :], target)
        return Line("", column)

    def after(self, characters: int) -> Line:
        """Return the line behind so many characters, none of them white space."""
        return Line(self.text[characters:], self.column + characters)

    def stripped(self) -> Line:
        return self.without(self.indent())


def inside_quote(line: Line) -> Line:
    """Return the line without its ``>`` and one column of space."""
    inside = line.stripped().after(1)
    return inside.without(1) if inside.text[:1] in (" ", "\t") else inside


_PIPE = re.compile(r"\\.|\|", re.DOTALL)
_PIPE_OUTSIDE_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\\.|\|", re.DOTALL)
MAX_LINE_WITH_CODE = 4000
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def cells(line: str, most: int = 0) -> list[str]:
    """Return the cells of a table's row: parts between pipes that no backslash stands before.

    Where that makes more than ``most``, pipes inside of code part no cells, if that makes fewer.
    """
    made = _split(line.strip(" \t"), _PIPE)
    if not most or len(made) <= most or "`" not in line or len(line) > MAX_LINE_WITH_CODE:
        return made
    return min(made, _split(line.strip(" \t"), _PIPE_OUTSIDE_CODE), key=len)


def _split(line: str, pattern: re.Pattern[str]) -> list[str]:
    ends = [match.start() for match in pattern.finditer(line) if match[0] == "|"]
    parts = [line[start:end] for start, end in zip([0, *(end + 1 for end in ends)], [*ends, len(line)], strict=True)]
    if len(parts) > 1 and not parts[0].strip(" \t"):
        parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip(" \t"):
        parts = parts[:-1]
    return [_ESCAPED.sub(_pipe, part.strip(" \t")) for part in parts]


def _pipe(match: re.Match[str]) -> str:
    return "|" if match[1] == "|" else match[0]


def heading(text: str) -> tuple[int, str] | None:
    """Return level and text of a heading that is written with ``#``; the signs at its end are no text."""
    inside = text.lstrip("#")
    level = len(text) - len(inside)
    if not 1 <= level <= 6 or inside[:1] not in ("", " ", "\t"):
        return None
    inside = inside.strip(" \t")
    bare = inside.rstrip("#")
    if bare != inside and (not bare or bare[-1] in " \t"):
        inside = bare.rstrip(" \t")
    return level, inside
