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
MAX_ZONES = 40
"""How many lines and headings, the last of a page, are looked below for notes."""
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
    """A mark without a link, or the text of its note, with the number that it bears, and the number of its list."""

    element: Element
    label: int
    counted: int = 0


class Place(NamedTuple):
    """A mark in the text: an element (``start`` is -1), or a stretch of a text before or behind one."""

    label: int
    element: Element
    tail: bool = False
    start: int = -1
    end: int = -1


def unlinked_notes(index: Index) -> tuple[list[Unlinked], list[Unlinked]]:
    """Return marks and notes that only their numbers join; two empty lists where nothing is certain."""
    lists = _lists(index)
    if not lists:
        return [], []
    for places in _marks(index, index.order[lists[-1][0].element]):
        anew = _restarted(index, lists, places) if len(lists) > 1 else []
        if len(anew) > 1:
            return _joined(index, anew)
    for notes in reversed(lists):
        first = index.order[notes[0].element]
        for places in _marks(index, first):
            if _fits(places, notes):
                return _joined(index, [(places, notes)])
    return [], []


def _restarted(
    index: Index, lists: list[list[Unlinked]], places: list[Place]
) -> list[tuple[list[Place], list[Unlinked]]]:
    """Return marks and notes that are counted anew in each chapter: a list after each, or all lists at the end."""
    made: list[tuple[list[Place], list[Unlinked]]] = []
    at = 0  # places before this are used up
    waiting: list[list[Unlinked]] = []
    for number, notes in enumerate(lists):
        first = index.order[notes[0].element]
        end = next((i for i in range(at, len(places)) if index.order[places[i].element] >= first), len(places))
        waiting.append(notes)
        following = index.order[lists[number + 1][0].element] if number + 1 < len(lists) else -1
        marked = index.order[places[end].element] if end < len(places) else following
        if marked >= following >= 0:
            continue  # no mark stands between this list and the next: they may be lists of one end
        runs = _runs(places[at:end])
        if len(runs) == len(waiting) and all(map(_fits, runs, waiting)):
            made += zip(runs, waiting, strict=True)
        elif len(waiting) > 1 and _fits(places[at:end], notes):
            made.append((places[at:end], notes))
        at = end
        while at < len(places) and index.order[places[at].element] <= _end(index, notes):
            at += 1  # numbers within notes
        waiting = []
    return made


def _end(index: Index, notes: list[Unlinked]) -> int:
    """Return the order of the last element in notes; a line of a paragraph has just been given one of its own."""
    return max(index.last[note.element] for note in notes if note.element in index.order)


def _runs(places: list[Place]) -> list[list[Place]]:
    """Part marks where their numbers begin anew."""
    made: list[list[Place]] = []
    for place in places:
        if not made or (place.label == 1 and made[-1][-1].label > 1):
            made.append([])
        made[-1].append(place)
    return made


def _joined(index: Index, found: list[tuple[list[Place], list[Unlinked]]]) -> tuple[list[Unlinked], list[Unlinked]]:
    """Return the marks, made of text where they had no element, and the notes, each with the number of its list."""
    marks = [
        (place, number) for number, (places, notes) in enumerate(found) for place in places
        if 1 <= place.label <= len(notes)
    ]  # fmt: skip
    made = [_marked(index, place)._replace(counted=number) for place, number in reversed(marks)]
    return made[::-1], [note._replace(counted=number) for number, (_, notes) in enumerate(found) for note in notes]


def _lists(index: Index) -> list[list[Unlinked]]:
    """Return the lists of notes that stand below a heading that says so, or a line, in order."""
    made: list[list[Unlinked]] = []
    elements = list(index.order)
    end = -1
    for zone in _zones(index):
        if index.order[zone] <= end:
            continue
        for notes in _notes(index, zone, elements):
            made.append(notes)
            end = _end(index, notes)
    return made


def _zones(index: Index) -> list[Element]:
    """Return what may stand right above notes, in order: a heading that says so, or a line."""
    found: list[Element] = []
    for element in index.order:
        name = name_of(element)
        if name == "hr" or (
            name in _MAY_HEAD and 3 < index.length(element) <= MAX_HEADING_CHARS and _says_notes(element)
        ):
            found.append(element)
    return found[-MAX_ZONES:]


def _says_notes(element: Element) -> bool:
    return _NOTES_HEADING.fullmatch(text_of(element)) is not None


def _notes(index: Index, zone: Element, elements: list[Element]) -> list[list[Unlinked]]:
    """Return the entries that follow a heading or a line and count up from 1, and again from 1 right behind."""
    made: list[list[Unlinked]] = []
    missed = 0
    for entry, label, misses in _entries(index, zone, elements):
        if label == 1 and (not made or misses == missed):
            made.append([])
        elif not made or label != len(made[-1]) + 1 or label > MAX_NOTES:
            break
        made[-1].append(Unlinked(entry, label))
        missed = misses
    return made


def _entries(index: Index, zone: Element, elements: list[Element]) -> Iterator[tuple[Element, int, int]]:
    """Yield each entry behind an element with its number, and how much between entries was passed over."""
    counts: dict[Element, int] = {}
    misses = 0
    for element in elements[index.last[zone] + 1 :]:
        if misses > 2:
            return
        name = name_of(element)
        if name == "li" and name_of(index.parent[element]) == "ol":
            parent = index.parent[element]
            start = parent.get("start") or "1"
            counts[parent] = counts.get(parent, int(start) - 1 if start.isdigit() else 0) + 1
            yield element, counts[parent], misses
        elif name in ("p", "div", "td") and not any(name_of(one) in tags.BLOCKS - {"hr"} for one in element):
            parts = _lines(element)
            labels = [_label_of(index, one) for one in parts]
            misses += not any(labels) and bool(index.length(element))
            yield from ((one, label, misses) for one, label in zip(parts, labels, strict=True) if label)


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
