"""A text in the store answers as the same text in memory does, and decodes only what it is asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article import codec, stored
from reader.article.codec import Compiled, DamagedArticleError, decode, encode
from reader.article.model import Article, Block, BlockKind, Mark, Metadata, Note
from reader.article.skeleton import kind_byte
from reader.article.stored import StoredText
from reader.article.text import CanonicalText, Text
from tests.article.stored_sample import SAMPLE
from tests.strategies import articles

FIRST_FORM = Path(__file__).parents[1] / "data/articles/version_1.bin"


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


def heading(text: str) -> Block:
    return Block(BlockKind.HEADING, text, level=1)


# Four sections of three passages each, and a note.
BOOK = Article(
    Metadata(title="A book"),
    tuple(
        block
        for name in ("One", "Two", "Three", "Four")
        for block in (heading(name), paragraph(f"{name} begins."), paragraph(f"{name} ends."))
    ),
    (Note("1", "1", (paragraph("A note."),)),),
)


class Opened:
    """A book in the store, with a tally of the parts that were read since it was opened."""

    def __init__(self, article: Article) -> None:
        self._data = encode(article)
        self.reads = 0
        self.compiled = Compiled(self._read)
        self.text = StoredText(self.compiled)
        self.reads = 0

    def _read(self, offset: int, length: int) -> bytes:
        self.reads += 1
        return self._data[offset : offset + length]


def assert_alike(found: Text, expected: CanonicalText) -> None:
    """Hold that two texts answer every question alike, whatever is asked first."""
    assert len(found) == len(expected)
    assert found.string == expected.string
    assert (found.body, found.body_length) == (expected.body, expected.body_length)
    assert tuple(found.passages) == expected.passages
    assert [found.passages[i] for i in range(len(found.passages))] == list(expected.passages)
    assert (found.starts, found.kinds, found.body_passages) == (expected.starts, expected.kinds, expected.body_passages)
    assert (found.keys, found.labels, found.marks) == (expected.keys, expected.labels, expected.marks)
    for passage in range(len(expected.passages)):
        assert found.span(passage) == expected.span(passage)
        assert found.note_of(passage) == expected.note_of(passage)
    for key in (*expected.keys, "no such key"):
        assert found.mark_offsets(key) == expected.mark_offsets(key)
        assert found.note_span(key) == expected.note_span(key)
    for anchor in ("a", "sec-2", "no such anchor", ""):
        assert found.anchor_passage(anchor) == expected.anchor_passage(anchor)


@given(articles())
def test_a_text_in_the_store_answers_every_question_as_one_in_memory(article: Article) -> None:
    expected = CanonicalText(article)

    text = StoredText(Compiled.over(encode(article)))

    assert_alike(text, expected)


@given(articles(), st.integers(1, 3))
def test_it_does_so_however_small_the_sections_are(article: Article, blocks: int) -> None:
    expected = CanonicalText(article)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codec, "MAX_SECTION_BLOCKS", blocks)
        patch.setattr(stored, "MAX_KEPT_CHARACTERS", 10)
        text = StoredText(Compiled.over(encode(article)))
        assert_alike(text, expected)


@given(articles(max_blocks=4, max_notes=2), st.integers(-3, 99), st.integers(-3, 99))
def test_a_piece_of_the_text_is_that_piece_of_the_whole(article: Article, start: int, end: int) -> None:
    expected = CanonicalText(article)

    text = StoredText(Compiled.over(encode(article)))

    assert text.slice(start, end) == expected.string[max(0, start) : max(0, end)] == expected.slice(start, end)


@given(articles(max_blocks=4, max_notes=2), st.slices(9))
def test_passages_are_cut_like_a_tuple(article: Article, cut: slice) -> None:
    expected = CanonicalText(article).passages

    passages = StoredText(Compiled.over(encode(article))).passages

    assert passages[cut] == expected[cut]


@given(articles(), st.integers(-5, 400))
def test_a_place_is_the_same_in_both(article: Article, offset: int) -> None:
    text = StoredText(Compiled.over(encode(article)))

    if not article.blocks and not any(note.blocks for note in article.notes):
        with pytest.raises(IndexError):
            text.place(offset)
        return
    assert text.place(offset) == CanonicalText(article).place(offset)


def test_an_article_of_the_first_version_is_still_read() -> None:
    data = FIRST_FORM.read_bytes()

    article = decode(data)

    assert data[4:6] == b"\x01\x00"
    assert article == SAMPLE


def test_an_article_of_the_first_version_answers_every_question() -> None:
    compiled, now = Compiled.over(FIRST_FORM.read_bytes()), Compiled.over(encode(SAMPLE))

    text = StoredText(compiled)

    assert_alike(text, CanonicalText(SAMPLE))
    assert compiled.note_entries == now.note_entries
    assert compiled.outline() == now.outline()
    assert [entry.title for entry in compiled.sections] == ["", "The north shore", "Boats"]
    assert [compiled.section_of(block) for block in range(12)] == [0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]


def test_opening_reads_the_preamble_the_header_and_the_numbers() -> None:
    data = encode(BOOK)
    read: list[tuple[int, int]] = []

    def piece(offset: int, length: int) -> bytes:
        read.append((offset, length))
        return data[offset : offset + length]

    text = StoredText(Compiled(piece))

    assert len(read) == 3
    assert (len(text.passages), text.kinds.count(kind_byte(BlockKind.HEADING))) == (13, 4)
    assert len(read) == 3


def test_neighbours_are_decoded_together_and_once() -> None:
    book = Opened(BOOK)

    texts = [book.text.passages[passage].text for passage in (3, 4, 5, 3)]

    assert texts == ["Two", "Two begins.", "Two ends.", "Two"]
    assert book.reads == 1


def test_what_was_not_asked_for_longest_is_decoded_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "MAX_KEPT_CHARACTERS", 60)
    book = Opened(BOOK)
    for passage in (0, 3, 0, 6):
        book.text.passages[passage]
    book.reads = 0

    book.text.passages[0]
    kept = book.reads
    book.text.passages[3]

    assert (kept, book.reads) == (0, 1)


def test_a_piece_decodes_only_the_sections_that_it_is_in() -> None:
    book = Opened(BOOK)

    words = book.text.slice(8, 24)

    assert words == "begins.\nOne ends"
    assert book.reads == 1


def test_the_whole_text_leaves_what_is_kept_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "MAX_KEPT_CHARACTERS", 60)
    book = Opened(BOOK)
    book.text.passages[0]

    whole = book.text.string
    book.reads = 0
    book.text.passages[0]

    assert whole == CanonicalText(BOOK).string
    assert book.reads == 0


def test_a_note_is_read_without_the_body() -> None:
    book = Opened(BOOK)

    span = book.text.note_span("1")
    assert span is not None
    words = [book.text.passages[passage].text for passage in span]

    assert (span, words) == (range(12, 13), ["A note."])
    assert book.reads == 2  # the names, and the notes


def test_many_notes_are_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "MAX_SECTION_BLOCKS", 2)
    notes = tuple(Note(str(number), str(number), (paragraph(f"Note {number}."),)) for number in range(1, 6))
    article = Article(Metadata(), (paragraph("Body."),), notes)

    compiled = Compiled.over(encode(article))

    assert list(compiled.chunk_firsts) == [0, 1, 3, 5, 6]
    assert compiled.notes() == notes


def test_a_heading_in_a_note_begins_no_section() -> None:
    article = Article(Metadata(), (heading("One"),), (Note("1", "1", (heading("Inside"), paragraph("Words."))),))

    compiled = Compiled.over(encode(article))

    assert [entry.title for entry in compiled.sections] == ["One"]
    assert list(compiled.chunk_firsts) == [0, 1, 3]


def test_a_note_marked_twice_has_two_marks_in_the_order_of_the_text() -> None:
    marked = Block(BlockKind.PARAGRAPH, "Twice, and once.", marks=(Mark(5, "b"), Mark(10, "a"), Mark(16, "b")))
    article = Article(Metadata(), (marked,), (Note("a", "1", (paragraph("A."),)), Note("c", "3", ())))

    text = StoredText(Compiled.over(encode(article)))

    assert (text.keys, list(text.marks.offsets), list(text.marks.keys)) == (("b", "a", "c"), [5, 10, 16], [0, 1, 0])
    assert [text.mark_offsets(key) for key in ("a", "b", "c", "d")] == [(10,), (5, 16), (), ()]
    assert [text.note_span(key) for key in ("a", "b", "c", "d")] == [range(1, 2), None, None, None]


def test_damage_is_told_when_the_damaged_piece_is_wanted() -> None:
    data = bytearray(encode(BOOK))
    data[data.index(b"Three ends.")] ^= 1
    text = StoredText(Compiled.over(data))

    assert text.passages[0].text == "One"
    with pytest.raises(DamagedArticleError):
        text.passages[8]


def test_two_threads_may_read_at_once() -> None:
    article = Article(Metadata(), tuple(heading(f"Section {number}") for number in range(300)))
    text = StoredText(Compiled.over(encode(article)))

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda passage: text.passages[passage].text, list(range(300)) * 4))

    assert found == [f"Section {number}" for number in range(300)] * 4
