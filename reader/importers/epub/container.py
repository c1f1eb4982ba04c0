"""The outside of an EPUB: where its package lies, and whether it is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from reader.importers.archive import Archive
from reader.importers.elements import text as elements
from reader.importers.epub.errors import ProtectedBookError
from reader.importers.epub.markup import parsed

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"

_RIGHTS = ("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")
"""Adobe's, Apple's and Readium's licences: where they lie, a text that cannot be read is locked."""

# Fonts may be scrambled by these; a book whose text is not encrypted can be read.
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXT_SUFFIXES = (".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx")

name_of = cast("Callable[[_Element], str]", elements.name_of)  # it is asked for every element, many times
"""Returns the name of an element without its namespace, in small letters; empty for a comment."""


def package_names(archive: Archive) -> list[str]:
    """Return the names of the packages of a book, the likeliest first; empty where there is none."""
    found: list[str] = []
    container = archive.find(CONTAINER)
    root = parsed(archive.read(container) or b"") if container else None
    if root is not None:
        for element in root.iter():
            path = element.get("full-path") if name_of(element) == "rootfile" else None
            if path and element.get("media-type", _PACKAGE_TYPE) == _PACKAGE_TYPE:
                found += filter(None, [archive.find(path)])
    found += sorted((name for name in archive.names if name.lower().endswith(".opf")), key=lambda n: (n.count("/"), n))
    return list(dict.fromkeys(found))


def refuse_protected(archive: Archive) -> None:
    """Say politely that a book is locked; fonts that are only scrambled are no lock.

    Raises:
        ProtectedBookError: the text of the book is encrypted.
    """
    name = archive.find(ENCRYPTION)
    if name is None:
        return
    root = parsed(archive.read(name) or b"")
    if root is None:
        return
    for data in root.iter():
        if name_of(data) == "encrypteddata" and _locks_text(data):
            raise ProtectedBookError(archive.path)


def has_licence(archive: Archive) -> bool:
    """Say whether a seller's licence lies in a book."""
    return any(archive.find(name) for name in _RIGHTS)


def _locks_text(data: _Element) -> bool:
    method, target = "", ""
    for element in data.iter():
        if name_of(element) == "encryptionmethod" and not method:
            method = element.get("Algorithm", "")
        elif name_of(element) == "cipherreference":
            target = element.get("URI", "")
    return not method.startswith(_FONT_SCRAMBLING) and target.lower().split("#")[0].endswith(_TEXT_SUFFIXES)
