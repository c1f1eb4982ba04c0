"""Writing a plan of pages as PDF, a page at a time; the file is there when it is whole, or not at all."""

from __future__ import annotations

import logging
from gettext import gettext as _
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from reader import __version__
from reader.atomic import replacing
from reader.errors import FileError
from reader.ui.paper import pdf_update
from reader.ui.paper.drawing import Drawing
from reader.ui.paper.glyphs import GlyphBook
from reader.ui.paper.measuring import place_name
from reader.ui.paper.sheet import UNITS_AN_INCH

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from reader.ui.paper.matter import Matter
    from reader.ui.paper.plan import Plan
    from reader.ui.paper.sheet import Sheet

log = logging.getLogger(__name__)


class PdfNotSavedError(FileError):
    def __str__(self) -> str:
        return _(
            "“{name}” could not be saved. Check that its folder is there, that you may write in it, "
            "and that the disk is not full."
        ).format(name=self.name)


def write_pdf(plan: Plan, path: Path) -> Generator[float, None, None]:
    """Write a plan's pages; yields its share done, 0 to 1, after each. Closing the iterator leaves nothing behind.

    Raises:
        PdfNotSavedError: it could not be written; what was there before stays.
    """
    try:
        with replacing(path) as part:
            yield from _write(plan, part)
    except (OSError, pdf_update.NoWholePdfError) as error:
        log.info("the PDF was not written: %s", error.__class__.__name__)
        raise PdfNotSavedError(path) from error


def _write(plan: Plan, part: Path) -> Generator[float, None, None]:
    file = QFile(str(part))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise OSError(file.errorString())
    writer = _writer(file, plan.matter, plan.sheet)
    painter = QPainter(writer)
    glyphs = GlyphBook(plan)
    try:
        drawing = Drawing(plan)
        number = 0
        while number < len(plan.leaves) or plan.make_page():
            if number:
                writer.newPage()
            drawing.draw(painter, plan.leaves[number])
            glyphs.note(plan.leaves[number])
            number += 1
            if file.error() != QFile.FileError.NoError:
                raise OSError(file.errorString())
            yield plan.share if not plan.done else number / max(1, len(plan.leaves))
    finally:
        painter.end()
        file.flush()
        whole = file.error() == QFile.FileError.NoError
        file.close()
    if not whole:
        raise OSError(file.errorString())
    yield 1.0  # each step that follows takes as long as a page
    texts = glyphs.texts(part)
    yield 1.0
    pdf_update.append(part, outline(plan.matter), plan.matter.metadata.language, texts)


def outline(matter: Matter) -> list[pdf_update.Entry]:
    """Return the headings of an article as the outline of its PDF."""
    return [
        pdf_update.Entry(heading.level, " ".join(heading.title.split()), place_name(heading.passage))
        for heading in matter.headings
        if heading.title.strip()
    ]


def _writer(file: QIODevice, matter: Matter, sheet: Sheet) -> QPdfWriter:
    writer = QPdfWriter(file)
    writer.setResolution(UNITS_AN_INCH)
    writer.setPageLayout(page_layout(sheet))
    writer.setTitle(matter.title)
    writer.setCreator(f"Study Reader {__version__}")
    if hasattr(writer, "setAuthor"):  # from Qt 6.9
        writer.setAuthor(", ".join(matter.metadata.authors))
    return writer


def page_layout(sheet: Sheet) -> QPageLayout:
    """Return the sheet as Qt's, without margins: ours are drawn."""
    points = 72 / UNITS_AN_INCH
    size = QSizeF(sheet.width * points, sheet.height * points)
    named = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    layout = QPageLayout(named, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    layout.setMode(QPageLayout.Mode.FullPageMode)
    return layout
