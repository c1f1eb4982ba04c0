"""Drawings (SVG) made safe and fit to be shown: nothing is loaded, the colours are the theme's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF

if TYPE_CHECKING:
    from reader.theme import Theme

MAX_DRAWING_BYTES = 8 * 2**20
HEAD_BYTES = 65_536
"""Within these the root of a drawing must begin; Inkscape and others put much before it."""
MAX_SIDE = 1e6
"""A drawing whose sides are said to be longer than this, px, is damaged."""

# What our own figures are drawn in; see resources/articles.
_OWN_COLOURS = {"currentcolor": "text", "#9c2f21": "accent", "#67615a": "muted", "#ffffff": "page"}
_REPLACED = re.compile("|".join(_OWN_COLOURS), re.IGNORECASE)

_ROOT = re.compile(r"<(?:[\w.-]+:)?svg\b([^<>]*)", re.ASCII)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*([^"']*)["']""")
_SIDE = r"""(?<![\w-]){name}\s*=\s*["']\s*([0-9.]+(?:[eE][+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*["']"""
_WIDTH, _HEIGHT = (re.compile(_SIDE.format(name=name)) for name in ("width", "height"))
_PIXELS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_ENCODING = re.compile(rb"""^<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']""")
_LATIN = (b"iso-8859-1", b"latin1", b"windows-1252")

# What Qt would open or obey: instructions that name a style sheet, entities, pictures in files.
_INSTRUCTIONS = re.compile(r"<\?.*?\?>", re.DOTALL)
_TYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_REFERENCE = re.compile(r"""\bhref\s*=\s*("[^"]*"|'[^']*')""")
# A name within the drawing, or a picture that is carried in it (by its first bytes: a drawing is none).
_HARMLESS = re.compile(r"#|data:image/[\w.+-]+;base64,\s*(?:iVBORw0KGgo|/9j/|R0lGOD|UklGR)")

_NOTHING = (
    'href="data:image/png;base64,'
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR42mNg"
    "AAIAAAUAAen63NgAAAAASUVORK5CYII="
    '"'
)
"""One pixel that is not seen, in the place of what would be loaded: without any, Qt complains."""


def size_of(data: bytes) -> tuple[QSizeF, bool] | None:
    """Return the size of a drawing, and whether it is said in units of length; None where it has none.

    Without such units the size is a mere proportion. Only the beginning is looked at.
    """
    head = _COMMENT.sub("", _decoded(data[:HEAD_BYTES]))
    root = _ROOT.search(head)
    if root is None or len(data) > MAX_DRAWING_BYTES:
        return None
    width, height = _length(_WIDTH, root[1]), _length(_HEIGHT, root[1])
    box = _view_box(root[1])
    if width and height:
        return _sane(QSizeF(width, height), True)
    if box is None:
        return None
    if width or height:
        share = box.height() / box.width()
        return _sane(QSizeF(width or height / share, height or width * share), True)
    return _sane(box, False)


def prepared(data: bytes, theme: Theme) -> bytes:
    """Return a drawing as it is given to Qt, with nothing in it that is fetched from elsewhere.

    Where it was made for that (``currentColor``), it has the theme's colours.
    """
    # Written anew in UTF-8 without its own declaration: what is looked for here is what Qt reads.
    drawing = _TYPE.sub("", _INSTRUCTIONS.sub("", _decoded(data)))
    drawing = _REFERENCE.sub(_harmless, drawing)
    if "currentColor" in drawing:
        # In one pass: what one replacement puts in, another must not take for its own.
        drawing = _REPLACED.sub(lambda found: str(getattr(theme, _OWN_COLOURS[found[0].lower()])), drawing)
    return drawing.encode()


def takes_colours(data: bytes) -> bool:
    """Say whether a drawing looks different in each theme."""
    return b"currentColor" in data


def _decoded(data: bytes) -> str:
    said = _ENCODING.match(data)
    if said is not None and said[1].lower() in _LATIN:
        return data.decode("cp1252", "replace")
    return data.decode("utf-8-sig", "replace")


def _harmless(found: re.Match[str]) -> str:
    return found[0] if _HARMLESS.match(found[1][1:].lstrip()) else _NOTHING


def _length(pattern: re.Pattern[str], attributes: str) -> float:
    found = pattern.search(attributes)
    try:
        return float(found[1]) * _PIXELS[found[2]] if found is not None else 0.0
    except ValueError:
        return 0.0


def _view_box(attributes: str) -> QSizeF | None:
    found = _BOX.search(attributes)
    if found is None:
        return None
    try:
        _, _, width, height = (float(part) for part in found[1].replace(",", " ").split())
    except ValueError:
        return None
    return QSizeF(width, height) if width > 0 and height > 0 else None


def _sane(size: QSizeF, said: bool) -> tuple[QSizeF, bool] | None:
    sides = (size.width(), size.height())
    return (size, said) if all(0 < side < MAX_SIDE for side in sides) else None
