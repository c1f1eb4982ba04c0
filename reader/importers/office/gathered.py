"""What is gathered while an office document is read, and the article that it becomes in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from gettext import gettext as _
from gettext import ngettext
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from reader.article.model import Article, Metadata, Note, SetAside
from reader.article.normal import normal
from reader.importers.elements.bare_headings import without_bare_headings
from reader.importers.elements.blocks import convert
from reader.importers.elements.notes import find_notes
from reader.importers.elements.rules import Rules
from reader.importers.office.line import Line
from reader.importers.office.look import Seen, drop_headings, mark_headings, title_of

MAX_LANGUAGE = 35
"""Characters of a language tag."""


@dataclass(slots=True, kw_only=True)
class Gathered:
    """``marks`` names the elements that are marks, with the keys of their notes; ``title`` has its lines.

    ``remarks`` are what is set aside: a comment in the tree is the index of one. ``headings`` counts those
    that a style makes, ``paragraphs`` those of the body; ``outlined`` are headings by their own outline level.
    """

    marks: dict[Element, str] = field(default_factory=dict)
    remarks: list[SetAside] = field(default_factory=list)
    left_over: list[SetAside] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)
    anchored: list[Element] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    links: list[Element] = field(default_factory=list)
    spoken: list[Element] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    seen: list[Seen] = field(default_factory=list)
    outlined: list[Seen] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    in_front: bool = True
    headings: int = 0
    paragraphs: int = 0
    deletions: int = 0
    has_inner_links: bool = False

    def aside(self, text: str, reason: str) -> str:
        """Keep something as set aside; return what a comment in the tree says to mean it."""
        self.remarks.append(SetAside(0, text, reason, 0))
        return str(len(self.remarks) - 1)

    def hear(self, language: str, said: str, usual: str) -> str:
        """Count text in a language; return the language if the text is to be marked as being in it."""
        if not language or language.startswith("x-") or len(language) > MAX_LANGUAGE:
            return ""
        self.languages[language] += len(said)
        return "" if language == usual or said.isspace() else language

    def remark_contents(self, line: Line) -> bool:
        """Set aside the contents table that was gathered; say whether there was one."""
        lines, self.contents = self.contents, []
        said = "\n".join(filter(None, (" ".join(one.split()) for one in lines)))
        if said:
            line.remark(self.aside(said, _("a table of contents")))
        return bool(said)

    def take_bookmarks(self, element: Element) -> None:
        """Let an element be what the bookmarks before it, or in it, mean."""
        names, self.bookmarks = self.bookmarks, []
        if names:
            element.set("id", names[0])
            self.anchored.append(element)
            self.anchors.update(dict.fromkeys(names, names[0]))

    def article(self, body: Element, bodies: Sequence[tuple[str, Element]], known: Metadata) -> Article:
        """Return the article, in normal form, of a tree and the trees of its notes by key."""
        outlined = len(self.outlined) - drop_headings(self.outlined, self.seen, self.headings > 0)
        if not self.headings and not outlined:
            mark_headings(self.seen)
        title = " ".join(self.title) or known.title or title_of(self.seen)
        language = self._settle()
        rules = Rules(marks=self.marks, picture=lambda name: name or None)
        if self.has_inner_links and not bodies and not self.marks:
            rules, bodies = _linked_notes(body, rules)
        converted = convert(body, rules)
        end = len(converted.blocks)
        asides = [self._said_aside(item, item.before) for item in converted.set_aside]
        notes: list[Note] = []
        within = _rules_of_notes(rules, frozenset(one for _key, holder in bodies for one in holder))
        for key, element in bodies:
            inside = convert(element, within)
            notes.append(Note(key, "", inside.blocks))
            asides += [self._said_aside(item, end) for item in inside.set_aside]
        asides += [replace(item, before=end) for item in self.left_over]
        metadata = replace(known, title=title, language=language or known.language)
        made = Article(metadata, converted.blocks, tuple(notes), tuple(asides), self._warnings())
        return normal(without_bare_headings(made))

    def _said_aside(self, item: SetAside, before: int) -> SetAside:
        if item.text.isdecimal() and int(item.text) < len(self.remarks):
            item = self.remarks[int(item.text)]
        return replace(item, before=before)

    def _settle(self) -> str:
        """Give links their anchors and text its languages, now that all are known; return the main language."""
        wanted = set[str]()
        for link in self.links:
            target = link.get("href", "")
            anchor = self.anchors.get(target[1:])
            if target.startswith("#") and anchor is None:
                del link.attrib["href"]
            elif target.startswith("#"):
                link.set("href", f"#{anchor}")
                self.has_inner_links = True
                wanted.add(str(anchor))
        for element in self.anchored:
            if element.get("id") not in wanted:
                element.attrib.pop("id", None)
        main = self.languages.most_common(1)[0][0] if self.languages else ""
        for element in self.spoken:
            if _primary(element.get("lang", "")) == _primary(main):
                element.attrib.pop("lang", None)
        return main

    def _warnings(self) -> tuple[str, ...]:
        said = list(self.warnings)
        if self.deletions:
            said.append(
                ngettext(
                    "{n} deletion that was tracked in the file is left out.",
                    "{n} deletions that were tracked in the file are left out.",
                    self.deletions,
                ).format(n=self.deletions)
            )
        return tuple(dict.fromkeys(said))


def _rules_of_notes(rules: Rules, shown: frozenset[Element]) -> Rules:
    """Return rules by which the bodies of notes are read: what the text leaves out is shown there."""
    return Rules(marks=rules.marks, elsewhere=rules.elsewhere - shown, picture=rules.picture)


def _linked_notes(body: Element, rules: Rules) -> tuple[Rules, list[tuple[str, Element]]]:
    """Return rules and bodies for notes that are only paragraphs with links to them, as converters make them."""
    found = find_notes(body)
    bodies: list[tuple[str, Element]] = []
    for key, parts in found.bodies.items():
        holder = Element("body")
        holder.extend(parts)
        bodies.append((key, holder))
    inside = Rules(marks=found.marks, elsewhere=found.elsewhere, picture=rules.picture)
    return inside, bodies


def comment_reason(author: str, about: str) -> str:
    """Return why a comment is set aside: who wrote it, and the text that it is about."""
    if author and about:
        return _("a comment by {author} on “{text}”").format(author=author, text=about)
    if author:
        return _("a comment by {author}").format(author=author)
    return _("a comment on “{text}”").format(text=about) if about else _("a comment")


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()
