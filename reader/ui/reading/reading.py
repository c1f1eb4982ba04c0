"""Reading an article: opening it where it was left, moving in it, keeping the place."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal

from reader.article.annotation import ReadingPosition
from reader.article.locator import locator
from reader.errors import ReaderError
from reader.library import History
from reader.ui.page.viewfinder import Eye
from reader.ui.reading.folds import Folds, KeptFolds
from reader.ui.reading.navigation import Stop, Trail
from reader.ui.reading.opened import open_article

if TYPE_CHECKING:
    from reader.library import Library
    from reader.ui.page.anchored import MarkHit
    from reader.ui.page.view import PageView
    from reader.ui.reading.folding import Folding
    from reader.ui.reading.opened import OpenedArticle
    from reader.ui.tasks import Runner

SAVE_AFTER_MS = 1000
TELL_AFTER_MS = 60


class Reading(QObject):
    """The article that is open, and the trail of places that led here."""

    resumed = Signal(object)
    """What the person chose for the reading that is opened next, by name: said before it is shown."""
    opened = Signal(object)
    """An ``OpenedArticle``, shown at its place."""
    moved = Signal()
    """The place changed, or the trail did; said at most every ``TELL_AFTER_MS``."""
    jumped = Signal(int)
    """To a canonical offset in the article that is shown; scrolling is no jump."""
    start_page_requested = Signal()
    failed = Signal(object)

    def __init__(self, library: Library, page: PageView, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._page = page
        self._runner = runner
        self._article: OpenedArticle | None = None
        self._at_start_page = True
        self._at_rest = False
        self.trail = Trail()
        self.folds = Folds(self)
        self._kept_folds = KeptFolds(self.folds, library, runner, self)
        self._kept_folds.failed.connect(self.failed)
        self._saved: ReadingPosition | None = None
        self._landed: int | None = None
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._saving.timeout.connect(self._save_later)
        self._telling = QTimer(self, singleShot=True, interval=TELL_AFTER_MS)
        self._telling.timeout.connect(self.moved)
        page.scrolled.connect(self._on_scrolled)
        page.hidden_place_wanted.connect(self.folds.reveal)
        page.fold_requested.connect(lambda number: self.folding.toggle(number))
        self.folds.changed.connect(self._show_folds)

    @property
    def article(self) -> OpenedArticle | None:
        return self._article

    @property
    def at_start_page(self) -> bool:
        """Whether the start page is shown, not an article."""
        return self._at_start_page

    def shows(self, article_id: int) -> bool:
        """Say whether an article is open here, in sight."""
        return self._article is not None and self._article.id == article_id and not self._at_start_page

    @cached_property
    def folding(self) -> Folding:
        """The commands that fold, for this page."""
        from reader.ui.reading.folding import Folding  # no part of a first frame

        return Folding(self, self._page)

    # -- opening -----------------------------------------------------------------------------------

    def open(self, article_id: int) -> bool:
        """Open an article where it was left; say whether it could be opened."""
        begins = self.trail.empty
        if not begins:
            self._leave()
        if not self._show(article_id):
            return False
        if begins:
            self._take_up_trail(article_id)
        else:
            self.trail.push(self._here())
        self.moved.emit()
        return True

    def _take_up_trail(self, article_id: int) -> None:
        """Go on with the places that the person had been to when the article was last closed."""
        try:
            history = self._library.reading.history(article_id)
        except ReaderError as error:
            self.failed.emit(error)
            history = History()
        behind = [Stop(article_id, place.start) for place in history.places[: history.current]]
        ahead = [Stop(article_id, place.start) for place in history.places[history.current :]]
        self.trail.restore((*behind, self._here(), *ahead), len(behind))

    def go_to_start_page(self) -> None:
        """Leave the article for the start page."""
        self.save()
        if not self._at_start_page:
            self._leave()
            self.trail.push(Stop(None))
        self._at_start_page = True
        self.start_page_requested.emit()
        self.moved.emit()

    def forget(self, article_id: int) -> None:
        """Drop an article that was removed from the library."""
        self.trail.forget(article_id)
        if self._article is not None and self._article.id == article_id:
            self._article = None
        self.moved.emit()

    def rest(self) -> None:
        """Be out of sight until something is opened here again: the place is written now, and not again."""
        self.save()
        self._at_rest = True

    def reload(self, *, same_text: bool = False) -> None:
        """Show the newest text of the article that is open; the library moved what is kept of its places.

        With the ``same_text``, of which only something else is said now, the trail stays as it is. At the
        start page, or at rest, the old text is only let go: the newest is there when it is opened again.
        """
        opened = self._article
        if opened is None:
            return
        if same_text:
            self.save()
        else:
            self.trail.forget(opened.id)
        self._article = None  # of the old text nothing is written any more
        if self._at_start_page or self._at_rest:
            self.moved.emit()
            return
        begins = self.trail.empty
        if not self._show(opened.id):
            return
        if begins:
            self._take_up_trail(opened.id)
        elif same_text:
            self.trail.replace(self._here())
        else:
            self.trail.push(self._here())
        self.moved.emit()

    def _show(self, article_id: int, *, at_place: bool = True) -> bool:
        self.save()
        try:
            opened = open_article(self._library, article_id)
            resumed = self._library.reading.resume(article_id)
            position = resumed.position
            place = position.target.start if at_place and position is not None else 0
            opened.text.slice(place, place + 1)  # the page needs it next; damage there is told before all is changed
        except ReaderError as error:
            self.failed.emit(error)
            return False
        self._article, self._saved = opened, position
        self._at_start_page = self._at_rest = False
        self._landed = None
        self.resumed.emit(resumed.choices)
        self._kept_folds.show_article(article_id, opened.later_sections)
        start = min(position.target.start, len(opened.text)) if at_place and position is not None else 0
        if opened.text.passages:
            self.folds.reveal(opened.text.place(start).passage)
        hidden = self.folds.hidden_ranges()
        sections = opened.later_sections
        self._page.show_article(opened.metadata, opened.text, opened.resources, sections=sections, hidden=hidden)
        if start > 0:
            self._page.bring(Eye(start, 0.0))
        self.opened.emit(opened)
        self._saving.start()
        return True

    # -- moving ------------------------------------------------------------------------------------

    def go_to(self, start: int, end: int | None = None) -> None:
        """Jump to a place in the open article, and remember where the jump began."""
        self._leave()
        self._page.go_to(start, end)
        self._landed = start
        self.trail.push(self._here())
        self.moved.emit()
        self.jumped.emit(start)

    def place_to_go_on_from(self) -> int:
        """Return where the last jump led, as long as that is seen; else the first line that is.

        Where all that is below fits into the view, several headings would have the same first line.
        """
        first, last = self._page.first_offset(), self._page.last_offset()
        return self._landed if self._landed is not None and first <= self._landed <= last else first

    def came_from(self, eye: Eye | None) -> None:
        """Remember that the page was brought here from another place; None is the very top."""
        if self._article is None or self._at_start_page:
            return
        before = Stop(self._article.id) if eye is None else Stop(self._article.id, eye.offset, eye.below_top)
        self.trail.replace(before)
        self.trail.push(self._here())
        self.moved.emit()

    def go_to_in(self, article_id: int, passage: int, within: int) -> bool:
        """Jump to a place in any article, told by its passage; say whether it could be opened."""
        if self._article is None or self._article.id != article_id or self._at_start_page:
            self._leave()
            if not self._show(article_id):
                return False
            self.trail.push(self._here())
        if self._article is not None:
            text = self._article.text
            known = 0 <= passage < len(text.passages)
            place = text.offset(passage, within) if known else 0
            self._page.go_to(place)
            self.trail.replace(self._here())
            self.jumped.emit(place)
        self.moved.emit()
        return True

    def go_to_note(self, key: str, mark: MarkHit | None = None) -> None:
        """Jump to a note; ``mark`` is where the way back leads."""
        offset = self._article.note_offset(key) if self._article is not None else None
        if offset is None:
            return
        self._leave(None if mark is None else (mark.offset, mark.key))
        self._page.go_to(offset)
        self.trail.push(self._here())
        self.moved.emit()
        self.jumped.emit(offset)

    def back(self) -> None:
        self._leave()
        self._go_stop(self.trail.back())

    def forward(self) -> None:
        self._leave()
        self._go_stop(self.trail.forward())

    def _go_stop(self, stop: Stop | None) -> None:
        if stop is None:
            return
        if stop.article is None:
            self.save()
            self._at_start_page = True
            self.start_page_requested.emit()
        elif self._article is None or self._article.id != stop.article or self._at_start_page:
            if not self._show(stop.article, at_place=False):
                return
            self._bring(stop)
        else:
            self._bring(stop)
        self.moved.emit()

    def _show_folds(self) -> None:
        """Fold the page as is told, if it shows the article already."""
        if self._article is not None and self._page.text is self._article.text:
            self._page.set_hidden(self.folds.hidden_ranges())

    def _bring(self, stop: Stop) -> None:
        for offset in (stop.offset, None if stop.mark is None else stop.mark[0]):
            if offset is not None:
                self._page.reveal(offset)
        self._page.bring(None if stop.offset is None else Eye(stop.offset, stop.below_top))
        if stop.mark is not None:
            self._page.focus_mark(*stop.mark)
        else:
            self.jumped.emit(stop.offset or 0)

    def _here(self) -> Stop:
        if self._at_start_page or self._article is None:
            return Stop(None)
        eye = self._page.eye()
        if eye is None:
            return Stop(self._article.id)
        return Stop(self._article.id, eye.offset, eye.below_top)

    def _leave(self, mark: tuple[int, str] | None = None) -> None:
        self.trail.replace(structs.replace(self._here(), mark=mark))

    # -- the place ---------------------------------------------------------------------------------

    def share(self) -> float:
        """Return how much of the text lies behind, 0 to 1."""
        opened = self._article
        if opened is None or not opened.body_length:
            return 0.0
        if self._page.last_offset() >= opened.body_length:
            return 1.0
        return min(1.0, self._page.first_offset() / opened.body_length)

    def _on_scrolled(self) -> None:
        if self._article is not None and not self._at_start_page:
            self._saving.start()
            if not self._telling.isActive():
                self._telling.start()

    def _position(self) -> ReadingPosition | None:
        opened = self._article
        if opened is None or self._at_start_page or self._at_rest:
            return None
        offset = self._page.first_offset()
        return ReadingPosition(locator(opened.text, offset, offset), self.share(), datetime.now(UTC))

    def save_soon(self) -> None:
        """Write the place before long: the person turned to something else."""
        if self._saving.isActive():
            self._save_later()

    def _save_later(self) -> None:
        self._saving.stop()
        position, opened = self._position(), self._article
        if position is not None and opened is not None:
            self._saved = position
            save = partial(self._library.reading.save, opened.id, position)
            self._runner.start(lambda step: save(), failed=self.failed.emit)

    def save(self) -> None:
        """Write the place and the folds at once: before something else is shown, and at the end."""
        self._kept_folds.save()
        self._saving.stop()
        position, opened = self._position(), self._article
        if position is None or opened is None:
            return
        try:
            self._library.reading.save(opened.id, position)
            self._library.reading.save_history(opened.id, self._history(opened))
        except ReaderError as error:
            self.failed.emit(error)

    def _history(self, opened: OpenedArticle) -> History:
        """Return the stops in one article, but for the one where the person is."""
        stops, now = self.trail.stops, self.trail.now
        kept = [(number, stop) for number, stop in enumerate(stops) if stop.article == opened.id and number != now]
        places = tuple(locator(opened.text, stop.offset or 0, stop.offset or 0) for _, stop in kept)
        return History(places, sum(number < now for number, _ in kept))
