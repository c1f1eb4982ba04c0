"""The files of a book become sections of one tree: ids made unique, links led to them, pictures named.

An id ``x`` of the file ``text/ch2.xhtml`` becomes ``ch2/x``, and a link to that file ``#ch2``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reader.errors import TooLargeError
from reader.importers.archive import Archive
from reader.importers.elements.tags import BLOCKS
from reader.importers.epub import drawings, shapes
from reader.importers.epub.container import name_of
from reader.importers.epub.drawings import Pictures
from reader.importers.epub.markup import XML, decoded, drop, parsed, text_of, words_of
from reader.importers.epub.package import resolved
from reader.importers.epub.styles import meanings

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_TEXT_BYTES = 48 * 2**20
"""Of all files of a book that are text, unpacked: ten times the longest novels."""
MAX_ID_CHARS = 200
MAX_SHEETS = 20

_UNFIT = re.compile(r"[^\w.-]+")
_OUTWARD = re.compile(r"(?:https?|ftp|mailto|tel|doi|urn|geo|news|sms|xmpp):", re.IGNORECASE)
_SPEAKERS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "figcaption", "caption"))
_PICTURES = frozenset(("img", "svg", "math", "object"))


class Anchors:
    """Names of places that are unique in the book; ``prefixes`` has one for each file that is read."""

    def __init__(self, names: list[str]) -> None:
        self.prefixes: dict[str, str] = {}
        taken: set[str] = set()
        for name in names:
            stem = _UNFIT.sub("-", PurePosixPath(name).stem).strip("-") or "part"
            prefix, number = stem, 1
            while prefix in taken:
                number += 1
                prefix = f"{stem}-{number}"
            taken.add(prefix)
            self.prefixes[name] = prefix
        self._made: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set(taken)

    def of(self, name: str, identifier: str) -> str:
        """Return the anchor for an id in a file; an empty id is the file itself."""
        if not identifier:
            return self.prefixes[name]
        made = self._made.get((name, identifier))
        if made is None:
            base = f"{self.prefixes[name]}/{_UNFIT.sub('-', identifier)[:MAX_ID_CHARS]}"
            made, number = base, 1
            while made in self._taken:
                number += 1
                made = f"{base}.{number}"
            self._taken.add(made)
            self._made[name, identifier] = made
        return made


class Pages:
    """Reads the files of a book into sections of one tree."""

    def __init__(self, archive: Archive, anchors: Anchors, pictures: Pictures, language: str) -> None:
        self.language = language  # of the book: as it says, or that of its first file
        self.archive = archive
        self.anchors = anchors
        self.pictures = pictures
        self.titles: dict[str, str] = {}
        self._bytes = 0
        self._sheets: dict[str, dict[str, str]] = {}

    def read(self, name: str) -> _Element | None:
        """Return what a file holds as a ``section``; None where it cannot be read, or is empty.

        Raises:
            TooLargeError: the book has more text than ``MAX_TEXT_BYTES``.
        """
        data = self.archive.read(name)
        self._bytes += len(data or b"")
        if self._bytes > MAX_TEXT_BYTES:
            raise TooLargeError(self.archive.path, MAX_TEXT_BYTES // 2**20)
        root = parsed(data, html=True) if data else None
        if root is None:
            return None
        body = next((one for one in root.iter() if name_of(one) == "body"), root)
        if name_of(root) == "svg":
            body = root.makeelement("body", {})
            body.append(root)
        self.titles[name] = next((words_of(one) for one in root.iter() if name_of(one) == "title"), "")
        self._prepare(name, root, body)
        return self._section(name, root, body)

    def _section(self, name: str, root: _Element, body: _Element) -> _Element:
        anchor = body.get("id")
        body.tag = "section"
        body.set("id", self.anchors.of(name, ""))
        if anchor:  # both the file and its body may be linked to
            body.insert(0, body.makeelement("span", {"id": anchor}))
            body[0].tail, body.text = body.text, None
        language = _language(body) or _language(root)
        drop(body, "class")
        self.language = self.language or language
        say_languages(body, language, self.language)
        body.tail = None
        return body

    def _prepare(self, name: str, root: _Element, body: _Element) -> None:
        known = self._meanings(name, root)
        for element in list(body.iter()):
            kind = name_of(element)
            if element is not body and element.getparent() is None:
                continue  # what held it is a picture now
            if kind in _PICTURES:
                drawings.place(element, kind, lambda address: self._find(name, address), self.pictures)
                kind = name_of(element)
            if not element.attrib:
                continue
            self._name(name, element)
            if kind == "a":
                self._lead(name, element)
            shapes.shape(element, kind, known)
        shapes.break_scenes(body)

    def _find(self, base: str, address: str) -> str | None:
        return resolved(self.archive, base, address) if address else None

    def _name(self, name: str, element: _Element) -> None:
        identifier = element.get("id") or element.get(f"{{{XML}}}id")
        if not identifier and name_of(element) == "a":
            identifier = element.get("name")
        if identifier:
            element.set("id", self.anchors.of(name, identifier))
        drop(element, "name")

    def _lead(self, name: str, link: _Element) -> None:
        """Lead a link to a place in the book, or outward; any other is none."""
        address = (link.get("href") or "").strip()
        if not address or _OUTWARD.match(address):
            return
        path, _, fragment = address.partition("#")
        target = self._target(name, path) if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path) else None
        if target in self.anchors.prefixes:
            link.set("href", "#" + self.anchors.of(target or "", unquote(fragment)))
        else:
            drop(link, "href")

    def _target(self, base: str, path: str) -> str | None:
        return base if not path else resolved(self.archive, base, path)

    def _meanings(self, name: str, root: _Element) -> Mapping[str, str]:
        head = next((one for one in root if name_of(one) == "head"), None)
        found: dict[str, str] = {}
        for element in head.iter() if head is not None else ():
            if name_of(element) == "style":
                found.update(meanings([text_of(element)]))
            elif name_of(element) == "link" and "stylesheet" in (element.get("rel") or "").lower():
                found.update(self._sheet(self._find(name, element.get("href") or "")))
        return found

    def _sheet(self, name: str | None) -> Mapping[str, str]:
        if not name or not name.lower().endswith(".css") or self.archive.is_encrypted(name):
            return {}
        if name not in self._sheets:
            room = len(self._sheets) < MAX_SHEETS
            self._sheets[name] = meanings([decoded(self.archive.read(name) or b"")]) if room else {}
        return self._sheets[name]


def _language(element: _Element) -> str:
    return (element.get("lang") or element.get(f"{{{XML}}}lang") or "").strip()


def say_languages(section: _Element, own: str, book: str) -> None:
    """Leave only the languages that differ from the book's, each said by the blocks that hold the text."""
    from lxml import etree

    spoken = [own or book]
    for event, element in etree.iterwalk(section, events=("start", "end")):
        if event == "end":
            spoken.pop()
            continue
        said = "" if element is section else _language(element)
        drop(element, "lang")
        drop(element, f"{{{XML}}}lang")
        spoken.append(said or spoken[-1])
        foreign = spoken[-1].partition("-")[0].lower() != book.partition("-")[0].lower()
        if foreign and book and (name_of(element) in _SPEAKERS or (said and name_of(element) not in BLOCKS)):
            element.set("lang", spoken[-1])
