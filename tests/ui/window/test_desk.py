"""The page in two halves: each with its own place and its own way back, one of them read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.outline.view import OutlineView
from reader.ui.window.main_window import MainWindow
from reader.ui.window.split_view import Divider, HalfHead, SplitView
from tests.ui.desk import Desk, Pointer, act, action, key, part
from tests.ui.reading_matter import RIVER, STORM


def head_of(window: MainWindow, number: int) -> HalfHead:
    """Return the strip over a half."""
    holder = window.rooms.desk.halves[number].half.room.parentWidget()
    assert holder is not None
    return part(holder, HalfHead)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window((1280, 800), desk.add(RIVER))


def offset_of(window: MainWindow, words: str) -> int:
    text = window.page.text
    assert text is not None
    return text.string.index(words)


def seen(window: MainWindow, number: int) -> str:
    """Return the title of what a half shows."""
    return window.rooms.desk.halves[number].half.title


def test_the_page_is_split_at_the_place_that_is_read(window: MainWindow) -> None:
    window.reading.go_to(offset_of(window, "The crossing"))
    place = window.page.first_offset()

    act(window, "split")

    first, second = window.rooms.desk.halves
    assert first.half.page.isVisible()
    assert second.half.page.isVisible()
    assert window.page is second.half.page
    assert abs(window.page.first_offset() - place) < 300
    assert window.focusWidget() is window.page


def test_each_half_goes_back_its_own_way(window: MainWindow) -> None:
    act(window, "split")
    first, second = window.rooms.desk.halves
    window.reading.go_to(offset_of(window, "The end"))
    there = first.half.page.first_offset()

    act(window, "back")

    assert second.half.page.first_offset() < offset_of(window, "The crossing")
    assert first.half.page.first_offset() == there
    assert second.half.reading.trail.can_go_forward
    assert not first.half.reading.trail.can_go_forward


def test_two_articles_stand_side_by_side(desk: Desk, window: MainWindow) -> None:
    storm = desk.add(STORM, "storm.md")
    act(window, "split")

    window.open_article(storm)

    assert (seen(window, 0), seen(window, 1)) == ("The river and its ferry", "The storm")
    assert window.windowTitle().startswith("The storm")


def test_a_click_into_a_half_makes_it_the_one_that_is_read(desk: Desk, window: MainWindow) -> None:
    act(window, "split")
    window.open_article(desk.add(STORM, "storm.md"))
    first = window.rooms.desk.halves[0].half

    Pointer(window).click(first.page.viewport(), QPoint(4, 200))

    assert window.reading is first.reading
    assert window.windowTitle().startswith("The river")
    assert [head_of(window, number).title.accessibleName() for number in (0, 1)] == [
        "The river and its ferry, in this half you read",
        "The storm, the other half",
    ]


def test_a_key_goes_to_the_other_half_and_what_is_found_is_found_there(desk: Desk, window: MainWindow) -> None:
    act(window, "split")
    window.open_article(desk.add(STORM, "storm.md"))

    act(window, "other_half")
    act(window, "find")

    assert window.reading is window.rooms.desk.halves[0].half.reading
    assert window.rooms.desk.halves[0].half.room.find_bar.isVisible()
    assert not window.rooms.desk.halves[1].has("finding")


def test_a_bookmark_is_set_where_one_reads(desk: Desk, window: MainWindow) -> None:
    act(window, "split")
    storm = desk.add(STORM, "storm.md")
    window.open_article(storm)

    act(window, "bookmark")

    assert len(window.library.bookmarks.of(storm)) == 1


def test_a_bookmark_is_seen_in_both_halves_of_the_same_text(window: MainWindow) -> None:
    act(window, "split")
    there = window.rooms.desk.halves[0].half.page
    without = there.grab().toImage()

    act(window, "bookmark")

    assert there.grab().toImage() != without


def test_closing_the_split_leaves_the_half_that_is_read(desk: Desk, window: MainWindow) -> None:
    act(window, "split")
    window.open_article(desk.add(STORM, "storm.md"))

    act(window, "close_split")

    first, second = window.rooms.desk.halves
    assert window.page is second.half.page
    assert second.half.page.isVisible()
    assert not first.half.page.isVisible()
    assert window.focusWidget() is window.page
    assert action(window, "split").isVisible()


def test_the_cross_of_a_half_closes_that_half(window: MainWindow) -> None:
    act(window, "split")
    close = head_of(window, 1).close_button

    Pointer(window).click(close, close.rect().center())

    assert window.page is window.rooms.desk.halves[0].half.page
    assert not window.rooms.desk.is_split


def test_the_page_can_be_split_again(window: MainWindow) -> None:
    act(window, "split")
    act(window, "close_split")

    act(window, "split")

    assert len(window.rooms.desk.halves) == 2
    assert all(rooms.half.page.isVisible() for rooms in window.rooms.desk.halves)


def test_what_is_folded_stays_folded_where_the_page_is_split_again(window: MainWindow) -> None:
    inside = offset_of(window, "Number 200")
    window.reading.go_to(inside)
    act(window, "split")
    act(window, "close_split")
    window.page.select_range(inside, inside)
    act(window, "fold")
    folded = window.reading.folds.folded

    act(window, "split")

    assert folded
    assert [rooms.half.reading.folds.folded for rooms in window.rooms.desk.halves] == [folded, folded]


def test_a_half_that_was_closed_does_not_write_its_place_again(desk: Desk, window: MainWindow) -> None:
    act(window, "split")
    act(window, "close_split")
    window.reading.go_to(offset_of(window, "The landing"))
    place = window.page.first_offset()
    window.reading.save()

    window.rooms.desk.halves[0].half.reading.save()

    position = window.library.reading.resume(1).position
    assert position is not None
    assert position.target.start == place


def test_a_heading_that_is_clicked_with_ctrl_is_opened_in_the_other_half(window: MainWindow) -> None:
    before, tree = window.page, part(window, OutlineView)
    row = tree.visualRect(tree.model().index(0, 0))
    end = next(index for index in rows_of(tree) if index.data() == "The end")
    point = tree.viewport().mapTo(window, QPoint(row.left() + 40, tree.visualRect(end).center().y()))

    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, point)

    assert window.rooms.desk.is_split
    assert window.page is not before
    assert before.first_offset() == 0
    assert window.page.first_offset() > offset_of(window, "A table")


def rows_of(tree: OutlineView) -> Iterator[QModelIndex]:
    index = tree.model().index(0, 0)
    while index.isValid():
        yield index
        index = tree.indexBelow(index)


def test_a_note_that_is_chosen_with_ctrl_stands_beside_its_mark(window: MainWindow) -> None:
    before = window.page
    act(window, "footnotes")

    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert window.rooms.desk.is_split
    assert before.first_offset() == 0
    assert window.page.first_offset() > offset_of(window, "The end")


def test_an_article_that_is_chosen_on_the_shelf_with_ctrl_is_opened_in_the_other_half(
    desk: Desk, window: MainWindow
) -> None:
    storm = desk.add(STORM, "storm.md")
    act(window, "library")
    shelf = window.rooms.shelf_room.page
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)

    shelf.article_chosen.emit(storm)

    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Control)
    assert (seen(window, 0), seen(window, 1)) == ("The river and its ferry", "The storm")
    assert not window.rooms.desk.halves[0].half.reading.at_start_page


def test_an_article_that_is_removed_leaves_no_half_behind(desk: Desk, window: MainWindow) -> None:
    storm = desk.add(STORM, "storm.md")
    act(window, "split")
    window.open_article(storm)
    act(window, "other_half")
    act(window, "library")

    window.rooms.shelf_room.remove(storm)

    assert not window.rooms.desk.is_split


def test_the_split_comes_back_at_the_next_start(desk: Desk, window: MainWindow) -> None:
    storm = desk.add(STORM, "storm.md")
    act(window, "split")
    window.open_article(storm)
    act(window, "other_half")

    desk.close(window)
    again = desk.start((1280, 800))

    assert again.rooms.desk.is_split
    assert (seen(again, 0), seen(again, 1)) == ("The river and its ferry", "The storm")
    assert again.reading is again.rooms.desk.halves[0].half.reading


def test_both_halves_take_another_theme_and_another_size(window: MainWindow) -> None:
    act(window, "split")

    act(window, "theme_dark")
    act(window, "larger")

    assert {rooms.half.page.theme.name for rooms in window.rooms.desk.halves} == {"dark"}
    assert {rooms.half.page.typography.size for rooms in window.rooms.desk.halves} == {20}


def test_in_a_narrow_window_the_halves_stand_one_above_the_other(qtbot: QtBot, window: MainWindow) -> None:
    act(window, "split")
    view = part(window, SplitView)
    beside = view.orientation()

    window.resize(700, 800)

    qtbot.waitUntil(lambda: view.orientation() == Qt.Orientation.Vertical)
    assert beside == Qt.Orientation.Horizontal


def test_the_divider_is_moved_by_keys(window: MainWindow) -> None:
    act(window, "split")
    view = part(window, SplitView)
    before = view.sizes()[0]
    view.handle(1).setFocus(Qt.FocusReason.TabFocusReason)

    key(window, Qt.Key.Key_Left)

    assert isinstance(view.handle(1), Divider)
    assert view.sizes()[0] < before


def test_at_the_next_start_the_half_that_was_read_is_shown(desk: Desk, window: MainWindow) -> None:
    storm = desk.add(STORM, "storm.md")
    act(window, "split")
    window.open_article(storm)

    desk.close(window)
    again = desk.start()

    assert again.reading.article is not None
    assert again.reading.article.id == storm
