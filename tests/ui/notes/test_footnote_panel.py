"""The pane of all footnotes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.theme import Theme
from reader.ui.notes.model import FootnoteKind, FootnoteModel, FootnoteRole
from reader.ui.notes.panel import FootnotePanel, FootnoteRow

TWICE = FootnoteRow(
    "a", "1", "A note on cafés.", ("The first sentence.", "The second one."), (10, 40), 500, "Beginnings"
)
UNMARKED = FootnoteRow("b", "2", "A note that stands alone.", (), (), 520, "Endings")
NOTELESS = FootnoteRow("c", "3", "", ("Here is a mark.",), (70,), -1, "Endings")
ROWS = (TWICE, UNMARKED, NOTELESS)


@pytest.fixture
def model(qapp: object) -> FootnoteModel:
    made = FootnoteModel()
    made.show_notes(ROWS)
    return made


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> FootnotePanel:
    made = FootnotePanel()
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(320, 640)
    made.show_notes(ROWS)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def rows(model: FootnoteModel) -> list[tuple[FootnoteKind, str]]:
    indices = [model.index(number, 0) for number in range(model.rowCount())]
    return [(index.data(FootnoteRole.KIND), index.data()) for index in indices]


def click(panel: FootnotePanel, row: int) -> None:
    middle = panel.list.visualRect(panel.list.model().index(row, 0)).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(middle))


def test_it_is_a_sound_model(model: FootnoteModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_each_note_stands_with_the_sentences_that_carry_it(model: FootnoteModel) -> None:
    assert rows(model)[:4] == [
        (FootnoteKind.SECTION, "Beginnings"),
        (FootnoteKind.NOTE, "A note on cafés."),
        (FootnoteKind.SENTENCE, "The first sentence."),
        (FootnoteKind.SENTENCE, "The second one."),
    ]


def test_a_note_without_a_mark_says_so(model: FootnoteModel) -> None:
    assert rows(model)[5:7] == [
        (FootnoteKind.NOTE, "A note that stands alone."),
        (FootnoteKind.UNMARKED, "No mark in the text points to this note."),
    ]


def test_a_mark_without_a_note_says_so(model: FootnoteModel) -> None:
    assert rows(model)[7:] == [
        (FootnoteKind.NOTE, "The text has this mark, but no note for it."),
        (FootnoteKind.SENTENCE, "Here is a mark."),
    ]


def test_a_filter_looks_into_notes_and_sentences_and_ignores_accents(model: FootnoteModel) -> None:
    model.filter("cafe second")

    assert [text for _, text in rows(model)] == [
        "Beginnings",
        "A note on cafés.",
        "The first sentence.",
        "The second one.",
    ]


def test_a_screen_reader_hears_the_label_with_the_text(model: FootnoteModel) -> None:
    spoken = [model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) for row in (1, 2)]

    assert spoken == ["Note 1: A note on cafés.", "Mark 1: The first sentence."]


def test_a_note_leads_to_the_note(panel: FootnotePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.note_chosen) as chosen:
        click(panel, 1)

    assert chosen.args == ["a"]


def test_a_sentence_leads_to_its_own_mark(panel: FootnotePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        click(panel, 3)

    assert chosen.args == [40]


def test_a_mark_without_a_note_leads_to_the_mark(panel: FootnotePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.mark_chosen) as chosen, qtbot.assertNotEmitted(panel.note_chosen):
        click(panel, 7)

    assert chosen.args == [70]


def test_the_keyboard_walks_from_the_filter_through_the_notes(panel: FootnotePanel, qtbot: QtBot) -> None:
    panel.focus_field()
    qtbot.keyClick(panel.field, Qt.Key.Key_Down)
    qtbot.keyClick(panel.list, Qt.Key.Key_Down)

    with qtbot.waitSignal(panel.mark_chosen) as chosen:
        qtbot.keyClick(panel.list, Qt.Key.Key_Return)

    assert chosen.args == [10]


def test_escape_empties_the_filter_before_it_hides_the_pane(panel: FootnotePanel, qtbot: QtBot) -> None:
    panel.focus_field()
    qtbot.keyClicks(panel.field, "alone")

    with qtbot.assertNotEmitted(panel.hide_requested):
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    with qtbot.waitSignal(panel.hide_requested):
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape)


def test_a_filter_that_finds_nothing_says_so(panel: FootnotePanel, qtbot: QtBot) -> None:
    panel.focus_field()

    qtbot.keyClicks(panel.field, "zzz")

    assert panel._empty.isVisible()
    assert panel._empty.text() == "No note has these words."


def test_a_text_without_notes_has_no_filter(panel: FootnotePanel) -> None:
    panel.show_notes(())

    assert not panel.field.isVisible()
    assert panel._empty.text() == "This text has no footnotes."


def test_the_note_that_is_open_is_the_current_row(panel: FootnotePanel) -> None:
    panel.show_current("b")

    assert panel.list.currentIndex().data() == "A note that stands alone."
