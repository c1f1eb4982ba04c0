"""Where every element of a tree stands: its parent, its order, and how much text comes before it.

One pass, iterative; with it, whether something opens its paragraph, how long a text is, and which
element holds which are questions of two numbers. It reads ``xml.etree`` and ``lxml`` trees.
"""

from __future__ import annotations

from collections.abc import Iterator
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


class Index:
    """The places of all elements below and with ``root``. Offsets count characters without white space."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.order: dict[Element, int] = {}
        self.parent: dict[Element, Element] = {}
        self.start: dict[Element, int] = {}
        self.end: dict[Element, int] = {}
        self.last: dict[Element, int] = {}
        self.ids: dict[str, Element] = {}
        self._read(root)

    def _read(self, root: Element) -> None:
        count = self._enter(root, 0)
        order, end, last, parent = self.order, self.end, self.last, self.parent
        stack = [(root, iter(root))]
        while stack:
            element, children = stack[-1]
            for child in children:
                parent[child] = element
                count = self._enter(child, count)
                if len(child):
                    stack.append((child, iter(child)))
                    break
                end[child], last[child] = count, len(order) - 1
                tail = child.tail
                if tail:
                    count += solid(tail)
            else:
                stack.pop()
                end[element], last[element] = count, len(order) - 1
                if stack:
                    count += solid(element.tail)

    def _enter(self, element: Element, count: int) -> int:
        self.order[element] = len(self.order)
        self.start[element] = count
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
