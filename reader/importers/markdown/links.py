"""Where links lead: ``(address "title")``, ``[label]``, definitions of references, bare addresses."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

MAX_ADDRESS_CHARS = 4000
"""An address that is longer is none, unless it carries a picture (``data:``)."""


class Target(NamedTuple):
    address: str
    title: str


_SPACE = re.compile(r"[ \t]*\n?[ \t]*")
_ANGLE = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>")
_DEEPER = r"\((?:[^\s()\\\x00-\x1f]|\\.)*+\)"
_DEEP = rf"\((?:[^\s()\\\x00-\x1f]|\\.|{_DEEPER})*+\)"
_BARE = re.compile(rf"(?:[^\s()\\\x00-\x1f]|\\.|{_DEEP})*+")
_TITLE = re.compile(r'"((?:[^"\\]|\\.)*+)"|\'((?:[^\'\\]|\\.)*+)\'|\(((?:[^()\\]|\\.)*+)\)', re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_DEFINITION = re.compile(r" {0,3}\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:", re.DOTALL)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\[\]\\`|]+", re.IGNORECASE)


def label_key(label: str) -> str:
    """Return what labels of references are compared by."""
    return " ".join(label.split()).casefold()


def literal(text: str) -> str:
    """Return text with its backslash escapes and entities resolved."""
    return _ESCAPE.sub(lambda match: match[1] or unescape(match[2]), text) if "\\" in text or "&" in text else text


def target_at(text: str, position: int) -> tuple[Target | None, int]:
    """Read ``(address "title")`` from its opening bracket; where there is none, say how far was looked."""
    limit = position + MAX_ADDRESS_CHARS
    start = _skip(text, position + 1)
    if text.startswith("data:", start):
        limit = len(text)
    address, end = _address(text, start, limit)
    if address is None:
        return None, end
    after = _skip(text, end)
    title, after = _title(text, after, limit) if after > end else ("", after)
    if not text.startswith(")", after):
        return None, max(after, end)
    return Target(literal(address), literal(title)), after + 1


def reference_label(text: str, position: int) -> tuple[str, int]:
    """Read ``[label]`` behind a link's text; an empty label and the end of ``[]`` where none is given."""
    match = _LABEL.match(text, position, position + 1000)
    return (match[1].strip(), match.end()) if match else ("", position)


def definition_at(text: str, position: int) -> tuple[str, Target, int] | None:
    """Read the definition of a reference that begins at a position; return its label, target and end."""
    match = _DEFINITION.match(text, position, position + 1010)
    if match is None or not match[1].strip():
        return None
    start = _skip(text, match.end())
    address, end = _address(text, start, start + MAX_ADDRESS_CHARS)
    if address is None or (not address and text[start : start + 1] != "<"):
        return None
    after = _skip(text, end)
    title, after_title = _title(text, after, after + MAX_ADDRESS_CHARS) if after > end else ("", end)
    line_end = _rest_of_line(text, after_title)
    if line_end is None or not title:  # what follows is no title: it may be a line of its own
        title, line_end = "", _rest_of_line(text, end)
    if line_end is None:
        return None
    return match[1], Target(literal(address), literal(title)), line_end


def bare_address(text: str, position: int) -> str | None:
    """Return the address that begins at a position and is written without brackets."""
    match = _ADDRESS.match(text, position, position + MAX_ADDRESS_CHARS)
    if match is None:
        return None
    address = match[0]
    while True:
        shorter = address.rstrip("?!.,:;*_~'\"”’»")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            break
        address = shorter
    host = re.sub(r"^https?://", "", address, flags=re.IGNORECASE)
    return address if re.match(r"\w", host) and (host == address) <= ("." in host[4:]) else None


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _address(text: str, start: int, limit: int) -> tuple[str | None, int]:
    if text.startswith("<", start):
        match = _ANGLE.match(text, start, limit)
        return (match[1], match.end()) if match else (None, min(limit, len(text)))
    match = _BARE.match(text, start, limit)
    if match is None or match.end() == limit < len(text):
        return None, start
    return match[0], match.end()


def _title(text: str, start: int, limit: int) -> tuple[str, int]:
    match = _TITLE.match(text, start, limit)
    if match is None or _BLANK_LINE.search(match[0]):
        return "", start
    return next(group for group in match.groups() if group is not None), _skip(text, match.end())


def _rest_of_line(text: str, position: int) -> int | None:
    """Return where the next line begins, if nothing more stands in this one."""
    if position and text[position - 1 : position] == "\n":
        return position
    end = text.find("\n", position)
    end = len(text) if end < 0 else end
    return min(end + 1, len(text)) if not text[position:end].strip() else None
