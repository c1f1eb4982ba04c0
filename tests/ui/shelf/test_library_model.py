"""The readings of the library as rows, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from msgspec import structs
from PySide6.QtCore import QLocale, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.library import ShelfEntry
from reader.ui.shelf.model import LibraryModel, LibraryRole, Sorting, dragged_ids, prepare
from reader.ui.shelf.phrases import begun, minutes_left, percent_of
from reader.ui.shelf.scopes import Part, Scope, counted
from tests.ui.shelf_entries import BRIDGE, EARLIER_NOTES, FERRY, MILL, NOTES, SHELF, TODAY, day, entry


@pytest.fixture(autouse=True)
def british(qapp: object) -> Iterator[None]:
    """The way Britons write dates."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def model() -> LibraryModel:
    made = LibraryModel(lambda: TODAY)
    made.show_entries(SHELF)
    return made


def shown(model: LibraryModel) -> list[int]:
    return [model.index(row, 0).data(LibraryRole.ENTRY).id for row in range(model.rowCount())]


def said(one: ShelfEntry, role: int) -> str:
    made = LibraryModel(lambda: TODAY)
    made.show_entries((one,))
    return str(made.index(0, 0).data(role))


class TestRows:
    def test_the_model_is_sound(self, model: LibraryModel, qtmodeltester: ModelTester) -> None:
        qtmodeltester.check(model)

    def test_a_reading_that_only_went_on_keeps_its_row(self, model: LibraryModel, qtbot: QtBot) -> None:
        read_on = entry(1, "The Ferry", "Anna Reed", share=0.75, read=day(10))

        with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
            model.show_entries((read_on, *SHELF[1:]))

        assert model.index(0, 0).data(LibraryRole.PERCENT) == "75 %"

    def test_a_reading_without_a_title_is_called_untitled(self) -> None:
        assert said(entry(1, " \n"), Qt.ItemDataRole.DisplayRole) == "Untitled"

    def test_the_row_of_an_article_is_found(self, model: LibraryModel) -> None:
        assert model.row_of(3).row() == 2
        assert not model.row_of(99).isValid()


class TestOrder:
    def test_at_first_the_last_opened_stand_first_as_the_shelf_gives_them(self, model: LibraryModel) -> None:
        assert shown(model) == [1, 2, 3, 4, 5]

    def test_by_title_without_articles_and_with_numbers_as_numbers(self, model: LibraryModel) -> None:
        model.sort_by(Sorting.TITLE)

        assert shown(model) == [BRIDGE.id, FERRY.id, MILL.id, EARLIER_NOTES.id, NOTES.id]

    def test_by_the_last_name_of_the_author_and_those_without_one_last(self, model: LibraryModel) -> None:
        model.sort_by(Sorting.AUTHOR)

        assert shown(model) == [MILL.id, BRIDGE.id, FERRY.id, NOTES.id, EARLIER_NOTES.id]

    def test_by_when_they_were_added_the_newest_first(self, model: LibraryModel) -> None:
        model.sort_by(Sorting.ADDED)

        assert shown(model) == [NOTES.id, EARLIER_NOTES.id, BRIDGE.id, MILL.id, FERRY.id]

    def test_the_order_stays_when_the_shelf_is_shown_again(self, model: LibraryModel) -> None:
        model.sort_by(Sorting.ADDED)

        model.show_entries(SHELF[:3])

        assert shown(model) == [BRIDGE.id, MILL.id, FERRY.id]


class TestFilter:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("ferry", [1]),
            ("FERRY reed", [1]),
            ("emile", [2]),
            ("zoe", [3]),
            ("week", [4, 5]),
            ("ferry weir", []),
            ("  ", [1, 2, 3, 4, 5]),
        ],
    )
    def test_every_word_is_looked_for_in_title_and_authors(
        self, model: LibraryModel, query: str, found: list[int]
    ) -> None:
        model.filter(query)

        assert shown(model) == found

    def test_it_knows_how_many_there_are_in_all(self, model: LibraryModel) -> None:
        model.filter("ferry")

        assert (model.rowCount(), model.total, model.filtered) == (1, 5, True)

    def test_order_and_filter_go_together(self, model: LibraryModel) -> None:
        model.filter("week")

        model.sort_by(Sorting.TITLE)

        assert shown(model) == [EARLIER_NOTES.id, NOTES.id]

    def test_a_new_title_is_found(self, model: LibraryModel) -> None:
        model.filter("harbour")

        model.show_entries((entry(1, "The Harbour"), *SHELF[1:]))

        assert shown(model) == [1]


class TestColumns:
    @pytest.mark.parametrize(
        ("one", "told"),
        [
            (FERRY, "Anna Reed, 2021"),
            (BRIDGE, "Carl Émile and Bo Berg"),
            (NOTES, "2 min"),
            (entry(9, "T", written="1852"), "1852"),
            (entry(9, "T", "A", written="2021-12-05"), "A, 5 Dec 2021"),
            (entry(9, "T", "A", written="Spring 1936"), "A, Spring 1936"),
            (entry(9, "T", words=230 * 61), "1 h 01 min"),
        ],
    )
    def test_below_the_title_stands_who_wrote_it_and_when(self, one: ShelfEntry, told: str) -> None:
        assert said(one, LibraryRole.MAKER) == told

    @pytest.mark.parametrize(
        ("one", "told"), [(FERRY, "25 %"), (MILL, "Finished"), (NOTES, "Not started"), (entry(9, "T"), "Not started")]
    )
    def test_progress_is_told(self, one: ShelfEntry, told: str) -> None:
        assert said(one, LibraryRole.PROGRESS) == told

    @pytest.mark.parametrize(
        ("one", "told"),
        [
            (FERRY, "Today"),
            (BRIDGE, "Yesterday"),
            (MILL, "2 Mar"),
            (NOTES, "New"),
            (entry(9, "T", read=datetime(2024, 3, 10, 12, tzinfo=UTC)), "10 Mar 2024"),
        ],
    )
    def test_days_are_told_as_one_says_them(self, one: ShelfEntry, told: str) -> None:
        assert said(one, LibraryRole.WHEN) == told

    @pytest.mark.parametrize(("kind", "told"), [("markdown", "Markdown"), ("text", "Plain text"), ("epub", "EPUB")])
    def test_formats_have_the_names_that_people_use(self, kind: str, told: str) -> None:
        assert said(entry(9, "T", kind=kind), LibraryRole.FORMAT) == told

    @pytest.mark.parametrize(
        ("words", "share", "minutes"),
        [(2300, 0.0, 10), (2300, 0.5, 5), (2300, 0.999, 1), (0, 0.0, 1), (46_000, 0.1, 180)],
    )
    def test_minutes_left_are_at_least_one(self, words: int, share: float, minutes: int) -> None:
        assert minutes_left(entry(9, "T", words=words, share=share)) == minutes

    def test_long_rests_are_told_in_hours(self) -> None:
        assert said(entry(9, "T", words=230 * 125), LibraryRole.LEFT) == "2 h 05 min left"

    def test_only_what_is_finished_is_at_a_hundred_per_cent(self) -> None:
        assert percent_of(entry(9, "T", share=0.9999)) == 99
        assert percent_of(entry(9, "T", share=0.2, finished=True)) == 100

    def test_one_goes_on_with_what_was_opened_and_not_finished(self) -> None:
        assert [begun(one) for one in SHELF] == [True, True, False, False, False]


class TestForTheEar:
    @pytest.mark.parametrize(
        ("one", "sentence"),
        [
            (FERRY, "“The Ferry” by Anna Reed, 25 % read, last opened today."),
            (BRIDGE, "“A Bridge of Stone” by Carl Émile and Bo Berg, 50 % read, last opened yesterday."),
            (MILL, "“Mill and Weir” by Zoë Abel, finished, last opened on 2 Mar."),
            (NOTES, "“Notes, week 10”, new, not started."),
            (entry(9, "{title}", "{percent}"), "“{title}” by {percent}, new, not started."),
            (entry(9, "T", read=day(9), finished=True), "“T”, finished, last opened yesterday."),
            (entry(9, "T", read=day(10), finished=True), "“T”, finished, last opened today."),
            (entry(9, "T", read=day(3), share=0.5), "“T”, 50 % read, last opened on 3 Mar."),
        ],
    )
    def test_a_row_is_one_whole_sentence(self, one: ShelfEntry, sentence: str) -> None:
        assert said(one, Qt.ItemDataRole.AccessibleTextRole) == sentence

    def test_format_and_bookmarks_are_its_description(self) -> None:
        assert said(MILL, Qt.ItemDataRole.AccessibleDescriptionRole) == "Markdown"
        assert said(FERRY, Qt.ItemDataRole.AccessibleDescriptionRole).startswith("Markdown, 5 bookmark")


def test_tags_are_filtered_by_without_accents_and_case() -> None:
    model = LibraryModel(lambda: TODAY)
    model.show_entries((structs.replace(FERRY, tags=("Économie",)), BRIDGE))

    model.filter("economie")

    assert [entry.id for entry in model.rows] == [FERRY.id]


def test_length_and_progress_are_sorted_by() -> None:
    model = LibraryModel(lambda: TODAY)
    model.show_entries(SHELF)

    model.sort_by(Sorting.LENGTH)
    shortest = model.rows[0].id
    model.sort_by(Sorting.PROGRESS)

    assert shortest == NOTES.id
    assert [entry.id for entry in model.rows[:3]] == [MILL.id, BRIDGE.id, FERRY.id]


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (Scope(), [1, 2, 3, 4, 5]),
        (Scope(Part.BEGUN), [1, 2]),
        (Scope(Part.UNREAD), [4, 5]),
        (Scope(Part.FINISHED), [3]),
        (Scope(Part.AUTHOR, "Bo Berg"), [2]),
        (Scope(Part.LANGUAGE, "en"), [1, 2, 3, 4, 5]),
        (Scope(Part.TAG, "water"), [1]),
        (Scope(Part.COLLECTION, 7), [2]),
    ],
)
def test_a_part_of_the_library_is_shown(scope: Scope, ids: list[int]) -> None:
    model = LibraryModel(lambda: TODAY)
    ferry, bridge = structs.replace(FERRY, tags=("water",)), structs.replace(BRIDGE, collections=(7,))
    model.show_entries((ferry, bridge, *SHELF[2:]))

    model.choose(scope)

    assert [entry.id for entry in model.rows] == ids
    assert model.total == len(ids)
    assert counted((ferry, bridge, *SHELF[2:]))[scope] == len(ids)


def test_what_was_prepared_in_another_order_is_shown_in_the_one_that_is_chosen() -> None:
    model = LibraryModel(lambda: TODAY)
    model.sort_by(Sorting.TITLE)

    model.show_prepared(prepare(SHELF, Sorting.OPENED))

    assert [entry.id for entry in model.rows] == [2, 1, 3, 5, 4]


def test_what_is_dragged_tells_its_numbers() -> None:
    model = LibraryModel(lambda: TODAY)
    model.show_entries(SHELF)

    data = model.mimeData([model.index(1, 0), model.index(3, 0)])

    assert dragged_ids(data) == (BRIDGE.id, NOTES.id)
