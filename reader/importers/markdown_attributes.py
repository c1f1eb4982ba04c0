"""Attribute lists: ``{: .class #id key=value}``, read by Python-Markdown's own scanner."""

from __future__ import annotations

import re

from markdown.extensions.attr_list import get_attrs_and_remainder

# Without the colon only what is plainly an attribute list: braces are met in many texts.
_LIST = re.compile(r"\{(?::[ ]*|(?=[ ]*(?:[.#][\w-]|[A-Za-z][\w-]*=)))([^{}\n]{1,1000})\}")
_AT_END = re.compile(r"(?:^|\n) {0,3}(\{(?::|[ ]*[.#])[^{}\n]{1,1000}\})[ \t]*$")
_OF_HEADING = re.compile(r"[ \t]+(\{(?::|[ ]*[.#])[^{}\n]{1,1000}\})[ \t]*$")


def attributes_at(text: str, position: int) -> tuple[dict[str, str], int] | None:
    """Return the attributes of a list that begins at a position, and its end."""
    match = _LIST.match(text, position)
    return (_values(match[1]), match.end()) if match else None


def split_attributes(text: str, heading: bool = False) -> tuple[str, dict[str, str]]:
    """Return a block's text without the attribute list in its last line (a heading's: at its end)."""
    match = (_OF_HEADING if heading else _AT_END).search(text)
    found = attributes_at(text, match.start(1)) if match and "{" in text else None
    if match is None or found is None:
        return text, {}
    return text[: match.start()], found[0]


def _values(inside: str) -> dict[str, str]:
    made: dict[str, str] = {}
    for name, value in get_attrs_and_remainder(inside.strip())[0]:
        if name == ".":
            made["class"] = f"{made.get('class', '')} {value}".strip()
        elif value is not None:
            made[name] = value
    return made
