"""How much of a page's text each of its elements holds, without menus and whatever else is no text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from reader.importers.elements import tags
from reader.importers.elements.index import Index
from reader.importers.elements.text import name_of
from reader.importers.elements.tidy import WAS_LINK
from reader.importers.html import clutter

MIN_BLOCK_CHARS = 25
"""A shorter block has no weight."""
MOST_LINKS = 0.5
MAX_CLUTTER_SHARE = 0.35
"""What holds more of the article than this is no clutter, whatever it calls itself."""
MIN_PROSE_CHARS, PROSE_CHARS, MIN_PROSE = 800, 80, 3
MIN_OWN_CHARS, FEW_LINKS = 300, 6
SURE = frozenset(("nav", "footer", "aside", "form"))
DOUBTFUL = frozenset(("advert", "share", "tags", "frame", "beside", "menu", "related"))


class Weights:
    """The weights of a page's elements: as they are, and without what calls itself clutter.

    ``kept`` are the bodies of notes, which weigh nothing: they go with their marks.
    """

    def __init__(self, index: Index, kept: frozenset[Element]) -> None:
        self.index = index
        self._kept = kept
        self._kinds: dict[Element, str] = {}
        self._own: dict[Element, int] = {}
        self._links: dict[Element, int] = {}
        self._measure()
        self._raw = self._weigh(judged=False)
        self._weights = self._weigh(judged=True)

    def _measure(self) -> None:
        """Count for each block its own text, and for each element the text of links to elsewhere."""
        index = self.index
        own, links = self._own, self._links
        for element in index.order:
            name = name_of(element)
            if name in tags.BLOCKS:
                own[element] = length = index.length(element)
                parent = index.parent.get(element)
                if parent in own:
                    own[parent] -= length
            elif name == "a" and _leads_away(element):
                links[element] = index.length(element)
        parents = index.parent
        for element in reversed(index.order):
            linked = links.get(element, 0)
            if linked and element in parents:
                around = parents[element]
                links[around] = links.get(around, 0) + linked

    def _weigh(self, *, judged: bool) -> dict[Element, int]:
        """Return the weight of each element; where ``judged``, clutter and what is in it has none."""
        index = self.index
        made: dict[Element, int] = dict.fromkeys(index.order, 0)
        owns, links = self._own, self._links
        bad_until = -1
        for element, order in index.order.items():
            if order <= bad_until:
                continue
            own = owns.get(element)
            if element in self._kept or (judged and (own is not None or element.keys()) and self._is_clutter(element)):
                bad_until = index.last[element]
                continue
            if own is None or own < MIN_BLOCK_CHARS or links.get(element, 0) > own * MOST_LINKS:
                continue
            made[element] += own
        parent = index.parent
        for element in reversed(index.order):  # what an element holds is known before what holds it
            weight = made[element]
            if weight and element in parent:
                made[parent[element]] += weight
        return made

    def _is_clutter(self, element: Element) -> bool:
        """Say whether an element calls itself clutter, and is not most of the page all the same."""
        kind = self._kind(element)
        if not kind or kind == "contents":
            return False
        if kind == "comments":
            return not any(name_of(one) in ("h1", "article", "main") for one in element.iter())
        if name_of(element) not in SURE and kind in DOUBTFUL and self._is_prose(element):
            return False
        return self._raw[element] <= MAX_CLUTTER_SHARE * self._raw[self.index.root]

    def _is_prose(self, element: Element) -> bool:
        """Say whether an element holds several real paragraphs, whatever it calls itself."""
        if self._raw[element] < MIN_PROSE_CHARS:
            return False
        return sum(name_of(one) == "p" and self._own.get(one, 0) >= PROSE_CHARS for one in element.iter()) >= MIN_PROSE

    def _is_own_text(self, element: Element) -> bool:
        """Say whether what calls itself a way to other articles has hardly a link: then it is none."""
        length, links = self.index.length(element), self._links.get(element, 0)
        if name_of(element) in ("ul", "ol") and not links:
            return length >= MIN_BLOCK_CHARS
        return length >= MIN_OWN_CHARS and links * FEW_LINKS < length

    def _kind(self, element: Element) -> str:
        if element not in self._kinds:
            kind = clutter.kind_of(element)
            if kind == "related" and self._is_own_text(element):
                kind = ""
            self._kinds[element] = kind
        return self._kinds[element]


def _leads_away(link: Element) -> bool:
    href = link.get("href") or ""
    return link.get(WAS_LINK) is not None or href.startswith(("http", "mailto"))
