"""OpenDocument texts (ODT, OTT, and FODT in one file): an element tree is made, the one converter makes blocks.

Comments and contents tables are set aside; tracked deletions and what cannot be shown are warnings.
"""

from __future__ import annotations

import logging
import posixpath
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reader.article.model import Imported, Metadata
from reader.errors import EmptyFileError, TooLargeError, UnreadableFileError
from reader.importers.archive import MAX_MEMBER_BYTES, Archive, EncryptedArchiveError
from reader.importers.odt.frames import MATH, math_text
from reader.importers.odt.story import Story
from reader.importers.odt.styles import DC, OFFICE, Styles
from reader.importers.odt.walk import walk
from reader.importers.office.metadata import sensible_authors, sensible_date, sensible_language, sensible_title
from reader.importers.office.pictures import Pictures
from reader.importers.office.xml import parsed

if TYPE_CHECKING:
    from lxml import etree

    _Roots = tuple[etree._Element | None, etree._Element | None, etree._Element | None]

log = logging.getLogger(__name__)

_ZIP = b"PK"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"


def read(path: Path, step: Callable[[float], None] = lambda share: None) -> Imported:
    """Return what an OpenDocument text holds, with its pictures.

    ``step`` is told the share of the work that is done, and may raise ``CancelledError``.

    Raises:
        ReaderError: the file cannot be read; the sentence says why.
    """
    try:
        with path.open("rb") as file:
            flat = file.read(MAX_MEMBER_BYTES + 1) if file.read(len(_ZIP)) != _ZIP and not file.seek(0) else b""
    except OSError as exc:
        raise UnreadableFileError(path) from exc
    if len(flat) > MAX_MEMBER_BYTES:
        raise TooLargeError(path, MAX_MEMBER_BYTES // 2**20)
    if flat:
        root = parsed(flat)
        imported = _imported(path, None, (root, root, root), step)
    else:
        with Archive(path) as archive:
            imported = _imported(path, archive, _parts(archive), step)
    log.info("read %s: %d blocks, %d notes", path.name, len(imported.article.blocks), len(imported.article.notes))
    return imported


def _parts(archive: Archive) -> _Roots:
    """Return the roots of the content, the styles and the properties."""
    if b"encryption-data" in (_member(archive, "META-INF/manifest.xml") or b""):
        raise EncryptedArchiveError(archive.path)
    content, styles, meta = (_xml(archive, f"{name}.xml") for name in ("content", "styles", "meta"))
    return content, styles, meta


def _member(archive: Archive, name: str) -> bytes | None:
    found = archive.find(name)
    return archive.read(found) if found is not None else None


def _xml(archive: Archive, name: str) -> etree._Element | None:
    data = _member(archive, name)
    return parsed(data) if data else None


def _imported(path: Path, archive: Archive | None, roots: _Roots, step: Callable[[float], None]) -> Imported:
    content, styles, meta = roots
    text = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if text is None:
        raise EmptyFileError(path)
    step(0.2)
    body = Element("body")
    pictures = Pictures(archive)
    story = Story(Styles(styles, content), pictures, body, lambda name: _formula(archive, name))
    walk(story, text)
    step(0.7)
    gathered = story.gathered
    if not len(body) and not gathered.title:
        raise EmptyFileError(path)
    gathered.warnings += pictures.warnings
    if archive is not None and archive.damaged:
        gathered.warnings.append(_("The file is damaged; what could be read of it is here."))
    article = gathered.article(body, story.notes, _metadata(meta))
    return Imported(article, tuple(pictures.found.values()))


def _formula(archive: Archive | None, name: str) -> str:
    """Return the text of a formula that is embedded under a name; empty where that is none."""
    root = _xml(archive, posixpath.join(name, "content.xml")) if archive is not None and name else None
    return math_text(root) if root is not None and root.tag == MATH else ""


def _metadata(root: etree._Element | None) -> Metadata:
    found = root.find(OFFICE + "meta") if root is not None else None
    if found is None:
        return Metadata()

    def said(name: str) -> str:
        return (found.findtext(name) or "").strip()

    return Metadata(
        title=sensible_title(said(DC + "title")),
        authors=sensible_authors(said(_META + "initial-creator") or said(DC + "creator")),
        date=sensible_date(said(_META + "creation-date") or said(DC + "date")),
        language=sensible_language(said(DC + "language")),
    )
