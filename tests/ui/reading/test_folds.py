"""What is folded away of the article that is open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from reader.article.model import Block, BlockKind
from reader.article.outline import Section, outline
from reader.library import Library
from reader.ui.outline.panel import OutlinePanel
from reader.ui.reading.folds import Folds
from reader.ui.window.main_window import MainWindow
from tests.ui.desk import Desk, part
from tests.ui.reading_matter import SHORT


def sections(*levels: int) -> tuple[Section, ...]:
    """Return sections of a heading and a paragraph each: section n begins at passage 2 n."""
    blocks = []
    for level in levels:
        blocks += [Block(BlockKind.HEADING, "Heading", level=level), Block(BlockKind.PARAGRAPH, "…")]
    return tuple(outline(blocks).walk())


# 0 (1 (2) 3) 4
TREE = sections(1, 2, 3, 2, 1)


@pytest.fixture
def folds() -> Folds:
    made = Folds()
    made.show_article(TREE)
    return made


def test_nothing_is_folded_at_first(folds: Folds) -> None:
    assert folds.folded == frozenset()
    assert folds.hidden_ranges() == ()
    assert not folds.covers(1)


def test_a_folded_section_hides_what_is_below_its_heading_to_its_end(folds: Folds) -> None:
    folds.fold(1)

    assert folds.hidden_ranges() == ((3, 6),)
    assert [folds.covers(passage) for passage in range(2, 7)] == [False, True, True, True, False]


def test_a_section_folded_within_a_folded_one_is_hidden_with_it_and_stays_folded(folds: Folds) -> None:
    folds.fold(1)
    folds.fold(0)
    both = folds.hidden_ranges()

    folds.unfold(0)

    assert both == ((1, 8),)
    assert folds.hidden_ranges() == ((3, 6),)


def test_what_is_folded_apart_is_hidden_apart(folds: Folds) -> None:
    folds.fold_only((4, 1))

    assert folds.hidden_ranges() == ((3, 6), (9, 10))


def test_toggling_folds_and_unfolds(folds: Folds) -> None:
    folds.toggle(3)
    folded = folds.folded
    folds.toggle(3)

    assert folded == {3}
    assert folds.folded == frozenset()


def test_fold_all_leaves_the_top_headings(folds: Folds) -> None:
    folds.fold_all()

    assert folds.folded == {0, 1, 2, 3, 4}
    assert folds.hidden_ranges() == ((1, 8), (9, 10))


def test_folding_others_leaves_a_section_and_what_is_around_it(folds: Folds) -> None:
    folds.fold_only((0, 1, 2))

    folds.fold_others(1)

    assert folds.folded == {2, 3, 4}


def test_a_heading_with_nothing_below_it_cannot_be_folded() -> None:
    folds = Folds()
    folds.show_article(tuple(outline([Block(BlockKind.HEADING, "Alone", level=1)]).walk()))

    folds.fold_all()
    folds.fold(7)

    assert folds.folded == frozenset()


def test_revealing_a_passage_unfolds_what_hides_it_and_no_more(folds: Folds) -> None:
    folds.fold_all()

    assert folds.reveal(4)

    assert folds.folded == {2, 3, 4}
    assert not folds.covers(4)
    assert not folds.reveal(4)


def test_a_change_is_told_and_what_changes_nothing_is_not(folds: Folds, qtbot: QtBot) -> None:
    with qtbot.waitSignal(folds.changed):
        folds.fold(1)
    with qtbot.assertNotEmitted(folds.changed):
        folds.fold(1)
        folds.reveal(0)
        folds.fold_only((1, 99))
        folds.show_article(TREE)


@given(st.lists(st.integers(1, 4), max_size=12), st.sets(st.integers(0, 11)))
def test_a_passage_is_covered_if_a_folded_section_has_it_below_its_heading(levels: list[int], folded: set[int]) -> None:
    folds, tree = Folds(), sections(*levels)
    folds.show_article(tree)

    folds.fold_only(folded)

    hidden = {p for n in folds.folded for p in range(tree[n].first + 1, tree[n].end)}
    assert {p for p in range(2 * len(levels)) if folds.covers(p)} == hidden
    assert {p for first, end in folds.hidden_ranges() for p in range(first, end)} == hidden


# -- across starts ---------------------------------------------------------------------------------

BOOK = "# One\n\nText.\n\n## One and a half\n\nText.\n\n# Two\n\nText.\n\n## Two and a half\n\nText.\n"


def outline_of(window: MainWindow) -> OutlinePanel:
    return part(window, OutlinePanel)


def test_what_is_folded_in_the_outline_is_folded_at_the_next_start(desk: Desk) -> None:
    article = desk.add(BOOK, "book.md")
    window = desk.window(article=article)
    outline_of(window).fold_to(1)

    desk.close(window)
    again = desk.window(article=article)

    assert again.reading.folds.folded == {0, 1, 2, 3}
    assert outline_of(again).folded() == {0, 1, 2, 3}


def test_what_was_folded_is_on_the_disk_soon(desk: Desk, qtbot: QtBot) -> None:
    article = desk.add(BOOK, "book.md")
    window = desk.window(article=article)

    window.reading.folds.fold(2)

    with Library(desk.paths) as library:
        qtbot.waitUntil(lambda: [name.titles for name in library.folding.of(article)] == [("Two",)])


def test_the_outline_shows_what_is_folded_elsewhere(desk: Desk) -> None:
    window = desk.window(article=desk.add(BOOK, "book.md"))

    window.reading.folds.fold(2)

    assert outline_of(window).folded() == {2}


def test_each_article_has_its_own_folds(desk: Desk) -> None:
    book, other = desk.add(BOOK, "book.md"), desk.add(SHORT, "short.md")
    window = desk.window(article=book)
    window.reading.folds.fold(0)

    window.open_article(other)
    elsewhere = window.reading.folds.folded
    window.open_article(book)

    assert elsewhere == frozenset()
    assert window.reading.folds.folded == {0}


def test_folds_stay_with_their_headings_in_a_revised_text(desk: Desk) -> None:
    article = desk.add(BOOK, "book.md")
    window = desk.window(article=article)
    window.reading.folds.fold(2)
    desk.close(window)

    assert desk.add("# Before\n\nText.\n\n" + BOOK, "book.md") == article
    again = desk.window(article=article)

    assert again.reading.folds.folded == {3}
