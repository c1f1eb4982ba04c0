"""The outline beside the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.article.model import Block, BlockKind
from reader.article.outline import Section, outline
from reader.theme import Theme
from reader.ui.outline.model import OutlineModel
from reader.ui.outline.panel import OutlinePanel
from reader.ui.outline.view import OutlineView


def tree(*headings: tuple[int, str]) -> Section:
    blocks = []
    for level, title in headings:
        blocks += [Block(BlockKind.HEADING, title, level=level), Block(BlockKind.PARAGRAPH, "…")]
    return outline(blocks)


SMALL = tree((1, "Beginnings"), (2, "Café society"), (3, "Counters"), (2, "Streets"), (1, "Endings"))
LONG = tree(*[(1 if number % 10 == 0 else 2, f"Section {number}") for number in range(200)])


@pytest.fixture
def pause() -> QTimer:
    """The pause of following; a test ends it by its signal, not by waiting."""
    timer = QTimer()
    timer.setInterval(600_000)
    return timer


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, pause: QTimer) -> OutlinePanel:
    made = OutlinePanel(pause=pause)
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(264, 400)
    made.show_outline(SMALL, (4, 2, 1, 1, 3), (0, 20, 40, 60, 80))
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def view(panel: OutlinePanel) -> OutlineView:
    return panel.findChild(OutlineView)


def model(panel: OutlinePanel) -> OutlineModel:
    return panel.findChild(OutlineModel)


def shown(panel: OutlinePanel) -> list[object]:
    """The titles that can be seen by scrolling: those of no folded section."""
    found, index = [], model(panel).index(0, 0)
    while index.isValid():
        found.append(index.data())
        index = view(panel).indexBelow(index)
    return found


def in_view(panel: OutlinePanel, number: int) -> bool:
    rect = view(panel).visualRect(model(panel).index_of(number))
    return view(panel).viewport().rect().contains(rect.center())


def click(panel: OutlinePanel, number: int, x: int = 120) -> None:
    rect = view(panel).visualRect(model(panel).index_of(number))
    QTest.mouseClick(
        view(panel).viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(x, rect.center().y())
    )


def test_a_new_outline_is_unfolded(panel: OutlinePanel) -> None:
    assert shown(panel) == ["Beginnings", "Café society", "Counters", "Streets", "Endings"]


def test_a_click_on_a_row_asks_for_its_heading(panel: OutlinePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.target_chosen) as chosen:
        click(panel, 3)

    assert chosen.args == [60]


def test_enter_asks_for_the_heading_of_the_current_row(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.focus_outline()
    qtbot.keyClick(view(panel), Qt.Key.Key_Down)

    with qtbot.waitSignal(panel.target_chosen) as chosen:
        qtbot.keyClick(view(panel), Qt.Key.Key_Return)

    assert chosen.args == [20]


def test_typing_letters_finds_a_row(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.focus_outline()

    qtbot.keyClicks(view(panel), "str")

    assert view(panel).currentIndex().data() == "Streets"


def test_left_folds_and_right_unfolds_the_current_row(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.focus_outline()

    qtbot.keyClick(view(panel), Qt.Key.Key_Left)
    folded = shown(panel)
    qtbot.keyClick(view(panel), Qt.Key.Key_Right)

    assert folded == ["Beginnings", "Endings"]
    assert len(shown(panel)) == 5


def test_left_on_a_section_with_none_below_it_folds_nothing_and_goes_to_the_one_around_it(
    panel: OutlinePanel, qtbot: QtBot
) -> None:
    panel.focus_outline()
    qtbot.keyClick(view(panel), Qt.Key.Key_Down)
    qtbot.keyClick(view(panel), Qt.Key.Key_Down)
    before = view(panel).currentIndex().data()

    with qtbot.assertNotEmitted(panel.folding_changed):
        qtbot.keyClick(view(panel), Qt.Key.Key_Left)

    assert before == "Counters"
    assert view(panel).currentIndex().data() == "Café society"


def test_a_click_on_the_sign_folds_and_goes_nowhere(panel: OutlinePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(panel.target_chosen), qtbot.waitSignal(panel.folding_changed) as folding:
        click(panel, 0, x=20)

    assert folding.args == [frozenset({0})]
    assert shown(panel) == ["Beginnings", "Endings"]


def test_what_was_folded_is_folded_again(panel: OutlinePanel) -> None:
    panel.set_folded(frozenset({1}))

    assert panel.folded() == frozenset({1})
    assert shown(panel) == ["Beginnings", "Café society", "Streets", "Endings"]


def test_a_section_without_others_below_it_stays_folded_for_the_page(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.set_folded(frozenset({1, 4}))

    with qtbot.waitSignal(panel.folding_changed) as folding:
        click(panel, 0, x=20)

    assert folding.args == [frozenset({0, 1, 4})]
    assert shown(panel) == ["Beginnings", "Endings"]


def test_folding_to_a_level_shows_what_is_above_it(panel: OutlinePanel) -> None:
    panel.fold_to(2)

    assert shown(panel) == ["Beginnings", "Café society", "Streets", "Endings"]


def test_fold_all_and_unfold_all(panel: OutlinePanel) -> None:
    panel.fold_to(1)
    folded = shown(panel)
    panel.unfold_all()

    assert folded == ["Beginnings", "Endings"]
    assert len(shown(panel)) == 5


def test_a_text_without_headings_says_so(panel: OutlinePanel) -> None:
    panel.show_outline(tree(), (), ())

    assert not view(panel).isVisible()
    assert panel._empty.isVisible()
    assert panel._empty.text() == "This text has no headings, so there is nothing to list here."


class TestFollowing:
    def test_it_opens_what_is_above_the_section_being_read(self, panel: OutlinePanel) -> None:
        panel.set_folded(frozenset({0, 1}))

        panel.show_progress(2, (0.0,) * 5)

        assert "Counters" in shown(panel)

    def test_what_it_opened_does_not_change_what_a_person_keeps_folded(self, panel: OutlinePanel) -> None:
        panel.set_folded(frozenset({0, 1}))

        panel.show_progress(2, (0.0,) * 5)

        assert panel.folded() == frozenset({0, 1})

    def test_it_folds_again_what_it_opened_when_one_reads_on(self, panel: OutlinePanel) -> None:
        panel.set_folded(frozenset({0, 1}))
        panel.show_progress(2, (0.0,) * 5)

        panel.show_progress(4, (1.0, 1.0, 1.0, 1.0, 0.0))

        assert shown(panel) == ["Beginnings", "Endings"]

    def test_it_brings_the_section_into_view(self, panel: OutlinePanel) -> None:
        panel.show_outline(LONG, (1,) * 200, tuple(range(200)))

        panel.show_progress(150, (0.0,) * 200)

        assert in_view(panel, 150)

    def test_it_does_not_scroll_to_a_section_that_is_in_view(self, panel: OutlinePanel) -> None:
        panel.show_outline(LONG, (1,) * 200, tuple(range(200)))
        panel.show_progress(150, (0.0,) * 200)
        before = view(panel).verticalScrollBar().value()

        panel.show_progress(152, (0.0,) * 200)

        assert view(panel).verticalScrollBar().value() == before

    def test_it_pauses_while_a_person_browses(self, panel: OutlinePanel, qtbot: QtBot) -> None:
        panel.show_outline(LONG, (1,) * 200, tuple(range(200)))
        panel.focus_outline()
        qtbot.keyClick(view(panel), Qt.Key.Key_Down)

        panel.show_progress(150, (0.0,) * 200)

        assert not in_view(panel, 150)

    def test_it_goes_on_after_the_pause(self, panel: OutlinePanel, pause: QTimer, qtbot: QtBot) -> None:
        panel.show_outline(LONG, (1,) * 200, tuple(range(200)))
        panel.focus_outline()
        qtbot.keyClick(view(panel), Qt.Key.Key_Down)
        panel.show_progress(150, (0.0,) * 200)

        pause.start(0)

        qtbot.waitUntil(lambda: in_view(panel, 150))

    def test_choosing_a_section_ends_the_pause(self, panel: OutlinePanel, pause: QTimer, qtbot: QtBot) -> None:
        click(panel, 3)

        assert not pause.isActive()

    def test_the_keyboard_starts_at_the_section_being_read(self, panel: OutlinePanel) -> None:
        panel.show_progress(3, (0.0,) * 5)

        panel.focus_outline()

        assert view(panel).currentIndex().data() == "Streets"


class TestFilter:
    def test_it_shows_matches_and_what_is_above_them(self, panel: OutlinePanel, qtbot: QtBot) -> None:
        panel.focus_filter()

        qtbot.keyClicks(panel._field, "cafe")

        assert shown(panel) == ["Beginnings", "Café society"]

    def test_it_looks_into_folded_sections(self, panel: OutlinePanel, qtbot: QtBot) -> None:
        panel.set_folded(frozenset({0, 1}))
        panel.focus_filter()

        qtbot.keyClicks(panel._field, "count")

        assert shown(panel) == ["Beginnings", "Café society", "Counters"]

    def test_escape_ends_it_and_brings_back_what_was_folded(self, panel: OutlinePanel, qtbot: QtBot) -> None:
        panel.set_folded(frozenset({1}))
        panel.focus_filter()
        qtbot.keyClicks(panel._field, "count")

        qtbot.keyClick(panel._field, Qt.Key.Key_Escape)

        assert shown(panel) == ["Beginnings", "Café society", "Streets", "Endings"]
        assert panel.folded() == frozenset({1})
        assert not panel._field.isVisible()

    def test_enter_leads_from_the_field_to_the_first_row(self, panel: OutlinePanel, qtbot: QtBot) -> None:
        panel.focus_filter()
        qtbot.keyClicks(panel._field, "end")

        qtbot.keyClick(panel._field, Qt.Key.Key_Return)

        assert view(panel).currentIndex().data() == "Endings"


def test_escape_in_the_tree_asks_to_hide_the_pane(panel: OutlinePanel, qtbot: QtBot) -> None:
    panel.focus_outline()

    with qtbot.waitSignal(panel.hide_requested):
        qtbot.keyClick(view(panel), Qt.Key.Key_Escape)
