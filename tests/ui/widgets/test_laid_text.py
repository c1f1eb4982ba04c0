"""Text laid out within rows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from reader.ui.look import fonts
from reader.ui.widgets.laid_text import TextStyle, lay_out, measure, tail


@pytest.fixture(scope="module")
def style(qapp: QApplication) -> TextStyle:
    return TextStyle(fonts.font(fonts.SERIF_SMALL, 14), 20, 2, fonts.font(fonts.SERIF_SMALL, 14, 700))


def test_a_short_text_is_one_line(style: TextStyle) -> None:
    laid = lay_out("A few words", style, 280)

    assert (laid.layout.lineCount(), laid.height) == (1, 20)


def test_a_long_text_ends_after_a_whole_word(style: TextStyle) -> None:
    words = "Whoever had sent a delegate could call that delegate back at any time of the day"

    laid = lay_out(words, style, 200)

    # How many words fit hangs on the faces that are loaded by now.
    shown = laid.layout.text()
    assert laid.height == 40
    assert shown.endswith("…")
    assert words.startswith(shown[:-1] + " ")


def test_a_mark_after_a_sign_outside_the_plane_stands_at_its_word(style: TextStyle) -> None:
    laid = lay_out("🙂🙂 delegate", style, 280, ((3, 11),))

    assert laid.ranges == ((5, 13),)


def test_a_mark_over_a_line_break_has_a_rectangle_on_each_line(style: TextStyle) -> None:
    text = "whoever had sent a delegate could call"

    laid = lay_out(text, style, 140, ((0, len(text)),))

    tops = [rect.top() for rect in laid.rectangles(QPointF(0, 100))]
    assert tops == [100, 120]


def test_a_mark_that_is_cut_off_has_no_rectangle(style: TextStyle) -> None:
    text = "word " * 60 + "delegate"

    laid = lay_out(text, style, 200, ((len(text) - 8, len(text)),))

    assert laid.rectangles(QPointF(0, 0)) == []


def test_markup_is_text(style: TextStyle) -> None:
    assert lay_out("<b>x</b> &amp;", style, 280).layout.text() == "<b>x</b> &amp;"


def test_the_end_of_a_long_text_begins_with_an_ellipsis_and_a_whole_word(style: TextStyle) -> None:
    shown = tail("Whoever had sent a delegate could call that delegate back at any time of the day", style, 200)

    assert shown == "…could call that delegate back at any time of the day"


def test_the_end_of_a_short_text_is_the_text(style: TextStyle) -> None:
    assert tail("A few words", style, 200) == "A few words"


@settings(deadline=None)
@given(text=st.text(max_size=200), width=st.integers(1, 400))
def test_the_end_of_any_text_fits_or_is_a_sign_or_two(qapp: object, text: str, width: int) -> None:
    style = TextStyle(fonts.font(fonts.SERIF_SMALL, 14), 20, 2)

    shown = tail(text, style, width)

    assert measure(shown, style, width).rest is None or len(shown) <= 3


@settings(deadline=None)
@given(text=st.text(max_size=300), width=st.integers(1, 400), ends=st.tuples(st.integers(0, 300), st.integers(0, 300)))
def test_any_text_at_any_width_fits_its_lines(qapp: object, text: str, width: int, ends: tuple[int, int]) -> None:
    style = TextStyle(fonts.font(fonts.SERIF_SMALL, 14), 20, 2, fonts.font(fonts.SERIF_SMALL, 14, 700))
    start, end = sorted(min(at, len(text)) for at in ends)

    laid = lay_out(text, style, width, ((start, end),))

    assert 0 <= laid.height <= 40
    assert all(0 <= rect.top() <= 20 for rect in laid.rectangles(QPointF(0, 0)))
