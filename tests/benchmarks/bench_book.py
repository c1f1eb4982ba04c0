"""A book of 4 MB, and one of 40 MB: opening them, and moving in the smaller one.

Its bars are told against the floor that shows the article (``bench_open``): a book has to cost hardly more.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.benchmarks.bench_open import Stage, floor_command, own_memory_mb, row, run_by_turns
from tests.benchmarks.figures import Row, Series
from tests.benchmarks.matter import article_html, book

OPEN_RATIO, MEMORY_RATIO, HUGE_RATIO = 1.5, 1.6, 2.0
GROWTH_RATIO = 1.8 / 1.6  # ten minutes of reading may cost so much more than opening
FRAME_MOST, WORST_FRAME_MOST, JUMP_MOST, RELAYOUT_MOST, FOLD_MOST = 4.0, 16.0, 16.0, 25.0, 8.0  # ms
FIRST_HIT_MOST, ALL_HITS_MOST = 20.0, 60.0  # ms
RUNS = 5
FRAMES, JUMPS, CHANGES, FOLDS = 600, 120, 20, 30
WHEEL = 90  # pixels a frame
READ_FRAMES, READ_JUMPS = 3000, 300  # as many as in some ten minutes of reading and looking up


def measure_opening(runs: int = RUNS) -> list[Row]:
    """Start the reader on the book, on the large one, and the floor on the article, by turns."""
    with ExitStack() as stack:
        stage = Stage(stack)
        page = stage.home / "article.html"
        page.write_text(article_html(), encoding="utf-8")
        commands = {"floor": floor_command(page)}
        for name, megabytes in (("book", 4), ("large", 40)):
            file = stage.home / f"{name}.md"
            file.write_text(book(megabytes), encoding="utf-8")
            commands[name] = stage.reader_with(file, name)
        starts = run_by_turns(stage, commands, runs)
    return [
        row(starts, "book: text on screen", "ms", "text_ms", "book", OPEN_RATIO),
        row(starts, "book: memory", "MB", "memory_mb", "book", MEMORY_RATIO),
        row(starts, "book of 40 MB: text on screen", "ms", "text_ms", "large", OPEN_RATIO),
        row(starts, "book of 40 MB: memory", "MB", "memory_mb", "large", HUGE_RATIO),
    ]


def measure_moving(home: Path) -> list[Row]:
    """Scroll, jump, find and fold in the book; ``home`` is an empty folder."""
    from PySide6.QtWidgets import QApplication

    from reader import theme
    from reader.article.find import Finder
    from reader.library import Library
    from reader.paths import Paths
    from reader.ui.look import fonts
    from reader.ui.page.styles import Typography
    from reader.ui.page.view import PageView
    from reader.ui.reading.opened import open_article
    from tests.benchmarks.bench_page import window_of
    from tests.benchmarks.matter import WINDOW

    application = QApplication.instance() or QApplication([])
    fonts.load_first()
    file = home / "book.md"
    file.write_text(book(4), encoding="utf-8")
    with Library(Paths.under(home / "book")) as library:
        opened = open_article(library, library.add(file).article_id)
        text = opened.text
        page = PageView(theme.load("light"), Typography())
        page.show_article(opened.metadata, text, opened.resources)
        window = window_of(page)
        bar, view = page.verticalScrollBar(), page.viewport()

        def each(works: Iterator[Callable[[], object]]) -> Series:
            values = []
            for work in works:
                begun = time.perf_counter()
                work()
                view.repaint()
                values.append((time.perf_counter() - begun) * 1000)
            return Series(tuple(values))

        drawn = random.Random(1917)
        places = [drawn.randrange(len(text)) for _ in range(JUMPS)]
        frames = each(partial(bar.setValue, WHEEL * number) for number in range(1, FRAMES + 1))
        jumps = each(partial(page.go_to, place) for place in places)
        sizes = each(partial(page.set_look, page.theme, Typography(18 + 2 * (n % 3))) for n in range(CHANGES))
        widths = each(partial(window.resize, WINDOW[0] - 300 * (n % 2), WINDOW[1]) for n in range(1, CHANGES + 1))
        sections = [section for section in opened.sections if section.end - section.first > 5]
        chosen = [drawn.choice(sections) for _ in range(FOLDS)]
        folds: list[float] = []
        for section in chosen:
            page.go_to(text.offset(section.first))
            view.repaint()
            folds.extend(each(iter([partial(page.set_hidden, ((section.first + 1, section.end),))])).values)
            page.set_hidden(())

        before = own_memory_mb()
        reading = range(READ_FRAMES // READ_JUMPS)
        for _ in range(READ_JUMPS):
            page.go_to(drawn.randrange(len(text)))
            top = bar.value()
            each(partial(bar.setValue, top + WHEEL * number) for number in reading)
        after = own_memory_mb()

        finder = Finder(text)
        finder.prepare()
        first, every = [], []
        for letters in ("ar", "are", "area", "mi", "mio", "ne", "nes", "tolane", "zz"):
            begun = time.perf_counter()
            at = finder.first_after(letters, 0)
            if at is not None:
                page.go_to(at[0], landing=False)
                view.repaint()
            first.append((time.perf_counter() - begun) * 1000)
            begun = time.perf_counter()
            page.show_hits(finder.find(letters), 0)
            view.repaint()
            bar.repaint()
            every.append((time.perf_counter() - begun) * 1000)
        window.close()
    del application
    return [
        Row("book: scroll, a frame", "ms", frames, most=FRAME_MOST),
        Row("book: scroll, the worst frame", "ms", Series((max(frames.values),)), most=WORST_FRAME_MOST),
        Row("book: jump", "ms", jumps, most=JUMP_MOST),
        Row("book: type size", "ms", sizes, most=RELAYOUT_MOST),
        Row("book: width", "ms", widths, most=RELAYOUT_MOST),
        Row("book: fold", "ms", Series(tuple(folds)), most=FOLD_MOST),
        Row(
            "book: memory before and after reading", "MB", Series((after,)), Series((before,)), most_ratio=GROWTH_RATIO
        ),
        Row("book: find, the first hit", "ms", Series(tuple(first)), most=FIRST_HIT_MOST),
        Row("book: find, all hits marked", "ms", Series(tuple(every)), most=ALL_HITS_MOST),
    ]
