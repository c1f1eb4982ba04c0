"""The row that narrows a search."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.facets import Facet
from reader.search.narrowing import Limit, limit
from reader.search.nodes import FieldName
from reader.theme import Theme
from reader.ui.isolation import isolated
from reader.ui.search.chips import Chip
from reader.ui.search.panel import ResultGroup, ResultHit, ResultSection, SearchPanel, SearchQuery

AUTHOR, IN, LANGUAGE, TAG = FieldName.AUTHOR, FieldName.IN, FieldName.LANGUAGE, FieldName.TAG


def facet(name: FieldName, value: str, count: int) -> Facet:
    return Facet(limit(name, value), value, count)


FACETS = (
    facet(IN, "TEXT", 30),
    facet(IN, "NOTE", 3),
    facet(LANGUAGE, "de", 12),
    facet(TAG, "exam", 9),
    facet(TAG, "A & B", 2),
    facet(AUTHOR, "Anna Lind", 5),
)
HITS = tuple(ResultHit(7, number, number, "a river", ((2, 7),)) for number in range(3))
FOUND = (ResultGroup(7, "Rivers", (ResultSection("", 3, HITS),)),)
ONE = (ResultGroup(7, "Rivers", (ResultSection("", 1, HITS[:1]),)),)


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> SearchPanel:
    """A panel that shows what was found by “river”, and by what that can be narrowed."""
    made = SearchPanel()
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(640, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.set_query("river")
    made.show_results(FOUND, "3 places")
    made.show_facets(FACETS)
    return made


def row(panel: SearchPanel) -> list[str]:
    """Return the chips from left to right, those that narrow in brackets."""
    chips = sorted((chip for chip in panel.findChildren(Chip) if chip.isVisible()), key=lambda chip: chip.x())
    return [f"[{chip.text()}]" if chip.isChecked() else chip.text() for chip in chips]


def chip(panel: SearchPanel, text: str) -> Chip:
    (found,) = [chip for chip in panel.findChildren(Chip) if chip.text() == text and not chip.isHidden()]
    return found


def menu(panel: SearchPanel) -> list[str]:
    panel.narrowing.more.menu().aboutToShow.emit()
    return [action.text() for action in panel.narrowing.more.menu().actions()]


class TestOffered:
    def test_the_commonest_of_each_kind_stand_in_the_row_in_turn(self, panel: SearchPanel) -> None:
        assert row(panel) == ["Notes", "Deutsch", "#exam", "Anna Lind", "#A & B", "Text"]

    def test_the_menu_has_all_by_kind_with_their_places(self, panel: SearchPanel) -> None:
        assert menu(panel) == [
            *("Where it stands", "Text\t30", "Notes\t3", ""),
            *("Language", "Deutsch\t12", ""),
            *("Tag", "#exam\t9", "#A && B\t2", ""),
            *("Author", "Anna Lind\t5"),
        ]

    def test_in_a_narrow_pane_there_are_as_many_as_have_room(self, panel: SearchPanel) -> None:
        panel.resize(320, 600)

        shown = [each for each in panel.findChildren(Chip) if each.isVisible()]

        assert 2 <= len(shown) < len(FACETS)
        assert max(each.geometry().right() for each in shown) < panel.narrowing.more.x()

    def test_each_says_what_it_leaves_and_how_many_places_that_are(self, panel: SearchPanel) -> None:
        said = [(each.accessibleName(), each.accessibleDescription()) for each in panel.findChildren(Chip)]

        assert ("Only in notes", "3 place(s)") in said
        assert (f"Only in what has the tag “{isolated('exam')}”", "9 place(s)") in said

    def test_where_there_is_nothing_to_choose_the_row_is_empty(self, panel: SearchPanel) -> None:
        panel.show_facets(())

        assert row(panel) == []
        assert not panel.narrowing.more.isVisible()

    def test_a_single_place_has_no_row(self, panel: SearchPanel) -> None:
        panel.show_results(ONE, "1 place")

        assert not panel.narrowing.isVisible()

    def test_in_the_results_of_a_find_there_is_no_row(self, panel: SearchPanel) -> None:
        panel.set_results_only(True)
        panel.show_results(FOUND, "3 places")

        assert not panel.narrowing.isVisible()

    def test_the_list_stays_where_it_is_when_the_counts_come(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.show_facets(())
        before = panel.list.geometry()

        panel.show_facets(FACETS)

        QApplication.sendPostedEvents()
        assert panel.list.geometry() == before

    def test_while_one_types_on_the_chips_stay_until_the_counts_come(self, panel: SearchPanel, qtbot: QtBot) -> None:
        before = row(panel)

        panel.search_for("rivers")
        panel.show_results(FOUND, "")

        assert row(panel) == before


class TestNarrowed:
    def test_a_press_puts_the_limit_into_the_query_and_a_second_takes_it_out(
        self, panel: SearchPanel, qtbot: QtBot
    ) -> None:
        sent: list[SearchQuery] = []
        panel.query_changed.connect(sent.append)

        qtbot.mouseClick(chip(panel, "Notes"), Qt.MouseButton.LeftButton)
        narrowed = row(panel)
        qtbot.mouseClick(chip(panel, "Notes"), Qt.MouseButton.LeftButton)

        assert [query.text for query in sent] == ["river in:notes", "river"]
        assert narrowed == ["[Notes]", "Deutsch", "#exam", "Anna Lind", "#A & B", "Text"]

    def test_a_chip_stays_where_it_is_pressed(self, panel: SearchPanel, qtbot: QtBot) -> None:
        at = chip(panel, "#exam").pos()

        qtbot.mouseClick(chip(panel, "#exam"), Qt.MouseButton.LeftButton)
        panel.show_facets(FACETS[:3])

        assert row(panel) == ["Notes", "Deutsch", "[#exam]", "Text"]
        assert chip(panel, "#exam").pos() == at

    def test_what_is_chosen_from_the_menu_is_seen_in_the_row(self, panel: SearchPanel) -> None:
        panel.resize(320, 600)
        menu(panel)

        panel.narrowing.more.menu().actions()[9].trigger()

        assert panel.field.text() == 'river tag:"A & B"'
        assert "[#A & B]" in row(panel)

    def test_what_narrows_a_kept_search_is_seen_before_anything_is_counted(self, panel: SearchPanel) -> None:
        panel.search_for('sea author:"Ida Berg" lang:fr')

        assert row(panel)[:2] == ["[Ida Berg]", "[Français]"]

    def test_what_narrows_can_be_taken_out_where_nothing_is_found(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.search_for("zephyr in:notes")
        panel.show_results((), "Nothing was found.")
        panel.show_facets(())

        shown = row(panel)
        qtbot.mouseClick(chip(panel, "Notes"), Qt.MouseButton.LeftButton)

        assert shown == ["[Notes]"]
        assert panel.field.text() == "zephyr"

    def test_who_narrowed_types_on_before_the_limits(self, panel: SearchPanel, qtbot: QtBot) -> None:
        qtbot.mouseClick(chip(panel, "Notes"), Qt.MouseButton.LeftButton)

        qtbot.keyClicks(panel.field, "bank")

        assert panel.field.text() == "riverbank in:notes"

    def test_other_words_put_the_limits_first(self, panel: SearchPanel, qtbot: QtBot) -> None:
        qtbot.mouseClick(chip(panel, "#exam"), Qt.MouseButton.LeftButton)

        panel.search_for("sea tag:exam")
        panel.show_facets(FACETS[:3])

        assert row(panel) == ["[#exam]", "Notes", "Deutsch", "Text"]

    def test_in_an_empty_field_nothing_narrows(self, panel: SearchPanel) -> None:
        panel.search_for("sea tag:exam")

        panel.field.clear()
        panel.show_facets(())
        panel.show_results((), "")

        assert not panel.narrowing.isVisible()


class TestKeys:
    def test_tab_leads_from_where_to_search_through_the_row_to_the_list(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.scope.setFocus(Qt.FocusReason.TabFocusReason)

        reached = []
        while panel.focusWidget() is not panel.list:
            qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Tab)
            reached.append(panel.focusWidget())

        assert [each.text() for each in reached if isinstance(each, Chip)] == row(panel)
        assert reached[-2:] == [panel.narrowing.more, panel.list]

    def test_arrows_walk_the_row_and_lead_out_of_it(self, panel: SearchPanel, qtbot: QtBot) -> None:
        chip(panel, "Notes").setFocus(Qt.FocusReason.TabFocusReason)

        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Right)
        right = panel.focusWidget()
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Left)
        left = panel.focusWidget()
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Up)
        up = panel.focusWidget()

        assert (right, left, up) == (chip(panel, "Deutsch"), chip(panel, "Notes"), panel.field)

    def test_the_keyboard_stays_with_the_chip_that_it_pressed(self, panel: SearchPanel, qtbot: QtBot) -> None:
        chip(panel, "Deutsch").setFocus(Qt.FocusReason.TabFocusReason)

        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
        panel.show_results(FOUND, "3 places")
        panel.show_facets(FACETS[:3])

        assert panel.field.text() == "river lang:de"
        assert panel.focusWidget() is chip(panel, "Deutsch")

    def test_where_the_chip_is_gone_the_keyboard_goes_to_the_field(self, panel: SearchPanel) -> None:
        chip(panel, "Deutsch").setFocus(Qt.FocusReason.TabFocusReason)

        panel.show_facets(())

        assert panel.focusWidget() is panel.field


def test_a_limit_that_is_typed_is_one_to_press(panel: SearchPanel, qtbot: QtBot) -> None:
    qtbot.keyClicks(panel.field, " tag:exam")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)

    assert "[#exam]" in row(panel)
    assert panel.narrowing.narrows
    assert Limit(TAG, "exam") == facet(TAG, "Exam", 1).limit
