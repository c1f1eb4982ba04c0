"""Where every element of a tree stands: its parent, its order, and how much text comes before it.

One pass, iterative; with it, whether something opens its paragraph, how long a text is, and which
element holds which are questions of two numbers. It reads ``xml.etree`` and ``lxml`` trees.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from typing import overload
from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.elements.text import name_of

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_SPACES = (" ", "\n", "\xa0", "\t", "\r", "\u3000")


def solid(text: str | None) -> int:
    """Return how many characters of a text are no white space."""
    if not text:
        return 0
    return len(text) - sum(map(text.count, _SPACES)) if not text.isspace() else 0


_NONE: Mapping[Element, int] = {}


class Numbers:
    """A number of each element, four bytes each: a dictionary of them takes thirty times as much."""

    __slots__ = ("_order", "values")

    def __init__(self, order: dict[Element, int]) -> None:
        self._order = order
        self.values = array("I")
        """By the elements' order."""

    def __getitem__(self, element: Element) -> int:
        return self.values[self._order[element]]

    def __contains__(self, element: Element) -> bool:
        return element in self._order


class Parents:
    """The element around each; the root has none."""

    __slots__ = ("_order", "above", "elements")

    def __init__(self, order: dict[Element, int]) -> None:
        self._order = order
        self.elements: list[Element] = []
        """All of them, in their order."""
        self.above = array("I")
        """The number of the one around each; its own for the root."""

    def __getitem__(self, element: Element) -> Element:
        place = self._order[element]
        above = self.above[place]
        if above == place:
            raise KeyError(element)
        return self.elements[above]

    def __contains__(self, element: Element) -> bool:
        place = self._order.get(element)
        return place is not None and self.above[place] != place

    @overload
    def get(self, element: Element) -> Element | None: ...
    @overload
    def get(self, element: Element, default: Element) -> Element: ...
    def get(self, element: Element, default: Element | None = None) -> Element | None:
        place = self._order.get(element)
        if place is None or self.above[place] == place:
            return default
        return self.elements[self.above[place]]


class Index:
    """The places of all elements below and with ``root``. Offsets count characters without white space.

    ``unseen`` says of elements how many more characters they have than the tree shows.
    """

    def __init__(self, root: Element, unseen: Mapping[Element, int] = _NONE) -> None:
        self.root = root
        self._unseen = unseen
        self.order: dict[Element, int] = {}
        self.parent = Parents(self.order)
        self.start = Numbers(self.order)
        self.end = Numbers(self.order)
        self.last = Numbers(self.order)
        self.ids: dict[str, Element] = {}
        self._read(root)

    def _read(self, root: Element) -> None:
        count = self._enter(root, 0, 0)
        order, end, last = self.order, self.end.values, self.last.values
        stack = [(root, iter(root), 0)]
        while stack:
            element, children, place = stack[-1]
            for child in children:
                below = len(order)
                count = self._enter(child, count, place)
                if len(child):
                    stack.append((child, iter(child), below))
                    break
                end[below], last[below] = count, below
                tail = child.tail
                if tail:
                    count += solid(tail)
            else:
                stack.pop()
                end[place], last[place] = count, len(order) - 1
                if stack:
                    count += solid(element.tail)

    def _enter(self, element: Element, count: int, above: int) -> int:
        self.order[element] = len(self.order)
        self.parent.elements.append(element)
        self.parent.above.append(above)
        self.start.values.append(count)
        self.end.values.append(count)
        self.last.values.append(0)
        tag = name_of(element)
        if not tag:
            return count
        name = element.get("id")
        if name:
            self.ids.setdefault(name, element)
        if tag == "a" or tag == "img":
            name = element.get("name")
            if name:
                self.ids.setdefault(name, element)
        if self._unseen:
            count += self._unseen.get(element, 0)
        text = element.text
        return count + solid(text) if text else count

    def fits(self) -> bool:
        """Say whether no element came into the tree since: notes may be taken out of a paragraph."""
        order = self.order
        return all(element in order for element in self.root.iter())

    def length(self, element: Element) -> int:
        """Return how many characters, without white space, an element holds."""
        return self.end[element] - self.start[element]

    def holds(self, outer: Element, inner: Element) -> bool:
        """Say whether an element is another, or stands in it."""
        return self.order[outer] <= self.order[inner] <= self.last[outer]

    def above(self, element: Element) -> Iterator[Element]:
        """Yield the elements around one, innermost first."""
        parent = self.parent
        while element in parent:
            element = parent[element]
            yield element

    def block_of(self, element: Element) -> Element:
        """Return the nearest element, itself or around it, that is a block of its own."""
        if name_of(element) in tags.BLOCKS:
            return element
        return next((one for one in self.above(element) if name_of(one) in tags.BLOCKS), self.root)

    def before_in(self, block: Element, element: Element) -> int:
        """Return how many characters of a block stand before an element of it."""
        return self.start[element] - self.start[block]


def kinds_of(element: Element) -> frozenset[str]:
    """Return what an element says it is: its roles and ``epub:type``, in small letters."""
    role, kind = element.get("role"), element.get("epub:type") or element.get(EPUB_TYPE)
    if not role and not kind:
        return _NOTHING
    return frozenset(f"{role or ''} {kind or ''}".lower().split())


def classes_of(element: Element) -> list[str]:
    """Return the classes of an element, in small letters."""
    said = element.get("class")
    return said.lower().split() if said else []


def text_of(element: Element) -> str:
    """Return all text in an element, white space drawn together."""
    return " ".join("".join(element.itertext()).split())


_NOTHING: frozenset[str] = frozenset()
