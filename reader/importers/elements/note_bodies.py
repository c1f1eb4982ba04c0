"""Which elements hold a note, once it is known where its marks lead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.elements.index import Index, classes_of, kinds_of, text_of
from reader.importers.elements.note_labels import FRAME_KINDS, MAX_SIGN_CHARS, says_back, says_note, sign_of
from reader.importers.elements.note_links import MAX_NOTE_CHARS, Links
from reader.importers.elements.surgery import group
from reader.importers.elements.text import name_of

MAX_GOES_ON = 8
"""How many paragraphs below its first a note may have where no element holds it."""
MAX_BACK_CHARS = 400
_HOLDERS = frozenset(("li", "dd", "div", "aside", "section", "td", "details", "blockquote", "tr", "footer"))
_PARTING = frozenset(("hr", *tags.HEADINGS))
_CONTINUES = frozenset(("p", "blockquote", "ul", "ol", "pre", "div"))
_FRAME_NAMES = frozenset((
    "footnotes", "endnotes", "references", "reflist", "notes", "footnote-list", "footnotes-list",
    "footnotes-container", "footnotes-segment", "footnote-definitions", "easy-footnotes-wrapper", "fn-list",
    "ref-list", "notelist", "rearnotes", "mw-references-wrap",
))  # fmt: skip


class Holders:
    """Finds the elements that hold the notes which ``links`` lead to."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.index = links.index
        self.targets = list(dict.fromkeys(link.target for link in links.marks if link.target is not None))
        self._parts: dict[Element, Element] = {}
        self.terms: list[Element] = []  # labels of notes that stand before them in elements of their own
        self._marks = {link.element for link in links.marks}
        self._places: dict[Element, tuple[list[Element], dict[Element, int]]] = {}

    def part(self) -> bool:
        """Give each of several notes in one paragraph an element of its own; say whether there were any."""
        inside: dict[Element, list[Element]] = {}
        marked = {self.index.block_of(link.element) for link in self.links.marks}
        for target in self.targets:
            block = self.index.block_of(target)
            if block is not target:
                inside.setdefault(block, []).append(target)
        for block, targets in inside.items():
            deep = self.index.before_in(block, targets[0]) > MAX_SIGN_CHARS
            if len(targets) > 1 or (deep and (block in marked or self.links.opens(targets[0], block))):
                self._part(block, targets)
        return bool(self._parts)

    def _part(self, block: Element, targets: list[Element]) -> None:
        tops = [self._top(block, target) for target in targets]
        if len(set(tops)) < len(tops):
            return
        starts = dict(zip(tops, targets, strict=True))
        runs: list[list[Element]] = []
        order: list[Element] = []
        open_run = False
        for child in block:
            if child in starts:
                runs.append([])
                order.append(starts[child])
                open_run = True
            elif name_of(child) in tags.BLOCKS:
                open_run = False
            if open_run:
                runs[-1].append(child)
        self._move_brackets(block, set(starts))
        self._parts.update(zip(order, group(block, runs), strict=True))

    def _move_brackets(self, block: Element, starts: set[Element]) -> None:
        """Take the bracket before a label that goes into the element of its note."""
        previous: Element | None = None
        for child in block:
            before = (block.text if previous is None else previous.tail) or ""
            if child in starts and before.rstrip().endswith(("[", "(")):
                before = before.rstrip()[:-1]
                if previous is None:
                    block.text = before
                else:
                    previous.tail = before
            previous = child

    def _top(self, block: Element, element: Element) -> Element:
        top = element
        for one in self.index.above(element):
            if one is block:
                break
            top = one
        return top

    # Bodies

    def bodies(self, index: Index) -> dict[Element, tuple[Element, ...]]:
        """Return for each target the elements of its note, by the tree as it is now."""
        self.index = index
        self._places = {}
        first = {target: self._first(target) for target in self.targets}
        crowded = self._crowded(first)
        starts = set(first.values())
        marked = [index.order[link.element] for link in self.links.marks]
        marked.sort()
        made: dict[Element, tuple[Element, ...]] = {}
        for target, body in first.items():
            body = self._widened(body, starts, crowded)
            made[target] = (body, *self._goes_on(body, starts))
        return self._without_nests(made)

    def _first(self, target: Element) -> Element:
        if target in self._parts:
            return self._parts[target]
        index = self.index
        block = index.block_of(target)
        if name_of(block) == "dt":
            definition = self._definition(block)
            if definition is not None:
                self.terms.append(block)
            return block if definition is None else definition
        if self.links.is_label(block):
            following = self._following(block)
            if following is not None:
                self.terms.append(block)
                return following
        if name_of(block) in ("td", "th") and index.length(block) <= MAX_SIGN_CHARS:
            return index.parent.get(block, block)
        if target is block and index.length(target) <= MAX_SIGN_CHARS and sign_of(text_of(target)):
            return self._beside(block)
        return block

    def _following(self, label: Element) -> Element | None:
        children, place = self._behind(label, self.index.parent[label])
        following = children[place] if place < len(children) else None
        return following if following is not None and name_of(following) in _CONTINUES else None

    def _definition(self, term: Element) -> Element | None:
        children, place = self._behind(term, self.index.parent[term])
        return next((one for one in children[place : place + 3] if name_of(one) == "dd"), None)

    def _beside(self, label: Element) -> Element:
        """Return the element of a note whose label is a block of its own (Substack's, some tables)."""
        parent = self.index.parent.get(label)
        if parent is None or name_of(parent) not in _HOLDERS or self.index.before_in(parent, label) > 0:
            return label
        return parent if self.index.length(parent) <= MAX_NOTE_CHARS else label

    def _crowded(self, first: dict[Element, Element]) -> dict[Element, int]:
        """Return how many notes and marks each element holds."""
        made: dict[Element, int] = {}
        places = [*set(first.values()), *(link.element for link in self.links.marks)]
        for place in places:
            for one in self.index.above(place):
                made[one] = made.get(one, 0) + 1
        return made

    def _widened(self, body: Element, starts: set[Element], crowded: dict[Element, int]) -> Element:
        """Return the element that holds this note alone, with all its paragraphs."""
        index = self.index
        own = crowded.get(body, 0)
        while body in index.parent:
            parent = index.parent[body]
            if name_of(parent) not in _HOLDERS or parent is index.root or crowded.get(parent, 0) > own + 1:
                break
            if index.before_in(parent, body) > MAX_SIGN_CHARS or index.length(parent) > MAX_NOTE_CHARS:
                break
            if self._is_frame(parent) or any(name_of(one) in _PARTING for one in parent.iter()):
                break
            body = parent
            if says_note(body) or name_of(body) in ("li", "tr", "dd"):
                break
        return body

    def _goes_on(self, body: Element, starts: set[Element]) -> Iterator[Element]:
        """Yield the paragraphs behind a note that go on with it: only up to another note in a list of notes."""
        index = self.index
        parent = index.parent.get(body)
        if parent is None or name_of(body) not in ("p", "dd", "div"):
            return
        siblings, place = self._behind(body, parent)
        found: list[Element] = []
        for sibling in siblings[place : place + MAX_GOES_ON + 1]:
            if sibling in self.terms or sibling in starts or any(one in starts for one in sibling.iter()):
                if self._listed(body, found):
                    yield from found
                return
            if name_of(sibling) not in _CONTINUES or self._has_mark(sibling) or len(found) == MAX_GOES_ON:
                return
            found.append(sibling)
        if self._is_frame(parent):
            yield from found

    def _behind(self, element: Element, parent: Element) -> tuple[list[Element], int]:
        """Return all children of a parent, and the place behind one; each parent is counted through once."""
        if parent not in self._places:
            children = list(parent)
            self._places[parent] = (children, {one: i for i, one in enumerate(children)})
        children, places = self._places[parent]
        return children, places[element] + 1

    def _listed(self, body: Element, found: list[Element]) -> bool:
        classes = body.get("class") or ""
        return all((one.get("class") or "") == classes or name_of(one) != "p" for one in found)

    def _has_mark(self, element: Element) -> bool:
        return any(link.element in self._marks for link in self.links.within(element) if not link.back)

    def _is_frame(self, element: Element) -> bool:
        words = classes_of(element) + (element.get("id") or "").lower().split()
        return bool(FRAME_KINDS & kinds_of(element)) or any(word in _FRAME_NAMES for word in words)

    def _without_nests(self, made: dict[Element, tuple[Element, ...]]) -> dict[Element, tuple[Element, ...]]:
        """Return the notes without those that hold others: these are parts of the text."""
        index = self.index
        bodies = sorted({body[0] for body in made.values()}, key=lambda one: (index.order[one], -index.last[one]))
        nests: set[Element] = set()
        stack: list[Element] = []
        for body in bodies:
            while stack and not index.holds(stack[-1], body):
                stack.pop()
            if stack:
                nests.update(stack)
            stack.append(body)
        own = {
            link.target
            for link in self.links.marks
            if link.target in made and index.holds(made[link.target][0], link.element)
        }
        return {target: body for target, body in made.items() if body[0] not in nests and target not in own}

    # What else belongs to notes

    def unmarked(self, index: Index, bodies: dict[str, tuple[Element, ...]]) -> list[Element]:
        """Return the notes among other notes that nothing marks."""
        known = {one for body in bodies.values() for one in body}
        made: list[Element] = []
        for element in index.order:
            if not (says_note(element) or (known and self._is_entry(index, element, known))):
                continue
            if element in known or not index.length(element) or any(one in known for one in index.above(element)):
                continue
            if not any(one in known for one in element.iter()):
                made.append(element)
                known.add(element)
        return made

    def _is_entry(self, index: Index, element: Element, known: set[Element]) -> bool:
        """Say whether an entry of a list stands between entries that are notes."""
        if name_of(element) != "li" or element not in index.parent:
            return False
        parent = index.parent[element]
        return sum(one in known for one in islice(parent, 40)) >= (1 if self._is_frame(parent) else 2)

    def rules_above(self, index: Index, bodies: dict[str, tuple[Element, ...]]) -> Iterator[Element]:
        """Yield the lines that part notes from the text."""
        first: dict[int, int] = {}
        for body in bodies.values():
            start, order = index.start[body[0]], index.order[body[0]]
            first[start] = max(order, first.get(start, order))
        for element, place in index.order.items():
            if name_of(element) == "hr" and place < first.get(index.start[element], -1):
                yield element

    def labels(self, index: Index, body: Element, label: str) -> list[Element]:
        """Return the elements at the beginning of a note that only say its label or lead back."""
        made: list[Element] = []
        for one in body.iter():
            if one is body or not isinstance(one.tag, str) or one not in index.start:
                continue
            before, length = index.before_in(body, one), index.length(one)
            if says_back(one) and length <= MAX_BACK_CHARS and name_of(one) not in ("li", "p"):
                made.append(one)
            elif before <= 2 and 0 < length <= MAX_SIGN_CHARS and label and sign_of(text_of(one)) == label:
                made.append(one)
                if not index.length(body) > length:
                    made.pop()
        return made
