"""What the world writes as classes and signs becomes the elements that mean it: verse, breaks, quotations.

All of it works on one file's tree, in place, and takes no text away but numbers of printed pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.article.model import BlockKind
from reader.importers.epub.container import name_of
from reader.importers.epub.contents import types_of
from reader.importers.epub.markup import OPS, drop, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

VERSE_CLASS = "study-reader-verse"
CAPTION_CLASS = "study-reader-caption"
KINDS: Mapping[str, BlockKind] = {VERSE_CLASS: BlockKind.VERSE, CAPTION_CLASS: BlockKind.CAPTION}

MAX_LINE_CHARS = 160
"""A longer line is no line of verse."""

_STANZAS = frozenset((
    "stanza", "linegroup", "line-group", "line_group", "lg", "line-block", "lineblock", "verse", "poem", "poetry",
    "poetry-container", "strophe", "z3998:verse", "z3998:poem",
))  # fmt: skip
_QUOTATIONS = frozenset((
    "blockquote", "block-quote", "block_quote", "epigraph", "extract", "blockquotation", "quotation", "quote",
    "blockquote1",
))  # fmt: skip
_CAPTIONS = frozenset((
    "caption", "figcaption", "fig-caption", "figure-caption", "figcap", "image-caption", "img-caption", "caption-text",
    "captions", "legend", "fig_caption", "figure_caption", "tablecaption", "table-caption",
))  # fmt: skip
_PAGE_CLASSES = frozenset((
    "pagenum", "pageno", "page-number", "pagenumber", "pagebreak", "page_number", "page-break", "x-ebookmaker-pageno",
    "pagination", "pagestart",
))  # fmt: skip
_PAGE_TYPES = frozenset(("pagebreak", "doc-pagebreak"))
_PAGE = re.compile(
    r"[\[({|{]?\s*(?:pages?|pgs?|pp?|p[áa]g|seite|s)?[.:]?\s*(?:\d{1,5}|[ivxlcdm]{1,9})[a-z]?\s*[\])}|]?", re.IGNORECASE
)
_BREAK = re.compile(r"[*⁂•·●○◦◆◇■□♦❦❧☙✻✽❖✦~∼#—–_=+.\s\xa0-]{1,40}")
_BREAK_SIGNS = re.compile(r"[*⁂•·●○◦◆◇■□♦❦❧☙✻✽❖✦~∼#]")
_DROPPED = re.compile(r"drop|initial|lettrine|firstletter|first-letter|versal", re.IGNORECASE)
_INNER = frozenset(("a", "b", "i", "em", "strong", "span", "small", "sup", "sub", "br", "cite", "font", "u", "abbr"))


def shape(element: _Element, name: str, meanings: Mapping[str, str]) -> None:
    """Make one element what its classes and types mean; ``meanings`` is what style sheets say of classes."""
    classes = (element.get("class") or "").split()
    if name == "span" and classes:
        _by_style(element, classes, meanings)
    elif name == "img":
        _drop_cap(element)
    if not classes and not element.get(f"{{{OPS}}}type") and not element.get("epub:type") and not element.get("role"):
        return
    words = {word.lower() for word in classes}
    types = types_of(element)
    if name in ("span", "a", "p", "div", "hr") and (words & _PAGE_CLASSES or types & _PAGE_TYPES):
        _page_number(element)
    elif name in ("div", "p", "section", "blockquote", "figure", "ul") and (words | types) & _STANZAS:
        _verse(element)
    elif name in ("div", "p", "section") and (words & _QUOTATIONS or "epigraph" in types):
        _quotation(element)
    elif (
        name in ("p", "div")
        and words & _CAPTIONS
        and not any(name_of(one) in ("img", "p") for one in element.iterdescendants())
    ):
        element.set("class", CAPTION_CLASS)


def _by_style(element: _Element, classes: list[str], meanings: Mapping[str, str]) -> None:
    meaning = next((meanings[word] for word in classes if word in meanings), "")
    if meaning and not _dropped(classes):
        element.tag = meaning


def _dropped(classes: list[str]) -> bool:
    return any(_DROPPED.search(word) for word in classes)


def _drop_cap(image: _Element) -> None:
    """Make a letter of the picture of a paragraph's first letter."""
    alt = (image.get("alt") or "").strip()
    if len(alt) == 1 and alt.isalpha() and image.tail and image.tail[:1].isalpha():
        tail = image.tail
        image.clear()
        image.tag = "span"
        image.text, image.tail = alt, tail


def _page_number(element: _Element) -> None:
    """Take the number of a printed page out of the text; its id stays, for links may lead there."""
    text = text_of(element).strip()
    if text and not _PAGE.fullmatch(text):
        return
    inner = [one.get("id") for one in element.iter() if one.get("id")]
    tail = element.tail
    element.clear()
    element.tag = "span" if name_of(element) in ("span", "a") else "div"
    element.tail = tail
    if inner:
        element.set("id", inner[0] or "")


def _quotation(element: _Element) -> None:
    """Make a quotation of a paragraph or division, unless it stands in one or is a whole chapter."""
    above = element.getparent()
    inside = name_of(above) if above is not None else ""
    whole = inside in ("body", "section") and above is not None and len(above) == 1
    if inside in ("", "blockquote", "td", "figure") or whole:
        return
    if not any(name_of(one) in ("h1", "h2", "h3", "blockquote") for one in element.iter()):
        element.tag = "blockquote"


def _verse(element: _Element) -> None:
    """Lines that were set as paragraphs or divisions of a stanza become lines of one block."""
    children = [one for one in element if isinstance(one.tag, str)]
    blocks = [one for one in children if name_of(one) not in _INNER]
    if not blocks:
        if _has_lines(element):
            element.tag = "p"
            element.set("class", VERSE_CLASS)
        return
    if any(name_of(one) not in ("p", "div", "li") for one in blocks) or len(blocks) != len(children):
        return
    if any(name_of(inner) not in _INNER for one in blocks for inner in one.iterdescendants()):
        return  # it holds stanzas, which are met later
    lines = [text_of(one).strip() for one in blocks]
    if len(lines) > 1 and all(len(line) <= MAX_LINE_CHARS for line in lines):
        _join_lines(element, blocks)
    else:
        for one in blocks:
            if _has_lines(one):
                one.set("class", VERSE_CLASS)


def _has_lines(element: _Element) -> bool:
    """Say whether line breaks part a text into short lines; lines may stand in spans."""
    text = text_of(element)
    breaks = sum(name_of(one) == "br" for one in element.iter())
    return breaks > 0 and len(text) <= MAX_LINE_CHARS * (breaks + 1)


def _join_lines(element: _Element, lines: list[_Element]) -> None:
    element.tag = "p"
    element.set("class", VERSE_CLASS)
    element.text = None
    for number, line in enumerate(lines):
        line.tag = "span"
        drop(line, "class")
        line.tail = None
        if number + 1 < len(lines):
            line.append(line.makeelement("br", {}))


def break_scenes(body: _Element) -> None:
    """Paragraphs of nothing but stars or ornaments are rules."""
    for element in list(body.iter()):
        if name_of(element) not in ("p", "div") or any(
            name_of(one) in ("a", "img", "p", "div", "sup") for one in element
        ):
            continue
        text = text_of(element)
        if len(text) <= 60 and _BREAK.fullmatch(text.strip()) and _BREAK_SIGNS.search(text) and _is_break(element):
            tail, identifier = element.tail, element.get("id")
            element.clear()
            element.tag, element.tail = "hr", tail
            if identifier:
                element.set("id", identifier)


def _is_break(element: _Element) -> bool:
    """Stars in a table or a list may say something."""
    above = element.getparent()
    return above is None or name_of(above) not in ("td", "th", "li", "dd", "dt", "tr", "figcaption")
