"""Lists by numbering: which paragraph is counted how, and what its number says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reader.importers.docx.parts import W, is_on, number_of
from reader.importers.docx.styles import Styles, indent_of
from reader.importers.office.numerals import shown
from reader.importers.office.symbols import in_font

if TYPE_CHECKING:
    from lxml import etree

DEPTHS = 9
_PLACE = re.compile(r"%([1-9])")
_PLAIN_NUMBER = re.compile(r"[\s(\[]*%[1-9][\s.):\]-]*")
_PLAIN_FORMATS = frozenset((
    "decimal", "decimalZero", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "ordinal",
    "decimalEnclosedCircle", "russianLower", "russianUpper",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # the depth, from 1, that makes it begin anew; None: any outer one
    legal: bool = False
    glue: str = " "
    indent: int | None = None
    style: str = ""


class Counted(NamedTuple):
    """What numbering makes of a paragraph. ``label`` is what Word shows; ``plain`` where a number says it all."""

    key: str
    depth: int
    number: int | None
    label: str
    plain: bool
    glue: str
    indent: int | None


class Numbering:
    """Counts paragraphs in their order. ``styles`` resolve lists that are named by a style."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._style_links: dict[str, tuple[str, etree._Element]] = {}
        self._lists: dict[str, etree._Element] = {}
        self._levels: dict[str, tuple[str, list[_Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._starts: dict[tuple[str, int], int] = {}
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                key = element.get(W + "abstractNumId") or ""
                self._abstract[key] = element
                link = element.find(W + "styleLink")
                if link is not None:
                    self._style_links.setdefault(link.get(W + "val") or "", (key, element))
            elif element.tag == W + "num":
                self._lists[element.get(W + "numId") or ""] = element

    def depth_of_style(self, list_id: str, style: str) -> int:
        """Return the depth that a list has for paragraphs of a style."""
        levels = self._of(list_id)[1]
        return next((i for i, level in enumerate(levels) if level.style == style and style), 0)

    def count(self, list_id: str, depth: int) -> Counted | None:
        """Count one more paragraph; None where there is no such list."""
        if list_id not in self._lists or list_id == "0":
            return None
        depth = min(max(depth, 0), DEPTHS - 1)
        key, levels = self._of(list_id)
        if depth >= len(levels):
            return Counted(key, depth, None, "", True, " ", None)
        level = levels[depth]
        counts = self._counts.setdefault(key, {})
        self._advance(list_id, depth, levels, counts)
        if level.form == "bullet" or (len(level.text) == 1 and not level.text.isalnum()):
            # A bullet that is only a space goes on with the item above: so some programs write it.
            return Counted(key, depth, None, "", not level.text.isspace(), level.glue, level.indent)
        label = self._label(depth, levels, counts)
        plain = bool(_PLAIN_NUMBER.fullmatch(level.text)) and level.form in _PLAIN_FORMATS
        return Counted(key, depth, counts[depth], label, plain, level.glue, level.indent)

    def _advance(self, list_id: str, depth: int, levels: list[_Level], counts: dict[int, int]) -> None:
        override = self._starts.get((list_id, depth))
        if override is not None and (list_id, depth) not in self._begun:
            counts[depth] = override
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = levels[depth].start
        self._begun.add((list_id, depth))
        for outer in range(depth):
            counts.setdefault(outer, levels[outer].start)
        for inner in range(depth + 1, len(levels)):
            restart = levels[inner].restart
            if restart is None or 0 < depth + 1 <= restart:
                counts.pop(inner, None)

    @staticmethod
    def _label(depth: int, levels: list[_Level], counts: dict[int, int]) -> str:
        level = levels[depth]

        def place(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            if at >= len(levels) or at > depth:
                return ""
            form = levels[at].form
            return shown(counts.get(at, levels[at].start), "decimal" if level.legal and form != "none" else form)

        return _PLACE.sub(place, level.text).strip()

    def _of(self, list_id: str) -> tuple[str, list[_Level]]:
        if list_id not in self._levels:
            self._levels[list_id] = self._read(list_id)
        return self._levels[list_id]

    def _read(self, list_id: str) -> tuple[str, list[_Level]]:
        element = self._lists.get(list_id)
        if element is None:
            return "", []
        key, abstract = self._abstract_of(element)
        levels = [_Level() for _ in range(DEPTHS)] if abstract is not None else []
        for one in abstract.iterfind(W + "lvl") if abstract is not None else ():
            _place_level(levels, number_of(one, "ilvl"), one)
        for one in element.iterfind(W + "lvlOverride"):
            depth = number_of(one, "ilvl")
            inner, start = one.find(W + "lvl"), one.find(W + "startOverride")
            if inner is not None:
                _place_level(levels, depth, inner)
            if start is not None:
                self._starts[list_id, depth] = number_of(start, default=1)
        return key, levels

    def _abstract_of(self, element: etree._Element) -> tuple[str, etree._Element | None]:
        """Return the abstract list behind a list: a style may stand between the two."""
        named = element.find(W + "abstractNumId")
        key = (named.get(W + "val") if named is not None else "") or ""
        abstract = self._abstract.get(key)
        link = abstract.find(W + "numStyleLink") if abstract is not None else None
        behind = self._style_links.get(link.get(W + "val") or "") if link is not None else None
        return behind or (key, abstract)


def _place_level(levels: list[_Level], depth: int, element: etree._Element) -> None:
    if 0 <= depth < len(levels):
        levels[depth] = _level(element)


def _level(element: etree._Element) -> _Level:
    def value(name: str, default: str = "") -> str:
        found = element.find(W + name)
        return (found.get(W + "val") if found is not None else None) or default

    fonts = element.find(f"{W}rPr/{W}rFonts")
    font = (fonts.get(W + "ascii") if fonts is not None else "") or ""
    restart = element.find(W + "lvlRestart")
    start = element.find(W + "start")
    return _Level(
        form=value("numFmt", "decimal"),
        text=in_font(value("lvlText"), font),
        start=number_of(start, default=1) if start is not None else 0,
        restart=number_of(restart) if restart is not None else None,
        legal=is_on(element.find(W + "isLgl")),
        glue="" if value("suff") == "nothing" else " ",
        indent=indent_of(element.find(W + "pPr")),
        style=value("pStyle"),
    )
