"""The parts of an OOXML package, parsed, and the relations between them.

Documents in the Strict form are read as if they were in the common one: only their namespaces differ.
"""

from __future__ import annotations

import posixpath
import re
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import FileError
from reader.importers.archive import Archive
from reader.importers.office.xml import parsed

if TYPE_CHECKING:
    from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

MAX_RELATIONS = 100_000

_COMMON = b"http://schemas.openxmlformats.org/"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _COMMON + b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _COMMON + b"officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _COMMON + b"officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", _COMMON + b"drawingml/2006/"),
)
_SPACED_TEXT = b'<w:t xml:space="preserve">'
_SITTINGS = re.compile(rb'(<w:[A-Za-z]{1,24})(?: (?:w:rsid[A-Za-z]{0,16}|w14:(?:paraId|textId))="[^"<>]*")+')
_FALLBACKS = ("word/document.xml", "word/document2.xml")
_FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class NoDocumentError(FileError):
    def __str__(self) -> str:
        return _("“{name}” could not be opened: there is no Word document in it.").format(name=self.name)


class Relation(NamedTuple):
    """What a part refers to: ``target`` is a member's name, or an address where ``external``."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one document.

    Raises:
        NoDocumentError: the archive has no main document.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.root = self.relations("")
        self.main = self._main()
        self.main_relations = self.relations(self.main)

    def _main(self) -> str:
        named = [one.target for one in self.root.values() if one.kind == "officeDocument"]
        for name in (*named, *_FALLBACKS):
            found = self.archive.find(name)
            if found is not None:
                return found
        raise NoDocumentError(self.archive.path)

    def sibling(self, kind: str) -> str | None:
        """Return the name of the part that the main document has for footnotes, styles and so on."""
        for one in self.main_relations.values():
            if one.kind == kind and not one.external:
                found = self.archive.find(one.target)
                if found is not None:
                    return found
        return self.archive.find(posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))

    def xml(self, name: str | None) -> etree._Element | None:
        """Return the root element of a part; None where there is none to be had."""
        data = self.archive.read(name) if name is not None else None
        if not data:
            return None
        data = common(data)
        data = lightened(data)
        return parsed(data)

    def relations(self, part: str) -> dict[str, Relation]:
        """Return the relations of a part by their ids; of the whole package for an empty name."""
        folder, name = posixpath.split(part)
        root = self.xml(self.archive.find(posixpath.join(folder, "_rels", f"{name}.rels")))
        made: dict[str, Relation] = {}
        for one in root if root is not None else ():
            target = one.get("Target") or ""
            if len(made) >= MAX_RELATIONS or not isinstance(one.tag, str):
                continue
            external = one.get("TargetMode") == "External" or bool(_FOREIGN.match(target))
            kind = (one.get("Type") or "").rpartition("/")[2]
            if not external:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            made[one.get("Id") or ""] = Relation(kind, target, external)
        return made


def common(data: bytes) -> bytes:
    """Return a part in the names of the common form."""
    if b"purl.oclc.org/ooxml" in data[:8192]:
        for old, new in _STRICT:
            data = data.replace(old, new)
    return data


def lightened(data: bytes) -> bytes:
    """Return a part without the attributes that say nothing of the text and take half of its tree's memory.

    Which sitting a run was written in is kept for every run, and every text says that its spaces count.
    """
    if b"<![CDATA[" in data:  # only there may a tag be text
        return data
    data = data.replace(_SPACED_TEXT, b"<w:t>")
    return _SITTINGS.sub(rb"\1", data) if b" w:rsid" in data or b" w14:paraId" in data else data


def is_on(element: etree._Element | None) -> bool:
    """Return what a toggle such as ``w:b`` says; False where there is none."""
    return element is not None and (element.get(W + "val") or "true") not in ("0", "false", "off", "none")


def number_of(element: etree._Element | None, attribute: str = "val", default: int = 0) -> int:
    """Return the number in an attribute of an element; ``default`` where there is none."""
    text = element.get(W + attribute) if element is not None else None
    return whole(text, default)


def whole(text: str | None, default: int = 0) -> int:
    """Return a whole number as OOXML writes it (also ``12.0`` and ``12pt``, in its own unit)."""
    match = re.match(r"\s*([+-]?\d{1,9})", text or "")
    return int(match[1]) if match else default
