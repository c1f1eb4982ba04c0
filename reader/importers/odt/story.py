"""What is known while an OpenDocument text is walked through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reader.importers.odt.lists import Lists, Outline
from reader.importers.odt.styles import Look, Named, Styles
from reader.importers.office.flow import Flow, Item
from reader.importers.office.gathered import Gathered
from reader.importers.office.line import Format, Line
from reader.importers.office.names import Kind, Role
from reader.importers.office.pictures import Pictures


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is open."""

    line: Line
    named: Named
    role: Role | None
    item: Item | None
    in_list: bool
    is_caption: bool = False
    letters: int = 0
    bold_letters: int = 0
    size: int = 0
    boxes: list[Element] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table that is open; ``element`` is None for one that only lays out the page."""

    element: Element | None
    row: Element | None = None
    in_head: bool = False
    flows: list[Flow] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """What is put away while a note or a text box inside a paragraph is read."""

    paragraph: Paragraph | None
    looks: list[Look]
    links: list[str]
    flow: Flow
    lists: Lists
    tables: list[Table]
    is_body: bool


class Story:
    """``formula`` gives the text of an embedded formula by its address, or an empty string."""

    def __init__(self, styles: Styles, pictures: Pictures, into: Element, formula: Callable[[str], str]) -> None:
        self.styles = styles
        self.pictures = pictures
        self.formula = formula
        self.gathered = Gathered()
        self.flow = Flow(into)
        self.lists = Lists(styles)
        self.outline = Outline(styles.outline)
        self.paragraph: Paragraph | None = None
        self.looks: list[Look] = []
        self.links: list[str] = []
        self.tables: list[Table] = []
        self.places: list[Place] = []
        self.is_body = True
        self.notes: list[tuple[str, Element]] = []
        self.keys: set[str] = set()
        self.repeated = 1
        self.filled = 0
        self.comments: dict[str, tuple[int, str, list[str]]] = {}

    def push(self, into: Element, is_body: bool) -> None:
        """Begin to read what stands apart from the paragraph that is open."""
        self.places.append(
            Place(self.paragraph, self.looks, self.links, self.flow, self.lists, self.tables, self.is_body)
        )
        self.paragraph, self.looks, self.links, self.tables = None, [], [], []
        self.flow, self.lists, self.is_body = Flow(into), Lists(self.styles), is_body

    def pop(self) -> Element:
        """Go back to the paragraph; return what was read apart from it."""
        made, place = self.flow.into, self.places.pop()
        self.paragraph, self.looks, self.links, self.tables = place.paragraph, place.looks, place.links, place.tables
        self.flow, self.lists, self.is_body = place.flow, place.lists, place.is_body
        return made

    @property
    def look(self) -> Look:
        if self.looks:
            return self.looks[-1]
        return self.paragraph.named.look if self.paragraph is not None else Look()

    def format(self, said: str) -> Format:
        """Return how text is set that stands here."""
        look, paragraph = self.look, self.paragraph
        own = look if self.looks else paragraph.named.own if paragraph is not None else look
        kind = paragraph.role.kind if paragraph is not None and paragraph.role is not None else None
        position = (look.position or "").strip()
        language = self.gathered.hear(look.language or self.styles.language, said, self.styles.language)
        return Format(
            strong=bool(own.bold) and kind not in (Kind.HEADING, Kind.TITLE),
            emphasis=bool(own.italic),
            code=bool(look.code) and kind is not Kind.CODE,
            sub=position.startswith(("sub", "-")),
            sup=position.startswith("super") or (position[:1].isdigit() and not position.startswith("0")),
            language=language,
            link=self.links[-1] if self.links else "",
        )
