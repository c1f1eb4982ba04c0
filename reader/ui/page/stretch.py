"""The part of a text that a page has laid out, and where it stands in the whole.

A document holds the portions around the view. All others are the free margins above and below them,
as high as they are guessed to be: so the view's own scroll bar runs over the whole text, and the
widget stays a plain text widget to the pointer, the keyboard and screen readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.article.model import Block, BlockKind
from reader.ui.page.composing import BOTTOM_MARGIN, TOP_MARGIN, Margins
from reader.ui.page.gaps import Gaps
from reader.ui.page.geometry import line_rect
from reader.ui.page.portions import Heights, cut
from reader.ui.page.viewfinder import Eye

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.article.text import Text
    from reader.ui.page.composing import Column
    from reader.ui.page.document import PageDocument
    from reader.ui.page.styles import StyleBook

EM_A_CHARACTER = 0.46
"""How wide a letter is, by the size of the type: only for a guess."""
_PARAGRAPH = Block(BlockKind.PARAGRAPH)


class Stretch:
    """Portions ``first`` to ``end`` of a text are laid out; heights are px from the top of the page."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._cuts = cut(text)
        self._heights = Heights(self._cuts, text.starts)
        self._as_guessed = 1.0
        self._styles: StyleBook | None = None
        self._gaps = Gaps()
        self.first = self.end = 0

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def is_whole(self) -> bool:
        """Whether all of the text is laid out."""
        return self.first == 0 and self.end == len(self)

    @property
    def top(self) -> float:
        """Where what is laid out begins."""
        return self._heights.top(self.first)

    @property
    def bottom(self) -> float:
        """Where what is laid out ends."""
        return self._heights.top(self.end)

    @property
    def passages(self) -> tuple[int, int]:
        """The passages of the portions."""
        return self._cuts[self.first], self._cuts[self.end]

    def guess(self, styles: StyleBook, column: Column, hidden: Sequence[tuple[int, int]]) -> None:
        """Guess all heights anew: the column or the type changed, or something was folded away."""
        self._styles = styles
        style = styles.block(_PARAGRAPH)
        self._as_guessed *= self._heights.measured_to_guessed()
        letters = max(1.0, column.width / (styles.typography.size * EM_A_CHARACTER))
        character = style.line_height / letters
        passage = style.line_height / 2 + style.above + style.below
        starts = self._text.starts
        self._gaps = Gaps([(starts[first], starts[end]) for first, end in hidden])
        self._heights.guess(character * self._as_guessed, passage * self._as_guessed, hidden)

    def choose(self, eye: Eye, height: float, above: float, below: float) -> tuple[int, int]:
        """Return the portions that are seen where a place stands under the eye, and so much above and below the view.

        At the ends of the text the view stops, wherever the place would stand: then it sees more of the other side.
        """
        if not self._text.passages:
            return 0, len(self)
        heights = self._heights
        first = heights.portion_of(self._text.place(eye.offset).passage)
        begin, finish = self._letters(first)
        behind = heights.real(first) * (self._gaps.shown(eye.offset) - begin) / max(1, finish - begin)
        end, ahead = first + 1, heights.real(first) - behind
        seen = height - eye.below_top
        while ahead < seen + below and end < len(self):
            ahead += heights.real(end)
            end += 1
        while behind < max(eye.below_top, height - ahead) + above and first > 0:
            first -= 1
            behind += heights.real(first)
        while ahead < height - behind + below and end < len(self):
            ahead += heights.real(end)
            end += 1
        return first, end

    def take(self, portions: tuple[int, int]) -> None:
        """Lay out other portions from now on; ``margins`` and ``measure`` are about them."""
        self.first, self.end = portions
        self._heights.show(*portions)

    def margins(self, column: Column, width: int) -> Margins:
        """Return the free margins around the portions in a view of a width."""
        top, bottom = float(TOP_MARGIN), float(BOTTOM_MARGIN)
        if self.first:
            top = self.top  # Qt leaves out what the first block wants above it
        if self.end < len(self):
            bottom = max(0.0, self._heights.total - self.bottom)
        return Margins(column.left, width - column.left - column.width, round(top), round(bottom))

    def measure(self, page: PageDocument) -> None:
        """Take over how high the portions are in the document, which is laid out."""
        if self.first == self.end:
            return
        margins = page.document.rootFrame().frameFormat()
        end = page.document.documentLayout().documentSize().height()
        if self.end < len(self):
            end += self._gap_below(page) - margins.bottomMargin()
        tops = [margins.topMargin() if self.first else 0.0]
        for portion in range(self.first + 1, self.end):
            position = page.begins(self._cuts[portion])
            tops.append(end if position is None else line_rect(page.document, position).top())
        heights = [below - above for above, below in zip(tops, [*tops[1:], end], strict=True)]
        self._heights.measure(self.first, heights)

    def _gap_below(self, page: PageDocument) -> float:
        """Return what will stand between the last block and the one that follows it."""
        if self._styles is None:
            return 0.0
        cut, styles = self._cuts[self.end], self._styles
        headed = cut == self._text.body_passages
        following = (styles.notes_heading() if headed else styles.block(self._text.passages[cut])).above
        return max(page.document.lastBlock().blockFormat().bottomMargin(), float(following))

    # -- places outside what is laid out -----------------------------------------------------------

    def eye_at(self, y: float) -> Eye:
        """Return about what stands at a height that is not laid out."""
        portion = self._heights.at(y)
        top, below = self._heights.top(portion), self._heights.top(portion + 1)
        first, end = self._letters(portion)
        share = min(1.0, max(0.0, (y - top) / max(1.0, below - top)))
        return Eye(min(len(self._text), self._gaps.offset(first + round(share * (end - first)))), 0.0)

    def share_of(self, offset: int) -> float:
        """Return where an offset stands, of the whole height, 0 to 1; about, where it is not laid out."""
        if not self._text.passages:
            return 0.0
        passage, within = self._text.place(offset)
        start, end = self._text.span(passage)
        top, below = self._y_of_passage(passage), self._y_of_passage(passage + 1)
        return (top + (below - top) * within / max(1, end - start)) / max(1.0, self._heights.total)

    def offset_at(self, share: float) -> int:
        """Return the offset at a share of the whole height: the way back from ``share_of``, about."""
        return self.eye_at(share * self._heights.total).offset

    def _y_of_passage(self, passage: int) -> float:
        portion = self._heights.portion_of(passage)
        top, below = self._heights.top(portion), self._heights.top(portion + 1)
        first, end = self._letters(portion)
        shown = min(end, self._gaps.shown(self._text.starts[passage]))
        return top + (below - top) * (shown - first) / max(1, end - first)

    def _letters(self, portion: int) -> tuple[int, int]:
        """Return how many letters are shown before a portion and up to its end."""
        first, end = (self._text.starts[self._cuts[number]] for number in (portion, portion + 1))
        return self._gaps.shown(first), self._gaps.shown(end)
