"""Paper: the first page of a preview, all pages of an article and of a book, and both as PDF.

The floor is what Qt itself takes to print the same document (``QTextDocument.print_``), without notes
at the foot, outline or text that can be copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QApplication

from reader.article.outline import headings
from reader.article.text import CanonicalText
from reader.importers import registry
from reader.ui.look import fonts
from reader.ui.page.document import DocumentBuilder
from reader.ui.page.runs import PICTURE
from reader.ui.page.typography import Typography
from reader.ui.paper.looks import PaperPictures, paper_theme, style_book
from reader.ui.paper.matter import Heading, Matter
from reader.ui.paper.pdf import write_pdf
from reader.ui.paper.plan import Plan
from reader.ui.paper.sheet import Choices, Sheet, lay_out
from tests.benchmarks.figures import Row, Series, milliseconds
from tests.benchmarks.matter import ARTICLE, texts

TIMES = 7
BOOK_PARAGRAPHS = 6_500  # about four megabytes
ARTICLE_MOST, PREVIEW_MOST, STEP_MOST = 200.0, 200.0, 30.0  # ms
MILLISECONDS = 1000


def measure(home: Path) -> list[Row]:
    """Measure all of it; ``home`` is an empty folder."""
    application = QApplication.instance() or QApplication([])
    fonts.load_first()
    article = _matter(ARTICLE)
    book_file = home / "book.md"
    book_file.write_text(next(texts(1, BOOK_PARAGRAPHS)), encoding="utf-8")
    book = _matter(book_file)
    sheet = lay_out(Choices())
    printed = milliseconds([partial(_print, article, sheet, home)] * TIMES)
    rows = [
        Row("paper: first page", "ms", milliseconds([partial(_first, article, sheet)] * TIMES), most=PREVIEW_MOST),
        Row("paper: article, pages", "ms", milliseconds([partial(_plan, article, sheet)] * TIMES), most=ARTICLE_MOST),
        Row("paper: article, PDF", "ms", milliseconds([partial(_pdf, article, sheet, home)] * TIMES), printed),
    ]
    book_printed = milliseconds([partial(_print, book, sheet, home)], warm=False)
    steps = list(_steps(book, sheet, home))
    whole = Series((sum(steps),))
    rows += [
        Row("paper: book, first page", "ms", milliseconds([partial(_first, book, sheet)] * TIMES), most=PREVIEW_MOST),
        Row("paper: book, PDF", "ms", whole, book_printed),
        Row("paper: book, a step of it", "ms", Series(tuple(steps)), most=STEP_MOST),
    ]
    del application
    return rows


def _matter(path: Path) -> Matter:
    imported = registry.read(path, lambda share: None)
    article = imported.article
    heads = tuple(Heading(head.block, head.level, head.title) for head in headings(article.blocks))
    pictures = {picture.name: picture for picture in imported.resources}
    return Matter(article.metadata, CanonicalText(article), pictures, heads, Typography())


def _first(matter: Matter, sheet: Sheet) -> None:
    Plan(matter, sheet).make_page()


def _plan(matter: Matter, sheet: Sheet) -> None:
    plan = Plan(matter, sheet)
    while plan.make_page():
        pass


def _pdf(matter: Matter, sheet: Sheet, home: Path) -> None:
    for _ in write_pdf(Plan(matter, sheet), home / "reader.pdf"):
        pass


def _steps(matter: Matter, sheet: Sheet, home: Path) -> Iterator[float]:
    """Yield how long each step took in which a book is written: so long the window waits."""
    work = write_pdf(Plan(matter, sheet), home / "book.pdf")
    going = True
    while going:
        begun = perf_counter()
        going = next(work, None) is not None
        yield (perf_counter() - begun) * MILLISECONDS


def _print(matter: Matter, sheet: Sheet, home: Path) -> None:
    """Have Qt print the same document on the same sheet."""
    theme = paper_theme()
    text = matter.text
    pictures = PaperPictures(theme)
    pictures.show_resources(matter.resources, theme)
    styles = style_book(theme, sheet, matter.typography, None)
    document: QTextDocument = DocumentBuilder(text, styles, text.labels).build(0, len(text.passages)).document
    document.documentLayout().registerHandler(PICTURE, pictures)
    document.setPageSize(QSizeF(sheet.width, sheet.height))
    writer = QPdfWriter(str(home / "floor.pdf"))
    writer.setResolution(720)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document.print_(writer)
