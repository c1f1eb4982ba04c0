"""Notes beside their marks: hovering, clicking, keys, notes within notes."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reader.ui.notes.footnotes import GRACE_MS, OPEN_MS
from reader.ui.notes.popup import FootnotePopup
from reader.ui.window.command_palette import CommandPalette
from reader.ui.window.main_window import FOOT, HEAD, MainWindow
from tests.ui.desk import Desk, Pointer, act, action, has_keyboard, in_window, key, part
from tests.ui.reading_matter import RIVER


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(RIVER))


@pytest.fixture
def pointer(window: MainWindow) -> Pointer:
    made = Pointer(window)
    made.move_away(window.page)
    return made


def mark(window: MainWindow, note: str, number: int = 0) -> int:
    """Return the offset of a note's mark, the first unless another one is named."""
    opened = window.reading.article
    assert opened is not None
    return opened.marks()[note][number].offset


def popups(window: MainWindow) -> tuple[FootnotePopup, ...]:
    return window.rooms.footnotes.popups


def hover(qtbot: QtBot, window: MainWindow, pointer: Pointer, note: str) -> FootnotePopup:
    pointer.move_to_mark(window.page, mark(window, note), note)
    qtbot.waitUntil(lambda: len(popups(window)) == 1)
    return popups(window)[0]


def card(window: MainWindow, popup: FootnotePopup) -> QRect:
    return in_window(window, popup, popup.rect())


# -- hovering --------------------------------------------------------------------------------------


def test_a_note_opens_300_ms_after_the_pointer_came_to_its_mark(
    qtbot: QtBot, window: MainWindow, pointer: Pointer
) -> None:
    pointer.move_to_mark(window.page, mark(window, "one"), "one")

    waiting = window.rooms.footnotes._opening
    assert OPEN_MS == 300
    assert waiting.interval() == OPEN_MS
    assert waiting.isActive()
    assert popups(window) == ()
    qtbot.waitUntil(lambda: len(popups(window)) == 1)


def test_a_note_shows_its_number_and_its_whole_formatted_text(
    qtbot: QtBot, window: MainWindow, pointer: Pointer
) -> None:
    popup = hover(qtbot, window, pointer, "one")

    assert popup.note is not None
    assert popup.note.label == "1"
    assert popup.note.spoken.startswith("The first note. It leads on.")
    assert popup.view.toPlainText().startswith("The first note. It leads on.2\nIt has a second paragraph")


def test_a_pointer_that_only_passes_a_mark_opens_nothing(window: MainWindow, pointer: Pointer) -> None:
    pointer.move_to_mark(window.page, mark(window, "one"), "one")
    pointer.move_away(window.page)

    assert not window.rooms.footnotes._opening.isActive()
    assert popups(window) == ()


def test_a_note_closes_when_the_pointer_went_away_and_the_grace_is_over(
    qtbot: QtBot, window: MainWindow, pointer: Pointer
) -> None:
    hover(qtbot, window, pointer, "one")

    pointer.move_away(window.page)

    grace = window.rooms.footnotes._grace
    assert GRACE_MS == 300
    assert grace.interval() == GRACE_MS
    assert grace.isActive()
    assert len(popups(window)) == 1
    qtbot.waitUntil(lambda: popups(window) == ())


def test_a_pointer_that_travels_into_the_note_keeps_it_open(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    popup = hover(qtbot, window, pointer, "one")

    pointer.move_away(window.page)
    pointer.move_into(popup)

    assert not window.rooms.footnotes._grace.isActive()
    assert popups(window) == (popup,)


def test_a_pointer_that_leaves_the_note_lets_it_close(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    popup = hover(qtbot, window, pointer, "one")
    pointer.move_into(popup)

    pointer.move_away(window.page)

    qtbot.waitUntil(lambda: popups(window) == ())


def test_a_pointer_that_comes_back_to_the_mark_keeps_the_note_open(
    qtbot: QtBot, window: MainWindow, pointer: Pointer
) -> None:
    popup = hover(qtbot, window, pointer, "one")
    pointer.move_away(window.page)

    pointer.move_to_mark(window.page, mark(window, "one"), "one")

    assert not window.rooms.footnotes._grace.isActive()
    assert popups(window) == (popup,)


def test_hovering_can_be_switched_off(window: MainWindow, pointer: Pointer) -> None:
    action(window, "popups").setChecked(False)

    pointer.move_to_mark(window.page, mark(window, "one"), "one")

    assert not window.rooms.footnotes._opening.isActive()


def test_a_mark_is_let_go_of_when_the_pointer_goes_to_the_scroll_bar(window: MainWindow, pointer: Pointer) -> None:
    page, heard = window.page, []
    page.mark_hovered.connect(heard.append)
    pointer.move_to_mark(page, mark(window, "one"), "one")

    pointer.move(page.verticalScrollBar(), page.verticalScrollBar().rect().center())

    assert [hit is None for hit in heard] == [False, True]


def test_a_mark_is_let_go_of_when_the_pointer_goes_to_another_pane(window: MainWindow, pointer: Pointer) -> None:
    page, heard = window.page, []
    page.mark_hovered.connect(heard.append)
    pointer.move_to_mark(page, mark(window, "one"), "one")

    pointer.move(window.rooms.tool_bar, window.rooms.tool_bar.rect().center())

    assert [hit is None for hit in heard] == [False, True]


def test_another_mark_takes_the_place_of_the_note_that_is_open(
    qtbot: QtBot, window: MainWindow, pointer: Pointer
) -> None:
    hover(qtbot, window, pointer, "one")
    key(window, Qt.Key.Key_Escape)
    window.page.go_to(mark(window, "two"))
    first = hover(qtbot, window, pointer, "two")

    pointer.move_to_mark(window.page, mark(window, "lost"), "lost")
    qtbot.waitUntil(lambda: bool(popups(window)) and popups(window)[0] is not first)

    assert len(popups(window)) == 1


# -- its place -------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1000, 700), (420, 360), (1400, 500)])
@pytest.mark.parametrize("below_top", [60, 200, 1000])
def test_a_note_neither_covers_its_mark_nor_leaves_the_window(
    window: MainWindow, size: tuple[int, int], below_top: int
) -> None:
    window.resize(*size)
    offset = mark(window, "two")
    window.page.go_to(offset, landing=False)
    bar = window.page.verticalScrollBar()
    top = window.page.viewport().mapFromGlobal(window.page.mark_rect(offset, "two").topLeft()).y()
    bar.setValue(bar.value() + top - min(below_top, window.page.viewport().height() - 40))

    place = window.page.mark_rect(offset, "two")
    window.page.focus_mark(offset, "two")
    key(window, Qt.Key.Key_Return)

    popup = popups(window)[0]
    beside = card(window, popup)
    assert not beside.intersects(QRect(window.mapFromGlobal(place.topLeft()), place.size()))
    assert window.panes.geometry().contains(beside)


def test_a_long_note_is_no_higher_than_two_fifths_of_the_window_and_scrolls(window: MainWindow) -> None:
    opened = window.reading.article
    assert opened is not None
    from reader.ui.page.anchored import MarkHit

    popup = window.rooms.footnotes.open(
        MarkHit("unused", 0, QRect(window.mapToGlobal(QPoint(400, 200)), QRect(0, 0, 8, 16).size()))
    )

    assert popup is not None
    assert popup.rect().height() <= 0.4 * window.panes.height() + 1
    assert popup.view.verticalScrollBar().maximum() > 0


def test_what_is_beside_the_card_stays_in_reach_of_the_pointer(
    qtbot: QtBot, window: MainWindow, pointer: Pointer
) -> None:
    hover(qtbot, window, pointer, "one")

    pointer.click_mark(window.page, mark(window, "one"), "one")

    assert popups(window)[0].pinned


def test_a_note_moves_along_when_the_page_is_scrolled(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    window.page.go_to(mark(window, "two"))
    popup = hover(qtbot, window, pointer, "two")
    before = card(window, popup).top()

    window.page.verticalScrollBar().setValue(window.page.verticalScrollBar().value() + 20)

    assert popups(window) == (popup,)
    assert card(window, popup).top() == before - 20


def test_a_note_whose_mark_left_the_view_closes(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    hover(qtbot, window, pointer, "one")

    window.page.verticalScrollBar().setValue(5000)

    assert popups(window) == ()


# -- clicking and keys -----------------------------------------------------------------------------


def test_a_click_opens_at_once_and_pins(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    pointer.click_mark(window.page, mark(window, "one"), "one")

    (popup,) = popups(window)
    assert popup.pinned
    pointer.move_away(window.page)
    assert not window.rooms.footnotes._grace.isActive()


def test_a_click_elsewhere_closes_a_pinned_note(window: MainWindow, pointer: Pointer) -> None:
    pointer.click_mark(window.page, mark(window, "one"), "one")

    pointer.click(window.page.viewport(), QPoint(4, window.page.viewport().height() - 4))

    assert popups(window) == ()


@pytest.mark.parametrize("name", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_opens_the_note_and_goes_into_it(window: MainWindow, name: Qt.Key) -> None:
    key(window, Qt.Key.Key_Tab)

    key(window, name)

    (popup,) = popups(window)
    assert popup.pinned
    assert popup.view.hasFocus()


def test_escape_closes_the_note_and_gives_the_focus_back_to_its_mark(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)

    key(window, Qt.Key.Key_Escape)

    assert popups(window) == ()
    assert has_keyboard(window.page)
    focused = window.page.focused_mark
    assert focused is not None
    assert (focused.key, focused.offset) == ("one", mark(window, "one"))


def test_escape_on_a_button_of_the_note_gives_the_focus_back_too(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    popups(window)[0]._close.setFocus()

    key(window, Qt.Key.Key_Escape)

    assert popups(window) == ()
    assert has_keyboard(window.page)


def test_escape_closes_a_note_that_only_hovers(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    hover(qtbot, window, pointer, "one")

    key(window, Qt.Key.Key_Escape)

    assert popups(window) == ()
    assert window.page.hasFocus()


def test_escape_closes_all_notes_within_notes_at_once(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    assert len(popups(window)) == 2

    key(window, Qt.Key.Key_Escape)

    assert popups(window) == ()
    assert window.page.focused_mark is not None
    assert window.page.focused_mark.key == "one"


def test_closing_by_the_button_gives_the_focus_back(window: MainWindow, pointer: Pointer) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    popup = popups(window)[0]

    pointer.click(popup._close, popup._close.rect().center())

    assert popups(window) == ()
    assert has_keyboard(window.page)
    assert window.page.focused_mark is not None


def test_a_resized_window_closes_the_note_and_keeps_the_keyboard_at_its_mark(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)

    window.resize(900, 600)

    assert popups(window) == ()
    assert window.page.hasFocus()


def test_another_theme_closes_the_note_and_keeps_the_keyboard_in_the_page(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)

    act(window, "theme_dark")

    assert popups(window) == ()
    assert window.page.hasFocus()


# -- notes within notes ----------------------------------------------------------------------------


def nested(window: MainWindow) -> int:
    """Return the offset of the mark within the first note."""
    return mark(window, "two", 2)


def test_a_mark_within_a_note_opens_beside_it_on_hovering(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    outer = hover(qtbot, window, pointer, "one")
    pointer.move_into(outer)

    pointer.move_to_mark(outer.view, nested(window), "two")
    qtbot.waitUntil(lambda: len(popups(window)) == 2)

    inner = popups(window)[1]
    assert inner.note is not None
    assert inner.note.spoken == "The second note is short."
    place = outer.view.mark_rect(nested(window), "two")
    assert not card(window, inner).intersects(QRect(window.mapFromGlobal(place.topLeft()), place.size()))


def test_a_pointer_in_the_inner_note_keeps_both_open(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    outer = hover(qtbot, window, pointer, "one")
    pointer.move_to_mark(outer.view, nested(window), "two")
    qtbot.waitUntil(lambda: len(popups(window)) == 2)

    pointer.move_into(popups(window)[1])

    assert not window.rooms.footnotes._grace.isActive()
    assert len(popups(window)) == 2


def test_leaving_the_inner_note_for_nowhere_closes_both(qtbot: QtBot, window: MainWindow, pointer: Pointer) -> None:
    outer = hover(qtbot, window, pointer, "one")
    pointer.move_to_mark(outer.view, nested(window), "two")
    qtbot.waitUntil(lambda: len(popups(window)) == 2)
    pointer.move_into(popups(window)[1])

    pointer.move_away(window.page)

    qtbot.waitUntil(lambda: popups(window) == ())


def test_going_back_to_the_outer_note_closes_the_inner_one_only(
    qtbot: QtBot, window: MainWindow, pointer: Pointer
) -> None:
    outer = hover(qtbot, window, pointer, "one")
    pointer.move_to_mark(outer.view, nested(window), "two")
    qtbot.waitUntil(lambda: len(popups(window)) == 2)
    pointer.move_into(popups(window)[1])

    pointer.move(outer, QPoint(6, 6))

    qtbot.waitUntil(lambda: popups(window) == (outer,))


# -- what a note offers ----------------------------------------------------------------------------


def test_a_mark_without_a_note_says_so_kindly(window: MainWindow, pointer: Pointer) -> None:
    window.page.go_to(mark(window, "lost"))

    pointer.click_mark(window.page, mark(window, "lost"), "lost")

    (popup,) = popups(window)
    assert popup.view.toPlainText() == "The text marks a note here, but the note itself is missing."
    assert not popup._go.isEnabled()
    assert not popup._copy.isEnabled()


def test_go_to_note_and_back_leads_to_ones_own_mark_with_the_focus_on_it(window: MainWindow, pointer: Pointer) -> None:
    own = mark(window, "one", 1)
    pointer.click_mark(window.page, own, "one")
    before = window.page.verticalScrollBar().value()
    popup = popups(window)[0]

    pointer.click(popup._go, popup._go.rect().center())
    at_note = window.page.verticalScrollBar().value()
    key(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert at_note > before
    assert window.page.verticalScrollBar().value() == before
    assert has_keyboard(window.page)
    focused = window.page.focused_mark
    assert focused is not None
    assert (focused.key, focused.offset) == ("one", own)


def test_going_to_a_note_by_keyboard_leaves_the_keyboard_in_the_page(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    popups(window)[0]._go.setFocus()

    key(window, Qt.Key.Key_Space)

    assert popups(window) == ()
    assert window.page.hasFocus()


def test_a_note_that_is_copied_is_its_words_alone(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)

    popups(window)[0]._copy.click()

    words = QGuiApplication.clipboard().text()
    assert words == "The first note. It leads on.\nIt has a second paragraph, and a link in a note."


def test_what_is_selected_in_a_note_is_copied_without_numbers(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    popup = popups(window)[0]
    assert has_keyboard(popup.view)
    popup.view.selectAll()

    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    assert QGuiApplication.clipboard().text().startswith("The first note. It leads on.\nIt has")


def test_links_in_a_note_are_followed(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda url: given.append(url.toString()) or True)
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Tab)

    key(window, Qt.Key.Key_Return)

    assert given == ["https://example.org/note"]


def test_each_note_leads_back_to_each_of_its_marks(window: MainWindow) -> None:
    opened = window.reading.article
    assert opened is not None
    note = opened.note_offset("one")
    assert note is not None
    window.page.go_to(note)
    targets = [anchor.target for anchor in window.page._ring()._anchors if anchor.target.startswith("place:")]

    assert targets[:2] == [f"place:{mark(window, 'one', 0)}", f"place:{mark(window, 'one', 1)}"]


def test_the_mark_whose_note_is_open_is_ringed(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    ringed = window.page._marking.shown.popup_mark

    key(window, Qt.Key.Key_Escape)

    assert ringed is not None
    assert window.page._marking.shown.popup_mark is None


def test_a_note_has_a_name_and_its_words_for_the_ear(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)

    (popup,) = popups(window)
    assert popup.accessibleName() == "Note 1"
    assert popup.accessibleDescription().startswith("The first note.")


def test_another_article_closes_the_notes_of_the_one_before(desk: Desk, window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)

    window.open_article(desk.add("# Other\n\nWords.[^1]\n\n[^1]: A note.\n", "other.md"))

    assert popups(window) == ()
    assert window.page.hasFocus()


def test_the_palette_of_commands_outlives_the_note_it_was_opened_from(qtbot: QtBot, window: MainWindow) -> None:
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    view = popups(window)[0].view
    act(window, "palette")
    window.resize(900, 650)
    qtbot.waitUntil(lambda: not shiboken6.isValid(view))

    key(window, Qt.Key.Key_Escape)

    assert not part(window, CommandPalette).isVisible()


def test_a_note_of_one_line_is_one_line_high(desk: Desk) -> None:
    window = desk.window(article=desk.add("# A text\n\nIt has a note.[^a]\n\n[^a]: A ferryman’s day began at four.\n"))
    key(window, Qt.Key.Key_Tab)

    key(window, Qt.Key.Key_Return)

    (popup,) = popups(window)
    line = popup.view.document().size().height()
    assert popup.view.document().lineCount() == 1
    assert popup.view.height() < 1.5 * line


def test_a_note_that_nearly_fits_is_shown_whole(desk: Desk) -> None:
    words = " ".join(["Words of a note that is neither short nor long."] * 7)
    window = desk.window((900, 560), desk.add(f"# A text\n\nIt has a note.[^note]\n\n[^note]: {words}\n"))
    from reader.ui.page.anchored import MarkHit

    popup = window.rooms.footnotes.open(
        MarkHit("note", 0, QRect(window.mapToGlobal(QPoint(400, 120)), QRect(0, 0, 8, 16).size()))
    )

    assert popup is not None
    assert popup.rect().height() > 0.4 * (560 - HEAD - FOOT)
    assert popup.view.verticalScrollBar().maximum() == 0
