"""Styles of an OpenDocument text, with all that they take from those above them, and its lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reader.importers.office.names import Kind, Role, is_code, role_of
from reader.importers.office.numerals import letters, roman

if TYPE_CHECKING:
    from lxml import etree

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE = _ODF % "office", _ODF % "text", _ODF % "table"
DRAW, STYLE = _ODF % "drawing", _ODF % "style"
FO, SVG = _ODF % "xsl-fo-compatible", _ODF % "svg-compatible"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"

MAX_CHAIN = 50
"""Styles based on one another; a longer chain is a circle."""
DEPTHS = 10

_BOLD = re.compile(r"bold|[6-9]00")
_SIZE = re.compile(r"(\d{1,4}(?:\.\d+)?)pt")


class Look(NamedTuple):
    """How text is set; None where nothing is said. ``size`` counts half points."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    position: str | None = None
    size: int | None = None
    language: str | None = None
    code: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look, with what it leaves open taken from the one below."""
        return _over(self, below)


@lru_cache(maxsize=4096)
def _over(above: Look, below: Look) -> Look:
    return Look._make(mine if mine is not None else other for mine, other in zip(above, below, strict=True))


NOTHING = Look()


@dataclass(frozen=True, slots=True)
class Named:
    """What a style comes to; ``own`` is the look that stands in automatic styles, not in named ones."""

    role: Role | None = None
    look: Look = NOTHING
    own: Look = NOTHING
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list, or of the outline, is counted; an empty ``form`` is a bullet or nothing."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    bullet: bool = False

    def number(self, number: int) -> str:
        if self.form in ("a", "A"):
            said = letters(number)
        elif self.form in ("i", "I"):
            said = roman(number)
        else:
            return str(number) if self.form else ""
        return said.upper() if self.form.isupper() else said


class Styles:
    """All styles of a document: those of ``styles.xml`` and the automatic ones of its content."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._automatic: set[tuple[str, str]] = set()
        self._lists: dict[str, list[Level]] = {}
        self.outline: list[Level] = []
        self.language = ""
        for root in roots:
            if root is not None:
                self._read(root)
        self.of = cache(self._of)

    def _read(self, root: etree._Element) -> None:
        for element in root.iter(STYLE + "style", STYLE + "default-style", TEXT + "list-style", TEXT + "outline-style"):
            name = element.get(STYLE + "name") or ""
            family = element.get(STYLE + "family") or ""
            if element.tag == TEXT + "list-style":
                self._lists[name] = _levels(element)
            elif element.tag == TEXT + "outline-style":
                self.outline = _levels(element)
            elif element.tag == STYLE + "default-style":
                if family == "paragraph":
                    self.language = _look(element).language or ""
            else:
                parent = element.getparent()
                self._styles[family, name] = element
                if parent is not None and parent.tag == OFFICE + "automatic-styles":
                    self._automatic.add((family, name))

    def list_level(self, name: str, depth: int) -> Level:
        levels = self._lists.get(name)
        return levels[min(depth, DEPTHS - 1)] if levels else Level(bullet=True)

    def _of(self, family: str, name: str) -> Named:
        """Return what a style of a family (``paragraph``, ``text``) comes to."""
        role: Role | None = None
        look, own = Look(), Look()
        aligned: str | None = None
        seen = set[str]()
        while name and name not in seen and len(seen) < MAX_CHAIN:
            seen.add(name)
            element = self._styles.get((family, name))
            shown = (element.get(STYLE + "display-name") if element is not None else None) or name
            automatic = (family, name) in self._automatic
            role = role or (None if automatic else role_of(shown))
            if element is None:
                break
            if role is None and family == "paragraph":
                role = _outlined(element)
            said = _look(element)
            if family == "text" and is_code(shown):
                said = said._replace(code=True)
            look = look.over(said)
            own = own.over(said) if automatic or family == "text" else own
            placed = element.find(STYLE + "paragraph-properties")
            if aligned is None and placed is not None:
                aligned = placed.get(FO + "text-align")
            name = element.get(STYLE + "parent-style-name") or ""
        return Named(role, look, own, aligned == "center")


def _outlined(element: etree._Element) -> Role | None:
    level = element.get(STYLE + "default-outline-level") or ""
    return Role(Kind.HEADING, int(level)) if level.isdecimal() and 0 < int(level) <= DEPTHS else None


def _look(element: etree._Element) -> Look:
    found = element.find(STYLE + "text-properties")
    if found is None:
        return Look()
    weight, slant = found.get(FO + "font-weight"), found.get(FO + "font-style")
    language, country = found.get(FO + "language") or "", found.get(FO + "country") or ""
    size = _SIZE.fullmatch(found.get(FO + "font-size") or "")
    display = found.get(TEXT + "display")
    return Look(
        bold=bool(_BOLD.fullmatch(weight)) if weight else None,
        italic=slant in ("italic", "oblique") if slant else None,
        hidden=display == "none" if display else None,
        position=found.get(STYLE + "text-position"),
        size=round(float(size[1]) * 2) if size else None,
        language=(f"{language}-{country}" if country not in ("", "none") else language)
        if language not in ("", "none", "zxx")
        else None,
    )


def _levels(element: etree._Element) -> list[Level]:
    levels = [Level(bullet=True) for _ in range(DEPTHS)]
    for one in element:
        number = one.get(TEXT + "level") or ""
        if not number.isdecimal() or not 0 < int(number) <= DEPTHS:
            continue
        bullet = one.tag in (TEXT + "list-level-style-bullet", TEXT + "list-level-style-image")
        levels[int(number) - 1] = Level(
            form="" if bullet else one.get(STYLE + "num-format") or "",
            prefix=one.get(STYLE + "num-prefix") or "",
            suffix=one.get(STYLE + "num-suffix") or "",
            start=whole(one.get(TEXT + "start-value"), 1),
            shown=whole(one.get(TEXT + "display-levels"), 1),
            bullet=bullet,
        )
    return levels


def whole(text: str | None, default: int) -> int:
    """Return a whole number; ``default`` where the text is none."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else default
