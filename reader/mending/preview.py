"""The article that a Markdown text is just now, and which of its lines each passage stands on."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from reader.article.codec import Compiled, decode, encode
from reader.article.notes import passages

if TYPE_CHECKING:
    from reader.article.model import Article, Resource

KEY_CHARACTERS = 32
"""So many letters at its beginning tell one line from another."""
_SIGNS = re.compile(r"\[\^[^\]\s]*\]:?|\]\([^()\s]*\)|^\s*(?:>\s*)*(?:\d{1,9}[.)](?=\s))?|<[^<>]{1,200}>|\{:?[^{}]*\}")
_NO_LETTERS = re.compile(r"[\W_]+")


class Preview(Struct, frozen=True):
    """``lines`` has the line (from 0) that each passage begins on, as far as that can be told."""

    compiled: Compiled
    resources: tuple[Resource, ...]
    lines: array[int]

    def line_of(self, passage: int) -> int:
        """Return the line that a passage begins on."""
        return self.lines[passage] if 0 <= passage < len(self.lines) else 0

    def passage_at(self, line: int) -> int:
        """Return the passage that stands on a line, or last before it."""
        at = bisect_right(self.lines, line) - 1
        if at < 0:
            return 0
        return bisect_left(self.lines, self.lines[at])  # of several on one line, the first


def unchanged(text: str, compiled: bytes) -> Preview:
    """Return a text that was not touched yet with its article, which is known: nothing is parsed."""
    return Preview(Compiled.over(compiled), (), lines_of(decode(compiled), text))


def preview(text: str) -> Preview:
    """Return the article that a text is. For a background thread, where it is long."""
    from reader.importers.markdown.importer import parse

    imported = parse(text)
    compiled = Compiled.over(encode(imported.article))
    return Preview(compiled, imported.resources, lines_of(imported.article, text))


def lines_of(article: Article, text: str) -> array[int]:
    """Return the line that each passage begins on; one that is not found has that of the passage before it.

    The passages are looked for in their order by the letters they begin with, so that nothing need be known
    of how a text was parsed. Notes that stand in the middle of the text are taken for part of what is there.
    """
    letters = [_key(_SIGNS.sub("", line)) for line in text.split("\n")]
    where: dict[str, array[int]] = {}
    for number in range(len(letters)):
        for key in _beginnings(letters, number):
            where.setdefault(key, array("l")).append(number)
    found = array("l")
    last = 0
    for passage in passages(article):
        last = _next(where.get(_key(passage.text.split("\n", 1)[0])), last, last if found else -1)
        found.append(last)
    return found


def _beginnings(letters: Sequence[str], number: int) -> Iterator[str]:
    """Yield what a passage may begin with that begins on a line, and goes on over the lines below it."""
    key = ""
    while number < len(letters) and letters[number] and len(key) < KEY_CHARACTERS:
        key = (key + letters[number])[:KEY_CHARACTERS]
        number += 1
        yield key


def _next(numbers: Sequence[int] | None, last: int, after: int) -> int:
    """Return the first of some lines after one, or that of before."""
    if numbers is None:
        return last
    at = bisect_right(numbers, after)
    return numbers[at] if at < len(numbers) else last


def _key(text: str) -> str:
    return _NO_LETTERS.sub("", text[: 8 * KEY_CHARACTERS])[:KEY_CHARACTERS]
