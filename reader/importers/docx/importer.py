"""Word files (DOCX, DOCM, DOTX): the parts are read, an element tree is made, the one converter makes blocks.

What is left out is said: comments, tables of contents and notes that nothing marks are set aside,
deletions and what cannot be shown are warnings.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reader.article.model import Imported, Metadata, SetAside
from reader.errors import EmptyFileError, UnknownFormatError, UnreadableFileError
from reader.importers.archive import Archive, EncryptedArchiveError
from reader.importers.docx.fields import complete
from reader.importers.docx.metadata import metadata_of
from reader.importers.docx.notes import ENDNOTE, FOOTNOTE, Notes
from reader.importers.docx.numbering import Numbering
from reader.importers.docx.parts import Package, W
from reader.importers.docx.story import Comments, Source, Story
from reader.importers.docx.styles import Styles
from reader.importers.docx.walk import walk
from reader.importers.office.gathered import comment_reason
from reader.importers.office.pictures import Pictures

if TYPE_CHECKING:
    from lxml import etree

log = logging.getLogger(__name__)

MAX_CONTAINER_BYTES = 64 * 2**20
"""How much of a container of the older form is searched for what it holds."""

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(path: Path, step: Callable[[float], None] = lambda share: None) -> Imported:
    """Return what a Word file holds, with its pictures.

    ``step`` is told the share of the work that is done, and may raise ``CancelledError``.

    Raises:
        ReaderError: the file cannot be read; the sentence says why.
    """
    _refuse_older_form(path)
    with Archive(path) as archive:
        imported = _Reading(Package(archive), step).imported()
    log.info("read %s: %d blocks, %d notes", path.name, len(imported.article.blocks), len(imported.article.notes))
    return imported


def _refuse_older_form(path: Path) -> None:
    """Refuse what is no ZIP archive but a container of the older form: such are locked files, and old DOC."""
    try:
        with path.open("rb") as file:
            container = file.read(MAX_CONTAINER_BYTES) if file.read(len(_OLE)) == _OLE else b""
    except OSError as exc:
        raise UnreadableFileError(path) from exc
    if container:
        raise EncryptedArchiveError(path) if _LOCKED in container else UnknownFormatError(path)


class _Reading:
    def __init__(self, package: Package, step: Callable[[float], None]) -> None:
        self.package = package
        self.step = step
        root = package.xml(package.main)
        if root is None:
            raise EmptyFileError(package.archive.path)
        self.root = root
        step(0.2)
        self.parts = {kind: package.sibling(f"{kind}s") for kind in (FOOTNOTE, ENDNOTE)}
        styles = Styles(package.xml(package.sibling("styles")))
        self.source = Source(
            styles=styles,
            numbering=Numbering(package.xml(package.sibling("numbering")), styles),
            notes=Notes(
                {kind: package.xml(part) for kind, part in self.parts.items()},
                package.xml(package.sibling("settings")),
                [one for one in root.iter(W + "sectPr") if _is_section(one)],
            ),
            pictures=Pictures(package.archive),
            comments=_comments(package.xml(package.sibling("comments"))),
        )

    def imported(self) -> Imported:
        source = self.source
        body = Element("body")
        story = Story(source, self.package.main_relations, body, complete=complete(self.root))
        walk(story, self.root)
        self.step(0.6)
        bodies = self._notes()
        self.step(0.7)
        if not len(body) and not source.title:
            raise EmptyFileError(self.package.archive.path)
        source.left_over += self._left_over()
        source.warnings += source.pictures.warnings
        if self.package.archive.damaged:
            source.warnings.append(_("The file is damaged; what could be read of it is here."))
        article = source.article(body, bodies, self._metadata())
        return Imported(article, tuple(source.pictures.found.values()))

    def _notes(self) -> list[tuple[str, Element]]:
        """Read the notes that the text calls, and those that they call."""
        made: list[tuple[str, Element]] = []
        relations = {kind: self.package.relations(part) if part else {} for kind, part in self.parts.items()}
        for one in self.source.notes.called():
            if one.body is None:
                continue
            into = Element("body")
            sign = one.label if _writes_sign(one.body) else ""
            story = Story(self.source, relations[one.kind], into, complete=complete(one.body), is_body=False, sign=sign)
            walk(story, one.body)
            made.append((one.key, into))
        return made

    def _left_over(self) -> list[SetAside]:
        """Return the notes that nothing marks and the comments that stand nowhere."""
        made = [
            SetAside(0, said, _("a note that nothing in the text marks"), 0)
            for _kind, body in self.source.notes.uncalled()
            if (said := said_in(body))
        ]
        for key in self.source.comments.left:
            author, said = self.source.comments.known[key]
            made.append(SetAside(0, said, comment_reason(author, ""), 0))
        return made

    def _metadata(self) -> Metadata:
        core = next((one.target for one in self.package.root.values() if one.kind == "core-properties"), "")
        name = self.package.archive.find(core or "docProps/core.xml")
        return metadata_of(self.package.xml(name))


def said_in(element: etree._Element) -> str:
    """Return the plain text of a note or a comment, a line a paragraph."""
    lines = ("".join(one.text or "" for one in line.iter(W + "t")) for line in element.iter(W + "p"))
    return "\n".join(line for line in map(str.strip, lines) if line)


def _comments(root: etree._Element | None) -> Comments:
    known = {
        one.get(W + "id") or "": ((one.get(W + "author") or "").strip(), said)
        for one in (root.iterfind(W + "comment") if root is not None else ())
        if (said := said_in(one))
    }
    return Comments(known, dict.fromkeys(known))


def _is_section(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag != W + "sectPrChange"


def _writes_sign(body: etree._Element) -> bool:
    """Say whether a note's text itself has its sign: where Word does not put the number there."""
    return next(body.iter(W + "footnoteRef", W + "endnoteRef"), None) is None
