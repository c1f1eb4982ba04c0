"""Equations (OMML) as one line of text that can be read aloud: (a + b)/2, x², √(n), ∑_(i=1)^n."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W_T = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"

_RAISED = str.maketrans("0123456789+-=()ni−′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ⁻′")
_LOWERED = str.maketrans("0123456789+-=()−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎₋")
_RAISABLE = frozenset("0123456789+-−ni′")
_LOWERABLE = frozenset("0123456789+-−")
_BARE = frozenset("′∞.,%°!√∂∇")

MAX_BARE = 40
"""Characters of a number or a name that needs no parentheses."""

Parts = dict[str, list[str]]
_Rule = Callable[["etree._Element", Parts], str]


def linear(root: etree._Element) -> str:
    """Return an equation as text. Every element is made after its children, without recursion."""
    made: dict[etree._Element, str] = {}
    for element in reversed(list(root.iter())):
        name = str(element.tag).removeprefix(M)
        if name == "t" or element.tag == W_T:
            made[element] = element.text or ""
        elif name.endswith("Pr"):
            made[element] = ""
        else:
            parts: Parts = {}
            said: list[str] = []
            for child in element:
                said.append(made.pop(child))
                parts.setdefault(str(child.tag).removeprefix(M), []).append(said[-1])
            rule = _RULES.get(name)
            made[element] = rule(element, parts) if rule else "".join(said)
    return " ".join(made[root].split())


def _one(parts: Parts, name: str) -> str:
    return "".join(parts.get(name, ()))


def _grouped(text: str) -> str:
    """Put text in parentheses where it is more than one thing."""
    text = text.strip()
    if len(text) <= 1 or (len(text) < MAX_BARE and all(c.isalnum() or c in _BARE for c in text)):
        return text
    return text if text[0] == "(" and text[-1] == ")" and text.count("(") == 1 else f"({text})"


def _raised(text: str) -> str:
    text = text.strip()
    return text.translate(_RAISED) if text and set(text) <= _RAISABLE else f"^{_grouped(text)}" if text else ""


def _lowered(text: str) -> str:
    text = text.strip()
    return text.translate(_LOWERED) if text and set(text) <= _LOWERABLE else f"_{_grouped(text)}" if text else ""


def _said(element: etree._Element, properties: str, name: str, default: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    said = found.get(M + "val") if found is not None else None
    return default if said is None else said


def _fraction(element: etree._Element, parts: Parts) -> str:
    if _said(element, "fPr", "type", "bar") == "noBar":
        return f"({_one(parts, 'num')} | {_one(parts, 'den')})"
    return f"{_grouped(_one(parts, 'num'))}/{_grouped(_one(parts, 'den'))}"


def _root(element: etree._Element, parts: Parts) -> str:
    degree = _one(parts, "deg").strip()
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree, f"{_raised(degree)}√")
    inside = _one(parts, "e").strip()
    return f"{sign}{inside if len(inside) == 1 else f'({inside})'}"


def _nary(element: etree._Element, parts: Parts) -> str:
    sign = _said(element, "naryPr", "chr", "∫")
    return f"{sign}{_lowered(_one(parts, 'sub'))}{_raised(_one(parts, 'sup'))} {_one(parts, 'e')}"


def _delimited(element: etree._Element, parts: Parts) -> str:
    begin, end = _said(element, "dPr", "begChr", "("), _said(element, "dPr", "endChr", ")")
    between = _said(element, "dPr", "sepChr", "|")
    return f"{begin}{between.join(parts.get('e', ()))}{end}"


def _matrix(element: etree._Element, parts: Parts) -> str:
    return "; ".join(parts.get("mr", ()))


def _accent(element: etree._Element, parts: Parts) -> str:
    sign = _said(element, "accPr", "chr", "\N{COMBINING CIRCUMFLEX ACCENT}")
    return f"{_one(parts, 'e')}{sign}" if len(_one(parts, "e")) == 1 else f"{_grouped(_one(parts, 'e'))}{sign}"


def _bar(element: etree._Element, parts: Parts) -> str:
    inside = _one(parts, "e")
    return f"{inside}\N{COMBINING OVERLINE}" if len(inside) == 1 else f"{_grouped(inside)}\N{COMBINING OVERLINE}"


_RULES: dict[str, _Rule] = {
    "f": _fraction,
    "sSup": lambda element, parts: f"{_base(parts)}{_raised(_one(parts, 'sup'))}",
    "sSub": lambda element, parts: f"{_base(parts)}{_lowered(_one(parts, 'sub'))}",
    "sSubSup": lambda element, parts: f"{_base(parts)}{_lowered(_one(parts, 'sub'))}{_raised(_one(parts, 'sup'))}",
    "sPre": lambda element, parts: f"{_lowered(_one(parts, 'sub'))}{_raised(_one(parts, 'sup'))}{_base(parts)}",
    "rad": _root,
    "nary": _nary,
    "d": _delimited,
    "m": _matrix,
    "mr": lambda element, parts: ", ".join(parts.get("e", ())),
    "eqArr": lambda element, parts: "; ".join(one.replace("&", "") for one in parts.get("e", ())),
    "func": lambda element, parts: f"{_one(parts, 'fName')} {_function_of(_one(parts, 'e'))}",
    "limLow": lambda element, parts: f"{_one(parts, 'e')}{_lowered(_one(parts, 'lim'))}",
    "limUpp": lambda element, parts: f"{_one(parts, 'e')}{_raised(_one(parts, 'lim'))}",
    "acc": _accent,
    "bar": _bar,
}


def _base(parts: Parts) -> str:
    return _grouped(_one(parts, "e"))


def _function_of(text: str) -> str:
    return text.strip()
