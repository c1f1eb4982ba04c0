"""Files of every format to be brought in: made up, always the same, with headings, notes, emphasis and links."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
    ' Target="{target}"/></Relationships>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PARAGRAPHS = 24  # a chapter
NOTE_EVERY = 8  # paragraphs


def paragraphs(size: int) -> Iterator[tuple[int, str, str]]:
    """Yield number, beginning and rest of paragraphs of about so many bytes in all."""
    drawn = random.Random(size)
    syllables = ("ar", "be", "co", "di", "el", "fo", "la", "mi", "ne", "os", "pa", "re", "sa", "to", "ul", "vi")
    stock = ["".join(drawn.choices(syllables, k=drawn.randint(1, 4))) for _ in range(8_000)]
    number = 0
    while size > 0:
        words = drawn.choices(stock, k=drawn.randint(30, 110))
        beginning, rest = " ".join(words[:3]).capitalize(), " ".join(words[3:]) + "."
        yield number, beginning, rest
        number += 1
        size -= len(beginning) + len(rest)


def markdown(size: int) -> bytes:
    """Return Markdown of about so many bytes."""
    parts = ["# The book"]
    notes: list[str] = []
    for number, beginning, rest in paragraphs(size):
        if number % PARAGRAPHS == 0:
            parts.append(f"## Chapter {number // PARAGRAPHS + 1}")
        mark = f"[^{number}]" if number % NOTE_EVERY == 0 else ""
        parts.append(f"*{beginning}* {rest}{mark}")
        if mark:
            notes.append(f"[^{number}]: See {beginning}.")
    return ("\n\n".join((*parts, *notes)) + "\n").encode()


def page(size: int) -> bytes:
    """Return a saved page of about so many bytes with a menu before its article and a list of links after it."""
    menu = "".join(f'<li><a href="/part/{number}">Part {number}</a></li>' for number in range(60))
    body = "".join(_marked_up(size, "https://example.org"))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The book</title></head><body>'
        f"<nav><ul>{menu}</ul></nav><main><article><h1>The book</h1>{body}</article></main>"
        f"<aside><h3>More</h3><ul>{menu}</ul></aside></body></html>"
    ).encode()


def _marked_up(size: int, address: str) -> Iterator[str]:
    notes: list[str] = []
    for number, beginning, rest in paragraphs(size):
        if number % PARAGRAPHS == 0:
            yield f"<h2>Chapter {number // PARAGRAPHS + 1}</h2>"
        mark = ""
        if number % NOTE_EVERY == 0:
            mark = f'<sup><a id="r{number}" href="#n{number}">{len(notes) + 1}</a></sup>'
            notes.append(f'<li id="n{number}">See {beginning}. <a href="#r{number}">↩</a></li>')
        yield f'<p><em>{beginning}</em> <a href="{address}/{number}">{rest[:9]}</a>{rest[9:]}{mark}</p>'
    yield f'<section class="footnotes"><ol>{"".join(notes)}</ol></section>'


def write_epub(file: Path, size: int, chapters: int = 40) -> None:
    """Write a book whose chapters have about so many bytes in all, before they are packed."""
    names = [f"chapter{number}.xhtml" for number in range(1, chapters + 1)]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    places = "".join(f'<li><a href="{name}">Part {number}</a></li>' for number, name in enumerate(names, 1))
    xhtml = (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr(
            "OPS/package.opf",
            '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">a</dc:identifier>'
            "<dc:title>The book</dc:title><dc:language>en</dc:language></metadata><manifest>"
            f'<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
            f"<spine>{''.join(f'<itemref idref={chr(34)}{name}{chr(34)}/>' for name in names)}</spine></package>",
        )
        contents = f'<nav epub:type="toc"><ol>{places}</ol></nav>'
        book.writestr("OPS/nav.xhtml", xhtml.format(title="Contents", body=contents))
        for number, name in enumerate(names, 1):
            body = f"<h1>Part {number}</h1>" + "".join(_marked_up(size // chapters + number, "https://example.org"))
            book.writestr(f"OPS/{name}", xhtml.format(title=f"Part {number}", body=body))


def write_docx(file: Path, size: int) -> None:
    """Write a Word file whose text has about so many bytes, as Word does: a paragraph of several runs."""
    body, notes = [], []
    for number, beginning, rest in paragraphs(size):
        if number % PARAGRAPHS == 0:
            body.append(_paragraph(_run(f"Chapter {number // PARAGRAPHS + 1}"), "Heading1"))
        mark = ""
        if number % NOTE_EVERY == 0:
            notes.append(f'<w:footnote w:id="{number + 2}">{_paragraph(_run(f"See {beginning}."))}</w:footnote>')
            mark = f'<w:r><w:footnoteReference w:id="{number + 2}"/></w:r>'
        third = len(rest) // 3
        runs = _run(rest[:third]) + _run(rest[third : 2 * third], "<w:b/>") + _run(rest[2 * third :])
        body.append(_paragraph(_run(f"{beginning} ", "<w:i/>") + runs + mark))
    styles = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="word/document.xml"))
        package.writestr(
            "word/_rels/document.xml.rels",
            RELATIONS.format(kind="footnotes", target="footnotes.xml").replace(
                "</Relationships>",
                '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"'
                ' Target="styles.xml"/></Relationships>',
            ),
        )
        package.writestr("word/document.xml", f"<w:document {WORD}><w:body>{''.join(body)}</w:body></w:document>")
        package.writestr("word/footnotes.xml", f"<w:footnotes {WORD}>{''.join(notes)}</w:footnotes>")
        package.writestr("word/styles.xml", f"<w:styles {WORD}>{styles}</w:styles>")


def _paragraph(runs: str, style: str = "") -> str:
    looks = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00A1B2C3">{looks}{runs}</w:p>'


def _run(text: str, looks: str = "") -> str:
    return f'<w:r w:rsidRPr="00D4E5F6"><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
