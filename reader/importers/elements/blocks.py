"""An element tree of HTML becomes blocks: the one converter that every format with such a tree uses.

It reads ``xml.etree`` elements (and what looks like them: ``tag``, ``text``, ``tail``, ``get``,
iteration), with or without a namespace. White space is drawn together as HTML does it. The walk is
iterative: a tree may be as deep as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from reader.article.model import (
    Block,
    BlockKind,
    Code,
    Image,
    ListItem,
    Mark,
    SetAside,
    Span,
    SpanKind,
)
from reader.article.normal_block import BLANK
from reader.importers.elements import tags
from reader.importers.elements.rules import LINE, Converted, Rules
from reader.importers.elements.text import Tables, Text, lines_of, name_of
from reader.importers.elements.tidy import CAPTIONED

MAX_COLUMNS = 1000
"""How many columns a cell may span."""


def convert(root: Element, rules: Rules | None = None) -> Converted:
    """Return the blocks that a tree holds, in its order, not yet in normal form."""
    walk = _Walk(rules or Rules())
    walk.run(root)
    return Converted(tuple(walk.blocks), tuple(walk.set_aside))


_FILE_NAME = re.compile(
    r"[\w.%-]+\.(?:jpe?g|png|gif|webp|svg|avif)|(?=[^\s]*\d)[\w.]+(?:[-_][\w.]+){2,}", re.IGNORECASE
)
_LANGUAGE_CLASS = re.compile(r"(?:^|\s)(?:language-|lang-)([^\s]+)")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(slots=True)
class _Open:
    """An element that is open: what its end has to do."""

    element: Element
    name: str
    children: Iterator[Element]
    start: int = 0  # of its span in the text being gathered
    text: Text | None = None  # the text it opened in
    within: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH


class _Walk:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.blocks: list[Block] = []
        self.set_aside: list[SetAside] = []
        self.text = Text()
        self.kind = BlockKind.PARAGRAPH
        self.level = 0
        self.within = ""
        self.anchor = ""
        self.line = "0"  # of the file, where the last element stood that says it
        self.item: Block | None = None  # a list item or definition that has no text yet
        self.counters: list[int | None] = []
        self.tables = Tables()

    def run(self, root: Element) -> None:
        stack = [self._open(root)]
        self._said(root.text)
        while stack:
            child = next(stack[-1].children, None)
            if child is None:
                done = stack.pop()
                self._close(done)
                if stack:
                    self._said(done.element.tail)
            elif self._skipped(child):
                self._said(child.tail)
            else:
                stack.append(self._open(child))
                self._said(child.text)
        self.flush()

    # What stands in the text

    def _said(self, text: str | None) -> None:
        if text:
            self.text.add(text)

    def _skipped(self, element: Element) -> bool:
        """Deal with an element that is not walked into; say whether it was one."""
        name = name_of(element)
        if element in self.rules.elsewhere:
            return True
        reason = self.rules.aside.get(element)
        if reason is not None:
            self._put_aside(element, lines_of(element, self.rules.elsewhere), reason)
            return True
        key = self.rules.marks.get(element)
        if key is not None:
            self.text.marks.append(Mark(self.text.length, key))
        elif not name:
            self._put_aside(element, element.text or "", _("a comment"))
        elif name in tags.LEFT_OUT:
            said = "".join(element.itertext()).strip() or element.get("src", "") or element.get("data", "")
            self._put_aside(element, said, _("an element “{name}”, which is no text").format(name=name))
        elif name == "br":
            self._break()
        elif name == "img":
            self._picture(element)
        else:
            return False
        return True

    def _break(self) -> None:
        if self.rules.breaks_part and self.text.last == "\n" and not self.tables.in_cell and self.text.length:
            if self.kind is not BlockKind.CODE:
                self.flush()
            return
        if self.tables.in_cell or self.text.length:
            if self.text.last == " ":
                self.text.parts[-1] = self.text.parts[-1][:-1]
                self.text.length -= 1
            self.text.put("\n")

    def _put_aside(self, element: Element, text: str, reason: str) -> None:
        line = element.get(LINE) or self.line
        if text.strip():
            before = len(self.blocks) + bool(self.text.length) + (self.item is not None)
            self.set_aside.append(SetAside(int(line) if line.isdigit() else 0, text.strip(), reason, before))

    def _picture(self, element: Element) -> None:
        alt = element.get("alt", "")
        name = self.rules.picture(element.get("src", ""))
        if self.tables.in_cell or not name:
            if not name and (element.get(CAPTIONED) is not None or _FILE_NAME.fullmatch(alt)):
                self._put_aside(element, alt, _("It describes a picture that has a caption, or only names its file."))
            else:
                self.text.add(alt)
            return
        image = Block(BlockKind.IMAGE, alt, detail=Image(name, element.get("title", "")), anchor=element.get("id", ""))
        self.text.images.append(image)

    # Beginnings and ends

    def _open(self, element: Element) -> _Open:
        name = name_of(element)
        self.line = element.get(LINE) or self.line
        opened = _Open(element, name, iter(element), within=self.within, kind=self.kind)
        if name in tags.BLOCKS:
            self._open_block(element, name)
        elif name == "q":
            self.text.put("“")
        anchor = element.get("id") or (element.get("name") if name == "a" else "")
        if anchor and self.anchor:
            self.rules.aliases.setdefault(anchor, self.anchor)
        elif anchor:
            self.anchor = anchor
        opened.text, opened.start = self.text, self.text.length
        return opened

    def _open_block(self, element: Element, name: str) -> None:
        if self.tables.in_cell and name not in ("td", "th", "tr", "table", "tbody", "thead", "tfoot"):
            self._part_of_cell()
            return
        self.flush()
        opener = _OPENERS.get(name)
        if opener:
            opener(self, element)
        elif name in tags.HEADINGS:
            self.kind, self.level = BlockKind.HEADING, tags.HEADINGS[name]
        elif name in tags.PREFORMATTED:
            self.kind, self.text = BlockKind.CODE, Text(keep_space=True)
        else:
            self.kind = self._kind_of(element, name)

    def _kind_of(self, element: Element, name: str) -> BlockKind:
        for word in (element.get("class") or "").split():
            if word in self.rules.kinds and name in ("p", "div", "section", "header"):
                return self.rules.kinds[word]
        return tags.KINDS.get(name, BlockKind.PARAGRAPH if name in ("p", "li", "dd", "td") else self.kind)

    def _close(self, opened: _Open) -> None:
        name = opened.name
        self._close_span(opened)
        if name == "q":
            self.text.put("”")
        if name not in tags.BLOCKS:
            return
        if self.tables.in_cell and name not in ("td", "th", "tr", "table", "tbody", "thead", "tfoot"):
            self._part_of_cell()
            return
        if name in tags.PREFORMATTED:
            self._end_code(opened.element)
        closer = _CLOSERS.get(name)
        if closer:
            closer(self)
        else:
            self.flush()
        self.within, self.kind, self.level = opened.within, opened.kind, 0

    def _close_span(self, opened: _Open) -> None:
        text = self.text
        if opened.text is not text or opened.start >= text.length:
            if opened.name == "a" and opened.text is text and text.images:
                self._link_images(opened.element.get("href", ""))
            return
        start, end = opened.start, text.length
        if opened.name in tags.SPANS and self.kind is not BlockKind.CODE:
            text.spans.append(Span(start, end, tags.SPANS[opened.name]))
        elif opened.name in tags.VALUED_SPANS:
            kind, attribute = tags.VALUED_SPANS[opened.name]
            if opened.element.get(attribute):
                text.spans.append(Span(start, end, kind, opened.element.get(attribute, "")))
        language = opened.element.get("lang") or opened.element.get(XML_LANG)
        if language and opened.name not in ("html", "body"):
            text.spans.append(Span(start, end, SpanKind.LANGUAGE, language))

    def _link_images(self, target: str) -> None:
        self.text.images = [
            image
            if image.spans or not target
            else replace(image, spans=(Span(0, len(image.text), SpanKind.LINK, target),))
            for image in self.text.images
        ]

    # Blocks

    def flush(self) -> None:
        """End the block being gathered, if it has anything, and begin a new one."""
        text, self.text = self.text, Text()
        string = "".join(text.parts)
        images = text.images
        if self.kind is BlockKind.HEADING and images and not string.strip(" \n"):
            # A heading that is only a picture: what it says, stands in the outline.
            string = " ".join(image.text for image in images)
            images = [replace(image, text="", spans=()) for image in images]
        if images and not string.strip(BLANK) and text.marks:
            images[-1] = replace(images[-1], marks=tuple(Mark(len(images[-1].text), mark.note) for mark in text.marks))
        elif string.strip(BLANK) or text.marks:
            self._emit(Block(self.kind, string, tuple(text.spans), tuple(text.marks), self.level))
        for image in images:
            self._emit(image)

    def _emit(self, block: Block) -> None:
        if self.anchor and not block.anchor:
            block, self.anchor = replace(block, anchor=self.anchor), ""
        item, self.item = self.item, None
        if item is not None:
            if block.kind is BlockKind.PARAGRAPH and self.within == item.within + "-":
                self.blocks.append(replace(block, kind=item.kind, within=item.within, detail=item.detail))
                return
            self.blocks.append(item)
        self.blocks.append(replace(block, within=self.within))

    def _begin_item(self, kind: BlockKind, number: int | None = None) -> None:
        self._end_item()
        detail = ListItem(number) if kind is BlockKind.LIST_ITEM else None
        self.item = Block(kind, within=self.within, detail=detail)
        self.within += "-"
        self.kind = BlockKind.PARAGRAPH

    def _end_item(self) -> None:
        self.flush()
        if self.item is not None:
            self.blocks.append(self.item)
            self.item = None

    def _end_code(self, element: Element) -> None:
        text, self.text = self.text, Text()
        string = "".join(text.parts).replace("\r\n", "\n")
        string = string.removeprefix("\n").removesuffix("\n")
        inner = next(iter(element), None)
        classes = [
            element.get("class") or "",
            (inner.get("class") or "") if inner is not None and name_of(inner) == "code" else "",
        ]
        named = _LANGUAGE_CLASS.search(" ".join(classes))
        if text.marks and self.blocks:  # code has no marks: they stand at the end of what leads to it
            above = self.blocks[-1]
            marks = tuple(Mark(len(above.text), mark.note) for mark in text.marks)
            self.blocks[-1] = replace(above, marks=above.marks + marks)
        self._emit(Block(BlockKind.CODE, string, detail=Code(named[1] if named else "")))

    # Lists, quotations, rules

    def _open_list(self, element: Element) -> None:
        ordered = name_of(element) == "ol"
        start = element.get("start") or "1"
        self.counters.append(int(start) if ordered and start.isdigit() else 1 if ordered else None)

    def _close_list(self) -> None:
        self._end_item()
        if self.counters:
            self.counters.pop()

    def _open_li(self, element: Element) -> None:
        counter = self.counters[-1] if self.counters else None
        value = element.get("value") or ""
        if counter is not None:
            counter = int(value) if value.isdigit() else counter
            self.counters[-1] = counter + 1
        self._begin_item(BlockKind.LIST_ITEM, counter)

    def _open_dd(self, element: Element) -> None:
        self._begin_item(BlockKind.DEFINITION)

    def _open_quotation(self, element: Element) -> None:
        self.within += ">"
        self.kind = BlockKind.PARAGRAPH

    def _open_rule(self, element: Element) -> None:
        self._emit(Block(BlockKind.RULE))

    # Tables

    def _open_table(self, element: Element) -> None:
        self.tables.open(element)

    def _open_cell(self, element: Element) -> None:
        self.kind = BlockKind.PARAGRAPH
        if self.tables.data:
            span = element.get("colspan") or "1"
            self.tables.begin_cell(element, min(int(span) if span.isdigit() else 1, MAX_COLUMNS))

    def _close_cell(self) -> None:
        if not self.tables.in_cell:
            self.flush()
            return
        text, self.text = self.text, Text()
        self.tables.end_cell(text)

    def _close_row(self) -> None:
        if not self.tables.data:
            self.flush()
            return
        row = self.tables.end_row()
        if row is not None:
            self._emit(row)

    def _close_table(self) -> None:
        self.flush()
        self.tables.close()

    def _part_of_cell(self) -> None:
        if self.text.length and self.text.last != "\n":
            self._break()


_OPENERS: dict[str, Callable[[_Walk, Element], None]] = {
    "ul": _Walk._open_list,
    "ol": _Walk._open_list,
    "menu": _Walk._open_list,
    "dir": _Walk._open_list,
    "li": _Walk._open_li,
    "dd": _Walk._open_dd,
    "blockquote": _Walk._open_quotation,
    "hr": _Walk._open_rule,
    "table": _Walk._open_table,
    "td": _Walk._open_cell,
    "th": _Walk._open_cell,
}
_CLOSERS: dict[str, Callable[[_Walk], None]] = {
    "ul": _Walk._close_list,
    "ol": _Walk._close_list,
    "menu": _Walk._close_list,
    "dir": _Walk._close_list,
    "li": _Walk._end_item,
    "dd": _Walk._end_item,
    "table": _Walk._close_table,
    "td": _Walk._close_cell,
    "th": _Walk._close_cell,
    "tr": _Walk._close_row,
}
