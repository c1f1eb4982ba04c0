"""The shelf of ten thousand readings beside one of ten: a frame of scrolling, a letter in the filter, showing it.

The floor of each measure is the same shelf with ten readings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QApplication, QMainWindow

from reader import theme
from reader.library import ShelfEntry
from reader.ui.look import fonts
from reader.ui.shelf.model import Sorting, prepare
from reader.ui.shelf.page import LibraryPage
from tests.benchmarks.bench_page import painted
from tests.benchmarks.figures import Row, Series, milliseconds
from tests.ui.shelf_entries import day, entry

FEW, MANY = 10, 10_000
SIZE = (1100, 480)
"""So low that ten rows scroll, too."""
FRAMES, WHEEL, TIMES = 200, 60, 20
TYPED = ("r", "re", "rea", "read", "reading 7", "x", "xy", "anna", "anna re", "anna reed12", "river")
FRAME_RATIO = {"shelf: a frame": 1.25}
LETTER_MOST, SHOWN_MOST = 16.0, 100.0  # ms


def measure() -> list[Row]:
    """Measure both in one run."""
    application = QApplication.instance() or QApplication([])
    fonts.load_first()
    few, many = _measured(FEW), _measured(MANY)
    del application
    bars = {"shelf: a letter typed": LETTER_MOST, "shelf: shown": SHOWN_MOST}
    return [Row(name, "ms", many[name], few[name], FRAME_RATIO.get(name), bars.get(name)) for name in many]


def _entries(count: int) -> tuple[ShelfEntry, ...]:
    return tuple(
        entry(
            number,
            f"Réading number {number} of the river",
            f"Anna Reed{number % 997}",
            read=day(1 + number % 9) if number % 3 else None,
            share=number % 10 / 10,
        )
        for number in range(1, count + 1)
    )


def _measured(count: int) -> dict[str, Series]:
    page = LibraryPage()
    page.set_theme(theme.load("light"))
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(*SIZE)
    window.show()
    QApplication.processEvents()
    shelves = [prepare(_entries(count)[part:], Sorting.OPENED) for part in (0, 1)]
    shown = _each(window, [partial(page.show_prepared, shelves[number % 2]) for number in range(TIMES)])
    QApplication.processEvents()
    bar = page.shelf.verticalScrollBar()
    turn = max(1, min(bar.maximum(), FRAMES * WHEEL // 2))
    places = [turn - abs(WHEEL * number % (2 * turn) - turn) for number in range(1, FRAMES + 1)]
    scrolled = _each(window, [partial(bar.setValue, place) for place in places])
    letters = _each(window, [partial(page.shelf.header.field.setText, text) for text in TYPED * 4])
    window.close()
    return {"shelf: shown": shown, "shelf: a frame": scrolled, "shelf: a letter typed": letters}


def _each(window: QMainWindow, works: Sequence[Callable[[], object]]) -> Series:
    return milliseconds([partial(painted, window, work) for work in works], warm=True)
