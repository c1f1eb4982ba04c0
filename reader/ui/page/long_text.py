"""A text of any length in a native text widget: what is around the view is laid out, no more."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal

from reader.ui.page.anchored import AnchoredText
from reader.ui.page.composing import Beside, Column, Composer
from reader.ui.page.document import attach
from reader.ui.page.geometry import line_rect
from reader.ui.page.pictures import Pictures
from reader.ui.page.scroll_bar import PageScrollBar
from reader.ui.page.selecting import Selecting
from reader.ui.page.stretch import Stretch
from reader.ui.page.styles import StyleBook
from reader.ui.page.viewfinder import Eye, Viewfinder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from reader.article.model import Metadata, Resource
    from reader.article.text import Text
    from reader.theme import Theme
    from reader.ui.page.document import PageDocument
    from reader.ui.page.hyphens import Hyphens
    from reader.ui.page.styles import Typography

# All in heights of the view:
AT_HAND = 0.75  # so much beyond the view is laid out for a jump
AHEAD = 4.5  # and so much in the direction in which one reads on
SLACK = 0.3  # with less than that beyond the view, more is laid out
LANDING_PLACE = 0.18  # where the target of a jump comes to stand
WHOLE_CHARACTERS = 48_000
"""A text no longer than that is laid out whole for a program that reads it aloud, once the page is at rest."""
REST_MS = 150


class LongText(AnchoredText):
    """Shows one article; every place that comes in or goes out is a canonical offset."""

    scrolled = Signal()

    def __init__(self, theme: Theme, typography: Typography, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._metadata: Metadata | None = None
        self._hyphens: Hyphens | None = None
        self._styles = StyleBook(theme, typography)
        self._resources: Mapping[str, Resource] = {}
        self._composer: Composer | None = None
        self._stretch: Stretch | None = None
        self._hidden: tuple[tuple[int, int], ...] = ()
        self._beside = Beside()
        self._eye: Eye | None = None
        self._quiet = self._native = 0
        self._scrolled_natively = False
        self._caret_width = 0
        self._pictures = Pictures(self, theme)
        self._finder = Viewfinder(self)
        self._selecting = Selecting(self)
        self.is_read_aloud: Callable[[], bool] = lambda: False
        """Says whether a program reads the text aloud: it wants to have as much of it as it can."""
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._lay_out_rest)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._bar = PageScrollBar(theme, self)
        self._bar.entered.connect(self._let_go_of_pointer)
        self.setVerticalScrollBar(self._bar)
        self._bar.valueChanged.connect(self._on_scrolled)
        self._take_colours(theme)

    # -- what is shown -----------------------------------------------------------------------------

    def show_article(self, metadata: Metadata, text: Text, resources: Mapping[str, Resource]) -> None:
        """Show an article from its beginning."""
        self._metadata, self._text, self._resources = metadata, text, resources
        self._styles = self._book(self.theme, self.typography)
        self._eye = None
        self._selecting.forget()
        self._pictures.show_resources(resources, self._styles.theme)
        self._page = None
        self._stretch = Stretch(text)
        if self.isVisible():
            self._rebuild()
        self.setAccessibleName(metadata.title or self.tr("Text"))

    def set_look(self, theme: Theme, typography: Typography) -> None:
        """Take another theme or size; the place under the eye stays."""
        is_set_alike = typography == self.typography
        self._styles = self._book(theme, typography)
        self._bar.set_theme(theme)
        self._take_colours(theme)
        self._pictures.show_resources(self._resources, theme)
        if self._page is not None:
            self._rebuild(is_set_alike=is_set_alike)

    def set_hyphens(self, hyphens: Hyphens | None) -> None:
        """Break words where these say so; None leaves them whole. The place under the eye stays."""
        self._hyphens = hyphens
        self._styles = self._book(self.theme, self.typography)
        if self._page is not None:
            self._rebuild()

    def leave_room(self, beside: Beside) -> None:
        """Let the column leave room for notes beside it, where the view is wide enough."""
        if beside != self._beside:
            self._beside = beside
            if self._page is not None:
                self._rebuild()

    def _book(self, theme: Theme, typography: Typography) -> StyleBook:
        """Return the styles; with hyphens where they are wanted, and there are any for the language."""
        language = "" if self._metadata is None else self._metadata.language
        if self._hyphens is None or not typography.hyphenated or not self._hyphens.ready(language):
            return StyleBook(theme, typography, language=language)
        return StyleBook(theme, typography, partial(self._hyphens.breaks, language=language), language)

    @property
    def text(self) -> Text | None:
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
    def is_laid_out_whole(self) -> bool:
        """Whether all of the text is in the document; else only what is around the view."""
        return self._page is not None and self._stretch is not None and self._stretch.is_whole

    @property
    def laid_out(self) -> PageDocument | None:
        """What is in the document now; None before anything is shown."""
        return self._page

    @property
    def pictures(self) -> Pictures:
        return self._pictures

    def _rebuild(self, *, is_set_alike: bool = False) -> None:
        """Set what is around the view anew: in another look, or of another text."""
        metadata, text, stretch = self._metadata, self._text, self._stretch
        if metadata is None or text is None or stretch is None:
            return
        self._composer = Composer(metadata, text, self._styles, self.tr("Notes"))
        eye = self._eye
        if is_set_alike and stretch.end:
            self._lay_out((stretch.first, stretch.end))  # no line moves
        else:
            stretch.guess(self._styles, self._column(), self._hidden)
            self._lay_out_around(eye)
        self.bring(eye)

    # -- what is laid out --------------------------------------------------------------------------

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        """Scroll and select without taking it for something that a person did."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    @contextmanager
    def _natively(self) -> Iterator[None]:
        """Let the widget work on an event; what it scrolled to is laid out when it has done."""
        self._native += 1
        try:
            yield
        finally:
            self._native -= 1
            if not self._native and self._scrolled_natively:
                self._scrolled_natively = False
                self._on_scrolled()

    def _lay_out_around(self, eye: Eye | None, above: float = AT_HAND, below: float = AT_HAND) -> None:
        """Lay out what is seen when a place stands under the eye, and so many views above and below it."""
        if self._stretch is not None:
            height = float(self.viewport().height())
            self._lay_out(self._stretch.choose(eye or Eye(0, 0.0), height, above * height, below * height))

    def _lay_out(self, portions: tuple[int, int]) -> None:
        text, stretch, composer = self._text, self._stretch, self._composer
        if text is None or stretch is None or composer is None:
            return
        stretch.take(portions)
        page = composer.compose(*stretch.passages, self._hidden)
        attended = self._attended()
        with self._quietly():
            self._take_page(page, text)
            self._set_in_column()
            attach(page, self, self._pictures)
            self.setCursorWidth(self._caret_width)  # the width belongs to the document's layout
            self._end_layout()
            self._selecting.restore(page)
        self._attend(*attended)
        self._on_laid_out(page)
        if not stretch.is_whole and len(text) <= WHOLE_CHARACTERS:
            self._rest.start()

    def _on_laid_out(self, page: PageDocument) -> None:
        """Put into a document what is shown beside the text."""

    def _lay_out_rest(self) -> None:
        """Lay out all of a text that is not too long, where somebody hears it."""
        if self.is_read_aloud() and self._page is not None and self._stretch is not None and not self._stretch.is_whole:
            eye = self.eye()
            self._lay_out((0, len(self._stretch)))
            self.bring(eye)

    def _end_layout(self) -> None:
        """End a lazy layout, and tell the bar how far it reaches now: Qt does so only when it is idle."""
        layout = self.document().documentLayout()
        layout.documentSizeChanged.emit(layout.documentSize())
        if self._page is not None and self._stretch is not None:
            self._stretch.measure(self._page)

    def _follow(self) -> None:
        """Lay out what comes next, before the view has come to the end of what is laid out."""
        page, stretch = self._page, self._stretch
        if page is None or stretch is None or stretch.is_whole:
            return
        top, height = self._bar.value(), self.viewport().height()
        above, below = top - stretch.top, stretch.bottom - top - height
        if (stretch.first == 0 or above >= SLACK * height) and (stretch.end == len(stretch) or below >= SLACK * height):
            return
        if above > -height and below > -height:
            eye = self._finder.eye(page)
            forward = below < above
            self._lay_out_around(eye, AT_HAND if forward else AHEAD, AHEAD if forward else AT_HAND)
            self.bring(eye)
        elif top >= self._bar.maximum():
            self._lay_out_around(Eye(stretch.eye_at(top + height).offset, float(height)))
            with self._quietly():
                self._bar.setValue(self._bar.maximum())
        else:  # far off: the bar was dragged there
            self.bring(stretch.eye_at(top) if top > self._bar.minimum() else None)

    def _hold(self, eye: Eye) -> None:
        """Lay out the surroundings of a place that is to stand under the eye, where they are not."""
        stretch = self._stretch
        if stretch is not None:
            height = float(self.viewport().height())
            first, end = stretch.choose(eye, height, SLACK * height, SLACK * height)
            if first < stretch.first or end > stretch.end:
                self._lay_out_around(eye)

    # -- the column, and the place under the eye ---------------------------------------------------

    def _column(self) -> Column:
        """Return the column in the middle of the view."""
        column = Column.within(self.viewport().width(), self.typography.measure, self._beside)
        self._pictures.column = float(column.width)
        return column

    def _set_in_column(self) -> None:
        """Give the document the margins of the column, and of all that it does not hold."""
        if self._page is not None and self._stretch is not None:
            self._stretch.margins(self._column(), self.viewport().width()).set_in(self._page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        eye = self._eye
        with self._quietly():
            if self._page is not None and self._stretch is not None:
                if event.size().width() != event.oldSize().width():
                    self._stretch.guess(self._styles, self._column(), self._hidden)
                self._set_in_column()
            super().resizeEvent(event)
            if self._page is not None:
                self._end_layout()
        if self._page is not None:
            self.bring(eye)

    def showEvent(self, event: QShowEvent) -> None:
        if self._page is None:
            self._rebuild()  # now the width is known: laid out once
        with self._quietly():
            super().showEvent(event)  # brings the caret into view, which a reader has not asked for
        self.bring(self._eye)

    def eye(self) -> Eye | None:
        """Return the place of the first line that is seen whole; None at the very top."""
        return self._eye if self._page is None else self._finder.eye(self._page)

    def bring(self, eye: Eye | None) -> None:
        """Scroll so that a place stands where it stood; None is the very top."""
        self._eye = eye
        if self._page is None:
            return
        self._hold(eye or Eye(0, 0.0))
        with self._quietly():
            if eye is None:
                self._bar.setValue(self._bar.minimum())
            else:
                rect = line_rect(self._page.document, self._page.offsets.to_position(eye.offset))
                self._bar.setValue(round(rect.top() - eye.below_top))
        self.viewport().update()
        self.scrolled.emit()

    def _on_scrolled(self) -> None:
        if self._quiet:
            return
        if self._native:
            self._scrolled_natively = True
            return
        self._follow()
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
        # A view may be lower than a line: then the first one that is seen may end below it.
        return max(self.first_offset(), self._finder.last_offset(self._page, len(self._text)))
