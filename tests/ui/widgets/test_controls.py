"""The small controls of bars and panes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.theme import Theme, contrast, load
from reader.ui.widgets.controls import (
    ElidedLabel,
    Field,
    IconButton,
    TextButton,
)
from reader.ui.widgets.focus_ring import FocusRing
from reader.ui.widgets.progress import ThinProgress
from reader.ui.widgets.segments import SegmentedControl


def colours(image: QImage) -> set[str]:
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


class TestIconButton:
    def test_its_name_is_for_the_ear_and_its_tooltip_tells_the_shortcut(self, qtbot: QtBot) -> None:
        button = IconButton("search", "Find", "Ctrl+F")
        qtbot.addWidget(button)

        assert button.accessibleName() == "Find"
        assert button.toolTip() == "Find  Ctrl+F"

    def test_it_paints_its_icon_in_the_colour_of_its_state(self, qtbot: QtBot, theme: Theme) -> None:
        button = IconButton("bookmark", "Bookmark", checkable=True)
        button.set_icon("bookmark", filled_when_on=True)
        qtbot.addWidget(button)
        button.set_theme(theme)

        off = colours(button.grab().toImage())
        button.setChecked(True)
        on = colours(button.grab().toImage())

        assert theme.accent.lower() not in off
        assert theme.accent.lower() in on

    def test_it_follows_an_action(self, qtbot: QtBot) -> None:
        action = QAction("&Contents")
        action.setCheckable(True)
        action.setShortcut("F9")
        button = IconButton("panel-left", "")
        qtbot.addWidget(button)
        button.follow(action)

        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

        assert action.isChecked()
        assert button.isChecked()
        assert (button.accessibleName(), button.toolTip()) == ("Contents", "Contents  F9")

    def test_it_cannot_be_pressed_while_its_action_cannot(self, qtbot: QtBot) -> None:
        action = QAction("Back")
        button = IconButton("arrow-left", "")
        qtbot.addWidget(button)
        button.follow(action)

        action.setEnabled(False)

        assert not button.isEnabled()


class TestSegmentedControl:
    @pytest.fixture
    def segments(self, qtbot: QtBot, theme: Theme) -> SegmentedControl:
        made = SegmentedControl("Side pane", (("search", "Search"), ("notes", "Notes"), ("more", "Footnotes")))
        qtbot.addWidget(made)
        made.set_theme(theme)
        made.resize(300, 40)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    def test_segments_share_the_width(self, segments: SegmentedControl) -> None:
        assert [segments.tabRect(index).width() for index in range(3)] == [100, 100, 100]

    def test_they_share_another_width_when_it_changes(self, segments: SegmentedControl) -> None:
        segments.resize(331, 40)

        assert [segments.tabRect(index).width() for index in range(3)] == [110, 110, 111]

    def test_in_a_narrow_pane_longer_words_get_more(self, segments: SegmentedControl) -> None:
        segments.resize(241, 40)

        widths = [segments.tabRect(index).width() for index in range(3)]
        assert sum(widths) == 241
        assert widths[2] > widths[0] > widths[1]

    def test_a_click_chooses(self, segments: SegmentedControl, qtbot: QtBot) -> None:
        with qtbot.waitSignal(segments.segment_chosen) as chosen:
            QTest.mouseClick(
                segments,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                segments.tabRect(1).center(),
            )

        assert chosen.args == ["notes"]

    def test_arrow_keys_choose(self, segments: SegmentedControl, qtbot: QtBot) -> None:
        with qtbot.waitSignal(segments.segment_chosen) as chosen:
            qtbot.keyClick(segments, Qt.Key.Key_Right)

        assert chosen.args == ["notes"]

    def test_choosing_by_the_program_is_silent(self, segments: SegmentedControl, qtbot: QtBot) -> None:
        with qtbot.assertNotEmitted(segments.segment_chosen):
            segments.choose("more")

        assert segments.chosen() == "more"

    def test_a_count_is_read_with_the_name(self, segments: SegmentedControl) -> None:
        segments.set_count("notes", 5)

        assert segments.accessibleTabName(1) == "Notes 5"


class TestFocusRing:
    @pytest.fixture
    def window(self, qtbot: QtBot, theme: Theme) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        for name in ("One", "Two"):
            row.addWidget(QPushButton(name))
        ring = FocusRing(made)
        ring.set_theme(theme)
        qtbot.addWidget(made)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        return made

    def test_it_shows_where_the_keyboard_went(self, window: QWidget, qtbot: QtBot) -> None:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)

        ring = window.findChild(FocusRing)
        focused = window.focusWidget()
        assert ring.isVisible()
        assert ring.geometry() == focused.geometry().adjusted(-4, -4, 4, 4)

    def test_it_does_not_show_after_a_click(self, window: QWidget, qtbot: QtBot) -> None:
        second = window.findChildren(QPushButton)[1]

        QTest.mouseClick(
            window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, second.geometry().center()
        )

        assert window.focusWidget() is second
        assert not window.findChild(FocusRing).isVisible()

    def test_it_follows_a_button_that_moves(self, window: QWidget, qtbot: QtBot) -> None:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
        focused = window.focusWidget()

        focused.move(50, 40)

        assert window.findChild(FocusRing).geometry() == focused.geometry().adjusted(-4, -4, 4, 4)

    def test_it_goes_when_its_button_does(self, window: QWidget, qtbot: QtBot) -> None:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)

        window.focusWidget().hide()
        window.setFocus()

        assert not window.findChild(FocusRing).isVisible()

    def test_it_never_takes_a_click(self, window: QWidget) -> None:
        ring = window.findChild(FocusRing)

        assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class TestElidedLabel:
    def test_it_keeps_its_whole_text_for_the_ear_and_the_tooltip(self, qtbot: QtBot) -> None:
        label = ElidedLabel("A title that is far too long for its room")
        qtbot.addWidget(label)
        label.resize(80, 20)
        label.show()

        assert label.accessibleName() == "A title that is far too long for its room"
        assert label.toolTip() == "A title that is far too long for its room"

    def test_it_has_no_tooltip_where_all_can_be_read(self, qtbot: QtBot) -> None:
        label = ElidedLabel("Short")
        qtbot.addWidget(label)
        label.resize(300, 20)
        label.show()

        assert label.toolTip() == ""

    def test_it_takes_no_text_for_markup(self, qtbot: QtBot) -> None:
        label = ElidedLabel("<b>bold</b>")
        qtbot.addWidget(label)

        assert label.textFormat() == Qt.TextFormat.PlainText


class TestThinProgress:
    def test_it_says_how_far_work_is(self, qtbot: QtBot) -> None:
        bar = ThinProgress("Opening")
        qtbot.addWidget(bar)

        bar.set_share(0.25)

        assert (bar.value(), bar.maximum(), bar.accessibleName()) == (250, 1000, "Opening")

    def test_work_of_unknown_length_has_no_value(self, qtbot: QtBot) -> None:
        bar = ThinProgress("Searching")
        qtbot.addWidget(bar)

        bar.set_share(None)

        assert (bar.minimum(), bar.maximum()) == (0, 0)

    def test_it_does_nothing_while_it_cannot_be_seen(self, qtbot: QtBot, theme: Theme) -> None:
        bar = ThinProgress("Searching")
        qtbot.addWidget(bar)
        bar.set_theme(theme)
        bar.set_share(None)
        bar.show()

        bar.hide()

        assert not bar._clock.isActive()


class TestField:
    def test_its_cross_clears_it(self, qtbot: QtBot) -> None:
        field = Field("search", "Search")
        qtbot.addWidget(field)
        field.setText("words")

        field._clear.trigger()

        assert field.text() == ""

    def test_its_cross_stands_only_where_there_is_something_to_clear(self, qtbot: QtBot) -> None:
        field = Field("search", "Search")
        qtbot.addWidget(field)

        assert not field._clear.isVisible()

    def test_a_placeholder_is_not_its_only_name(self, qtbot: QtBot) -> None:
        field = Field("search", "Search the library")
        qtbot.addWidget(field)

        assert field.accessibleName() == "Search the library"


def test_a_text_button_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    button = TextButton("Undo")
    qtbot.addWidget(button)
    narrow = button.sizeHint().width()

    button.set_text("Undo the removal")

    assert button.sizeHint().width() > narrow
    assert button.accessibleName() == "Undo the removal"


@pytest.mark.parametrize("name", ["light", "sepia", "dark", "contrast"])
def test_what_stands_on_the_tint_of_a_current_row_can_be_read(name: str) -> None:
    theme = load(name)

    assert contrast(theme.accent, theme.accent_tint) >= 4.5
    assert contrast(theme.muted, theme.accent_tint) >= 4.5
    assert contrast(theme.text, theme.accent_tint) >= 7
