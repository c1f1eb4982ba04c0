"""The page in motion: finding as one types, new widths and sizes, scrolling, a note beside its mark.

The reader's page and the floor's stand in windows of their own, one after the other; every measure ends when
the window is painted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QMainWindow, QTextBrowser, QTextEdit

from reader import theme
from reader.article.find import Finder
from reader.library import Library
from reader.paths import Paths
from reader.ui.look import fonts
from reader.ui.notes.footnotes import Footnotes
from reader.ui.page.anchored import MarkHit
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView
from reader.ui.reading.opened import OpenedArticle, open_article
from tests.benchmarks.figures import Row, Series, milliseconds
from tests.benchmarks.matter import ARTICLE, WINDOW, article_html, words

WORDS = 20  # that are typed, letter by letter from the second
TIMES = 40
FRAMES = 200
WHEEL = 60  # pixels a frame
NARROWER = 300  # pixels
FIND_MOST, POPUP_MOST = 20.0, 16.0  # ms


def measure(names: Collection[str], home: Path) -> list[Row]:
    """Measure what is named; ``home`` is an empty folder."""
    application = QApplication.instance() or QApplication([])
    fonts.load_first()
    with Library(Paths.under(home / "page")) as library:
        opened = open_article(library, library.add(ARTICLE).article_id)
    floor = _in_floor(names)
    reader = _in_reader(names, opened)
    del application
    return [Row(name, "ms", series, floor.get(name), most=_bar(name)) for name, series in reader.items()]


def _bar(name: str) -> float | None:
    return {"find": FIND_MOST, "popup": POPUP_MOST}.get(name.partition(":")[0])


def _typed() -> list[str]:
    return [word[:letters] for word in words(WORDS) for letters in range(2, len(word) + 1)]


def window_of(page: QTextEdit) -> QMainWindow:
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(*WINDOW)
    window.show()
    QApplication.processEvents()
    return window


def painted(window: QMainWindow, work: Callable[[], object]) -> None:
    """Do something, and have the window painted where it changed."""
    work()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.LayoutRequest.value)
    QCoreApplication.sendPostedEvents(window, QEvent.Type.UpdateRequest.value)


def _each(window: QMainWindow, works: Sequence[Callable[[], object]], *, warm: bool = True) -> Series:
    return milliseconds([partial(painted, window, work) for work in works], warm=warm)


def _widths(window: QMainWindow) -> list[Callable[[], object]]:
    wide, high = WINDOW
    return [partial(window.resize, wide - NARROWER * ((number + 1) % 2), high) for number in range(TIMES)]


def _wheel(page: QTextEdit) -> list[Callable[[], object]]:
    bar = page.verticalScrollBar()
    bar.setValue(0)
    return [partial(bar.setValue, WHEEL * (number + 1)) for number in range(min(FRAMES, bar.maximum() // WHEEL))]


def _in_floor(names: Collection[str]) -> dict[str, Series]:
    page = QTextBrowser()
    page.setHtml(article_html())
    window = window_of(page)
    measured: dict[str, Series] = {}

    def find(query: str) -> None:
        page.moveCursor(QTextCursor.MoveOperation.Start)
        page.find(query)

    if "find" in names:
        measured["find: a letter typed"] = _each(window, [partial(find, query) for query in _typed()])
    if "relayout" in names:
        sizes = [page.zoomIn, page.zoomOut] * (TIMES // 2)
        measured["relayout: width"] = _each(window, _widths(window))
        measured["relayout: type size"] = _each(window, sizes)
    if "scroll" in names:
        measured["scroll: a frame"] = _each(window, _wheel(page))
    window.close()
    return measured


def _in_reader(names: Collection[str], opened: OpenedArticle) -> dict[str, Series]:
    page = PageView(theme.load("light"), Typography())
    page.show_article(opened.metadata, opened.text, opened.resources)
    window = window_of(page)
    finder = Finder(opened.text)
    measured: dict[str, Series] = {}

    def find(query: str) -> None:
        hits = finder.find(query)
        page.show_hits(hits, 0)
        if hits.starts:
            page.go_to(hits.starts[0], hits.ends[0], landing=False)

    if "find" in names:
        measured["find: a letter typed"] = _each(window, [partial(find, query) for query in _typed()])
        page.show_hits(())
    if "relayout" in names:
        sizes = [Typography(20), Typography()] * (TIMES // 2)
        measured["relayout: width"] = _each(window, _widths(window))
        looks = [partial(page.set_look, page.theme, size) for size in sizes]
        measured["relayout: type size"] = _each(window, looks)
    if "scroll" in names:
        measured["scroll: a frame"] = _each(window, _wheel(page))
    if "popup" in names:
        measured["popup: hovered, then shown"] = _popups(window, page, opened)
    window.close()
    return measured


def _popups(window: QMainWindow, page: PageView, opened: OpenedArticle) -> Series:
    footnotes = Footnotes(page, page.pictures, window, lambda: page.styles)
    footnotes.show_article(opened.text, opened.labels)
    values: list[float] = []
    for key, marks in opened.marks().items():
        offset = marks[0].offset
        page.go_to(offset, landing=False)
        QApplication.processEvents()
        hit = MarkHit(key, offset, page.mark_rect(offset, key))
        values += _each(window, [partial(footnotes.open, hit)], warm=False).values  # each note is new to the eye
        footnotes.close_all()
        QApplication.processEvents()
    return Series(tuple(values))
