"""Drawings that stand in a page itself (``<svg>``) become pictures of their own, harmless and complete.

Signs of buttons and menus are no pictures: what counts is how large a drawing is said to be, and how
much is drawn. The parser of pages makes all names small; those that SVG wants otherwise are restored.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from reader.importers.elements.text import name_of

MAX_DRAWING_BYTES = 2**20
MIN_SIDE = 100
"""A drawing with a shorter side than this, px, is a sign."""
MIN_SHAPES = 3
"""What has fewer shapes is a sign too, where it does not say how large it is."""
MAX_SHAPES = 20_000

_SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use", "image"))
_LEFT_OUT = frozenset((
    "script", "style", "foreignobject", "title", "desc", "metadata", "a", "animate", "animatetransform",
    "animatemotion", "set", "iframe", "audio", "video", "handler", "listener",
))  # fmt: skip
_SEEN_THROUGH = frozenset(("a",))
_CASED = {name.lower(): name for name in (
    "linearGradient", "radialGradient", "clipPath", "textPath", "viewBox", "preserveAspectRatio", "gradientUnits",
    "gradientTransform", "patternUnits", "patternTransform", "patternContentUnits", "clipPathUnits", "maskUnits",
    "maskContentUnits", "markerWidth", "markerHeight", "markerUnits", "refX", "refY", "spreadMethod", "startOffset",
    "textLength", "lengthAdjust", "stdDeviation", "pathLength", "feGaussianBlur", "feOffset", "feBlend", "feFlood",
    "feMerge", "feMergeNode", "feColorMatrix", "feComposite", "filterUnits", "baseFrequency", "tableValues",
)}  # fmt: skip
_NUMBER = re.compile(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(?:px)?\s*")
_WITHIN = re.compile(r"\s*#[\w.:-]{1,200}\s*")
_CARRIED = re.compile(r"\s*data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_LOADING = re.compile(r"url\s*\(\s*(?![\"']?#)|@import|expression|javascript:", re.IGNORECASE)


def is_picture(svg: Element) -> bool:
    """Say whether a drawing is large and rich enough to be a picture of an article."""
    shapes = 0
    for one in svg.iter():
        shapes += name_of(one) in _SHAPES
        if shapes > MAX_SHAPES:
            return False
    if not shapes:
        return False
    sides = [_number(svg.get("width")), _number(svg.get("height"))]
    if any(sides):
        return all(side == 0 or side >= MIN_SIDE for side in sides)
    box = [_number(part) for part in re.split(r"[\s,]+", (svg.get("viewbox") or svg.get("viewBox") or "").strip())]
    return shapes >= MIN_SHAPES and len(box) == 4 and min(box[2:]) >= MIN_SIDE


def _number(said: str | None) -> float:
    hit = _NUMBER.fullmatch(said or "")
    return float(hit[1]) if hit else 0.0


def drawing(svg: Element) -> bytes | None:
    """Return a drawing as a file: without scripts, styles and links, and nothing that would be loaded; or None."""
    made = Element("svg", {"xmlns": "http://www.w3.org/2000/svg"})
    made.attrib.update(_attributes(svg))
    stack = [(svg, made)]
    while stack:
        source, copy = stack.pop()
        for child in source:
            name = name_of(child)
            if name in _SEEN_THROUGH:
                stack.append((child, SubElement(copy, "g")))
            elif name and name not in _LEFT_OUT:
                inner = SubElement(copy, _CASED.get(name, name), _attributes(child))
                if name in ("text", "tspan", "textpath"):
                    inner.text, inner.tail = child.text, child.tail
                stack.append((child, inner))
    data: bytes = tostring(made, encoding="utf-8", xml_declaration=False)
    return data if len(data) <= MAX_DRAWING_BYTES else None


def _attributes(element: Element) -> dict[str, str]:
    made: dict[str, str] = {}
    for key, value in element.items():
        name = key.lower().rpartition("}")[2].rpartition(":")[2]
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,40}", name) or name.startswith(("on", "xmlns", "data-")):
            continue
        if name == "href" and not (_WITHIN.fullmatch(value) or _CARRIED.fullmatch(value)):
            continue
        if not _LOADING.search(value) or name == "href":
            made[_CASED.get(name, name)] = value
    return made


def words_of(svg: Element) -> str:
    """Return what a drawing says of itself: its label, its title, or the words that are written in it."""
    said = svg.get("aria-label") or ""
    for kind in ("title", "desc"):
        said = said or next((one.text or "" for one in svg.iter() if name_of(one) == kind), "")
    if not said.strip():
        said = " ".join(" ".join(one.itertext()) for one in svg.iter() if name_of(one) == "text")
    return " ".join(said.split())
