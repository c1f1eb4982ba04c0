"""Sections that are folded away in the page."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Mark, Metadata, Note
from reader.article.outline import outline
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.fold_signs import FoldSign, FoldSigns
from reader.ui.page.geometry import line_rect
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView
from reader.ui.page.viewfinder import Eye
from reader.ui.plurals import EnglishPlurals
from reader.ui.reading.folds import Folds
from tests.ui.page.test_long_text import BOOK as LONG
from tests.ui.page.test_long_text import TEXT as LONG_TEXT
from tests.ui.reading_matter import SENTENCE

WIDTH, HEIGHT = 900, 600
PARAGRAPHS = 12


def book() -> Article:
    """Three chapters of twelve paragraphs; the second has two sections, of which one has nothing below it."""
    blocks: list[Block] = []
    for chapter in range(3):
        blocks.append(Block(BlockKind.HEADING, f"Chapter {chapter}", level=2))
        for number in range(PARAGRAPHS):
            marks = (Mark(4, "1"),) if number == 3 else ()
            blocks.append(Block(BlockKind.PARAGRAPH, f"P{chapter}-{number}. {SENTENCE * 3}", marks=marks))
        if chapter == 1:
            blocks.insert(-6, Block(BlockKind.HEADING, "Section within", level=3))
            blocks.append(Block(BlockKind.HEADING, "Nothing below", level=3))
    note = Note("1", "1", (Block(BlockKind.PARAGRAPH, "The only note."),))
    return Article(Metadata(title="A book"), tuple(blocks), (note,))


BOOK = book()
TEXT = CanonicalText(BOOK)
SECTIONS = tuple(outline(BOOK.blocks).walk())
LONG_SECTIONS = tuple(outline(LONG.blocks).walk())


def hidden(*sections: int) -> tuple[tuple[int, int], ...]:
    return tuple((SECTIONS[number].first + 1, SECTIONS[number].end) for number in sections)


def place(words: str) -> int:
    return TEXT.string.index(words)


@pytest.fixture
def plurals(qapp: QApplication) -> Iterator[EnglishPlurals]:
    made = EnglishPlurals(qapp)
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> Iterator[PageView]:
    made = PageView(theme, Typography())
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    made.show_article(BOOK.metadata, TEXT, {}, sections=SECTIONS)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    yield made


def words_of(page: PageView) -> str:
    return page.document().toPlainText()


def top_of(page: PageView, offset: int) -> float:
    assert page.laid_out is not None
    rect = line_rect(page.document(), page.laid_out.offsets.to_position(offset))
    return rect.top() - page.verticalScrollBar().value()


def copied(page: PageView) -> str:
    page.copy()
    return QGuiApplication.clipboard().text()


def sign_of(page: PageView, number: int) -> FoldSign:
    signs = page.findChild(FoldSigns)
    assert isinstance(signs, FoldSigns), "no sign was ever wanted"
    (found,) = [each for each in signs.seen() if each.section.number == number]
    return found


def point_at(page: PageView, where: QPointF) -> None:
    """Move the pointer in the view."""
    none = Qt.MouseButton.NoButton
    on_screen = QPointF(page.viewport().mapToGlobal(where))
    move = QMouseEvent(QEvent.Type.MouseMove, where, on_screen, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page.viewport(), move)


def hover(page: PageView, offset: int) -> None:
    """Move the pointer over the line of a place."""
    point_at(page, QPointF(page.viewport().width() / 2, top_of(page, offset) + 12))


# -- what is seen of it ---------------------------------------------------------------------------------


def test_a_folded_section_shows_its_heading_and_nothing_below_it(page: PageView) -> None:
    page.bring(Eye(place("Chapter 1"), 0.0))

    page.set_hidden(hidden(1))

    assert "Chapter 1" in words_of(page)
    assert "P1-0." not in words_of(page)
    assert "Section within" not in words_of(page)
    assert "Chapter 2" in words_of(page)


def test_a_text_opens_folded_and_is_laid_out_once(qtbot: QtBot, theme: Theme) -> None:
    made = PageView(theme, Typography())
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)

    made.show_article(BOOK.metadata, TEXT, {}, sections=SECTIONS, hidden=hidden(0))
    with qtbot.waitExposed(made):
        made.show()

    assert "Chapter 0" in words_of(made)
    assert "P0-0." not in words_of(made)


def test_the_numbers_of_paragraphs_count_what_is_folded_away(page: PageView) -> None:
    page.set_hidden(hidden(0))

    assert page.laid_out is not None
    first = page.laid_out.offsets.to_position(place("P1-0."))
    assert page.laid_out.numbers[first] == PARAGRAPHS + 1


# -- the place under the eye ----------------------------------------------------------------------------


def test_the_line_under_the_eye_stays_when_something_above_it_is_folded(page: PageView) -> None:
    page.bring(Eye(place("P2-4."), 12.0))

    page.set_hidden(hidden(0))

    assert page.first_offset() == place("P2-4.")
    assert top_of(page, place("P2-4.")) == pytest.approx(12, abs=1)


def test_the_line_under_the_eye_stays_when_something_below_it_is_folded(page: PageView) -> None:
    page.bring(Eye(place("P0-11."), 0.0))

    page.set_hidden(hidden(1))

    assert page.first_offset() == place("P0-11.")
    assert top_of(page, place("P0-11.")) == pytest.approx(0, abs=1)


def test_a_heading_takes_the_place_of_the_line_that_is_folded_away_under_it(page: PageView) -> None:
    page.bring(Eye(place("P1-4."), 20.0))

    page.set_hidden(hidden(1))

    assert top_of(page, place("Chapter 1")) == pytest.approx(20, abs=1)


def test_unfolding_leaves_the_heading_where_it_is(page: PageView) -> None:
    page.set_hidden(hidden(1))
    page.bring(Eye(place("Chapter 1"), 30.0))

    page.set_hidden(())

    assert top_of(page, place("Chapter 1")) == pytest.approx(30, abs=1)
    assert "P1-0." in words_of(page)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_folded_and_wherever_one_goes_the_view_is_filled_and_the_eye_stays(
    qtbot: QtBot, theme: Theme, seed: int
) -> None:
    drawn = random.Random(seed)
    page = PageView(theme, Typography())
    qtbot.addWidget(page)
    page.resize(WIDTH, HEIGHT)
    folds = Folds()
    folds.show_article(LONG_SECTIONS)
    folds.changed.connect(lambda: page.set_hidden(folds.hidden_ranges()))
    page.hidden_place_wanted.connect(folds.reveal)
    page.show_article(LONG.metadata, LONG_TEXT, {}, sections=LONG_SECTIONS)
    page.show()
    bar = page.verticalScrollBar()

    for _ in range(60):
        match drawn.randrange(4):
            case 0:
                eye = page._eye
                folds.toggle(drawn.randrange(len(LONG_SECTIONS)))
                if eye is not None and bar.minimum() < bar.value() < bar.maximum():
                    offset = page.shown_offset(eye.offset)
                    # A heading that takes the place of what was folded away under it is seen whole.
                    wanted = eye.below_top if offset == eye.offset else max(0.0, eye.below_top)
                    assert top_of(page, offset) == pytest.approx(wanted, abs=1.5)
            case 1:
                folds.fold_only(drawn.sample(range(len(LONG_SECTIONS)), drawn.randrange(len(LONG_SECTIONS))))
            case 2:
                bar.setValue(drawn.choice((bar.maximum(), drawn.randrange(bar.maximum() + 1))))
            case 3:
                offset = drawn.randrange(len(LONG_TEXT))
                page.go_to(offset)
                assert not page.is_hidden(LONG_TEXT.place(offset).passage)
                assert 0 <= top_of(page, offset) <= HEIGHT

        stretch = page._stretch
        assert stretch is not None
        assert stretch.first == 0 or stretch.top <= bar.value() + 1
        assert stretch.end == len(stretch) or stretch.bottom >= bar.value() + page.viewport().height() - 1


# -- going to what is folded away -----------------------------------------------------------------------


def test_going_to_a_place_that_is_folded_away_asks_for_it(qtbot: QtBot, page: PageView) -> None:
    page.set_hidden(hidden(1))

    with qtbot.waitSignal(page.hidden_place_wanted) as asked:
        page.go_to(place("P1-2."))

    assert asked.args == [TEXT.place(place("P1-2.")).passage]


def test_going_to_a_heading_of_what_is_folded_asks_for_nothing(qtbot: QtBot, page: PageView) -> None:
    page.set_hidden(hidden(1))

    with qtbot.assertNotEmitted(page.hidden_place_wanted):
        page.go_to(place("Chapter 1"))


# -- what is marked -------------------------------------------------------------------------------------


def test_hits_that_are_folded_away_stand_on_the_scroll_bar_at_their_heading(page: PageView) -> None:
    page.set_hidden(hidden(1))
    heading = place("Chapter 1")
    page.show_hits(((heading, heading + 7),))
    at_heading = page.verticalScrollBar().hits  # type: ignore[attr-defined]

    page.show_hits(((place("P1-2."), place("P1-2.") + 5),))

    assert page.verticalScrollBar().hits == at_heading  # type: ignore[attr-defined]


def test_nothing_is_marked_in_the_text_for_a_hit_that_is_folded_away(page: PageView) -> None:
    page.set_hidden(hidden(1))

    page.show_hits(((place("P1-2."), place("P1-2.") + 5),), 0)

    assert page.extraSelections() == [] or not page.extraSelections()[0].cursor.hasSelection()  # type: ignore[attr-defined]


def test_a_bookmark_that_is_folded_away_stands_at_its_heading(page: PageView) -> None:
    page.set_hidden(hidden(1))
    page.bring(Eye(place("Chapter 1"), 0.0))

    page.show_bookmarks(((place("P1-2."), place("P1-2.")),))

    assert page.laid_out is not None
    assert list(page.bookmarked_blocks) == [page.laid_out.offsets.to_position(place("Chapter 1"))]


def test_tab_passes_over_marks_that_are_folded_away(page: PageView) -> None:
    page.set_hidden(hidden(0, 1))
    page.bring(Eye(place("Chapter 1"), 0.0))

    page.focusNextPrevChild(True)

    assert page.focused_mark is not None
    assert page.focused_mark.offset == place("P2-3.") + 4


# -- what is selected -----------------------------------------------------------------------------------


def test_a_selection_over_a_fold_copies_what_is_folded_away(page: PageView) -> None:
    page.set_hidden(hidden(1))
    start, end = place("P0-11."), place("Chapter 2")

    page.select_range(start, end)

    assert page.selected_range() == (start, end)
    assert copied(page) == TEXT.string[start:end]


def test_a_selection_outlives_that_its_end_is_folded_away(page: PageView) -> None:
    start, end = place("P0-11."), place("P1-1.") + 5
    page.select_range(start, end)

    page.set_hidden(hidden(1))

    assert page.selected_range() == (start, end)
    assert copied(page) == TEXT.string[start:end]


def test_a_selection_that_is_folded_away_leaves_the_caret_at_the_heading(page: PageView) -> None:
    page.bring(Eye(place("P1-0."), 0.0))
    page.select_range(place("P1-1."), place("P1-1.") + 5)

    page.set_hidden(hidden(1))

    assert page.selected_range() is None
    assert page.caret_offset() == place("Chapter 1")


def test_all_is_selected_with_what_is_folded_away(page: PageView) -> None:
    page.set_hidden(hidden(0, 4))

    page.selectAll()

    assert page.selected_range() == (0, len(TEXT.string))


# -- the signs ------------------------------------------------------------------------------------------


def test_a_heading_with_something_below_it_has_a_sign_and_one_without_has_none(page: PageView) -> None:
    page.bring(Eye(place("P1-11."), 0.0))
    hover(page, place("P1-11."))

    signs = page.findChild(FoldSigns)

    assert isinstance(signs, FoldSigns)
    assert [each.section.title for each in signs.seen()] == ["Chapter 2"]


def test_pressing_the_sign_asks_for_the_fold(qtbot: QtBot, page: PageView) -> None:
    hover(page, place("Chapter 0"))
    where = sign_of(page, 0).sign.center().toPoint()

    with qtbot.waitSignal(page.fold_requested) as asked:
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=where)

    assert asked.args == [0]
    assert page.caret_offset() == 0


def test_the_words_after_a_folded_heading_tell_how_much_there_is_and_can_be_pressed(
    qtbot: QtBot, page: PageView, plurals: EnglishPlurals
) -> None:
    page.set_hidden(hidden(1))
    page.bring(Eye(place("Chapter 1"), 0.0))
    hover(page, place("Chapter 1"))

    sign = sign_of(page, 1)

    assert sign.folded
    assert sign.words == "… 12 paragraphs"
    with qtbot.waitSignal(page.fold_requested):
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=sign.words_area.center().toPoint())


def test_a_hand_points_at_a_sign_and_at_nothing_beside_it(page: PageView) -> None:
    hover(page, place("Chapter 0"))
    beside = page.viewport().cursor().shape()

    point_at(page, sign_of(page, 0).sign.center())

    assert beside == Qt.CursorShape.IBeamCursor
    assert page.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor


@pytest.mark.parametrize("width", [300, 420, 560, 700, 1400])
def test_the_sign_is_in_the_view_and_off_the_text_at_every_width(page: PageView, width: int) -> None:
    page.resize(width, HEIGHT)
    page.show_bookmarks(((place("Chapter 0"), place("Chapter 0")),))
    hover(page, place("Chapter 0"))

    sign = sign_of(page, 0)

    column = page.canvas().column_left, page.canvas().column_left + page.canvas().column_width
    assert sign.sign.left() >= 0
    assert sign.sign.right() <= page.viewport().width()
    assert sign.sign.right() <= column[0] or sign.sign.left() >= column[1]
    assert sign.is_pressed_at(QPointF(sign.sign.center()))
