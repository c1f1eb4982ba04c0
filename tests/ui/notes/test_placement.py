"""Where a note goes: near its mark, inside the window, never over the mark."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from reader.ui.notes.placement import EDGE, GAP, Side, place

WINDOW = QRect(0, 0, 1000, 700)
NOTE = QSize(430, 200)


def test_a_note_stands_below_its_mark_and_in_the_middle_of_it() -> None:
    placement = place(QRect(500, 300, 10, 20), NOTE, WINDOW)

    assert placement.side is Side.BELOW
    assert placement.rect.top() - QRect(500, 300, 10, 20).bottom() - 1 == GAP
    assert placement.rect.left() == 504 - 215


def test_a_note_stands_above_a_mark_that_is_low_in_the_window() -> None:
    placement = place(QRect(500, 600, 10, 20), NOTE, WINDOW)

    assert placement.side is Side.ABOVE
    assert 600 - placement.rect.bottom() - 1 == GAP


def test_a_note_stands_beside_its_mark_where_it_fits_neither_below_nor_above() -> None:
    placement = place(QRect(100, 340, 10, 20), QSize(430, 400), WINDOW)

    assert placement.side is Side.RIGHT
    assert placement.rect.height() == 400


def test_a_note_stands_left_of_a_mark_at_the_right_edge() -> None:
    placement = place(QRect(900, 340, 10, 20), QSize(430, 400), WINDOW)

    assert placement.side is Side.LEFT


def test_a_note_that_fits_nowhere_takes_the_higher_strip() -> None:
    placement = place(QRect(480, 300, 40, 20), QSize(800, 600), WINDOW)

    assert placement.side is Side.BELOW
    assert placement.rect.height() == 700 - EDGE - 320 - GAP


def test_a_note_of_a_mark_at_the_edge_is_shifted_into_the_window() -> None:
    placement = place(QRect(5, 300, 10, 20), NOTE, WINDOW)

    assert placement.rect.left() == EDGE


@st.composite
def marks_in_windows(draw: st.DrawFn) -> tuple[QRect, QSize, QRect]:
    """A window of any size, a mark that is seen in it, a note of any size."""
    window = QRect(0, 0, draw(st.integers(300, 3000)), draw(st.integers(260, 2000)))
    width, height = draw(st.integers(3, 40)), draw(st.integers(8, 60))
    x = draw(st.integers(0, window.width() - width))
    y = draw(st.integers(0, window.height() - height))
    note = QSize(draw(st.integers(40, 900)), draw(st.integers(30, 900)))
    return QRect(x, y, width, height), note, window


@given(marks_in_windows())
def test_a_note_never_covers_its_mark(drawn: tuple[QRect, QSize, QRect]) -> None:
    mark, note, window = drawn

    placement = place(mark, note, window)

    assert not placement.rect.intersects(mark)


@given(marks_in_windows())
def test_a_note_never_leaves_its_window(drawn: tuple[QRect, QSize, QRect]) -> None:
    mark, note, window = drawn

    placement = place(mark, note, window)

    assert window.contains(placement.rect)
    assert not placement.rect.isEmpty()


@given(marks_in_windows())
def test_a_note_is_as_wide_as_it_asked_where_the_window_is(drawn: tuple[QRect, QSize, QRect]) -> None:
    mark, note, window = drawn
    assume(note.width() <= window.width() - 2 * EDGE)

    placement = place(mark, note, window)

    assert placement.rect.width() == note.width()
    assert placement.rect.height() <= note.height()
