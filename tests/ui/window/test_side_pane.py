"""The pane at the right."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.theme import Theme
from reader.ui.notes.panel import FootnoteRow
from reader.ui.window.side_pane import SidePane


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> SidePane:
    made = SidePane()
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(320, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def test_it_begins_with_search(pane: SidePane) -> None:
    assert pane.current() == "search"
    assert pane.search.isVisible()


@pytest.mark.parametrize("name", ["search", "annotations", "footnotes"])
def test_it_shows_the_panel_of_a_name(pane: SidePane, name: str) -> None:
    pane.show_pane(name)

    assert pane.current() == name
    assert pane.segments.chosen() == name
    assert getattr(pane, name).isVisible()


def test_there_is_no_other_panel(pane: SidePane) -> None:
    with pytest.raises(KeyError):
        pane.show_pane("weather")


def test_a_person_changes_panels_by_the_arrow_keys(pane: SidePane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.pane_shown) as shown:
        qtbot.keyClick(pane.segments, Qt.Key.Key_Right)

    assert shown.args == ["annotations"]
    assert pane.annotations.isVisible()


def test_it_can_be_hidden_from_each_panel(pane: SidePane, qtbot: QtBot) -> None:
    for panel in (pane.search, pane.annotations, pane.footnotes):
        with qtbot.waitSignal(pane.hide_requested):
            panel.hide_requested.emit()


def test_the_keyboard_starts_at_the_field_of_a_panel(pane: SidePane) -> None:
    pane.footnotes.show_notes((FootnoteRow("a", "1", "Text.", (), (), 5),))
    pane.show_pane("footnotes")

    pane.focus_pane()

    assert pane.footnotes.field.hasFocus()
