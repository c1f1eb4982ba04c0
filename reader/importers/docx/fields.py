"""Fields: of each only its result is text; some make links, some are no text at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.importers.docx.parts import W
from reader.importers.office.symbols import symbol

if TYPE_CHECKING:
    from lxml import etree

_WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_CONTENTS = frozenset(("TOC", "TOA"))
MAX_INSTRUCTION = 100_000
"""Characters of one field's instruction; citations carry whole records."""


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction, then its result."""

    parts: list[str] = field(default_factory=list)
    in_result: bool = False
    link: str = ""
    hides: bool = False
    name: str = ""
    size: int = 0
    inside_hidden: bool = False
    inside_contents: bool = False

    @property
    def hidden(self) -> bool:
        """Whether what stands here is no text: an instruction, or a contents table."""
        return self.inside_hidden or self.hides or not self.in_result

    @property
    def in_contents(self) -> bool:
        return self.inside_contents or self.hides

    def inner(self) -> Field:
        """Return a field that begins inside this one: it need not ask the outer ones again."""
        return Field(link=self.link, inside_hidden=self.hidden, inside_contents=self.in_contents)

    def say(self, text: str) -> None:
        if self.size < MAX_INSTRUCTION:
            self.parts.append(text)
            self.size += len(text)

    def begin_result(self) -> None:
        """Read the instruction, now that it is whole."""
        self.in_result = True
        words = words_of("".join(self.parts))
        self.name = words[0].upper() if words else ""
        self.link = link_of(words) or self.link
        self.hides = self.name in _CONTENTS


def words_of(instruction: str) -> list[str]:
    """Return an instruction's words; what stands in quotation marks is one."""
    return [
        re.sub(r"\\(.)", r"\1", match[1]) if match[1] is not None else match[2]
        for match in _WORDS.finditer(instruction[:MAX_INSTRUCTION])
    ]


def link_of(words: list[str]) -> str:
    """Return the target of a link that a field makes (``#name`` inside the document), or an empty string."""
    if len(words) < 2:
        return ""
    name = words[0].upper()
    if name == "REF" and any(word.lower() == "\\h" for word in words[2:]):
        return "#" + words[1]
    if name != "HYPERLINK":
        return ""
    target, place = "", ""
    rest = iter(words[1:])
    for word in rest:
        if word.lower() == "\\l":
            place = next(rest, "")
        elif word.lower() in ("\\o", "\\t"):
            next(rest, "")
        elif not word.startswith("\\"):
            target = target or word
    return f"{target}#{place}" if place else target


def shown_without_result(instruction: str) -> str:
    """Return what a field shows that has no result: a symbol, or nothing."""
    words = words_of(instruction)
    if len(words) < 2 or words[0].upper() != "SYMBOL":
        return ""
    font = next((words[i + 1] for i, word in enumerate(words[:-1]) if word.lower() == "\\f"), "")
    try:
        return symbol(font, int(words[1], 0))
    except ValueError:
        return ""


def complete(root: etree._Element) -> set[etree._Element]:
    """Return the characters that begin a field which also ends: one that does not must hide nothing."""
    waiting: list[etree._Element] = []
    found: set[etree._Element] = set()
    for element in root.iter(W + "fldChar"):
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            waiting.append(element)
        elif kind == "end" and waiting:
            found.add(waiting.pop())
    return found
