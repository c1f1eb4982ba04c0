"""The nodes that a walk over a Markdown text finds become elements: the pairs among them, the rest text."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.markdown.delimiters import Delimiter, pair
from reader.importers.markdown.html import Tag, append_text, element_of

MAX_OPEN = 60
"""How many elements may stand in one another inside a paragraph."""


@dataclass(slots=True)
class Bracket:
    """An opening bracket: ``[``, ``![`` or ``^[``; ``node`` is its place among the nodes."""

    sign: str
    position: int
    node: int
    active: bool = True


@dataclass(slots=True)
class Attributes:
    """An attribute list, for the element that ends just before it."""

    values: dict[str, str]
    written: str


Node = str | Element | Delimiter | Tag | Attributes | Bracket


def build(element: Element, nodes: list[Node]) -> None:
    """Fill an element with nodes: pair the delimiters and tags among them, the rest is text."""
    pair([node for node in nodes if isinstance(node, Delimiter)])
    _Builder(element, nodes).run()


class _Builder:
    def __init__(self, element: Element, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.open = [element]
        self.last: Element | None = None  # the element that ended just before
        self.said: list[str] = []  # text still to be put where the next element begins or ends
        self.closing: dict[str, int] = {}  # closing tags still to come
        for node in nodes:
            if isinstance(node, Tag) and node.closes:
                self.closing[node.name] = self.closing.get(node.name, 0) + 1

    def run(self) -> None:
        for node in self.nodes:
            if isinstance(node, str):
                self.text(node)
            elif isinstance(node, Element):
                self._put(node)
                self.last = node
            elif isinstance(node, Delimiter):
                self.delimiter(node)
            elif isinstance(node, Tag):
                self.tag(node)
            else:
                self.other(node)
        self._settle()

    def text(self, text: str) -> None:
        if text:
            self.said.append(text)
            self.last = None

    def _settle(self) -> None:
        if self.said:
            append_text(self.open[-1], "".join(self.said))
            self.said = []

    def _put(self, element: Element) -> None:
        self._settle()
        self.open[-1].append(element)

    def other(self, node: Attributes | Bracket) -> None:
        if isinstance(node, Bracket):
            self.text(node.sign)
            return
        if self.last is None or not isinstance(self.last.tag, str):
            self.text(node.written)
            return
        for name, value in node.values.items():
            self.last.set(name, value)

    def delimiter(self, node: Delimiter) -> None:
        for name in node.closes:
            self._end(name)
        self.text(node.rest)
        for name in reversed(node.opens):
            self._begin(Element(name))

    def tag(self, tag: Tag) -> None:
        if tag.closes:
            self.closing[tag.name] -= 1
            self._end(tag.name)
        elif tag.name in tags.VOID:
            self._put(element_of(tag))
        elif not self.closing.get(tag.name):
            # Nothing closes it: only a place that it names is kept.
            if tag.attributes.get("id") or tag.attributes.get("name"):
                self._put(element_of(tag))
        else:
            self._begin(element_of(tag))

    def _begin(self, element: Element) -> None:
        if len(self.open) < MAX_OPEN:
            self._put(element)
            self.open.append(element)
            self.last = None

    def _end(self, name: str) -> None:
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == name:
                self._settle()
                self.last = self.open[depth]
                del self.open[depth:]
                return


def alternatives(element: Element) -> list[str]:
    """Return the text of a picture's description, with that of pictures in it."""
    parts = [element.text or ""]
    for one in element:
        parts += [one.get("alt") or "", *(alternatives(one) if isinstance(one.tag, str) else ()), one.tail or ""]
    return parts
