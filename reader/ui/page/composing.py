"""A whole article as a document: its head, its text, its notes with the ways back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reader.article.notes import keys_in_reading_order, labels, marks_by_note
from reader.ui.page.document import BackLinks, DocumentBuilder
from reader.ui.page.header import lines_above, lines_below_title, title_is_first_heading

if TYPE_CHECKING:
    from reader.article.model import Article
    from reader.article.text import CanonicalText
    from reader.ui.page.document import PageDocument
    from reader.ui.page.styles import StyleBook

TOP_MARGIN = 48
BOTTOM_MARGIN = 96
SIDE_MARGIN = 40
SIDE_MARGIN_NARROW = 24
NARROW = 560
MIN_COLUMN = 80


class Column(NamedTuple):
    """Where the text stands in a view: its left edge and its width, px."""

    left: int
    width: int

    @classmethod
    def within(cls, width: int, measure: int) -> Column:
        """Return the column in the middle of a view, at most ``measure`` wide."""
        margin = SIDE_MARGIN_NARROW if width < NARROW else SIDE_MARGIN
        column = max(MIN_COLUMN, min(measure, width - 2 * margin))
        return cls(max(0, (width - column) // 2), column)

    def set_in(self, page: PageDocument, width: int) -> None:
        """Give a document the margins of this column in a view of a width."""
        frame = page.document.rootFrame()
        shape = frame.frameFormat()
        right = width - self.left - self.width
        if (shape.leftMargin(), shape.rightMargin(), shape.topMargin()) == (self.left, right, TOP_MARGIN):
            return  # every change of it is a new layout
        shape.setLeftMargin(self.left)
        shape.setRightMargin(right)
        shape.setTopMargin(TOP_MARGIN)
        shape.setBottomMargin(BOTTOM_MARGIN)
        frame.setFrameFormat(shape)


def compose(article: Article, text: CanonicalText, styles: StyleBook, notes_title: str) -> PageDocument:
    """Return the document of a whole article, not laid out yet."""
    shown_as = labels(keys_in_reading_order(article.blocks, ((note.key, note.blocks) for note in article.notes)))
    shown_as |= {note.key: note.label for note in article.notes}
    marks = marks_by_note(article)
    back = {
        note.key: BackLinks(tuple(text.offset(place.passage, place.mark.offset) for place in marks.get(note.key, ())))
        for note in article.notes
    }
    title_first = title_is_first_heading(article)
    return DocumentBuilder(text, styles, shown_as).build(
        0,
        len(text.passages),
        header=lines_above(article, styles),
        below_title=lines_below_title(article, styles) if title_first else (),
        title_first=title_first,
        notes_title=notes_title,
        back_links=back,
    )
