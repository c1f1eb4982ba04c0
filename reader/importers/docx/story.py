"""What is known while one story of a Word file (its body, a note) is walked through.

``Source`` is shared by all stories of a document; a ``Story`` has its own paragraph, fields and tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from reader.importers.docx.fields import Field
from reader.importers.docx.notes import Notes
from reader.importers.docx.numbering import Counted, Numbering
from reader.importers.docx.parts import Relation
from reader.importers.docx.styles import Look, ParagraphStyle, Styles
from reader.importers.office.flow import Flow
from reader.importers.office.gathered import Gathered
from reader.importers.office.line import PLAIN, Format, Line
from reader.importers.office.names import Role
from reader.importers.office.pictures import Pictures

if TYPE_CHECKING:
    from lxml import etree

MAX_ANCHOR_CHARS = 300
"""Of the text that a comment stands at."""
MAX_OPEN_COMMENTS = 20
"""Comments that stand at one place, each with the text it is about."""


@dataclass(slots=True)
class Comments:
    """Comments by id: who wrote what. Those that the text has named are taken out of ``left``."""

    known: dict[str, tuple[str, str]]
    left: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Source(Gathered):
    """All that the stories of one document share."""

    styles: Styles
    numbering: Numbering
    notes: Notes
    pictures: Pictures
    comments: Comments
    spanned: int = 0


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is open."""

    line: Line
    style: ParagraphStyle
    role: Role | None = None
    counted: Counted | None = None
    indent: int = 0
    centred: bool = False
    joins_next: bool = False
    is_caption: bool = False
    letters: int = 0
    bold_letters: int = 0
    size: int = 0
    boxes: list[Element] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    outlined: bool = False
    ends_section: etree._Element | None = None


@dataclass(slots=True)
class Run:
    look: Look = field(default_factory=Look)
    form: Format = PLAIN


@dataclass(slots=True)
class Table:
    """A table that is open; ``element`` is None for one that only lays out the page."""

    element: Element | None
    row: Element | None = None
    rows: int = 0
    styled_head: bool = False
    is_head: bool = False
    flows: list[Flow] = field(default_factory=list)


@dataclass(slots=True)
class Mark:
    """A mark whose sign is still to come: the text behind it says it."""

    element: Element
    kind: str
    note_id: str
    sign: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Place:
    """What is put away while a text box inside a paragraph is read."""

    paragraph: Paragraph | None
    pending: Paragraph | None
    run: Run
    fields: list[Field]
    links: list[str]
    flow: Flow
    tables: list[Table]


class Story:
    """``is_body`` is false for notes. ``sign`` is the label that a note's own text may begin with."""

    def __init__(
        self,
        source: Source,
        relations: dict[str, Relation],
        into: Element,
        *,
        complete: set[etree._Element],
        is_body: bool = True,
        sign: str = "",
    ) -> None:
        self.source = source
        self.relations = relations
        self.complete = complete
        self.is_body = is_body
        self.sign = sign
        self.flow = Flow(into)
        self.paragraph: Paragraph | None = None
        self.pending: Paragraph | None = None  # one that goes on in the next
        self.run = Run()
        self.fields: list[Field] = []
        self.links: list[str] = []
        self.tables: list[Table] = []
        self.boxes: list[Place] = []
        self.ranges: dict[str, list[str]] = {}
        self.mark: Mark | None = None
        self.alternative = ""
        self.drawn = 0
        self.refused: set[etree._Element] = set()

    @property
    def hidden(self) -> bool:
        """Whether what comes is an instruction of a field, or a contents table."""
        return bool(self.fields) and self.fields[-1].hidden

    @property
    def link(self) -> str:
        if self.fields and self.fields[-1].link:
            return self.fields[-1].link
        return self.links[-1] if self.links else ""
