"""Folding in the window: by command and by sign, and what unfolds by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.ui.outline.panel import OutlinePanel
from reader.ui.page.anchored import MarkHit
from reader.ui.page.view import PageView
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, key, part, type_text
from tests.ui.reading_matter import RIVER

TITLE, CROSSING, LANDING = 0, 1, 2
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(RIVER))


def place(window: MainWindow, words: str) -> int:
    assert window.page.text is not None
    return window.page.text.string.index(words)


def shown(page: PageView) -> str:
    return page.document().toPlainText()


def is_folded(window: MainWindow, words: str) -> bool:
    assert window.page.text is not None
    return window.page.is_hidden(window.page.text.place(place(window, words)).passage)


# -- commands -------------------------------------------------------------------------------------------


def test_the_section_that_one_reads_is_folded_by_key_and_unfolded_again(window: MainWindow) -> None:
    window.reading.go_to(place(window, "Second 3."))

    key(window.page, Qt.Key.Key_BracketLeft, CONTROL | SHIFT)
    folded = is_folded(window, "Second 3.")
    key(window.page, Qt.Key.Key_BracketRight, CONTROL | SHIFT)

    assert folded
    assert not is_folded(window, "Second 3.")


def test_folding_again_folds_what_is_around(window: MainWindow) -> None:
    window.reading.go_to(place(window, "Third 3."))

    act(window, "fold")
    act(window, "fold")

    assert window.reading.folds.folded == {CROSSING, LANDING}


def test_all_others_are_folded_and_what_one_reads_stays_where_it_is(window: MainWindow) -> None:
    window.reading.go_to(place(window, "Third 3."))
    before = window.page.first_offset()

    act(window, "fold_others")

    assert is_folded(window, "Last 1.")
    assert not is_folded(window, "Third 3.")
    assert window.page.first_offset() == before


def test_folding_all_leaves_the_title_open_that_stands_above_all(window: MainWindow) -> None:
    act(window, "fold_all")

    assert TITLE not in window.reading.folds.folded
    assert not is_folded(window, "The crossing")
    assert is_folded(window, "Second 1.")


def test_all_is_unfolded(window: MainWindow) -> None:
    act(window, "fold_all")

    act(window, "unfold_all")

    assert window.reading.folds.folded == frozenset()
    assert not is_folded(window, "Second 1.")


def test_from_section_to_section_goes_over_the_headings_that_are_seen(window: MainWindow) -> None:
    window.reading.folds.fold_only({CROSSING, 3, 4, 5})

    landed = []
    window.reading.jumped.connect(landed.append)
    for _ in range(4):
        act(window, "next_section")
    act(window, "previous_section")

    titles = ("The crossing", "A long paragraph\n", "A table\n", "The end\n", "A table\n")
    assert landed == [place(window, words) for words in titles]


def test_steps_pass_over_what_is_folded_away(window: MainWindow) -> None:
    window.reading.folds.fold_only({CROSSING})
    window.reading.go_to(place(window, "The crossing"))

    for _ in range(3):  # the heading itself, the next one, and what is below that
        act(window, "next_paragraph")

    assert window.page.caret_offset() == place(window, "Number 0 is a word")
    assert window.reading.folds.folded == {CROSSING}


# -- one state for outline and page ---------------------------------------------------------------------


def test_what_is_folded_in_the_outline_is_folded_in_the_page_and_the_other_way_round(window: MainWindow) -> None:
    outline = part(window, OutlinePanel)

    window.reading.folds.fold(CROSSING)

    assert outline.folded() == {CROSSING}
    outline.unfold_all()
    assert not is_folded(window, "Second 1.")


def test_a_reading_opens_folded_as_it_was_left(desk: Desk) -> None:
    window = desk.window(article=desk.add(RIVER))
    window.reading.folds.fold(CROSSING)
    desk.close(window)

    again = desk.start()

    assert is_folded(again, "Second 1.")
    assert "Second 1." not in shown(again.page)


def test_what_is_folded_away_does_not_count_as_read(window: MainWindow) -> None:
    window.reading.folds.fold(CROSSING)
    progress = window.rooms.progress
    opened = window.reading.article
    assert opened is not None

    progress.see(0, len(opened.text))
    progress._rested()

    assert progress.shares()[LANDING] == 0.0


# -- what unfolds by itself -----------------------------------------------------------------------------


def test_a_jump_into_a_folded_section_unfolds_it(window: MainWindow) -> None:
    act(window, "fold_all")

    window.reading.go_to(place(window, "Third 3."))

    assert not is_folded(window, "Third 3.")
    assert is_folded(window, "Last 1.")
    assert window.page.first_offset() <= place(window, "Third 3.") <= window.page.last_offset()


def test_finding_counts_what_is_folded_away_and_unfolds_the_hit_that_is_gone_to(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.reading.folds.fold_only({LANDING})
    act(window, "find")

    type_text(window.focusWidget(), "Third 3.")

    qtbot.waitUntil(lambda: window.reading.folds.folded == frozenset(), timeout=2000)
    assert not is_folded(window, "Third 3.")


def test_a_find_that_is_given_up_leaves_folded_what_was_so(window: MainWindow, qtbot: QtBot) -> None:
    window.reading.folds.fold_only({LANDING})
    act(window, "find")
    type_text(window.focusWidget(), "Third 3.")
    qtbot.waitUntil(lambda: window.reading.folds.folded == frozenset(), timeout=2000)

    key(window, Qt.Key.Key_Escape)

    assert window.reading.folds.folded == {LANDING}
    assert window.page.first_offset() == 0


def test_back_unfolds_the_place_that_it_leads_to(window: MainWindow) -> None:
    window.reading.go_to(place(window, "Second 3."))
    window.reading.go_to(place(window, "Last 3."))
    window.reading.folds.fold(CROSSING)

    window.reading.back()

    assert not is_folded(window, "Second 3.")


def test_the_way_back_from_a_note_unfolds_its_mark(window: MainWindow) -> None:
    mark = place(window, "A mark in the middle") + len("A mark in the middle")
    window.reading.go_to(mark)
    window.reading.go_to_note("two", MarkHit("two", mark, window.page.mark_rect(mark, "two")))
    window.reading.folds.fold(CROSSING)

    window.reading.back()

    assert not is_folded(window, "Second 1.")
    assert window.page.focused_mark is not None
    assert window.page.focused_mark.offset == mark


def test_a_bookmark_in_a_folded_section_is_gone_to(window: MainWindow) -> None:
    window.reading.folds.fold(CROSSING)
    assert window.reading.article is not None and window.page.text is not None
    passage = window.page.text.place(place(window, "Second 2.")).passage

    window.reading.go_to_in(window.reading.article.id, passage, 0)

    assert not is_folded(window, "Second 2.")
