"""Pages of a book that only lead elsewhere: its contents, landmarks, lists of pages. They are no text of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.importers.epub.container import name_of
from reader.importers.epub.contents import types_of
from reader.importers.epub.markup import text_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MIN_LINKS = 4
MIN_LINKED_SHARE = 0.75
"""How much of the text of a page of contents stands in its links."""
MIN_PLAINLY_LINKED_SHARE = 0.9
MAX_TEXT_CHARS = 200
_NAMES = frozenset((
    "contents", "tableofcontents", "thetableofcontents", "inhalt", "inhaltsverzeichnis", "tabledesmatières", "sommaire",
    "índice", "índicegeneral", "contenido", "sumário", "indice", "sommario", "содержание", "оглавление", "зміст",
    "spistreści", "inhoud", "inhoudsopgave", "innehåll", "indhold", "innhold", "obsah", "tartalom", "tartalomjegyzék",
    "目录", "目錄", "目次", "차례", "목차", "içindekiler", "περιεχόμενα", "sisällys", "cuprins", "съдържание",
))  # fmt: skip
MIN_LISTED_SHARE = 0.5
_FALSE_LISTS = frozenset(("toc", "contents", "index", "pagination", "pager", "toclist"))
_LISTS = frozenset(("toc", "contents", "toctree-wrapper", "minitoc", "lof", "lot", "table-of-contents"))
_NAVIGATION = frozenset(("toc", "doc-toc", "landmarks", "page-list", "doc-pagelist", "loi", "lot", "toc-brief"))


def lines_of(element: _Element) -> str:
    """Return the text of an element that is set aside, a line for each of its texts."""
    return "\n".join(filter(None, (" ".join(str(part).split()) for part in element.itertext())))


def is_contents(page: _Element, said: bool, early: bool) -> bool:
    """Say whether a page is a table of contents; ``said`` is true where the book says so of this file.

    ``early`` is true for the first pages of a book, where contents stand that say nothing of themselves.
    """
    links = _links(page)
    if len(links) < (1 if said else MIN_LINKS):
        return False
    if len({(link.get("href") or "").partition("/")[0] for link in links}) < 2 and not said:
        return False
    said = said or _is_named_contents(page)
    if not said and not early:
        return False
    linked = sum(_length(link) for link in links)
    whole = _length(page)
    names = sum(any(c.isalpha() for c in text_of(link)) for link in links)
    share = MIN_LINKED_SHARE if said else MIN_PLAINLY_LINKED_SHARE
    return linked >= (share - 0.35 if said else share) * whole and (said or names * 2 >= len(links))


def is_only_named(page: _Element) -> bool:
    """Say whether nothing is left of a page but a name of contents."""
    return names_contents(text_of(page))


def names_contents(text: str) -> bool:
    """Say whether a text is a name of contents."""
    return len(text) < MAX_TEXT_CHARS and "".join(text.split()).casefold().strip(".:") in _NAMES


def _is_named_contents(page: _Element) -> bool:
    """Say whether the first words of a page are a name of contents."""
    for element in page.iter("{*}h1", "{*}h2", "{*}h3", "{*}p", "{*}div"):
        text = words_of(element) if name_of(element) != "div" else (element.text or "").strip()
        if text:
            return names_contents(text)
    return False


def lists_in(page: _Element) -> list[_Element]:
    """Return the lists of links that stand in a page and are no text of it, outermost first.

    Classes of lists are taken from what is none: programs that convert books give classes at random.
    """
    found: list[_Element] = []
    inside: set[_Element] = set()
    shares: dict[_Element, float] = {}
    for one in page.iter("{*}nav", "{*}div", "{*}ul", "{*}ol", "{*}section", "{*}p"):
        if not shares and _may_be_list(one):  # most pages have none: their letters are not counted
            shares = _linked_shares(page)
        if shares and _FALSE_LISTS.intersection(_classes(one)) and shares[one] < MIN_LISTED_SHARE:
            del one.attrib["class"]
        if one.getparent() in inside:
            inside.add(one)
        elif shares and one is not page and _is_list(one, shares[one]):
            found.append(one)
            inside.add(one)
    return found


def _may_be_list(element: _Element) -> bool:
    classes = _classes(element)
    return bool(types_of(element) & _NAVIGATION or _LISTS.intersection(classes) or _FALSE_LISTS.intersection(classes))


def _is_list(element: _Element, share: float) -> bool:
    if name_of(element) == "nav" and types_of(element) & _NAVIGATION:
        return True
    if not (types_of(element) & _NAVIGATION or _LISTS.intersection(_classes(element))):
        return False
    return name_of(element) != "p" and share >= MIN_PLAINLY_LINKED_SHARE


def _classes(element: _Element) -> list[str]:
    return (element.get("class") or "").lower().split()


def _linked_shares(page: _Element) -> dict[_Element, float]:
    """Return for each element how much of its text stands in links into the book; one pass, however deep."""
    from lxml import etree

    shares: dict[_Element, float] = {}
    counts = [[0, 0]]  # of each open element: characters, and those in links
    links = 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        if event == "start":
            links += _is_link(element)
            counts.append([0, 0])
            _count(counts[-1], element.text, links)
            continue
        links -= _is_link(element)
        length, linked = counts.pop()
        shares[element] = linked / length if length else 0.0
        counts[-1][0] += length
        counts[-1][1] += linked
        _count(counts[-1], element.tail, links)
    return shares


def _count(counts: list[int], text: str | None, links: int) -> None:
    length = len("".join(text.split())) if text else 0
    counts[0] += length
    counts[1] += length if links else 0


def _is_link(element: _Element) -> bool:
    return name_of(element) == "a" and (element.get("href") or "").startswith("#")


def lists_without(page: _Element, kept: Sequence[_Element]) -> list[_Element]:
    """Return the outermost elements that hold links of a page of contents, and none of ``kept``."""
    if not kept:
        return []
    around = {page, *kept, *(above for one in kept for above in one.iterancestors())}
    return [one for above in around for one in above if one not in around and _links(one)]


def _links(element: _Element) -> list[_Element]:
    return [one for one in element.iter("{*}a") if _is_link(one)]


def _length(element: _Element) -> int:
    return len("".join(text_of(element).split()))
