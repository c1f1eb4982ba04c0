"""The start page of the window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QAction, QFontMetricsF, QHelpEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QMenu,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from reader.library import ShelfEntry
from reader.store.fingerprint import OPENING_CHARACTERS
from reader.theme import NAMES, Theme, load
from reader.ui.plurals import EnglishPlurals
from reader.ui.shelf.cards import cards_in
from reader.ui.shelf.model import LibraryModel, LibraryRole
from reader.ui.shelf.page import LibraryPage
from reader.ui.shelf.phrases import DAYS_IN_BIN, first_words
from reader.ui.shelf.rows import INSET, NARROW, ROW, WIDE, columns_of
from reader.ui.shelf.shelf_list import ShelfList
from tests.ui.shelf_entries import BRIDGE, FERRY, MILL, NOTES, SHELF, day, entry

Show = Callable[..., LibraryPage]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, theme: Theme) -> Show:
    def shown(entries: tuple[ShelfEntry, ...] = SHELF, size: tuple[int, int] = (1100, 700)) -> LibraryPage:
        page = LibraryPage()
        qtbot.addWidget(page)
        page.set_theme(theme)
        page.resize(*size)
        page.show_entries(entries)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        # Until the rows have been given their room.
        qtbot.waitUntil(lambda: not entries or page.shelf.widget().height() > len(entries) * ROW)
        return page

    return shown


@pytest.fixture
def page(show: Show) -> LibraryPage:
    return show()


@pytest.fixture
def english(qapp: QApplication) -> object:
    plurals = EnglishPlurals(qapp)
    qapp.installTranslator(plurals)
    yield plurals
    qapp.removeTranslator(plurals)


def ids(shown: ShelfList) -> list[int]:
    model = shown.model()
    return [model.index(row, 0).data(LibraryRole.ENTRY).id for row in range(model.rowCount())]


def current(shown: ShelfList) -> int | None:
    found = shown.currentIndex().data(LibraryRole.ENTRY)
    return None if found is None else found.id


def middle(shown: ShelfList, row: int) -> QPoint:
    return shown.visualRect(shown.model().index(row, 0)).center()


def key(widget: QWidget, name: Qt.Key) -> None:
    QTest.keyClick(widget, name)


def field(page: LibraryPage) -> QLineEdit:
    return page.shelf.header.field


def action_of(menu: QMenu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


def asked_ids(asked: SignalBlocker) -> list[int]:
    (entries,) = asked.args
    return [each.id for each in entries]


def many(count: int) -> tuple[ShelfEntry, ...]:
    return tuple(entry(number, f"Reading {number}", "Anna Reed") for number in range(1, count + 1))


class TestWhatIsShown:
    def test_all_readings_stand_in_the_list(self, page: LibraryPage) -> None:
        assert ids(page.shelf.list) == [1, 2, 3, 4, 5]

    def test_what_was_begun_stands_on_cards(self, page: LibraryPage) -> None:
        assert ids(page.shelf.cards) == [FERRY.id, BRIDGE.id]

    def test_there_are_three_cards_at_most(self, show: Show) -> None:
        page = show(tuple(entry(number, "T", read=day(number)) for number in range(1, 9)), (1340, 700))

        assert ids(page.shelf.cards) == [1, 2, 3]

    def test_without_anything_begun_there_is_no_place_for_cards(self, show: Show) -> None:
        page = show((MILL, NOTES))

        assert not page.shelf.cards.isVisible()

    def test_the_number_of_readings_is_told(self, english: object, show: Show) -> None:
        assert show().shelf.count.text() == "5 readings"
        assert show((FERRY,)).shelf.count.text() == "1 reading"

    def test_an_empty_library_is_one_zone_with_two_ways_on(self, show: Show, qtbot: QtBot) -> None:
        page = show(())

        assert page.zone.isVisible()
        assert not page.shelf.isVisible()
        with qtbot.waitSignal(page.add_requested):
            page.zone.add.click()
        with qtbot.waitSignal(page.edition_requested):
            page.zone.edition.click()

    def test_a_first_reading_takes_the_place_of_the_zone(self, show: Show) -> None:
        page = show(())

        page.show_entries((FERRY,))

        assert page.shelf.isVisible()
        assert not page.zone.isVisible()

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
    def test_it_paints_in_every_theme_and_direction(self, show: Show, name: str, direction: Qt.LayoutDirection) -> None:
        page = show((*SHELF, entry(6, "تاریخ: " * 30, "لئون"), entry(7, "word " * 300, read=day(1))))
        page.setLayoutDirection(direction)

        page.set_theme(load(name))

        assert not page.grab().isNull()


class TestRoom:
    @pytest.mark.parametrize(("width", "cards"), [(1340, 3), (1100, 2), (800, 2), (420, 1)])
    def test_cards_leave_where_the_window_is_narrow(self, show: Show, width: int, cards: int) -> None:
        begun = tuple(entry(number, "T", read=day(number)) for number in range(1, 5))

        page = show(begun, (width, 600))

        assert len(ids(page.shelf.cards)) == cards

    def test_a_window_made_wider_brings_them_back(self, show: Show, qtbot: QtBot) -> None:
        page = show(tuple(entry(number, "T", read=day(number)) for number in range(1, 5)), (420, 600))

        page.resize(1340, 600)

        qtbot.waitUntil(lambda: len(ids(page.shelf.cards)) == 3)

    @pytest.mark.parametrize("width", [1100, 800, 420])
    def test_nothing_reaches_beyond_the_window(self, show: Show, qtbot: QtBot, width: int) -> None:
        page = show(size=(width, 600))

        field(page).setText("ferry")

        content = page.shelf.widget()
        qtbot.waitUntil(lambda: content.width() == page.shelf.viewport().width() <= width)
        assert content.minimumSizeHint().width() <= content.width()

    def test_the_sentence_of_an_empty_library_stands_in_one_line_of_a_narrow_window(self, show: Show) -> None:
        page = show((), (420, 600))

        sentence = page.zone.sentence
        assert sentence.height() < 2 * sentence.fontMetrics().lineSpacing()

    def test_columns_drop_out_one_after_the_other(self) -> None:
        wide, medium, narrow = columns_of(WIDE), columns_of(NARROW), columns_of(NARROW - 1)

        assert None not in wide
        assert (medium.format, medium.bookmarks, medium.when) == (None, None, None)
        assert narrow.title_end / (NARROW - 1) > medium.title_end / NARROW

    def test_cards_are_wide_enough_for_their_words(self) -> None:
        assert [cards_in(width) for width in (1000, 860, 859, 560, 559, 300)] == [3, 3, 2, 2, 1, 1]

    def test_ten_thousand_rows_are_laid_out_and_only_those_in_view_painted(
        self, show: Show, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = show(many(10_000))
        painted: list[int] = []
        delegate = page.shelf.list.itemDelegate()
        monkeypatch.setattr(delegate, "paint", lambda _painter, _option, index: painted.append(index.row()))

        page.grab()

        assert page.shelf.list.height() == 10_000 * ROW
        assert len(set(painted)) <= 700 // ROW + 2


class TestChoosing:
    def test_a_click_on_a_row_opens_it(self, page: LibraryPage, qtbot: QtBot) -> None:
        with qtbot.waitSignal(page.article_chosen) as chosen:
            QTest.mouseClick(page.shelf.list.viewport(), Qt.MouseButton.LeftButton, pos=middle(page.shelf.list, 2))

        assert chosen.args == [MILL.id]

    def test_a_click_on_a_card_opens_it(self, page: LibraryPage, qtbot: QtBot) -> None:
        with qtbot.waitSignal(page.article_chosen) as chosen:
            QTest.mouseClick(page.shelf.cards.viewport(), Qt.MouseButton.LeftButton, pos=middle(page.shelf.cards, 1))

        assert chosen.args == [BRIDGE.id]

    def test_enter_opens_the_current_row(self, page: LibraryPage, qtbot: QtBot) -> None:
        page.focus_list()
        key(page.shelf.list, Qt.Key.Key_Down)

        with qtbot.waitSignal(page.article_chosen) as chosen:
            key(page.shelf.list, Qt.Key.Key_Return)

        assert chosen.args == [BRIDGE.id]

    def test_the_focus_goes_to_the_first_reading_and_the_page_stays_at_its_top(self, show: Show) -> None:
        page = show(size=(420, 300))

        page.focus_list()

        assert page.shelf.list.hasFocus()
        assert current(page.shelf.list) == FERRY.id
        assert page.shelf.verticalScrollBar().value() == 0

    def test_in_an_empty_library_the_focus_goes_to_the_first_way_on(self, show: Show) -> None:
        page = show(())

        page.focus_list()

        assert page.zone.add.hasFocus()

    def test_adding_is_asked_for_by_the_button(self, page: LibraryPage, qtbot: QtBot) -> None:
        with qtbot.waitSignal(page.add_requested):
            page.shelf.header.add.click()


class TestWalking:
    def test_arrows_lead_from_the_field_over_the_cards_to_the_rows_and_back(self, page: LibraryPage) -> None:
        field(page).setFocus()
        key(field(page), Qt.Key.Key_Down)
        assert page.shelf.cards.hasFocus()
        key(page.shelf.cards, Qt.Key.Key_Right)
        assert current(page.shelf.cards) == BRIDGE.id
        key(page.shelf.cards, Qt.Key.Key_Down)
        assert page.shelf.list.hasFocus()
        key(page.shelf.list, Qt.Key.Key_Up)
        assert page.shelf.cards.hasFocus()

        key(page.shelf.cards, Qt.Key.Key_Up)

        assert field(page).hasFocus()

    def test_tab_goes_from_above_to_below_among_what_stands_around(self, page: LibraryPage, qtbot: QtBot) -> None:
        window, before, after = QWidget(), QLineEdit(), QLineEdit()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        for part in (before, page, after):
            column.addWidget(part)
        window.resize(1200, 700)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        before.setFocus()
        met: list[QWidget | None] = []

        for _ in range(8):
            key(window.focusWidget() or window, Qt.Key.Key_Tab)
            met.append(window.focusWidget())

        page.setParent(None)
        shelf = page.shelf
        top = [page.side, shelf.header.field, shelf.header.add, shelf.cards]
        assert met == [*top, shelf.sorting, shelf.bar.view, shelf.list, after]

    def test_the_row_that_is_gone_to_comes_into_view(self, show: Show) -> None:
        page = show(many(300))
        page.focus_list()

        key(page.shelf.list, Qt.Key.Key_End)

        assert current(page.shelf.list) == 300
        row = page.shelf.list.visualRect(page.shelf.list.currentIndex())
        assert page.shelf.list.visibleRegion().contains(row)

    def test_a_page_is_what_is_seen(self, show: Show) -> None:
        page = show(many(300))
        page.focus_list()

        key(page.shelf.list, Qt.Key.Key_PageDown)
        down = current(page.shelf.list)
        key(page.shelf.list, Qt.Key.Key_PageUp)

        assert down is not None and 5 <= down <= 11
        assert current(page.shelf.list) == 1

    def test_tab_to_a_far_row_brings_it_into_view(self, show: Show) -> None:
        page = show(many(300))
        page.focus_list()
        key(page.shelf.list, Qt.Key.Key_End)
        page.shelf.focus_field()

        for _ in range(4):
            key(page.focusWidget() or page, Qt.Key.Key_Tab)

        assert page.shelf.list.hasFocus()
        assert page.shelf.list.visibleRegion().boundingRect().contains(middle(page.shelf.list, 299))


class TestFiltering:
    def test_typing_in_the_field_leaves_what_has_the_words(self, english: object, page: LibraryPage) -> None:
        QTest.keyClicks(field(page), "ferry")

        assert ids(page.shelf.list) == [FERRY.id]
        assert page.shelf.count.text() == "1 of 5 readings"
        assert not page.shelf.cards.isVisible()

    def test_typing_at_a_list_goes_on_in_the_field(self, page: LibraryPage) -> None:
        page.focus_list()

        QTest.keyClicks(page.shelf.list, "w")
        QTest.keyClicks(field(page), "eir")

        assert field(page).hasFocus()
        assert field(page).text() == "weir"
        assert ids(page.shelf.list) == [MILL.id]

    def test_enter_searches_in_all_texts(self, page: LibraryPage, qtbot: QtBot) -> None:
        QTest.keyClicks(field(page), " old mill ")

        with qtbot.waitSignal(page.search_requested) as asked:
            key(field(page), Qt.Key.Key_Return)

        assert asked.args == ["old mill"]

    def test_enter_in_an_empty_field_asks_for_nothing(self, page: LibraryPage, qtbot: QtBot) -> None:
        with qtbot.assertNotEmitted(page.search_requested):
            key(field(page), Qt.Key.Key_Return)

    def test_a_button_searches_in_all_texts_once_there_are_words(self, page: LibraryPage, qtbot: QtBot) -> None:
        button = page.shelf.header.in_texts
        assert not button.isVisible()
        QTest.keyClicks(field(page), "mill")

        with qtbot.waitSignal(page.search_requested) as asked:
            button.click()

        assert asked.args == ["mill"]

    def test_a_filter_that_finds_nothing_says_so(self, page: LibraryPage) -> None:
        QTest.keyClicks(field(page), "xyz")

        assert page.shelf.nothing.isVisible()
        assert page.shelf.nothing.text() == "No reading has “xyz” in its title, its authors or its tags."
        assert not page.shelf.list.isVisible()

    def test_escape_empties_the_field_and_brings_all_back(self, page: LibraryPage) -> None:
        field(page).setFocus()
        QTest.keyClicks(field(page), "xyz")

        key(field(page), Qt.Key.Key_Escape)

        assert ids(page.shelf.list) == [1, 2, 3, 4, 5]
        assert page.shelf.cards.isVisible()

    def test_down_goes_from_the_field_to_what_was_found(self, page: LibraryPage) -> None:
        field(page).setFocus()
        QTest.keyClicks(field(page), "weir")

        key(field(page), Qt.Key.Key_Down)

        assert page.shelf.list.hasFocus()
        assert current(page.shelf.list) == MILL.id


class TestSorting:
    def test_the_menu_sorts_and_the_button_says_how(self, page: LibraryPage) -> None:
        actions = {action.text(): action for action in page.shelf.sorting.menu().actions()}

        actions["Title"].trigger()

        assert list(actions) == ["Last opened", "Title", "Author", "Added", "Length", "Progress"]
        assert ids(page.shelf.list)[0] == BRIDGE.id
        assert page.shelf.sorting.text() == "Title"
        assert page.shelf.sorting.accessibleName() == "Sorted by title"
        assert [action.isChecked() for action in actions.values()] == [False, True, False, False, False, False]

    def test_one_stays_at_the_same_reading(self, page: LibraryPage) -> None:
        page.focus_list()
        key(page.shelf.list, Qt.Key.Key_Down)

        page.shelf.sorting.menu().actions()[3].trigger()

        assert current(page.shelf.list) == BRIDGE.id


class TestRemoving:
    def test_delete_asks_to_remove_the_current_reading(self, page: LibraryPage, qtbot: QtBot) -> None:
        page.focus_list()

        with qtbot.waitSignal(page.removal_requested) as asked:
            key(page.shelf.list, Qt.Key.Key_Delete)

        assert asked_ids(asked) == [FERRY.id]

    def test_delete_at_a_card_asks_for_that_one(self, page: LibraryPage, qtbot: QtBot) -> None:
        page.shelf.cards.enter()

        with qtbot.waitSignal(page.removal_requested) as asked:
            key(page.shelf.cards, Qt.Key.Key_Delete)

        assert asked_ids(asked) == [FERRY.id]

    def test_after_a_removal_one_is_at_the_next(self, page: LibraryPage) -> None:
        page.focus_list()
        key(page.shelf.list, Qt.Key.Key_Down)

        page.show_entries((FERRY, MILL, NOTES))

        assert current(page.shelf.list) == MILL.id
        assert page.shelf.list.hasFocus()

    def test_after_the_removal_of_the_last_one_is_at_the_one_before(self, page: LibraryPage) -> None:
        page.focus_list()
        key(page.shelf.list, Qt.Key.Key_End)

        page.show_entries(SHELF[:-1])

        assert current(page.shelf.list) == NOTES.id

    def test_after_the_removal_of_the_only_one_the_first_way_on_has_the_focus(self, show: Show) -> None:
        page = show((FERRY,))
        page.focus_list()

        page.show_entries(())

        assert page.zone.add.hasFocus()

    def test_after_the_last_card_is_gone_the_list_has_the_focus(self, page: LibraryPage) -> None:
        page.shelf.cards.enter()

        page.show_entries((MILL, NOTES))

        assert page.shelf.list.hasFocus()

    @pytest.mark.parametrize("name", ["list", "cards"])
    def test_the_sign_at_a_row_opens_its_menu(self, page: LibraryPage, qtbot: QtBot, name: str) -> None:
        shown = getattr(page.shelf, name)
        index = shown.model().index(1, 0)

        with qtbot.assertNotEmitted(page.article_chosen):
            QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.more_box(index).center())

        menu = page.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        texts = [action.text() for action in menu.actions() if action.text()]
        assert texts == ["Open", "Edit details…", "Put into…", "Remove from the library"]
        with qtbot.waitSignal(page.removal_requested) as asked:
            action_of(menu, "Remove from the library").trigger()
        assert asked_ids(asked) == [BRIDGE.id]
        menu.close()

    def test_shift_f10_opens_the_menu_of_the_current_row(self, page: LibraryPage, qtbot: QtBot) -> None:
        page.focus_list()
        key(page.shelf.list, Qt.Key.Key_Down)

        QTest.keyClick(page.shelf.list, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)

        menu = page.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        with qtbot.waitSignal(page.removal_requested) as asked:
            action_of(menu, "Remove from the library").trigger()
        assert asked_ids(asked) == [BRIDGE.id]
        menu.close()

    def test_the_menu_key_opens_the_menu_of_the_current_row(self, page: LibraryPage, qtbot: QtBot) -> None:
        page.focus_list()

        page.shelf.list.customContextMenuRequested.emit(QPoint(-5, -5))

        menu = page.findChild(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
        with qtbot.waitSignal(page.article_chosen) as chosen:
            menu.actions()[0].trigger()
        assert chosen.args == [FERRY.id]
        menu.close()


class TestDropping:
    def test_files_held_over_the_page_show_where_they_go(self, page: LibraryPage) -> None:
        page.show_drop(True)
        assert page._overlay.isVisible()
        assert page._overlay.geometry() == page.rect()

        page.show_drop(False)

        assert not page._overlay.isVisible()

    def test_in_an_empty_library_the_zone_itself_lights_up(self, show: Show) -> None:
        page = show(())
        before = page.zone.grab().toImage()

        page.show_drop(True)

        assert not page._overlay.isVisible()
        assert page.zone.grab().toImage() != before


class Recorder(QPainter):
    """A painter that remembers which words were written in which direction."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__(picture)
        self.written: dict[str, Qt.LayoutDirection] = {}
        self.ends: dict[str, float] = {}

    def drawText(self, *given: object) -> None:
        text = str(given[-1])
        self.written[text] = self.layoutDirection()
        if isinstance(given[0], QRectF):
            self.ends[text] = given[0].left() + QFontMetricsF(self.font()).horizontalAdvance(text)


class TestForEveryone:
    @pytest.mark.parametrize("name", ["list", "cards"])
    def test_figures_do_not_turn_round_where_the_page_is_mirrored(self, page: LibraryPage, name: str) -> None:
        page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        shown = getattr(page.shelf, name)
        index = shown.model().index(0, 0)
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 900, 160)
        option.direction = Qt.LayoutDirection.RightToLeft
        picture = QPixmap(900, 160)
        painter = Recorder(picture)

        shown.itemDelegate().paint(painter, option, index)
        painter.end()

        assert painter.written["25 %"] != Qt.LayoutDirection.RightToLeft

    @pytest.mark.parametrize("width", [400, NARROW, WIDE])
    def test_how_long_a_reading_stays_in_the_bin_is_told_within_its_row(
        self, english: object, page: LibraryPage, width: int
    ) -> None:
        page.shelf.show_bin((structs.replace(FERRY, removed=datetime.now(UTC) - timedelta(days=1)),))
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, width, ROW)
        picture = QPixmap(width, ROW)
        painter = Recorder(picture)

        page.shelf.list.itemDelegate().paint(painter, option, page.shelf.model.index(0, 0))
        painter.end()

        (told,) = (text for text in painter.written if f"{DAYS_IN_BIN - 1} days left" in text)
        assert painter.ends[told] <= width - INSET

    @pytest.mark.parametrize("entries", [SHELF, ()])
    def test_everything_that_takes_the_focus_or_a_press_has_a_name(
        self, show: Show, entries: tuple[ShelfEntry, ...]
    ) -> None:
        page = show(entries)

        for widget in page.findChildren(QWidget):
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(widget, QAbstractButton):
                inside = widget.objectName() in ("qt_scrollarea_vcontainer", "qt_scrollarea_hcontainer")
                name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                assert inside or name.strip(), widget

    def test_a_row_is_told_as_one_sentence(self, page: LibraryPage) -> None:
        row = QAccessible.queryAccessibleInterface(page.shelf.list).child(3)

        assert row.text(QAccessible.Text.Name) == "“Notes, week 10”, new, not started."

    def test_a_list_that_is_gone_into_tells_the_row_one_is_at(
        self, page: LibraryPage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[int] = []
        monkeypatch.setattr(QAccessible, "isActive", lambda: True)
        monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.child()))
        page.focus_list()
        key(page.shelf.list, Qt.Key.Key_Down)
        field(page).setFocus()

        page.focus_list()

        assert told == [0, 1]

    def test_first_words_that_were_cut_off_end_in_a_mark_after_a_whole_word(self) -> None:
        cut = ("The ferry crossed the river. " * 20)[:OPENING_CHARACTERS]

        assert first_words(structs.replace(FERRY, opening=cut)).endswith("crossed the river. The…")
        assert first_words(structs.replace(FERRY, opening="It crossed.")) == "It crossed."

    def test_what_was_shortened_is_told_whole_and_never_as_markup(
        self, show: Show, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = show((entry(1, "<b>word</b> " * 60),), (800, 500))
        told: list[str] = []
        monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _view: told.append(text))
        index = page.shelf.list.model().index(0, 0)
        option = QStyleOptionViewItem()
        option.rect = page.shelf.list.visualRect(index)

        event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), QPoint(5, 5))
        page.shelf.list.itemDelegate().helpEvent(event, page.shelf.list, option, index)

        assert told[0].startswith("<span>&lt;b&gt;word&lt;/b&gt; ")


def test_the_lists_share_no_truth(page: LibraryPage) -> None:
    assert isinstance(page.shelf.list.model(), LibraryModel)
    assert page.shelf.cards.model() is not page.shelf.list.model()
