"""Small texts of our own that an installed program proves itself with: one of each kind of file.

A file of each kind is made where it is needed, so that nothing has to be shipped for it. Each has a
word that no other has (``WORDS``), for a search to find.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

from msgspec import Struct

TITLE = "The ferry of Þingeyri"
NOTE = "first"
"""The key of the note in the Markdown text."""
NOTE_WORDS = "A ferryman’s day began at four"
SECTION = "Ὁ ποταμός"
"""A heading of the Markdown text, far enough down to be gone to."""
PHRASE = "river"
"""What stands in the Markdown text ``PHRASES`` times."""
PHRASES = 12
FAR_PARAGRAPHS = 60
"""So many paragraphs lie before ``SECTION``: more than a window shows."""


class Specimen(Struct, frozen=True):
    """A file, the title that its text has, and a word that is only in it."""

    path: Path
    title: str
    word: str


def write(folder: Path) -> tuple[Specimen, ...]:
    """Write a text as Markdown, HTML, EPUB and DOCX into a folder; the one in Markdown comes first.

    Raises:
        OSError: the folder cannot be written.
    """
    made = (
        Specimen(folder / "ferry.md", TITLE, "gunwale"),
        Specimen(folder / "bridge.html", "The bridge", "buttress"),
        Specimen(folder / "harbour.epub", "The harbour", "capstan"),
        Specimen(folder / "mill.docx", "The mill", "millrace"),
    )
    markdown, page, book, document = made
    markdown.path.write_text(_markdown(), encoding="utf-8")
    page.path.write_text(_page(page.title, page.word), encoding="utf-8")
    _zip(book.path, _book(book.title, book.word))
    _zip(document.path, _document(document.title, document.word))
    return made


def _markdown() -> str:
    far = "\n\n".join(
        f"Crossing {number}. Nobody wrote down how many had come over by the evening, and nobody had asked."
        for number in range(1, FAR_PARAGRAPHS + 1)
    )
    near = "\n\n".join(f"The {PHRASE} rose for the {number}th time." for number in range(4, PHRASES + 4))
    return (
        f"---\ntitle: {TITLE}\nauthors: [A. Writer]\nlang: en\n---\n\n"
        f"# Spring – весна\n\nThe ice broke late.[^{NOTE}] A gunwale showed. Naïve façade, 渡し船, עברית, 😀.\n\n"
        f"> Everybody remembered the miller.\n\n- one\n- two\n\n| year | boats |\n|---|---|\n| 1918 | 12 |\n\n"
        f"{far}\n\n## {SECTION}\n\n{near}\n\n"
        "An incomprehensible administrative responsibility, internationally acknowledged.\n\n"
        f"[^{NOTE}]: {NOTE_WORDS}, as the *gazette* has it.\n"
    )


def _page(title: str, word: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<article><h1>{title}</h1><p>The {word} was of stone, and the arches of brick; it was built "
        "in three summers, and paid for in thirty.</p><h2>Its toll</h2><p>Two pence a wheel.</p>"
        "</article></body></html>"
    )


def _book(title: str, word: str) -> dict[str, str]:
    """Return the parts of an EPUB 3; the first is stored as it is, as the format wants."""
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": (
            '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
            "</container>"
        ),
        "book.opf": (
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">harbour</dc:identifier>'
            f"<dc:title>{title}</dc:title><dc:language>en</dc:language><dc:creator>B. Writer</dc:creator></metadata>"
            '<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="one"/></spine></package>'
        ),
        "nav.xhtml": (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
            '<nav epub:type="toc"><ol><li><a href="one.xhtml">The quay</a></li></ol></nav></body></html>'
        ),
        "one.xhtml": (
            '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The quay</title></head><body>'
            f"<h1>The quay</h1><p>The {word} turned, and the chain came in.</p></body></html>"
        ),
    }


def _document(title: str, word: str) -> dict[str, str]:
    """Return the parts of a Word document."""
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>'
        ),
        "_rels/.rels": (
            '<?xml version="1.0"?>'
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/>'
            f'<Relationship Id="r2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
        ),
        "docProps/core.xml": (
            '<?xml version="1.0"?><cp:coreProperties '
            'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
        ),
        "word/document.xml": (
            f'<?xml version="1.0"?><w:document xmlns:w="{main}"><w:body><w:p><w:r><w:t>The {word} ran under the '
            "wheel all winter, and the stones were never still.</w:t></w:r></w:p></w:body></w:document>"
        ),
    }


def _zip(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number, (name, text) in enumerate(parts.items()):
            archive.writestr(name, text, zipfile.ZIP_DEFLATED if number else zipfile.ZIP_STORED)
