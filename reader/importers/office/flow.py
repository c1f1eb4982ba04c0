"""Paragraphs put one after another into an element: lists are nested, lines of code and verse joined."""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

MAX_BLANK_LINES = 50
"""Between two lines of code or verse."""


class Item(NamedTuple):
    """How a paragraph is counted: which list, how deep (0: outermost), its number or None for a bullet.

    ``indent`` is where its text begins, in twentieths of a point.
    """

    list_key: str
    depth: int
    number: int | None = None
    indent: int = 0


class _Level(NamedTuple):
    item: Item
    list_element: Element
    item_element: Element


_ITEMS_GO_ON = frozenset(("p", "pre", "blockquote", "table"))


class Flow:
    """What stands in the body, in a cell, in a text box or in a note."""

    def __init__(self, into: Element) -> None:
        self.into = into
        self._levels: list[_Level] = []
        self._lines: Element | None = None  # code or verse that the next line may go on with
        self._blank = 0

    def add(self, element: Element, item: Item | None = None, indent: int = 0) -> None:
        """Put a paragraph, as an item of a list where ``item`` says so.

        One that is no item goes on with the item above where it is indented as far.
        """
        self._lines, self._blank = None, 0
        if item is not None:
            self._item(item).append(element)
            return
        if self._levels and not (element.tag in _ITEMS_GO_ON and indent > 0 and self._rise_to(indent)):
            self._levels.clear()
        self._here().append(element)

    def inside_item(self, element: Element, depth: int | None = None) -> None:
        """Put a paragraph into the innermost item that is open, if any is, and no deeper than ``depth``."""
        if depth is not None:
            self.rise(depth + 1)
        self._lines, self._blank = None, 0
        self._here().append(element)

    def line(self, element: Element, indent: int = 0) -> None:
        """Put one line of code (``pre``) or verse (``p``): it goes on with such lines just above."""
        above = self._lines
        if above is None or above.tag != element.tag or above.get("class") != element.get("class"):
            self.add(element, indent=indent)
            self._lines = element
            return
        self._break(above, min(self._blank, MAX_BLANK_LINES) + 1)
        self._blank = 0
        element.tag = "span"
        element.attrib.pop("class", None)
        above.append(element)

    def blank(self) -> None:
        """Put a paragraph without anything: a blank line of code or verse, nothing elsewhere."""
        self._blank += self._lines is not None

    def end_lists(self) -> None:
        self._levels.clear()
        self._lines = None

    def rise(self, depth: int) -> None:
        """Close the items of lists that are deeper than ``depth`` lists."""
        while self._levels and self._levels[-1].item.depth >= depth:
            self._levels.pop()
        self._lines = None

    def _here(self) -> Element:
        return self._levels[-1].item_element if self._levels else self.into

    def _rise_to(self, indent: int) -> bool:
        """Close the items that are indented further; say whether one is left open."""
        while self._levels and self._levels[-1].item.indent > indent:
            self._levels.pop()
        return bool(self._levels)

    def _item(self, item: Item) -> Element:
        while self._levels and self._levels[-1].item.depth > item.depth:
            self._levels.pop()
        name = "ul" if item.number is None else "ol"
        top = self._levels[-1] if self._levels else None
        if top is not None and top.item.depth == item.depth:
            self._levels.pop()
            same = top.list_element.tag == name and top.item.list_key == item.list_key
            parent = top.list_element if same else SubElement(self._here(), name)
        else:
            parent = SubElement(self._here(), name)
        made = SubElement(parent, "li")
        if item.number is not None:
            made.set("value", str(item.number))
        self._levels.append(_Level(item, parent, made))
        return made

    @staticmethod
    def _break(element: Element, lines: int) -> None:
        if element.tag != "pre":
            for _ in range(lines):
                SubElement(element, "br")
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + "\n" * lines
        else:
            element.text = (element.text or "") + "\n" * lines
