"""Finding in the article that is open, as one types."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from reader.article.find import Finder, Hits, context
from reader.ui.page.spoken import line_around
from reader.ui.page.view import PageView
from reader.ui.page.viewfinder import Eye
from reader.ui.reading.opened import OpenedArticle
from reader.ui.search.find_bar import FindBar, FindQuery
from reader.ui.search.model import ResultGroup, ResultHit, ResultSection
from reader.ui.tasks import Runner

MAX_LISTED = 500
AT_ONCE_CHARACTERS = 400_000
"""In a longer text the first hit is gone to before all are counted; both take longer than a frame."""
NEAR_CHARACTERS = 3_000_000
"""A first hit is looked for so far at once; one that is farther off is found with all the others."""
LIST_AFTER_MS = 150
"""How long the list of a long text's hits waits for the next letter."""


class Finding(QObject):
    """Connects the find bar with the page: marks all hits, goes from one to the next."""

    begun = Signal()
    given_up = Signal()
    """Said before the page goes back to where the find began."""
    listed = Signal(object, int)
    """The hits as a ``ResultGroup`` (or None), and how many there are."""
    went = Signal(int)
    """To a hit, by its index."""
    stayed = Signal(object)
    """At another place than where the find began; carries the ``Eye`` of there, or None for the very top."""
    returned = Signal(object)
    """From a hit that a person went on to; carries the ``Eye`` of where the find began, as ``stayed`` does."""

    def __init__(self, bar: FindBar, page: PageView, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._page = page
        self._runner = runner
        self._opened: OpenedArticle | None = None
        self._finder: Finder | None = None
        self._hits: Hits | None = None
        self._current = -1
        self._before: tuple[Eye | None] | None = None
        self._chosen = False
        self._query: FindQuery | None = None
        self._counting = QTimer(self, singleShot=True, interval=0)
        self._counting.timeout.connect(self._find_all)
        self._listing_soon = QTimer(self, singleShot=True, interval=LIST_AFTER_MS)
        self._listing_soon.timeout.connect(self._list)
        bar.query_changed.connect(self.find)
        bar.next_requested.connect(self.next)
        bar.previous_requested.connect(self.previous)
        bar.closed.connect(self.close)
        bar.given_up.connect(self.give_up)

    def show_article(self, opened: OpenedArticle) -> None:
        """Take another article; what is typed already is looked for in it."""
        self._opened = opened
        self._finder = Finder(opened.text)
        self._hits, self._current = None, -1
        if self._bar.isVisible():
            self._begin()
            self.find(self._bar.query())

    @property
    def active(self) -> bool:
        return self._bar.isVisible()

    def open(self) -> None:
        """Show the bar, with what is selected as a first guess."""
        if self._opened is None:
            return
        if not self._bar.isVisible():
            self._begin()
        if self._finder is not None and self._is_long:
            finder = self._finder
            self._runner.start(lambda step: finder.prepare())
        selected = self._page.selected_range()
        words = ""
        if selected is not None:
            words = self._opened.text.slice(*selected)
        self._bar.show()
        self._bar.open(words if "\n" not in words and len(words) <= 80 else "")

    def close(self) -> None:
        """Hide the bar and all marks, and stay; the way back leads to where the find began."""
        if self._before is not None and self._page.eye() != self._before[0]:
            self.stayed.emit(self._before[0])
        self._end()

    def give_up(self) -> None:
        """Hide the bar and all marks, and be where the find began; the way forward leads to a hit gone on to."""
        self.given_up.emit()
        if self._before is not None and self._chosen:
            self.returned.emit(self._before[0])
        elif self._before is not None:
            self._page.bring(self._before[0])
        self._end()

    def _begin(self) -> None:
        self._before, self._chosen = (self._page.eye(),), False
        self.begun.emit()

    def _end(self) -> None:
        self._before = None
        self._bar.hide()
        self._hits, self._current = None, -1
        self._page.show_hits(())
        self.listed.emit(None, 0)
        self._counting.stop()
        self._listing_soon.stop()
        if self._finder is not None:
            self._finder.forget()  # the folded text of a book weighs some megabytes
        self._page.setFocus()

    def find(self, query: FindQuery) -> None:
        """Mark every place; go to the first at the reader's eye or below it."""
        self._query = query
        if self._is_long:
            self._go_to_first(query)
            self._counting.start()
        else:
            self._find_all()

    @property
    def _is_long(self) -> bool:
        return self._opened is not None and len(self._opened.text) > AT_ONCE_CHARACTERS

    def _begins_at(self) -> int:
        """Return the place from which on the first hit is looked for."""
        eye = self._before[0] if self._before is not None else self._page.eye()
        return 0 if eye is None else eye.offset

    def _go_to_first(self, query: FindQuery) -> None:
        """Bring the first hit into view; what is counted later will find it there."""
        if self._finder is None:
            return
        for begin in dict.fromkeys((self._begins_at(), 0)):
            hit = self._finder.first_after(
                query.text,
                begin,
                match_case=query.match_case,
                whole_word=query.whole_word,
                within=NEAR_CHARACTERS,
            )
            if hit is not None:
                self._page.show_hits((hit,), 0)
                self._page.go_to(*hit, landing=False)
                return

    def _find_all(self) -> None:
        if self._finder is None or self._query is None:
            return
        query = self._query
        self._hits = self._finder.find(query.text, match_case=query.match_case, whole_word=query.whole_word)
        self._page.show_hits(self._hits)
        start = self._hits.after(self._begins_at()) if len(self._hits) else -1
        if self._is_long:
            self._listing_soon.start()
        else:
            self._list()
        self._go(start % len(self._hits) if len(self._hits) else -1)

    def _list(self) -> None:
        self.listed.emit(self._listing(), 0 if self._hits is None else len(self._hits))

    def next(self) -> None:
        """Go to the next place, after the last to the first."""
        self._step(1)

    def previous(self) -> None:
        """Go to the place before, before the first to the last."""
        self._step(-1)

    def go_to(self, offset: int) -> None:
        """Go to the hit at an offset."""
        self._count_now()
        if self._hits is not None and len(self._hits):
            self._chosen = True
            self._go(min(self._hits.after(offset), len(self._hits) - 1))

    def _count_now(self) -> None:
        if self._counting.isActive():
            self._counting.stop()
            self._find_all()

    def _step(self, by: int) -> None:
        self._count_now()
        if self._hits is None:
            self.open()
            if self._bar.query().text:
                self.find(self._bar.query())
            return
        if len(self._hits):
            self._chosen = True
            self._go((self._current + by) % len(self._hits))

    def _go(self, number: int) -> None:
        self._current = number
        hits = self._hits
        text = self._page.text
        line = line_around(text, *hits[number]) if text is not None and hits is not None and number >= 0 else ""
        self._bar.show_count(number + 1, len(hits) if hits is not None else 0, line)
        self._page.show_current_hit(number)
        if hits is not None and number >= 0:
            self._page.go_to(*hits[number], landing=False)
            self.went.emit(number)

    def _listing(self) -> ResultGroup | None:
        opened, hits = self._opened, self._hits
        if opened is None or hits is None:
            return None
        sections: dict[str, list[ResultHit]] = {}
        order: list[str] = []
        for number in range(min(len(hits), MAX_LISTED)):
            start, end = hits[number]
            passage = opened.text.place(start).passage
            in_note = opened.text.note_of(passage) is not None
            title = self.tr("Notes") if in_note else opened.section_at(start).title or opened.title
            piece = context(opened.text, start, end)
            at = len(piece.before)
            hit = ResultHit(
                opened.id, passage, start, piece.before + piece.hit + piece.after, ((at, at + len(piece.hit)),)
            )
            if title not in sections:
                order.append(title)
            sections.setdefault(title, []).append(hit)
        return ResultGroup(
            opened.id,
            opened.title,
            tuple(ResultSection(title, len(sections[title]), tuple(sections[title])) for title in order),
        )
