"""Styles of paragraphs and characters, with all that they take from those they are based on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reader.importers.docx.parts import W, is_on, number_of
from reader.importers.office.names import Kind, Role, is_code, role_of

if TYPE_CHECKING:
    from lxml import etree

MAX_CHAIN = 50
"""Styles based on one another; a longer chain is a circle."""

_BODY_OUTLINE = 9


class Look(NamedTuple):
    """How characters are set; None where nothing is said. ``size`` counts half points."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    vertical: str | None = None
    size: int | None = None
    code: bool | None = None
    right_to_left: bool | None = None
    language: str | None = None
    east_language: str | None = None
    bidi_language: str | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """Return this look, with what it leaves open taken from the one below."""
        return _over(self, below)


@lru_cache(maxsize=4096)
def _over(above: Look, below: Look) -> Look:
    return Look._make(mine if mine is not None else other for mine, other in zip(above, below, strict=True))


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style comes to. ``list_id`` and ``depth`` are its numbering; None for none."""

    role: Role | None
    name: str
    look: Look
    list_id: str | None = None
    depth: int | None = None
    numbered_by: str = ""
    indent: int | None = None
    centred: bool = False


@dataclass(frozen=True, slots=True)
class _Style:
    id: str
    name: str
    based_on: str
    properties: etree._Element | None
    look: Look


_NO_STYLE = ParagraphStyle(None, "", Look())


class Styles:
    def __init__(self, root: etree._Element | None) -> None:
        self._paragraphs: dict[str, _Style] = {}
        self._characters: dict[str, _Style] = {}
        self._tables: dict[str, etree._Element] = {}
        self._default = ""
        self.defaults = Look()
        for element in root if root is not None else ():
            if element.tag == W + "style":
                self._add(element)
            elif element.tag == W + "docDefaults":
                properties = element.find(f"{W}rPrDefault/{W}rPr")
                self.defaults = look_of(properties)
        self.paragraph = cache(self._paragraph)
        self.plain = cache(self._plain)
        self.character = cache(self._character)

    def _add(self, element: etree._Element) -> None:
        key = element.get(W + "styleId") or ""
        kind = element.get(W + "type") or "paragraph"
        named, based = element.find(W + "name"), element.find(W + "basedOn")
        style = _Style(
            key,
            (named.get(W + "val") if named is not None else "") or key,
            (based.get(W + "val") if based is not None else "") or "",
            element.find(W + "pPr"),
            look_of(element.find(W + "rPr")),
        )
        if kind == "paragraph":
            self._paragraphs.setdefault(key, style)
            if element.get(W + "default") in ("1", "true", "on"):
                self._default = self._default or key
        elif kind == "character":
            self._characters.setdefault(key, style)
        elif kind == "table":
            self._tables[key] = element

    def has_header_row(self, table_style: str) -> bool:
        """Say whether a table style sets the first row apart."""
        element = self._tables.get(table_style)
        for _ in range(MAX_CHAIN):
            if element is None:
                return False
            if any(one.get(W + "type") == "firstRow" for one in element.iterfind(W + "tblStylePr")):
                return True
            based = element.find(W + "basedOn")
            element = self._tables.get(based.get(W + "val") or "") if based is not None else None
        return False

    def _chain(self, styles: dict[str, _Style], key: str) -> Iterator[_Style]:
        seen = set[str]()
        while key in styles and key not in seen and len(seen) < MAX_CHAIN:
            seen.add(key)
            yield styles[key]
            key = styles[key].based_on

    def _paragraph(self, key: str) -> ParagraphStyle:
        chain = list(self._chain(self._paragraphs, key or self._default))
        if not chain:
            return ParagraphStyle(role_of(key), key, Look()) if key else _NO_STYLE
        look = Look()
        for style in chain:
            look = look.over(style.look)
        made = ParagraphStyle(_role(chain), chain[0].name, look)
        if chain[0].id == self._default and made.role is not None and made.role.kind is Kind.HEADING:
            made = ParagraphStyle(Role(Kind.BODY), made.name, look)  # what all text has is no heading
        list_id, depth, numbered_by = _numbering(chain)
        indent, centred = _place(chain)
        return ParagraphStyle(made.role, made.name, look, list_id, depth, numbered_by, indent, centred)

    def _plain(self, look: Look) -> Look:
        return look.over(self.defaults)

    def _character(self, key: str) -> Look:
        look = Look()
        for style in self._chain(self._characters, key):
            code = True if is_code(style.name) or is_code(style.id) else None
            look = look.over(style.look._replace(code=code))
        if key and key not in self._characters and is_code(key):
            look = look._replace(code=True)
        return look


def _role(chain: list[_Style]) -> Role | None:
    for style in chain:
        role = role_of(style.name) or role_of(style.id)
        if role is not None:
            return role
        outline = style.properties.find(W + "outlineLvl") if style.properties is not None else None
        if outline is not None:
            level = number_of(outline, default=_BODY_OUTLINE)
            return Role(Kind.HEADING, level + 1) if 0 <= level < _BODY_OUTLINE else Role(Kind.BODY)
    return None


def _numbering(chain: list[_Style]) -> tuple[str | None, int | None, str]:
    """Return the list, the depth in it, and the id of the style that says so."""
    depth: int | None = None
    for style in chain:
        found = style.properties.find(W + "numPr") if style.properties is not None else None
        if found is None:
            continue
        level, number = found.find(W + "ilvl"), found.find(W + "numId")
        if depth is None and level is not None:
            depth = number_of(level)
        if number is not None:
            return number.get(W + "val") or "0", depth, style.id
    return None, depth, ""


def _place(chain: list[_Style]) -> tuple[int | None, bool]:
    """Return the indent, in twentieths of a point, and whether the paragraph is centred."""
    indent: int | None = None
    aligned: str | None = None
    for style in chain:
        if style.properties is None:
            continue
        if indent is None:
            indent = indent_of(style.properties)
        centre = style.properties.find(W + "jc")
        if aligned is None and centre is not None:
            aligned = centre.get(W + "val") or ""
    return indent, aligned == "center"


def indent_of(properties: etree._Element | None) -> int | None:
    """Return how far from the margin a paragraph's text stands, in twentieths of a point."""
    found = properties.find(W + "ind") if properties is not None else None
    if found is None:
        return None
    for name in ("start", "left"):
        if found.get(W + name) is not None:
            return number_of(found, name)
    return None


def look_of(properties: etree._Element | None) -> Look:
    """Return what run properties (``w:rPr``) say themselves."""
    if properties is None or not len(properties):
        return _NOTHING
    found = {one.tag: one for one in properties if isinstance(one.tag, str)}
    languages = found.get(W + "lang")
    fonts = found.get(W + "rFonts")
    size = found.get(W + "sz")
    vertical = found.get(W + "vertAlign")
    return Look(
        bold=_said(found, "b"),
        italic=_said(found, "i"),
        hidden=_said(found, "vanish"),
        vertical=vertical.get(W + "val") if vertical is not None else None,
        size=number_of(size) or None,
        right_to_left=_said(found, "rtl"),
        language=languages.get(W + "val") if languages is not None else None,
        east_language=languages.get(W + "eastAsia") if languages is not None else None,
        bidi_language=languages.get(W + "bidi") if languages is not None else None,
        font=(fonts.get(W + "ascii") or fonts.get(W + "hAnsi")) if fonts is not None else None,
    )


def _said(found: dict[str, etree._Element], name: str) -> bool | None:
    element = found.get(W + name)
    return is_on(element) if element is not None else None


_NOTHING = Look()
