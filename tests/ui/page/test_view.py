"""The page: it keeps the place under the eye, leads to places, copies cleanly."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import theme as themes
from reader.article.model import Article, Block, BlockKind, Metadata, Note
from reader.article.text import CanonicalText
from reader.importers.markdown.importer import parse
from reader.theme import Theme
from reader.ui.page.geometry import line_rect
from reader.ui.page.long_text import WHOLE_CHARACTERS
from reader.ui.page.styles import SIZES, Typography
from reader.ui.page.view import PageView
from tests.ui.reading_matter import LONG_PARAGRAPH, RIVER, SENTENCE

Show = Callable[[Article], PageView]

PLACES = ["Second 3.", "Number 200 is", "1920", "Nobody marks this note, sentence 150", "Somebody said", "an item"]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme) -> Iterator[Show]:
    """Shows an article in a page of its own."""

    def shown(article: Article) -> PageView:
        page = PageView(theme, Typography())
        page.is_read_aloud = lambda: True  # then all of it is laid out, and can be looked into
        qtbot.addWidget(page)
        page.resize(900, 600)
        page.show_article(article.metadata, CanonicalText(article), {})
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.setFocus()
        qtbot.waitUntil(lambda: page.is_laid_out_whole or len(page.text or "") > WHOLE_CHARACTERS)
        return page

    yield shown


@pytest.fixture
def page(show: Show) -> PageView:
    return show(parse(RIVER).article)


def find(page: PageView, words: str) -> int:
    assert page.text is not None
    return page.text.string.index(words)


def stand_at(page: PageView, words: str) -> int:
    """Scroll until some words are in the first line; return the offset of that line."""
    page.go_to(find(page, words), landing=False)
    bar = page.verticalScrollBar()
    bar.setValue(bar.value() + round(top_of(page, find(page, words))))
    return page.first_offset()


def top_of(page: PageView, offset: int) -> float:
    """Return how far below the top of the view the line of an offset stands."""
    assert page._page is not None
    position = page._page.offsets.to_position(offset)
    return line_rect(page.document(), position).top() - page.verticalScrollBar().value()


# -- the place under the eye -----------------------------------------------------------------------


@pytest.mark.parametrize("words", PLACES)
@pytest.mark.parametrize("size", [(500, 600), (1500, 600), (900, 300), (430, 1000)])
def test_the_place_under_the_eye_stays_when_the_window_is_resized(
    page: PageView, words: str, size: tuple[int, int]
) -> None:
    offset = stand_at(page, words)
    before = top_of(page, offset)

    page.resize(*size)

    assert abs(top_of(page, offset) - before) <= 1


@pytest.mark.parametrize("words", PLACES)
@pytest.mark.parametrize("pixels", [SIZES[0], 24, SIZES[-1]])
def test_the_place_under_the_eye_stays_when_the_type_size_changes(page: PageView, words: str, pixels: int) -> None:
    offset = stand_at(page, words)
    before = top_of(page, offset)

    page.set_look(page.theme, Typography(pixels))

    assert abs(top_of(page, offset) - before) <= 1


@pytest.mark.parametrize("words", PLACES)
def test_the_place_is_the_same_after_many_changes_there_and_back(page: PageView, words: str) -> None:
    offset = stand_at(page, words)
    before = top_of(page, offset)

    for pixels in (32, 14, 22, 18):
        page.set_look(page.theme, Typography(pixels))
        page.resize(600 + pixels * 10, 500)
    page.resize(900, 600)

    assert page.first_offset() == offset
    assert abs(top_of(page, offset) - before) <= 1


@pytest.mark.parametrize("name", themes.NAMES)
def test_another_theme_leaves_every_line_where_it_was(page: PageView, name: str) -> None:
    stand_at(page, "Number 200 is")
    before = page.verticalScrollBar().value()

    page.set_look(themes.load(name), page.typography)

    assert page.verticalScrollBar().value() == before


def test_the_top_of_the_page_stays_its_top(page: PageView) -> None:
    page.set_look(page.theme, Typography(28))
    page.resize(500, 400)

    assert page.verticalScrollBar().value() == 0
    assert page.eye() is None


def test_a_selection_outlives_another_size(page: PageView) -> None:
    start = find(page, "“quoted”")
    page.select_range(start, start + 8)

    page.set_look(page.theme, Typography(24))

    assert page.selected_range() == (start, start + 8)
    assert page.verticalScrollBar().value() == 0


def test_how_far_the_view_reaches_is_known_as_soon_as_a_text_is_shown(qtbot: QtBot, theme: Theme) -> None:
    article = parse(RIVER * 40).article
    text = CanonicalText(article)
    page = PageView(theme, Typography())
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.show()

    reached: list[int] = []
    page.scrolled.connect(lambda: reached.append(page.last_offset()))
    page.show_article(article.metadata, text, {})

    # Else a first start would have read the whole edition before its reader read a line of it.
    assert reached
    assert max(*reached, page.last_offset()) < len(text) / 2


def test_a_hidden_page_opens_at_the_place_it_was_brought_to(show: Show) -> None:
    page = show(parse(RIVER).article)
    offset = stand_at(page, "Number 200 is")
    eye = page.eye()
    page.hide()

    page.resize(700, 500)
    page.bring(eye)
    page.show()

    assert page.first_offset() == offset


# -- going to places -------------------------------------------------------------------------------


@pytest.mark.parametrize("words", PLACES)
def test_a_place_that_is_gone_to_is_seen(page: PageView, words: str) -> None:
    page.go_to(find(page, words))

    assert 0 <= top_of(page, find(page, words)) < page.viewport().height() - 24


def test_a_place_that_is_seen_already_moves_nothing(page: PageView) -> None:
    page.go_to(find(page, "A “quoted” word"))

    assert page.verticalScrollBar().value() == 0


def test_the_landing_place_is_marked_for_a_moment(qtbot: QtBot, page: PageView) -> None:
    page.go_to(find(page, "Second 3."))

    assert page._marking.shown.landing is not None
    qtbot.waitUntil(lambda: page._marking.shown.landing is None)


def test_the_beginning_and_the_end_are_reached_by_keys(page: PageView) -> None:
    bar = page.verticalScrollBar()

    QTest.keyClick(page, Qt.Key.Key_End)
    at_end = bar.value()
    QTest.keyClick(page, Qt.Key.Key_Home)

    assert (at_end, bar.value()) == (bar.maximum(), 0)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_PageDown])
def test_a_screen_forward_keeps_the_last_lines_in_sight(page: PageView, key: Qt.Key) -> None:
    page.verticalScrollBar().setValue(1000)
    last_line_top = page.viewport().height() - 56

    QTest.keyClick(page, key)

    assert page.verticalScrollBar().value() == 1000 + last_line_top


def test_shift_and_space_turn_back(page: PageView) -> None:
    page.verticalScrollBar().setValue(5000)

    QTest.keyClick(page, Qt.Key.Key_Space)
    QTest.keyClick(page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)

    assert page.verticalScrollBar().value() == 5000


def test_shift_and_arrows_select_from_where_one_reads(page: PageView) -> None:
    stand_at(page, "Second 3.")

    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)

    assert page.selected_range() == (page.first_offset(), page.first_offset() + 2)


# -- copying ---------------------------------------------------------------------------------------


def copied(page: PageView) -> str:
    page.copy()
    return QGuiApplication.clipboard().text()


def test_all_of_the_page_is_copied_as_the_canonical_text(show: Show) -> None:
    article = parse(RIVER).article
    page = show(article)

    page.selectAll()

    assert copied(page) == CanonicalText(article).string


def test_a_copy_has_no_numbers_of_notes_and_no_signs_of_lists(page: PageView) -> None:
    start, end = find(page, "the water."), find(page, "and one note again.") + 20
    page.select_range(start, end)
    with_marks = copied(page)

    start = find(page, "an item")
    page.select_range(start, start + len("an item\nanother item"))

    assert with_marks.startswith("the water. A “quoted” word, a link, a jump,")
    assert copied(page) == "an item\nanother item"


def test_nothing_but_plain_text_leaves_the_page(page: PageView) -> None:
    page.selectAll()

    page.copy()

    data = QGuiApplication.clipboard().mimeData()
    assert not data.hasHtml()
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in data.text()


def test_cells_of_a_table_are_copied_with_tabs_between_them(page: PageView) -> None:
    start = find(page, "1905\t5")

    page.select_range(start, start + len("1905\t5\tThe ferry"))

    assert copied(page) == f"1905\t5\t{SENTENCE.strip()}"


def test_a_column_of_a_table_is_copied_without_its_neighbours(page: PageView) -> None:
    start, end = find(page, "5\tThe"), find(page, "\n1907\t7\t")
    page.select_range(start, end - len(SENTENCE))

    assert copied(page) == "5\n6"
    assert page.selected_range() is not None


def test_a_selection_over_cells_is_marked_as_the_whole_cells(page: PageView) -> None:
    start = find(page, "1905\t5")
    page.select_range(start + 2, start + len("1905\t5\tThe"))

    assert page.selected_range() == (start, start + len(f"1905\t5\t{SENTENCE.strip()}"))


# -- marks and links by keyboard -------------------------------------------------------------------


def test_tab_walks_from_mark_to_mark_in_order_and_leaves_at_the_end(qtbot: QtBot, show: Show) -> None:
    text = "# T\n\nOne[^1] two [here](#x) three[^2].\n\n[^1]: Note.\n[^2]: Other.\n"
    page = show(parse(text).article)
    walked: list[str] = []

    for _ in range(5):
        assert page.focusNextPrevChild(True)
        assert page.focused_range is not None
        start, end = page.focused_range
        cursor = QTextCursor(page.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        walked.append(cursor.selectedText())
    page.focusNextPrevChild(True)

    assert walked == ["1", "here", "2", "↩", "↩"]
    assert page.focused_range is None


def test_shift_tab_walks_backwards(page: PageView) -> None:
    QTest.keyClick(page, Qt.Key.Key_Tab)
    first = page.focused_mark
    QTest.keyClick(page, Qt.Key.Key_Tab)

    QTest.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)

    assert page.focused_mark == first


def test_tab_begins_at_what_is_seen(page: PageView) -> None:
    stand_at(page, "First 5.")

    QTest.keyClick(page, Qt.Key.Key_Tab)

    assert page.focused_range is not None
    start, _ = page.focused_range
    assert page._page is not None
    assert page._page.offsets.to_offset(start) > find(page, "First 5.")


def test_tab_leaves_where_no_mark_is_on_the_screen(page: PageView) -> None:
    stand_at(page, "Third 3.")

    QTest.keyClick(page, Qt.Key.Key_Tab)

    assert page.focused_range is None


def test_after_scrolling_tab_begins_at_what_is_seen_now(page: PageView) -> None:
    QTest.keyClick(page, Qt.Key.Key_Tab)
    stand_at(page, "First 5.")

    QTest.keyClick(page, Qt.Key.Key_Tab)

    mark = page.focused_mark
    assert mark is not None
    assert mark.key == "two"


def test_before_the_first_mark_shift_tab_comes_to_the_text_itself(page: PageView) -> None:
    QTest.keyClick(page, Qt.Key.Key_Tab)

    QTest.keyClick(page, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)

    assert page.focused_range is None
    assert page.hasFocus()


def test_a_mark_that_tab_stands_on_is_brought_into_view(page: PageView) -> None:
    for _ in range(7):
        QTest.keyClick(page, Qt.Key.Key_Tab)
        mark = page.focused_mark
        if mark is not None:
            view = page.viewport()
            assert view.rect().contains(view.mapFromGlobal(mark.rect.center()))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_mark_that_tab_stands_on_is_opened_by_key(qtbot: QtBot, page: PageView, key: Qt.Key) -> None:
    QTest.keyClick(page, Qt.Key.Key_Tab)

    with qtbot.waitSignal(page.mark_activated) as opened:
        QTest.keyClick(page, key)

    assert opened.args is not None
    assert opened.args[0].key == "one"


def test_a_link_is_told_when_it_is_clicked(qtbot: QtBot, show: Show) -> None:
    page = show(parse("# T\n\nA [link](https://example.org/) here.\n").article)
    page.focusNextPrevChild(True)

    with qtbot.waitSignal(page.link_activated) as told:
        QTest.keyClick(page, Qt.Key.Key_Return)

    assert told.args == ["https://example.org/"]


# -- the wheel -------------------------------------------------------------------------------------


def turn_wheel(page: PageView, delta: int, modifier: Qt.KeyboardModifier) -> None:
    place = QPointF(page.viewport().rect().center())
    event = QWheelEvent(
        place,
        QPointF(page.viewport().mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(page.viewport(), event)


@pytest.mark.parametrize(("delta", "step"), [(120, 1), (-120, -1)])
def test_the_wheel_with_control_changes_the_size(page: PageView, delta: int, step: int) -> None:
    steps: list[int] = []
    page.size_step_requested.connect(steps.append)

    turn_wheel(page, delta, Qt.KeyboardModifier.ControlModifier)

    assert steps == [step]
    assert page.verticalScrollBar().value() == 0


def test_a_touchpad_changes_the_size_by_whole_steps_only(page: PageView) -> None:
    steps: list[int] = []
    page.size_step_requested.connect(steps.append)

    for _ in range(16):
        turn_wheel(page, 15, Qt.KeyboardModifier.ControlModifier)

    assert steps == [1, 1]


def test_the_wheel_alone_scrolls(page: PageView) -> None:
    turn_wheel(page, -120, Qt.KeyboardModifier.NoModifier)

    assert page.verticalScrollBar().value() > 0


# -- hits and bookmarks ----------------------------------------------------------------------------


def test_hits_stand_on_the_scroll_bar_at_their_share_of_the_length(page: PageView) -> None:
    early, late = find(page, "The café"), find(page, "sentence 299")

    page.show_hits(((early, early + 8), (late, late + 8)))

    first, last = page.verticalScrollBar().hits  # type: ignore[attr-defined]
    assert 0 < first < 0.05
    assert 0.9 < last < 1


def test_bookmarks_stand_on_the_scroll_bar_and_in_the_margin(page: PageView) -> None:
    place = find(page, "Second 3.")

    page.show_bookmarks(((place, place),))

    assert len(page.verticalScrollBar().bookmarks) == 1  # type: ignore[attr-defined]
    assert page._page is not None
    assert page._marking.shown.bookmarks == [page._page.offsets.to_position(place)]


def test_hits_stay_at_their_words_when_the_size_changes(page: PageView) -> None:
    start = find(page, "Number 200")
    page.show_hits(((start, start + 10),), 0)

    page.set_look(page.theme, Typography(28))
    page.go_to(start)

    hit = page._marking.current_hit()
    assert hit is not None
    cursor = QTextCursor(page.document())
    cursor.setPosition(hit[0])
    cursor.setPosition(hit[1], QTextCursor.MoveMode.KeepAnchor)
    assert cursor.selectedText() == "Number 200"


def test_another_article_shows_no_hits_of_the_one_before(page: PageView) -> None:
    start = find(page, "The café")
    page.show_hits(((start, start + 3),), 0)
    article = parse("# Other\n\nWords.\n").article

    page.show_article(article.metadata, CanonicalText(article), {})

    assert page.verticalScrollBar().hits == ()  # type: ignore[attr-defined]
    assert page.extraSelections() == []


# -- articles of every size ------------------------------------------------------------------------

PARAGRAPH = BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    "article",
    [
        Article(Metadata(), ()),
        Article(Metadata(title="Only a title"), ()),
        Article(Metadata(), (Block(PARAGRAPH),)),
        Article(Metadata(), (), (Note("1", "1", (Block(PARAGRAPH, "Alone."),)),)),
        Article(Metadata(), (), (Note("1", "1", ()),)),
    ],
    ids=["nothing", "title", "empty paragraph", "only a note", "an empty note"],
)
def test_an_article_of_almost_nothing_can_be_read(show: Show, article: Article) -> None:
    QGuiApplication.clipboard().clear()
    page = show(article)

    page.go_to(5)
    page.show_hits(())
    page.show_bookmarks(())
    page.focusNextPrevChild(True)
    page.set_look(page.theme, Typography(28))
    page.resize(430, 300)
    page.selectAll()

    assert page.first_offset() == 0
    assert page.last_offset() <= len(CanonicalText(article))
    assert copied(page) in ("", "Only a title", "Alone.")


def test_five_thousand_paragraphs_are_shown_and_left_at_the_same_line(show: Show) -> None:
    page = show(Article(Metadata(title="T"), tuple(Block(PARAGRAPH, f"{n}. {SENTENCE}") for n in range(5000))))

    offset = stand_at(page, "4321. ")
    page.resize(600, 500)

    assert page.first_offset() == offset == find(page, "4321. ")


def test_a_paragraph_of_a_megabyte_is_shown_and_left_at_the_same_line(show: Show) -> None:
    page = show(Article(Metadata(title="T"), (Block(PARAGRAPH, (LONG_PARAGRAPH + " ") * 57),)))

    page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() // 2)
    offset = page.first_offset()
    page.resize(700, 500)

    assert page.text is not None
    assert len(page.text) > 2**20
    assert top_of(page, offset) < 60
