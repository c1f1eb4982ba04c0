"""EPUB 2 and 3: the files of a book, in the order of reading, become one article.

The files are joined to one tree, so that links, marks and notes are paired over the whole book, and
go through the one converter. The contents that the book lists are no text of the article: they tell
which headings are missing, and how the book is parted where its headings do not.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path

from msgspec.structs import replace

from reader.article.model import Article, Imported
from reader.article.normal import normal
from reader.errors import EmptyFileError, FileError
from reader.importers.archive import Archive, EncryptedArchiveError
from reader.importers.epub.assembly import Assembly
from reader.importers.epub.container import has_licence, package_names, refuse_protected
from reader.importers.epub.contents import read_contents
from reader.importers.epub.conversion import Conversion
from reader.importers.epub.errors import NoBookError, ProtectedBookError
from reader.importers.epub.package import Package, read_package, unpackaged

log = logging.getLogger(__name__)

Step = Callable[[float], None]
"""Told the share of the work that is done; raises to stop it."""


def no_step(share: float) -> None:
    """Let the work go on."""


def read(path: Path, step: Step = no_step) -> Imported:
    """Return what a book holds, in normal form, and the pictures it shows.

    ``step`` is told the share of the work that is done, and may raise ``CancelledError``.

    Raises:
        ProtectedBookError: its text is encrypted.
        NoBookError, EmptyFileError: there is no book, or no text and no picture in it.
        ReaderError: the archive cannot be read, or is larger than it may be.
    """
    with Archive(path) as archive:
        refuse_protected(archive)
        package = _package(archive)
        assembly = Assembly(archive, package, read_contents(archive, package))
        assembly.read(lambda share: step(0.35 * share))
        damaged = archive.damaged
        conversion = Conversion(assembly)
        conversion.run(lambda share: step(0.35 + 0.45 * share))
        if not conversion.blocks:
            raise _nothing(archive)
    warnings = [*_said(package, conversion, damaged), *assembly.warnings, *assembly.pictures.warnings]
    article = normal(
        Article(
            replace(package.metadata, language=assembly.language),
            tuple(conversion.blocks),
            tuple(conversion.notes),
            tuple(conversion.set_aside),
            tuple(warnings),
        )
    )
    log.info("read %s: %d blocks, %d notes", path.name, len(article.blocks), len(article.notes))
    return Imported(article, tuple(assembly.pictures.found.values()))


def _nothing(archive: Archive) -> FileError:
    """Return why there is nothing to read in a book."""
    if has_licence(archive):
        return ProtectedBookError(archive.path)
    return EncryptedArchiveError(archive.path) if archive.has_encrypted else EmptyFileError(archive.path)


def _package(archive: Archive) -> Package:
    """Return the first package that has something to read."""
    for name in package_names(archive):
        package = read_package(archive, name)
        if package is not None and any(place.item.name for place in package.spine):
            return package
    found = unpackaged(archive)
    if found is None:
        raise NoBookError(archive.path)
    return found


def _said(package: Package, conversion: Conversion, damaged: bool) -> list[str]:
    said: list[str] = []
    if damaged:
        said.append(_("The file is damaged or was not copied whole; what could be read of it was brought in."))
    if package.fixed_layout or conversion.is_pictures_only:
        said.append(
            _(
                "The pages of this book are laid out as pictures; their pictures and what is text in them "
                "was brought in."
            )
        )
    return said
