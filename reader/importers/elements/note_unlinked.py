"""Notes that no link joins with their marks: numbers in the text, and a numbered list of notes at its end.

They are taken for notes only where that is certain: a heading or a line parts the list from the text,
its numbers count up from 1, and nearly every one of them is a mark in the text, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.elements.index import Index, text_of
from reader.importers.elements.note_labels import MAX_SIGN_CHARS, plain
from reader.importers.elements.surgery import Slots, group, texts
from reader.importers.elements.text import name_of

MIN_MARKED = 0.8
"""At least so many of the notes must have a mark."""
MAX_NOTES = 5000
MAX_HEADING_CHARS = 40
_MAY_HEAD = frozenset((*tags.HEADINGS, "p", "div", "strong", "b", "dt"))
_NOTES_HEADING = re.compile(
    r"\W*(?:end|foot)?notes?(?: and references)?\W*|\W*references(?: and notes)?\W*|\W*(?:sources|"
    r"citations|works cited)\W*|"
    r"\W*(?:anmerkungen|fußnoten|endnoten|quellen|einzelnachweise|notes? de bas de page|références|notas(?: al pie)?|"
    r"referencias|"
    r"note(?: a piè di pagina)?|riferimenti|notas de rodapé|referências|noten|voetnoten|примечания|"
    r"сноски|注释|注|脚注)\W*",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*[\[(]?(\d{1,4})(?:[\])]\.?|\.|:)?(?=\s|$)")
_BRACKETED = re.compile(r"\[(\d{1,3})\]")
_POWER = re.compile(r"(?:^|[\s\d(/·*+=-])(?:[A-Za-z]|km|cm|mm|dm|ft|yd|mi|in|ha|sec)\s?$|\d$")
_RAISED = re.compile(r"(?<=[\w.,;:!?”’\")])([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?![\w⁰¹²³⁴⁵⁶⁷⁸⁹])")


class Unlinked(NamedTuple):
    """A mark without a link, or the text of its note, with the number that it bears."""

    element: Element
    label: int


class Place(NamedTuple):
    """A mark in the text: an element (``start`` is -1), or a stretch of a text before or behind one."""

    label: int
    element: Element
    tail: bool = False
    start: int = -1
    end: int = -1


def unlinked_notes(index: Index) -> tuple[list[Unlinked], list[Unlinked]]:
    """Return marks and notes that only their numbers join; two empty lists where nothing is certain."""
    for zone in _zones(index):
        notes = _notes(index, zone)
        if not notes:
            continue
        first = index.order[notes[0].element]
        for places in _marks(index, first):
            if _fits(places, notes):
                return [_marked(index, place) for place in places[::-1] if 1 <= place.label <= len(notes)][::-1], notes
    return [], []


def _zones(index: Index) -> Iterator[Element]:
    """Yield what may stand right above notes, the last first: a heading that says so, or a line."""
    found: list[Element] = []
    for element in index.order:
        name = name_of(element)
        if name == "hr" or (
            name in _MAY_HEAD and 3 < index.length(element) <= MAX_HEADING_CHARS and _says_notes(element)
        ):
            found.append(element)
    return reversed(found[-40:])


def _says_notes(element: Element) -> bool:
    return _NOTES_HEADING.fullmatch(text_of(element)) is not None


def _notes(index: Index, zone: Element) -> list[Unlinked]:
    """Return the entries that follow a heading or a line and count up from 1."""
    made: list[Unlinked] = []
    for entry, label in _entries(index, zone):
        if label != len(made) + 1 or len(made) >= MAX_NOTES:
            break
        made.append(Unlinked(entry, label))
    return made


def _entries(index: Index, zone: Element) -> Iterator[tuple[Element, int]]:
    """Yield each entry behind an element with its number; what is between entries is passed over."""
    counts: dict[Element, int] = {}
    misses = 0
    for element, order in index.order.items():
        if order <= index.last[zone] or misses > 2:
            continue
        name = name_of(element)
        if name == "li" and name_of(index.parent[element]) == "ol":
            parent = index.parent[element]
            start = parent.get("start") or "1"
            counts[parent] = counts.get(parent, int(start) - 1 if start.isdigit() else 0) + 1
            yield element, counts[parent]
        elif name in ("p", "div", "td") and not any(name_of(one) in tags.BLOCKS - {"hr"} for one in element):
            parts = _lines(element)
            labels = [_label_of(index, one) for one in parts]
            misses += not any(labels) and bool(index.length(element))
            yield from ((one, label) for one, label in zip(parts, labels, strict=True) if label)


def _lines(element: Element) -> list[Element]:
    """Return an element, or its lines where each begins with a number, each as an element of its own."""
    runs: list[list[Element]] = []
    for child in element:
        if name_of(child) == "br" and _LABEL.match(child.tail or ""):
            runs.append([child])
        elif runs:
            runs[-1].append(child)
    if not runs or not _LABEL.match("".join(element.itertext())[:MAX_SIGN_CHARS]):
        return [element]
    return [element, *group(element, runs)]


def _label_of(index: Index, element: Element) -> int:
    said = ""
    for piece in element.itertext():
        said += piece
        if len(said) > MAX_SIGN_CHARS:
            break
    hit = _LABEL.match(plain(said[:MAX_SIGN_CHARS]))
    return int(hit[1]) if hit else 0


def _marks(index: Index, before: int) -> Iterator[list[Place]]:
    """Yield the possible marks of each kind that stand before an element: raised ones, then bracketed ones."""
    raised: list[Place] = []
    slots = Slots()
    for element, order in index.order.items():
        if order < before and name_of(element) == "sup" and index.length(element) <= 5:
            said = plain(text_of(element)).strip("[]() ")
            before_it = slots.before(index.parent[element], element) if element in index.parent else ""
            if said.isdigit() and element.find(".//a") is None and not _POWER.search(before_it):
                raised.append(Place(int(said), element))
    yield raised
    for pattern in (_BRACKETED, _RAISED):
        yield [
            Place(int(plain(hit[1])), element, tail, hit.start(), hit.end())
            for element, tail in texts(index.root, set())
            if index.order.get(element, before) < before and name_of(element) not in ("pre", "code", "script")
            for hit in pattern.finditer((element.tail if tail else element.text) or "")
        ]


def _fits(places: list[Place], notes: list[Unlinked]) -> bool:
    """Say whether marks are those of these notes: nearly all are marked, in order, and hardly any other number is."""
    known = [place.label for place in places if 1 <= place.label <= len(notes)]
    if len(set(known)) < max(MIN_MARKED * len(notes), 1) or len(known) < MIN_MARKED * len(places):
        return False
    first = list(dict.fromkeys(known))
    return first == sorted(first) and (len(notes) > 1 or places[0].start < 0)


def _marked(index: Index, place: Place) -> Unlinked:
    """Return the element of a mark, made of a stretch of text where it had none.

    Of several in one text the last is to be made first: making one moves what stands behind it.
    """
    if place.start < 0:
        return Unlinked(place.element, place.label)
    element = place.element
    mark = element.makeelement("sup", {})
    if not place.tail:
        text = element.text or ""
        element.text, mark.tail = text[: place.start], text[place.end :]
        element.insert(0, mark)
        return Unlinked(mark, place.label)
    text = element.tail or ""
    element.tail, mark.tail = text[: place.start], text[place.end :]
    parent = index.parent[element]
    parent.insert(list(parent).index(element) + 1, mark)
    return Unlinked(mark, place.label)
