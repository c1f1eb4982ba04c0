"""Notes that stand right at their marks: side notes, LaTeXML's, ``<details>``, those of some plug-ins.

Where such a note has no sign before it that a reader sees, an empty mark is put there.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from reader.importers.elements.index import Index, classes_of, kinds_of, text_of
from reader.importers.elements.note_labels import MARK_KINDS, sign_of
from reader.importers.elements.surgery import insert_before
from reader.importers.elements.text import name_of

MIN_NOTE_CHARS = 2
_INLINE = frozenset((
    "sidenote", "marginnote", "side-note", "margin-note", "ltx_note", "inline-footnote", "inline-note",
    "modern-footnotes-footnote__note", "footnote_tooltip",
))  # fmt: skip
MARK_CLASS = "ltx_role_footnotemark"
MAX_SAID_AGAIN = 500
"""How many notes are looked for in a list at the end that says them again."""
MAX_LIST_CHARS = 200_000
MAX_LABEL_CHARS = 6
MAX_BEFORE = 12
"""How many characters, as in “(side note:”, may stand before the label that a note repeats."""
_LISTS = frozenset((
    "footnotes_reference_container", "footnotes", "endnotes", "sidenotes", "footnote-list", "notes", "d-footnote-list",
))  # fmt: skip
_HOLDING = frozenset(("span", "small", "aside", "div", "label"))
_NAMES = frozenset(("d-footnote", "dt-fn"))
_DESCRIBING = frozenset(("label", "sup", "button", "span"))
_SIGN_CLASS = re.compile(
    r"margin-toggle|sidenote-(?:number|toggle|mark|ref)|ltx_note_mark|footnote-(?:toggle|button)|mfn-"
)
_TEXT_CLASS = frozenset(("ltx_note_content",))
_LABEL_CLASS = frozenset(("ltx_note_mark", "ltx_tag_note", "ltx_note_type", "sidenote-number", "sidenote__number",
                          "sidenote-parenthesis"))  # fmt: skip


class Inline(NamedTuple):
    """A note at its place: the elements that are its mark (the first has the place), its text, its label."""

    marks: tuple[Element, ...]
    body: Element
    label: str
    gone: tuple[Element, ...]


def inline_notes(index: Index) -> list[Inline]:
    """Return the notes that stand right at their marks, and give those a mark that have none."""
    linked = {(element.get("href") or "")[1:] for element in index.order if (element.get("href") or "").startswith("#")}
    described = _described(index)
    made: list[Inline] = []
    labelled: dict[str, Inline] = {}
    end = -1
    for element, place in index.order.items():
        if place <= end or not (element in described or _is_inline(index, element, linked)):
            continue
        note = _read(index, element)
        if MARK_CLASS in classes_of(element) and note.label in labelled:
            # A second mark of a note that was given before, and what programs write in place of its text.
            note = note._replace(body=labelled[note.label].body, gone=(*note.gone, element))
        made.append(note)
        labelled[note.label] = note
        end = index.last[element]
    return made


def said_again(index: Index, notes: list[Inline]) -> list[Element]:
    """Return the lists at the end that only say once more what the notes at their marks say."""
    texts = list({_letters(text_of(note.body)) for note in notes[:MAX_SAID_AGAIN]})
    texts.sort(key=len, reverse=True)
    made: list[Element] = []
    end = -1
    for element, place in index.order.items():
        if place <= end or not _LISTS.intersection(classes_of(element)):
            continue
        rest = _letters(text_of(element)) if index.length(element) <= MAX_LIST_CHARS else ""
        whole = len(rest)
        for text in texts:
            rest = rest.replace(text, "", 1)
        if whole and len(rest) <= MAX_LABEL_CHARS * (len(texts) + 4) and len(rest) * 2 < whole:
            made.append(element)
            end = index.last[element]
    return made


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _described(index: Index) -> set[Element]:
    """Return the elements right behind a sign that says of them that they describe it."""
    made: set[Element] = set()
    for element in index.order:
        name = element.get("aria-describedby")
        if not name or name_of(element) not in _DESCRIBING or not sign_of(text_of(element)):
            continue
        note = index.ids.get(name)
        if note is not None and name_of(note) in _HOLDING and index.parent.get(note) is index.parent.get(element):
            made.add(note)
    return made


def _is_inline(index: Index, element: Element, linked: set[str]) -> bool:
    name = name_of(element)
    if name == "details":
        return _is_details(element)
    if name in _NAMES:
        return index.length(element) >= MIN_NOTE_CHARS
    if name not in _HOLDING or index.length(element) < MIN_NOTE_CHARS:
        return False
    return (
        bool(_INLINE.intersection(classes_of(element)))
        and element.get("id") not in linked
        and element is not index.root
    )


def _is_details(element: Element) -> bool:
    first = next(iter(element), None)
    if first is None or name_of(first) != "summary":
        return False
    said = "".join(first.itertext())
    return bool(sign_of(said)) or bool(MARK_KINDS & kinds_of(first))


def _read(index: Index, element: Element) -> Inline:
    parent = index.parent[element]
    before = _signs_before(parent, element)
    inside = [one for one in element.iter() if one is not element and isinstance(one.tag, str)]
    labels = [one for one in inside if name_of(one) == "summary" or _LABEL_CLASS.intersection(classes_of(one))]
    body = next((one for one in inside if _TEXT_CLASS.intersection(classes_of(one))), element)
    said = [sign_of("".join(one.itertext())) for one in (*before, *labels)]
    label = next(filter(None, said), "")
    again = next((one for one in inside if name_of(one) == "sup"), None)
    if again is not None and label and sign_of(text_of(again)) == label and index.before_in(body, again) <= MAX_BEFORE:
        labels.append(again)
    if not before:
        mark = parent.makeelement("sup", {})
        insert_before(parent, element, mark)
        before = [mark]
    gone = tuple(labels) if body is element else (*labels, element)
    return Inline(tuple(before), body, label, gone)


def _signs_before(parent: Element, element: Element) -> list[Element]:
    """Return the signs right before a note: the label and the box that a style sheet makes of it."""
    children = list(parent)
    place = children.index(element)
    found: list[Element] = []
    for child in reversed(children[max(place - 3, 0) : place]):
        if (child.tail or "").strip():
            break
        name = name_of(child)
        signed = bool(_SIGN_CLASS.search(child.get("class") or "")) or name == "input"
        if not signed and not (name in ("sup", "label", "a") and sign_of("".join(child.itertext()))):
            break
        found.append(child)
    found.reverse()
    return found
