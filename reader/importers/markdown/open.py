"""What is open while a Markdown text is read line by line: containers, and the block that takes lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from reader.importers.elements.rules import LINE
from reader.importers.markdown.attributes import split_attributes
from reader.importers.markdown.html import HtmlStack
from reader.importers.markdown.html_blocks import HtmlBlock
from reader.importers.markdown.tables import table_at, table_of

_FENCE_LANGUAGE = re.compile(r"\{?[ \t]*\.?([^\s{},=\"']+)(?![^\s{},]*=)")
_FENCE_ANCHOR = re.compile(r"\{[^}]*#([^\s}]+)[^}]*\}")

_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*$", re.IGNORECASE)


@dataclass(slots=True)
class Container:
    """A block that holds blocks; ``offset`` is how far its content is indented (0: a quotation)."""

    kind: str
    element: Element
    offset: int = 0
    empty: bool = False
    html: HtmlStack = field(init=False)
    list: Element | None = None  # the list that a further item would belong to
    sign: str = ""

    def __post_init__(self) -> None:
        self.html = HtmlStack(self.element)


@dataclass(slots=True)
class Leaf:
    """The block that lines are being added to; ``kind`` is one of paragraph, code, fence, html."""

    kind: str
    line: int
    lines: list[str] = field(default_factory=list)
    indent: int = 0
    fence: str = ""
    info: str = ""
    html: HtmlBlock | None = None


def end_code(leaf: Leaf, parent: Element) -> None:
    """Add the element of a block of code that has ended."""
    while leaf.kind == "code" and leaf.lines and not leaf.lines[-1].strip(" \t"):
        leaf.lines.pop()
    pre = SubElement(parent, "pre", {LINE: str(leaf.line)})
    code = SubElement(pre, "code")
    language = _FENCE_LANGUAGE.match(leaf.info)
    if language and not language[1].startswith("#"):
        code.set("class", f"language-{language[1]}")
    anchor = _FENCE_ANCHOR.search(leaf.info)
    if anchor:
        pre.set("id", anchor[1])
    # The converter drops one line end at the beginning and one at the end, as HTML does.
    code.text = AtomicString("\n" + "\n".join(leaf.lines) + "\n")


def end_paragraph(said: str, line: int, container: Container) -> list[tuple[Element, str]]:
    """Add what a paragraph says, without what it defined; return the new elements with their texts.

    It may end in a table, and in a quotation begin with an alert. ``line`` is its first.
    """
    if not said.strip(" \t\n"):
        return []
    top = container.html.top
    lines = said.rstrip(" \t").split("\n")
    if container.kind == "quote" and not len(top) and (alert := _ALERT.match(lines[0])):
        SubElement(SubElement(top, "p"), "strong").text = alert[1].capitalize()
        lines = lines[1:]
    table = table_at(lines)
    if table is None:
        return _paragraph(top, lines, line)
    return _paragraph(top, lines[:table], line) + table_of(top, lines[table:], line + table)


def _paragraph(parent: Element, lines: list[str], line: int) -> list[tuple[Element, str]]:
    if not lines:
        return []
    text, attributes = split_attributes("\n".join(lines))
    if attributes and not text.strip(" \t\n") and len(parent):
        parent[-1].attrib.update(attributes)
        return []
    return [(SubElement(parent, "p", {LINE: str(line), **attributes}), text)]
