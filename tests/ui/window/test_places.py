"""Numbered paragraphs: seen beside the text, gone to, and cited."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reader.ui.page.decorations import number_place
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, act, key, message, type_text
from tests.ui.reading_matter import RIVER, SHORT, STORM


@pytest.fixture
def window(desk: Desk) -> MainWindow:
    return desk.window(article=desk.add(RIVER))


def test_the_card_shows_how_the_paragraph_begins_and_enter_goes_there(window: MainWindow) -> None:
    act(window, "paragraph")
    type_text(window.places.card.field, "12")
    beginning = window.places.card.beginning.text()

    key(window, Qt.Key.Key_Return)

    assert beginning.startswith("Second 4.")
    text = window.page.text
    assert text is not None
    start = text.string.index("Second 4.")
    assert window.page.first_offset() <= start <= window.page.last_offset()
    assert not window.places.card.isVisible()
    assert window.focusWidget() is window.page
    assert window.commands["back"].isEnabled()


def test_escape_leaves_the_card_and_the_place(window: MainWindow) -> None:
    act(window, "paragraph")
    type_text(window.places.card.field, "12")

    key(window, Qt.Key.Key_Escape)

    assert window.page.first_offset() == 0
    assert window.focusWidget() is window.page


def test_a_number_that_there_is_not_is_said_and_leads_nowhere(window: MainWindow) -> None:
    act(window, "paragraph")
    type_text(window.places.card.field, "900")

    key(window, Qt.Key.Key_Return)

    assert window.places.card.isVisible()
    assert window.places.card.beginning.text() == "There is no such paragraph: they are numbered from 1 to 27."


def test_a_reference_names_author_title_year_and_paragraph(window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    start = text.string.index("First 2.")
    window.page.select_range(start, start + 20)

    act(window, "copy_reference")

    assert QGuiApplication.clipboard().text() == "Anna Reed, “The river and its ferry”, 2021, paragraph 3"
    assert "paragraph 3" in message(window)


def test_a_selection_over_several_paragraphs_is_cited_from_the_first_to_the_last(window: MainWindow) -> None:
    text = window.page.text
    assert text is not None
    window.page.select_range(text.string.index("First 2."), text.string.index("First 4.") + 3)

    act(window, "copy_reference")

    assert QGuiApplication.clipboard().text().endswith("paragraphs 3–5")


def test_what_is_not_known_of_a_text_is_left_out_of_the_reference(desk: Desk) -> None:
    window = desk.window(article=desk.add(SHORT))

    act(window, "copy_reference")

    assert QGuiApplication.clipboard().text() == "“A short text”, paragraph 1"


def test_the_choice_of_numbers_is_kept_for_the_next_start(desk: Desk) -> None:
    article = desk.add(STORM)
    window = desk.window(article=article)
    act(window, "paragraph_numbers")
    desk.close(window)

    again = desk.window(article=article)

    assert not again.commands["paragraph_numbers"].isChecked()


def test_numbers_change_what_is_painted(qtbot: QtBot, window: MainWindow) -> None:
    with_numbers = window.page.grab().toImage()

    act(window, "paragraph_numbers")

    assert window.page.grab().toImage() != with_numbers


@pytest.mark.parametrize("left", [4.0, 24.0, 40.0, 200.0])
@pytest.mark.parametrize("bookmarked", [False, True])
@pytest.mark.parametrize("scale", [1.0, 2.5])
def test_a_number_is_never_lost_out_of_the_view_or_under_a_bookmark(
    left: float, bookmarked: bool, scale: float
) -> None:
    line = QRectF(left, 300, 500, 28)

    place = number_place("12345", line, 0, scale, bookmarked=bookmarked)

    assert place.area.left() >= 0
    assert place.within or place.area.right() <= left - (36 if bookmarked else 5)
    assert not place.within or place.area.bottom() <= line.top() + 2
