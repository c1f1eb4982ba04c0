"""Pages as files: encodings, pictures, packages, what is pasted, and what is meant to do harm."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from reader.article.model import BlockKind, Image, SpanKind
from reader.errors import EmptyFileError, NotTextError
from reader.importers.html import tree
from reader.importers.html.importer import read, read_string
from reader.importers.html.tree import MAX_DEPTH, decode_page, flattened

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
WORDS = "A paragraph that is long enough to be taken for text by whoever looks for it on a page."


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return tmp_path / "page.html"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<meta charset=iso-8859-1><p>naïve “x”</p>".encode("cp1252"), "naïve “x”"),
        ("<meta charset=iso-8859-1><p>naïve</p>".encode(), "naïve"),
        ('<?xml version="1.0" encoding="koi8-r"?><p>Привет всем</p>'.encode("koi8-r"), "Привет всем"),
        (
            "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><p>日本語の文</p>".encode("cp932"),
            "日本語の文",
        ),
        ("\ufeff<p>größer</p>".encode("utf-16"), "größer"),
        ("<meta charset=nonsense><p>größer als das Haus für alle</p>".encode("cp1252"), "größer als das Haus für alle"),
        (b"<meta charset=utf-8><p>&eacute;t&eacute; &#8212; &#x2026;</p>", "été — …"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_is_in(data: bytes, said: str, page: Path) -> None:
    page.write_bytes(data)

    article = read(page).article

    assert [block.text for block in article.blocks] == [said]


def test_bytes_that_are_no_text_are_refused(page: Path) -> None:
    with pytest.raises(NotTextError):
        decode_page(b"\x89PNG\r\n\x1a\n\0\0\0", page)


@pytest.mark.parametrize("content", ["<html></html>", "<!-- only a comment -->", "<script>x = 1</script>"])
def test_a_page_without_text_is_refused(content: str, page: Path) -> None:
    page.write_text(content, encoding="utf-8")

    with pytest.raises(EmptyFileError):
        read(page)


def test_pictures_come_from_the_folder_that_was_saved_with_the_page(page: Path) -> None:
    folder = page.with_name("page_files")
    folder.mkdir()
    (folder / "a.png").write_bytes(PNG)
    page.write_text(
        f'<p>{WORDS}</p><img src="page_files/a.png" alt="A dot" title="Dots"><p>{WORDS}</p>', encoding="utf-8"
    )

    imported = read(page)

    picture = imported.article.blocks[1]
    assert (picture.kind, picture.text, picture.detail) == (BlockKind.IMAGE, "A dot", Image("page_files/a.png", "Dots"))
    assert [(one.name, one.media_type, one.data) for one in imported.resources] == [
        ("page_files/a.png", "image/png", PNG)
    ]


@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/a.png",
        "//example.org/a.png",
        "file:///etc/a.png",
        "/etc/a.png",
        "../a.png",
        "page_files/../../a.png",
        "page_files/%2e%2e/%2e%2e/a.png",
        "\\\\server\\a.png",
        "other/a.png",
    ],
)
def test_a_picture_from_anywhere_else_is_not_read_and_is_counted(source: str, page: Path) -> None:
    (page.parent.parent / "a.png").write_bytes(PNG)
    page.write_text(f'<p>{WORDS}</p><img src="{source}" alt="Elsewhere">', encoding="utf-8")

    imported = read(page)

    assert imported.resources == ()
    assert [block.text for block in imported.article.blocks] == [WORDS, "Elsewhere"]
    assert imported.article.warnings == (
        "1 picture lies on the web and is not shown; what it says of itself stands in its place.",
    )


def test_a_picture_in_the_page_itself_is_kept(page: Path) -> None:
    data = base64.b64encode(PNG).decode()
    page.write_text(f'<p>{WORDS}</p><img src="data:image/png;base64,{data}" alt="A dot">', encoding="utf-8")

    imported = read(page)

    assert [one.data for one in imported.resources] == [PNG]


def test_a_package_brings_its_pictures(tmp_path: Path) -> None:
    file = tmp_path / "a.mht"
    file.write_bytes(
        b"From: <Saved>\r\nSnapshot-Content-Location: https://example.org/a/\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="xx"\r\n\r\n'
        b"--xx\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://example.org/a/\r\n\r\n"
        b"<meta charset=3Dutf-8><p>Caf=C3=A9, and a long enough text=\r\n here.</p><img src=3D'i/b.png' alt=3DDot>"
        b"<img src=3D'cid:c1' alt=3DAgain>\r\n"
        b"--xx\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        b"Content-Location: https://example.org/a/i/b.png\r\nContent-ID: <c1>\r\n\r\n" + base64.b64encode(PNG) + b"\r\n"
        b"--xx--\r\n"
    )

    imported = read(file)

    assert [block.text for block in imported.article.blocks] == ["Café, and a long enough text here.", "Dot", "Again"]
    assert [one.data for one in imported.resources] == [PNG]


def test_what_is_pasted_is_taken_whole() -> None:
    html = "<html><body><!--StartFragment--><nav>A menu</nav><p>Short.</p><!--EndFragment--></body></html>"

    article = read_string(html).article

    assert [block.text for block in article.blocks] == ["A menu", "Short."]


def test_links_lead_to_the_web_to_people_and_within_the_page_only() -> None:
    html = (
        '<p id="here"><a href="/b">one</a> <a href="mailto:a@example.org">two</a> '
        '<a href="https://example.org/a#here">three</a> '
        '<a href="javascript:alert(1)">four</a> <a href="data:text/html,x">five</a> <a href="file:///etc">six</a> '
        '<a href=" JaVaScRiPt:x">seven</a> <a href="vbscript:x">eight</a></p>'
    )

    (block,) = read_string(html, base="https://example.org/a").article.blocks

    assert [(block.text[one.start : one.end], one.value) for one in block.spans if one.kind is SpanKind.LINK] == [
        ("one", "https://example.org/b"),
        ("two", "mailto:a@example.org"),
        ("three", "#here"),
    ]


def test_a_hundred_thousand_nested_elements_lose_no_word(page: Path) -> None:
    page.write_text("<div>" * 100_000 + "deep down" + "</div>" * 100_000 + "<p>and after</p>", encoding="utf-8")

    article = read(page).article

    assert [block.text for block in article.blocks] == ["deep down", "and after"]


def test_tags_below_the_greatest_depth_are_dropped_and_their_text_is_kept() -> None:
    text = flattened("<b>" * (MAX_DEPTH + 5) + "word" + "</b>" * (MAX_DEPTH + 5))

    assert text.count("<b>") == MAX_DEPTH
    assert text.count("</b>") == MAX_DEPTH
    assert "word" in text


def test_entities_that_a_document_declares_are_not_resolved(page: Path) -> None:
    page.write_text(
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbbbbbbbbb">]>'
        f"<html><body><p>{WORDS} &a; &b;</p></body></html>",
        encoding="utf-8",
    )

    article = read(page).article

    assert "root:" not in article.blocks[-1].text
    assert "bbb" not in article.blocks[-1].text


def test_notes_in_a_circle_end(page: Path) -> None:
    page.write_text(
        '<p>Text<sup><a href="#a">1</a></sup></p><p id="a">1 one<sup><a href="#b">2</a></sup></p>'
        '<p id="b">2 two<sup><a href="#a">1</a></sup></p>',
        encoding="utf-8",
    )

    article = read(page).article

    assert [(note.key, note.blocks[0].text) for note in article.notes] == [("1", "one"), ("2", "two")]


def test_a_page_that_was_saved_knows_its_own_address(page: Path) -> None:
    page.write_text(
        "<!-- saved from url=(0026)https://example.org/a.html -->"
        f'<p>{WORDS}<a href="https://example.org/a.html#n1"><sup>1</sup></a></p><hr>'
        '<p><a name="n1"></a>1. The note.</p>',
        encoding="utf-8",
    )

    article = read(page).article

    assert [note.blocks[0].text for note in article.notes] == ["The note."]


def test_notes_that_are_taken_out_of_a_paragraph_do_not_puzzle_the_choice_of_the_article(page: Path) -> None:
    page.write_text(
        "<body><p>A fact [1] and [2].<hr>[x]<p>1. First ref.<br>2.(Second <i>ref</i>.</p></body>"
        "[x]<p>1. First ref.<br>2. Second <i>ref</i>.</p>",
        encoding="utf-8",
    )

    article = read(page, lambda share: None).article

    assert article.blocks[0].text.startswith("A fact")


def test_a_page_that_was_moved_is_known_by_its_notes_that_name_each_other(page: Path) -> None:
    page.write_text(
        f"<p>{WORDS}<sup id='fnref-1'><a href='https://old.example/text#fn-1'>1</a></sup></p>"
        "<ol><li id='fn-1'>The note. <a href='https://old.example/text#fnref-1'>↩</a></li></ol>",
        encoding="utf-8",
    )

    article = read(page).article

    assert [mark.note for block in article.blocks for mark in block.marks] == ["1"]
    assert [block.text for note in article.notes for block in note.blocks] == ["The note."]


def test_tables_end_where_a_page_has_too_many_cells_but_no_word_is_lost(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "MAX_CELLS", 4)
    rows = "".join(f"<tr><td>left{n}<td>right{n}" for n in range(4))
    page.write_text(f"<p>{WORDS}</p><table>{rows}</table><p>{WORDS} At the end.</p>", encoding="utf-8")

    article = read(page).article

    cells = [block.text for block in article.blocks if block.kind is BlockKind.TABLE_ROW]
    assert cells == ["left0\tright0", "left1\tright1"]
    assert [block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH] == [
        WORDS,
        "left2 right2 left3 right3",
        f"{WORDS} At the end.",
    ]


def test_a_drawing_in_the_page_is_a_picture_with_its_title_as_words(page: Path) -> None:
    page.write_text(
        f"<p>{WORDS}</p><figure><svg width=300 height=200 viewBox='0 0 30 20' onload='go()'><title>How it grew</title>"
        "<script>go()</script><style>@import url(https://x.example/a.css)</style><linearGradient id=g />"
        "<path d='M0 0L30 20' fill='url(#g)' /><image href='https://x.example/a.png' />"
        "<a href='javascript:go()'><text x=1>1990</text></a></svg></figure>"
        "<p><svg width=16 height=16><title>Share</title><path d='M0 0' /></svg></p>",
        encoding="utf-8",
    )

    imported = read(page)

    image = next(block for block in imported.article.blocks if block.kind is BlockKind.IMAGE)
    resource, *others = imported.resources
    assert (image.text, others) == ("How it grew", [])
    assert isinstance(image.detail, Image)
    assert image.detail.resource == resource.name
    assert resource.data.decode() == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 30 20">'
        '<linearGradient id="g" /><path d="M0 0L30 20" fill="url(#g)" /><image /><g><text x="1">1990</text></g></svg>'
    )
