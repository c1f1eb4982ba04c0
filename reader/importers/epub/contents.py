"""The contents that an EPUB lists: its navigation document, or the NCX of older books."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from reader.importers.archive import Archive
from reader.importers.epub.container import name_of
from reader.importers.epub.markup import OPS, parsed, words_of
from reader.importers.epub.package import Package, resolved

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ENTRIES = 20_000


class Entry(NamedTuple):
    """A line of the contents: ``depth`` counts from 1, ``fragment`` is an id in the file ``name``."""

    title: str
    name: str
    fragment: str
    depth: int


def types_of(element: _Element) -> frozenset[str]:
    """Return the words of an element's ``epub:type`` and ``role``, in small letters."""
    said = element.get(f"{{{OPS}}}type") or element.get("epub:type") or ""
    return frozenset(f"{said} {element.get('role') or ''}".lower().split())


def read_contents(archive: Archive, package: Package) -> list[Entry]:
    """Return the lines of the book's contents; of the two kinds, the fuller one."""
    nav = _read(archive, package.nav, _from_nav)
    if len(nav) >= 2:
        return nav
    ncx = _read(archive, package.ncx, _from_ncx)
    return nav if len(nav) >= len(ncx) else ncx


def _read(archive: Archive, name: str, reader: Callable[[_Element], list[tuple[str, str, int]]]) -> list[Entry]:
    root = parsed(archive.read(name) or b"", html=True) if name else None
    if root is None:
        return []
    found = reader(root)
    entries: list[Entry] = []
    for title, href, depth in found[:MAX_ENTRIES]:
        target = resolved(archive, name, href) if href else None
        if target and title:
            entries.append(Entry(title, target, unquote(href.partition("#")[2]), depth))
    return entries


def _from_nav(root: _Element) -> list[tuple[str, str, int]]:
    """Return title, address and depth of each link in the list that is the contents."""
    navs = [element for element in root.iter() if name_of(element) == "nav"]
    chosen = next((one for one in navs if types_of(one) & {"toc", "doc-toc"}), None)
    if chosen is None:
        plain = [one for one in navs if not types_of(one) - {"navigation"}]
        chosen = plain[0] if plain else None
    if chosen is None:
        return []
    return _links(chosen, "ol", "ul")


def _links(nav: _Element, *lists: str) -> list[tuple[str, str, int]]:
    from lxml import etree

    depth = 0
    found: list[tuple[str, str, int]] = []
    for event, element in etree.iterwalk(nav, events=("start", "end")):
        name = name_of(element)
        if name in lists:
            depth += 1 if event == "start" else -1
        elif name == "a" and event == "end" and element.get("href"):
            found.append((words_of(element), element.get("href") or "", max(depth, 1)))
    return found


def _from_ncx(root: _Element) -> list[tuple[str, str, int]]:
    from lxml import etree

    depth = 0
    titles: dict[int, str] = {}
    found: list[tuple[str, str, int]] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = name_of(element)
        if name == "navpoint":
            depth += 1 if event == "start" else -1
            titles.pop(depth, None) if event == "start" else None
        elif event == "end" and depth and name == "text":
            titles.setdefault(depth, words_of(element))
        elif event == "end" and depth and name == "content":
            found.append((titles.get(depth, ""), element.get("src") or "", depth))
    return found
