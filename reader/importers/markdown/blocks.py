"""The lines of a Markdown text become an element tree: Python-Markdown's block parser, by CommonMark.

Python-Markdown parts a text at its blank lines before it looks at anything else. Real files are
written for parsers that go line by line: lists right below a paragraph, nesting by two spaces,
fences in list items, notes defined inside lists and quotations. So this parser takes the place of
its block processors and makes the same elements (``p``, ``h1``, ``ul``, ``pre`` …). What is text for
the inline pass is kept beside the tree, so that nothing of raw HTML is ever read as Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser

from reader.importers.elements.rules import LINE
from reader.importers.markdown import lines as lines_of
from reader.importers.markdown.attributes import split_attributes
from reader.importers.markdown.definitions import Definitions
from reader.importers.markdown.html_blocks import html_block_at
from reader.importers.markdown.inline import Notes
from reader.importers.markdown.lines import Line, inside_quote
from reader.importers.markdown.open import Container, Leaf, end_code, end_paragraph
from reader.importers.markdown.tables import table_at

MAX_DEPTH = 24
"""How many containers may stand in one another; signs that would open more are text."""


class LineParser(BlockParser):
    """Python-Markdown's block parser, replaced: see the module.

    After ``parseDocument``: ``texts`` has each element that holds Markdown text with that text,
    ``definitions`` and ``notes`` what was defined, ``repeated`` the keys of notes
    that were defined more than once.
    """

    def __init__(self, md: Markdown, first_line: int = 1) -> None:
        super().__init__(md)
        self.first_line = first_line
        self.texts: list[tuple[Element, str]] = []
        self.definitions = Definitions()
        self.notes = Notes()
        self.repeated: list[str] = []

    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802
        """Return the tree of a whole text."""
        self.root = Element("div")
        self.stack = [Container("document", self.root)]
        self.leaf: Leaf | None = None
        self.depth = 1
        for number, line in enumerate(lines, self.first_line):
            self.number = number
            if line or self.leaf or len(self.stack) > 1:  # an empty line where nothing is open ends nothing
                self._read(Line(line))
        self.depth = 0
        self._close_unmatched()
        return ElementTree(self.root)

    # One line

    def _read(self, line: Line) -> None:
        line = self._continue(line)
        matched = self.depth == len(self.stack)
        leaf = self.leaf
        if matched and leaf and leaf.kind in ("fence", "html"):
            self._go_on(leaf, line)
        else:
            self._blocks(line)

    def _continue(self, line: Line) -> Line:
        """Find how many of the open containers the line belongs to (``depth``), and strip their signs."""
        self.depth = 1
        for container in self.stack[1:]:
            if container.kind == "quote":
                if line.indent() > 3 or line.text.lstrip(" \t")[:1] != ">":
                    break
                line = inside_quote(line)
            elif line.blank:
                if container.empty:
                    break
                line = line.without(container.offset)
            elif line.indent() >= container.offset:
                line = line.without(container.offset)
            else:
                break
            self.depth += 1
        return line

    def _go_on(self, leaf: Leaf, line: Line) -> None:
        """Add a line to a fence or to a block of HTML, or end it."""
        if leaf.kind == "html":
            assert leaf.html
            if leaf.html.ends_before(line.text):
                self._end_leaf()
                return
            leaf.lines.append(line.text)
            if leaf.html.ends_with(line.text):
                self._end_leaf()
            return
        text = line.text.strip(" \t")
        if line.indent() < 4 and text and not text.strip(leaf.fence[0]) and len(text) >= len(leaf.fence):
            self._end_leaf()
        else:
            leaf.lines.append(line.without(min(leaf.indent, line.indent())).text)

    def _blocks(self, line: Line) -> None:
        opened = False
        while not line.blank and line.indent() < 4 and len(self.stack) < MAX_DEPTH + 2:
            inside = self._open_container(line)
            if inside is None:
                break
            line, opened = inside, True
        if line.blank:
            self._blank(line)
            return
        lazy = self.depth < len(self.stack) and not opened
        if self._starts_leaf(line):
            return
        leaf = self.leaf
        if leaf and leaf.kind == "paragraph" and (lazy or self.depth == len(self.stack)):
            leaf.lines.append(line.text.lstrip(" \t"))
            return
        self._close_unmatched()
        self._end_leaf()
        self._touch()
        self.leaf = Leaf("paragraph", self.number, [line.text.lstrip(" \t")])

    def _blank(self, line: Line) -> None:
        self._close_unmatched()
        if self.leaf and self.leaf.kind == "code":
            self.leaf.lines.append(line.without(4).text)
        else:
            self._end_leaf()

    def _touch(self) -> None:
        """Note that the innermost container has content."""
        self.stack[-1].empty = False
        self.stack[-1].list = None

    @property
    def _paragraph(self) -> Leaf | None:
        """The open paragraph, if the line stands in its container."""
        leaf = self.leaf
        return leaf if leaf and leaf.kind == "paragraph" and self.depth == len(self.stack) else None

    # Containers

    def _open_container(self, line: Line) -> Line | None:
        indent = line.indent()
        bare = line.without(indent)
        first = bare.text[0]
        if first == ">":
            self._push(Container("quote", self._new("blockquote")))
            return inside_quote(line)
        if first == "[":
            return self._open_note(bare)
        if first == ":":
            return self._open_definition(bare, indent)
        if first in "-+*0123456789":
            return self._open_item(bare, indent)
        return None

    def _push(self, container: Container) -> None:
        self.stack.append(container)
        self.depth = len(self.stack)

    def _new(self, name: str) -> Element:
        """Close what the line does not belong to, and return a new element where the line stands."""
        self._close_unmatched()
        self._end_leaf()
        self._touch()
        return SubElement(self.stack[-1].html.top, name, {LINE: str(self.number)})

    def _open_note(self, line: Line) -> Line | None:
        match = lines_of.NOTE.match(line.text)
        if not match or not match[1].strip():
            return None
        self._close_unmatched()
        self._end_leaf()
        key = match[1].strip()
        body = self.notes.bodies.get(key)
        if body is not None:
            self.repeated.append(key)
        else:
            body = Element("div")
            self.notes.define(key, body)
        self._push(Container("note", body, lines_of.TAB))
        rest = line.after(match.end())
        return rest.stripped()

    def _open_item(self, line: Line, indent: int) -> Line | None:
        match = lines_of.BULLET.match(line.text) or lines_of.NUMBER.match(line.text)
        if not match or lines_of.RULE.match(line.text):
            return None
        rest = line.after(match.end())
        numbered = match.re is lines_of.NUMBER
        paragraph = self._paragraph
        if paragraph and (rest.blank or (numbered and int(match[1]) != 1) or self._names_columns(paragraph, line)):
            return None
        space = rest.indent()
        width = 1 if rest.blank or space > 4 else space
        self._close_unmatched()
        self._end_leaf()
        parent = self.stack[-1]
        sign = match[2] if numbered else match[0]
        if parent.list is None or parent.sign != sign:
            parent.list = SubElement(parent.html.top, "ol" if numbered else "ul", {LINE: str(self.number)})
            parent.sign = sign
            if numbered:
                parent.list.set("start", str(int(match[1])))
        parent.empty = False
        item = SubElement(parent.list, "li", {LINE: str(self.number)})
        self._push(Container("item", item, indent + match.end() + width, empty=rest.blank))
        return rest.without(width)

    def _names_columns(self, paragraph: Leaf, line: Line) -> bool:
        """Say whether the line is the second of a table (``- | -``)."""
        return len(paragraph.lines) == 1 and table_at([*paragraph.lines, line.text]) is not None

    def _open_definition(self, line: Line, indent: int) -> Line | None:
        match = lines_of.DEFINITION.match(line.text)
        if not match:
            return None
        rest = line.after(match.end())
        if rest.blank or not self._take_terms():
            return None
        space = rest.indent()
        width = 1 if space > 4 else space
        parent = self.stack[-1]
        entry = SubElement(parent.html.top[-1], "dd", {LINE: str(self.number)})
        self._push(Container("definition", entry, indent + match.end() + width))
        return rest.without(width)

    def _take_terms(self) -> bool:
        """Make the paragraph above the terms of a definition list; say whether there is one to define."""
        paragraph = self._paragraph
        if paragraph:
            self.leaf = None
            self._touch()
            self._add_terms(paragraph.lines)
            return True
        self._close_unmatched()
        self._end_leaf()
        top = self.stack[-1].html.top
        last = top[-1] if len(top) else None
        if last is None or last.tag not in ("p", "dl"):
            return False
        if last.tag == "p":
            if not self.texts or self.texts[-1][0] is not last or len(last.attrib) > 1:
                return False
            top.remove(last)
            self._add_terms(self.texts.pop()[1].split("\n"))
        return True

    def _add_terms(self, terms: list[str]) -> None:
        top = self.stack[-1].html.top
        last = top[-1] if len(top) else None
        entries = last if last is not None and last.tag == "dl" else SubElement(top, "dl")
        for term in terms:
            self.texts.append((SubElement(entries, "dt", {LINE: str(self.number)}), term.strip(" \t")))

    # Leaves

    def _starts_leaf(self, line: Line) -> bool:
        """Begin a block that a line tells by itself; say whether it was one."""
        if line.indent() >= 4:
            return self._start_code(line)
        text = line.text.strip(" \t")
        starter = _STARTERS.get(text[0])
        return starter is not None and starter(self, text, line)

    def _start_code(self, line: Line) -> bool:
        leaf = self.leaf
        if leaf and leaf.kind == "paragraph":
            return False
        inside = line.without(4).text
        if leaf and leaf.kind == "code" and self.depth == len(self.stack):
            leaf.lines.append(inside)
            return True
        self._close_unmatched()
        self._end_leaf()
        self._touch()
        self.leaf = Leaf("code", self.number, [inside])
        return True

    def _start_heading(self, text: str, line: Line) -> bool:
        found = lines_of.heading(text)
        if found is None:
            return False
        self._heading(self._new(f"h{found[0]}"), found[1])
        return True

    def _heading(self, element: Element, text: str) -> None:
        text, attributes = split_attributes(" " + text, heading=True)
        element.attrib.update(attributes)
        self.texts.append((element, text.strip(" \t")))

    def _start_fence(self, text: str, line: Line) -> bool:
        match = lines_of.FENCE.match(text)
        if not match:
            return False
        self._close_unmatched()
        self._end_leaf()
        self._touch()
        info = (match[2] or match[4] or "").strip(" \t")
        self.leaf = Leaf("fence", self.number, [], line.indent(), match[1] or match[3], info)
        return True

    def _start_html(self, text: str, line: Line) -> bool:
        block = html_block_at(text, interrupts=bool(self.leaf and self.leaf.kind == "paragraph"))
        if block is None:
            return False
        self._close_unmatched()
        self._end_leaf()
        self._touch()
        self.leaf = Leaf("html", self.number, [line.text], html=block)
        if block.ends_with(line.text, first=True):
            self._end_leaf()
        return True

    def _start_line(self, text: str, line: Line) -> bool:
        """Read a line of dashes, asterisks or equals signs: an underlined heading, or a rule."""
        paragraph = self._paragraph
        if paragraph and lines_of.UNDERLINE.match(text) and self._underline(paragraph, text):
            return True
        if text[0] != "=" and lines_of.RULE.match(text):
            self._new("hr")
            return True
        return False

    def _underline(self, paragraph: Leaf, text: str) -> bool:
        if table_at(paragraph.lines) is not None:
            return False
        said = self.definitions.without("\n".join(paragraph.lines))
        if not said.strip(" \t\n"):
            return False
        self.leaf = None
        element = SubElement(self.stack[-1].html.top, "h1" if text[0] == "=" else "h2", {LINE: str(paragraph.line)})
        self._touch()
        self._heading(element, said)
        return True

    # Endings

    def _close_unmatched(self) -> None:
        while len(self.stack) > self.depth:
            self._end_leaf()
            self.stack.pop()
            if not self.stack:
                return

    def _end_leaf(self) -> None:
        leaf, self.leaf = self.leaf, None
        if leaf is None or not self.stack:
            return
        container = self.stack[-1]
        if leaf.kind == "paragraph":
            self.texts += end_paragraph(self.definitions.without("\n".join(leaf.lines)), leaf.line, container)
        elif leaf.kind == "html":
            container.html.feed("\n".join(leaf.lines) + "\n", leaf.line)
        else:
            end_code(leaf, container.html.top)


_STARTERS = {
    "#": LineParser._start_heading,
    "`": LineParser._start_fence,
    "~": LineParser._start_fence,
    "<": LineParser._start_html,
    **dict.fromkeys("=-*_", LineParser._start_line),
}
