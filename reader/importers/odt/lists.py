"""How lists and the outline of an OpenDocument text are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.importers.odt.styles import TEXT, Level, Styles, whole
from reader.importers.office.flow import Item

if TYPE_CHECKING:
    from lxml import etree


@dataclass(slots=True)
class _Open:
    style: str
    level: Level
    key: str
    number: int
    fresh: bool = False  # an item is open that has no paragraph yet
    header: bool = False


@dataclass(slots=True)
class Lists:
    """The lists that are open, and the numbers that others ended with."""

    styles: Styles
    open: list[_Open] = field(default_factory=list)
    _ended: dict[tuple[str, int], int] = field(default_factory=dict)
    _by_id: dict[str, int] = field(default_factory=dict)
    _count: int = 0

    def begin(self, element: etree._Element) -> None:
        depth = len(self.open)
        style = element.get(TEXT + "style-name") or (self.open[-1].style if self.open else "")
        level = self.styles.list_level(style, depth)
        number = level.start - 1
        if element.get(TEXT + "continue-numbering") == "true":
            number = self._ended.get((style, depth), number)
        number = self._by_id.get(element.get(TEXT + "continue-list") or "", number)
        self._count += 1
        self.open.append(_Open(style, level, f"{self._count}:{depth}", number))

    def end(self, element: etree._Element) -> None:
        if not self.open:
            return
        done = self.open.pop()
        self._ended[done.style, len(self.open)] = done.number
        key = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if key:
            self._by_id[key] = done.number

    def begin_item(self, element: etree._Element) -> None:
        if self.open:
            here = self.open[-1]
            here.fresh, here.header = True, element.tag == TEXT + "list-header"
            start = element.get(TEXT + "start-value")
            here.number = whole(start, here.number + 1) if start else here.number + (not here.header)

    def item(self) -> Item | None:
        """Return how the next paragraph is counted; None where it goes on with the item above."""
        if not self.open or not self.open[-1].fresh or self.open[-1].header:
            return None
        here = self.open[-1]
        here.fresh = False
        number = here.number if here.level.form else None
        return Item(here.key, len(self.open) - 1, number, len(self.open))


class Outline:
    """Counts headings as the outline of the document numbers them."""

    def __init__(self, levels: list[Level]) -> None:
        self._levels = levels
        self._counts: dict[int, int] = {}

    def label(self, level: int) -> str:
        """Return what stands before the next heading of a level (from 1), with the space behind it."""
        at = level - 1
        if at >= len(self._levels):
            return ""
        here = self._levels[at]
        self._counts[at] = self._counts.get(at, here.start - 1) + 1
        for deeper in [one for one in self._counts if one > at]:
            del self._counts[deeper]
        if not here.form:
            return ""
        places = range(max(0, at + 1 - here.shown), at + 1)
        said = [self._levels[one].number(self._counts.get(one, self._levels[one].start)) for one in places]
        return here.prefix + ".".join(filter(None, said)) + here.suffix + " "
