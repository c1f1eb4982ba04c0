"""The pictures of a text: files in its own folder, or carried in the text itself."""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
import re
from gettext import gettext as _
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes

from reader.article.findings import lies_elsewhere
from reader.article.model import Resource

log = logging.getLogger(__name__)

MAX_PICTURE_BYTES = 20 * 2**20
MAX_ALL_PICTURES_BYTES = 200 * 2**20

MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
    ".avif": "image/avif",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
_SUFFIXES = {media: suffix for suffix, media in reversed(MEDIA_TYPES.items())}
_DATA = re.compile(r"data:(image/[a-z0-9.+-]+)((?:;[^;,]*)*),", re.IGNORECASE)


class Pictures:
    """Collects the pictures that a text names; ``folder`` is where its file lies (None: nowhere)."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder.resolve() if folder is not None else None
        self.found: dict[str, Resource] = {}
        self.warnings: list[str] = []
        self.bytes = 0

    def name_of(self, source: str) -> str | None:
        """Return the name of the picture at an address, loading it; None where it cannot be named.

        A picture that cannot be had keeps its name: an export loses nothing, and the page shows the
        alternative text.
        """
        source = source.strip()
        if source[:5].lower() == "data:":
            return self._carried(source)
        if not source or lies_elsewhere(source):
            return source or None
        name = source.split("?")[0].split("#")[0]
        if self.folder is not None and name not in self.found:
            self._load(name, unquote(name))
        return name

    def _load(self, name: str, path: str) -> None:
        assert self.folder is not None
        file = self._inside(path)
        media = MEDIA_TYPES.get(Path(path).suffix.lower())
        if file is None or lies_elsewhere(path):
            self.warnings.append(_("The picture “{name}” was not found beside the text.").format(name=name))
        elif media is None:
            self.warnings.append(_("The picture “{name}” is of no kind that can be shown.").format(name=name))
        elif not self._room_for(file.stat().st_size):
            self.warnings.append(_("The picture “{name}” is too large to be shown.").format(name=name))
        else:
            self._read(name, media, file)

    def _read(self, name: str, media: str, file: Path) -> None:
        try:
            data = file.read_bytes()
        except OSError:
            log.info("a picture could not be read")
            self.warnings.append(_("The picture “{name}” could not be read.").format(name=name))
            return
        self._keep(Resource(name, media, data))

    def _inside(self, path: str) -> Path | None:
        """Return the file of a relative path, if it really lies in the folder."""
        assert self.folder is not None
        try:
            file = (self.folder / path).resolve()
            return file if file.is_relative_to(self.folder) and file.is_file() else None
        except (OSError, ValueError, RuntimeError):  # too long, a NUL in it, links in a circle
            return None

    def _room_for(self, size: int) -> bool:
        return size <= MAX_PICTURE_BYTES and self.bytes + size <= MAX_ALL_PICTURES_BYTES

    def _keep(self, resource: Resource) -> None:
        self.found[resource.name] = resource
        self.bytes += len(resource.data)

    def _carried(self, source: str) -> str | None:
        """Decode a picture that stands in the text itself; its name is made of its content."""
        match = _DATA.match(source)
        if match is None or len(source) > 2 * MAX_PICTURE_BYTES:
            self.warnings.append(_("A picture inside the text could not be shown."))
            return None
        body = source[match.end() :]
        try:
            data = base64.b64decode(unquote(body)) if ";base64" in match[2].lower() else unquote_to_bytes(body)
        except (binascii.Error, ValueError):
            data = b""
        if not data or not self._room_for(len(data)):
            self.warnings.append(_("A picture inside the text could not be shown."))
            return None
        media = match[1].lower()
        name = f"picture-{hashlib.sha256(data).hexdigest()[:12]}{_SUFFIXES.get(media, '')}"
        if name not in self.found:
            self._keep(Resource(name, media, data))
        return name
