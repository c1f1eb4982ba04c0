"""The parts of YAML and TOML that headers of articles are written in.

``key: value``, quoted values, lists in brackets or with dashes, folded and literal values, comments;
of TOML ``key = value`` with strings, lists and bare values. Anything else keeps its words: it comes
back as an entry without a key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import NamedTuple


class Entry(NamedTuple):
    """One entry: its key (empty: not understood), its values, its line in the file and how it is written."""

    key: str
    values: tuple[str, ...]
    line: int
    written: str


_YAML_KEY = re.compile(r"""([A-Za-z_][\w .-]{0,60}?|"[^"]+"|'[^']+')[ \t]*:(?:[ \t]+(.*))?$""")
_TOML_KEY = re.compile(r"""([A-Za-z_][\w-]*|"[^"]+")[ \t]*=[ \t]*(.+)$""")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*))?$")
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_IN_LIST = re.compile(r"""\s*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\[\]{}"']+(?:['"][^,\[\]{}]*)?)\s*(?:,|$)""")


def yaml_entries(lines: Sequence[str], first_line: int) -> list[Entry]:
    """Return the entries of a header's lines."""
    made: list[Entry] = []
    at = 0
    while at < len(lines):
        start = at
        match = _YAML_KEY.match(lines[at])
        at += 1
        if not match:
            if lines[start].strip() and not lines[start].lstrip().startswith("#"):
                made.append(Entry("", (), first_line + start, lines[start]))
            continue
        while at < len(lines) and _belongs(lines[at]):
            at += 1
        below = list(lines[start + 1 : at])
        values = _values((match[2] or "").strip(), below)
        key = match[1].strip("\"'") if values is not None else ""
        made.append(Entry(key, values or (), first_line + start, "\n".join(lines[start:at])))
    return made


def begins_entry(line: str) -> bool:
    """Say whether a line gives a key, whatever its value is: a mapping in a mapping has one too."""
    return _YAML_KEY.match(line) is not None


def _belongs(line: str) -> bool:
    """Say whether a line goes on with the entry above it."""
    return not line.strip() or line[0] in " \t" or _ITEM.match(line) is not None


def _values(said: str, below: list[str]) -> tuple[str, ...] | None:
    """Return an entry's values; None where they are not understood."""
    while below and not below[-1].strip():
        below.pop()
    if said[:1] in ("|", ">"):
        return (_block(said[0], below),)
    if said.startswith("["):
        return _listed(" ".join([said, *(line.strip() for line in below)]))
    if said.startswith(('"', "'")):
        value = _quoted(" ".join([said, *(line.strip() for line in below)]))
        return (value,) if value is not None else None
    if said[:1] in ("{", "&", "*", "!"):
        return None
    said = _COMMENT.sub("", said).strip()
    if said:
        return (" ".join([said, *(line.strip() for line in below if line.strip())]),)
    return _dashed(below)


def _block(sign: str, below: Sequence[str]) -> str:
    """Return a literal value (``|``) or a folded one (``>``)."""
    lines = [line.strip() for line in below]
    if sign == "|":
        return "\n".join(lines)
    return "\n".join(" ".join(part.split("\n")) for part in "\n".join(lines).split("\n\n"))


def _dashed(below: Sequence[str]) -> tuple[str, ...] | None:
    made: list[str] = []
    for line in below:
        if not _COMMENT.sub("", line).strip():
            continue
        match = _ITEM.match(line)
        if match:
            said = (match[1] or "").strip()
            if re.match(r"[\w-]+:[ \t]", said) and not re.match(r"(?:name|full_name):", said):
                return None  # a list of mappings
            said = re.sub(r"^(?:name|full_name):[ \t]+", "", said)
            value = _quoted(said) if said[:1] in ("'", '"') else _COMMENT.sub("", said).strip()
            if value is None or said[:1] in ("[", "{"):
                return None
            made.append(value)
        elif made and not re.match(r"[ \t]+[\w-]+:(?:[ \t]|$)", line):
            made[-1] += " " + line.strip()
        else:
            return None
    return tuple(made)


def _listed(said: str) -> tuple[str, ...] | None:
    """Return the values of a list in brackets."""
    said = said.strip()
    end = said.rfind("]")
    if end < 0 or _COMMENT.sub("", said[end + 1 :]).strip():
        return None
    inside, at = said[1:end].strip(), 0
    made: list[str] = []
    while at < len(inside):
        match = _IN_LIST.match(inside, at)
        if not match:
            return None
        written = match[1].strip()
        value = _quoted(written) if written[:1] in ("'", '"') else written
        if value is None:
            return None
        made.append(value)
        at = match.end()
    return tuple(made)


def _quoted(said: str) -> str | None:
    """Return what a quoted value says; None where it is broken."""
    match = re.match(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*(?:#.*)?$""", said)
    if not match:
        return None
    if said[0] == "'":
        return match[1][1:-1].replace("''", "'")
    try:
        return str(json.loads(match[1], strict=False))
    except ValueError:  # an escape that JSON does not know
        return re.sub(r"\\(.)", r"\1", match[1][1:-1])


def toml_entries(lines: Sequence[str], first_line: int) -> list[Entry]:
    """Return the entries of a TOML header's lines; those of its tables have no key."""
    made: list[Entry] = []
    in_table = False
    at = 0
    while at < len(lines):
        line, start = lines[at].strip(), at
        at += 1
        if not line or line.startswith("#"):
            continue
        in_table = in_table or line.startswith("[")
        match = _TOML_KEY.match(line)
        said = match[2].strip() if match else ""
        while said.startswith("[") and "]" not in said and at < len(lines):
            said += " " + lines[at].strip()
            at += 1
        values = _toml_values(said) if match and not in_table else None
        key = match[1].strip('"') if match and values is not None else ""
        made.append(Entry(key, values or (), first_line + start, "\n".join(lines[start:at])))
    return made


def _toml_values(said: str) -> tuple[str, ...] | None:
    if said.startswith("["):
        return _listed(said)
    if said.startswith(('"', "'")):
        value = _quoted(said)
        return (value,) if value is not None else None
    return (_COMMENT.sub("", said).strip(),) if not said.startswith("{") else None
