"""What is no good Word file, and pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import EmptyFileError, UnknownFormatError
from reader.importers.archive import EncryptedArchiveError, NotAnArchiveError
from reader.importers.docx.importer import read
from reader.importers.docx.parts import NoDocumentError
from reader.importers.registry import format_of
from tests.importers.docx.word_files import PNG, imported, p, r, shown, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def drawing(name: str, alternative: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="{alternative}"/>'
        f'<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="{name}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def test_a_picture_comes_with_its_alternative_text(tmp_path: Path) -> None:
    made = imported(tmp_path, p(drawing("one.png", "A river")), {"one.png": PNG})

    assert shown(made.article) == ["image: A river"]
    assert [(one.name, one.media_type, one.data) for one in made.resources] == [("one.png", "image/png", PNG)]


def test_of_a_picture_that_cannot_be_shown_the_alternative_text_stays(tmp_path: Path) -> None:
    made = imported(tmp_path, p(drawing("one.emf", "A curve")), {"one.emf": b"\x01\0\0\0 EMF"})

    assert shown(made.article) == ["paragraph: A curve"]
    assert made.article.warnings == ("The picture “one.emf” is of no kind that can be shown.",)


def test_a_picture_of_the_older_form_is_shown(tmp_path: Path) -> None:
    old = '<w:r><w:pict><v:shape alt="Old"><v:imagedata r:id="one.png"/></v:shape></w:pict></w:r>'

    made = imported(tmp_path, p(old), {"one.png": PNG})

    assert shown(made.article) == ["image: Old"]


def test_an_embedded_object_is_named(tmp_path: Path) -> None:
    sheet = '<w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'

    made = imported(tmp_path, p(r("See ") + sheet), {})

    assert shown(made.article) == ["paragraph: See [Excel]"]
    assert made.article.warnings == ("An embedded object (Excel) cannot be shown.",)


def test_a_locked_file_says_that_it_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "locked.docx"
    path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)

    with pytest.raises(EncryptedArchiveError, match="protected with a password"):
        read(path)
    assert format_of(path) == "docx"


def test_the_older_form_under_a_new_name_is_named(tmp_path: Path) -> None:
    path = tmp_path / "old.docx"
    path.write_bytes(OLE + b"\0" * 512)

    with pytest.raises(UnknownFormatError):
        read(path)


def test_a_word_file_is_known_by_its_content(tmp_path: Path) -> None:
    assert format_of(write(tmp_path / "letter.bin", p("Text."))) == "docx"


def test_a_file_without_text_says_so(tmp_path: Path) -> None:
    with pytest.raises(EmptyFileError):
        read(write(tmp_path / "a.docx", p("")))


def test_an_archive_without_a_document_says_so(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")

    with pytest.raises(NoDocumentError):
        read(path)


def test_a_file_cut_short_is_read_as_far_as_it_goes_or_refused(tmp_path: Path) -> None:
    whole = write(tmp_path / "a.docx", "".join(p(f"Paragraph number {i} of many.") for i in range(3000)))
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])

    made = read(cut).article

    assert made.blocks[0].text == "Paragraph number 0 of many."
    assert "The file is damaged; what could be read of it is here." in made.warnings


def test_rubbish_under_the_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04" + b"rubbish" * 100)

    with pytest.raises(NotAnArchiveError):
        read(path)


def test_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", encoding="utf-8")
    path = write(tmp_path / "a.docx", p("Text."))
    import zipfile

    with zipfile.ZipFile(path) as archive:
        document = archive.read("word/document.xml").replace(b"Text.", b"Text &x; end.")
        rels = archive.read("_rels/.rels")
    evil = tmp_path / "evil.docx"
    with zipfile.ZipFile(evil, "w") as archive:
        archive.writestr("_rels/.rels", rels)
        archive.writestr(
            "word/document.xml", f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode() + document
        )

    assert "SECRET" not in str(read(evil).article)


def test_tables_in_tables_a_hundred_thousand_deep_do_no_harm(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 100_000

    made = read(write(tmp_path / "a.docx", p("Before.") + deep)).article

    assert made.blocks[0].text == "Before."
