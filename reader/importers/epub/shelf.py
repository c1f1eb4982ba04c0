"""Plain paragraphs of a book are put away, packed, until their file is converted.

Notes are looked for in the tree of the whole book, which takes many times the size of its files. Most
of that is prose which has nothing to do with notes: of such a paragraph the tree keeps the beginning,
and how long the rest is.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from reader.importers.elements.index import solid
from reader.importers.epub.container import name_of
from reader.importers.epub.markup import OPS, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MIN_CHARS = 200
"""What is shorter stays: it may be a heading of notes, or a note."""
SEEN_CHARS = 60

_INLINE = frozenset(("a", "b", "br", "cite", "em", "i", "q", "s", "span", "strong", "u"))
_HARMLESS = frozenset(("class", "href", "lang", "style", "title", "{http://www.w3.org/XML/1998/namespace}lang"))
_SAYING = ("class", "role", "epub:type", f"{{{OPS}}}type")
_KEPT_IN = frozenset(("aside", "dd", "details", "dt", "figure", "footer", "li", "p", "td", "th"))
_NAMES_NOTES = re.compile("note|foot|ref|bibl|aside|back|mark|super", re.IGNORECASE)
_SIGNS = re.compile(r"[\[\]*^†‡§¶‖#⁰¹²³⁴-⁹↑↩]")
_BEGINS = re.compile(r"\s*[\"'“‘«„(—–-]*(?![ivxlcIVXLC]+\b)[^\W\d_]{2,}")


class Shelf:
    """What is put away of the files of a book; ``unseen`` counts it, without white space, for each paragraph."""

    def __init__(self) -> None:
        self.unseen: dict[_Element, int] = {}
        self._packed: dict[_Element, bytes] = {}

    def put_away(self, section: _Element) -> None:
        """Put the plain paragraphs of a file away."""
        away: list[tuple[_Element, str]] = []
        fits: dict[_Element, bool] = {}
        for paragraph in section.iter("{*}p"):
            text = text_of(paragraph)
            if len(text) >= MIN_CHARS and _is_plain(paragraph, text) and _stands_plainly(paragraph, section, fits):
                away.append((paragraph, text))
        if not away:
            return
        from lxml import etree

        shelf = etree.Element("shelf")
        for paragraph, text in away:
            stored = etree.SubElement(shelf, "p")
            stored.text = paragraph.text
            stored.extend(list(paragraph))
            paragraph.text = text[:SEEN_CHARS]
            if paragraph.tail is not None and not paragraph.tail.strip():
                paragraph.tail = None
            self.unseen[paragraph] = solid(text) - solid(paragraph.text)
        self._packed[section] = zlib.compress(etree.tostring(shelf, encoding="utf-8"), 1)

    def put_back(self, section: _Element) -> None:
        """Put the paragraphs of a file back; what was taken from the beginning of one meanwhile stays taken."""
        packed = self._packed.pop(section, None)
        if packed is None:
            return
        from lxml import etree

        parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
        stored = iter(etree.fromstring(zlib.decompress(packed), parser))
        for paragraph in section.iter("{*}p"):
            if self.unseen.pop(paragraph, None) is None:
                continue
            whole = next(stored)
            taken = len(text_of(whole)[:SEEN_CHARS]) - len(paragraph.text or "")
            paragraph.text = (whole.text or "")[taken:]
            paragraph.extend(list(whole))


def _is_plain(paragraph: _Element, text: str) -> bool:
    """Say whether a paragraph neither begins like a note nor has anything that may be a mark."""
    if _SIGNS.search(text) or not _BEGINS.match(text):
        return False
    said = set(map(str, paragraph.keys())) - {"id"}
    if not said <= _HARMLESS or _NAMES_NOTES.search(paragraph.get("class") or ""):
        return False
    return all(map(_is_harmless, paragraph.iterdescendants()))


def _is_harmless(element: _Element) -> bool:
    if name_of(element) not in _INLINE or not set(map(str, element.keys())) <= _HARMLESS:
        return False
    href = element.get("href") or ""
    return not href.startswith("#") and not _NAMES_NOTES.search(element.get("class") or "")


def _stands_plainly(paragraph: _Element, section: _Element, fits: dict[_Element, bool]) -> bool:
    """Say whether nothing around a paragraph may hold notes; ``fits`` remembers it of what is around."""
    above = paragraph.getparent()
    way: list[_Element] = []
    while above is not None and above not in fits:
        way.append(above)
        above = above.getparent() if above is not section else None
    fit = above is None or fits[above]
    for one in reversed(way):
        kinds = " ".join(one.get(name) or "" for name in _SAYING)
        fit = fit and name_of(one) not in _KEPT_IN and not _NAMES_NOTES.search(kinds)
        fits[one] = fit
    return fit
