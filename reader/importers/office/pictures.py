"""The pictures of an office document: members of its archive; none is fetched from elsewhere."""

from __future__ import annotations

import hashlib
import posixpath
from gettext import gettext as _

from reader.article.model import Resource
from reader.importers.archive import Archive

MAX_PICTURE_BYTES = 20 * 2**20
MAX_ALL_PICTURES_BYTES = 200 * 2**20

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_SAMPLE = 1024


def media_type_of(data: bytes) -> str:
    """Return what kind of picture bytes are, by their beginning; an empty string for none that is shown."""
    for beginning, media in _BEGINNINGS:
        if data.startswith(beginning):
            return media
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in data[:_SAMPLE] else ""


class Pictures:
    """Collects the pictures that a document shows, from its archive (None: it has none)."""

    def __init__(self, archive: Archive | None) -> None:
        self._archive = archive
        self._names: dict[str, str | None] = {}
        self.found: dict[str, Resource] = {}
        self.warnings: list[str] = []
        self._bytes = 0

    def name_of(self, member: str) -> str | None:
        """Return the name of the resource that a member of the archive becomes; None where it cannot be shown."""
        if member not in self._names:
            self._names[member] = self._load(member)
        return self._names[member]

    def _load(self, member: str) -> str | None:
        name = posixpath.basename(member)
        found = self._archive.find(member) if self._archive is not None else None
        data = self._archive.read(found, MAX_PICTURE_BYTES) if self._archive is not None and found else None
        if data is None:
            self.warnings.append(_("The picture “{name}” is missing in the file.").format(name=name))
            return None
        return self._kept(member, name, data)

    def carried(self, data: bytes) -> str | None:
        """Return the name of the resource that a picture in the text itself becomes."""
        name = f"picture-{hashlib.sha256(data).hexdigest()[:12]}"
        if name not in self._names:
            self._names[name] = self._kept(name, name, data)
        return self._names[name]

    def _kept(self, member: str, name: str, data: bytes) -> str | None:
        media = media_type_of(data)
        if not media:
            self.warnings.append(_("The picture “{name}” is of no kind that can be shown.").format(name=name))
            return None
        if self._bytes + len(data) > MAX_ALL_PICTURES_BYTES:
            self.warnings.append(_("The picture “{name}” is too large to be shown.").format(name=name))
            return None
        self._bytes += len(data)
        free = name if name not in self.found else member.replace("/", "-")
        self.found[free] = Resource(free, media, data)
        return free
