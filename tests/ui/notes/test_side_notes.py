"""Notes in the margin beside their marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.notes.side_layout import Placed
from reader.ui.notes.side_notes import SideNotes
from reader.ui.page.anchored import MarkHit
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, Pointer, act, mark_place
from tests.ui.reading_matter import paragraphs

DENSE = f"""---
title: Many notes
---

# Many notes

One word[^a] and another[^b] stand here, and a third.[^c]

{paragraphs(3)}

A last one.[^d] The first again.[^a]

{paragraphs(20, "More")}

[^a]: {"Long words follow one another in this note. " * 30}
[^b]: See [a page](https://example.org/page).
[^c]: The third note.
[^d]: The fourth note.
"""


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    window = desk.window((1280, 800), desk.add(DENSE))
    act(window, "side_notes")
    return window


def notes(window: MainWindow) -> SideNotes:
    found = window.rooms.desk.active.beside.notes
    assert found is not None
    return found


def point_in(window: MainWindow, placed: Placed) -> QPoint:
    """Return a place in a note, in the coordinates of the page's viewport."""
    top = window.page.verticalScrollBar().value()
    area = notes(window).geometry()
    return QPoint(area.left() + 60, round(placed.top - top) + 6)


def test_notes_stand_in_the_order_of_their_marks_and_do_not_overlap(window: MainWindow) -> None:
    placed = notes(window).placed()

    assert [each.mark.key for each in placed] == ["a", "b", "c", "d"]
    assert all(a.top + a.height < b.top for a, b in pairwise(placed))
    assert all(each.top >= each.mark.top for each in placed)
    assert notes(window).isVisible()


def test_a_note_with_room_stands_at_the_line_of_its_mark(window: MainWindow) -> None:
    first = notes(window).placed()[0]

    assert first.top == first.mark.top


def test_a_long_note_is_cut_and_says_so(window: MainWindow) -> None:
    first, second = notes(window).placed()[:2]

    assert first.cut
    assert not second.cut
    assert first.height < 300


def test_the_column_moves_aside_and_stays_as_wide(desk: Desk) -> None:
    window = desk.window((1280, 800), desk.add(DENSE))
    frame = window.page.document().rootFrame().frameFormat()
    before = (frame.leftMargin(), window.page.document().size().width() - frame.leftMargin() - frame.rightMargin())

    act(window, "side_notes")

    frame = window.page.document().rootFrame().frameFormat()
    after = (frame.leftMargin(), window.page.document().size().width() - frame.leftMargin() - frame.rightMargin())
    assert after[0] < before[0]
    assert after[1] == before[1]


def test_in_a_narrow_window_there_are_popups_instead(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(700, 800)

    qtbot.waitUntil(lambda: not notes(window).isVisible())
    assert notes(window).placed() == ()


def test_notes_follow_the_text_when_it_is_scrolled(window: MainWindow) -> None:
    before = notes(window).placed()[-1]

    window.page.verticalScrollBar().setValue(120)

    after = notes(window).placed()[-1]
    assert after.mark == before.mark
    assert after.top == before.top  # both are told from the top of the document


def test_a_click_opens_the_note_as_its_mark_does(window: MainWindow) -> None:
    placed = notes(window).placed()[2]

    Pointer(window).click(window.page.viewport(), point_in(window, placed))

    (popup,) = window.rooms.footnotes.popups
    assert popup.note is not None
    assert popup.note.key == "c"
    assert popup.pinned


def test_hovering_a_note_rings_its_mark_and_hovering_the_mark_lights_its_note(qtbot: QtBot, window: MainWindow) -> None:
    placed, rung = notes(window).placed()[2], []
    notes(window).hovered.connect(rung.append)
    plain = notes(window).grab().toImage()

    Pointer(window).move_away(window.page)
    Pointer(window).move(window.page.viewport(), point_in(window, placed))
    qtbot.waitUntil(lambda: rung == [(placed.mark.offset, "c")])
    Pointer(window).move(window.page.viewport(), mark_place(window.page, placed.mark.offset, "c"))
    qtbot.waitUntil(lambda: rung[-1] is None)

    assert notes(window).grab().toImage() != plain


def test_a_mark_whose_note_is_seen_whole_opens_no_popup_when_it_is_hovered(window: MainWindow) -> None:
    placed = notes(window).placed()

    is_beside = window.rooms.footnotes.is_beside
    seen = {each.mark.key: is_beside(MarkHit(each.mark.key, each.mark.offset, QRect())) for each in placed}

    assert seen == {"a": False, "b": True, "c": True, "d": True}


def test_a_link_in_a_note_is_followed(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    followed: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: followed.append(url.toString()))
    placed = notes(window).placed()[1]
    point = point_in(window, placed)

    Pointer(window).click(window.page.viewport(), point)

    assert followed == ["https://example.org/page"]
    assert window.rooms.footnotes.popups == ()


def test_a_text_can_still_be_selected_with_the_pointer_ending_in_the_margin(window: MainWindow) -> None:
    view = window.page.viewport()
    handle = window.windowHandle()
    begin = view.mapTo(window, QPoint(200, 300))
    end = view.mapTo(window, point_in(window, notes(window).placed()[2]))

    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(handle, end)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)

    assert window.rooms.footnotes.popups == ()


def test_the_choice_is_kept_for_the_next_start(desk: Desk, window: MainWindow) -> None:
    desk.close(window)

    again = desk.start((1280, 800))

    assert again.commands["side_notes"].isChecked()
    assert notes(again).isVisible()


def test_the_notes_of_a_text_that_runs_leftwards_stand_at_its_left(desk: Desk) -> None:
    source = "---\ntitle: النهر\nlanguage: ar\n---\n\n# النهر\n\nعبرت العبارة النهر.[^1]\n\n[^1]: ملاحظة قصيرة.\n"
    window = desk.window((1280, 800), desk.add(source))

    act(window, "side_notes")

    margins = window.page.document().rootFrame().frameFormat()
    assert notes(window).isVisible()
    assert notes(window).geometry().right() < margins.leftMargin()
    assert margins.leftMargin() > margins.rightMargin()
