"""What a Word file says of itself in its core properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.article.model import Metadata
from reader.importers.office.metadata import sensible_authors, sensible_date, sensible_language, sensible_title

if TYPE_CHECKING:
    from lxml import etree

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_TEMPLATE_DATE = "2013-12-23T23:15"
"""When python-docx's template was made: a date that many files have and none means."""


def metadata_of(core: etree._Element | None) -> Metadata:
    """Return what the core properties say."""
    said: dict[str, str] = {}
    for one in core if core is not None else ():
        if isinstance(one.tag, str):
            said.setdefault(one.tag, (one.text or "").strip())
    created = said.get(_TERMS + "created", "")
    return Metadata(
        title=sensible_title(said.get(_DC + "title", "")),
        authors=sensible_authors(said.get(_DC + "creator", "")),
        date="" if created.startswith(_TEMPLATE_DATE) else sensible_date(created),
        language=sensible_language(said.get(_DC + "language", "")),
        rights=said.get(_DC + "rights", ""),
    )
