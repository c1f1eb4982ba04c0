"""The page: an article in a native text widget, and the ways to move in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from reader.article.model import BlockKind
from reader.ui.page.anchored import AnchoredText
from reader.ui.page.composing import Column, compose
from reader.ui.page.copying import selected_positions
from reader.ui.page.decorations import Canvas, PagePainter
from reader.ui.page.document import attach, paragraph_numbers
from reader.ui.page.geometry import line_rect
from reader.ui.page.keys import ScrollKeys
from reader.ui.page.marking import Marking
from reader.ui.page.pictures import Pictures
from reader.ui.page.scroll_bar import PageScrollBar
from reader.ui.page.styles import StyleBook
from reader.ui.page.viewfinder import Viewfinder

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from reader.article.model import Article, Resource
    from reader.article.text import CanonicalText
    from reader.theme import Theme
    from reader.ui.page.anchors import Anchor
    from reader.ui.page.marking import Ranges
    from reader.ui.page.styles import Typography
    from reader.ui.page.viewfinder import Eye

NOTCH = 120  # of a wheel, in eighths of a degree
EDGE = 24  # px from the top or bottom, where a place is not well seen
LANDING_PLACE = 0.18  # of the height: where the target of a jump comes to stand


class PageView(AnchoredText):
    """Shows one article; every place that comes in or goes out is a canonical offset."""

    scrolled = Signal()
    size_step_requested = Signal(int)
    painted = Signal()

    def __init__(self, theme: Theme, typography: Typography, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._styles = StyleBook(theme, typography)
        self._article: Article | None = None
        self._resources: dict[str, Resource] = {}
        self._eye: Eye | None = None
        self._settling = False
        self._marking = Marking(self)
        self._marking.changed.connect(self.viewport().update)
        self._painter = PagePainter(theme)
        self._pictures = Pictures(self, theme)
        self._keys = ScrollKeys(self)
        self._finder = Viewfinder(self)

        self._caret_width = 0
        self._turned = 0
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._bar = PageScrollBar(theme, self)
        self.setVerticalScrollBar(self._bar)
        self._bar.valueChanged.connect(self._on_scrolled)
        self.setAccessibleName(self.tr("Text"))
        self._take_colours(theme)

    # -- what is shown -----------------------------------------------------------------------------

    def show_article(self, article: Article, text: CanonicalText, resources: dict[str, Resource]) -> None:
        """Show an article from its beginning."""
        self._article, self._text, self._resources = article, text, resources
        self._eye = None
        self._marking.forget()
        self._pictures.show_resources(resources, self._styles.theme)
        self._page = None
        if self.isVisible():
            self._rebuild()
        self.setAccessibleName(article.metadata.title or self.tr("Text"))

    def set_look(self, theme: Theme, typography: Typography) -> None:
        """Take another theme or size; the place under the eye stays."""
        self._styles = StyleBook(theme, typography)
        self._painter.theme = theme
        self._bar.set_theme(theme)
        self._take_colours(theme)
        self._pictures.show_resources(self._resources, theme)
        if self._page is not None:
            self._rebuild()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Let what marks a landing stand still and go at once, instead of fading."""
        self._marking.reduced_motion = reduced

    @property
    def text(self) -> CanonicalText | None:
        return self._text

    @property
    def theme(self) -> Theme:
        return self._styles.theme

    @property
    def typography(self) -> Typography:
        return self._styles.typography

    @property
    def styles(self) -> StyleBook:
        return self._styles

    @property
    def pictures(self) -> Pictures:
        return self._pictures

    def _rebuild(self) -> None:
        article, text = self._article, self._text
        if article is None or text is None:
            return
        selection = self.selected_range()
        page = compose(article, text, self._styles, self.tr("Notes"))
        self._settling = True
        self._take_page(page, text)
        self._column()
        attach(page, self, self._pictures)
        self.setCursorWidth(self._caret_width)  # the width belongs to the document's layout
        shown = self._marking.shown
        shown.focus = shown.popup_mark = shown.landing = None
        shown.paragraph_numbers = paragraph_numbers(page.document)
        self._place_marks()
        self._settling = False
        if selection is not None:
            self.select_range(*selection)
        self.bring(self._eye)

    # -- the column, and the place under the eye ---------------------------------------------------

    def _column(self) -> Column:
        """Put the document's column into the middle of the view, and return it."""
        width = self.viewport().width()
        column = Column.within(width, self.typography.measure)
        self._pictures.column = float(column.width)
        if self._page is not None:
            column.set_in(self._page, width)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._settling = True
        self._column()
        super().resizeEvent(event)
        self._settling = False
        self._restore_eye()
        self._bar_ticks()

    def showEvent(self, event: QShowEvent) -> None:
        if self._page is None:
            self._rebuild()  # now the width is known: laid out once
        self._settling = True
        super().showEvent(event)  # brings the caret into view, which a reader has not asked for
        self._settling = False
        self.bring(self._eye)

    def eye(self) -> Eye | None:
        """Return the place of the first line that is seen whole; None at the very top."""
        return self._eye if self._page is None else self._finder.eye(self._page)

    def _restore_eye(self) -> None:
        if self._eye is not None:
            self.bring(self._eye)

    def bring(self, eye: Eye | None) -> None:
        """Scroll so that a place stands where it stood; None is the very top."""
        bar = self.verticalScrollBar()
        self._eye = eye
        if self._page is None:
            return
        self._lay_out_whole()  # what is seen, and how much is read, is asked for at once
        if eye is None:
            bar.setValue(bar.minimum())
            self.viewport().update()
            self.scrolled.emit()
            return
        rect = line_rect(self._page.document, self._page.offsets.to_position(eye.offset))
        self._settling = True
        bar.setValue(round(rect.top() - eye.below_top))
        self._settling = False
        self._eye = eye
        self.scrolled.emit()

    def _lay_out_whole(self) -> None:
        """End a lazy layout, and tell the bar how far it reaches now: Qt does so only when it is idle."""
        layout = self.document().documentLayout()
        layout.documentSizeChanged.emit(layout.documentSize())

    def _on_scrolled(self) -> None:
        if self._settling:
            return
        self._eye = self.eye()
        self._hover_at(self.viewport().mapFromGlobal(self.cursor().pos()) if self.viewport().underMouse() else None)
        self.scrolled.emit()

    def first_offset(self) -> int:
        """Return the canonical offset of the first line that is seen whole."""
        eye = self.eye()
        return 0 if eye is None else eye.offset

    def last_offset(self) -> int:
        """Return the canonical offset where the view ends."""
        if self._page is None or self._text is None:
            return 0
        return self._finder.last_offset(self._page, len(self._text))

    # -- going to places ---------------------------------------------------------------------------

    def go_to(self, start: int, end: int | None = None, *, landing: bool = True) -> None:
        """Bring a place into view, if it is out of it, and mark it for a moment.

        A jump (``landing``) to a heading brings it to the top: what follows is what one wants to read.
        """
        if self._page is None:
            return
        self._lay_out_whole()
        first = self._page.offsets.to_position(start)
        rect = line_rect(self._page.document, first)
        bar = self.verticalScrollBar()
        height = self.viewport().height()
        top = rect.top() - bar.value()
        if landing and start <= 0:
            bar.setValue(bar.minimum())
        elif landing and self._begins_section(start):
            bar.setValue(round(rect.top()) - EDGE)
        elif top < EDGE or top + rect.height() > height - EDGE:
            bar.setValue(round(rect.top() - height * LANDING_PLACE))
        self._eye = self.eye()
        if landing:
            last = first if end is None else self._page.offsets.to_position(end, after_marks=False)
            self._marking.land(first, max(first, last))

    def _begins_section(self, offset: int) -> bool:
        if self._text is None or not self._text.passages:
            return False
        passage, within = self._text.place(offset)
        return within == 0 and self._text.passages[passage].kind is BlockKind.HEADING

    # -- hits, bookmarks ---------------------------------------------------------------------------

    def show_hits(self, hits: Ranges, current: int = -1) -> None:
        """Mark canonical ranges, in order; ``current`` is the index of the one that is looked at."""
        self._marking.show_hits(hits, current)
        self._place_marks()

    def show_current_hit(self, current: int) -> None:
        self._marking.shown.current_hit = current
        self._dark_letters()

    def show_bookmarks(self, ranges: Ranges) -> None:
        """Show a sign in the margin for each range, and a tint under those that are not empty."""
        self._marking.show_bookmarks(ranges)
        self._place_marks()

    def ring_mark(self, offset: int | None, key: str = "") -> None:
        """Draw a ring around the mark whose note is shown; None takes it away."""
        anchor = None if offset is None else self._mark_at(offset, key)
        self._marking.shown.popup_mark = None if anchor is None else (anchor.start, anchor.end)
        self.viewport().update()

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
            selection.cursor = self._cursor_over(*hit)
            letters = QTextCharFormat()
            letters.setForeground(QColor(self.theme.on_hit_current))
            selection.format = letters
            selections.append(selection)
        self.setExtraSelections(selections)
        self.viewport().update()

    def _bar_ticks(self) -> None:
        if self._page is not None:
            hits, bookmarks = self._marking.ticks(self._page)
            self._bar.show_hits(hits)
            self._bar.show_bookmarks(bookmarks)

    # -- selection and copying ---------------------------------------------------------------------

    def selected_range(self) -> tuple[int, int] | None:
        """Return the canonical range that is selected, or None."""
        cursor = self.textCursor()
        if self._page is None or not cursor.hasSelection():
            return None
        to = self._page.offsets.to_offset
        start, end = (to(position) for position in selected_positions(cursor))
        return (start, end) if end > start else None

    def select_range(self, start: int, end: int) -> None:
        if self._page is not None:
            to = self._page.offsets.to_position
            self._settling = True
            value = self.verticalScrollBar().value()
            self.setTextCursor(self._cursor_over(to(start), to(end, after_marks=False)))
            self.verticalScrollBar().setValue(value)
            self._settling = False

    def _cursor_over(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # -- marks and links ---------------------------------------------------------------------------

    def _focus_anchor(self, anchor: Anchor | None) -> None:
        super()._focus_anchor(anchor)
        self._marking.shown.focus = self.focused_range
        if anchor is not None and self._page is not None:
            self.go_to(self._page.offsets.to_offset(anchor.start), landing=False)

    def _first_seen(self) -> int:
        return 0 if self._page is None else self._page.offsets.to_position(self.first_offset(), after_marks=False)

    def _last_seen(self) -> int:
        return 0 if self._page is None else self._page.offsets.to_position(self.last_offset())

    # -- events ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._page is not None:
            left, column = self._column()
            view = self.viewport()
            canvas = Canvas(
                float(self.verticalScrollBar().value()),
                view.height(),
                view.width(),
                left,
                column,
                self.devicePixelRatioF(),
                self.typography.size / 18,
            )
            painter = QPainter(view)
            self._painter.paint(painter, self._page, self._marking.shown, canvas)
            painter.end()
        super().paintEvent(event)
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
        if on:
            self.put_caret_in_view()

    def put_caret_in_view(self) -> None:
        """Move an unseen caret to the first line that is seen."""
        if self._page is None:
            return
        caret = self.cursorRect().center().y()
        if not self.textCursor().hasSelection() and not 0 <= caret <= self.viewport().height():
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._page.offsets.to_position(self.first_offset()))
            self._settling = True
            value = self.verticalScrollBar().value()
            self.setTextCursor(cursor)
            self.verticalScrollBar().setValue(value)
            self._settling = False
