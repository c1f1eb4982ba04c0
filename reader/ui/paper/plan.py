"""The pages of an article, made one by one; and what is drawn on each, laid out again where it was let go."""

from __future__ import annotations

from collections import OrderedDict
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication

from reader.ui.look import fonts
from reader.ui.page.document import DocumentBuilder, Line
from reader.ui.page.header import lines_above, lines_below_title, title_is_first_heading
from reader.ui.paper.looks import PaperPictures, paper_theme, style_book
from reader.ui.paper.matter import Stretch, body_stretches
from reader.ui.paper.measuring import Measurer
from reader.ui.paper.paginator import Paginator, Room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reader.ui.page.document import PageDocument
    from reader.ui.paper.matter import Matter
    from reader.ui.paper.measuring import Measured
    from reader.ui.paper.paginator import Box, Page, Placed
    from reader.ui.paper.sheet import Sheet

KEPT = 100
"""How many laid-out stretches and notes are kept at once; the others are laid out again when they are drawn."""

HEAD_TYPE = 0.78  # of the size of the text


class Strip(Struct, frozen=True, gc=False):
    """Neighbouring pieces of a stretch on a page: ``first`` up to ``end``, the first of them at a height ``top``."""

    source: int
    first: int
    end: int
    top: float


class Leaf(Struct, frozen=True):
    """What stands on a page. ``rule`` is the height of the line over the notes, ``passage`` the first on it."""

    number: int
    body: tuple[Strip, ...]
    notes: tuple[Strip, ...]
    rule: float | None
    passage: int


class Plan:
    """Lays out an article on sheets: a stretch at a time, in the thread of the window."""

    def __init__(self, matter: Matter, sheet: Sheet) -> None:
        self.matter = matter
        self.sheet = sheet
        self.theme = paper_theme()
        self.leaves: list[Leaf] = []
        self.done = False
        self.share = 0.0
        """How much of the text has been laid out, 0 to 1."""
        text = matter.text
        self.styles = style_book(self.theme, sheet, matter.typography, matter.breaks)
        self.head_font = fonts.font(fonts.SERIF_SMALL, sheet.em * HEAD_TYPE)
        self._pictures = PaperPictures(self.theme)
        self._pictures.show_resources(matter.resources, self.theme)
        self._builder = DocumentBuilder(text, self.styles, text.labels)
        self._measurer = Measurer(text, self._pictures, sheet.text_width, sheet.text_height)
        self._title_first = title_is_first_heading(matter.metadata, text)
        self._sources: list[Stretch] = []
        self._above: list[float] = []
        self._measured: OrderedDict[int, Measured] = OrderedDict()
        self._noted: dict[str, tuple[Box, ...]] = {}
        self._making = self._pages()

    def make_page(self) -> bool:
        """Make one more page; say whether there was one."""
        leaf = next(self._making, None)
        if leaf is None:
            self.done, self.share = True, 1.0
            return False
        self.leaves.append(leaf)
        return True

    def measured(self, source: int) -> Measured:
        """Return a stretch laid out, anew where it was let go."""
        found = self._measured.get(source)
        if found is None:
            page = self._build(self._sources[source])
            found = self._measured[source] = self._measurer.measure(page, source, self._above[source])
            while len(self._measured) > KEPT:
                self._measured.popitem(last=False)
        else:
            self._measured.move_to_end(source)
        return found

    def heads(self, leaf: Leaf) -> tuple[str, str]:
        """Return what the running head of a page says: the title, and the section where it is another."""
        heading = self.matter.heading_at(leaf.passage)
        title, section = self.matter.title, "" if heading is None else " ".join(heading.title.split())
        return title, section if section != title else ""

    # -- the text as boxes -------------------------------------------------------------------------

    def _pages(self) -> Iterator[Leaf]:
        sheet = self.sheet
        room = Room(sheet.text_height, sheet.notes_rule, sheet.line)
        notes = self._note if sheet.choices.notes == "foot" else lambda key: ()
        for number, page in enumerate(Paginator(room, self._boxes(), notes).pages(), 1):
            yield self._leaf(number, page)

    def _boxes(self) -> Iterator[Box]:
        text = self.matter.text
        count = len(text.passages)
        at_foot = self.sheet.choices.notes == "foot"
        end = text.body_passages if at_foot else count
        below = 0.0
        for stretch in self._stretches(end):
            measured = self._lay_out(stretch, below)
            below = measured.below
            yield from measured.boxes
            self.share = text.starts[stretch.end] / max(1, text.starts[end])
        if at_foot:
            yield from self._unmarked(below)

    def _stretches(self, end: int) -> Iterator[Stretch]:
        text = self.matter.text
        if not text.body_passages:
            yield Stretch(0, 0)  # the head of the page alone
        yield from body_stretches(text, 0, min(end, text.body_passages))
        for stretch in body_stretches(text, text.body_passages, end):
            yield Stretch(stretch.first, stretch.end, titled=stretch.first == text.body_passages)

    def _unmarked(self, below: float) -> Iterator[Box]:
        """Yield the notes that no page has: nothing marks them."""
        text = self.matter.text
        titled = True
        for key in text.keys:
            span = text.note_span(key)
            if key in self._noted or span is None:
                continue
            self._noted[key] = ()
            measured = self._lay_out(Stretch(span.start, span.stop, key, titled=titled), below)
            below, titled = measured.below, False
            yield from measured.boxes

    def _note(self, key: str) -> Sequence[Box]:
        found = self._noted.get(key)
        if found is None:
            span = self.matter.text.note_span(key)
            if span is None:
                return ()
            measured = self._lay_out(Stretch(span.start, span.stop, key), self.styles.note_text().below)
            found = self._noted[key] = measured.boxes
        return found

    def _lay_out(self, stretch: Stretch, above: float) -> Measured:
        self._sources.append(stretch)
        self._above.append(above)
        return self.measured(len(self._sources) - 1)

    def _build(self, stretch: Stretch) -> PageDocument:
        metadata, styles = self.matter.metadata, self.styles
        begins = stretch.first == 0 and not (stretch.note or stretch.titled)
        title_first = begins and self._title_first
        header: tuple[Line, ...] = ()
        if begins:
            header = lines_above(metadata, styles, title_first=title_first)
        elif stretch.titled:
            header = (Line(QCoreApplication.translate("Paper", "Notes"), styles.notes_heading(), 2),)
        return self._builder.build(
            stretch.first,
            stretch.end,
            header=header,
            below_title=lines_below_title(metadata, styles) if title_first else (),
            title_first=title_first,
        )

    # -- pages -------------------------------------------------------------------------------------

    def _leaf(self, number: int, page: Page) -> Leaf:
        shown = page.body or page.notes
        first = shown[0].box
        passage = self.measured(first.source).pieces[first.index].passage
        if not page.body and self.leaves:
            passage = self.leaves[-1].passage
        return Leaf(number, strips(page.body), strips(page.notes), page.rule, passage)


def strips(placed: Sequence[Placed]) -> tuple[Strip, ...]:
    """Return boxes on a page as strips: those that follow each other as they do in their stretch are one."""
    return tuple(
        Strip(group[0].box.source, group[0].box.index, group[-1].box.index + 1, group[0].top)
        for group in (
            list(each)
            for _, each in groupby(
                placed,
                key=_Run(),
            )
        )
    )


class _Run:
    """Tells whether a box goes on where the one before it ended."""

    def __init__(self) -> None:
        self._number = 0
        self._next: tuple[int, int] | None = None

    def __call__(self, placed: Placed) -> int:
        box = placed.box
        if (box.source, box.index) != self._next:
            self._number += 1
        self._next = (box.source, box.index + 1)
        return self._number
