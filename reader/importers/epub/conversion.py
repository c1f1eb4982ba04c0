"""The tree of a book becomes blocks and notes: marks paired, files converted, headings reconciled, links led."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from gettext import gettext as _
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from msgspec.structs import replace

from reader.article.model import Block, BlockKind, Note, SetAside, Span, SpanKind
from reader.importers.elements.bare_headings import names_notes
from reader.importers.elements.blocks import convert
from reader.importers.elements.notes import find_notes
from reader.importers.elements.rules import Rules
from reader.importers.elements.text import name_of
from reader.importers.epub.assembly import Assembly
from reader.importers.epub.headings import File, Listed, is_heading, reconcile
from reader.importers.epub.shapes import KINDS
from reader.importers.epub.titled_notes import frame_titled_notes

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from lxml.etree import _Element

_FRAMES = frozenset(("li", "dd", "dt", "tr", "td", "th"))


class Conversion:
    """Makes blocks and notes of a book that was assembled."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.blocks: list[Block] = []
        self.notes: list[Note] = []
        self.set_aside: list[SetAside] = []
        self._files: list[File] = []
        self._noted: set[str | None] = set()  # ids that stand in notes
        self._aliases: dict[str, str] = {}  # of ids to the anchors of their blocks

    @property
    def is_pictures_only(self) -> bool:
        """Whether the book has pictures and hardly a word."""
        pictures = sum(block.kind is BlockKind.IMAGE for block in self.blocks)
        words = sum(len(block.text.split()) for block in self.blocks if block.kind is not BlockKind.IMAGE)
        return pictures > 3 and words < 10 * pictures

    def run(self, step: Callable[[float], None]) -> None:
        """Convert the book; ``step`` is told the share that is done."""
        from lxml import etree

        root = etree.Element("body")
        root.extend([page.section for page in self.assembly.pages])
        frame_titled_notes(root, self.assembly.shelf.unseen)
        found = find_notes(cast("Element", root), _place, cast("dict[Element, int]", self.assembly.shelf.unseen))
        step(0.4)
        rules = Rules(
            marks=found.marks,
            elsewhere=found.elsewhere,
            picture=self.assembly.pictures.name_of,
            kinds=KINDS,
            aliases=self._aliases,
        )
        bodies = found.bodies
        del found  # with all that was known of places in the tree
        self._noted = {one.get("id") for body in bodies.values() for element in body for one in element.iter()}
        held = self._files_of_notes(bodies)
        self._convert(root, rules, step)
        self._convert_notes(bodies, rules)
        self._put_asides()
        self._drop_empty_headings(held)
        self._reconcile()
        self._lead_links()

    def _convert(self, root: _Element, rules: Rules, step: Callable[[float], None]) -> None:
        for number, section in enumerate(root):
            step(0.4 + 0.4 * number / len(root))
            self.assembly.shelf.put_back(section)
            first = len(self.blocks)
            blocks, found = convert(cast("Element", section), rules)
            self.blocks += blocks
            self.set_aside += [replace(item, before=item.before + first) for item in found]
            self._files.append(File(first, len(self.blocks)))
            _let_go(section, rules.elsewhere)

    def _convert_notes(self, bodies: dict[str, tuple[Element, ...]], rules: Rules) -> None:
        for key, elements in bodies.items():
            inside: list[Block] = []
            for element in elements:
                if name_of(element) in _FRAMES:
                    element.tag = "div"  # an item of the list of notes is no list of its own
                blocks, found = convert(element, rules)
                inside += blocks
                self.set_aside += [replace(item, before=len(self.blocks)) for item in found]
            self.notes.append(Note(key, "", tuple(inside)))

    def _put_asides(self) -> None:
        for aside in self.assembly.asides:
            place = self._files[aside.page].first if aside.page < len(self._files) else len(self.blocks)
            self.set_aside.append(SetAside(0, aside.text, aside.reason, place))

    def _drop_empty_headings(self, held: set[int]) -> None:
        """Set the heading of a chapter of notes aside, where the notes were all that it had.

        ``held`` are the files that hold notes.
        """
        gone: set[int] = set()
        for number, file in reversed(list(enumerate(self._files))):
            inside = self.blocks[file.first : file.end]
            if number in held and all(map(is_heading, inside)):
                gone.update(range(file.first, file.end))
            elif number in held or number + 1 in held:
                gone.update(file.first + i for i in _bare_names_of_notes(inside))
        if gone:
            self._take_out(gone)

    def _files_of_notes(self, bodies: dict[str, tuple[Element, ...]]) -> set[int]:
        number_of = {id(page.section): number for number, page in enumerate(self.assembly.pages)}
        held: set[int] = set()
        for elements in bodies.values():
            for element in cast("Iterable[_Element]", elements):
                top = element
                while (above := top.getparent()) is not None and id(top) not in number_of:
                    top = above
                held.add(number_of.get(id(top), -1))
        return held

    def _take_out(self, gone: set[int]) -> None:
        moved, kept = [], list[Block]()
        for i, block in enumerate(self.blocks):
            moved.append(len(kept))
            if i in gone:
                self.set_aside.append(SetAside(0, block.text, _("the heading of notes"), i))
            else:
                kept.append(block)
        self.blocks = kept
        self._move([*moved, len(kept)])

    def _move(self, moved: Sequence[int]) -> None:
        last = len(moved) - 1
        self.set_aside = [replace(item, before=moved[min(item.before, last)]) for item in self.set_aside]
        self._files = [File(moved[file.first], moved[file.end]) for file in self._files]

    def _reconcile(self) -> None:
        listed = self._listed() or self._by_titles()
        blocks, moved = reconcile(self.blocks, self._files, listed)
        self.blocks = list(blocks)
        self._move(moved)

    def _listed(self) -> list[Listed]:
        """Return the contents with the places they lead to; what leads to no page of the text is left out."""
        place = {block.anchor: i for i, block in reversed(list(enumerate(self.blocks))) if block.anchor}
        number_of = {page.name: number for number, page in enumerate(self.assembly.pages)}
        listed: list[Listed] = []
        for entry in self.assembly.contents:
            number = number_of.get(entry.name)
            if number is None or self._files[number].first == self._files[number].end:
                continue
            anchor = self.assembly.anchors.of(entry.name, entry.fragment)
            if anchor in self._noted:
                continue
            at = place.get(self._aliases.get(anchor, anchor)) if entry.fragment else None
            listed.append(Listed(entry.title, self._files[number].first if at is None else at, entry.depth))
        return listed

    def _by_titles(self) -> list[Listed]:
        """Without any contents, a file's own title may name it, where the files are told apart by them."""
        titles = self.assembly.titles
        known = [titles.get(page.name, "") for page in self.assembly.pages]
        if len(known) < 2 or len(set(known)) < len(known) or any(is_heading(block) for block in self.blocks):
            return []
        return [
            Listed(title, file.first, 1)
            for title, file in zip(known, self._files, strict=True)
            if title and file.first < file.end
        ]

    def _lead_links(self) -> None:
        """Lead links to the anchors that blocks have; links to nowhere are text, anchors that none names go."""
        there = {block.anchor for block in self._every_block() if block.anchor}
        named = {
            anchor for block in self._every_block() for span in block.spans if (anchor := self._target(span, there))
        }
        self.blocks = [self._led(block, there, named) for block in self.blocks]
        self.notes = [
            replace(note, blocks=tuple(self._led(block, there, named) for block in note.blocks)) for note in self.notes
        ]

    def _every_block(self) -> Iterable[Block]:
        yield from self.blocks
        for note in self.notes:
            yield from note.blocks

    def _target(self, span: Span, there: set[str]) -> str:
        if span.kind is not SpanKind.LINK or not span.value.startswith("#"):
            return ""
        anchor = _place(span.value) or ""
        anchor = self._aliases.get(anchor, anchor)
        return anchor if anchor in there else ""

    def _led(self, block: Block, there: set[str], named: set[str]) -> Block:
        if block.anchor and block.anchor not in named:
            block = replace(block, anchor="")
        if not any(span.kind is SpanKind.LINK and span.value.startswith("#") for span in block.spans):
            return block
        spans: list[Span] = []
        for span in block.spans:
            if span.kind is SpanKind.LINK and span.value.startswith("#"):
                anchor = self._target(span, there)
                if not anchor:
                    continue
                span = replace(span, value="#" + anchor)
            spans.append(span)
        return replace(block, spans=tuple(spans))


def _place(address: str) -> str | None:
    """Return the id in the tree that an address names; None for an address outside the book."""
    return unquote(address[1:]) if address.startswith("#") and len(address) > 1 else None


def _let_go(section: _Element, elsewhere: Container[Element]) -> None:
    """Free the tree of a file that was converted, but for the notes in it, which are still to come."""
    if cast("Element", section) in elsewhere:
        return
    for element in [one for one in section.iter() if cast("Element", one) in elsewhere]:
        above = element.getparent()
        if above is not None and not any(cast("Element", one) in elsewhere for one in element.iterancestors()):
            above.remove(element)
    section.clear()


def _bare_names_of_notes(blocks: Sequence[Block]) -> list[int]:
    """Return which blocks are headings that announce notes, with nothing below them."""
    ends = [*map(is_heading, blocks[1:]), True]
    return [i for i, block in enumerate(blocks) if ends[i] and is_heading(block) and names_notes(block.text)]
