"""HTML inside Markdown: its tags are told one by one, and whole blocks of it join the element tree.

No HTML text is passed on to anything: a tag becomes an element of the tree or is dropped, and what
is no known tag stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple, cast
from xml.etree.ElementTree import Comment, Element, SubElement

from reader.importers.elements import tags
from reader.importers.elements.rules import LINE
from reader.importers.elements.text import name_of

MAX_TAG_CHARS = 4000
"""A tag longer than this is text, unless it carries a picture (a ``data:`` address)."""
MAX_OPEN = 60
"""How many elements may be open at once; tags that would open more are dropped, their text is kept."""

_NAME = r"[A-Za-z][A-Za-z0-9:-]*"
_ATTRIBUTE = r"""\s+[A-Za-z_:@][^\s"'>/=<]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+"""
_TAG = re.compile(rf"<(?P<close>/)?(?P<name>{_NAME})(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+(?P<empty>/)?>")
_ATTRIBUTES = re.compile(r"""([A-Za-z_:@][^\s"'>/=<]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+))?""")
_RAW = ("script", "style", "textarea", "title")

# Elements that stay open over a blank line, so that the Markdown below them stands inside them.
_HOLDERS = tags.BLOCKS - {"hr", *tags.HEADINGS, *tags.PREFORMATTED}

# What an opening tag closes, as in HTML.
_CLOSES = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("td", "th", "tr"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tbody": ("td", "th", "tr", "thead", "tbody"),
    "tfoot": ("td", "th", "tr", "thead", "tbody"),
}
_FENCES_OFF = {"ul", "ol", "dl", "table", "blockquote"}


class Tag(NamedTuple):
    """A tag of a known element."""

    name: str
    attributes: dict[str, str]
    closes: bool
    end: int


def tag_at(text: str, position: int) -> Tag | None:
    """Return the tag that begins at a ``<``; None where there is none, or of no element of HTML."""
    match = _TAG.match(text, position, position + MAX_TAG_CHARS)
    if match is None and "data:" in text[position : position + MAX_TAG_CHARS]:
        match = _TAG.match(text, position)
    if match is None or match["name"].lower() not in tags.ALL:
        return None
    found = {
        name.lower(): unescape(value[1:-1] if value[:1] in ("'", '"') else value)
        for name, value in _ATTRIBUTES.findall(match["attributes"] or "")
    }
    return Tag(match["name"].lower(), found, bool(match["close"]), match.end())


def element_of(tag: Tag) -> Element:
    """Return an element for an opening tag."""
    return Element(tag.name, tag.attributes)


class HtmlStack:
    """The elements that blocks of HTML have opened inside one container of the Markdown."""

    def __init__(self, container: Element) -> None:
        self.open = [container]

    @property
    def top(self) -> Element:
        return self.open[-1]

    def feed(self, raw: str, line: int) -> None:
        """Add a block of HTML that begins in ``line``; what parts paragraphs only may stay open."""
        for piece in _pieces(raw):
            if isinstance(piece, Tag):
                self._tag(piece, line)
            elif isinstance(piece, Element):
                piece.set(LINE, str(line))
                self.top.append(piece)
            else:
                append_text(self.top, piece)
        while len(self.open) > 1 and name_of(self.top) not in _HOLDERS:
            self.open.pop()

    def _tag(self, tag: Tag, line: int) -> None:
        if tag.closes:
            self._close(tag.name)
            return
        self._close_before(tag.name)
        if len(self.open) >= MAX_OPEN:
            return
        element = SubElement(self.top, tag.name, tag.attributes)
        element.set(LINE, str(line))
        if tag.name not in tags.VOID:
            self.open.append(element)

    def _close(self, name: str) -> None:
        depth = next((i for i in range(len(self.open) - 1, 0, -1) if name_of(self.open[i]) == name), 0)
        if depth:
            del self.open[depth:]

    def _close_before(self, name: str) -> None:
        if name in tags.BLOCKS and name_of(self.top) == "p":
            self.open.pop()
        closing = _CLOSES.get(name, ())
        for i in range(len(self.open) - 1, 0, -1):
            opened = name_of(self.open[i])
            if opened in closing:
                del self.open[i:]
                return self._close_before(name)
            if opened in _FENCES_OFF:
                return None
        return None


def _pieces(raw: str) -> Iterator[str | Tag | Element]:
    """Yield the tags of a block of HTML, the text between them, and comments and scripts as elements."""
    position = 0
    while True:
        at = raw.find("<", position)
        if at < 0:
            break
        yield unescape(raw[position:at])
        piece, position = _piece_at(raw, at)
        yield piece
    yield unescape(raw[position:])


def _piece_at(raw: str, at: int) -> tuple[str | Tag | Element, int]:
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")):
        if raw.startswith(opening, at):
            return _until(raw, at, opening, closing)
    tag = tag_at(raw, at)
    if tag is None:
        return "<", at + 1
    if tag.name in _RAW and not tag.closes:
        end = re.compile(rf"</{tag.name}\b[^>]{{0,100}}>", re.IGNORECASE).search(raw, tag.end)
        element = element_of(tag)
        element.text = raw[tag.end : end.start() if end else len(raw)]
        return element, end.end() if end else len(raw)
    return tag, tag.end


def _until(raw: str, at: int, opening: str, closing: str) -> tuple[str | Element, int]:
    """Return what stands between an opening and its closing (or the end), and where it ends."""
    end = raw.find(closing, at + len(opening))
    inside = raw[at + len(opening) : end if end >= 0 else len(raw)]
    after = end + len(closing) if end >= 0 else len(raw)
    if opening == "<!--":
        return comment(inside), after
    return inside if opening == "<![CDATA[" else "", after


def comment(text: str) -> Element:
    """Return a comment as a node of the tree: an element whose tag is no string."""
    return cast(Element, Comment(text))


def append_text(parent: Element, text: str) -> None:
    """Add text at the end of an element's content."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
