"""Formulas (MathML) as a line of text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from reader.importers.elements.text import name_of

MAX_ELEMENTS = 20_000
"""How many elements of one formula are read."""

_BETWEEN = {"mfrac": "/", "msub": "_", "msup": "^", "munder": "_", "mover": "^"}
_PAIRS = {"msubsup": ("_", "^"), "munderover": ("_", "^")}
_LEFT_OUT = frozenset(("annotation", "annotation-xml", "mphantom"))
_TEX = ("application/x-tex", "text/x-latex", "latex", "tex")


def text_of_math(math: Element) -> str:
    """Return what a formula says: its author's words for it, its TeX, or its signs in one line."""
    said = (math.get("alttext") or "").strip()
    if said:
        return said
    for number, element in enumerate(math.iter()):
        if number > MAX_ELEMENTS:
            break
        if name_of(element) == "annotation" and (element.get("encoding") or "").lower() in _TEX and element.text:
            return " ".join(element.text.split())
    return _linear(math)


def _linear(math: Element) -> str:
    """Return the signs of a formula; walks without recursion, each element is met twice."""
    texts: dict[int, str] = {}
    stack: list[tuple[Element, bool]] = [(math, False)]
    count = 0
    while stack:
        element, done = stack.pop()
        name = name_of(element)
        if not name or name in _LEFT_OUT:
            continue
        if done or not len(element):
            leaf = [" ".join((element.text or "").split())]
            texts[id(element)] = _joined(name, [texts.pop(id(child), "") for child in element] or leaf)
            continue
        count += 1
        if count > MAX_ELEMENTS:
            break
        children = list(element)
        stack.append((element, True))
        stack += ((child, False) for child in reversed(children))
    return texts.get(id(math), "").strip()


def _joined(name: str, parts: list[str]) -> str:
    if name in _BETWEEN and len(parts) == 2:
        return f"{_grouped(parts[0])}{_BETWEEN[name]}{_grouped(parts[1])}"
    if name in _PAIRS and len(parts) == 3:
        low, high = _PAIRS[name]
        return f"{_grouped(parts[0])}{low}{_grouped(parts[1])}{high}{_grouped(parts[2])}"
    if name == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if name == "mroot" and len(parts) == 2:
        return f"{_grouped(parts[1])}√{_grouped(parts[0])}"
    if name == "mtr":
        return " ".join(filter(None, parts)) + "; "
    if name == "mfenced":
        return f"({', '.join(parts)})"
    if name == "mo" and parts[0] in ("=", "+", "<", ">", "≤", "≥", "≠", "≈", "→", "×", "±", "∈"):
        return f" {parts[0]} "
    return "".join(parts)


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text.strip()})"
