"""Finding in the article that is open, as one types."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.ui.search.find_bar import FindBar, FindQuery
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, first_line, key, part, type_text
from tests.ui.reading_matter import RIVER, SHORT

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(RIVER))


def open_bar(window: MainWindow) -> FindBar:
    key(window, Qt.Key.Key_F, CONTROL)
    return part(window, FindBar)


def type_words(qtbot: QtBot, window: MainWindow, words: str) -> FindBar:
    """Type into the bar, and wait until the page marks what was typed."""
    bar = open_bar(window)
    with qtbot.waitSignal(bar.query_changed):
        type_text(bar.field, words)
    return bar


A_PIXEL = 1.01


def where(window: MainWindow) -> tuple[int, float]:
    """Return the first line that is seen whole, and how far below the top it stands.

    The value of the bar would not do: it is made of guesses about what is not laid out.
    """
    eye = window.page.eye()
    return (0, 0.0) if eye is None else (eye.offset, eye.below_top)


def marked(window: MainWindow) -> list[str]:
    """Return the words that are marked as hits."""
    text = window.page.text
    assert text is not None
    return [text.string[start:end] for start, end in window.page._marking.hits]


def test_all_hits_are_marked_in_the_page_and_counted(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "paragraph.")

    assert bar.count.text() == "1 of 400"
    assert marked(window) == ["paragraph."] * 400


def test_hits_are_shown_on_the_scroll_bar(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "Second 1")

    assert len(window.page.verticalScrollBar().hits) == 1  # type: ignore[attr-defined]


def test_next_goes_on_and_after_the_last_comes_the_first(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "link")
    counts = [bar.count.text()]

    for _ in range(2):
        key(window, Qt.Key.Key_F3)
        counts.append(bar.count.text())

    assert counts == ["1 of 2", "2 of 2", "1 of 2"]


def test_previous_goes_back_and_before_the_first_comes_the_last(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "First")
    counts = [bar.count.text()]

    key(window, Qt.Key.Key_F3, SHIFT)
    counts.append(bar.count.text())
    key(window, Qt.Key.Key_F3)
    counts.append(bar.count.text())

    total = len(marked(window))
    assert total > 2
    assert counts == [f"1 of {total}", f"{total} of {total}", f"1 of {total}"]


def test_enter_goes_on_and_shift_enter_back(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "First")

    QTest.keyClick(bar.field, Qt.Key.Key_Return)
    after = bar.count.text()
    QTest.keyClick(bar.field, Qt.Key.Key_Return, SHIFT)

    assert after.startswith("2 of ")
    assert bar.count.text().startswith("1 of ")


def test_the_hit_that_is_looked_at_is_in_view(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "Number 399")

    start, _ = window.page._marking.hits[0]
    assert window.page.first_offset() < start < window.page.last_offset()


def test_accents_are_ignored_unless_they_are_typed(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "cafe")
    plain = marked(window)
    type_words(qtbot, window, "cáfe")

    assert plain == ["café"]
    assert marked(window) == []


def test_case_is_matched_when_it_is_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "the FERRY")
    any_case = len(marked(window))

    bar.match_case.click()

    assert any_case > 10
    assert marked(window) == []
    assert bar.count.text() == "No places"


def test_whole_words_only_when_it_is_asked_for(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "cross")
    parts = len(marked(window))

    bar.whole_word.click()

    assert parts > 10
    assert marked(window) == []


def test_notes_are_searched_too(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "It has a second paragraph")

    opened = window.reading.article
    assert opened is not None
    assert bar.count.text() == "1 of 1"
    start, _ = window.page._marking.hits[0]
    assert start > opened.body_length


def test_a_straight_quotation_mark_finds_curly_ones(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, '"quoted"')

    assert marked(window) == ["“quoted”"]


def test_a_hit_across_a_mark_is_found(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "in the middle of a")

    assert marked(window) == ["in the middle of a"]


def test_escape_returns_to_where_one_was(qtbot: QtBot, window: MainWindow) -> None:
    window.page.go_to(5000, landing=False)
    before, line = where(window), first_line(window)
    type_words(qtbot, window, "Nobody marks this note")
    assert first_line(window) != line

    key(window, Qt.Key.Key_Escape)

    assert where(window) == pytest.approx(before, abs=A_PIXEL)
    assert first_line(window) == line
    assert window.page.hasFocus()
    assert marked(window) == []
    assert not part(window, FindBar).isVisible()


def test_escape_returns_from_a_hit_gone_on_to_and_forward_leads_to_it(qtbot: QtBot, window: MainWindow) -> None:
    window.page.go_to(5000, landing=False)
    before = where(window)
    type_words(qtbot, window, "Nobody marks this note")
    key(window, Qt.Key.Key_F3)
    at_hit = where(window)

    key(window, Qt.Key.Key_Escape)
    returned = where(window)
    act(window, "forward")

    assert returned == pytest.approx(before, abs=A_PIXEL)
    assert where(window) == pytest.approx(at_hit, abs=A_PIXEL)


def test_back_leads_from_where_the_find_began_to_the_place_before_it(qtbot: QtBot, window: MainWindow) -> None:
    first = where(window)
    window.reading.go_to(5000)
    type_words(qtbot, window, "Nobody marks this note")
    key(window, Qt.Key.Key_F3)
    key(window, Qt.Key.Key_Escape)

    act(window, "back")

    assert where(window) == pytest.approx(first, abs=A_PIXEL)


def test_escape_in_the_page_returns_too(qtbot: QtBot, window: MainWindow) -> None:
    window.page.go_to(5000, landing=False)
    before = where(window)
    type_words(qtbot, window, "Nobody marks this note")
    window.page.setFocus()

    key(window, Qt.Key.Key_Escape)

    assert where(window) == pytest.approx(before, abs=A_PIXEL)
    assert not part(window, FindBar).isVisible()


def test_the_cross_stays_at_the_hit_and_back_leads_to_where_one_was(qtbot: QtBot, window: MainWindow) -> None:
    window.page.go_to(5000, landing=False)
    before = where(window)
    bar = type_words(qtbot, window, "Nobody marks this note")
    at_hit = where(window)

    bar.close_button.click()
    stayed = where(window)
    act(window, "back")

    assert stayed == pytest.approx(at_hit, abs=A_PIXEL)
    assert where(window) == pytest.approx(before, abs=A_PIXEL)


def test_a_find_that_led_nowhere_leaves_no_way_back(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "No such words")

    bar.close_button.click()

    assert not window.reading.trail.can_go_back


def test_escape_returns_to_where_the_article_was_opened_that_came_meanwhile(
    qtbot: QtBot, desk: Desk, window: MainWindow
) -> None:
    window.page.go_to(5000, landing=False)
    type_words(qtbot, window, "ferry")
    window.open_article(desk.add(RIVER.replace("The river and", "Another river and"), "other.md"))
    key(window, Qt.Key.Key_F3)

    part(window, FindBar).given_up.emit()

    assert window.page.verticalScrollBar().value() == 0


def test_what_is_selected_is_searched_at_once(window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    start = text.string.index("“quoted”")
    window.page.select_range(start, start + 8)

    bar = open_bar(window)

    assert bar.field.text() == "“quoted”"
    assert bar.count.text() == "1 of 1"


def test_a_single_letter_marks_nothing_yet(qtbot: QtBot, window: MainWindow) -> None:
    type_words(qtbot, window, "ca")
    bar = part(window, FindBar)

    QTest.keyClick(bar.field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: marked(window) == [])

    assert bar.field.text() == "c"


def test_another_article_is_searched_for_the_same_words(qtbot: QtBot, desk: Desk, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "ferry")
    many = bar.count.text()

    window.open_article(desk.add(SHORT, "short.md"))

    assert many != "1 of 1"
    assert bar.count.text() == "1 of 1"
    assert marked(window) == ["ferry"]


def test_hits_outlive_another_size_and_theme(qtbot: QtBot, window: MainWindow) -> None:
    bar = type_words(qtbot, window, "First 2")

    act(window, "larger")
    act(window, "theme_dark")
    act(window, "theme_light")

    assert bar.count.text() == "1 of 1"
    assert marked(window) == ["First 2"]


@pytest.mark.parametrize("words", ["(", "[a-", "\\", "*", "👩‍🚀", "%s", "a" * 2000])
def test_whatever_is_typed_is_looked_for_as_it_is(window: MainWindow, words: str) -> None:
    bar = open_bar(window)
    bar.field.setText(words)

    QTest.keyClick(bar.field, Qt.Key.Key_Return)

    assert bar.count.text() == "No places"


def test_find_next_without_a_bar_opens_it(window: MainWindow) -> None:
    key(window, Qt.Key.Key_F3)

    assert part(window, FindBar).isVisible()


def test_ten_thousand_hits_in_one_paragraph_are_painted_only_where_they_are_seen(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.window(article=desk.add("# Long\n\n" + "a word of many " * 10_000, "long.md"))
    type_words(qtbot, window, "word")
    painted: list[tuple[int, int]] = []
    painter = window.page._painter
    hit = painter._hit

    def counted(*arguments: object, **more: object) -> None:
        painted.append((0, 0))
        hit(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(painter, "_hit", counted)
    window.page.viewport().repaint()

    assert 0 < len(painted) < 1000


# -- in a book -------------------------------------------------------------------------------------


@pytest.fixture
def book_window(desk: Desk) -> MainWindow:
    """A window that reads a text too long to be searched between two frames."""
    sentence = "The ferry crossed the river at dawn, and nobody could say who had paid for it. "
    chapters = [
        f"## Chapter {number}\n\n{sentence * 60}\n\nThe lamp number {number} was lit.\n" for number in range(120)
    ]
    return desk.window(article=desk.add("# A long book\n\n" + "\n".join(chapters)))


def test_in_a_book_the_first_hit_is_seen_before_all_are_counted(qtbot: QtBot, book_window: MainWindow) -> None:
    finding = book_window.rooms.side_room.finding
    finding.open()

    finding.find(FindQuery("lamp number 99"))
    seen = book_window.page._marking.current_hit()
    counted_at_once = finding._hits is not None
    qtbot.waitUntil(lambda: finding._hits is not None)

    assert seen is not None
    assert not counted_at_once
    assert len(finding._hits or ()) == 1


def test_in_a_book_the_hits_are_listed_when_no_letter_follows(qtbot: QtBot, book_window: MainWindow) -> None:
    finding = book_window.rooms.side_room.finding
    finding.open()

    with qtbot.waitSignal(finding.listed) as listed:
        finding.find(FindQuery("lamp"))

    assert listed.args is not None
    assert listed.args[1] == 120


def test_in_a_book_the_next_hit_is_known_even_before_all_are_counted(qtbot: QtBot, book_window: MainWindow) -> None:
    finding = book_window.rooms.side_room.finding
    finding.open()
    finding.find(FindQuery("lamp"))

    finding.next()

    assert finding._current == 1
