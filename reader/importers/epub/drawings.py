"""Pictures, drawings and formulas in the files of a book become what the converter knows: ``img`` and text."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from reader.article.model import Resource
from reader.importers import pictures as beside
from reader.importers.archive import Archive
from reader.importers.elements.mathml import text_of_math
from reader.importers.epub.container import name_of
from reader.importers.epub.markup import XLINK, drop, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

log = logging.getLogger(__name__)

MAX_DRAWING_BYTES = 2**20

_SIGNATURES = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)

Find = Callable[[str], str | None]
"""Returns the archive's name for an address in the file being read."""


def is_remote(address: str) -> bool:
    return address.startswith("//") or address.partition(":")[0].lower() in ("http", "https", "ftp")


class Pictures:
    """The pictures that a book shows, read from its archive when they are first met."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.found: dict[str, Resource] = {}
        self.warnings: dict[str, None] = {}
        self._bytes = 0
        self._carried = beside.Pictures(None)

    def name_of(self, source: str) -> str | None:
        """Return the name of a picture by its address as ``place`` left it; None where there is none to name."""
        source = source.strip()
        if source.startswith("data:"):
            return self._name_of_carried(source)
        if not source or source in self.found or is_remote(source):
            return source or None
        if self.archive.has(source):
            self._load(source)
        else:
            self.warn(_("The picture “{name}” is missing from the book.").format(name=source))
        return source

    def _name_of_carried(self, source: str) -> str | None:
        """Return the name of a picture that stands in the text itself."""
        name = self._carried.name_of(source)
        for sentence in self._carried.warnings:
            self.warn(sentence)
        if name in self._carried.found:
            self.keep(self._carried.found[name])
        return name

    def warn(self, sentence: str) -> None:
        self.warnings[sentence] = None

    def _load(self, name: str) -> None:
        size = self.archive.size(name)
        too_large = size > beside.MAX_PICTURE_BYTES or self._bytes + size > beside.MAX_ALL_PICTURES_BYTES
        if self.archive.is_encrypted(name):
            self.warn(_("The picture “{name}” could not be read.").format(name=name))
            return
        data = None if too_large else self.archive.read(name, beside.MAX_PICTURE_BYTES)
        if too_large:
            self.warn(_("The picture “{name}” is too large to be shown.").format(name=name))
        elif not data:
            self.warn(_("The picture “{name}” could not be read.").format(name=name))
        elif not (media := media_type(name, data)):
            self.warn(_("The picture “{name}” is of no kind that can be shown.").format(name=name))
        else:
            self.keep(Resource(name, media, data))

    def keep(self, resource: Resource) -> None:
        if resource.name not in self.found:
            self.found[resource.name] = resource
            self._bytes += len(resource.data)


def media_type(name: str, data: bytes) -> str:
    """Return the kind of a picture, by its content and, where that does not tell, by its name; or nothing."""
    for sign, media in _SIGNATURES:
        if data.startswith(sign):
            return media
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if b"<svg" in data[:2000]:
        return "image/svg+xml"
    media = beside.MEDIA_TYPES.get(PurePosixPath(name).suffix.lower(), "")
    return media if media in ("image/svg+xml", "image/avif") else ""


def place(element: _Element, name: str, find: Find, pictures: Pictures) -> None:
    """Make an ``img`` or text of an element that is a picture, a drawing, a formula or an object."""
    if name == "img":
        _set_source(element, element.get("src") or element.get("data-src") or "", find)
    elif name == "svg":
        _place_svg(element, find, pictures)
    elif name == "math":
        said = text_of_math(element)  # type: ignore[arg-type]  # lxml's elements serve as well
        _become(element, "span")
        element.text = said
    elif name == "object":
        _place_object(element, find)


def _set_source(element: _Element, address: str, find: Find) -> None:
    address = address.strip()
    kept = is_remote(address) or address.lower().startswith("data:image/")
    found = address if kept else find(address)
    if found:
        element.set("src", found)
    elif ":" in address.split("/")[0]:  # data:, file: and the like
        drop(element, "src")
    else:
        element.set("src", address.split("?")[0].split("#")[0].replace("\\", "/").removeprefix("../"))


def _become(element: _Element, tag: str, **attributes: str) -> None:
    """Turn an element into another, empty one; its id stays."""
    identifier = element.get("id")
    tail = element.tail
    element.clear()
    element.tail = tail
    element.tag = tag
    if identifier:
        element.set("id", identifier)
    for name, value in attributes.items():
        element.set(name, value)


def _place_svg(svg: _Element, find: Find, pictures: Pictures) -> None:
    """Make a drawing around one picture that picture, and any other drawing a picture of its own."""
    from lxml import etree

    said = next((words_of(one) for kind in ("title", "desc") for one in svg.iter() if name_of(one) == kind), "")
    said = (svg.get("aria-label") or said or "").strip()
    images = [one for one in svg.iter() if name_of(one) == "image"]
    if images:
        addresses = [one.get(f"{{{XLINK}}}href") or one.get("xlink:href") or one.get("href") or "" for one in images]
        _become(svg, "img", alt=said)
        _set_source(svg, addresses[0], find)
        return
    tail, svg.tail = svg.tail, None
    data = etree.tostring(svg)
    svg.tail = tail
    shapes = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "use"}
    if len(data) > MAX_DRAWING_BYTES or not any(name_of(one) in shapes for one in svg.iter()):
        _become(svg, "span")
        return
    name = f"drawing-{hashlib.sha256(data).hexdigest()[:12]}.svg"
    said = said or " ".join(filter(None, (words_of(one) for one in svg.iter() if name_of(one) == "text")))
    pictures.keep(Resource(name, "image/svg+xml", data))
    _become(svg, "img", alt=said, src=name)


def _place_object(element: _Element, find: Find) -> None:
    address = element.get("data") or ""
    if PurePosixPath(address.split("#")[0]).suffix.lower() in beside.MEDIA_TYPES:
        _become(element, "img", alt=words_of(element))
        _set_source(element, address, find)
    else:
        element.tag = "div"  # what it says to programs that cannot show it, is what can be shown
