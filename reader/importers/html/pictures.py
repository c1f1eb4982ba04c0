"""The pictures of a page: only from its folder, its package, or the page itself; never from the network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from gettext import ngettext
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree.ElementTree import Element

from reader.article.model import Resource
from reader.importers.html.drawings import drawing, is_picture, words_of
from reader.importers.pictures import MEDIA_TYPES, Pictures

FOLDER_ENDINGS = (
    "_files",
    "-Dateien",
    ".files",
    "_fichiers",
    "_archivos",
    "-filer",
    "_bestanden",
    "_pliki",
    "_soubory",
    "_file",
)
"""How browsers name the folder of a saved page."""


class PagePictures(Pictures):
    """Collects the pictures that a page shows; those that lie on the network are counted.

    ``parts`` are the pictures of an MHTML package by their addresses.
    """

    def __init__(self, path: Path | None, parts: Mapping[str, Resource] | None = None, base: str = "") -> None:
        super().__init__(path.parent if path is not None else None)
        self._stem = path.stem if path is not None else ""
        self._parts = parts or {}
        self._base = base
        self.remote = 0
        self._seen: set[str] = set()

    def name_of(self, source: str) -> str | None:
        """Return the name of the picture at an address, loading it; None where it cannot be shown."""
        source = source.strip()
        if source in self.found:
            return source
        part = self._part(source)
        if part is not None:
            return part
        if source[:5].lower() == "data:":
            return super().name_of(source)
        if not source or self.folder is None or self._is_remote(source):
            if source and source not in self._seen:
                self._seen.add(source)
                self.remote += 1
            return None
        name = source.split("?")[0].split("#")[0]
        path = unquote(name)
        if Path(path).suffix.lower() not in MEDIA_TYPES:
            return None
        if name not in self.found:
            self._load(name, path)
        return name if name in self.found else None

    def draw(self, svg: Element) -> tuple[str, str] | None:
        """Keep a drawing that stands in the page; return its name and what it says, or None where it is a mere sign."""
        data = drawing(svg) if is_picture(svg) else None
        if data is None or not self._room_for(len(data)):
            return None
        name = f"drawing-{hashlib.sha256(data).hexdigest()[:12]}.svg"
        if name not in self.found:
            self._keep(Resource(name, "image/svg+xml", data))
        return name, words_of(svg)

    def _is_remote(self, source: str) -> bool:
        """Say whether an address leads elsewhere than to the folder that was saved with the page."""
        path = unquote(source).replace("\\", "/").removeprefix("./")
        first = path.split("/")[0]
        if ":" in first or path.startswith("/") or ".." in path.split("/"):
            return True
        assert self.folder is not None
        return "/" in path and not self._is_own(first) and not (self.folder / first).is_dir()

    def _is_own(self, folder: str) -> bool:
        return any(folder == self._stem + ending for ending in FOLDER_ENDINGS)

    def _part(self, source: str) -> str | None:
        """Return the name of a picture that came in the package."""
        found = self._parts.get(source) or self._parts.get(urljoin(self._base, source) if self._parts else "")
        if found is None:
            return None
        if found.name not in self.found:
            if not self._room_for(len(found.data)):
                return None
            self._keep(found)
        return found.name

    def all_warnings(self) -> list[str]:
        """Return what is to be told of the pictures."""
        if not self.remote:
            return self.warnings
        told = ngettext(
            "{count} picture lies on the web and is not shown; what it says of itself stands in its place.",
            "{count} pictures lie on the web and are not shown; what they say of themselves stands in their place.",
            self.remote,
        ).format(count=self.remote)
        return [*self.warnings, told]


__all__ = ["FOLDER_ENDINGS", "PagePictures"]
