"""A page with all it needs in one file (MHTML): an e-mail message whose parts are the page and its pictures."""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from email.message import Message
from pathlib import Path
from typing import NamedTuple

from reader.article.model import Resource
from reader.errors import NotTextError
from reader.importers.pictures import MAX_PICTURE_BYTES, MEDIA_TYPES

MAX_PARTS = 5000
_SUFFIXES = {media: suffix for suffix, media in reversed(MEDIA_TYPES.items())}
_BEGINS = re.compile(rb"\A\s*(?:[A-Za-z-]{2,40}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){1,40}", re.MULTILINE)


class Package(NamedTuple):
    """The page of a package with the encoding that its part names, and the pictures by their addresses."""

    page: bytes
    charset: str
    address: str
    pictures: dict[str, Resource]


def is_package(sample: bytes) -> bool:
    """Say whether a file begins as an e-mail message of several parts."""
    head = _BEGINS.match(sample[:8192])
    if head is None:
        return False
    said = head[0].lower()
    return b"multipart/related" in said or (b"mime-version" in said and b"text/html" in said)


def read_package(data: bytes, path: Path) -> Package:
    """Return the page and the pictures of a package.

    Raises:
        NotTextError: there is no page in it.
    """
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    pictures: dict[str, Resource] = {}
    pages: list[tuple[bytes, str, str]] = []
    for number, part in enumerate(message.walk()):
        if number > MAX_PARTS:
            break
        kind = part.get_content_type()
        if kind in ("text/html", "application/xhtml+xml"):
            pages.append((_payload(part), part.get_content_charset() or "", str(part.get("Content-Location") or "")))
        elif kind in _SUFFIXES:
            _add(pictures, part, kind)
    if not pages:
        raise NotTextError(path)
    root = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "")
    page = next((one for one in pages if root and one[2] == root), pages[0])
    return Package(page[0], page[1], page[2] or root, pictures)


def _add(pictures: dict[str, Resource], part: Message, kind: str) -> None:
    data = _payload(part)
    if not data or len(data) > MAX_PICTURE_BYTES:
        return
    picture = Resource(f"picture-{hashlib.sha256(data).hexdigest()[:12]}{_SUFFIXES[kind]}", kind, data)
    for name in ("Content-Location", "Content-ID"):
        address = str(part.get(name) or "").strip()
        if name == "Content-ID" and address:
            address = "cid:" + address.strip("<>")
        if address:
            pictures.setdefault(address, picture)


def _payload(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""
