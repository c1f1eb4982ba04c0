"""Books that are locked, broken or hostile: refused with a sentence, or read as far as they go."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import EmptyFileError, ReaderError
from reader.importers.epub import importer
from reader.importers.epub.errors import NoBookError, ProtectedBookError
from tests.importers.epub.binding import PNG, bind, nav, page

TEXT = "Some text that makes a paragraph long enough to look like one, as books have them."


def encryption(algorithm: str, target: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        f'<enc:EncryptedData><enc:EncryptionMethod Algorithm="{algorithm}"/><enc:CipherData>'
        f'<enc:CipherReference URI="{target}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )


def test_a_locked_book_is_refused_politely(tmp_path: Path) -> None:
    locked = encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OPS/a.xhtml")
    book = bind(tmp_path, {"a.xhtml": b"\x8f\x01\xff" * 100}, beside={"META-INF/encryption.xml": locked})

    with pytest.raises(ProtectedBookError, match=r"digital rights management"):
        importer.read(book)


def test_scrambled_fonts_are_no_lock(tmp_path: Path) -> None:
    scrambled = encryption("http://www.idpf.org/2008/embedding", "OPS/font.otf")
    book = bind(tmp_path, {"a.xhtml": f"<p>{TEXT}</p>"}, beside={"META-INF/encryption.xml": scrambled})

    assert importer.read(book).article.blocks[0].text == TEXT


def test_a_text_that_cannot_be_read_beside_a_licence_is_locked(tmp_path: Path) -> None:
    book = bind(tmp_path, {"a.xhtml": b""}, beside={"META-INF/license.lcpl": "{}"})

    with pytest.raises(ProtectedBookError):
        importer.read(book)


def test_missing_pages_and_pictures_are_warnings(tmp_path: Path) -> None:
    book = bind(
        tmp_path,
        {"a.xhtml": f'<p>{TEXT}</p><img src="gone.png" alt="A"/><img src="https://example.org/x.png" alt="B"/>'},
        extra="",
    )
    with zipfile.ZipFile(book, "a") as archive:
        opf = archive.read("OPS/book.opf").decode()
    opf = opf.replace("</manifest>", '<item id="g" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest>')
    opf = opf.replace("</spine>", '<itemref idref="g"/></spine>')
    pages = {"a.xhtml": page(f'<p>{TEXT}</p><img src="gone.png" alt="A"/>')}
    _write(book, opf, pages)

    article = importer.read(book).article

    assert [block.text for block in article.blocks] == [TEXT, "A"]
    assert article.warnings == (
        "The page “gone.xhtml” is missing from the book.",
        "The picture “gone.png” is missing from the book.",
    )


def _write(book: Path, opf: str, pages: dict[str, str]) -> None:
    container = '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OPS/book.opf", opf)
        for name, content in pages.items():
            archive.writestr(f"OPS/{name}", content)


def test_without_a_container_the_package_is_looked_for(tmp_path: Path) -> None:
    book = bind(tmp_path, {"a.xhtml": f"<p>{TEXT}</p>"})
    with zipfile.ZipFile(book) as archive:
        opf = archive.read("OPS/book.opf")
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("deep/er/book.opf", opf)
        archive.writestr("deep/er/a.xhtml", page(f"<p>{TEXT}</p>"))

    assert importer.read(book).article.metadata.title == "A Book"


def test_without_a_package_all_pages_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("part10.xhtml", page("<p>Ten.</p>"))
        archive.writestr("part2.xhtml", page("<p>Two.</p>"))

    assert [block.text for block in importer.read(book).article.blocks] == ["Two.", "Ten."]


def test_what_is_no_book_is_refused_with_a_sentence(tmp_path: Path) -> None:
    book = tmp_path / "book.epub"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")

    with pytest.raises(NoBookError, match="no EPUB book"):
        importer.read(book)


def test_a_book_without_text_is_empty(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        importer.read(bind(tmp_path, {"a.xhtml": "<p> </p>"}))


def test_a_book_of_pictures_says_so(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {f"{n}.xhtml": f'<div><img src="{n}.png" alt=""/></div>' for n in range(5)}
    pages |= {f"{n}.png": PNG for n in range(5)}

    imported = importer.read(bind(tmp_path, pages))

    assert len(imported.resources) == 5
    assert imported.article.warnings == (
        "The pages of this book are laid out as pictures; their pictures and what is text in them was brought in.",
    )


def test_entities_are_never_resolved(tmp_path: Path) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>x&b;y&f;z</p></body></html>'
    )

    article = importer.read(bind(tmp_path, {"a.xhtml": bomb})).article

    assert [block.text for block in article.blocks] == ["x&b;y&f;z"]


def test_a_hundred_thousand_nested_elements_are_read(tmp_path: Path) -> None:
    body = "<div>" * 100_000 + "<p>Deep.</p>" + "</div>" * 100_000

    assert importer.read(bind(tmp_path, {"a.xhtml": body})).article.blocks[0].text == "Deep."


def test_addresses_that_lead_out_of_the_book_name_nothing(tmp_path: Path) -> None:
    addresses = ("../../../etc/passwd", "file:///etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "data:text/html,x")
    body = "<p>x</p>" + "".join(f'<img src="{address}" alt="A"/>' for address in addresses)

    imported = importer.read(bind(tmp_path, {"a.xhtml": body}))

    assert imported.resources == ()


def test_a_truncated_book_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    book = bind(tmp_path, {"a.xhtml": f"<h1>One</h1><p>{TEXT}</p>", "b.xhtml": f"<p>{TEXT}</p>"})
    data = book.read_bytes()
    book.write_bytes(data[: data.index(b"OPS/b.xhtml") + 40])

    article = importer.read(book).article

    assert article.blocks[0].text == "One"
    assert any("damaged" in warning for warning in article.warnings)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cuts=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=4)), max_size=6))
def test_a_mutated_book_is_read_or_refused_with_a_sentence(cuts: list[tuple[int, bytes]], tmp_path: Path) -> None:
    pages = {
        "nav.xhtml": nav(("a.xhtml", "One")),
        "a.xhtml": f'<h1>One</h1><p>{TEXT}<a href="#n" epub:type="noteref">1</a></p><aside id="n">1 Note.</aside>',
    }
    book = bind(tmp_path, pages)
    data = bytearray(book.read_bytes())
    for place, new in cuts:
        at = place % len(data)
        data[at : at + len(new)] = new
    book.write_bytes(data)

    try:
        imported = importer.read(book)
    except ReaderError as told:
        assert str(told)
    else:
        assert imported.article.blocks
