"""Links in a tree that are marks of notes, told from contents, page numbers and links back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.elements.index import Index, classes_of, kinds_of, text_of
from reader.importers.elements.note_labels import (
    BACK_KINDS,
    FRAME_KINDS,
    MAX_SIGN_CHARS,
    NO_NOTE_KINDS,
    is_back_sign,
    is_bracketed,
    is_word,
    names_note,
    names_other,
    says_back,
    says_mark,
    says_note,
    sign_of,
)
from reader.importers.elements.text import name_of

MAX_NOTE_CHARS = 30_000
"""What is longer (without white space) is no note, but a part of the text."""
NEAR = 4
"""How many characters may lie between a mark and the place that a link back names."""
MAX_LOOKED_AT = 60
"""How many links of one paragraph are looked at for one that leads back."""
_RAISING = frozenset(("sup", "small"))
_NO_NOTES = frozenset(
    ("figure", "table", "img", "h1", "h2", "h3", "h4", "h5", "h6", "header", "nav", "math", "figcaption")
)
_LISTED = frozenset(
    ("toc", "contents", "pagination", "pager", "page-numbers", "toclist", "ltx_toc", "index", "pagenav")
)


@dataclass(slots=True)
class Link:
    """A link within the page: its element, where it leads (None: nowhere), and the label that it shows."""

    element: Element
    target: Element | None
    name: str
    label: str
    bracketed: bool
    says_mark: bool
    says_back: bool
    back: bool = False


class Links:
    """The in-page links of a tree, in order; ``marks`` are those that mark a note."""

    def __init__(self, index: Index, local: Callable[[str], str | None], taken: frozenset[Element]) -> None:
        self.index = index
        self.all = [link for one in index.order if (link := self._link(one, local, taken)) is not None]
        self._orders = [index.order[link.element] for link in self.all]
        self._starts = [index.start[link.element] for link in self.all]
        self._linked = self._link_text()
        self._accept()

    def _link(self, element: Element, local: Callable[[str], str | None], taken: frozenset[Element]) -> Link | None:
        if name_of(element) not in ("a", "noteref") or element in taken:
            return None
        name = local(element.get("href") or "")
        if name is None:
            return None
        length = self.index.length(element)
        text = text_of(element) if length <= 2 * MAX_SIGN_CHARS else "…"
        around = [element, *self.wrappers(element)]
        says = any(map(says_mark, around))
        back = any(map(says_back, around))
        target = self.index.ids.get(name)
        if says and any(BACK_KINDS & kinds_of(one) for one in around):
            # What a role says, outweighs a class; but some programs give it to both links of a pair.
            says = target is not None and self.index.order[target] > self.index.order[element]
        label = "" if length > MAX_SIGN_CHARS else sign_of(text)
        return Link(element, target, name, label, is_bracketed(text), says, back and not says)

    def wrappers(self, element: Element, room: int = 4) -> list[Element]:
        """Return the inline elements right around one that hold at most ``room`` characters more."""
        made = []
        for one in self.index.above(element):
            if name_of(one) in tags.BLOCKS or self.index.length(one) > self.index.length(element) + room:
                break
            made.append(one)
        return made

    def _link_text(self) -> dict[Element, int]:
        """Return for each block how many characters of it are in-page links."""
        made: dict[Element, int] = {}
        for link in self.all:
            block = self.index.block_of(link.element)
            made[block] = made.get(block, 0) + self.index.length(link.element)
        return made

    # Judgement

    def _accept(self) -> None:
        self.marks: list[Link] = []
        accepted: set[Element] = set()
        for link in self.all:
            if link.says_back or is_back_sign(text_of(link.element) if self.index.length(link.element) < 30 else "…"):
                link.back = not link.says_mark
        for link in self.all:
            if not link.back and self._is_mark(link, accepted):
                self.marks.append(link)
                if link.target is not None:
                    accepted.add(link.target)

    def _is_mark(self, link: Link, accepted: set[Element]) -> bool:
        if link.target is None:
            return link.says_mark and bool(link.label)
        if link.target in accepted:
            return bool(link.label) or link.says_mark
        if not link.label and not link.says_mark:
            return says_note(link.target) and self.index.length(link.element) <= 2 * MAX_SIGN_CHARS
        if self._is_no_note(link) or self._is_listed(link):
            return False
        if link.says_mark or says_note(link.target):
            return True
        return self._has_evidence(link)

    def _is_no_note(self, link: Link) -> bool:
        target = link.target
        assert target is not None
        index = self.index
        if name_of(target) in _NO_NOTES and not (name_of(target) == "table" and "footnote" in classes_of(target)):
            return True
        if NO_NOTE_KINDS & kinds_of(target):
            return True
        if index.holds(target, link.element) or index.length(target) > MAX_NOTE_CHARS:
            return True
        block = index.block_of(target)
        if name_of(block) in tags.HEADINGS or name_of(block) in ("nav", "figcaption"):
            return not self.is_label(block)
        if names_other(link.name) and not link.says_mark:
            # A name may say anything; a note that bears the mark's sign and leads back is one.
            return not (self._bears(link, target, block) and self._leads_back(link, block))
        first = next(iter(target), None)
        return first is not None and name_of(first) in _NO_NOTES and not index.before_in(target, first)

    def is_label(self, block: Element) -> bool:
        """Say whether a heading is only the number of a note, with the way back: Texinfo sets notes so."""
        if name_of(block) not in tags.HEADINGS or not 0 < self.index.length(block) <= MAX_SIGN_CHARS:
            return False
        return bool(sign_of(text_of(block))) and any(_leads_in_page(one) for one in block.iter())

    def _is_listed(self, link: Link) -> bool:
        """Say whether a link stands among links only: contents, an index, page numbers."""
        element = link.element
        for one in self.index.above(element):
            name = name_of(one)
            if name == "nav" or _LISTED.intersection(classes_of(one)) or "doc-toc" in kinds_of(one):
                return True
        if link.says_mark or self.is_raised(element):
            return False
        block = self.index.block_of(element)
        return self._linked.get(block, 0) * 10 >= self.index.length(block) * 9

    def _has_evidence(self, link: Link) -> bool:
        target = link.target
        assert target is not None
        index = self.index
        block = index.block_of(target)
        own = index.block_of(link.element)
        if block is own and not self.opens(target, block):
            return False
        if not self.opens(target, block):
            return False
        behind = index.order[target] > index.order[link.element]
        raised = self.is_raised(link.element)
        named = names_note(link.name) or names_note(target.get("class") or "") or self._in_frame(target)
        back = self._leads_back(link, block)
        same = self._bears(link, target, block)
        if not behind:
            return raised and (named or same) and back and index.before_in(own, link.element) > MAX_SIGN_CHARS
        if raised:
            return back or named or same or name_of(block) == "li"
        if link.bracketed or self._stands_in_brackets(link):
            return named or (back and same) or (same and name_of(target) == "a" and not is_word(link.label))
        return (back and (named or same)) or (named and same)

    def opens(self, target: Element, block: Element) -> bool:
        """Say whether an element stands at the beginning of its block, or of a line of it."""
        index = self.index
        if target is block or index.before_in(block, target) <= NEAR:
            return True
        top = target
        for one in index.above(target):
            if one is block:
                break
            top = one
        parent = index.parent[top]
        previous = None
        for child in parent:
            if child is top:
                break
            previous = child
        if previous is None:
            return False
        between = previous.tail or ""
        if len(between.strip()) <= 2:
            return name_of(previous) in ("br", "hr", *tags.BLOCKS)
        # In a text that lacks its paragraphs, a line of the source is all that parts the notes.
        return name_of(block) != "p" and between.endswith("\n") and _leads_in_page(target)

    def is_raised(self, element: Element) -> bool:
        """Say whether an element is set as superscript."""
        around = [element, *self.wrappers(element), *list(element)[:2]]
        return any(
            name_of(one) in _RAISING
            or "super" in (one.get("style") or "")
            or any(
                word.startswith(("sup", "superscript")) or "footnote" in word or "noteref" in word
                for word in classes_of(one)
            )
            for one in around
        ) or any(character in "⁰¹²³⁴⁵⁶⁷⁸⁹" for character in (element.text or "")[:8])

    def _stands_in_brackets(self, link: Link) -> bool:
        tail = (link.element.tail or "").lstrip()
        return tail.startswith("]")

    def _in_frame(self, target: Element) -> bool:
        for depth, one in enumerate(self.index.above(target)):
            if FRAME_KINDS & kinds_of(one) or any("footnote" in word or "endnote" in word for word in classes_of(one)):
                return True
            if depth > 4:
                break
        return False

    def _leads_back(self, link: Link, block: Element) -> bool:
        """Say whether a link in the note leads to the mark, or right beside it."""
        index = self.index
        first = bisect_left(
            self._orders, min(index.order[block], index.order[block if link.target is None else link.target])
        )
        start = index.start[link.element]
        own = index.block_of(link.element)
        for other in self.all[first : first + MAX_LOOKED_AT]:
            if index.order[other.element] > index.last[block]:
                break
            place = other.target
            if place is None or other is link:
                continue
            if abs(index.start[place] - start) <= NEAR and index.block_of(place) in (own, place):
                return True
        return False

    def leads_to_mark(self, link: Link, marks: list[Link]) -> bool:
        """Say whether a link leads to one of these marks."""
        if link.target is None:
            return False
        start = self.index.start[link.target]
        place = self.index.block_of(link.target)
        return any(
            abs(self.index.start[mark.element] - start) <= NEAR
            and place in (self.index.block_of(mark.element), link.target)
            for mark in marks[:MAX_LOOKED_AT]
        )

    def within(self, element: Element) -> list[Link]:
        """Return the links that stand in an element."""
        first = bisect_left(self._orders, self.index.order[element])
        end = bisect_left(self._orders, self.index.last[element] + 1)
        return self.all[first:end]

    def _bears(self, link: Link, target: Element, block: Element) -> bool:
        """Say whether the note begins with the label of the mark."""
        said = ""
        for piece in (target if target is block or len(target) or target.text else block).itertext():
            said += piece
            if len(said.strip()) > MAX_SIGN_CHARS:
                break
        if not said.strip() or (target is not block and len(said.strip()) <= 1 and target.tail):
            said += target.tail or ""
        label = link.label.rpartition(":")[2]
        said = said.strip().lstrip("[(^↑ \xa0")
        rest = said[len(label) :]
        return bool(label) and said.lower().startswith(label.lower()) and (not rest or not rest[0].isalnum())


def _leads_in_page(element: Element) -> bool:
    return (element.get("href") or "").startswith("#")
