"""Books for tests, bound of a few pages."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = "<dc:title>A Book</dc:title><dc:creator>Ann Writer</dc:creator><dc:language>en</dc:language>"
_TYPES = {"css": "text/css", "png": "image/png", "svg": "image/svg+xml", "ncx": "application/x-dtbncx+xml"}
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def page(body: str, head: str = "<title>A page</title>") -> str:
    """Return a whole file of XHTML around a body."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head>{head}</head><body>{body}</body></html>'
    )


def nav(*links: tuple[str, str] | tuple[str, str, Sequence[tuple[str, str]]]) -> str:
    """Return a navigation document: address and title of each line, and the lines below it."""

    def items(lines: Sequence[Sequence[object]]) -> str:
        made = ""
        for line in lines:
            below = f"<ol>{items(line[2])}</ol>" if len(line) > 2 else ""  # type: ignore[arg-type]
            made += f'<li><a href="{line[0]}">{line[1]}</a>{below}</li>'
        return made

    return page(f'<nav epub:type="toc"><h1>Contents</h1><ol>{items(links)}</ol></nav>')


def ncx(*links: tuple[str, str]) -> str:
    """Return the older kind of contents."""
    points = "".join(
        f'<navPoint id="n{i}"><navLabel><text>{title}</text></navLabel><content src="{href}"/></navPoint>'
        for i, (href, title) in enumerate(links)
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'


def package(
    pages: Mapping[str, object],
    *,
    metadata: str = METADATA,
    nonlinear: Sequence[str] = (),
    unlisted: Sequence[str] = (),
    extra: str = "",
) -> str:
    """Return a package with all pages in the order of reading (but those of ``unlisted``)."""
    items, refs = "", ""
    for i, name in enumerate(pages):
        media = _TYPES.get(name.rpartition(".")[2], "application/xhtml+xml")
        properties = ' properties="nav"' if name.startswith("nav.") else ""
        items += f'<item id="i{i}" href="{name}" media-type="{media}"{properties}/>'
        if media == "application/xhtml+xml" and name not in unlisted:
            refs += f'<itemref idref="i{i}"{" linear=" + chr(34) + "no" + chr(34) if name in nonlinear else ""}/>'
    toc = f' toc="i{list(pages).index("toc.ncx")}"' if "toc.ncx" in pages else ""
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:opf="http://www.idpf.org/2007/opf" version="3.0">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine{toc}>{refs}</spine>{extra}</package>"
    )


def bind(
    folder: Path,
    pages: Mapping[str, str | bytes],
    *,
    metadata: str = METADATA,
    nonlinear: Sequence[str] = (),
    unlisted: Sequence[str] = (),
    extra: str = "",
    beside: Mapping[str, str | bytes] | None = None,
) -> Path:
    """Write a book of pages; a page that is no whole file is put into one. ``beside`` has files as they are."""
    path = folder / "book.epub"
    opf = package(pages, metadata=metadata, nonlinear=nonlinear, unlisted=unlisted, extra=extra)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", opf)
        for name, content in pages.items():
            whole = page(content) if isinstance(content, str) and not content.lstrip().startswith("<?xml") else content
            archive.writestr(f"OPS/{name}", content if name.endswith((".ncx", ".css", ".svg")) else whole)
        for name, content in (beside or {}).items():
            archive.writestr(name, content)
    return path
