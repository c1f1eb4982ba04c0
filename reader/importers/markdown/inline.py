"""The text of one Markdown block becomes elements: emphasis, links, code, marks, tags.

This is the pass that Python-Markdown calls ``inline``, in one walk over the text by the rules of
CommonMark. Python-Markdown's own goes over the text once for each pattern; it takes
``f(*args, **kwargs)`` for emphasis, and needs time that grows with the square of a long paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from reader.article.keys import is_plain_key
from reader.importers.markdown.attributes import attributes_at
from reader.importers.markdown.delimiters import Delimiter
from reader.importers.markdown.html import comment, tag_at
from reader.importers.markdown.links import Target, bare_address, label_key, reference_label, target_at
from reader.importers.markdown.nodes import Attributes, Bracket, Node, alternatives, build

_PLAIN = re.compile(r"(?:[^\\`*_~\[\]!<&^\n{hHwW]++|[hH](?!(?i:ttps?)://)|[wW](?!(?i:ww)\.))+")
_CALM = re.compile(r"(?:[^\\\[\]!<&^\n{hHwW]++|[hH](?!(?i:ttps?)://)|[wW](?!(?i:ww)\.))+")
"""The same where emphasis and code are no longer looked for."""
_TICKS = re.compile("`+")
_RUN = re.compile(r"\*+|_+|~+")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>")
_EMAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)>")
_MARK = re.compile(r"\[\^([^\[\]^\\\n]{1,200})\](\{:? *\.mark *\})?")


MAX_EMPHASES = 50_000
"""How many signs of emphasis or code a block may have: a chapter has hundreds. From there on they are text."""


@dataclass(slots=True)
class Notes:
    """The notes of a text: bodies by key, and the elements that mark them."""

    bodies: dict[str, Element] = field(default_factory=dict)
    marks: dict[Element, str] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)

    def define(self, key: str, body: Element) -> None:
        self.bodies[key] = body
        self.folded.setdefault(key.casefold(), key)

    def known(self, key: str) -> str | None:
        """Return the key of the note that a mark means, in whatever case it was written."""
        return key if key in self.bodies else self.folded.get(key.casefold())


class Inline:
    """Turns texts into elements; one for a whole document, since notes and references are shared."""

    def __init__(self, references: dict[str, Target], notes: Notes) -> None:
        self.references = references
        self.notes = notes
        self.overfull = False
        """Whether a block had more emphasis than ``MAX_EMPHASES``."""

    def fill(self, element: Element, text: str) -> None:
        """Put the text, read as Markdown, into an element."""
        _Run(self, text).into(element)


class _Run:
    """One walk over one text."""

    def __init__(self, inline: Inline, text: str) -> None:
        self.inline = inline
        self.text = text
        self.at = 0
        self.nodes: list[Node] = []
        self.brackets: list[Bracket] = []
        self.ticks: dict[int, list[int]] | None = None
        self.no_comment_end = False
        self.emphases = 0
        self.budget = 20 * len(text) + 10_000  # characters that may be looked through for targets of links

    def into(self, element: Element) -> None:
        text, size = self.text, len(self.text)
        pattern = _PLAIN
        while self.at < size:
            if self.emphases > MAX_EMPHASES:
                pattern, self.inline.overfull = _CALM, True
            plain = pattern.match(text, self.at)
            if plain:
                self.nodes.append(plain[0])
                self.at = plain.end()
                continue
            if not _READERS[text[self.at]](self):
                self.nodes.append(text[self.at])
                self.at += 1
        build(element, self.nodes)

    def _put(self, node: Node, end: int) -> bool:
        self.nodes.append(node)
        self.at = end
        return True

    def backslash(self) -> bool:
        follows = self.text[self.at + 1 : self.at + 2]
        if follows == "\n":
            return self._put(Element("br"), self.at + 2)
        return follows in _ESCAPABLE and follows != "" and self._put(AtomicString(follows), self.at + 2)

    def code(self) -> bool:
        match = _TICKS.match(self.text, self.at)
        assert match
        self.emphases += 1
        if self.ticks is None:
            self.ticks = {}
            for run in _TICKS.finditer(self.text):
                self.ticks.setdefault(len(run[0]), []).append(run.start())
            for places in self.ticks.values():
                places.reverse()
        width = len(match[0])
        places = self.ticks.get(width, [])
        while places and places[-1] < match.end():
            places.pop()
        if not places:
            return self._put(match[0], match.end())
        inside = self.text[match.end() : places[-1]].replace("\n", " ")
        if inside[:1] == inside[-1:] == " " and inside.strip(" "):
            inside = inside[1:-1]
        element = Element("code")
        element.text = AtomicString(inside)
        return self._put(element, places[-1] + width)

    def delimiter(self) -> bool:
        match = _RUN.match(self.text, self.at)
        assert match
        self.emphases += 1
        if match[0][0] == "~" and len(match[0]) != 2:
            return self._put(match[0], match.end())
        before = self.text[self.at - 1 : self.at] or " "
        after = self.text[match.end() : match.end() + 1] or " "
        return self._put(Delimiter.between(match[0], before, after), match.end())

    def bracket(self) -> bool:
        if self.text.startswith("[^", self.at) and self._mark():
            return True
        self.brackets.append(Bracket("[", self.at, len(self.nodes)))
        return self._put(self.brackets[-1], self.at + 1)

    def _mark(self) -> bool:
        match = _MARK.match(self.text, self.at)
        if not match:
            return False
        key = match[1].strip()
        known = None if match[2] else self.inline.notes.known(key)
        if known is None and not (match[2] or is_plain_key(key)):
            return False
        element = Element("sup")
        self.inline.notes.marks[element] = known or key
        return self._put(element, match.end())

    def picture_bracket(self) -> bool:
        return self._two("![")

    def note_bracket(self) -> bool:
        return self._two("^[") if not self.text.startswith("^[^", self.at) else False

    def _two(self, sign: str) -> bool:
        if not self.text.startswith(sign, self.at):
            return False
        self.brackets.append(Bracket(sign, self.at, len(self.nodes)))
        return self._put(self.brackets[-1], self.at + 2)

    def closing_bracket(self) -> bool:
        if not self.brackets:
            return False
        opening = self.brackets.pop()
        if opening.sign == "^[" and not self._is_raised_link(opening):
            return self._close_note(opening)
        if not opening.active:
            return False
        target = self._target(opening)
        if target is not None:
            return self._close_link(opening, *target)
        return self._close_span(opening)

    def _is_raised_link(self, opening: Bracket) -> bool:
        """Say whether the brackets of an inline note are those of a link: ``^[text](address)``."""
        if not self.text.startswith("(", self.at + 1) or target_at(self.text, self.at + 1)[0] is None:
            return False
        self.nodes[opening.node : opening.node + 1] = ["^"]
        opening.sign, opening.node, opening.position = "[", opening.node + 1, opening.position + 1
        self.nodes.insert(opening.node, opening)
        return True

    def _target(self, opening: Bracket) -> tuple[Target, int] | None:
        """Return where a link leads that closes here, and the end of what says so."""
        after = self.at + 1
        if self.text.startswith("(", after) and self.budget > 0:
            target, end = target_at(self.text, after)
            self.budget -= end - after
            if target is not None:
                return target, end
        label, end = reference_label(self.text, after)
        if not label:
            label = self.text[opening.position + len(opening.sign) : min(self.at, opening.position + 1000)]
            if self.at >= opening.position + 1000:
                return None
        found = self.inline.references.get(label_key(label))
        return (found, end) if found is not None else None

    def _close_link(self, opening: Bracket, target: Target, end: int) -> bool:
        inside = self._taken(opening)
        if opening.sign == "![":
            holder = Element("span")
            build(holder, inside)
            element = Element("img", {"src": target.address, "alt": "".join(alternatives(holder))})
        else:
            element = Element("a", {"href": target.address})
            build(element, inside)
            for bare in [one for one in element.iter("a") if one is not element]:
                bare.tag, bare.attrib = "span", {}  # a bare address in a link's text is no link of its own
            for other in self.brackets:
                other.active = other.active and other.sign != "["
        if target.title:
            element.set("title", target.title)
        return self._put(element, end)

    def _close_note(self, opening: Bracket) -> bool:
        notes = self.inline.notes
        body = Element("div")
        inside = self._taken(opening)
        number = 1
        while f"inline-{number}" in notes.bodies:
            number += 1
        paragraph = Element("p")
        build(paragraph, inside)
        body.append(paragraph)
        notes.define(f"inline-{number}", body)
        element = Element("sup")
        notes.marks[element] = f"inline-{number}"
        return self._put(element, self.at + 1)

    def _close_span(self, opening: Bracket) -> bool:
        """Read ``[text]{lang=fr}``; brackets without anything behind them are text."""
        found = attributes_at(self.text, self.at + 1) if opening.sign == "[" else None
        if found is None:
            return False
        values, end = found
        element = Element("span", values)
        build(element, self._taken(opening))
        return self._put(element, end)

    def _taken(self, opening: Bracket) -> list[Node]:
        inside = self.nodes[opening.node + 1 :]
        del self.nodes[opening.node :]
        return inside

    def angle(self) -> bool:
        for pattern, scheme in ((_AUTOLINK, ""), (_EMAIL, "mailto:")):
            match = pattern.match(self.text, self.at, self.at + 4000)
            if match:
                element = Element("a", {"href": scheme + match[1]})
                element.text = AtomicString(match[1])
                return self._put(element, match.end())
        if self.text.startswith("<!--", self.at):
            return self._comment()
        tag = tag_at(self.text, self.at)
        return tag is not None and self._put(tag, tag.end)

    def _comment(self) -> bool:
        end = -1 if self.no_comment_end else self.text.find("-->", self.at + 4)
        if end < 0:
            self.no_comment_end = True
            return False
        return self._put(comment(self.text[self.at + 4 : end]), end + 3)

    def entity(self) -> bool:
        match = _ENTITY.match(self.text, self.at)
        if not match:
            return False
        meant = unescape(match[0])
        return meant != match[0] and self._put(AtomicString(meant), match.end())

    def line_end(self) -> bool:
        before = self.nodes[-1] if self.nodes else None
        hard = isinstance(before, str) and before.endswith("  ") and not isinstance(before, AtomicString)
        return self._put(Element("br") if hard else "\n", self.at + 1)

    def brace(self) -> bool:
        if not self.nodes or isinstance(self.nodes[-1], str | Bracket):
            return False
        found = attributes_at(self.text, self.at)
        if found is None:
            return False
        return self._put(Attributes(found[0], self.text[self.at : found[1]]), found[1])

    def address(self) -> bool:
        before = self.text[self.at - 1 : self.at]
        inside = before.isalnum() or before in ("_", "/")
        shown = None if before and inside else bare_address(self.text, self.at)
        if shown is None:
            return False
        element = Element("a", {"href": shown if ":" in shown[:8] else f"http://{shown}"})
        element.text = AtomicString(shown)
        return self._put(element, self.at + len(shown))


_READERS: dict[str, Callable[[_Run], bool]] = {
    "\\": _Run.backslash,
    "`": _Run.code,
    "*": _Run.delimiter,
    "_": _Run.delimiter,
    "~": _Run.delimiter,
    "[": _Run.bracket,
    "]": _Run.closing_bracket,
    "!": _Run.picture_bracket,
    "^": _Run.note_bracket,
    "<": _Run.angle,
    "&": _Run.entity,
    "\n": _Run.line_end,
    "{": _Run.brace,
    **dict.fromkeys("hHwW", _Run.address),
}
