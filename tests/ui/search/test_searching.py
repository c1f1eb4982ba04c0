"""Searching the library from the window."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.answers import SearchAnswer
from reader.library import Library, no_step
from reader.search.results import HEAD, Page
from reader.ui.isolation import isolated
from reader.ui.search.beginning import Beginning, KeptLine
from reader.ui.search.chips import Chip
from reader.ui.search.find_bar import FindBar
from reader.ui.search.model import ResultGroup, ResultHit, SearchRole
from reader.ui.search.panel import SearchPanel, SearchQuery
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, key, message, part
from tests.ui.reading_matter import RIVER, STORM

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    desk.add(STORM, "storm.md")
    river = desk.add(RIVER)
    with Library(desk.paths) as library:
        library.refresh_index()
    return desk.window(article=river)


class Shown:
    """What the panel was given to show."""

    def __init__(self, panel: SearchPanel, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers: list[tuple[tuple[ResultGroup, ...], str, str]] = []
        show = panel.show_results

        def kept(groups: tuple[ResultGroup, ...], summary: str, hint: str = "") -> None:
            self.answers.append((groups, summary, hint))
            show(groups, summary, hint)

        monkeypatch.setattr(panel, "show_results", kept)

    @property
    def whole(self) -> bool:
        """Whether all was shown that is found: it is counted then, or there is a hint, or nothing."""
        return bool(self.answers) and any(self.answers[-1][1:])

    def hits(self) -> list[ResultHit]:
        return hits_of(self.answers[-1][0]) if self.answers else []


def hits_of(groups: tuple[ResultGroup, ...]) -> list[ResultHit]:
    return [hit for group in groups for section in group.sections for hit in section.hits]


def chips(window: MainWindow) -> list[str]:
    return [each.text() for each in window.findChildren(Chip) if each.isVisible()]


def chip(window: MainWindow, text: str) -> Chip:
    (found,) = [each for each in window.findChildren(Chip) if each.text() == text and each.isVisible()]
    return found


@pytest.fixture
def shown(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Shown:
    key(window, Qt.Key.Key_F, CONTROL | SHIFT)
    return Shown(part(window, SearchPanel), monkeypatch)


def ask(window: MainWindow, words: str) -> None:
    panel = part(window, SearchPanel)
    panel.set_query(words, this_reading=False)
    panel.query_changed.emit(panel.query())


def test_ctrl_shift_f_opens_the_search_with_the_keyboard_in_its_field(window: MainWindow) -> None:
    key(window, Qt.Key.Key_F, CONTROL | SHIFT)

    panel = part(window, SearchPanel)
    assert panel.isVisible()
    assert panel.isAncestorOf(window.focusWidget())


def test_an_answer_is_grouped_by_article_and_section(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    ask(window, "lighthouse")

    qtbot.waitUntil(lambda: shown.whole)
    (group,) = shown.answers[-1][0]
    assert group.title == "The storm"
    assert shown.answers[-1][1].startswith("2 place")


def test_typing_asks_by_itself(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    field = window.focusWidget()
    assert field is not None

    QTest.keyClicks(field, "zephyr")

    qtbot.waitUntil(lambda: len(shown.hits()) == 1)


def test_a_click_opens_the_place_with_the_words_marked(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    ask(window, "lighthouse")
    qtbot.waitUntil(lambda: len(shown.hits()) == 2)
    last = max(shown.hits(), key=lambda hit: hit.passage)

    part(window, SearchPanel).hit_chosen.emit(last)

    text = window.page.text
    assert text is not None
    assert window.windowTitle().startswith("The storm")
    marked = window.page._marking.hits
    assert [text.string[start:end] for start, end in marked] == ["lighthouse", "lighthouse"]
    start, end = window.page._marking.current_hit() or (0, 0)
    cursor = QTextCursor(window.page.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "lighthouse"
    assert window.page.first_offset() <= marked[-1][0] <= window.page.last_offset()


def test_back_returns_to_the_text_one_came_from(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    window.page.go_to(9000, landing=False)
    before = window.page.eye()
    ask(window, "zephyr")
    qtbot.waitUntil(lambda: len(shown.hits()) == 1)
    part(window, SearchPanel).hit_chosen.emit(shown.hits()[0])

    act(window, "back")

    assert window.windowTitle().startswith("The river")
    assert window.page.eye() == before


@pytest.mark.parametrize("words", ["(", '"', "AND", "a*", "*", "[", "ferry AND (", "NOT", "~", "^", "👩‍🚀", "x" * 5000])
def test_whatever_is_typed_gives_an_answer_or_a_hint(
    qtbot: QtBot, window: MainWindow, shown: Shown, words: str
) -> None:
    ask(window, words)

    qtbot.waitUntil(lambda: bool(shown.answers))
    groups, summary, hint = shown.answers[-1]
    assert groups or summary or hint


def test_a_newer_question_drops_the_older_answer(
    qtbot: QtBot, window: MainWindow, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_through = threading.Event()
    search: Callable[..., SearchAnswer] = window.library.search

    def slow(query: str, **more: object) -> SearchAnswer:
        if query == "lighthouse":
            assert let_through.wait(20)
        return search(query, **more)

    monkeypatch.setattr(window.library, "search", slow)
    ask(window, "lighthouse")
    ask(window, "dark")
    ask(window, "zephyr")
    let_through.set()

    qtbot.waitUntil(lambda: bool(shown.answers))
    qtbot.waitUntil(lambda: not window.runner.busy)
    found = [hit.text for answer in shown.answers for hit in hits_of(answer[0])]
    assert set(found) == {"A zephyr rose before the lighthouse."}
    assert message(window) == ""


def test_a_newer_question_stops_the_search_for_the_older_one(
    qtbot: QtBot, window: MainWindow, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited_for = threading.Event()
    search: Callable[..., SearchAnswer] = window.library.search

    def endless(query: str, *, step: Callable[[float], object] = no_step, **more: object) -> SearchAnswer:
        while query == "lighthouse" and not waited_for.wait(0.01):
            step(0.0)
        return search(query, step=step, **more)

    monkeypatch.setattr(window.library, "search", endless)
    ask(window, "lighthouse")
    ask(window, "zephyr")

    try:
        qtbot.waitUntil(lambda: shown.whole, timeout=20_000)
    finally:
        waited_for.set()
    assert [hit.text for hit in shown.hits()] == ["A zephyr rose before the lighthouse."]


def test_a_word_that_is_only_begun_finds_what_begins_so(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    ask(window, "dark lighth")

    qtbot.waitUntil(lambda: shown.whole, timeout=20_000)
    assert ["lighthouse" in hit.text for hit in shown.hits()] == [True]
    assert shown.answers[-1][1] == f"{isolated('lighth')}…: 1 place(s)"


def test_an_empty_question_shows_nothing(window: MainWindow, shown: Shown) -> None:
    part(window, SearchPanel).query_changed.emit(SearchQuery("  ", False))

    assert shown.answers == [((), "", "")]


def test_the_best_places_are_shown_before_all_are_found(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    ask(window, "ferry")

    qtbot.waitUntil(lambda: shown.whole, timeout=20_000)
    first, last = shown.answers
    assert [len(hits_of((group,))) for group in first[0]] == [3] * len(last[0])
    assert first[1] == ""
    assert len(hits_of(last[0])) > len(hits_of(first[0]))
    assert set(hits_of(first[0])) <= set(hits_of(last[0]))


def test_who_went_on_in_the_first_places_stays_there_when_all_are_found(
    qtbot: QtBot, window: MainWindow, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_through = threading.Event()
    search: Callable[..., SearchAnswer] = window.library.search

    def slow(query: str, *, page: Page | None = None, **more: object) -> SearchAnswer:
        assert page is not None or let_through.wait(20)
        return search(query, page=page, **more)

    monkeypatch.setattr(window.library, "search", slow)
    ask(window, "ferry")
    qtbot.waitUntil(lambda: bool(shown.hits()), timeout=20_000)
    panel = part(window, SearchPanel)
    panel.show_current(1)
    chosen = shown.hits()[1]

    let_through.set()

    qtbot.waitUntil(lambda: shown.whole, timeout=20_000)
    assert panel.list.currentIndex().data(SearchRole.HIT) == chosen


def test_this_reading_only_searches_the_text_that_is_open(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    panel = part(window, SearchPanel)

    panel.query_changed.emit(SearchQuery("lighthouse", True))
    qtbot.waitUntil(lambda: bool(shown.answers))

    assert shown.answers[-1][:2] == ((), "Nothing was found.")


def test_a_text_that_came_in_is_found_when_the_index_knows_it(
    qtbot: QtBot, desk: Desk, window: MainWindow, shown: Shown
) -> None:
    ask(window, "walrus")
    qtbot.waitUntil(lambda: bool(shown.answers))
    before = shown.hits()

    window.open_files((desk.file("# Sea\n\nThe walrus came.\n", "sea.md"),))

    assert before == []
    qtbot.waitUntil(lambda: len(shown.hits()) == 1, timeout=20_000)


def test_after_a_find_the_list_shows_the_librarys_answer_at_once(
    qtbot: QtBot, window: MainWindow, shown: Shown
) -> None:
    ask(window, "lighthouse")
    qtbot.waitUntil(lambda: shown.whole, timeout=20_000)
    found = shown.answers[-1]
    act(window, "find")
    part(window, FindBar).field.setText("river")
    key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.answers[-1] != found, timeout=20_000)
    before = len(shown.answers)

    key(window, Qt.Key.Key_Escape)

    assert shown.answers[before] == found


def test_after_a_find_nothing_of_it_stays_under_another_query(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    act(window, "find")
    part(window, FindBar).field.setText("river")
    key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shown.hits()) > 0, timeout=20_000)
    part(window, SearchPanel).set_query("lighthouse")
    before = len(shown.answers)

    key(window, Qt.Key.Key_Escape)

    assert shown.answers[before] == ((), "", "")
    qtbot.waitUntil(lambda: len(shown.hits()) == 2, timeout=20_000)


def test_in_a_narrow_window_no_drawer_lies_over_the_find_bar(qtbot: QtBot, desk: Desk) -> None:
    window = desk.window(size=(420, 640), article=desk.add(RIVER))
    key(window, Qt.Key.Key_F, CONTROL | SHIFT)
    was_open = window.panes.side.isVisible()

    key(window, Qt.Key.Key_F, CONTROL)

    assert was_open
    assert not window.panes.side.isVisible()
    assert part(window, FindBar).field.hasFocus()


def test_a_press_narrows_a_search_and_a_kept_one_keeps_that(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    ask(window, "ferry")
    qtbot.waitUntil(lambda: bool(chips(window)), timeout=20_000)
    offered = chips(window)

    QTest.mouseClick(chip(window, "Titles"), Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: shown.whole and {hit.passage for hit in shown.hits()} == {HEAD}, timeout=20_000)
    assert "Titles" in offered
    panel = part(window, SearchPanel)
    panel.ways.menu().aboutToShow.emit()
    panel.ways.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(window.library.catalogue.searches()), timeout=20_000)
    assert [search.query for search in window.library.catalogue.searches()] == ["ferry in:title"]


def test_an_index_that_grows_while_one_finds_leaves_the_list_alone(
    qtbot: QtBot, window: MainWindow, shown: Shown
) -> None:
    ask(window, "lighthouse")
    qtbot.waitUntil(lambda: shown.whole, timeout=20_000)
    act(window, "find")
    part(window, FindBar).field.setText("river")
    key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shown.hits()) > 2, timeout=20_000)
    listed = len(shown.answers)

    window.rooms.side_room.searching.ask_again()
    qtbot.waitUntil(lambda: not window.runner.busy, timeout=20_000)

    assert len(shown.answers) == listed


def test_a_word_spelt_wrong_is_put_right_by_a_press(qtbot: QtBot, window: MainWindow, shown: Shown) -> None:
    ask(window, "lighthousse")
    offered = part(window, Beginning).suggestion
    qtbot.waitUntil(offered.isVisible, timeout=20_000)

    QTest.mouseClick(offered, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: len(shown.hits()) == 2, timeout=20_000)
    assert part(window, SearchPanel).field.text() == "lighthouse"


def test_a_search_is_kept_run_and_forgotten(qtbot: QtBot, desk: Desk, window: MainWindow, shown: Shown) -> None:
    ask(window, "lighthouse")
    panel = part(window, SearchPanel)
    panel.ways.menu().aboutToShow.emit()
    panel.ways.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: bool(panel.findChildren(KeptLine)), timeout=20_000)
    kept = [search.query for search in window.library.catalogue.searches()]

    panel.field.clear()
    QTest.mouseClick(part(window, KeptLine).button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(shown.hits()) == 2, timeout=20_000)
    panel.field.clear()
    QTest.mouseClick(part(window, KeptLine).forget, Qt.MouseButton.LeftButton)

    qtbot.waitUntil(lambda: not window.library.catalogue.searches(), timeout=20_000)
    assert kept == ["lighthouse"]


def test_kept_searches_are_there_when_the_search_is_opened(qtbot: QtBot, desk: Desk) -> None:
    with Library(desk.paths) as library:
        library.catalogue.keep_search("river", "title:river")
    window = desk.window(article=desk.add(RIVER))

    key(window, Qt.Key.Key_F, CONTROL | SHIFT)

    qtbot.waitUntil(lambda: bool(window.findChildren(KeptLine)), timeout=20_000)
    assert part(window, KeptLine).button.text() == "title:river"
    assert part(window, KeptLine).isVisible()
