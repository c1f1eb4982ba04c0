"""Notes that are chapters of their own, each below its number as a heading: what FictionBook becomes in EPUB.

``<h1 id="n1">1</h1><p>The note.</p>`` is a note where a raised or bracketed ``1`` in the text leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.importers.epub.container import name_of
from reader.importers.epub.markup import OPS, text_of, words_of

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_NOTE_CHARS = 30_000
_LABEL = re.compile(
    r"[\[({]?\s*(?:(?:note|прим\.?|примечание|сноска|anm\.?|nota)\s*)?(\d{1,4}|\*{1,4}|[ivxlc]{1,6})\s*[\])}]?\.?",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def frame_titled_notes(root: _Element, unseen: Mapping[_Element, int]) -> None:
    """Give each such note an element that says what it is, without its heading.

    ``unseen`` says how many characters of an element's text are not in the tree.
    """
    labels = _labels(root)
    if not labels:
        return
    for heading in [one for one in root.iter() if name_of(one) in _HEADINGS]:
        said = _LABEL.fullmatch(words_of(heading))
        named = next((one for one in _ids(heading) if labels.get(one) == said[1]), "") if said else ""
        if named:
            _frame(heading, named, unseen)


def _labels(root: _Element) -> dict[str, str]:
    """Return for each place that a raised or bracketed number leads to, that number."""
    labels: dict[str, str] = {}
    for link in root.iter():
        href = link.get("href") if name_of(link) == "a" else None
        if not href or not href.startswith("#"):
            continue
        text = words_of(link)
        said = _LABEL.fullmatch(text) if len(text) <= 20 else None
        if said and (text[0] in "[({" or said[1][0] == "*" or _is_raised(link)):
            labels.setdefault(href[1:], said[1])
    return labels


def _is_raised(link: _Element) -> bool:
    above = link.getparent()
    inside = {name_of(one) for one in link}
    return "sup" in inside or (above is not None and name_of(above) == "sup")


def _ids(heading: _Element) -> list[str]:
    """Return what names a heading: its own ids, and those of the element that it opens."""
    found = [one.get("id") or "" for one in heading.iter()]
    before = heading.getprevious()
    if before is not None and not text_of(before).strip():
        found += [one.get("id") or "" for one in before.iter()]
    above = heading.getparent()
    if before is None and above is not None and not (above.text or "").strip():
        found.append(above.get("id") or "")
    return [one for one in found if one]


def _frame(heading: _Element, named: str, unseen: Mapping[_Element, int]) -> None:
    above = heading.getparent()
    if above is None:
        return
    following: list[_Element] = []
    length = 0
    for one in heading.itersiblings():
        if name_of(one) in (*_HEADINGS, "section") or any(name_of(inner) in _HEADINGS for inner in one.iter()):
            break
        if any(inner.get("href") == f"#{named}" for inner in one.iter("{*}a")):
            return  # what holds its own mark is no note
        following.append(one)
        length += len(text_of(one)) + sum(unseen.get(inner, 0) for inner in one.iter())
    if not following or length > MAX_NOTE_CHARS:
        return
    note = heading.makeelement("aside", {"id": named, f"{{{OPS}}}type": "footnote"})
    above.replace(heading, note)
    for identifier in _ids(heading):
        if identifier != named:  # the contents may lead here by it
            note.append(note.makeelement("span", {"id": identifier}))
    note.extend(following)
    if above.get("id") == named:
        del above.attrib["id"]
