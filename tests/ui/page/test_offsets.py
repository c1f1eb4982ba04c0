"""The way between the canonical text and what the screen shows, for every offset of any article."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from PySide6.QtGui import QTextCursor, QTextDocument
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Image, ListItem, Mark, Metadata, Note, Span, SpanKind
from reader.article.model import TableRow as Row
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.copying import plain_text
from reader.ui.page.document import DocumentBuilder, Line, PageDocument
from reader.ui.page.offsets import OffsetMap
from reader.ui.page.styles import StyleBook, Typography
from tests.strategies import articles

Build = Callable[..., PageDocument]

ASTRAL = "\N{MATHEMATICAL BOLD SMALL A}\N{CROWN}"
HEBREW = "שלום עולם"

MIXED = Article(
    Metadata(title="Everything"),
    (
        Block(
            BlockKind.LIST_ITEM, f"{ASTRAL} item", marks=(Mark(0, "1"), Mark(1, "1"), Mark(1, "2")), detail=ListItem(7)
        ),
        Block(BlockKind.PARAGRAPH),
        Block(BlockKind.PARAGRAPH, f"{HEBREW} and\n{ASTRAL}", (Span(0, 4, SpanKind.STRONG),), (Mark(4, "2"),)),
        Block(BlockKind.TABLE_ROW, "a\tb\tc", detail=Row(header=True, align="lrc")),
        Block(BlockKind.TABLE_ROW, f"{ASTRAL}\t\tx", marks=(Mark(1, "1"), Mark(2, "2"), Mark(3, "1"), Mark(4, "9"))),
        Block(BlockKind.TABLE_ROW, "only one", detail=Row()),
        Block(BlockKind.TABLE_ROW, "second\ttable", detail=Row(header=True, align="--")),
        Block(BlockKind.IMAGE, "A drawing", marks=(Mark(2, "1"),), detail=Image("none.svg")),
        Block(BlockKind.RULE),
        Block(BlockKind.QUOTATION, "said", within=">", marks=(Mark(4, "2"),)),
    ),
    (
        Note("1", "1", (Block(BlockKind.PARAGRAPH, "See", marks=(Mark(3, "2"),)), Block(BlockKind.PARAGRAPH))),
        Note("2", "2", (Block(BlockKind.LIST_ITEM, "a", detail=ListItem()),)),
        Note("3", "3", ()),
    ),
)
ONLY_NOTES = Article(Metadata(), (), (Note("a", "1", (Block(BlockKind.PARAGRAPH, "Alone."),)),))
EMPTY = Article(Metadata(title="Nothing"), ())
BLANK = Article(Metadata(), (Block(BlockKind.PARAGRAPH),))


@pytest.fixture
def build(qtbot: QtBot, theme: Theme) -> Iterator[Build]:
    """Builds documents as a page does, with head, note numbers and links back."""
    documents: list[QTextDocument] = []

    def made(article: Article, text: CanonicalText, first: int = 0, end: int | None = None) -> PageDocument:
        styles = StyleBook(theme, Typography())
        builder = DocumentBuilder(text, styles, {note.key: note.label for note in article.notes})
        page = builder.build(
            first,
            len(text.passages) if end is None else end,
            header=(Line("Kicker", styles.kicker()), Line(f"Title {ASTRAL}\nof two lines", styles.title(), 1)),
            notes_title="Notes",
            back_links=lambda key: (0, 0),
        )
        documents.append(page.document)
        return page

    yield made


def shown(page: PageDocument, start: int, end: int) -> str:
    """Return what the document has between two positions, in Python's characters."""
    cursor = QTextCursor(page.document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


BYTE_ORDER_MARK = Article(Metadata(), (Block(BlockKind.PARAGRAPH, "\ufeff"), Block(BlockKind.RULE)))
every_article = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@every_article
@given(article=articles())
@example(article=MIXED)
@example(article=ONLY_NOTES)
@example(article=EMPTY)
@example(article=BLANK)
@example(article=BYTE_ORDER_MARK)
def test_every_offset_has_a_position_that_leads_back_to_it(build: Build, article: Article) -> None:
    text = CanonicalText(article)
    offsets = build(article, text).offsets
    every = range(len(text) + 1) if text.passages else range(0)

    assert [offsets.to_offset(offsets.to_position(o)) for o in every] == list(every)
    assert [offsets.to_offset(offsets.to_position(o, after_marks=False)) for o in every] == list(every)


@every_article
@given(article=articles())
@example(article=MIXED)
def test_positions_rise_with_offsets_and_offsets_with_positions(build: Build, article: Article) -> None:
    text = CanonicalText(article)
    page = build(article, text)

    positions = [page.offsets.to_position(offset) for offset in range(len(text) + 1)] if text.passages else []
    offsets = [page.offsets.to_offset(position) for position in range(page.document.characterCount())]

    assert positions == sorted(set(positions))
    assert offsets == sorted(offsets)


@every_article
@given(article=articles())
@example(article=MIXED)
@example(article=ONLY_NOTES)
def test_every_character_of_the_text_stands_at_its_position(build: Build, article: Article) -> None:
    text = CanonicalText(article)
    page = build(article, text)
    drawn = {"\n": "\u2028", "\t": "\u2029", "\ufeff": "\u2060"}

    for passage, block in enumerate(text.passages):
        table = block.kind is BlockKind.TABLE_ROW
        for within, character in enumerate(block.text):
            start = page.offsets.to_position(text.offset(passage, within))
            there = shown(page, start, start + 1 + (character > "\uffff"))
            if table and character == "\t":
                assert page.document.findBlock(start) != page.document.findBlock(start + 1)
            else:
                assert there == drawn.get(character, character)


@every_article
@given(article=articles())
@example(article=MIXED)
def test_a_run_of_passages_maps_offsets_outside_it_to_its_nearer_end(build: Build, article: Article) -> None:
    text = CanonicalText(article)
    if len(text.passages) < 3:
        return
    offsets = build(article, text, 1, len(text.passages) - 1).offsets

    first, last = text.offset(1), text.span(len(text.passages) - 2)[1]

    assert offsets.to_offset(offsets.to_position(0)) == first
    assert offsets.to_offset(offsets.to_position(len(text))) == last


@every_article
@given(article=articles())
@example(article=MIXED)
@example(article=ONLY_NOTES)
def test_all_of_the_text_is_copied_as_the_canonical_text_below_the_head(build: Build, article: Article) -> None:
    text = CanonicalText(article)
    page = build(article, text)

    copied = plain_text(page, text, 0, page.document.characterCount() - 1)

    head = f"Kicker\nTitle {ASTRAL}\nof two lines"
    if text.string:
        assert copied == f"{head}\n{text.string}"
    else:
        assert copied.rstrip("\n") == head


@every_article
@given(article=articles())
@example(article=MIXED)
def test_each_passage_is_copied_without_what_the_screen_adds(build: Build, article: Article) -> None:
    text = CanonicalText(article)
    page = build(article, text)
    to = page.offsets.to_position

    for passage, block in enumerate(text.passages):
        start, end = text.span(passage)
        copied = plain_text(page, text, to(start, after_marks=False), to(end))

        assert copied == block.text


def test_a_selection_that_begins_in_the_head_takes_no_sign_of_a_list_with_it(build: Build) -> None:
    article = Article(Metadata(), (Block(BlockKind.LIST_ITEM, "first", detail=ListItem(1)),))
    text = CanonicalText(article)
    page = build(article, text)

    copied = plain_text(page, text, 7, page.offsets.to_position(5))

    assert copied == f"Title {ASTRAL}\nof two lines\nfirst"


def test_a_map_of_no_passages_leads_to_the_beginning(theme: Theme) -> None:
    offsets = OffsetMap(CanonicalText(EMPTY), (), (), {})

    assert offsets.to_position(7) == 0
    assert offsets.to_offset(7) == 0
