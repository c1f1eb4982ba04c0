"""Bookmarks of the article that is open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.library import Library
from reader.ui.bookmarks.model import BookmarkChange
from reader.ui.bookmarks.panel import AnnotationPanel
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, first_line, key, message, part
from tests.ui.reading_matter import RIVER, STORM

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def article(desk: Desk) -> int:
    return desk.add(RIVER)


@pytest.fixture
def window(desk: Desk, article: int) -> MainWindow:
    return desk.window(article=article)


def kept(desk: Desk, article: int) -> list[tuple[int, int, str]]:
    """Return what the library has on its disk, as another program sees it."""
    with Library(desk.paths) as library:
        return [(mark.target.start, mark.target.end, mark.label) for mark in library.bookmarks.of(article)]


def excerpts(window: MainWindow) -> list[str]:
    return [row.excerpt for row in window.rooms.bookmarking.rows]


def test_ctrl_d_marks_the_paragraph_that_is_read(desk: Desk, article: int, window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    place = text.string.index("Second 3.")
    window.page.go_to(place, landing=False)
    bar = window.page.verticalScrollBar()
    bar.setValue(bar.value() + window.page.viewport().height() // 8)
    start = text.offset(text.place(window.page.first_offset()).passage)

    key(window, Qt.Key.Key_D, CONTROL)

    assert kept(desk, article) == [(start, start, "")]
    assert message(window) == "Bookmark set."


def test_ctrl_d_marks_the_selection(desk: Desk, article: int, window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    start = text.string.index("“quoted” word")
    window.page.select_range(start, start + 13)

    key(window, Qt.Key.Key_D, CONTROL)

    assert kept(desk, article) == [(start, start + 13, "")]
    assert excerpts(window) == ["“quoted” word,"]


def test_a_sign_stands_in_the_margin_and_on_the_scroll_bar(window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)

    assert len(window.page._marking.shown.bookmarks) == 1
    assert len(window.page.verticalScrollBar().bookmarks) == 1  # type: ignore[attr-defined]


def test_ctrl_d_a_second_time_takes_the_mark_away(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)

    key(window, Qt.Key.Key_D, CONTROL)

    assert kept(desk, article) == []
    assert message(window) == "Bookmark removed."


def test_a_list_item_at_the_top_is_marked_itself(desk: Desk, article: int, window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    place = text.string.index("another item")
    window.page.go_to(place, landing=False)
    bar = window.page.verticalScrollBar()
    top = window.page.viewport().mapFromGlobal(window.page.cursor().pos())
    while window.page.first_offset() < place:
        bar.setValue(bar.value() + 8)
    assert top is not None

    key(window, Qt.Key.Key_D, CONTROL)

    assert kept(desk, article) == [(place, place, "")]
    assert excerpts(window) == ["another item"]


def test_undo_brings_a_removed_bookmark_back_with_its_words(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    row = window.rooms.bookmarking.rows[0]
    window.rooms.bookmarking.change(BookmarkChange(row.bookmark.id, "Label", "Remark"))
    key(window, Qt.Key.Key_D, CONTROL)

    key(window, Qt.Key.Key_Z, CONTROL)

    assert [label for _, _, label in kept(desk, article)] == ["Label"]
    assert window.rooms.bookmarking.rows[0].bookmark.id == row.bookmark.id


def test_the_button_of_the_message_undoes_too(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)

    window.rooms.status.message_action.click()

    assert kept(desk, article) == []


def test_undo_with_nothing_done_says_so(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Z, CONTROL)

    assert message(window) == "There is nothing to undo."


def test_undo_takes_a_bookmark_away_that_was_set(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)

    key(window, Qt.Key.Key_Z, CONTROL)

    assert kept(desk, article) == []
    assert message(window) == "Undone: the bookmark is not set any more."


def test_undo_goes_back_step_by_step_and_redo_forward(desk: Desk, article: int, window: MainWindow) -> None:
    bookmarking = window.rooms.bookmarking
    key(window, Qt.Key.Key_D, CONTROL)
    mark = bookmarking.rows[0].bookmark.id
    bookmarking.change(BookmarkChange(mark, "One", ""))
    bookmarking.end_writing()
    bookmarking.change(BookmarkChange(mark, "Two", "Remark"))
    key(window, Qt.Key.Key_D, CONTROL)
    told, labels = [], []

    for letter, modifiers in [(Qt.Key.Key_Z, CONTROL)] * 4 + [(Qt.Key.Key_Z, CONTROL | SHIFT)] * 4:
        key(window, letter, modifiers)
        told.append(message(window))
        labels.append([label for _, _, label in kept(desk, article)])

    assert labels == [["Two"], ["One"], [""], [], [""], ["One"], ["Two"], []]
    assert told == [
        "Undone: the removed bookmark is back.",
        "Undone: the bookmark has its former words.",
        "Undone: the bookmark has its former words.",
        "Undone: the bookmark is not set any more.",
        "Done again: the bookmark is set.",
        "Done again: the bookmark has its new words.",
        "Done again: the bookmark has its new words.",
        "Done again: the bookmark is removed.",
    ]


def test_what_is_written_in_one_go_is_undone_at_once(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    act(window, "bookmarks")
    panel = part(window, AnnotationPanel)
    panel.edit_bookmark(window.rooms.bookmarking.rows[0].bookmark.id)
    field = window.focusWidget()
    assert field is not None
    for letters in ("half", " a word"):
        QTest.keyClicks(field, letters)
        panel.save()
    QTest.keyClick(field, Qt.Key.Key_Return)
    written = [label for _, _, label in kept(desk, article)]

    act(window, "undo")

    assert written == ["half a word"]
    assert [label for _, _, label in kept(desk, article)] == [""]


def test_words_that_were_given_up_leave_nothing_to_undo_but_the_bookmark(
    desk: Desk, article: int, window: MainWindow
) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    mark = window.rooms.bookmarking.rows[0].bookmark.id
    window.rooms.bookmarking.change(BookmarkChange(mark, "Half a", ""))
    window.rooms.bookmarking.change(BookmarkChange(mark, "", ""))

    act(window, "undo")

    assert kept(desk, article) == []


def test_the_button_of_a_message_undoes_what_it_told_of_and_what_came_after(
    desk: Desk, article: int, window: MainWindow
) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    mark = window.rooms.bookmarking.rows[0].bookmark.id
    window.rooms.bookmarking.change(BookmarkChange(mark, "Label", ""))

    window.rooms.status.message_action.click()

    assert kept(desk, article) == []


def test_something_new_ends_what_could_be_done_again(window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    act(window, "undo")
    key(window, Qt.Key.Key_D, CONTROL)

    act(window, "redo")

    assert message(window) == "There is nothing to redo."


def test_a_bookmark_that_another_window_removed_cannot_be_undone_and_is_forgotten(
    desk: Desk, window: MainWindow
) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    with Library(desk.paths) as library:
        library.bookmarks.remove(window.rooms.bookmarking.rows[0].bookmark.id)

    act(window, "undo")
    told = message(window)
    act(window, "undo")

    assert told == "This bookmark is no longer in the library."
    assert window.rooms.bookmarking.rows == ()
    assert message(window) == "There is nothing to undo."


def test_on_the_start_page_bookmarks_are_left_alone(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    act(window, "library")

    act(window, "undo")

    assert len(kept(desk, article)) == 1
    assert message(window) == "There is nothing to undo."


def test_bookmarks_are_listed_in_reading_order(window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    for words in ("Last 2.", "First 2.", "Third 2."):
        start = text.string.index(words)
        window.page.select_range(start, start + len(words))
        act(window, "bookmark")

    assert excerpts(window) == ["First 2.", "Third 2.", "Last 2."]


def test_a_bookmark_is_gone_to_from_the_pane_and_back_returns(window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    start = text.string.index("Last 2.")
    window.page.select_range(start, start + 7)
    act(window, "bookmark")
    act(window, "bookmarks")

    part(window, AnnotationPanel).target_chosen.emit(window.rooms.bookmarking.rows[0])
    there = window.page.first_offset()
    act(window, "back")

    assert there <= start <= there + 3000
    assert window.page.verticalScrollBar().value() == 0


def test_bookmarks_survive_closing_and_opening_the_window_again(desk: Desk, article: int, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    row = window.rooms.bookmarking.rows[0]
    window.rooms.bookmarking.change(BookmarkChange(row.bookmark.id, "Where it begins", "A remark"))
    desk.close(window)

    again = desk.window(article=article)

    (found,) = again.rooms.bookmarking.rows
    assert (found.bookmark.id, found.bookmark.label, found.bookmark.remark) == (
        row.bookmark.id,
        "Where it begins",
        "A remark",
    )
    assert len(again.page._marking.shown.bookmarks) == 1


def test_bookmarks_are_found_again_in_a_revised_text(desk: Desk, article: int, window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    start = text.string.index("Third 2.")
    window.page.select_range(start, start + 8)
    act(window, "bookmark")
    desk.close(window)
    desk.add(RIVER.replace("## The crossing", "A new paragraph stands here.\n\n## The crossing"))

    again = desk.window(article=article)

    (row,) = again.rooms.bookmarking.rows
    assert not row.bookmark.lost
    assert row.excerpt == "Third 2."


def test_bookmarks_of_one_article_are_not_shown_in_another(desk: Desk, window: MainWindow) -> None:
    key(window, Qt.Key.Key_D, CONTROL)

    window.open_article(desk.add(STORM, "storm.md"))

    assert window.rooms.bookmarking.rows == ()
    assert window.page._marking.shown.bookmarks == []


def test_a_remark_that_is_being_written_is_kept_when_the_window_closes(
    desk: Desk, article: int, window: MainWindow
) -> None:
    key(window, Qt.Key.Key_D, CONTROL)
    act(window, "bookmarks")
    panel = part(window, AnnotationPanel)
    panel.edit_bookmark(window.rooms.bookmarking.rows[0].bookmark.id)
    field = window.focusWidget()
    assert field is not None
    QTest.keyClicks(field, "half a word")

    desk.close(window)

    assert [label for _, _, label in kept(desk, article)] == ["half a word"]


def test_an_article_without_text_has_nothing_to_mark(desk: Desk) -> None:
    window = desk.window()

    window.rooms.bookmarking.toggle()

    assert window.rooms.bookmarking.rows == ()


def test_the_first_line_seen_stays_when_a_bookmark_is_set(window: MainWindow) -> None:
    window.page.go_to(9000, landing=False)
    before = first_line(window)

    act(window, "bookmark")

    assert first_line(window) == before
