"""A long text: only what is around the view is laid out, and nobody who reads it can tell."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import structs
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Mark, Metadata, Note
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.geometry import line_rect
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView
from tests.ui.reading_matter import SENTENCE

CHAPTERS = 60
PARAGRAPHS = 40
WIDTH, HEIGHT = 900, 600
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def book() -> Article:
    blocks: list[Block] = []
    for chapter in range(CHAPTERS):
        blocks.append(Block(BlockKind.HEADING, f"Chapter {chapter}", level=2))
        blocks += [
            Block(BlockKind.PARAGRAPH, f"{chapter}:{number}. {SENTENCE * (1 + number % 4)}")
            for number in range(PARAGRAPHS)
        ]
    last = blocks[-1]
    blocks[-1] = Block(last.kind, last.text, marks=(Mark(4, "1"),))
    note = Note("1", "1", (Block(BlockKind.PARAGRAPH, "The only note of the book."),))
    return Article(Metadata(title="A book"), tuple(blocks), (note,))


BOOK = book()
TEXT = CanonicalText(BOOK)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> Iterator[PageView]:
    made = PageView(theme, Typography())
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    made.show_article(BOOK.metadata, TEXT, {})
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    yield made


def place(words: str) -> int:
    return TEXT.string.index(words)


def height_of(page: PageView, offset: int) -> float:
    """Return where the line of a place stands in the view."""
    assert page._page is not None
    position = page._page.offsets.to_position(offset)
    return line_rect(page.document(), position).top() - page.verticalScrollBar().value()


def is_laid_out(page: PageView, offset: int) -> bool:
    assert page._page is not None
    return page._page.offsets.first_offset <= offset <= page._page.offsets.last_offset


def view_is_filled(page: PageView) -> bool:
    """Say whether text stands in all of the view."""
    stretch, top = page._stretch, page.verticalScrollBar().value()
    assert stretch is not None
    return stretch.top <= top + 1 and top + page.viewport().height() <= stretch.bottom + 97


def copied(page: PageView) -> str:
    page.copy()
    return QGuiApplication.clipboard().text()


def test_a_long_text_is_laid_out_only_around_the_view(page: PageView) -> None:
    assert not page.is_laid_out_whole
    assert page.document().characterCount() < len(TEXT) / 10


def test_the_bar_reaches_as_far_as_if_all_were_laid_out(page: PageView) -> None:
    lines = len(TEXT) / 66

    assert 0.7 < page.verticalScrollBar().maximum() / (lines * 28) < 1.6


def test_scrolling_moves_each_line_by_what_was_scrolled(page: PageView) -> None:
    bar = page.verticalScrollBar()
    moved = 0
    for step in range(400):
        by = (90, 300, -120, 560)[step % 4]
        offset = page.last_offset() if by > 0 else page.first_offset()
        before, value = height_of(page, offset), bar.value()
        bar.setValue(value + by)
        if 0 < value + by < bar.maximum():
            assert abs(before - by - height_of(page, offset)) <= 1.01
            moved += 1
        assert view_is_filled(page)
    assert moved > 300


def test_every_paragraph_passes_by_on_the_way_to_the_end(page: PageView) -> None:
    bar, seen = page.verticalScrollBar(), set()
    while bar.value() < bar.maximum():
        first, last = TEXT.place(page.first_offset()).passage, TEXT.place(page.last_offset()).passage
        seen.update(range(first, last + 1))
        bar.setValue(bar.value() + 400)

    seen.add(TEXT.place(page.last_offset()).passage)
    assert set(range(len(BOOK.blocks))) - seen == set()
    assert page.last_offset() == len(TEXT)


@pytest.mark.parametrize("share", [0.0, 0.13, 0.5, 0.77, 1.0])
def test_a_bar_that_is_dragged_anywhere_shows_text_there(page: PageView, share: float) -> None:
    bar = page.verticalScrollBar()

    bar.setValue(round(share * bar.maximum()))

    assert view_is_filled(page)
    assert page.first_offset() / len(TEXT) == pytest.approx(share, abs=0.05)


def test_the_end_and_the_beginning_are_reached_by_keys(page: PageView) -> None:
    QTest.keyClick(page, Qt.Key.Key_End)
    at_end = page.last_offset()
    QTest.keyClick(page, Qt.Key.Key_Home)

    assert at_end == len(TEXT)
    assert page.eye() is None


@pytest.mark.parametrize("words", ["3:7.", "59:39.", "30:0.", "The only note"])
def test_a_jump_brings_any_place_into_view(page: PageView, words: str) -> None:
    page.go_to(place(words))

    assert 0 <= height_of(page, place(words)) < page.viewport().height()
    assert view_is_filled(page)


def test_the_line_under_the_eye_stays_whatever_the_size_and_the_width(page: PageView) -> None:
    page.go_to(place("31:5."), landing=False)
    page.verticalScrollBar().setValue(page.verticalScrollBar().value() + round(height_of(page, place("31:5."))))
    before = height_of(page, place("31:5."))

    for pixels, width in ((24, 700), (14, 1200), (32, 500), (18, WIDTH)):
        page.set_look(page.theme, Typography(pixels))
        page.resize(width, HEIGHT)
        assert abs(height_of(page, place("31:5.")) - before) <= 1.01


def test_the_wheel_goes_on_where_the_laid_out_text_ends(page: PageView) -> None:
    first = page._stretch
    assert first is not None
    for _ in range(60):
        middle = QPointF(page.viewport().rect().center())
        turned = QWheelEvent(
            middle,
            page.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, -360),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(page.viewport(), turned)

    assert first.first > 0
    assert view_is_filled(page)


# -- selection -------------------------------------------------------------------------------------


def test_a_selection_may_be_longer_than_what_is_laid_out(page: PageView) -> None:
    start, end = place("2:0."), place("50:0.")

    page.select_range(start, end)

    assert page.selected_range() == (start, end)
    assert copied(page) == TEXT.string[start:end]


def test_a_selection_stays_while_one_reads_elsewhere(page: PageView) -> None:
    start = place("2:3.")
    page.go_to(start)
    page.select_range(start, start + 40)

    page.go_to(place("55:0."))
    away = (page.selected_range(), copied(page))
    page.go_to(start)

    assert away == ((start, start + 40), TEXT.string[start : start + 40])
    assert page.textCursor().selectedText() == TEXT.string[start : start + 40]


def test_all_is_selected_and_copied(page: PageView) -> None:
    QTest.keyClick(page, Qt.Key.Key_A, CONTROL)

    assert page.selected_range() == (0, len(TEXT))
    assert copied(page) == TEXT.string


def test_a_menu_that_selects_all_means_all_of_the_text(page: PageView) -> None:
    page.go_to(place("20:0."))

    page.selectAll()

    assert page.selected_range() == (0, len(TEXT))


def test_a_click_ends_a_selection_that_began_elsewhere(page: PageView) -> None:
    page.select_range(place("2:0."), place("50:0."))

    QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, 200))

    assert page.selected_range() is None


@pytest.mark.parametrize("keys", [1, 25])
def test_screens_are_selected_by_keys_as_far_as_one_goes(page: PageView, keys: int) -> None:
    start = place("10:0.")
    page.go_to(start)
    page.select_range(start, start)

    for _ in range(keys):
        QTest.keyClick(page, Qt.Key.Key_PageDown, SHIFT)

    selected = page.selected_range()
    assert selected is not None
    assert selected[0] == start
    assert 800 * keys < selected[1] - start < 2500 * keys
    assert is_laid_out(page, selected[1])
    assert view_is_filled(page)


def test_shift_control_end_selects_to_the_end_of_the_text(page: PageView) -> None:
    start = place("10:0.")
    page.select_range(start, start)

    QTest.keyClick(page, Qt.Key.Key_End, SHIFT | CONTROL)

    assert page.selected_range() == (start, len(TEXT))
    assert page.last_offset() == len(TEXT)


def test_a_selection_that_is_drawn_out_of_the_view_scrolls_on_and_on(qtbot: QtBot, page: PageView) -> None:
    page.go_to(place("20:0."))
    view = page.viewport()
    begun = page._stretch.first if page._stretch is not None else 0
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    start = page.textCursor().anchor()
    assert page._page is not None
    start = page._page.offsets.to_offset(start)

    below = QPoint(300, view.height() + 250)
    QCursor.setPos(view.mapToGlobal(below))
    dragged = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(below),
        QPointF(view.mapToGlobal(below)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, dragged)
    qtbot.waitUntil(lambda: page._stretch is not None and page._stretch.first > begun + 6, timeout=20_000)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(300, view.height() - 10))

    selected = page.selected_range()
    assert selected is not None
    assert selected[0] == start
    assert selected[1] - start > 5_000
    assert copied(page) == TEXT.string[slice(*selected)]


# -- marks, hits, bookmarks ------------------------------------------------------------------------


def test_hits_are_marked_wherever_one_goes(page: PageView) -> None:
    hits = tuple((at, at + 3) for at in (place("1:1."), place("40:1."), place("59:1.")))
    page.show_hits(hits, 1)
    away = page._marking.current_hit()

    page.go_to(hits[1][0])

    assert away is None
    assert page._marking.current_hit() is not None
    assert page._marking.hits == hits


def test_every_hit_has_its_place_on_the_scroll_bar(page: PageView) -> None:
    starts = [TEXT.offset(passage) for passage in range(0, len(TEXT.passages), 400)]

    page.show_hits(tuple((start, start + 2) for start in starts))

    shares = page.verticalScrollBar().hits  # type: ignore[attr-defined]
    assert len(shares) == len(starts)
    for share, start in zip(shares, starts, strict=True):
        assert share == pytest.approx(start / len(TEXT), abs=0.04)


def test_thousands_of_hits_are_told_row_by_row(page: PageView) -> None:
    starts = [TEXT.offset(passage) for passage in range(1200, 2400)]

    page.show_hits(tuple((start, start + 2) for start in starts))

    shares = page.verticalScrollBar().hits  # type: ignore[attr-defined]
    assert 0 < len(shares) <= page.verticalScrollBar().height()
    assert min(shares) == pytest.approx(0.5, abs=0.04)
    assert max(shares) == pytest.approx(1.0, abs=0.04)


def test_a_bookmark_stands_in_the_margin_when_one_comes_to_it(page: PageView) -> None:
    start = place("45:5.")
    page.show_bookmarks(((start, start),))
    before = list(page._marking.shown.bookmarks)

    page.go_to(start)

    assert before == []
    assert page._page is not None
    assert page._marking.shown.bookmarks == [page._page.offsets.to_position(start)]


def test_paragraphs_are_numbered_from_the_beginning_of_the_text(page: PageView) -> None:
    page.go_to(place("30:0."))

    assert page._page is not None
    position = page._page.offsets.to_position(place("30:0."))
    assert page._marking.shown.paragraph_numbers[position] == 30 * PARAGRAPHS + 1


def with_many_notes() -> Article:
    """Return the book with a note to each chapter, so that the notes alone are longer than a view."""
    blocks, notes = list(BOOK.blocks), []
    for number, block in enumerate(BOOK.blocks):
        if block.kind is BlockKind.HEADING:
            blocks[number] = structs.replace(block, marks=(Mark(4, block.text),))
            notes.append(Note(block.text, "1", (Block(BlockKind.PARAGRAPH, f"Of {block.text}. {SENTENCE * 2}"),)))
    return structs.replace(BOOK, blocks=tuple(blocks), notes=tuple(notes))


@pytest.mark.parametrize("height", [330, 820, 1400])
@pytest.mark.parametrize("size", [12, 40])
def test_the_end_of_a_text_fills_the_view_however_much_is_folded_away(
    page: PageView, theme: Theme, height: int, size: int
) -> None:
    article = with_many_notes()
    page.set_look(theme, Typography(size=size))
    page.show_article(article.metadata, CanonicalText(article), {}, hidden=((1, len(article.blocks)),))
    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())

    page.resize(WIDTH, height)

    assert view_is_filled(page)
    assert page._stretch is not None
    assert page._stretch.bottom == pytest.approx(page.document().size().height(), abs=1)


@pytest.mark.parametrize("height", [1, 16])
def test_in_a_view_lower_than_a_line_the_first_place_is_not_behind_the_last(page: PageView, height: int) -> None:
    page.setFixedHeight(height)

    for scrolled in range(5_000, 5_400, 5):
        page.verticalScrollBar().setValue(scrolled)
        assert page.first_offset() <= page.last_offset()
