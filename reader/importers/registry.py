"""Which format a file is in, and the importer that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from reader.article.model import Imported
from reader.errors import UnknownFormatError

FORMATS: dict[str, tuple[str, ...]] = {
    "markdown": (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdtxt"),
    "text": (".txt", ".text", ".asc"),
    "html": (".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml"),
    "epub": (".epub",),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "odt": (".odt", ".ott", ".fodt"),
}
"""The names of the formats, as the library stores them, and how their files' names end."""

SAMPLE_BYTES = 64 * 2**10
"""How much of a file is looked at to tell its format."""

# Files of these kinds are named for what they are, instead of being shown as a heap of signs.
_OTHER_SUFFIXES = frozenset((
    ".docx", ".doc", ".odt", ".rtf", ".pdf", ".mobi", ".azw", ".azw3", ".fb2", ".djvu", ".xml", ".png", ".jpg",
    ".jpeg", ".gif", ".webp", ".svg", ".tif", ".tiff", ".bmp", ".zip", ".gz", ".7z", ".rar", ".tar", ".mp3",
    ".mp4", ".exe", ".xlsx", ".pptx", ".odp", ".ods",
))  # fmt: skip
_OTHER_BEGINNINGS = (
    b"PK\x03\x04",
    b"%PDF-",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"RIFF",
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?(?:<!doctype\s+html|<html[\s>])",
    re.IGNORECASE,
)
_COPIED = b"<!--StartFragment-->"
"""What stands before the part of a page that was copied."""
_PACKAGE = re.compile(
    rb"(?:From|MIME-Version|Snapshot-Content-Location)[^\n]*\n(?s:.{0,2000})multipart/related", re.IGNORECASE
)


def read(path: Path, step: Callable[[float], None] = lambda share: None) -> Imported:
    """Return what a file holds.

    ``step`` is told the share of the work that is done, and may raise ``CancelledError``.

    Raises:
        ReaderError: the file cannot be read, or is in no format that this program reads.
    """
    step(0.0)
    if format_of(path) == "markdown":
        from reader.importers.markdown import importer as markdown

        imported = markdown.read(path, step)
    elif format_of(path) == "html":
        from reader.importers.html import importer as html

        imported = html.read_copied(path) if _COPIED in _sample(path) else html.read(path, step)
    elif format_of(path) == "epub":
        from reader.importers.epub import importer as epub

        imported = epub.read(path, step)
    elif format_of(path) == "docx":
        from reader.importers.docx import importer as docx

        imported = docx.read(path, step)
    elif format_of(path) == "odt":
        from reader.importers.odt import importer as odt

        imported = odt.read(path, step)
    else:
        from reader.importers.plaintext import importer as plaintext

        imported = plaintext.read(path)
    step(1.0)
    return imported


def format_of(path: Path) -> str:
    """Return the format of a file, by its name and, where that does not tell, by its content.

    A file that cannot be read is taken for plain text: reading it will say why.

    Raises:
        UnknownFormatError: it is in a format that this program does not read.
    """
    suffix = path.suffix.lower()
    sample = _sample(path)
    if is_epub(suffix, sample):
        return "epub"
    if is_docx(suffix, sample):
        return "docx"
    if is_odt(suffix, sample):
        return "odt"
    if sample and (suffix in _OTHER_SUFFIXES or sample.startswith(_OTHER_BEGINNINGS)):
        raise UnknownFormatError(path)
    if suffix in FORMATS["html"] or _HTML.match(sample) or _PACKAGE.match(sample):
        return "html"
    if suffix in FORMATS["markdown"]:
        return "markdown"
    if suffix in ("", *FORMATS["text"]) and looks_like_markdown(sample.decode("utf-8", "replace")):
        return "markdown"
    return "text"


def is_epub(suffix: str, sample: bytes) -> bool:
    """Say whether a file is an EPUB: it is named for it, or is an archive that says so."""
    if suffix in FORMATS["epub"]:
        return bool(sample)
    begins = sample.startswith(b"PK\x03\x04")
    return begins and (b"mimetypeapplication/epub+zip" in sample[:200] or b"META-INF/container.xml" in sample)


def is_docx(suffix: str, sample: bytes) -> bool:
    """Say whether a file is a Word file: an archive of its parts, or one that is named so and locked."""
    if sample.startswith(b"PK\x03\x04"):
        return suffix in FORMATS["docx"] or b"word/document.xml" in sample
    return suffix in FORMATS["docx"] and sample.startswith(b"\xd0\xcf\x11\xe0")


def is_odt(suffix: str, sample: bytes) -> bool:
    """Say whether a file is an OpenDocument text: an archive that says so first, or all of it in one file."""
    if sample.startswith(b"PK\x03\x04"):
        return suffix in FORMATS["odt"] or b"mimetypeapplication/vnd.oasis.opendocument.text" in sample[:200]
    return b"<office:document" in sample[:4096] and b"opendocument.text" in sample


def _sample(path: Path) -> bytes:
    from reader.importers.encoding import beginning

    return beginning(path, SAMPLE_BYTES)


_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n`]*\n.*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\n(?:.*\n){0,60}?(?:title|authors?|date|lang|language)[ \t]*:.*\n"
    r"(?:.*\n){0,200}?---[ \t]*\n"
)
_NOTE = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:[ \t]", re.MULTILINE)
_SIGNS = (
    re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE),
    re.compile(r"(?<![\w\]])\[[^\[\]\n]{1,200}\]\((?:https?://|#|\.{0,2}/|[\w./-]+\.\w{2,4}\b)[^()\s]*\)"),
    re.compile(r"(?<![\w*])\*\*(?=\S)[^*\n]{1,200}(?<=\S)\*\*(?![\w*])"),
    re.compile(r"^\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$", re.MULTILINE),
    re.compile(r"^ {0,3}\[[^\[\]^\n]{1,200}\]:[ \t]+<?https?://\S+", re.MULTILINE),
)


def looks_like_markdown(text: str) -> bool:
    """Say whether a text is plainly Markdown: a header, notes with their marks, or two of its other signs.

    It is a cautious judgement: many plain texts have a list, an asterisk or a line of dashes.
    """
    text = text.replace("\r\n", "\n")
    if _FRONT_MATTER.match(text):
        return True
    fences = len(_FENCED.findall(text)) if text.count("```") >= 2 else 0
    bare = _FENCED.sub("", text) if fences else text
    if any(f"[^{key}]" in bare.replace(f"[^{key}]:", "") for key in _NOTE.findall(bare)[:20]):
        return True
    found = [len(sign.findall(bare)) for sign in _SIGNS]
    return sum(count > 0 for count in found) + (fences > 0) >= 2 or (found[0] >= 3 and not _comments(bare))


def _comments(text: str) -> bool:
    """Say whether lines with ``#`` are rather comments of a program than headings: several run on."""
    return re.search(r"^#[ \t]?.*\n#[ \t]?.*\n#", text, re.MULTILINE) is not None
