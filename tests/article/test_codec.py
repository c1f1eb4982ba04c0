"""A compiled article: whole or by the section, and never silently another one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article import codec
from reader.article.codec import Compiled, DamagedArticleError, NewerArticleError, decode, encode
from reader.article.model import Article, Block, BlockKind, Mark, Metadata, Note
from reader.article.outline import outline
from reader.article.text import CanonicalText
from tests.strategies import articles


def heading(title: str, level: int = 1, within: str = "") -> Block:
    return Block(BlockKind.HEADING, title, level=level, within=within, anchor=title.lower())


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


BOOK = Article(
    Metadata(title="A book", language="en"),
    (
        paragraph("Before."),
        heading("One"),
        paragraph("First."),
        paragraph("Second."),
        heading("Deeper", 2),
        heading("Two"),
        Block(BlockKind.PARAGRAPH, "Third.", marks=(Mark(6, "1"),)),
    ),
    (Note("1", "1", (paragraph("A note."), paragraph("More of it."))), Note("2", "2", (paragraph("Another."),))),
    warnings=("A warning.",),
)


@given(articles())
def test_what_is_decoded_is_what_was_encoded(article: Article) -> None:
    data = encode(article)

    again = decode(data)

    assert again == article


@given(articles())
def test_the_canonical_text_and_all_offsets_come_back(article: Article) -> None:
    before = CanonicalText(article)

    after = CanonicalText(decode(encode(article)))

    assert after.string == before.string
    assert after.starts == before.starts
    assert [after.note_of(passage) for passage in range(len(after.passages))] == [
        before.note_of(passage) for passage in range(len(before.passages))
    ]


@given(articles())
def test_the_sections_hold_every_block_once_at_its_canonical_offset(article: Article) -> None:
    canonical = CanonicalText(article)

    compiled = Compiled.over(encode(article))

    blocks = [block for section in range(len(compiled.sections)) for block in compiled.blocks(section)]
    assert tuple(blocks) == article.blocks
    for number, entry in enumerate(compiled.sections):
        text = "\n".join(block.text for block in compiled.blocks(number))
        assert canonical.string[entry.start : entry.start + entry.characters] == text
        assert entry.start == canonical.starts[entry.first]


@given(articles())
def test_the_notes_are_listed_at_their_canonical_offsets(article: Article) -> None:
    canonical = CanonicalText(article)

    compiled = Compiled.over(encode(article))

    assert compiled.notes() == article.notes
    for note, entry in zip(article.notes, compiled.note_entries, strict=True):
        text = "\n".join(block.text for block in note.blocks)
        assert (entry.key, entry.label, entry.blocks) == (note.key, note.label, len(note.blocks))
        if note.blocks:
            assert canonical.string[entry.start : entry.start + entry.characters] == text


@given(articles())
def test_the_outline_needs_no_blocks(article: Article) -> None:
    compiled = Compiled.over(encode(article))

    root = compiled.outline()

    assert root == outline(article.blocks)


@given(articles(max_blocks=4, max_notes=2), st.data())
def test_one_changed_byte_is_noticed(article: Article, data: st.DataObject) -> None:
    whole = bytearray(encode(article))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))

    with pytest.raises(DamagedArticleError):
        decode(whole)


@given(st.binary(max_size=64) | st.binary(max_size=64).map(lambda tail: encode(BOOK)[:40] + tail))
def test_what_is_no_article_is_refused(data: bytes) -> None:
    with pytest.raises(DamagedArticleError):
        decode(data)


def test_every_shortened_copy_is_refused() -> None:
    whole = encode(BOOK)

    for length in range(len(whole)):
        with pytest.raises(DamagedArticleError):
            decode(whole[:length])


def test_a_section_is_a_heading_and_the_blocks_before_the_next_heading_of_any_level() -> None:
    compiled = Compiled.over(encode(BOOK))

    sections = [(entry.level, entry.title, entry.anchor, entry.first, entry.end) for entry in compiled.sections]

    assert sections == [
        (0, "", "", 0, 1),
        (1, "One", "one", 1, 4),
        (2, "Deeper", "deeper", 4, 5),
        (1, "Two", "two", 5, 7),
    ]


def test_a_heading_inside_a_quotation_begins_no_section() -> None:
    article = Article(Metadata(), (heading("One"), heading("Quoted", within=">"), paragraph("Text.")))

    compiled = Compiled.over(encode(article))

    assert [entry.title for entry in compiled.sections] == ["One"]


def test_a_long_section_is_cut_into_pieces() -> None:
    article = Article(Metadata(), (heading("Long"), *[paragraph("One of many.")] * 1_100))

    compiled = Compiled.over(encode(article))

    assert [(entry.level, entry.first, entry.end) for entry in compiled.sections] == [
        (1, 0, 500),
        (0, 500, 1_000),
        (0, 1_000, 1_101),
    ]


def test_an_empty_article_has_no_section() -> None:
    compiled = Compiled.over(encode(Article(Metadata(), ())))

    assert (compiled.sections, compiled.notes(), compiled.block_count) == ((), (), 0)


def test_a_block_and_an_offset_lead_to_their_section() -> None:
    compiled = Compiled.over(encode(BOOK))

    assert [compiled.section_of(block) for block in range(7)] == [0, 1, 1, 1, 2, 3, 3]
    assert [compiled.section_at(offset) for offset in (0, 7, 8, 25, 26, 27, 33, 9_999)] == [0, 0, 1, 1, 1, 2, 2, 3]


def test_one_section_is_read_without_the_rest() -> None:
    whole = encode(BOOK)
    read: list[tuple[int, int]] = []

    def piece(offset: int, length: int) -> bytes:
        read.append((offset, length))
        return whole[offset : offset + length]

    compiled = Compiled(piece)
    length = compiled.sections[1].length
    read.clear()
    blocks = compiled.blocks(1)

    assert [block.text for block in blocks] == ["One", "First.", "Second."]
    assert read == [(read[0][0], length)]


def test_a_damaged_section_leaves_the_others_readable() -> None:
    whole = bytearray(encode(BOOK))
    compiled = Compiled.over(whole)
    whole[whole.index(b"First.")] ^= 1

    with pytest.raises(DamagedArticleError):
        compiled.blocks(1)
    assert [block.text for block in compiled.blocks(3)] == ["Two", "Third."]


def test_an_article_of_a_newer_version_is_told_from_a_damaged_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "VERSION", 3)
    newer = encode(BOOK)
    monkeypatch.setattr(codec, "VERSION", 2)

    with pytest.raises(NewerArticleError) as caught:
        decode(newer, "A book")

    assert str(caught.value) == "“A book” could not be opened because a newer version of this program stored it."


def test_a_sound_checksum_over_unsound_contents_is_damage_too() -> None:
    header = b"\x93\x01\x02\x03"
    fields = codec._PREAMBLE.pack(codec.MAGIC, codec.VERSION, 0, len(header), zlib.crc32(header))

    with pytest.raises(DamagedArticleError):
        decode(fields + codec._CHECKSUM.pack(zlib.crc32(fields)) + header)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("A book", "“A book” could not be opened because its stored copy is damaged; import its file again."),
        ("", "An article could not be opened because its stored copy is damaged; import its file again."),
    ],
)
def test_damage_is_told_in_a_sentence(name: str, sentence: str) -> None:
    with pytest.raises(DamagedArticleError) as caught:
        decode(b"", name)

    assert str(caught.value) == sentence


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_any_kind_of_bytes_will_do(kind: Callable[[bytes], bytes]) -> None:
    data = kind(encode(BOOK))

    assert decode(data) == BOOK


def test_a_file_on_disk_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "article"
    path.write_bytes(encode(BOOK))

    with path.open("rb") as file:

        def read(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        assert Compiled(read).article() == BOOK
