"""Bookmarks and remarks beside the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.article.annotation import Bookmark
from reader.article.locator import Locator
from reader.theme import Theme
from reader.ui.bookmarks.editor import LONGEST_MS, QUIET_MS, BookmarkEditor
from reader.ui.bookmarks.model import AnnotationModel, BookmarkKind, BookmarkRole
from reader.ui.bookmarks.panel import AnnotationPanel, BookmarkChange, BookmarkRow

DAY = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)


def row(name: str, section: str = "", *, label: str = "", remark: str = "", lost: bool = False) -> BookmarkRow:
    target = Locator(start=10, end=10, exact="", prefix="", suffix="")
    bookmark = Bookmark(name, target, label, remark, DAY, DAY, lost)
    return BookmarkRow(bookmark, f"The words at {name}", section, 10)


ROWS = (
    row("one", "Beginnings"),
    row("gone", lost=True),
    row("two", "Beginnings", label="Ask on Thursday", remark="Compare"),
    row("three", "Endings"),
)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> AnnotationPanel:
    made = AnnotationPanel()
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(320, 640)
    made.show_bookmarks(ROWS)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def british(qapp: object) -> Iterator[None]:
    """The way Britons write dates and hours."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def texts(model: AnnotationModel) -> list[object]:
    return [model.index(number, 0).data() for number in range(model.rowCount())]


def model(panel: AnnotationPanel) -> AnnotationModel:
    return panel.findChild(AnnotationModel)


def editor(panel: AnnotationPanel) -> BookmarkEditor:
    found = panel._editor
    assert found is not None
    return found


class TestModel:
    def test_it_is_sound(self, qapp: object, qtmodeltester: ModelTester) -> None:
        made = AnnotationModel()
        made.show_bookmarks(ROWS)

        qtmodeltester.check(made)

    def test_bookmarks_stand_by_section_and_lost_ones_apart_at_the_end(self, qapp: object) -> None:
        made = AnnotationModel()

        made.show_bookmarks(ROWS)

        assert texts(made) == [
            "Beginnings",
            "The words at one",
            "Ask on Thursday",
            "Endings",
            "The words at three",
            "These places are no longer in the text as it is now. Your words are kept.",
            "The words at gone",
        ]

    def test_a_changed_label_keeps_the_rows(self, qapp: object, qtbot: QtBot) -> None:
        made = AnnotationModel()
        made.show_bookmarks(ROWS)
        changed = (row("one", "Beginnings", label="New"), *ROWS[1:])

        with qtbot.assertNotEmitted(made.modelReset), qtbot.waitSignal(made.dataChanged) as told:
            made.show_bookmarks(changed)

        assert told.args[0].data() == "New"

    def test_a_screen_reader_hears_what_the_eye_sees(self, qapp: object) -> None:
        made = AnnotationModel()
        made.show_bookmarks(ROWS)

        told = str(made.index(2, 0).data(Qt.ItemDataRole.AccessibleDescriptionRole))

        assert told.startswith("The words at two, Compare, Beginnings, ")

    def test_days_are_told_as_one_says_them(self, british: None) -> None:
        made = AnnotationModel()
        moment = datetime(2025, 3, 1, 14, 5)

        days = (date(2025, 3, 1), date(2025, 3, 2), date(2025, 7, 1), date(2026, 1, 1))
        told = [made.when(moment, day) for day in days]

        assert told == ["today, 14:05", "yesterday", "1 Mar", "1 Mar 2025"]


class TestRows:
    def test_a_click_asks_to_go_to_the_place(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        middle = panel.list.visualRect(model(panel).row_of("three")).center()

        with qtbot.waitSignal(panel.target_chosen) as chosen:
            QTest.mouseClick(
                panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(middle)
            )

        assert chosen.args == [ROWS[3]]

    def test_enter_asks_to_go_to_the_place(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.focus_list()

        with qtbot.waitSignal(panel.target_chosen) as chosen:
            qtbot.keyClick(panel.list, Qt.Key.Key_Return)

        assert chosen.args == [ROWS[0]]

    def test_there_is_no_going_to_a_lost_place(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.show_current("gone")

        with qtbot.assertNotEmitted(panel.target_chosen):
            qtbot.keyClick(panel.list, Qt.Key.Key_Return)

    def test_delete_asks_to_remove_also_a_lost_one(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.show_current("gone")

        with qtbot.waitSignal(panel.removal_requested) as asked:
            qtbot.keyClick(panel.list, Qt.Key.Key_Delete)

        assert asked.args == ["gone"]

    def test_after_a_removal_one_is_at_the_next(self, panel: AnnotationPanel) -> None:
        panel.show_current("one")

        panel.show_bookmarks(ROWS[1:])

        assert panel.list.currentIndex().data(BookmarkRole.ROW) == ROWS[2]

    def test_after_the_removal_of_the_last_one_is_at_the_one_before(self, panel: AnnotationPanel) -> None:
        panel.show_bookmarks((ROWS[0], ROWS[2]))
        panel.show_current("two")

        panel.show_bookmarks((ROWS[0],))

        assert panel.list.currentIndex().data(BookmarkRole.ROW) == ROWS[0]

    def test_the_row_menu_names_what_can_be_done(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel._open_menu(model(panel).row_of("gone"), QPoint(0, 0))

        menu = panel.findChild(QMenu)
        told = [(action.text(), action.isEnabled()) for action in menu.actions()]
        menu.close()
        assert told == [("Go to the place", False), ("Label and remark…", True), ("Remove", True)]

    def test_the_number_of_bookmarks_is_told(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        with qtbot.waitSignal(panel.count_changed) as told:
            panel.show_bookmarks(ROWS[:2])

        assert told.args == [2]

    def test_without_any_it_tells_how_to_set_one(self, panel: AnnotationPanel) -> None:
        panel.show_bookmarks(())

        assert panel._empty.isVisible()
        assert "marks the place you are at" in panel._empty.text()


class TestWriting:
    def test_f2_opens_the_row_on_its_label(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.show_current("two")
        height = panel.list.visualRect(model(panel).row_of("two")).height()

        qtbot.keyClick(panel.list, Qt.Key.Key_F2)

        assert editor(panel).label.hasFocus()
        assert (editor(panel).label.text(), editor(panel).remark.toPlainText()) == ("Ask on Thursday", "Compare")
        qtbot.waitUntil(lambda: panel.list.visualRect(model(panel).row_of("two")).height() > height)

    def test_a_double_click_opens_it_too(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        middle = panel.list.visualRect(model(panel).row_of("one")).center()

        for press in (QTest.mouseClick, QTest.mouseDClick):
            press(panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(middle))
        QTest.mouseRelease(panel.list.viewport(), Qt.MouseButton.LeftButton)  # of a double click it leaves out the end

        assert editor(panel).isVisible()

    def test_enter_saves_and_gives_the_focus_back(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("one")
        qtbot.keyClicks(editor(panel).label, "Why here?")

        with qtbot.waitSignal(panel.change_requested) as asked:
            qtbot.keyClick(editor(panel).label, Qt.Key.Key_Return)

        assert asked.args == [BookmarkChange("one", "Why here?", "")]
        assert panel._editor is None
        assert panel.list.hasFocus()

    def test_tab_leads_to_the_remark_where_enter_is_a_new_line(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("one")
        made = editor(panel)
        QTest.keyClick(made.label, Qt.Key.Key_Tab)
        qtbot.keyClicks(made.remark, "first")
        qtbot.keyClick(made.remark, Qt.Key.Key_Return)
        qtbot.keyClicks(made.remark, "second")

        with qtbot.waitSignal(panel.change_requested) as asked:
            qtbot.keyClick(made.remark, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

        assert asked.args == [BookmarkChange("one", "", "first\nsecond")]

    def test_it_is_saved_while_one_goes_on_writing(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("one")
        editor(panel)._quiet.setInterval(1)

        with qtbot.waitSignal(panel.change_requested) as asked:
            qtbot.keyClicks(editor(panel).label, "Why")

        assert str(asked.args[0].label).startswith("W")
        assert editor(panel).isVisible()
        assert (QUIET_MS, LONGEST_MS) == (1_000, 10_000)

    def test_it_is_saved_at_the_latest_while_keys_never_rest(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("one")
        editor(panel)._longest.setInterval(1)

        with qtbot.waitSignal(panel.change_requested):
            qtbot.keyClicks(editor(panel).label, "Why")

        assert editor(panel).isVisible()

    def test_escape_puts_back_what_was_there(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("two")
        editor(panel).label.setText("Other")
        editor(panel).save()

        with qtbot.waitSignal(panel.change_requested) as asked:
            qtbot.keyClick(editor(panel).label, Qt.Key.Key_Escape)

        assert asked.args == [BookmarkChange("two", "Ask on Thursday", "Compare")]
        assert panel._editor is None

    def test_losing_the_focus_saves_and_closes(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("one")
        editor(panel).label.setText("Why")

        with qtbot.waitSignal(panel.change_requested) as asked:
            panel.list.setFocus()

        assert asked.args == [BookmarkChange("one", "Why", "")]
        assert panel._editor is None

    def test_nothing_new_is_not_saved(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("two")

        with qtbot.assertNotEmitted(panel.change_requested):
            qtbot.keyClick(editor(panel).label, Qt.Key.Key_Return)

    def test_what_is_being_written_survives_new_rows(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("two")
        editor(panel).label.setText("Half a thou")

        panel.show_bookmarks(ROWS[1:])

        assert editor(panel).label.text() == "Half a thou"

    def test_it_ends_where_its_bookmark_is_gone(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("two")
        editor(panel).label.setText("Half a thou")

        with qtbot.waitSignal(panel.change_requested) as asked:
            panel.show_bookmarks((ROWS[0],))

        assert asked.args == [BookmarkChange("two", "Half a thou", "Compare")]
        assert texts(model(panel)) == ["Beginnings", "The words at one"]

    def test_it_is_saved_before_the_window_closes(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("one")
        editor(panel).label.setText("Why")

        with qtbot.waitSignal(panel.change_requested) as asked:
            panel.save()

        assert asked.args == [BookmarkChange("one", "Why", "")]

    def test_new_rows_are_shown_when_one_is_done(self, panel: AnnotationPanel, qtbot: QtBot) -> None:
        panel.edit_bookmark("two")
        panel.show_bookmarks(ROWS[2:])

        qtbot.keyClick(editor(panel).label, Qt.Key.Key_Return)

        assert texts(model(panel)) == ["Beginnings", "Ask on Thursday", "Endings", "The words at three"]


def test_a_row_is_of_one_kind_only(qapp: object) -> None:
    made = AnnotationModel()
    made.show_bookmarks(ROWS)

    kinds = [made.index(number, 0).data(BookmarkRole.KIND) for number in range(made.rowCount())]

    assert kinds.count(BookmarkKind.BOOKMARK) == 4
