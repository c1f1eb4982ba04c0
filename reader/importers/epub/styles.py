"""What the style sheets of a book say of its classes, as far as a reader would miss it: italic, bold, raised.

Only selectors of one class (``.x``, ``span.x``) are read; nothing is fetched, and layout is not obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_SHEET_CHARS = 2**20
MAX_RULES = 5000

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_SELECTOR = re.compile(r"(?:[a-z][a-z0-9]*)?\.([A-Za-z_][\w-]*)", re.IGNORECASE)
_DECLARATION = re.compile(r"(?:^|;)\s*(font-style|font-weight|vertical-align|font)\s*:\s*([^;]{1,200})", re.IGNORECASE)


def element_of(declarations: str) -> str:
    """Return the HTML element that means what some declarations say (``i``, ``b``, ``sup``, ``sub``), or nothing."""
    found = {name.lower(): value.lower() for name, value in _DECLARATION.findall(declarations)}
    raised = found.get("vertical-align", "")
    font = found.get("font", "")
    if raised.startswith(("super", "top", "text-top")):
        return "sup"
    if raised.startswith("sub"):
        return "sub"
    if "italic" in found.get("font-style", font) or "oblique" in found.get("font-style", ""):
        return "i"
    return "b" if re.match(r"\s*(bold|[6-9]00)", found.get("font-weight", "")) else ""


def meanings(sheets: Iterable[str]) -> dict[str, str]:
    """Return for each class that style sheets give a meaning, the HTML element that means it."""
    found: dict[str, str] = {}
    for sheet in sheets:
        rules = _RULE.findall(_COMMENT.sub("", sheet[:MAX_SHEET_CHARS]))
        for selectors, declarations in rules[:MAX_RULES]:
            meaning = element_of(declarations)
            for selector in selectors.split(",") if meaning else ():
                named = _SELECTOR.fullmatch(selector.strip())
                if named:
                    found[named[1]] = meaning
    return found
