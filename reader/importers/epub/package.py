"""The package of an EPUB: its files, their order, and where its contents are listed."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from reader.article.model import Metadata
from reader.importers.archive import Archive
from reader.importers.epub.container import name_of
from reader.importers.epub.markup import parsed
from reader.importers.epub.metadata import read_metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT_TYPES = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml", "text/xml"))
TEXT_SUFFIXES = (".xhtml", ".html", ".htm", ".xht", ".xml")
_NCX_TYPE = "application/x-dtbncx+xml"


class Item(NamedTuple):
    """A file of the book: ``name`` is its name in the archive, empty where it is not there."""

    href: str
    name: str
    media_type: str
    properties: frozenset[str] = frozenset()
    fallback: str = ""


class Place(NamedTuple):
    """A file in the order of reading; what is not linear is read only by those who are led there."""

    item: Item
    linear: bool


class Package(NamedTuple):
    """What a package says. ``guide`` maps kinds of pages (``toc``, ``cover`` …) to names of files."""

    metadata: Metadata
    items: Mapping[str, Item]
    spine: tuple[Place, ...]
    nav: str
    ncx: str
    guide: Mapping[str, str]
    fixed_layout: bool


def resolved(archive: Archive, base: str, href: str) -> str | None:
    """Return the archive's name of a file that a file in it (``base``) refers to; None where there is none."""
    path = href.split("#")[0].split("?")[0].strip()
    if not path:
        return base
    if path.startswith("/"):
        return archive.find(path)
    joined = posixpath.join(posixpath.dirname(base), path.replace("\\", "/"))
    return archive.find(joined) or archive.find(href.split("#")[0].strip()) or archive.find(path)


def read_package(archive: Archive, name: str) -> Package | None:
    """Return what a package says; None where it cannot be read at all."""
    root = parsed(archive.read(name) or b"")
    if root is None:
        return None
    items = _items(archive, name, root)
    spine = _spine(root, items)
    nav = next((item.name for item in items.values() if "nav" in item.properties and item.name), "")
    return Package(
        metadata=read_metadata(root),
        items=items,
        spine=spine or _every_text(items),
        nav=nav,
        ncx=_ncx(root, items),
        guide=_guide(archive, name, root),
        fixed_layout=_is_fixed(root),
    )


def unpackaged(archive: Archive) -> Package | None:
    """Return a package for a book that has none: all its texts, in the order of their names."""
    items = {
        name: Item(name, name, "application/xhtml+xml")
        for name in sorted(archive.names, key=_counted)
        if name.lower().endswith(TEXT_SUFFIXES[:4]) and not name.startswith("META-INF/")
    }
    ncx = next((name for name in archive.names if name.lower().endswith(".ncx")), "")
    if not items:
        return None
    return Package(Metadata(), items, _every_text(items), "", ncx, {}, False)


def _counted(name: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts ``part2`` before ``part10``."""
    parts = "".join(c if c.isdigit() else f" {c} " for c in name).split()
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def _items(archive: Archive, base: str, root: _Element) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for element in root.iter():
        href = element.get("href")
        if name_of(element) != "item" or not href:
            continue
        media = (element.get("media-type") or "").split(";")[0].strip().lower()
        properties = frozenset((element.get("properties") or "").split())
        item = Item(href, resolved(archive, base, href) or "", media, properties, element.get("fallback") or "")
        items.setdefault(element.get("id") or href, item)
    return items


def _spine(root: _Element, items: Mapping[str, Item]) -> tuple[Place, ...]:
    places: list[Place] = []
    seen: set[str] = set()
    for element in root.iter():
        if name_of(element) != "itemref":
            continue
        identifier = element.get("idref") or ""
        item = items.get(identifier)
        if item is None:
            places.append(Place(Item(identifier, "", ""), True))
        elif item.name not in seen or not item.name:
            seen.add(item.name)
            places.append(Place(_readable(item, items), (element.get("linear") or "yes").strip().lower() != "no"))
    return tuple(places)


def _readable(item: Item, items: Mapping[str, Item]) -> Item:
    """Return the item, or what stands in for it where it is no text and names a fallback."""
    seen = {item.href}
    while not is_text(item) and item.fallback in items and items[item.fallback].href not in seen:
        item = items[item.fallback]
        seen.add(item.href)
    return item


def is_text(item: Item) -> bool:
    return item.media_type in TEXT_TYPES or item.name.lower().endswith(TEXT_SUFFIXES)


def _every_text(items: Mapping[str, Item]) -> tuple[Place, ...]:
    return tuple(Place(item, True) for item in items.values() if item.name and is_text(item))


def _ncx(root: _Element, items: Mapping[str, Item]) -> str:
    for element in root.iter():
        if name_of(element) == "spine":
            named = items.get(element.get("toc") or "")
            if named is not None and named.name:
                return named.name
    return next(
        (
            item.name
            for item in items.values()
            if item.name and (item.media_type == _NCX_TYPE or item.name.lower().endswith(".ncx"))
        ),
        "",
    )


def _guide(archive: Archive, base: str, root: _Element) -> dict[str, str]:
    guide: dict[str, str] = {}
    for element in root.iter():
        if name_of(element) == "reference" and element.get("href"):
            name = resolved(archive, base, unquote(element.get("href") or ""))
            kind = (element.get("type") or "").strip().lower()
            if name and kind:
                guide.setdefault(kind, name)
    return guide


def _is_fixed(root: _Element) -> bool:
    """Say whether the book is laid out page by page, as comics and picture books are."""
    for element in root.iter():
        if name_of(element) != "meta":
            continue
        layout = element.get("property") == "rendition:layout" and (element.text or "").strip() == "pre-paginated"
        old = element.get("name") == "fixed-layout" and (element.get("content") or "").lower() in ("true", "yes")
        if layout or old:
            return True
    return False
