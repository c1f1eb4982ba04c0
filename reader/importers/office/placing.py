"""A paragraph that is whole gets the name of what it is, and its place."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reader.importers.office.flow import Flow, Item
from reader.importers.office.gathered import Gathered
from reader.importers.office.line import Line
from reader.importers.office.look import Seen
from reader.importers.office.names import Kind, Role

MAX_CAPTION_CHARS = 600
FRONT_PARAGRAPHS = 20
"""Paragraphs among which the title is looked for."""

_CLASSES = {Kind.CAPTION: "caption", Kind.VERSE: "verse", Kind.REFERENCE: "reference"}
_NAMES = {Kind.CODE: "pre", Kind.TERM: "dt", Kind.DEFINITION: "dd"}


@dataclass(slots=True)
class Whole:
    """A paragraph as its document gives it.

    ``inside``: it stands in the item of a list that is open, at ``depth`` at most. ``outlined``: only its own
    outline level makes it a heading. ``in_body``: no note; ``free``: not in a table or box either.
    ``bold``: all of it is.
    """

    line: Line
    role: Role | None
    item: Item | None = None
    inside: bool = False
    depth: int | None = None
    indent: int = 0
    outlined: bool = False
    is_caption: bool = False
    in_body: bool = True
    free: bool = True
    counted: bool = False
    bold: bool = False
    size: int = 0
    centred: bool = False


def place(gathered: Gathered, flow: Flow, whole: Whole) -> None:
    """Put a paragraph into the flow; one that is the title, or a line of a contents table, is kept apart."""
    line = whole.line
    if line.empty:
        flow.blank()
        return
    kind = whole.role.kind if whole.role is not None else None
    if kind is Kind.CONTENTS and not line.things:
        gathered.contents.append("".join(line.finish("p").itertext()))
        return
    gathered.remark_contents(line)
    element = _named(gathered, flow, whole, kind)
    gathered.links += line.links
    gathered.spoken += line.spoken
    if element is not None:
        gathered.take_bookmarks(element)
        gathered.paragraphs += whole.in_body


def end(gathered: Gathered, flow: Flow) -> None:
    """Say at the end of the text what has not been said."""
    line = Line()
    if gathered.remark_contents(line):
        flow.end_lists()
        flow.add(line.finish("div"))


def _named(gathered: Gathered, flow: Flow, whole: Whole, kind: Kind | None) -> Element | None:
    if kind is Kind.HEADING:
        return _heading(gathered, flow, whole)
    if kind in (Kind.TITLE, Kind.SUBTITLE):
        return _front(gathered, flow, whole, kind)
    if whole.in_body and (gathered.title or gathered.paragraphs >= FRONT_PARAGRAPHS):
        gathered.in_front = False
    if whole.is_caption and whole.line.length < MAX_CAPTION_CHARS and kind is None:
        kind = Kind.CAPTION
    return _text(gathered, flow, whole, kind)


def _heading(gathered: Gathered, flow: Flow, whole: Whole) -> Element:
    level = whole.role.level if whole.role is not None else 1
    element = whole.line.finish(f"h{min(level, 6)}")
    if whole.outlined:
        gathered.outlined.append(Seen(element, "".join(element.itertext()), whole.bold, whole.size, whole.centred))
    else:
        gathered.headings += whole.line.has_text
    gathered.in_front = False
    flow.end_lists()
    flow.add(element)
    return element


def _front(gathered: Gathered, flow: Flow, whole: Whole, kind: Kind) -> Element | None:
    """Deal with a title or subtitle; only the first, before everything else, is the document's own."""
    line = whole.line
    in_front = whole.in_body and whole.free and gathered.in_front
    flow.end_lists()
    if kind is Kind.TITLE:
        element = line.finish("h1")
        if in_front:
            gathered.title.append(" ".join("".join(element.itertext()).split()))
            if not line.things:
                return None
        else:
            gathered.headings += line.has_text
    else:
        element = line.finish("p", **({"class": "lead"} if in_front and gathered.title else {}))
    flow.add(element)
    return element


def _text(gathered: Gathered, flow: Flow, whole: Whole, kind: Kind | None) -> Element:
    css = _CLASSES.get(kind) if kind is not None else None
    name = _NAMES.get(kind, "p") if kind is not None else "p"
    element = whole.line.finish(name, **({"class": css} if css else {}))
    if kind in (Kind.CODE, Kind.VERSE):
        flow.line(element, whole.indent)
    elif whole.inside:
        flow.inside_item(element, whole.depth)
    elif kind is Kind.QUOTATION:
        holder = Element("blockquote")
        holder.append(element)
        flow.add(holder, whole.item, whole.indent)
    else:
        flow.add(element, whole.item, whole.indent)
    if whole.in_body and whole.free:
        plain = kind is None and not whole.counted and not whole.line.links
        said = "".join(element.itertext())
        gathered.seen.append(Seen(element, said, whole.bold, whole.size, whole.centred, plain))
    return element
