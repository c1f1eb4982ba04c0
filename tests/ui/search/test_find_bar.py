"""Finding as one types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.theme import Theme
from reader.ui.search.find_bar import DELAY_MS, FindBar, FindQuery


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> FindBar:
    made = FindBar()
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(700, 44)
    with qtbot.waitActive(made):
        made.open()
        made.activateWindow()
    return made


def test_a_word_is_searched_once_after_its_last_key(bar: FindBar, qtbot: QtBot) -> None:
    sent: list[FindQuery] = []
    bar.query_changed.connect(sent.append)

    qtbot.keyClicks(bar.field, "council")
    qtbot.waitUntil(lambda: bool(sent))

    assert sent == [FindQuery("council")]
    assert DELAY_MS == 150


def test_enter_searches_at_once(bar: FindBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.field, "council")

    with qtbot.waitSignal(bar.query_changed, timeout=DELAY_MS // 3) as sent, qtbot.assertNotEmitted(bar.next_requested):
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)

    assert sent.args == [FindQuery("council")]


def test_one_letter_is_not_searched_while_one_types(bar: FindBar, qtbot: QtBot) -> None:
    sent: list[FindQuery] = []
    bar.query_changed.connect(sent.append)

    qtbot.keyClicks(bar.field, "c")
    qtbot.waitUntil(lambda: not bar._delay.isActive())

    assert sent == []


def test_one_letter_is_searched_on_enter(bar: FindBar, qtbot: QtBot) -> None:
    qtbot.keyClicks(bar.field, "c")

    with qtbot.waitSignal(bar.query_changed) as sent:
        qtbot.keyClick(bar.field, Qt.Key.Key_Return)

    assert sent.args == [FindQuery("c")]


def test_one_sign_of_chinese_is_a_word(bar: FindBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.query_changed) as sent:
        bar.field.insert("会")
        bar.field.textEdited.emit("会")

    assert sent.args == [FindQuery("会")]


def test_a_word_cut_down_to_one_letter_takes_its_marks_away(bar: FindBar, qtbot: QtBot) -> None:
    bar.open("at")

    with qtbot.waitSignal(bar.query_changed) as sent:
        bar.field.end(False)
        qtbot.keyClick(bar.field, Qt.Key.Key_Backspace)

    assert sent.args == [FindQuery("")]


def test_an_option_searches_at_once(bar: FindBar, qtbot: QtBot) -> None:
    bar.open("council")

    with qtbot.waitSignal(bar.query_changed) as sent:
        qtbot.mouseClick(bar.whole_word, Qt.MouseButton.LeftButton)

    assert sent.args == [FindQuery("council", match_case=False, whole_word=True)]
    assert bar.query() == FindQuery("council", whole_word=True)


@pytest.mark.parametrize(
    ("key", "modifier", "back"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier, False),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, True),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier, True),
    ],
)
def test_enter_and_f3_go_on_and_with_shift_back(
    bar: FindBar, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier, back: bool
) -> None:
    bar.open("council")

    with qtbot.waitSignal(bar.previous_requested if back else bar.next_requested):
        qtbot.keyClick(bar.field, key, modifier)


def test_escape_gives_up_and_the_cross_closes_where_one_is(bar: FindBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.given_up), qtbot.assertNotEmitted(bar.closed):
        qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(bar.closed), qtbot.assertNotEmitted(bar.given_up):
        qtbot.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)


def test_opening_it_selects_what_is_in_the_field(bar: FindBar, qtbot: QtBot) -> None:
    bar.open("council")

    bar.open()

    assert bar.field.selectedText() == "council"
    assert bar.field.hasFocus()


def test_opening_it_again_searches_again(bar: FindBar, qtbot: QtBot) -> None:
    bar.open("council")

    with qtbot.waitSignal(bar.query_changed) as sent:
        bar.open()

    assert sent.args == [FindQuery("council")]


def test_a_selection_of_several_lines_becomes_one(bar: FindBar) -> None:
    bar.open("the\ncouncil \u2029 met")

    assert bar.field.text() == "the council met"


class TestCount:
    def test_it_says_which_place_of_how_many(self, bar: FindBar) -> None:
        bar.open("council")

        bar.show_count(3, 17)

        assert bar.count.text() == "3 of 17"

    def test_it_says_that_there_are_none(self, bar: FindBar) -> None:
        bar.open("council")

        bar.show_count(0, 0)

        assert bar.count.text() == "No places"
        assert not bar.next.isEnabled()
        assert not bar.previous.isEnabled()

    def test_it_says_nothing_of_an_empty_field(self, bar: FindBar) -> None:
        bar.show_count(0, 0)

        assert bar.count.text() == ""

    def test_a_screen_reader_finds_it_at_the_field(self, bar: FindBar) -> None:
        bar.open("council")

        bar.show_count(3, 17)

        assert bar.field.accessibleDescription() == "3 of 17"


def test_every_control_has_a_name(bar: FindBar) -> None:
    buttons = (bar.previous, bar.next, bar.match_case, bar.whole_word, bar.close_button)

    names = [button.accessibleName() for button in buttons]

    assert names == ["Previous place", "Next place", "Match case", "Whole words", "Close and stay here"]
    assert bar.field.accessibleName() == "Find in this text"
    assert bar.next.toolTip() == "Next place  F3"
