"""A stretch of an article as a document: the head of the page, the text, the notes with their ways back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.ui.page.document import DocumentBuilder
from reader.ui.page.header import lines_above, lines_below_title, title_is_first_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.article.model import Metadata
    from reader.article.text import Text
    from reader.ui.page.document import PageDocument
    from reader.ui.page.styles import StyleBook

TOP_MARGIN = 48
BOTTOM_MARGIN = 96
SIDE_MARGIN = 40
SIDE_MARGIN_NARROW = 24
NARROW = 560
MIN_COLUMN = 80
MARGIN_AWAY = 72
"""What is left free on the other side of the text where notes stand beside it, px."""


class Beside(NamedTuple):
    """Room for something beside the text, px, and on which side; it is given where the view is wide enough."""

    least: int = 0
    most: int = 0
    at_left: bool = False


class Column(NamedTuple):
    """Where the text stands in a view: its left edge and its width, px."""

    left: int
    width: int

    @classmethod
    def within(cls, width: int, measure: int, beside: Beside = Beside()) -> Column:  # noqa: B008
        """Return the column in the middle of a view, at most ``measure`` wide, or where it leaves room beside it."""
        margin = SIDE_MARGIN_NARROW if width < NARROW else SIDE_MARGIN
        column = max(MIN_COLUMN, min(measure, width - 2 * margin))
        left = max(0, (width - column) // 2)
        free = width - column - MARGIN_AWAY
        if beside.most and free >= beside.least:
            left = min(left, max(MARGIN_AWAY, (width - column - min(beside.most, free)) // 2))
            if beside.at_left:
                left = width - column - left
        return cls(left, column)


class Margins(NamedTuple):
    """What is left free around the text of a document, px: above and below, all that is not laid out."""

    left: int
    right: int
    top: float
    bottom: float

    def set_in(self, page: PageDocument) -> None:
        """Give them to a document. Every change of them lays it out anew."""
        frame = page.document.rootFrame()
        shape = frame.frameFormat()
        given = (
            shape.leftMargin(),
            shape.rightMargin(),
            shape.topMargin(),
            shape.bottomMargin(),
        )
        if all(now == wanted for now, wanted in zip(given, self, strict=True)):
            return
        shape.setLeftMargin(self.left)
        shape.setRightMargin(self.right)
        shape.setTopMargin(self.top)
        shape.setBottomMargin(self.bottom)
        frame.setFrameFormat(shape)


class Composer:
    """Makes documents of one article in one look."""

    def __init__(self, metadata: Metadata, text: Text, styles: StyleBook, notes_title: str) -> None:
        self._metadata = metadata
        self._text = text
        self._styles = styles
        self._notes_title = notes_title
        self._title_first = title_is_first_heading(metadata, text)
        self._builder = DocumentBuilder(text, styles, text.labels)

    def compose(self, first: int, end: int, hidden: Sequence[tuple[int, int]] = ()) -> PageDocument:
        """Return a document of some passages, without those that are hidden, not laid out yet."""
        metadata, styles = self._metadata, self._styles
        begins = first == 0
        title_first = begins and self._title_first
        return self._builder.build(
            first,
            end,
            header=lines_above(metadata, styles, title_first=title_first) if begins else (),
            below_title=lines_below_title(metadata, styles) if title_first else (),
            title_first=title_first,
            notes_title=self._notes_title,
            back_links=self._text.mark_offsets,
            hidden=hidden,
        )
