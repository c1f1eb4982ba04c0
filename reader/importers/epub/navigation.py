"""Pages of a book that only lead elsewhere: its contents, landmarks, lists of pages. They are no text of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.importers.epub.container import name_of
from reader.importers.epub.contents import types_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MIN_LINKS = 4
MIN_LINKED_SHARE = 0.75
"""How much of the text of a page of contents stands in its links."""
MIN_PLAINLY_LINKED_SHARE = 0.9
_NAVIGATION = frozenset(("toc", "doc-toc", "landmarks", "page-list", "doc-pagelist", "loi", "lot", "toc-brief"))


def words(element: _Element) -> str:
    """Return the text of an element, its blocks on lines of their own."""
    parts = ("".join(map(str, one.itertext())) for one in element) if len(element) < 3 else [element.xpath("string()")]
    return "\n".join(filter(None, (" ".join(str(part).split()) for part in parts)))


def lines_of(element: _Element) -> str:
    """Return the text of an element that is set aside, a line for each of its texts."""
    return "\n".join(filter(None, (" ".join(str(part).split()) for part in element.itertext())))


def is_contents(page: _Element, said: bool) -> bool:
    """Say whether a page is a table of contents; ``said`` is true where the book says so of this file."""
    links = [one for one in page.iter() if name_of(one) == "a" and (one.get("href") or "").startswith("#")]
    if len(links) < (1 if said else MIN_LINKS):
        return False
    if len({(link.get("href") or "").partition("/")[0] for link in links}) < 2 and not said:
        return False
    linked = sum(_length(link) for link in links)
    whole = _length(page)
    names = sum(any(c.isalpha() for c in "".join(map(str, link.itertext()))) for link in links)
    share = MIN_LINKED_SHARE if said else MIN_PLAINLY_LINKED_SHARE
    return linked >= (share - 0.35 if said else share) * whole and (said or names * 2 > len(links))


def lists_in(page: _Element) -> list[_Element]:
    """Return the lists of links (``nav``) that stand in a page."""
    return [one for one in page.iter() if name_of(one) == "nav" and types_of(one) & _NAVIGATION]


def _length(element: _Element) -> int:
    return len("".join("".join(map(str, element.itertext())).split()))
