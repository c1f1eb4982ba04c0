"""The line at the window's foot."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from reader.theme import Theme
from reader.ui.window.status_line import StatusLine


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(1000, 28)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def colour_at(line: StatusLine, x: int) -> str:
    ratio = line.devicePixelRatioF()
    return QColor(line.grab().toImage().pixel(round(x * ratio), 0)).name()


class TestPlace:
    def test_it_says_where_one_is_and_what_is_left(self, line: StatusLine) -> None:
        line.show_place("Beginnings", 3, 9, 0.43, 9)

        assert line.place.text() == "Beginnings  ·  paragraph 3 of 9"
        assert line.left_to_read.text() == "43 %  ·  9 min left"

    def test_a_long_time_is_told_in_hours(self, line: StatusLine) -> None:
        line.show_place("Beginnings", 3, 9, 0.0, 125)

        assert line.left_to_read.text() == "0 %  ·  2 h 05 min left"

    def test_at_the_end_nothing_is_left(self, line: StatusLine) -> None:
        line.show_place("Endings", 9, 9, 1.0, 0)

        assert line.left_to_read.text() == "100 %"

    def test_a_text_without_sections_tells_the_paragraph(self, line: StatusLine) -> None:
        line.show_place("", 3, 9, 0.4, 9)

        assert line.place.text() == "paragraph 3 of 9"

    def test_a_long_section_gives_way(self, line: StatusLine) -> None:
        line.show_place("A heading of very many words " * 20, 3, 9, 0.4, 9)

        assert line.width() == 1000
        assert line.left_to_read.geometry().right() <= 984


class TestPieces:
    def test_there_is_one_a_section_as_long_as_its_weight(self, line: StatusLine) -> None:
        line.show_sections((100, 300))

        pieces = [(round(left), round(width)) for left, width, _ in line._pieces()]
        assert pieces == [(0, 249), (251, 749)]

    def test_each_is_filled_as_it_is_read(self, line: StatusLine, theme: Theme) -> None:
        line.show_sections((100, 300), (1.0, 0.5))

        assert colour_at(line, 100) == theme.accent.lower()
        assert colour_at(line, 400) == theme.accent.lower()
        assert colour_at(line, 900) != theme.accent.lower()

    def test_without_shares_the_whole_is_filled_from_the_left(self, line: StatusLine) -> None:
        line.show_sections((100, 300))
        line.show_place("", 0, 0, 0.5, 3)

        shares = [round(share, 3) for _, _, share in line._pieces()]
        assert shares == [1.0, 0.333]

    def test_very_many_sections_leave_no_gaps(self, line: StatusLine) -> None:
        line.show_sections((1,) * 1200, (1.0,) * 1200)

        pieces = line._pieces()
        assert all(abs(one[0] + one[1] - other[0]) < 0.01 for one, other in pairwise(pieces))

    def test_sections_without_text_break_nothing(self, line: StatusLine) -> None:
        line.show_sections((0, 0))

        assert line._pieces() == [(0.0, 1000.0, 0.0)]


class TestMessage:
    def test_it_stands_in_place_of_the_section_and_passes(self, line: StatusLine, qtbot: QtBot) -> None:
        line.show_place("Beginnings", 3, 9, 0.43, 9)
        line.show_message("Saved.")
        seen = line.message.isVisible(), line.place.isVisible()

        line._passing.start(0)
        qtbot.waitUntil(lambda: line.place.isVisible())

        assert seen == (True, False)

    def test_its_button_does_what_it_says_once(self, line: StatusLine, qtbot: QtBot) -> None:
        done: list[str] = []
        line.show_message("Bookmark removed.", "Undo", lambda: done.append("undone"))

        line.focus_action()
        qtbot.keyClick(line.message_action, Qt.Key.Key_Space)

        assert done == ["undone"]
        assert not line.message.isVisible()

    def test_without_an_action_there_is_no_button(self, line: StatusLine) -> None:
        line.show_message("Saved.")

        assert not line.message_action.isVisible()

    def test_it_stays_while_its_button_has_the_focus(self, line: StatusLine) -> None:
        line.show_message("Bookmark removed.", "Undo", lambda: None)

        line.focus_action()

        assert line.message.isVisible()
        assert not line._passing.isActive()

    def test_escape_dismisses_it(self, line: StatusLine, qtbot: QtBot) -> None:
        line.show_message("Bookmark removed.", "Undo", lambda: None)
        line.focus_action()

        qtbot.keyClick(line.message_action, Qt.Key.Key_Escape)

        assert not line.message.isVisible()

    def test_what_a_file_is_called_is_never_markup(self, line: StatusLine) -> None:
        line.show_message("“<b>x</b>” could not be opened.")

        assert line.message.textFormat() == Qt.TextFormat.PlainText


class TestProgress:
    def test_work_can_be_cancelled_once(self, line: StatusLine, qtbot: QtBot) -> None:
        stopped: list[str] = []
        line.show_progress("Opening…", 0.4, lambda: stopped.append("stop"))

        qtbot.mouseClick(line.cancel_button, Qt.MouseButton.LeftButton)
        qtbot.mouseClick(line.cancel_button, Qt.MouseButton.LeftButton)

        assert stopped == ["stop"]

    def test_work_that_cannot_be_stopped_offers_no_button(self, line: StatusLine) -> None:
        line.show_progress("Writing…", 0.4)

        assert not line.cancel_button.isVisible()

    def test_more_of_the_same_work_leaves_a_pressed_button_pressed(self, line: StatusLine, qtbot: QtBot) -> None:
        stop = list[str]().clear
        line.show_progress("Opening…", 0.4, stop)
        qtbot.mouseClick(line.cancel_button, Qt.MouseButton.LeftButton)

        line.show_progress("Opening…", 0.5, stop)

        assert not line.cancel_button.isEnabled()

    def test_in_a_narrow_window_it_takes_the_place_of_what_is_left(self, line: StatusLine) -> None:
        line.resize(500, 28)
        line.show_place("Beginnings", 3, 9, 0.43, 9)

        line.show_progress("Opening…", 0.4)
        during = line.left_to_read.isVisible()
        line.hide_progress()

        assert not during
        assert line.left_to_read.isVisible()
