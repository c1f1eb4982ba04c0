"""The article on a page, found among all that stands around it.

Each block of text has a weight: its length, unless it is mostly links or stands in what calls itself
a menu, comments and so on. The article is the smallest element with nearly all of the weight; all
its parts belong to it. What is set aside, inside and around it, is told with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from xml.etree.ElementTree import Element

from reader.importers.dates import find_date
from reader.importers.elements import tags
from reader.importers.elements.index import Index, classes_of, text_of
from reader.importers.elements.text import name_of
from reader.importers.html import clutter
from reader.importers.html.masthead import kicker_of, says_who
from reader.importers.html.repeats import pulled, refrains
from reader.importers.html.weights import DOUBTFUL, MAX_CLUTTER_SHARE, MOST_LINKS, SURE, Weights

NEARLY_ALL = 0.8
ALL_BUT_NOTHING = 0.98
LINK_LIST = 0.75
MASTHEAD_BLOCKS = 40
"""How many blocks are looked at for the lines of author and date."""
MAX_MASTHEAD_CHARS = 110
_STANDFIRST = re.compile(
    r"(?:^|[\s_\-])(?:lead|lede|standfirst|dek|deck|subtitle|sub-?title|sub-?headline|subhead|intro|"
    r"introduction|teaser-?text|"
    r"article-?summary|summary|excerpt|vorspann|chapo|entradilla|sommario|description)(?=$|[\s_\-])",
    re.IGNORECASE,
)
_LINES = frozenset(("p", "div", "span", "li", "h2", "h3", "h4", "h5", "h6", "section", "label"))
_SECTION = re.compile(r"(?:sub)*section|sect\d|chapter|ltx_(?:sub)*section|level\d")
_INLINE = frozenset(("a", "b", "br", "cite", "code", "em", "i", "img", "strong", "sub", "sup"))
_HOLDING = frozenset(("span", "center", "font", "label"))
_PARTS = frozenset(
    ("div", "section", "ul", "ol", "aside", "table", "header", "footer", "dl", "nav", "menu", "form", "fieldset")
)


class Chosen(Weights):
    """The article of a page: its element, and what is set aside (kinds of ``clutter.reasons``)."""

    def __init__(
        self,
        index: Index,
        kept: frozenset[Element],
        marks: Collection[Element] = (),
        title: str = "",
        authors: Sequence[str] = (),
    ) -> None:
        super().__init__(index, kept)
        self._held = {one for mark in (*marks, *kept) if mark in index.order for one in (mark, *index.above(mark))}
        self._title = _bare(title)
        self._authors = [_bare(name) for name in authors]
        self.aside: dict[Element, str] = {}
        self.kicker = ""
        self.root = self._choose()
        self._leave_around()
        self._leave_inside()
        self._leave_masthead()
        self._leave_repeated()

    # The choice

    def _choose(self) -> Element:
        index = self.index
        body = next((one for one in index.root if name_of(one) == "body"), index.root)
        total = self._weights[body]
        if not total:
            return body
        best = body
        while True:
            heaviest = max(best, key=lambda one: self._weights.get(one, 0), default=None)
            if heaviest is None or name_of(heaviest) not in tags.BLOCKS or name_of(heaviest) in ("p", "li", "td", "tr"):
                break
            if self._weights.get(heaviest, 0) < self._needed(best, heaviest):
                break
            if not self._is_body(heaviest) and self._has_text_beside(best, heaviest):
                break
            best = heaviest
        return best

    def _is_body(self, element: Element) -> bool:
        return name_of(element) in ("article", "main") or clutter.is_good(element)

    def _has_text_beside(self, outer: Element, inner: Element) -> bool:
        """Say whether an element has text of the article beside one of its parts: then it is more than that part."""
        return any(one is not inner and self._weights.get(one, 0) and self._is_text(one) for one in outer)

    def _is_text(self, element: Element) -> bool:
        """Say whether an element is by its kind a piece of a text rather than a part of a page."""
        if name_of(element) in ("p", "section", "blockquote", "pre", "ol", "dl"):
            return True
        return any(_SECTION.fullmatch(word) for word in classes_of(element)) or self._is_prose(element)

    def _needed(self, outer: Element, inner: Element) -> float:
        """Return the weight that an element needs to be taken instead of the one around it."""
        share = NEARLY_ALL
        if self._is_body(inner):
            share = 0.5
            rivals = [
                one for one in outer if one is not inner and name_of(one) == name_of(inner) and self._weights[one]
            ]
            if rivals and name_of(inner) == "article":
                share = 0.7
        elif self._is_body(outer):
            share = ALL_BUT_NOTHING
        return self._weights[outer] * share

    # What is left out

    def _leave_around(self) -> None:
        path = [self.root, *self.index.above(self.root)]
        on_path = set(path)
        titled = self._has_title(self.root)
        for outer in path[1:]:
            if name_of(outer) == "html":
                continue
            _wrap_texts(outer)
            before = True
            for child in list(outer):
                if child in on_path:
                    before = False
                elif before and not titled and child in self.index.order and self._has_title(child):
                    titled = True
                    self._leave_head(child)
                elif not (before and self._is_standfirst(child)):
                    self._put(child, "outside")

    def _put(self, element: Element, kind: str) -> None:
        said = self._kind(element) if element in self.index.order else ""
        self.aside[element] = said or kind

    def _has_title(self, element: Element) -> bool:
        return any(
            name_of(one) in ("h1", "h2") and self._is_title(text_of(one))
            for one in element.iter()
            if one in self.index.order
        )

    def _is_title(self, text: str) -> bool:
        bare = _bare(text)
        return bool(bare) and bool(self._title) and (bare == self._title or (len(bare) > 12 and bare in self._title))

    def _leave_head(self, head: Element) -> None:
        """Keep the title, lead and pictures of what stands above the article; set the rest aside."""
        index = self.index
        if name_of(head) in tags.HEADINGS or not self._has_title(head):
            return
        stack = [head]
        while stack:
            outer = stack.pop()
            _wrap_texts(outer)
            for child in outer:
                if child not in index.order:
                    self._put(child, "outside")
                elif name_of(child) in tags.HEADINGS and self._is_title(text_of(child)):
                    continue
                elif self._has_title(child):
                    stack.append(child)
                elif self._is_standfirst(child) or (name_of(child) == "figure" and not self._kind(child)):
                    continue
                elif index.length(child) or self._kind(child):
                    self._put(child, "outside")

    def _is_standfirst(self, element: Element) -> bool:
        said = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element not in self.index.order or not _STANDFIRST.search(said) or clutter.is_good(element):
            return False
        length = self.index.length(element)
        if not 20 <= length <= 700 or self._links.get(element, 0) * 3 >= length:
            return False
        return not any(
            self._kind(one) in ("advert", "related", "share") for one in element.iter() if one is not element
        )

    def _leave_inside(self) -> None:
        index = self.index
        stack = [iter(self.root)]
        whole = self._weights[self.root] or 1
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
                continue
            if name_of(child) in _INLINE or child in self.aside or child in self._kept or child not in index.order:
                continue
            kind = self._inner_kind(child, whole)
            if kind:
                self.aside[child] = kind
            elif name_of(child) in tags.BLOCKS or name_of(child) in _HOLDING or name_of(child) not in tags.ALL:
                stack.append(iter(child))

    def _inner_kind(self, element: Element, whole: int) -> str:
        index = self.index
        kind = self._kind(element)
        length = index.length(element)
        if element in self._held:
            return ""
        if name_of(element) not in SURE and kind in DOUBTFUL and self._is_prose(element):
            kind = ""
        if kind and self._raw[element] <= max(whole * MAX_CLUTTER_SHARE, 1):
            return "" if self._is_told_wrongly(element, kind) else kind
        return self._kind_of_line(element, length)

    def _kind_of_line(self, element: Element, length: int) -> str:
        """Return the kind of what says by its words or its links, not by its class, that it is no text."""
        name = name_of(element)
        if name in tags.HEADINGS and length <= 70 and clutter.is_related_heading(text_of(element)):
            return "related" if self._leads_links(element) else ""
        if name in _LINES and 0 < length <= clutter.MAX_LEAD_LINE_CHARS:
            if length <= clutter.MAX_LINE_CHARS and clutter.is_clutter_line(text_of(element)):
                return "share"
            if self._links.get(element, 0) * 2 >= length and clutter.leads_elsewhere(text_of(element)):
                return "related"
        if name == "p" and self._is_lines_of_links(element, length):
            return "links"
        if name in _PARTS and self._is_link_list(element, length):
            return "links"
        return ""

    def _is_told_wrongly(self, element: Element, kind: str) -> bool:
        """Say whether an element is part of the article though its class says otherwise: a boxed lead, a picture."""
        if kind in ("comments", "share", "menu", "contents", "advert"):
            return False
        if name_of(element) == "figure" or (
            kind == "beside" and name_of(element) == "aside" and not element.get("class")
        ):
            return True
        if self._is_standfirst(element):
            return True
        if kind in ("frame", "tags") and name_of(element) == "header":
            return self._has_title(element)
        length = self.index.length(element)
        if kind not in ("related", "banner") and any(name_of(one) == "pre" for one in element.iter()):
            return True
        pictures = any(name_of(one) in ("img", "figcaption") for one in element.iter())
        few_links = self._links.get(element, 0) * 5 < length
        if kind == "beside" and name_of(element) == "aside":
            return few_links and length > 60
        return (
            kind in ("banner", "related")
            and pictures
            and few_links
            and any(name_of(one) == "figcaption" for one in element.iter())
        )

    def _leads_links(self, heading: Element) -> bool:
        """Say whether what follows a heading is links or nothing, and set that aside too."""
        parent = self.index.parent[heading]
        children = list(parent)
        place = children.index(heading) + 1
        followers: list[Element] = []
        for one in children[place:]:
            if name_of(one) in tags.HEADINGS:
                break
            followers.append(one)
        length = sum(self.index.length(one) for one in followers if one in self.index.order)
        links = sum(self._links.get(one, 0) for one in followers)
        if length and links < length * MOST_LINKS and length - links > 200:
            return False
        self.aside.update((one, "related") for one in followers if one not in self._held)
        return True

    def _is_link_list(self, element: Element, length: int) -> bool:
        links = self._links.get(element, 0)
        weighty = self._raw[element] > 0
        if length < 4 or links < length * (LINK_LIST if weighty else MOST_LINKS):
            return False
        count = sum(name_of(one) == "a" for one in element.iter())
        if any(name_of(one) == "img" for one in element.iter()) and count <= 2:
            return False
        return count >= (3 if weighty else 2) and not self._below_heading(element)

    def _is_lines_of_links(self, element: Element, length: int) -> bool:
        """Say whether a paragraph is lines that are links each, and nothing else."""
        if length < 4 or self._links.get(element, 0) < length * LINK_LIST:
            return False
        names = [name_of(one) for one in element.iter()]
        return 2 <= names.count("a") <= names.count("br") + 1 and not self._below_heading(element)

    # The lines around the title

    def _leave_masthead(self) -> None:
        """Set aside what stands above the title, and the lines of author and date below it."""
        index = self.index
        end = index.last[self.root]
        blocks = [one for one in self._own if index.order[self.root] <= index.order[one] <= end and self._own[one]]
        title = next(
            (one for one in blocks[:MASTHEAD_BLOCKS] if name_of(one) in tags.HEADINGS and self._is_title(text_of(one))),
            None,
        )
        above = title is not None
        self._leave_kicker(title)
        self._leave_times(blocks[:MASTHEAD_BLOCKS])
        for block in blocks[:MASTHEAD_BLOCKS]:
            if block is title:
                above = False
                continue
            if self._is_left(block) or name_of(block) in ("figcaption", "blockquote", "pre", *tags.HEADINGS):
                continue
            own, text = self._own[block], text_of(block) if index.length(block) <= MAX_MASTHEAD_CHARS else ""
            if own > MAX_MASTHEAD_CHARS or not text:
                if not above:
                    return
                continue
            if self._is_standfirst(block) or any(
                name_of(one) in ("figure", "figcaption") for one in index.above(block)
            ):
                continue
            if block not in self._held and ((above and not text.endswith(".")) or self._is_byline(text)):
                self.aside[block] = "byline"

    def _leave_kicker(self, title: Element | None) -> None:
        """Keep the kicker above the title apart."""
        index = self.index
        if title is None:
            title = next((one for one in index.order if name_of(one) == "h1" and self._is_title(text_of(one))), None)
        kicker = kicker_of(index, title) if title is not None else None
        if kicker is not None and kicker not in self._held and not self._links_only(kicker):
            self.kicker = text_of(kicker)
            self.aside[kicker] = "byline"

    def _links_only(self, element: Element) -> bool:
        """Say whether an element is several links: a path of the site rather than a kicker."""
        return sum(name_of(one) == "a" for one in element.iter()) > 1

    def _leave_times(self, blocks: Sequence[Element]) -> None:
        """Set aside dates that stand between blocks, in no paragraph."""
        for block in blocks:
            if any(name_of(child) in tags.BLOCKS for child in block):
                self.aside.update((child, "byline") for child in block if name_of(child) == "time")

    def _leave_repeated(self) -> None:
        for one in (*refrains(self.index, self.root, self._own), *pulled(self.index, self.root)):
            if one not in self._held and not self._is_left(one):
                self.aside[one] = "repeated"

    def _is_left(self, element: Element) -> bool:
        return element in self.aside or any(one in self.aside for one in self.index.above(element))

    def _is_byline(self, text: str) -> bool:
        """Say whether a line only says who wrote the article, or when."""
        bare = _bare(text)
        for name in self._authors:
            if name and name in bare and len(bare) <= len(name) + 70 and not text.endswith((".", "?", "!", "”")):
                return True
        if says_who(text):
            return True
        found = find_date(text)
        return found is not None and len(text) - (found.end - found.start) <= 45 and not text.endswith((".", "?", "!"))

    def _below_heading(self, element: Element) -> bool:
        """Say whether a list stands below a heading of the article's own."""
        parent = self.index.parent[element]
        previous: Element | None = None
        for child in parent:
            if child is element:
                break
            if child in self.index.order and self.index.length(child):
                previous = child
        if previous is None:
            return False
        text = text_of(previous) if self.index.length(previous) < 400 else "…"
        if name_of(previous) in tags.HEADINGS or "mw-heading" in classes_of(previous):
            return not clutter.is_related_heading(text)
        return name_of(previous) == "p" and text.endswith(":")


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


def _wrap_texts(outer: Element) -> None:
    """Give the loose texts of an element elements of their own, so that they can be set aside."""
    if outer.text and outer.text.strip():
        holder = outer.makeelement("span", {})
        holder.text, outer.text = outer.text, ""
        outer.insert(0, holder)
    for child in list(outer):
        if child.tail and child.tail.strip():
            holder = outer.makeelement("span", {})
            holder.text, child.tail = child.tail, ""
            outer.insert(list(outer).index(child) + 1, holder)
