"""The shelf of a real library in a real window: its parts, what is said of readings, the bin, duplicates."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, QObject, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.ui.shelf.arrangement import Arrangement
from reader.ui.shelf.duplicates_page import DuplicateRole, DuplicatesPage
from reader.ui.shelf.page import LibraryPage
from reader.ui.shelf.room import ShelfRoom
from reader.ui.shelf.scopes import ALL, BIN, Part, Scope
from reader.ui.shelf.side_list import NameField
from reader.ui.shelf.side_model import SideRole
from reader.ui.shelf.watched_dialog import WatchedDialog
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, message

SENTENCES = [f"Sentence number {number * 37 % 101} tells of the ferry and of river {number}." for number in range(80)]
WAIT = 20_000


class Painted(QObject):
    """Remembers which part of a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def text_of(title: str, author: str = "Anna Reed", words: str = "The ferry crossed the river.") -> str:
    return f"---\ntitle: {title}\nauthors: [{author}]\nlanguage: en\n---\n\n{words}\n"


@pytest.fixture
def articles(desk: Desk) -> tuple[int, ...]:
    return tuple(
        desk.add(text_of(title, author, f"{title} has words of its own."), f"{title}.md")
        for title, author in (("Ferry", "Anna Reed"), ("Bridge", "Bo Berg"), ("Mill", "Anna Reed"))
    )


@pytest.fixture
def window(desk: Desk, articles: tuple[int, ...]) -> MainWindow:
    window = desk.window((1280, 800))
    act(window, "library")
    return window


def room_of(window: MainWindow) -> ShelfRoom:
    return window.rooms.shelf_room


def page_of(window: MainWindow) -> LibraryPage:
    return room_of(window).page


def titles(window: MainWindow) -> list[str]:
    return sorted(entry.title for entry in page_of(window).shelf.model.rows)


def select(window: MainWindow, *names: str) -> None:
    shown = page_of(window).shelf.list
    model = page_of(window).shelf.model
    rows = [row for row, entry in enumerate(model.rows) if entry.title in names]
    shown.setCurrentIndex(model.index(rows[0], 0))
    for row in rows:
        index = model.index(row, 0)
        shown.selectionModel().select(QItemSelection(index, index), QItemSelectionModel.SelectionFlag.Select)


def parts(window: MainWindow) -> dict[str, int]:
    model = page_of(window).side.parts
    rows = [model.index(row, 0).data(SideRole.ROW) for row in range(model.rowCount())]
    return {row.text: row.count for row in rows if row.scope is not None}


def side_row(window: MainWindow, text: str) -> QModelIndex:
    model = page_of(window).side.parts
    return next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == text)


def write(window: MainWindow, field: str, text: str) -> QLineEdit:
    shown = page_of(window).details.fields[field]
    shown.setFocus()
    shown.selectAll()
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    QTest.keyClicks(shown, text)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    return shown


def settled(desk: Desk, window: MainWindow) -> None:
    desk.qtbot.waitUntil(lambda: not window.runner.busy, timeout=WAIT)


class TestParts:
    def test_each_part_tells_how_many_it_has(self, window: MainWindow) -> None:
        assert parts(window) == {
            "All readings": 3,
            "Reading now": 0,
            "Not opened yet": 3,
            "Finished": 0,
            "Bin": 0,
        }

    def test_a_group_opens_by_enter_and_its_rows_show_their_part(self, window: MainWindow) -> None:
        side = page_of(window).side
        side.enter()
        side.setCurrentIndex(side_row(window, "Authors"))

        QTest.keyClick(side, Qt.Key.Key_Return)
        side.setCurrentIndex(side_row(window, "Anna Reed"))
        QTest.keyClick(side, Qt.Key.Key_Return)

        assert titles(window) == ["Ferry", "Mill"]
        assert page_of(window).shelf.header.title.text() == "Anna Reed"
        assert side.hasFocus()

    def test_escape_leads_back_to_all(self, window: MainWindow) -> None:
        page_of(window).show_scope(Scope(Part.AUTHOR, "Bo Berg"))

        QTest.keyClick(page_of(window).shelf.list, Qt.Key.Key_Escape)

        assert page_of(window).shelf.model.scope == ALL

    def test_a_collection_is_made_renamed_and_deleted_and_each_is_undone(self, desk: Desk, window: MainWindow) -> None:
        side = page_of(window).side
        side.enter()
        side.setCurrentIndex(side_row(window, "New collection…"))
        QTest.keyClick(side, Qt.Key.Key_Return)
        named(side.findChild(NameField), "Seminar")
        assert parts(window)["Seminar"] == 0

        side.setCurrentIndex(side_row(window, "Seminar"))
        QTest.keyClick(side, Qt.Key.Key_F2)
        named(latest(side), "Autumn")
        assert "Autumn" in parts(window)

        side.setCurrentIndex(side_row(window, "Autumn"))
        QTest.keyClick(side, Qt.Key.Key_Delete)
        assert "Autumn" not in parts(window)

        act(window, "undo")
        act(window, "undo")
        assert "Seminar" in parts(window)
        act(window, "undo")
        assert "Seminar" not in parts(window)

    def test_a_collection_whose_deletion_is_undone_is_the_same_with_what_lies_in_the_bin(
        self, window: MainWindow, articles: tuple[int, ...]
    ) -> None:
        catalogue, room = window.library.catalogue, room_of(window)
        number = catalogue.make_collection("Seminar")
        catalogue.collect(number, articles)
        window.library.shelf.remove(articles[0])
        room.refresh()
        before, labels = catalogue.collections(), catalogue.labels()

        page_of(window).side.deleted.emit(Scope(Part.COLLECTION, number))
        assert catalogue.collections() == ()
        act(window, "undo")

        assert catalogue.collections() == before
        assert catalogue.labels() == labels

    def test_a_new_collection_of_a_name_that_is_there_is_that_one_and_undoing_leaves_it(
        self, window: MainWindow, articles: tuple[int, ...]
    ) -> None:
        catalogue = window.library.catalogue
        catalogue.collect(catalogue.make_collection("Seminar"), articles[:1])
        room_of(window).refresh()
        select(window, "Bridge")

        page_of(window).putting_requested.emit(page_of(window).shelf.list.selected_entries(), None)
        named(latest(page_of(window).side), "seminar")
        assert parts(window)["Seminar"] == 2
        act(window, "undo")

        assert parts(window)["Seminar"] == 1

    def test_a_collection_takes_no_name_that_another_has(self, window: MainWindow) -> None:
        catalogue = window.library.catalogue
        number = catalogue.make_collection("Seminar")
        catalogue.make_collection("Autumn")
        room_of(window).refresh()

        page_of(window).side.renamed.emit(Scope(Part.COLLECTION, number), "autumn")

        assert message(window) == "There is a collection “Autumn” already."
        assert [each.name for each in catalogue.collections()] == ["Autumn", "Seminar"]

    def test_tags_that_became_one_are_two_again_when_that_is_undone(
        self, window: MainWindow, articles: tuple[int, ...]
    ) -> None:
        catalogue = window.library.catalogue
        catalogue.tag(articles[:2], ["history"])
        catalogue.tag(articles[1:], ["economy"])
        room_of(window).refresh()
        labels = catalogue.labels()

        page_of(window).side.renamed.emit(Scope(Part.TAG, "history"), "economy")
        assert catalogue.tags() == {"economy": 3}
        act(window, "undo")

        assert catalogue.labels() == labels

    def test_escape_makes_no_collection_and_gives_the_focus_back(self, window: MainWindow) -> None:
        side = page_of(window).side
        side.setCurrentIndex(side_row(window, "New collection…"))
        QTest.keyClick(side, Qt.Key.Key_Return)

        QTest.keyClick(latest(side), Qt.Key.Key_Escape)

        assert side.hasFocus()
        assert window.library.catalogue.collections() == ()

    def test_readings_are_dropped_onto_a_collection(self, window: MainWindow, articles: tuple[int, ...]) -> None:
        number = window.library.catalogue.make_collection("Seminar")
        room_of(window).refresh()
        side, model = page_of(window).side, page_of(window).shelf.model
        data = model.mimeData([model.index(0, 0), model.index(1, 0)])

        drop(side, side_row(window, "Seminar"), data)

        assert parts(window)["Seminar"] == 2
        page_of(window).show_scope(Scope(Part.COLLECTION, number))
        assert len(titles(window)) == 2
        act(window, "undo")
        assert parts(window)["Seminar"] == 0

    def test_in_a_narrow_window_a_button_opens_the_parts(self, desk: Desk, window: MainWindow) -> None:
        window.resize(500, 700)
        page = page_of(window)
        desk.qtbot.waitUntil(lambda: page.shelf.header.parts.isVisible(), timeout=WAIT)
        assert not page.side.isVisible()

        page.shelf.header.parts.click()
        page.side.scope_chosen.emit(Scope(Part.AUTHOR, "Bo Berg"))

        assert titles(window) == ["Bridge"]
        assert not page.side.isVisible()


def latest(side: object) -> NameField:
    return next(field for field in reversed(side.findChildren(NameField)) if field.isVisible())  # type: ignore[attr-defined]


def named(field: NameField, name: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)


def drop(side: object, index: QModelIndex, data: QMimeData) -> None:
    at = QPointF(side.visualRect(index).center())  # type: ignore[attr-defined]
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    side.dropEvent(QDropEvent(at, copy, data, left, none))  # type: ignore[attr-defined]


class TestDetails:
    def test_a_title_is_said_of_one_and_undone(self, window: MainWindow, articles: tuple[int, ...]) -> None:
        select(window, "Ferry")
        QTest.keyClick(page_of(window).shelf.list, Qt.Key.Key_F2)

        write(window, "title", "The Ferry of Riga")

        assert window.library.shelf.entry(articles[0]).title == "The Ferry of Riga"
        assert "The Ferry of Riga" in titles(window)
        act(window, "undo")
        assert titles(window) == ["Bridge", "Ferry", "Mill"]
        act(window, "redo")
        assert "The Ferry of Riga" in titles(window)

    def test_from_the_shelf_one_goes_back_to_the_reading_that_has_another_title_now(
        self, window: MainWindow, articles: tuple[int, ...]
    ) -> None:
        window.open_article(articles[0])
        act(window, "library")
        select(window, "Ferry")
        QTest.keyClick(page_of(window).shelf.list, Qt.Key.Key_F2)
        write(window, "title", "The Ferry of Riga")

        act(window, "back")

        assert window.reading.shows(articles[0])
        assert window.windowTitle() == "The Ferry of Riga – Study Reader"
        act(window, "forward")
        assert window.reading.at_start_page

    def test_a_change_that_is_undone_while_one_reads_adds_no_place_to_the_trail(
        self, window: MainWindow, articles: tuple[int, ...]
    ) -> None:
        select(window, "Ferry")
        page_of(window).described.emit(page_of(window).shelf.list.selected_entries(), "title", "Ferry", "Another")
        window.open_article(articles[0])
        stops = len(window.reading.trail.stops)

        room_of(window).undo()

        assert window.windowTitle() == "Ferry – Study Reader"
        assert len(window.reading.trail.stops) == stops

    def test_what_differs_among_several_is_shown_as_mixed(self, window: MainWindow, articles: tuple[int, ...]) -> None:
        select(window, "Ferry", "Bridge")
        page_of(window).edit_details()
        fields = page_of(window).details.fields

        assert (fields["title"].text(), fields["title"].placeholderText()) == ("", "Mixed values")
        assert (fields["language"].text(), fields["language"].placeholderText()) == ("en", "")

        write(window, "authors", "Zoe Abel; Nils Berg")

        assert [window.library.shelf.entry(each).authors for each in articles] == [
            ("Zoe Abel", "Nils Berg"),
            ("Zoe Abel", "Nils Berg"),
            ("Anna Reed",),
        ]
        act(window, "undo")
        assert window.library.shelf.entry(articles[1]).authors == ("Bo Berg",)
        assert window.library.shelf.entry(articles[0]).title == "Ferry"

    def test_a_field_becomes_again_what_the_file_says(self, window: MainWindow, articles: tuple[int, ...]) -> None:
        select(window, "Ferry")
        page_of(window).edit_details()
        write(window, "title", "Another")

        page_of(window).details.resets["title"].click()

        assert window.library.shelf.entry(articles[0]).title == "Ferry"

    def test_tags_are_given_to_several_and_what_one_has_already_stays(
        self, window: MainWindow, articles: tuple[int, ...]
    ) -> None:
        window.library.catalogue.tag([articles[0]], ["water", "old"])
        window.library.catalogue.tag([articles[1]], ["water"])
        room_of(window).refresh()
        select(window, "Ferry", "Bridge")
        page_of(window).edit_details()
        assert page_of(window).details.fields["tags"].text() == "water"

        write(window, "tags", "stone, history")

        assert window.library.shelf.entry(articles[0]).tags == ("history", "old", "stone")
        assert window.library.shelf.entry(articles[1]).tags == ("history", "stone")
        act(window, "undo")
        assert window.library.shelf.entry(articles[0]).tags == ("old", "water")
        assert window.library.shelf.entry(articles[1]).tags == ("water",)

    def test_escape_closes_the_card_and_keeps_what_was_typed(self, window: MainWindow) -> None:
        select(window, "Mill")
        page_of(window).edit_details()
        field = page_of(window).details.fields["date"]
        field.setFocus()
        QTest.keyClicks(field, "1921")

        QTest.keyClick(field, Qt.Key.Key_Escape)

        assert not page_of(window).details.isVisible()
        assert {entry.date for entry in window.library.shelf.articles()} == {"", "1921"}
        assert page_of(window).shelf.list.hasFocus()

    def test_a_text_that_is_read_shows_its_new_title(self, window: MainWindow, articles: tuple[int, ...]) -> None:
        window.open_article(articles[0])
        act(window, "library")
        select(window, "Ferry")
        page_of(window).edit_details()

        write(window, "title", "Renamed")
        page_of(window).article_chosen.emit(articles[0])

        assert "Renamed" in window.windowTitle()
        assert window.reading.article is not None
        assert window.reading.article.metadata.title == "Renamed"


class TestBin:
    def test_several_are_removed_by_one_key_and_brought_back(self, window: MainWindow) -> None:
        select(window, "Ferry", "Mill")

        QTest.keyClick(page_of(window).shelf.list, Qt.Key.Key_Delete)

        assert titles(window) == ["Bridge"]
        assert parts(window)["Bin"] == 2
        act(window, "undo")
        assert titles(window) == ["Bridge", "Ferry", "Mill"]

    def test_the_bin_shows_what_lies_in_it_and_gives_it_back(self, window: MainWindow) -> None:
        select(window, "Ferry", "Mill")
        QTest.keyClick(page_of(window).shelf.list, Qt.Key.Key_Delete)

        page_of(window).show_scope(BIN)
        assert titles(window) == ["Ferry", "Mill"]
        assert page_of(window).shelf.header.empty.isVisible()
        page_of(window).restoring_requested.emit(page_of(window).shelf.model.rows)

        assert titles(window) == []
        page_of(window).show_scope(ALL)
        assert titles(window) == ["Bridge", "Ferry", "Mill"]

    def test_the_bin_is_emptied_after_a_question_that_says_what_goes(self, desk: Desk, window: MainWindow) -> None:
        select(window, "Ferry", "Mill")
        QTest.keyClick(page_of(window).shelf.list, Qt.Key.Key_Delete)
        page_of(window).show_scope(BIN)

        page_of(window).shelf.header.empty.click()
        box = page_of(window).findChild(QMessageBox)
        assert "Your own files stay" in box.informativeText()
        next(button for button in box.findChildren(QPushButton) if "good" in button.text()).click()
        settled(desk, window)

        assert parts(window)["Bin"] == 0
        assert window.library.shelf.removed() == ()

    def test_a_library_whose_readings_are_all_in_the_bin_still_leads_to_it(self, window: MainWindow) -> None:
        select(window, "Ferry", "Mill", "Bridge")

        QTest.keyClick(page_of(window).shelf.list, Qt.Key.Key_Delete)

        assert page_of(window).side.isVisible()
        assert not page_of(window).zone.isVisible()


class TestLargeShelf:
    def test_the_first_rows_are_there_at_once_and_the_rest_comes(
        self, desk: Desk, articles: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.ui.shelf.room.FIRST", 2)
        window = desk.window((1100, 700))

        act(window, "library")

        assert page_of(window).shelf.model.rowCount() >= 2
        desk.qtbot.waitUntil(lambda: page_of(window).shelf.model.rowCount() == 3, timeout=WAIT)
        assert parts(window)["All readings"] == 3


class TestViews:
    def test_tiles_and_sizes_are_kept(self, desk: Desk, window: MainWindow) -> None:
        menu = page_of(window).shelf.bar.view.menu()
        for text in ("Tiles", "Large"):
            trigger(menu.actions(), text)
        shown = page_of(window).shelf.list
        assert shown.columns() > 1
        assert not shown.grab().isNull()

        desk.close(window)
        again = desk.window((1280, 800))
        act(again, "library")

        arrangement = page_of(again).shelf.list.arrangement
        assert (arrangement.grid, arrangement.size) == (True, "large")

    @pytest.mark.parametrize("size", ["Small", "Medium", "Large"])
    @pytest.mark.parametrize("view", ["Rows", "Tiles"])
    @pytest.mark.parametrize("shows", ["Covers", "First words"])
    def test_every_view_paints(self, window: MainWindow, size: str, view: str, shows: str) -> None:
        for text in (size, view, shows):
            trigger(page_of(window).shelf.bar.view.menu().actions(), text)

        shown = page_of(window).shelf.list
        assert shown.height() == shown.cell_height() * -(-3 // shown.columns())
        assert not shown.grab().isNull()

    def test_a_click_with_control_selects_and_opens_nothing(self, desk: Desk, window: MainWindow) -> None:
        shown = page_of(window).shelf.list
        with desk.qtbot.assertNotEmitted(page_of(window).article_chosen):
            for row in (1, 2):
                at = shown.visualRect(shown.model().index(row, 0)).center()
                control = Qt.KeyboardModifier.ControlModifier
                QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, control, at)

        assert shown.selected_count() == 3
        assert page_of(window).shelf.bar.edit.isVisible()

    def test_where_all_are_selected_the_one_that_was_alone_is_painted_anew(
        self, desk: Desk, window: MainWindow
    ) -> None:
        shown = page_of(window).shelf.list
        row = shown.visualRect(shown.currentIndex())
        painted = Painted(shown.viewport())

        QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

        assert shown.selected_count() == 3
        desk.qtbot.waitUntil(lambda: not painted.region.isEmpty(), timeout=WAIT)
        assert painted.region.contains(row.center())

    @pytest.mark.parametrize("width", [400, 420, 421, 900, 1180, 1181])
    def test_as_many_tiles_stand_side_by_side_as_there_are_columns(self, window: MainWindow, width: int) -> None:
        page, shown = page_of(window), page_of(window).shelf.list
        page.shelf.arrange(Arrangement(grid=True, size="small"))
        window.resize(width, 800)

        columns = min(3, shown.columns())
        tops = [shown.visualRect(shown.model().index(row, 0)).top() for row in range(columns)]
        assert columns > 1
        assert tops == [0] * columns


def trigger(actions: list[QAction], text: str) -> None:
    next(action for action in actions if action.text() == text).trigger()


class TestUpkeep:
    def test_duplicates_are_found_shown_and_made_one(self, desk: Desk) -> None:
        text = "\n\n".join(SENTENCES)
        desk.add(text_of("One", words=text), "one.md")
        desk.add(text_of("Two", words=text), "two.md")
        window = desk.window((1100, 700))
        act(window, "library")

        trigger(page_of(window).shelf.bar.view.menu().actions(), "Find duplicates…")
        page = page_of(window).findChild(DuplicatesPage)
        desk.qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=WAIT)
        assert page.go.text().startswith("Move 1")
        kept = [page.model.index(row, 0).data(DuplicateRole.ROW).kept for row in (1, 2)]
        assert kept == [True, False]
        page.go.click()

        assert len(titles(window)) == 1
        assert parts(window)["Bin"] == 1
        act(window, "undo")
        assert titles(window) == ["One", "Two"]

    def test_one_of_a_group_is_always_kept(self, desk: Desk) -> None:
        text = "\n\n".join(SENTENCES)
        desk.add(text_of("One", words=text), "one.md")
        desk.add(text_of("Two", words=text), "two.md")
        window = desk.window((1100, 700))
        act(window, "library")
        room_of(window).upkeep.find_duplicates()
        page = room_of(window).upkeep.page
        desk.qtbot.waitUntil(lambda: page.model.rowCount() == 3, timeout=WAIT)

        page.list.setCurrentIndex(page.model.index(1, 0))
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        page.list.setCurrentIndex(page.model.index(2, 0))
        QTest.keyClick(page.list, Qt.Key.Key_Return)
        QTest.keyClick(page.list, Qt.Key.Key_Return)

        assert [page.model.index(row, 0).data(DuplicateRole.ROW).kept for row in (1, 2)] == [True, False]

    def test_a_library_without_duplicates_says_so(self, desk: Desk, window: MainWindow) -> None:
        room_of(window).upkeep.find_duplicates()

        page = room_of(window).upkeep.page
        desk.qtbot.waitUntil(lambda: page.nothing.isVisible(), timeout=WAIT)
        QTest.keyClick(page.back, Qt.Key.Key_Escape)
        assert page_of(window).shelf.isVisible()

    def test_a_text_in_a_watched_folder_comes_in(
        self, desk: Desk, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("reader.watching.STILL_SECONDS", 0.05)
        monkeypatch.setattr("reader.ui.shelf.watching.AGAIN_MS", 100)
        folder = tmp_path / "watched"
        folder.mkdir()
        (folder / "storm.md").write_text(text_of("Storm"), encoding="utf-8")
        upkeep = room_of(window).upkeep
        monkeypatch.setattr(upkeep, "_ask_folder", lambda: str(folder))

        upkeep.show_watched()
        dialog = window.findChild(WatchedDialog)
        dialog.add.click()

        desk.qtbot.waitUntil(lambda: "Storm" in titles(window), timeout=WAIT)
        desk.qtbot.waitUntil(lambda: "watched folder" in message(window), timeout=WAIT)
        assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [str(folder)]
        dialog.list.setCurrentRow(0)
        dialog.stop.click()
        assert window.library.catalogue.watched() == ()
        dialog.close()


def test_who_is_at_the_top_stays_there_when_texts_come_in(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    act(window, "library")
    bar = page_of(window).shelf.verticalScrollBar()

    def bring_in(name: str) -> None:
        for number in range(20):
            desk.add(text_of(f"{name} {number}", words=f"{name} was the day {number}."), f"{name}{number}.md")
        room_of(window).refresh()

    bring_in("First")
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=10_000)
    height = bar.maximum()

    bring_in("Second")

    qtbot.waitUntil(lambda: bar.maximum() > height, timeout=10_000)
    assert bar.value() == 0
