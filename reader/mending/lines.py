"""What is done to whole lines of Markdown: marking them for what they are, and joining those that were cut."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]+|$)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_QUOTED = re.compile(r" {0,3}>[ \t]?")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[.#][^{}]*\}[ \t]*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_NUMBERED = re.compile(r"\s*(?:\\?\[(\d{1,5}|\*+|[a-z]|[ivxl]+)\\?\]|\(?(\d{1,5}|\*+|†+)(?:\\?[.):]|(?=\s)))\s*")
"""What a note begins with where it came in as a plain line: ``1.``, ``[1]``, ``(1)``, ``*``."""
_BEGINS_BLOCK = re.compile(
    r" {0,3}(?:#{1,6}(?:[ \t]|$)|>|[-+*][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]+\]:|```|~~~|\||:[ \t]|<!--|\{:)| {4}|\t"
)
_CUT_WORD = re.compile(r"(\w+)-$")
_FIRST_WORD = re.compile(r"[a-zß-öø-ÿ]\w*")
MARK = re.compile(r"\\?[\[(]?(\d{1,5}|\*+|†+|[a-z])\\?[\])]?|<sup>\s*(\d{1,5}|\*+|[a-z])\s*</sup>")
"""What a note's mark looks like where it came in as plain characters."""
_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)


def is_attributes(line: str) -> bool:
    """Say whether a line tells of what kind the line above it is (``{: .caption}``)."""
    return line.lstrip().startswith("{:") and _ATTRIBUTES.fullmatch(line) is not None


def as_plain(lines: Sequence[str]) -> list[str]:
    """Return lines without what marked them: as a heading, a quotation, a caption, a note."""
    made: list[str] = []
    for line in lines:
        if is_attributes(line) or (made and made[-1].strip() and _UNDERLINE.match(line)):
            continue
        line = _QUOTED.sub("", line, count=1)
        line = _NOTE.sub("", line, count=1)
        if _HEADING.match(line):
            line = _ATTRIBUTES.sub("", _CLOSING.sub("", _HEADING.sub("", line, count=1)))
        made.append(line.strip())
    return made


def as_heading(lines: Sequence[str], level: int) -> list[str]:
    """Return lines as one heading of a level (1 to 6); its anchor stays."""
    anchor = next((found[0].strip() for line in lines if (found := _ATTRIBUTES.search(line)) and "#" in found[0]), "")
    words = " ".join(filter(None, as_plain(lines)))
    if not words:
        return list(lines)
    return [f"{'#' * level} {words}{f' {anchor}' if anchor else ''}"]


def as_quotation(lines: Sequence[str]) -> list[str]:
    """Return lines as a quotation; its paragraphs stay apart."""
    return [f"> {line}" if line else ">" for line in as_plain(lines)]


def as_caption(lines: Sequence[str]) -> list[str]:
    """Return lines as one caption."""
    words = " ".join(filter(None, as_plain(lines)))
    return [words, "{: .caption}"] if words else list(lines)


def as_note(lines: Sequence[str], taken: Container[str]) -> list[str]:
    """Return lines as a note; its key is what it began with, or the first number that is not ``taken``."""
    plain = as_plain(lines)
    while plain and not plain[-1]:
        plain.pop()
    if not plain:
        return list(lines)
    begins = _NUMBERED.match(plain[0])
    first = plain[0][begins.end() :] if begins else plain[0]
    key = free_key(taken, (begins[1] or begins[2]) if begins else "")
    return [f"[^{key}]: {first}".rstrip(), *(f"    {line}" if line else "" for line in plain[1:])]


def as_mark(text: str) -> str | None:
    """Return what stands for a note's mark as a mark; None where it does not look like one."""
    found = MARK.fullmatch(text.strip())
    return None if found is None else f"[^{_key(found[1] or found[2])}]"


def keys_in(text: str) -> frozenset[str]:
    """Return the keys of the notes that a text has."""
    return frozenset(_DEFINED.findall(text))


def free_key(taken: Container[str], wanted: str) -> str:
    """Return a key that no note has: the wanted one, or the first number that is free."""
    key = _key(wanted)
    if key and key not in taken:
        return key
    number = 1
    while str(number) in taken:
        number += 1
    return str(number)


def _key(sign: str) -> str:
    """Return a sign as a key: an asterisk would be emphasis."""
    return "star" * sign.count("*") or "dagger" * sign.count("†") or sign


def joined(lines: Sequence[str], text: str = "") -> list[str]:
    """Return paragraphs that were cut into lines as one line each.

    A word that was cut by a hyphen is put together, unless ``text`` has it with its hyphen elsewhere. What
    begins a block of its own (a heading, an item, a note), and what follows a forced break, stays apart.
    """
    made: list[str] = []
    fenced = False
    for line in lines:
        fence = line.lstrip().startswith(("```", "~~~"))
        quoted = _QUOTED.match(line)
        above = made[-1] if made else ""
        if fenced or fence or not _goes_on(above, line):
            made.append(line)
        else:
            rest = line[quoted.end() :] if quoted else line.lstrip()
            made[-1] = _with(above, rest, text)
        fenced ^= fence
    return made


def _goes_on(above: str, line: str) -> bool:
    """Say whether a line is the rest of the one above it."""
    quoted, was_quoted = _QUOTED.match(line), _QUOTED.match(above)
    if was_quoted:
        return _goes_on(above[was_quoted.end() :], line[quoted.end() :] if quoted else line)
    if not above.strip() or not line.strip() or above.endswith(("\\", "  ")):
        return False
    if (
        _HEADING.match(above)
        or _UNDERLINE.match(above)
        or is_attributes(above)
        or above.lstrip().startswith(("<!--", "|", "```", "~~~"))
    ):
        return False
    return not _BEGINS_BLOCK.match(line) and not _UNDERLINE.match(line)


def _with(above: str, rest: str, text: str) -> str:
    above = above.rstrip()
    if above.endswith("\N{SOFT HYPHEN}"):
        return above[:-1] + rest
    cut, goes_on = _CUT_WORD.search(above), _FIRST_WORD.match(rest)
    if not cut or not goes_on:
        return f"{above} {rest}"
    keeps = f"{cut[1]}-{goes_on[0]}" in text
    return (above if keeps else above[:-1]) + rest
