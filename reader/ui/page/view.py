"""The page: an article as it is read, with all that is marked in it, and the ways to move in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from reader.article.model import BlockKind
from reader.ui.page.decorations import Canvas, PagePainter
from reader.ui.page.fading import fade_edges
from reader.ui.page.folded_text import FoldedText
from reader.ui.page.geometry import line_rect
from reader.ui.page.keys import ScrollKeys
from reader.ui.page.long_text import LANDING_PLACE
from reader.ui.page.marking import Given, Marking
from reader.ui.page.viewfinder import Eye

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from reader.article.model import Metadata, Resource
    from reader.article.outline import Section
    from reader.article.text import Text
    from reader.theme import Theme
    from reader.ui.page.anchors import Anchor
    from reader.ui.page.document import PageDocument
    from reader.ui.page.fold_signs import FoldSigns
    from reader.ui.page.marking import Places, Ranges
    from reader.ui.page.styles import Typography

NOTCH = 120  # of a wheel, in eighths of a degree
EDGE = 24  # px from the top or bottom, where a place is not well seen


class PageView(FoldedText):
    """Shows one article; every place that comes in or goes out is a canonical offset."""

    size_step_requested = Signal(int)
    painted = Signal()

    def __init__(self, theme: Theme, typography: Typography, parent: QWidget | None = None) -> None:
        super().__init__(theme, typography, parent)
        self._marking = Marking(self)
        self._marking.changed.connect(self.viewport().update)
        self._marking.shown_offset = self.shown_offset
        self._painter = PagePainter(theme)
        self._keys = ScrollKeys(self)
        self._signs: FoldSigns | None = None
        self._ringed: tuple[int, str] | None = None
        self._turned = 0
        self.setAccessibleName(self.tr("Text"))

    def show_article(
        self,
        metadata: Metadata,
        text: Text,
        resources: Mapping[str, Resource],
        *,
        sections: Sequence[Section] = (),
        hidden: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._marking.forget()
        self._ringed = None
        super().show_article(metadata, text, resources, sections=sections, hidden=hidden)

    def set_look(self, theme: Theme, typography: Typography) -> None:
        self._painter.theme = theme
        super().set_look(theme, typography)

    def _take_colours(self, theme: Theme) -> None:
        super()._take_colours(theme)
        if not self._caret_width:
            self._hide_caret()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Let what marks a landing stand still and go at once, instead of fading."""
        self._marking.reduced_motion = reduced

    # -- going to places ---------------------------------------------------------------------------

    def go_to(self, start: int, end: int | None = None, *, landing: bool = True) -> None:
        """Bring a place into view, if it is out of it, and mark it for a moment.

        A jump (``landing``) to a heading brings it to the top: what follows is what one wants to read.
        What the place is folded away under is unfolded.
        """
        if self._page is None:
            return
        self.reveal(start)
        height = self.viewport().height()
        self._hold(Eye(start, LANDING_PLACE * height))
        rect = line_rect(self._page.document, self._page.offsets.to_position(start))
        bar = self._bar
        top = rect.top() - bar.value()
        with self._quietly():
            if landing and start <= 0:
                bar.setValue(bar.minimum())
            elif landing and self._begins_section(start):
                bar.setValue(round(rect.top()) - EDGE)
            elif top < EDGE or top + rect.height() > height - EDGE:
                bar.setValue(round(rect.top() - height * LANDING_PLACE))
        self._on_scrolled()
        if landing:
            self._marking.land(self._page, start, start if end is None else end)

    def _begins_section(self, offset: int) -> bool:
        if self._text is None or not self._text.passages:
            return False
        passage, within = self._text.place(offset)
        return within == 0 and self._text.kinds[passage] == BlockKind.HEADING

    # -- hits, bookmarks ---------------------------------------------------------------------------

    def show_hits(self, hits: Places | Ranges, current: int = -1) -> None:
        """Mark canonical ranges, in order; ``current`` is the index of the one that is looked at."""
        self._marking.show_hits(Given.of(hits) if isinstance(hits, tuple) else hits, current)
        self._place_marks()

    def show_current_hit(self, current: int) -> None:
        if self._page is not None:
            self._marking.show_current_hit(self._page, current)
            self._dark_letters()

    def show_bookmarks(self, ranges: Ranges) -> None:
        """Show a sign in the margin for each range, and a tint under those that are not empty."""
        self._marking.show_bookmarks(ranges)
        self._place_marks()

    def set_numbered(self, numbered: bool) -> None:
        """Let the paragraphs have their numbers beside them, or not."""
        self._marking.shown.numbered = numbered
        self.viewport().update()

    def ring_mark(self, offset: int | None, key: str = "") -> None:
        """Draw a ring around the mark whose note is shown; None takes it away."""
        self._ringed = None if offset is None else (offset, key)
        self._place_ring()
        self.viewport().update()

    def _place_ring(self) -> None:
        anchor = None if self._ringed is None else self._mark_at(*self._ringed)
        self._marking.shown.popup_mark = None if anchor is None else (anchor.start, anchor.end)

    def _on_laid_out(self, page: PageDocument) -> None:
        self._place_ring()
        self._place_marks()

    def _place_marks(self) -> None:
        if self._page is not None:
            self._marking.place(self._page)
            self._dark_letters()
            self._bar_ticks()

    def _dark_letters(self) -> None:
        """Give the current hit the letters that can be read on its ground."""
        selections = []
        hit = self._marking.current_hit()
        if hit is not None:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = QTextCursor(self.document())
            selection.cursor.setPosition(hit[0])
            selection.cursor.setPosition(hit[1], QTextCursor.MoveMode.KeepAnchor)
            letters = QTextCharFormat()
            letters.setForeground(QColor(self.theme.on_hit_current))
            selection.format = letters
            selections.append(selection)
        self.setExtraSelections(selections)
        self.viewport().update()

    def _bar_ticks(self) -> None:
        if self._page is not None and self._stretch is not None:
            hits, bookmarks = self._marking.ticks(self._page, self._stretch, self._bar.height())
            self._bar.show_hits(hits)
            self._bar.show_bookmarks(bookmarks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bar_ticks()

    # -- marks and links ---------------------------------------------------------------------------

    def _focus_anchor(self, anchor: Anchor | None) -> None:
        super()._focus_anchor(anchor)
        self._marking.shown.focus = self.focused_range
        if anchor is not None and self._page is not None:
            self.go_to(self._page.offsets.to_offset(anchor.start), landing=False)

    def _first_seen(self) -> int:
        return 0 if self._page is None else self._page.offsets.to_position(self.first_offset(), after_marks=False)

    # -- signs that fold ---------------------------------------------------------------------------

    @property
    def _fold_signs(self) -> FoldSigns:
        if self._signs is None:
            from reader.ui.page.fold_signs import FoldSigns  # a first frame has none, unless something is folded

            self._signs = FoldSigns(self)
        return self._signs

    @property
    def bookmarked_blocks(self) -> Sequence[int]:
        """The positions of the blocks that have a bookmark in the margin."""
        return self._marking.shown.bookmarks

    def _hover_at(self, point: QPoint | None) -> None:
        super()._hover_at(point)
        if point is not None or self._signs is not None:
            self._fold_signs.hover(point)

    def point(self, *, over_sign: bool) -> None:
        """Show the pointer as it is over a sign that can be pressed, or as the text has it."""
        hand = over_sign or self._hovered is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor)

    # -- events ------------------------------------------------------------------------------------

    def column(self) -> tuple[float, float]:
        """Return the left edge and the width of the column, px."""
        left, width = self._column()
        return float(left), float(width)

    def canvas(self) -> Canvas:
        """Return what is painted on: the part of the page that is seen, and the column."""
        left, column = self._column()
        view = self.viewport()
        return Canvas(
            float(self._bar.value()),
            view.height(),
            view.width(),
            left,
            column,
            self.devicePixelRatioF(),
            self.typography.size / 18,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._page is not None:
            canvas = self.canvas()
            painter = QPainter(self.viewport())
            self._painter.paint(painter, self._page, self._marking.shown, canvas)
            signs = self._fold_signs if self._hidden else self._signs
            if signs is not None:
                signs.paint(painter, canvas)
            painter.end()
        super().paintEvent(event)
        if self._page is not None:
            painter = QPainter(self.viewport())
            bar, whole = self._bar, (float(self.viewport().width()), float(self.viewport().height()))
            above, below = bar.value() > bar.minimum(), bar.value() < bar.maximum()
            fade_edges(painter, self.theme, self.theme.page, *whole, top=above, bottom=below)
            painter.end()
        self.painted.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # A touchpad sends a notch of a wheel in many small pieces.
            self._turned += event.angleDelta().y()
            notches = int(self._turned / NOTCH)
            self._turned -= notches * NOTCH
            for _ in range(abs(notches)):
                self.size_step_requested.emit(1 if notches > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.activates(event) or not self._keys.handle(event):
            super().keyPressEvent(event)

    def caret_mode(self) -> bool:
        return self._caret_width > 0

    def set_caret_mode(self, on: bool) -> None:
        """Let the arrow keys move a caret that is seen, instead of the page."""
        self._caret_width = 2 if on else 0
        self.setCursorWidth(self._caret_width)
        self._take_colours(self.theme)
        if on:
            self.put_caret_in_view()

    def put_caret_in_view(self) -> None:
        """Move an unseen caret to the first line that is seen."""
        if self._page is None:
            return
        caret = self.cursorRect().center().y()
        if not self.textCursor().hasSelection() and not 0 <= caret <= self.viewport().height():
            first = self.first_offset()
            self.select_range(first, first)
