"""The XML of an EPUB, as the world writes it, becomes a tree: no DTD, no entities but HTML's own, no network.

What is well-formed is read strictly. What is not is mended as XML, or as HTML where that keeps more
of its text (elements that were never closed).
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import XMLParser, _Element

OPS = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
XLINK = "http://www.w3.org/1999/xlink"

MAX_DEPTH = 250
"""How deep elements may stand in one another; of what is deeper only the text is kept."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._-]{1,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>", re.DOTALL)
_DOCTYPE = re.compile(
    r"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[(?:[^\]\"']|\"[^\"]*\"|'[^']*')*\]\s*)?>", re.IGNORECASE
)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,40});")
_XML_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BARE_AMPERSAND = re.compile(r"&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,40});)")
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>")
_SHOUTED = re.compile(r"<(?:HTML|BODY|P|DIV|A|H[1-6])[\s>]")  # names in capitals: HTML of old, no XML
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr")
)


def decoded(data: bytes) -> str:
    """Return the text of an XML file: by its mark, else as it says of itself, else UTF-8, else windows-1252."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if data[:2] == b"<\0":
        return data.decode("utf-16-le", "replace")
    if data[:2] == b"\0<":
        return data.decode("utf-16-be", "replace")
    head = data[:2048]
    said = _DECLARED.search(head) or _META.search(head)
    for name in ("utf-8", said[1].decode("ascii") if said else "utf-8", "windows-1252"):
        # UTF-8 comes first whatever a file says: other encodings are hardly ever valid as UTF-8 by chance.
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8" if _mostly_utf8(data) else "windows-1252", "replace")


def _mostly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") * 20 < sum(character > "\x7f" for character in text)


def parsed(data: bytes, *, html: bool = False) -> _Element | None:
    """Return the root element of a file; None where there is none. ``html`` lets it be mended as HTML."""
    from lxml import etree

    text = _prepared(decoded(data))
    if not text.strip():
        return None
    if html and _SHOUTED.search(text):
        return _as_html(_shallow(_BARE_AMPERSAND.sub("&amp;", text)))
    try:
        return _flat(etree.fromstring(text.encode(), _parser()))
    except etree.XMLSyntaxError:
        pass
    text = _shallow(_BARE_AMPERSAND.sub("&amp;", text))
    mended = _recovered(text)
    if not html or (mended is not None and _is_sound(mended) and _kept(mended) >= 0.99 * len(_words(text))):
        return mended
    other = _as_html(text)
    if other is None or (mended is not None and _is_sound(mended) and _kept(mended) >= _kept(other)):
        return mended
    return other


def _shallow(text: str) -> str:
    """Leave out the tags that stand deeper than a parser goes; their text stays."""
    made: list[str] = []
    at = depth = 0
    for tag in _TAG.finditer(text):
        if tag[3].endswith("/") or tag[2].lower() in _VOID:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth + bool(tag[1]) > MAX_DEPTH:
            made.append(text[at : tag.start()])
            at = tag.end()
    return "".join([*made, text[at:]]) if made else text


def _is_sound(root: _Element) -> bool:
    """Say whether nothing stands where nothing can: in a line break, or a paragraph in a paragraph."""
    for element in root.iter("{*}br", "{*}hr", "{*}img", "{*}p"):
        above = element.getparent()
        nested = element.tag == (above.tag if above is not None else "")
        if nested or (element.tag.rpartition("}")[2] != "p" and (len(element) or (element.text or "").strip())):
            return False
    return True


def _parser(*, recover: bool = False) -> XMLParser:
    from lxml import etree

    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
    )


def _recovered(text: str) -> _Element | None:
    from lxml import etree

    try:
        root = etree.fromstring(text.encode(), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None
    return _flat(root) if root is not None else None


def _as_html(text: str) -> _Element | None:
    from lxml import etree

    text = _TAG.sub(_closed, text)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    return _flat(root) if root is not None else None


def _closed(tag: re.Match[str]) -> str:
    """Write ``<a id="x"/>`` as HTML wants it, which knows no such empty elements."""
    if not tag[3].rstrip().endswith("/") or tag[1] or tag[2].lower() in _VOID:
        return tag[0]
    return f"<{tag[2]}{tag[3].rstrip()[:-1]}></{tag[2]}>"


def _prepared(text: str) -> str:
    """Return text without declarations (so no entity can be made), HTML's names of characters replaced."""
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    text = _DOCTYPE.sub("", text, count=1)
    text = _CONTROLS.sub("", text)
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    if entity[1] in _XML_ENTITIES:
        return entity[0]
    found = html5.get(entity[1] + ";")
    if found is None:
        return "&amp;" + entity[0][1:]
    return {"<": "&lt;", "&": "&amp;", ">": "&gt;"}.get(found, found)


def _words(text: str) -> str:
    return re.sub(
        r"\s+", "", re.sub(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", "", text, flags=re.DOTALL | re.IGNORECASE)
    )


def _kept(root: _Element) -> int:
    """Return how many characters of text a tree has, scripts and styles left out."""
    count = 0
    for element in root.iter():
        own = element.text if element.tag not in ("script", "style") else ""
        count += len("".join(f"{own or ''}{element.tail or ''}".split()))
    return count


def text_of(element: _Element) -> str:
    """Return all text that stands in an element, as it is."""
    return "".join(map(str, element.itertext()))


def words_of(element: _Element) -> str:
    """Return all text that stands in an element, white space drawn together."""
    return " ".join(text_of(element).split())


def drop(element: _Element, attribute: str) -> None:
    """Take an attribute away, if it is there."""
    if attribute in element.attrib:
        del element.attrib[attribute]


def _flat(root: _Element) -> _Element:
    """Make plain text of what is nested deeper than anything a person wrote, so that nothing later minds the depth."""
    from lxml import etree

    depth = 0
    deep: list[_Element] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth == MAX_DEPTH:
            deep.append(element)
    for element in deep:
        text = text_of(element)
        del element[:]
        element.text = text
    return root
