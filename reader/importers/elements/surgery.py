"""Small changes to an element tree that lose no word: joining, parting and stripping around elements."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from xml.etree.ElementTree import Element

from reader.importers.elements.index import solid

_PAIRS = {"[": "]", "(": ")", "{": "}", "［": "］", "（": "）", "〔": "〕"}
_ENDS = re.compile(r"\s|[.,;:!?)\]»”’…]|$")
_BETWEEN_MARKS = re.compile(r"\s*[,;–-]\s*|\s+")


class Slots:
    """The texts before and behind elements; remembers the order of the children it was asked for."""

    def __init__(self) -> None:
        self._places: dict[Element, dict[Element, int]] = {}
        self._children: dict[Element, list[Element]] = {}

    def before(self, parent: Element, child: Element) -> str:
        """Return the text that stands between a child and what comes before it."""
        previous = self._previous(parent, child)
        return (parent.text if previous is None else previous.tail) or ""

    def set_before(self, parent: Element, child: Element, text: str) -> None:
        previous = self._previous(parent, child)
        if previous is None:
            parent.text = text
        else:
            previous.tail = text

    def _previous(self, parent: Element, child: Element) -> Element | None:
        if parent not in self._places:
            self._children[parent] = list(parent)
            self._places[parent] = {one: i for i, one in enumerate(self._children[parent])}
        place = self._places[parent].get(child, 0)
        return self._children[parent][place - 1] if place else None

    def strip_brackets(self, parent: Element, child: Element) -> bool:
        """Take the brackets that stand right around a child; say whether there were any."""
        before, tail = self.before(parent, child), child.tail or ""
        opened, closed = before.rstrip()[-1:], tail.lstrip()[:1]
        if not opened or _PAIRS.get(opened) != closed:
            return False
        self.set_before(parent, child, before.rstrip()[:-1])
        child.tail = tail.lstrip()[1:]
        return True

    def close_up(self, parent: Element, child: Element) -> None:
        """Take the space before a mark that stands before white space or a sign of punctuation, or ends its element."""
        before, tail = self.before(parent, child), child.tail or ""
        if before.endswith((" ", "\xa0", "\u2009", "\u202f", "\n")) and before.strip() and _ENDS.match(tail):
            self.set_before(parent, child, before.rstrip())

    def join_marks(self, parent: Element, child: Element, marks: Container[Element]) -> None:
        """Take the comma or dash between two marks."""
        previous = self._previous(parent, child)
        if previous is not None and previous in marks and _BETWEEN_MARKS.fullmatch(previous.tail or ""):
            previous.tail = ""


def insert_before(parent: Element, child: Element, new: Element) -> None:
    """Put a new element right before a child."""
    parent.insert(list(parent).index(child), new)


def group(parent: Element, runs: Iterable[list[Element]], tag: str = "div") -> list[Element]:
    """Put each run of neighbouring children into an element of its own; return these, in order."""
    of_run = {child: number for number, run in enumerate(runs) for child in run}
    tails = [(child, child.tail) for child in parent]
    for child, _ in tails:
        parent.remove(child)
    made: dict[int, Element] = {}
    for child, tail in tails:
        number = of_run.get(child)
        holder = parent
        if number is not None:
            if number not in made:
                made[number] = parent.makeelement(tag, {})
                parent.append(made[number])
            holder = made[number]
        holder.append(child)
        child.tail = tail
    return [made[number] for number in sorted(made)]


def texts(root: Element, without: frozenset[Element] | set[Element]) -> Iterator[tuple[Element, bool]]:
    """Yield each place of text in an element that is not empty: an element, and whether its tail is meant."""
    if root.text:
        yield root, False
    stack = [(root, iter(root))]
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack and element.tail:
                yield element, True
        elif child in without or not isinstance(child.tag, str):
            if child.tail:
                yield child, True
        else:
            if child.text:
                yield child, False
            stack.append((child, iter(child)))


_LEAD = re.compile(
    r"\s*(?:(?P<opened>[\[(])?\s*(?P<sign>[^\s\[(]{1,16}?)(?:(?P<closed>\s*[\])]+[.:]?)|[.:]|(?=\s|$))|\^+(?=\s|$)|↑+)\s*"
)
_CLOSED = re.compile(r"\s*(?:[\])]?[.:,]?\s+[–—-]?\s*|[\])][.:]?\s*|[.:]\s*|[\^↑\[(]\s*$)")


def _lead_end(text: str, label: str, closing: bool) -> int:
    """Return where the label ends that a text begins with; ``closing`` looks only for what closes one."""
    hit = (_CLOSED if closing else _LEAD).match(text)
    if hit is None or closing or hit["sign"] is None or set(hit["sign"]) <= {"^", "↑"}:
        return hit.end() if hit else 0
    sign = hit["sign"].lower()
    fits = sign == label.lower() if label else sign.isdecimal() and len(sign) <= 4 and hit.end() > hit.end("sign")
    return hit.end() if fits and (hit["closed"] or not hit["opened"]) else 0


def strip_lead(body: Element, label: str, without: set[Element]) -> None:
    """Take the label (``[1]``, ``1.``, ``^``) that a note's text begins with, and what closes one that is gone."""
    after_gone = any(True for _ in body) and body[0] in without and not solid(body.text)
    for element, tail in texts(body, without):
        text = (element.tail if tail else element.text) or ""
        after_gone = after_gone or (tail and element in without)
        rest = text[_lead_end(text, label.rpartition(":")[2], after_gone) :]
        if tail:
            element.tail = rest
        else:
            element.text = rest
        if rest.strip():
            return
