"""Attribute lists: ``{: .class #id key=value}``, read by Python-Markdown's own scanner."""

from __future__ import annotations

import re

from markdown.extensions.attr_list import get_attrs_and_remainder

# Without the colon only what is plainly an attribute list: braces are met in many texts.
_LIST = re.compile(r"\{(?::[ ]*|(?=[ ]*(?:[.#][\w-]|[A-Za-z][\w-]*=)))([^{}\n]{1,1000})\}")
_PLAIN_START = re.compile(r"\{(?::|[ ]*[.#])")


def attributes_at(text: str, position: int) -> tuple[dict[str, str], int] | None:
    """Return the attributes of a list that begins at a position, and its end."""
    match = _LIST.match(text, position)
    return (_values(match[1]), match.end()) if match else None


def split_attributes(text: str, heading: bool = False) -> tuple[str, dict[str, str]]:
    """Return a block's text without the attribute list in its last line (a heading's: at its end)."""
    said = text.rstrip(" \t")
    start = said.rfind("{")
    if not said.endswith("}") or start < 0 or not _PLAIN_START.match(said, start):
        return text, {}
    found = attributes_at(said, start)
    before = said[:start]
    alone = before.endswith((" ", "\t")) if heading else not before.rpartition("\n")[2].strip(" ")
    if not alone or found is None or found[1] != len(said):
        return text, {}
    return before.rstrip(" \t") if heading else before.rstrip(" ").removesuffix("\n"), found[0]


def _values(inside: str) -> dict[str, str]:
    made: dict[str, str] = {}
    for name, value in get_attrs_and_remainder(inside.strip())[0]:
        if name == ".":
            made["class"] = f"{made.get('class', '')} {value}".strip()
        elif value is not None:
            made[name] = value
    return made
