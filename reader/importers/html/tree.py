"""The bytes of a page become an element tree: its encoding told, its depth within limits.

The parser is libxml2's for HTML, told to mend what it finds, to fetch nothing and to load no DTD.
Comments and instructions are no text of a page and are left out by it.
"""

from __future__ import annotations

import codecs
import logging
import re
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from reader.errors import EmptyFileError
from reader.importers import encoding
from reader.importers.elements import tags

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

log = logging.getLogger(__name__)

MAX_DEPTH = 400
"""How deep elements may stand in one another; of what would be deeper the tags are dropped, the text is kept."""
PARSER_DEPTH = 2000
"""What libxml2 stops at."""
MAX_CELLS = 40_000
"""How many cells of tables one page may have; what the others say becomes plain paragraphs."""
CELLS_A_PARAGRAPH = 500
HEAD_BYTES = 8192
"""How much of a page is looked at for what it says of its encoding."""

_DECLARED = (
    re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']", re.IGNORECASE),
    re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE),
)
_SAME = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
         "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "shift_jis": "cp932", "x-sjis": "cp932",
         "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "iso-8859-11": "cp874", "x-gbk": "gb18030"}  # fmt: skip
_XML = re.compile(r"\A\s*<\?xml[^>]{0,500}>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_LONG_TAG = re.compile(r"(<[a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{20000,}")
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_OF_TABLE = re.compile(r"</?(?:t(?:able|head|body|foot|[rdh])|caption|col(?:group)?)\b[^<>]{0,2000}>", re.IGNORECASE)
_RAW = re.compile(r"<(script|style|textarea|xmp)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)


def decode_page(data: bytes, path: Path) -> str:
    """Return the text of a page: by its mark, as UTF-8 where it is, as it declares itself, or by a guess.

    Raises:
        NotTextError: these bytes are no text.
    """
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" not in data:
        name = _declared(data[:HEAD_BYTES])
        if name and not _is_utf8(data):
            try:
                return data.decode(name, "strict" if name == "utf-8" else "replace")
            except (UnicodeDecodeError, LookupError):
                log.debug("the page is not in the encoding that it names")
    return encoding.decode(data, path)[1]


def _declared(head: bytes) -> str:
    """Return Python's name of the encoding that a page declares; empty for none that is known."""
    for pattern in _DECLARED:
        hit = pattern.search(head)
        if not hit:
            continue
        said = hit[1].decode("ascii", "replace").lower()
        try:
            name = codecs.lookup(_SAME.get(said, said)).name
        except LookupError:
            continue
        if name in _TEXT_CODECS or name.startswith(("cp", "iso8859", "koi8", "mac", "gb", "big5", "euc", "utf")):
            return "" if name.startswith(("utf-16", "utf-32", "utf-7")) else name
    return ""


_TEXT_CODECS = frozenset(("utf-8", "tis-620", "hz", "iso2022_jp", "shift_jis", "ascii"))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not data.isascii()


def parse_page(text: str, path: Path) -> Element:
    """Return the root (``html``) of a page.

    Raises:
        EmptyFileError: there is no element and no text in it.
    """
    from lxml import etree  # at need: most texts are no pages

    text = _LONG_TAG.sub(_without_attributes, text)
    text = encoding.tidy(_XML.sub("", text.removeprefix("\ufeff"), count=1)).replace("\f", "\n")
    text = with_few_cells(text)
    root, deep = _parse(text)
    if deep:
        root, deep = _parse(flattened(text))
    if root is None:
        raise EmptyFileError(path)
    etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def with_few_cells(text: str) -> str:
    """Return a page whose tables end at the cell behind ``MAX_CELLS``; the words of all others stay, as paragraphs."""
    if len(text) < MAX_CELLS * len("<td>"):
        return text
    beyond = next(islice(_CELL.finditer(text), MAX_CELLS, None), None)
    if beyond is None:
        return text
    said = 0

    def plain(tag: re.Match[str]) -> str:
        nonlocal said
        said += 1
        return "<p>" if said % CELLS_A_PARAGRAPH == 0 else " "

    return text[: beyond.start()] + "</td></tr></table><p>" + _OF_TABLE.sub(plain, text[beyond.start() :])


def _without_attributes(tag: re.Match[str]) -> str:
    """Return a tag without its attributes, which the parser compares each with all; one with a picture is kept."""
    return tag[0] if "data:" in tag[0] else tag[1]


def _parse(text: str) -> tuple[Element | None, bool]:
    """Return the root, and whether the page is deeper than the parser goes."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, recover=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it but comments
        return None, False
    deep = any("Excessive depth" in entry.message for entry in list(parser.error_log)[-3:])
    return cast("Element | None", root), deep


def flattened(text: str) -> str:
    """Return a page without the tags of elements that stand deeper than ``MAX_DEPTH``."""
    parts: list[str] = []
    depth = position = 0
    for tag in _TAG.finditer(_RAW.sub("", text)):
        name = tag[2].lower()
        if name in tags.VOID or tag[3].endswith("/"):
            continue
        if tag[1]:
            keep, depth = depth <= MAX_DEPTH, max(depth - 1, 0)
        else:
            depth += 1
            keep = depth <= MAX_DEPTH
        if not keep:
            parts.append(tag.string[position : tag.start()] + " ")
            position = tag.end()
    return "".join(parts) + _RAW.sub("", text)[position:]
