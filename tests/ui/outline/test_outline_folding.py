"""What is folded, given to the outline from elsewhere."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.outline.panel import OutlinePanel
from tests.ui.outline.test_outline_panel import LONG, SMALL, shown, tree

NUMBERS = (4, 2, 1, 1, 3)


@pytest.fixture
def panel(qtbot: QtBot) -> OutlinePanel:
    made = OutlinePanel()
    qtbot.addWidget(made)
    made.show_outline(SMALL, NUMBERS, NUMBERS)
    return made


def test_one_after_the_other_is_folded_and_unfolded(panel: OutlinePanel) -> None:
    panel.set_folded(frozenset({1}))
    first = shown(panel)
    panel.set_folded(frozenset({0, 1}))
    second = shown(panel)
    panel.set_folded(frozenset({0}))
    panel.set_folded(frozenset())

    assert first == ["Beginnings", "Café society", "Streets", "Endings"]
    assert second == ["Beginnings", "Endings"]
    assert len(shown(panel)) == 5


def test_what_following_had_opened_is_folded_again_by_the_next_change(panel: OutlinePanel) -> None:
    panel.set_folded(frozenset({0, 1}))
    panel.show_progress(2, (0.0,) * 5)
    opened = "Counters" in shown(panel)

    panel.show_progress(4, (0.0,) * 5)
    panel.set_folded(frozenset({0}))

    assert opened
    assert shown(panel) == ["Beginnings", "Endings"]


def test_very_many_are_folded_at_once(panel: OutlinePanel) -> None:
    panel.show_outline(LONG, (1,) * 200, tuple(range(200)))

    panel.set_folded(frozenset(range(200)))

    assert shown(panel) == [f"Section {number}" for number in range(0, 200, 10)]


def test_folding_all_leaves_a_title_open_that_stands_above_all(panel: OutlinePanel) -> None:
    panel.show_outline(tree((1, "Title"), (2, "One"), (3, "Below one"), (2, "Two")), (1,) * 4, tuple(range(4)))

    panel.fold_all()

    assert shown(panel) == ["Title", "One", "Two"]
    assert panel.folded() == {1, 2, 3}
