"""Where in a Markdown text a block of HTML begins and ends: the seven cases of CommonMark."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.importers.elements import tags
from reader.importers.markdown.html import tag_at

_WHOLE = re.compile(r"<(script|pre|style|textarea)(?=[\s>]|$)", re.IGNORECASE)
_WHOLE_END = re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)
_BLOCK = re.compile(r"</?([a-z][a-z0-9]*)(?=[\s>]|/>|$)", re.IGNORECASE)
_MARKDOWN_INSIDE = re.compile(r"<[^<>]*\bmarkdown(?:=|\b)[^<>]*>[ \t]*$", re.IGNORECASE)
_LETTER = re.compile(r"<![A-Za-z]")
_BLOCK_NAMES = (
    tags.BLOCKS
    | {"base", "basefont", "col", "colgroup", "frame", "frameset", "head", "html", "iframe", "link", "meta"}
    | {"noframes", "optgroup", "option", "param", "search", "title", "track"}
) - {"pre", "hgroup", "listing", "xmp", "plaintext"}


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """How a block of HTML ends: with a line that holds ``closing``, or before a blank line."""

    closing: str = ""
    raw: bool = False

    def ends_before(self, line: str) -> bool:
        return not self.closing and not self.raw and not line.strip(" \t")

    def ends_with(self, line: str, first: bool = False) -> bool:
        """Say whether the block ends with this line; ``first``: it is the one it began with."""
        if self.raw:
            return _WHOLE_END.search(line) is not None
        if not self.closing:
            return first and _MARKDOWN_INSIDE.match(line.strip()) is not None
        start = 4 if first and self.closing == "-->" and line.lstrip().startswith("<!--") else 0
        return self.closing in line.lstrip()[start:]


def html_block_at(text: str, interrupts: bool) -> HtmlBlock | None:
    """Return what a line begins; ``interrupts`` says that it stands right below a paragraph."""
    if _WHOLE.match(text):
        return HtmlBlock(raw=True)
    for opening, closing in (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")):
        if text.startswith(opening):
            return HtmlBlock(closing)
    if _LETTER.match(text):
        return HtmlBlock(">")
    match = _BLOCK.match(text)
    if match and match[1].lower() in _BLOCK_NAMES:
        return HtmlBlock()
    tag = None if interrupts else tag_at(text, 0)
    return HtmlBlock() if tag is not None and not text[tag.end :].strip() else None
