"""The footnotes of an element tree: which elements are marks, and which hold the notes.

A note is told by what the page says of it (roles, ``epub:type``, classes that programs write) and
by how links stand: a short sign in the text that leads to the beginning of a paragraph which bears
the same sign or leads back. Links to headings, pages, figures and formulas are no marks.

The tree is changed where a note has no element of its own, and loses the brackets, labels and back
links that only join marks with notes; no other word of it is touched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.elements.index import Index
from reader.importers.elements.note_bodies import Holders
from reader.importers.elements.note_inline import inline_notes, said_again
from reader.importers.elements.note_labels import Keys
from reader.importers.elements.note_links import Link, Links
from reader.importers.elements.note_unlinked import unlinked_notes
from reader.importers.elements.surgery import Slots, strip_lead
from reader.importers.elements.text import name_of


class Notes(NamedTuple):
    """What ``convert`` needs to know of a tree's notes.

    ``marks`` has the element of each mark with the key of its note, ``bodies`` for each key the
    elements of the note's text in order, and ``gone`` what only joins the two (labels, back links),
    which is text of neither. ``places`` are those of the tree as it has become.
    """

    marks: dict[Element, str]
    bodies: dict[str, tuple[Element, ...]]
    gone: frozenset[Element]
    places: Index

    @property
    def elsewhere(self) -> frozenset[Element]:
        """All elements that the text around them does not have."""
        return self.gone.union(*self.bodies.values())


def in_page(href: str) -> str | None:
    """Return what an address names on its own page; None for an address that leads elsewhere."""
    return unquote(href[1:]) if href.startswith("#") and len(href) > 1 else None


def find_notes(
    root: Element, local: Callable[[str], str | None] = in_page, unseen: Mapping[Element, int] | None = None
) -> Notes:
    """Return the notes of a tree, and change it as the module says.

    ``local`` says which id of this tree an address names (None: it leads elsewhere), ``unseen`` how many
    characters of an element's text are not in the tree.
    """
    return _Search(root, local, unseen or {}).notes()


class _Search:
    def __init__(self, root: Element, local: Callable[[str], str | None], unseen: Mapping[Element, int]) -> None:
        self.keys = Keys()
        index = Index(root, unseen)
        self.inline = inline_notes(index)
        if self.inline:  # the tree has changed: look where everything stands now
            index = Index(root, unseen)
        taken = frozenset(one for note in self.inline for mark in note.marks for one in mark.iter())
        links = Links(index, local, taken)
        self.holders = Holders(links)
        parted = self.holders.part()
        plain = unlinked_notes(index) if not links.marks and not self.inline else ([], [])
        self.plain_marks, self.plain_notes = plain
        self.index = Index(root, unseen) if parted or self.plain_marks else index
        links.index = self.index
        self.links = links
        self.slots = Slots()
        self.marks: dict[Element, str] = {}
        self.bodies: dict[str, tuple[Element, ...]] = {}
        self.gone: set[Element] = set()

    def notes(self) -> Notes:
        found = self.holders.bodies(self.index)
        self.gone.update(self.holders.terms)
        of_body: dict[Element, list[Link]] = {}
        for link in self.links.marks:
            if link.target is None or link.target in found:
                of_body.setdefault(found[link.target][0] if link.target is not None else link.element, []).append(link)
        order = self.index.order
        waiting = sorted([(order[links[0].element], links) for links in of_body.values()], key=lambda pair: pair[0])
        for _, links in waiting:
            self._linked(links, found.get(links[0].target, ()) if links[0].target is not None else ())
        self._inline()
        self._plain()
        for element in self.holders.unmarked(self.index, self.bodies):
            key = self.keys.new("note")
            self.bodies[key] = (element,)
            self._strip(key, [])
        self._close_up()
        self.gone.update(self.holders.rules_above(self.index, self.bodies))
        return Notes(self.marks, self.bodies, frozenset(self.gone), self.index)

    def _inline(self) -> None:
        """Join the notes that stand at their marks; several marks may have one note."""
        keys: dict[Element, str] = {}
        for note in self.inline:
            key = keys.get(note.body) or self.keys.new(note.label or "note")
            keys[note.body] = self.marks[note.marks[0]] = key
            self.bodies[key] = (note.body,)
            self.gone.update(note.marks[1:], note.gone)
        if self.inline:
            self.gone.update(said_again(self.index, self.inline))

    def _plain(self) -> None:
        """Join the marks and notes that only their numbers join."""
        keys = {(counted, label): self.keys.new(str(label)) for _, label, counted in self.plain_notes}
        self.marks.update((mark, keys[counted, label]) for mark, label, counted in self.plain_marks)
        for element, label, counted in self.plain_notes:
            self.bodies[keys[counted, label]] = (element,)
            self.gone.update(self.holders.labels(self.index, element, str(label)))
            strip_lead(element, str(label), self.gone)

    def _linked(self, links: list[Link], body: tuple[Element, ...]) -> None:
        label = next((link.label for link in links if link.label), "")
        key = self.keys.new(label)
        for link in links:
            self.marks[self._whole(link.element)] = key
        if body:
            self.bodies[key] = body
            self._strip(key, links)

    def _whole(self, element: Element) -> Element:
        """Return the outermost element that holds only this mark, with its brackets."""
        whole = element
        for one in self.links.wrappers(element, room=2):
            if sum(1 for inner in one.iter() if inner.get("href")) > 1:
                break
            whole = one
        return whole

    def _strip(self, key: str, marks: list[Link]) -> None:
        """Take label and links back from the text of a note."""
        label = next((link.label for link in marks if link.label), "")
        for body in self.bodies[key]:
            for link in self.links.within(body):
                if link.element in self.marks:
                    continue
                short = self.index.length(link.element) <= 30
                if short and (link.back or self.links.leads_to_mark(link, marks)):
                    self._take(link.element, body)
        first = self.bodies[key][0]
        for name in self.holders.labels(self.index, first, label):
            self._take(name, first)
        strip_lead(first, label, self.gone)

    def _take(self, element: Element, body: Element) -> None:
        """Leave a link out, with what is around it alone."""
        whole = element
        for one in self.links.wrappers(element, room=3):
            if one is body:
                break
            whole = one
        self.gone.add(whole)
        if whole in self.index.parent:
            self.slots.strip_brackets(self.index.parent[whole], whole)
            self.slots.close_up(self.index.parent[whole], whole)

    def _close_up(self) -> None:
        for mark in self.marks:
            parent = self.index.parent.get(mark)
            if parent is not None:
                self.slots.strip_brackets(parent, mark)
                self.slots.join_marks(parent, mark, self.marks)
                self._close_up_one(mark, parent)

    def _close_up_one(self, mark: Element, parent: Element) -> None:
        """Take the space before a mark, which may stand outside of what raises it."""
        while name_of(parent) not in tags.BLOCKS and parent in self.index.parent:
            if self.slots.before(parent, mark) or parent[0] is not mark:
                break
            mark, parent = parent, self.index.parent[parent]
        self.slots.close_up(parent, mark)
