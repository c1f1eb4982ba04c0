"""What a Word file says of itself in its properties, as far as it makes sense."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.article.model import Metadata

if TYPE_CHECKING:
    from lxml import etree

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"

MAX_TITLE_CHARS = 400

_NO_TITLE = re.compile(
    r"(?:microsoft (?:office )?word\s*[-–]\s*.*|(?:document|dokument|doc|untitled|unbenannt|ohne titel|sans titre|"
    r"sin título|без имени|документ|title|titel|word document|normal|template|vorlage|powerpoint presentation|blank)"
    r"[\s\d_()-]*|.*\.(?:docx?|dotx?|docm|rtf|odt|pdf|tmp)|[\W\d_]*)",
    re.IGNORECASE | re.DOTALL,
)
_NO_AUTHOR = re.compile(
    r"(?:python-docx|microsoft(?: office)?(?: user)?|(?:windows|office|ms office)[- ]?(?:user|benutzer)|user\d*|"
    r"admin\w*|"
    r"administrator|owner|author|autor|unknown|unbekannt|none|null|test|pc|home|default|benutzer|usuario|"
    r"utilisateur|un-named|hp|dell|acer|lenovo|asus|apache poi|docx4j|aspose.*|word|[\W\d_]*)",
    re.IGNORECASE,
)
_TEMPLATE_DATE = "2013-12-23T23:15"
"""When python-docx's template was made: a date that many files have and none means."""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def sensible_title(title: str) -> str:
    """Return a title, unless it is one that a program has put there."""
    title = " ".join(title.split())
    return "" if _NO_TITLE.fullmatch(title) or len(title) > MAX_TITLE_CHARS else title


def sensible_authors(names: str) -> tuple[str, ...]:
    """Return the names in a list of authors, without those of programs and machines."""
    found = (" ".join(name.split()) for name in names.split(";"))
    return tuple(dict.fromkeys(name for name in found if name and not _NO_AUTHOR.fullmatch(name)))


def metadata_of(core: etree._Element | None) -> Metadata:
    """Return what the core properties say."""
    said: dict[str, str] = {}
    for one in core if core is not None else ():
        if isinstance(one.tag, str):
            said.setdefault(one.tag, (one.text or "").strip())
    created = said.get(_TERMS + "created", "")
    date = _DATE.match(created) if not created.startswith(_TEMPLATE_DATE) else None
    language = _LANGUAGE.fullmatch(said.get(_DC + "language", ""))
    return Metadata(
        title=sensible_title(said.get(_DC + "title", "")),
        authors=sensible_authors(said.get(_DC + "creator", "")),
        date=date[0] if date else "",
        language=language[0].replace("_", "-") if language else "",
        rights=said.get(_DC + "rights", ""),
    )
