"""What was found, in this reading or in the whole library."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.search.query import parse
from reader.theme import Theme
from reader.ui.search.beginning import KeptLine, KeptSearch
from reader.ui.search.model import BATCH, RowKind, SearchModel, SearchRole
from reader.ui.search.panel import ResultGroup, ResultHit, ResultSection, SearchPanel, SearchQuery


def hit(offset: int, text: str = "…elected one delegate for every thousand…") -> ResultHit:
    return ResultHit(7, 3, offset, text, ((13, 21),))


RESULTS = (
    ResultGroup(
        7,
        "Councils",
        (ResultSection("Beginnings", 12, (hit(100), hit(140))), ResultSection("Endings", 1, (hit(900),))),
    ),
    ResultGroup(8, "Streets", (ResultSection("", 1, (ResultHit(8, 0, 5, "a delegate", ((2, 10),)),)),)),
)
MANY = (ResultGroup(7, "Councils", (ResultSection("Beginnings", 900, tuple(hit(n) for n in range(900))),)),)

KEPT = (KeptSearch("a", "lighthouse"), KeptSearch("b", "title:river"))


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> SearchPanel:
    made = SearchPanel()
    qtbot.addWidget(made)
    made.set_theme(theme)
    made.resize(320, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def opened(panel: SearchPanel) -> list[QAction]:
    """Return what is in the menu of ways to search, as it is when it opens."""
    menu = panel.ways.menu()
    menu.aboutToShow.emit()
    return menu.actions()


def rows(model: SearchModel) -> list[tuple[RowKind, str, int]]:
    indices = [model.index(row, 0) for row in range(model.rowCount())]
    return [(i.data(SearchRole.KIND), i.data(), i.data(SearchRole.COUNT)) for i in indices]


class TestModel:
    def test_it_is_sound(self, qapp: object, qtmodeltester: ModelTester) -> None:
        model = SearchModel()
        model.show_results(MANY, with_articles=True)

        qtmodeltester.check(model)

    def test_places_stand_below_their_section_and_article_with_counts(self, qapp: object) -> None:
        model = SearchModel()

        model.show_results(RESULTS, with_articles=True)

        text = "…elected one delegate for every thousand…"
        assert rows(model) == [
            (RowKind.ARTICLE, "Councils", 13),
            (RowKind.SECTION, "Beginnings", 12),
            (RowKind.HIT, text, 1),
            (RowKind.HIT, text, 1),
            (RowKind.SECTION, "Endings", 1),
            (RowKind.HIT, text, 1),
            (RowKind.ARTICLE, "Streets", 1),
            (RowKind.HIT, "a delegate", 1),
        ]

    def test_only_places_can_be_chosen(self, qapp: object) -> None:
        model = SearchModel()
        model.show_results(RESULTS, with_articles=True)

        chosen = [bool(model.index(r, 0).flags() & Qt.ItemFlag.ItemIsSelectable) for r in range(4)]

        assert chosen == [False, False, True, True]

    def test_a_place_tells_where_it_is_to_a_screen_reader(self, qapp: object) -> None:
        model = SearchModel()
        model.show_results(RESULTS, with_articles=True)

        index = model.index(2, 0)

        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "…elected one delegate for every thousand…"
        assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Councils, Beginnings"

    def test_many_places_come_in_portions(self, qapp: object) -> None:
        model = SearchModel()
        model.show_results(MANY, with_articles=False)

        first = model.rowCount()
        model.fetchMore(model.index(-1, -1))

        assert (first, model.rowCount()) == (BATCH, 2 * BATCH)

    def test_a_place_far_down_is_fetched_when_one_goes_to_it(self, qapp: object) -> None:
        model = SearchModel()
        model.show_results(MANY, with_articles=False)

        index = model.index_of_hit(300)

        assert index.data(SearchRole.HIT).offset == 300

    def test_there_is_no_place_beyond_the_last(self, qapp: object) -> None:
        model = SearchModel()
        model.show_results(RESULTS, with_articles=False)

        assert not model.index_of_hit(4).isValid()


class TestQuery:
    def test_words_are_searched_once_after_the_last_key(self, panel: SearchPanel, qtbot: QtBot) -> None:
        sent: list[SearchQuery] = []
        panel.query_changed.connect(sent.append)

        qtbot.keyClicks(panel.field, "two words")
        qtbot.waitUntil(lambda: bool(sent))

        assert sent == [SearchQuery("two words", this_reading=False)]

    def test_enter_searches_at_once(self, panel: SearchPanel, qtbot: QtBot) -> None:
        qtbot.keyClicks(panel.field, "words")

        with qtbot.waitSignal(panel.query_changed, timeout=60) as sent:
            qtbot.keyClick(panel.field, Qt.Key.Key_Return)

        assert sent.args == [SearchQuery("words", this_reading=False)]

    def test_clearing_the_field_is_a_query_too(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.set_query("words")

        with qtbot.waitSignal(panel.query_changed) as sent:
            panel.field.clear()

        assert sent.args == [SearchQuery("", this_reading=False)]

    def test_a_query_set_by_the_program_is_silent(self, panel: SearchPanel, qtbot: QtBot) -> None:
        with qtbot.assertNotEmitted(panel.query_changed):
            panel.set_query("words", this_reading=True)

        assert panel.query() == SearchQuery("words", this_reading=True)

    def test_where_to_search_is_chosen_from_a_menu(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.set_query("words")

        with qtbot.waitSignal(panel.query_changed) as sent:
            panel.scope.menu().actions()[1].trigger()

        assert sent.args == [SearchQuery("words", this_reading=True)]
        assert panel.scope.text() == "This reading"

    def test_with_the_find_bar_open_there_is_no_second_field(self, panel: SearchPanel) -> None:
        panel.set_results_only(True)

        assert not panel.field.isVisible()
        assert not panel.scope.isVisible()


class TestResults:
    def test_a_click_asks_for_the_place(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.show_results(RESULTS, "14 places", "")
        middle = panel.list.visualRect(panel.list.model().index(3, 0)).center()

        with qtbot.waitSignal(panel.hit_chosen) as chosen:
            QTest.mouseClick(
                panel.list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(middle)
            )

        assert chosen.args == [hit(140)]

    def test_down_leads_from_the_field_to_the_first_place(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.show_results(RESULTS, "14 places", "")
        panel.focus_field()

        qtbot.keyClick(panel.field, Qt.Key.Key_Down)

        assert panel.list.hasFocus()
        assert panel.list.currentIndex().data(SearchRole.HIT) == hit(100)

    def test_arrows_skip_headers_and_enter_asks_for_the_place(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.show_results(RESULTS, "14 places", "")
        panel.list.enter()
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)
        qtbot.keyClick(panel.list, Qt.Key.Key_Down)

        with qtbot.waitSignal(panel.hit_chosen) as chosen:
            qtbot.keyClick(panel.list, Qt.Key.Key_Return)

        assert chosen.args == [hit(900)]

    def test_up_on_the_first_place_leads_back_to_the_field(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.show_results(RESULTS, "14 places", "")
        panel.list.enter()

        qtbot.keyClick(panel.list, Qt.Key.Key_Up)

        assert panel.field.hasFocus()

    def test_enter_in_the_field_goes_to_the_first_place(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.set_query("delegate")
        panel.show_results(RESULTS, "14 places", "")

        with qtbot.waitSignal(panel.hit_chosen) as chosen:
            qtbot.keyClick(panel.field, Qt.Key.Key_Return)

        assert chosen.args == [hit(100)]

    def test_the_place_that_is_current_in_the_page_is_current_here(self, panel: SearchPanel) -> None:
        panel.show_results(RESULTS, "14 places", "")

        panel.show_current(2)

        assert panel.list.currentIndex().data(SearchRole.HIT) == hit(900)

    def test_in_one_reading_its_title_is_not_repeated(self, panel: SearchPanel) -> None:
        panel.set_query("delegate", this_reading=True)

        panel.show_results(RESULTS[:1], "13 places", "")

        assert panel.list.model().index(0, 0).data() == "Beginnings"

    def test_nothing_found_shows_the_hint(self, panel: SearchPanel) -> None:
        panel.show_results((), "No places", "Try fewer words.")

        assert panel._empty.isVisible()
        assert panel._empty.text() == "Try fewer words."

    def test_with_the_find_bar_open_and_empty_it_says_what_will_be_here(self, panel: SearchPanel) -> None:
        panel.set_results_only(True)

        panel.show_results((), "", "")

        assert panel._empty.text() == "Every place of what you type above the page is listed here."

    def test_what_is_said_in_place_of_a_list_is_said_once(self, panel: SearchPanel) -> None:
        panel.show_results((), "Nothing was found.", "")

        assert panel._empty.text() == "Nothing was found."
        assert panel.summary.text() == ""

    def test_before_a_search_it_tells_what_can_be_typed(self, panel: SearchPanel) -> None:
        assert panel._empty.isVisible()
        assert "“Quotation marks” find a phrase" in panel._empty.text()

    def test_a_search_that_goes_on_is_seen(self, panel: SearchPanel) -> None:
        panel.show_busy(True)
        seen = panel._busy.isVisible()
        panel.show_busy(False)

        assert seen
        assert not panel._busy.isVisible()


def test_escape_asks_to_hide_the_pane(panel: SearchPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.hide_requested):
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape)


class TestBeginning:
    def test_a_query_that_finds_more_is_offered_and_searched_for_by_a_key(
        self, panel: SearchPanel, qtbot: QtBot
    ) -> None:
        panel.set_query("lihgthouse")
        panel.show_results((), "Nothing was found.")
        panel.suggest("lighthouse")
        panel.focus_field()
        qtbot.keyClick(panel.field, Qt.Key.Key_Down)

        with qtbot.waitSignal(panel.query_changed) as sent:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

        assert panel._empty.suggestion.accessibleName() == "Did you mean “lighthouse”?"
        assert sent.args == [SearchQuery("lighthouse", this_reading=False)]

    def test_what_was_offered_goes_with_the_answer_it_belongs_to(self, panel: SearchPanel) -> None:
        panel.show_results((), "Nothing was found.")
        panel.suggest("lighthouse")

        panel.show_results((), "Nothing was found.")

        assert not panel._empty.suggestion.isVisible()

    def test_kept_searches_are_listed_while_nothing_is_typed(self, panel: SearchPanel) -> None:
        panel.show_kept(KEPT)
        at_first = [line.button.text() for line in panel._empty.findChildren(KeptLine) if line.isVisible()]

        panel.set_query("walrus")
        panel.show_results((), "Nothing was found.")

        assert at_first == ["lighthouse", "title:river"]
        assert not any(line.isVisible() for line in panel._empty.findChildren(KeptLine))

    def test_enter_runs_a_kept_search(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.show_kept(KEPT)
        panel.focus_field()
        qtbot.keyClick(panel.field, Qt.Key.Key_Down)

        with qtbot.waitSignal(panel.query_changed) as sent:
            qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

        assert sent.args == [SearchQuery("lighthouse", this_reading=False)]
        assert panel.field.text() == "lighthouse"

    def test_a_search_that_is_forgotten_leaves_the_keyboard_with_the_next_one(
        self, panel: SearchPanel, qtbot: QtBot
    ) -> None:
        panel.show_kept(KEPT)
        panel._empty._lines[0].forget.setFocus()

        with qtbot.waitSignal(panel.forget_requested) as asked:
            qtbot.keyClick(panel._empty._lines[0].forget, Qt.Key.Key_Space)
        panel.show_kept(KEPT[1:])
        then = QApplication.focusWidget()
        panel.show_kept(())

        assert asked.args == ["a"]
        assert isinstance(then, QWidget)
        assert then.accessibleName() == "Keep “title:river” no longer"
        assert panel.field.hasFocus()


class TestWays:
    def test_what_is_typed_is_kept_and_kept_no_longer(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.show_kept(KEPT)
        panel.set_query(" dawn ")
        keep = opened(panel)[0]

        with qtbot.waitSignal(panel.keep_requested) as kept:
            keep.trigger()
        panel.show_kept((*KEPT, KeptSearch("c", "dawn")))
        is_kept = opened(panel)[0].isChecked()
        with qtbot.waitSignal(panel.forget_requested) as forgotten:
            keep.trigger()

        assert kept.args == ["dawn"]
        assert is_kept
        assert forgotten.args == ["c"]

    def test_the_menu_is_one_tab_from_the_field(self, panel: SearchPanel, qtbot: QtBot) -> None:
        panel.focus_field()

        qtbot.keyClick(panel.field, Qt.Key.Key_Tab)
        first = panel.ways.hasFocus()
        qtbot.keyClick(panel.ways, Qt.Key.Key_Tab)

        assert first
        assert panel.scope.hasFocus()

    def test_an_empty_field_is_nothing_to_keep(self, panel: SearchPanel) -> None:
        assert not opened(panel)[0].isEnabled()

    @pytest.mark.parametrize(
        ("example", "typed", "text", "caret"),
        [
            ('"two words"', "dark sea", '"dark sea"', 10),
            ('"two words"', "", '""', 1),
            ("begin*", "light", "light*", 6),
            ("title:", "river", "title:river", 11),
            ("tag:", "river", "river tag:", 10),
        ],
    )
    def test_a_way_is_put_around_what_is_typed(
        self, panel: SearchPanel, example: str, typed: str, text: str, caret: int
    ) -> None:
        panel.set_query(typed)
        (way,) = [action for action in opened(panel) if action.text().endswith(f"\t{example}")]

        way.trigger()

        assert (panel.field.text(), panel.field.cursorPosition()) == (text, caret)
        assert panel.field.hasFocus()

    @pytest.mark.parametrize("at", range(2, 14))
    def test_every_example_is_understood(self, panel: SearchPanel, at: int) -> None:
        panel.set_query("river")

        opened(panel)[at].trigger()
        caret = panel.field.cursorPosition()
        if panel.field.text()[caret - 1] in " :-5":
            panel.field.insert("sea")
        understood = parse(panel.field.text())

        assert understood.hint == ""
        assert understood.sought
        assert set(understood.words).isdisjoint({"or", "near", "title", "author", "in", "headings", "tag", "lang"})
