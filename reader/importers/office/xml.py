"""XML of files that nobody vouches for: no entity is resolved, no DTD loaded, nothing fetched."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

if TYPE_CHECKING:
    from lxml import etree

log = logging.getLogger(__name__)


def parsed(data: bytes) -> etree._Element | None:
    """Return the root of XML, mended where it can be; None where nothing of it can be read."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as exc:
        log.info("a part is no XML: %s", type(exc).__name__)
        return None


def as_elements(root: etree._Element) -> Element:
    """Return a copy of a small tree in the standard library's elements."""
    made = Element(str(root.tag), {str(name): str(value) for name, value in root.attrib.items()})
    waiting = [(root, made)]
    while waiting:
        old, new = waiting.pop()
        new.text, new.tail = old.text, old.tail
        for child in old:
            inner = Element(str(child.tag), {str(name): str(value) for name, value in child.attrib.items()})
            new.append(inner)
            waiting.append((child, inner))
    return made
