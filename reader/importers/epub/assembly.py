"""The files of a book joined to one tree, in the order of reading; pages that only lead elsewhere beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from reader.importers.archive import Archive
from reader.importers.epub import headings
from reader.importers.epub.container import name_of
from reader.importers.epub.contents import Entry
from reader.importers.epub.drawings import Pictures
from reader.importers.epub.markup import words_of
from reader.importers.epub.navigation import (
    is_contents,
    is_only_named,
    lines_of,
    lists_in,
    lists_without,
    names_contents,
)
from reader.importers.epub.package import Package, Place, is_text
from reader.importers.epub.pages import Anchors, Pages
from reader.importers.epub.shelf import Shelf

if TYPE_CHECKING:
    from lxml.etree import _Element


MAX_BEFORE_CONTENTS = 8
"""Behind so many pages, contents are only what says so: a page of links may be an index."""


class Page(NamedTuple):
    """A file of the book: ``name`` in the archive, ``section`` its element in the tree."""

    name: str
    section: _Element


class Aside(NamedTuple):
    """Text that is set aside; ``page`` is the index of the page that it stood before or in."""

    text: str
    reason: str
    page: int


class Assembly:
    """Joins the files of a book; ``pages`` are its text, ``asides`` what is none."""

    def __init__(self, archive: Archive, package: Package, contents: Sequence[Entry]) -> None:
        self.archive = archive
        self.package = package
        self.contents = contents
        self.pages: list[Page] = []
        self.asides: list[Aside] = []
        self._skipped: list[tuple[Page, int]] = []  # and where among the asides their text is
        self.warnings: list[str] = []
        self.pictures = Pictures(archive)
        self.shelf = Shelf()
        places = [place for place in package.spine if place.linear]
        places += [place for place in package.spine if not place.linear]
        self.places = [place for place in places if self._is_there(place)]
        self.anchors = Anchors([place.item.name for place in self.places])
        self._files = Pages(archive, self.anchors, self.pictures, package.metadata.language)
        self._landmarks = {name for kind, name in package.guide.items() if kind == "toc"}

    @property
    def titles(self) -> dict[str, str]:
        """The title that each file gives itself, by the file's name."""
        return self._files.titles

    @property
    def language(self) -> str:
        """The language of the book: as its package says, or its first file."""
        return self._files.language

    def _is_there(self, place: Place) -> bool:
        item = place.item
        if not item.name:
            self.warnings.append(_("The page “{name}” is missing from the book.").format(name=item.href))
        elif self.archive.is_encrypted(item.name):
            self.warnings.append(_("The page “{name}” is protected and could not be read.").format(name=item.href))
        elif not is_text(item) and not item.media_type.startswith("image/"):
            self.warnings.append(_("The page “{name}” is of no kind that can be read.").format(name=item.href))
        else:
            return True
        return False

    def read(self, step: Callable[[float], None]) -> None:
        """Read all files; ``step`` is told the share that is done."""
        led_to: list[Page] = []
        for number, place in enumerate(self.places):
            step(number / len(self.places))
            section = self._section(place)
            if section is None:
                continue
            page = Page(place.item.name, section)
            if place.linear:
                self._take(page)
            else:
                led_to.append(page)
        self._take_what_is_led_to(led_to)
        if not self.pages:
            self._take_contents_for_text()

    def _section(self, place: Place) -> _Element | None:
        item = place.item
        if item.media_type.startswith("image/"):
            from lxml import etree

            made = etree.Element("section", {"id": self.anchors.of(item.name, "")})
            etree.SubElement(made, "img", {"src": item.name, "alt": ""})
            return made
        section = self._files.read(item.name)
        if section is None:
            self.warnings.append(_("The page “{name}” could not be read.").format(name=item.href))
        return section

    def _take(self, page: Page) -> None:
        if page.name == self.package.nav:
            self._skip(page)
            return
        for element in lists_in(page.section):
            self._put_aside(element, _("a list of contents"))
            _remove(element)
        said = page.name in self._landmarks
        early = len(self.pages) < MAX_BEFORE_CONTENTS
        if is_only_named(page.section) or (
            is_contents(page.section, said, early) and not self._is_more_than_contents(page)
        ):
            self._skip(page)
            return
        self.pages.append(page)
        self.shelf.put_away(page.section)

    def _skip(self, page: Page) -> None:
        self._skipped.append((page, len(self.asides)))
        self._put_aside(page.section, _("the contents of the book"))

    def _take_contents_for_text(self) -> None:
        """Where a book has nothing but contents, they are its text."""
        for page, place in reversed(self._skipped):
            del self.asides[place : place + 1]
            self.pages.insert(0, page)

    def _is_more_than_contents(self, page: Page) -> bool:
        """Say whether a page of links has the title of the book or of a part too; only its lists are set aside then."""
        titles = {headings.said(entry.title) for entry in self.contents if entry.name == page.name}
        title = headings.said(self.package.metadata.title) or "-"
        named = [
            one
            for one in page.section.iter("{*}h1", "{*}h2", "{*}h3")
            if not names_contents(words_of(one)) and ((said := headings.said(words_of(one))) in title or said in titles)
        ]
        lists = lists_without(page.section, named)
        for element in lists:
            self._put_aside(element, _("the contents of the book"))
            _remove(element)
        return bool(named) and bool(lists)

    def _put_aside(self, element: _Element, reason: str) -> None:
        text = lines_of(element)
        if text:
            self.asides.append(Aside(text, reason, len(self.pages)))

    def _take_what_is_led_to(self, pages: Sequence[Page]) -> None:
        """Take those pages beside the order of reading that the text, or one of them, leads to."""
        waiting = list(pages)
        reached = {target for page in self.pages for target in self._targets(page.section)}
        names = self.anchors.prefixes
        reached |= {names[entry.name] for entry in self.contents if entry.name in names}
        while True:
            found = [page for page in waiting if self.anchors.of(page.name, "") in reached]
            if not found:
                break
            for page in found:
                waiting.remove(page)
                self._take(page)
                reached.update(self._targets(page.section))
        for page in waiting:
            reason = (
                _("the contents of the book") if page.name == self.package.nav else _("a page that nothing leads to")
            )
            self._put_aside(page.section, reason)

    def _targets(self, section: _Element) -> set[str]:
        return {
            (one.get("href") or "")[1:].partition("/")[0]
            for one in section.iter()
            if name_of(one) == "a" and (one.get("href") or "").startswith("#")
        }


def _remove(element: _Element) -> None:
    """Take an element away; the text behind it stays."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        above.text = (above.text or "") + (element.tail or "")
    above.remove(element)
