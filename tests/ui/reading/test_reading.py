"""Opening a text where it was left; back and forward; what was read."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.article.model import BlockKind
from reader.library import Library
from reader.ui.reading.progress import ReadingProgress
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, action, first_line, key
from tests.ui.reading_matter import RIVER, STORM

ALT = Qt.KeyboardModifier.AltModifier
PLACES = ["Second 3.", "Number 200 is", "1920\t20", "another item", "Somebody said", "sentence 150"]


@pytest.fixture
def article(desk: Desk) -> int:
    return desk.add(RIVER)


@pytest.fixture
def window(desk: Desk, article: int) -> MainWindow:
    return desk.window(article=article)


def go(window: MainWindow, words: str) -> None:
    """Jump to some words, as a click in the outline does."""
    text = window.page.text
    assert text is not None
    window.reading.go_to(text.string.index(words))


def line_read(window: MainWindow) -> tuple[int, str]:
    """Return the first line that is seen; in a table its row, whose cells are of several lines."""
    text = window.page.text
    assert text is not None
    passage = text.place(window.page.first_offset()).passage
    return passage, "" if text.passages[passage].kind is BlockKind.TABLE_ROW else first_line(window)


@pytest.mark.parametrize("words", PLACES)
def test_an_article_opens_at_the_line_where_it_was_left(
    desk: Desk, article: int, window: MainWindow, words: str
) -> None:
    go(window, words)
    before = line_read(window)
    desk.close(window)

    again = desk.window(article=article)

    assert line_read(again) == before


@pytest.mark.parametrize("size", [(1400, 900), (600, 500)])
def test_it_opens_at_the_same_words_in_a_window_of_another_size(
    desk: Desk, article: int, window: MainWindow, size: tuple[int, int]
) -> None:
    go(window, "Second 3.")
    offset = window.page.first_offset()
    desk.close(window)

    again = desk.window(size, article=article)

    assert again.page.first_offset() <= offset <= again.page.last_offset()
    assert abs(again.page.first_offset() - offset) < 100


def test_the_place_is_kept_when_another_article_is_opened(desk: Desk, article: int, window: MainWindow) -> None:
    go(window, "Third 2.")
    before = first_line(window)

    window.open_article(desk.add(STORM, "storm.md"))
    window.open_article(article)

    assert first_line(window) == before


def test_the_article_read_last_is_known(desk: Desk, article: int, window: MainWindow) -> None:
    storm = desk.add(STORM, "storm.md")

    window.open_article(storm)
    desk.close(window)

    with Library(desk.paths) as library:
        assert library.reading.last_article() == storm


def test_a_new_start_shows_the_article_and_the_line_read_last(desk: Desk, article: int, window: MainWindow) -> None:
    desk.add(STORM, "storm.md")
    go(window, "Third 2.")
    before = first_line(window)
    desk.close(window)

    again = desk.start()

    assert again.windowTitle().startswith("The river and its ferry")
    assert first_line(again) == before


def test_the_place_is_written_a_moment_after_scrolling(
    qtbot: QtBot, desk: Desk, article: int, window: MainWindow
) -> None:
    text = window.page.text
    assert text is not None
    key(window, Qt.Key.Key_PageDown)
    key(window, Qt.Key.Key_PageDown)
    seen = window.page.first_offset()

    def saved() -> bool:
        with Library(desk.paths) as library:
            position = library.reading.position(article)
        return position is not None and position.target.start == seen

    qtbot.waitUntil(saved)


def test_back_and_forward_lead_through_the_jumps(window: MainWindow) -> None:
    go(window, "Second 3.")
    second = window.page.verticalScrollBar().value()
    go(window, "Last 2.")
    last = window.page.verticalScrollBar().value()

    key(window, Qt.Key.Key_Left, ALT)
    back_once = window.page.verticalScrollBar().value()
    key(window, Qt.Key.Key_Left, ALT)
    back_twice = window.page.verticalScrollBar().value()
    key(window, Qt.Key.Key_Right, ALT)
    key(window, Qt.Key.Key_Right, ALT)

    assert (back_once, back_twice) == (second, 0)
    assert window.page.verticalScrollBar().value() == last


def test_scrolling_makes_no_new_place(window: MainWindow) -> None:
    go(window, "Second 3.")
    key(window, Qt.Key.Key_PageDown)
    scrolled_to = window.page.verticalScrollBar().value()
    go(window, "Last 2.")

    act(window, "back")
    back_once = window.page.verticalScrollBar().value()
    act(window, "back")

    assert back_once == scrolled_to
    assert window.page.verticalScrollBar().value() == 0


def test_back_leads_into_the_article_before(desk: Desk, article: int, window: MainWindow) -> None:
    go(window, "Second 3.")
    before = window.page.verticalScrollBar().value()
    window.open_article(desk.add(STORM, "storm.md"))

    act(window, "back")

    assert window.reading.article is not None
    assert window.reading.article.id == article
    assert window.page.verticalScrollBar().value() == before


def test_back_and_forward_are_off_where_they_lead_nowhere(window: MainWindow) -> None:
    at_first = (action(window, "back").isEnabled(), action(window, "forward").isEnabled())
    go(window, "Second 3.")
    after_jump = (action(window, "back").isEnabled(), action(window, "forward").isEnabled())
    act(window, "back")

    assert at_first == (False, False)
    assert after_jump == (True, False)
    assert (action(window, "back").isEnabled(), action(window, "forward").isEnabled()) == (False, True)


def test_the_places_one_has_been_to_outlive_the_window(desk: Desk, article: int, window: MainWindow) -> None:
    go(window, "Second 3.")
    second = window.page.first_offset()
    go(window, "Last 2.")
    desk.close(window)

    again = desk.window(article=article)
    act(again, "back")

    assert abs(again.page.first_offset() - second) < 100


def test_sections_are_walked_by_key(window: MainWindow) -> None:
    opened = window.reading.article
    assert opened is not None
    titles: list[str] = []

    for _ in range(3):
        act(window, "next_section")
        titles.append(opened.section_at(window.page.first_offset()).title)

    assert titles == ["The crossing", "The landing", "A long paragraph"]


class Told:
    """Collects the sentences that the window tells."""

    def __init__(self, window: MainWindow) -> None:
        self._window, self._said = window, list[str]()

    def __enter__(self) -> list[str]:
        self._window.reading.failed.connect(lambda error: self._said.append(str(error)))
        return self._said

    def __exit__(self, *_: object) -> None:
        assert self._window.rooms.status.message.text() == self._said[-1]


def test_an_article_that_is_not_there_is_told_in_one_sentence(desk: Desk, window: MainWindow) -> None:
    with Told(window) as said:
        window.open_article(99_999)

    assert len(said) == 1
    assert said[0].count(".") == 1
    assert window.reading.article is not None


def test_an_article_that_is_damaged_where_it_opens_is_told_and_the_other_stays(desk: Desk, window: MainWindow) -> None:
    storm = desk.add(STORM, "storm.md")
    with closing(sqlite3.connect(window.library.paths.data / "library.sqlite")) as connection, connection:
        ((revision, data),) = connection.execute(
            "SELECT compiled.revision_id, data FROM compiled JOIN article USING (revision_id) WHERE id = ?", (storm,)
        )
        damaged = data.replace(b"A zephyr rose", b"A zephyr lost")
        connection.execute("UPDATE compiled SET data = ? WHERE revision_id = ?", (damaged, revision))
    before = window.reading.article

    with Told(window) as said:
        window.open_article(storm)

    assert said == ["“The storm” could not be opened because its stored copy is damaged; import its file again."]
    assert window.reading.article is before


# -- what was read ---------------------------------------------------------------------------------


def test_a_jump_leaves_what_it_passed_over_unread(window: MainWindow) -> None:
    opened = window.reading.article
    assert opened is not None
    progress = ReadingProgress()
    progress.show_article(opened, 0.0)

    progress.see(0, 200)
    progress.see(opened.body_length - 200, opened.body_length)

    assert set(progress.shares()) == {0.0}


def test_what_was_scrolled_through_counts_as_read(window: MainWindow) -> None:
    opened = window.reading.article
    assert opened is not None
    progress = ReadingProgress()
    progress.show_article(opened, 0.0)

    for first in range(0, opened.text.offset(20), 300):
        progress.see(first, first + 2500)

    assert progress.shares()[1] > 0.3
    assert progress.shares()[-1] == 0.0


def test_what_was_read_before_is_read_still(window: MainWindow) -> None:
    opened = window.reading.article
    assert opened is not None
    progress = ReadingProgress()

    progress.show_article(opened, 1.0)

    assert set(progress.shares()) == {1.0}


def test_the_end_of_the_text_is_all_of_it(window: MainWindow) -> None:
    key(window, Qt.Key.Key_End)

    assert window.reading.share() == 1.0
