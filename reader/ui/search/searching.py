"""Searching the whole library, off the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.answers import SearchAnswer, SearchGroup
from reader.errors import CancelledError
from reader.facets import Facet
from reader.library import Library
from reader.search.narrowing import begun
from reader.search.results import Page
from reader.ui.isolation import isolated
from reader.ui.search.beginning import KeptSearch
from reader.ui.search.panel import ResultGroup, ResultHit, ResultSection, SearchPanel, SearchQuery
from reader.ui.tasks import Runner, Step, Task

if TYPE_CHECKING:
    from reader.store.catalogue import Catalogue

FIRST_PAGE, FIRST_PAGE_OF_ONE = Page(), Page(1, 20)
"""What is shown before all is found: in the library, in one reading."""


class Searching(QObject):
    """Asks the library, and shows the answer that belongs to what is typed now."""

    failed = Signal(object)
    index_damaged = Signal()
    answered = Signal(object)
    """The ``SearchAnswer`` that is shown."""

    def __init__(self, library: Library, runner: Runner, panel: SearchPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._panel = panel
        self._query = SearchQuery("", False)
        self._article: int | None = None
        self._asking: Task | None = None
        self._counting: Task | None = None
        self._shown: tuple[SearchQuery, int | None, SearchAnswer] | None = None
        panel.query_changed.connect(self.ask)
        panel.keep_requested.connect(self.keep)
        panel.forget_requested.connect(self.forget)
        self._with_kept(lambda catalogue: None)

    def show_article(self, article_id: int | None) -> None:
        """Say which article “this reading” is."""
        self._article = article_id

    def ask(self, query: SearchQuery) -> None:
        """Look for something; a newer question drops the older one."""
        self.rest()
        self._query = query
        if not query.text.strip():
            self._panel.show_busy(False)
            self._panel.show_facets(())
            self._panel.show_results((), "", "")
            return
        within = self._within(query)
        self._panel.show_busy(True)
        self._asking = self._runner.start(
            partial(self._first, query.text, within),
            done=partial(self._show_first, query, within),
            failed=partial(self._on_failed, query),
        )

    def _first(self, text: str, within: int | None, step: Step) -> SearchAnswer:
        """Return what is shown first. Where a word that may be only begun finds nothing, what begins so is."""
        page = FIRST_PAGE if within is None else FIRST_PAGE_OF_ONE
        answer = self._library.search(text, article_id=within, page=page, step=step)
        if not (answer.total or answer.damaged) and (further := begun(text)):
            found = self._library.search(further, article_id=within, page=page, step=step)
            return found if found.total else answer
        return answer

    def _show_first(self, query: SearchQuery, within: int | None, answer: SearchAnswer) -> None:
        """Show what was found first, and look for the rest."""
        if query != self._query:
            return
        if not answer.total:
            self._show(query, within, answer)
            return
        if not self._is_shown(query, within):
            self._panel.show_results(self._groups(answer), "", answer.hint)
            self.answered.emit(answer)
        self._asking = self._runner.start(
            lambda step: self._library.search(answer.query, article_id=within, step=step),
            done=partial(self._show, query, within),
            failed=partial(self._on_failed, query),
        )

    def rest(self) -> None:
        """Show no more answers until something is asked: the list is wanted for something else."""
        self._query = SearchQuery("", False)
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
            self._panel.show_busy(False)
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def resume(self) -> None:
        """Show what belongs to the query in the field, as far as it is known, and ask for it anew."""
        query = self._panel.query()
        if self._shown is not None and self._is_shown(query, self._within(query)):
            self._tell(query, self._shown[2], self._panel.show_results)
        else:
            self._panel.show_results((), "", "")
        self.ask(query)

    def keep(self, query: str) -> None:
        """Keep a search, by its own words."""
        self._with_kept(lambda catalogue: catalogue.keep_search(query, query))

    def forget(self, uuid: str) -> None:
        """Keep a search no longer."""
        self._with_kept(lambda catalogue: catalogue.forget_search(uuid))

    def _with_kept(self, change: Callable[[Catalogue], object]) -> None:
        """Change the searches that are kept, and list them as they are then."""

        def work(_step: object) -> tuple[KeptSearch, ...]:
            catalogue = self._library.catalogue
            change(catalogue)
            return tuple(KeptSearch(each.uuid, each.query) for each in catalogue.searches())

        self._runner.start(work, done=self._panel.show_kept, failed=self.failed.emit)

    def _is_shown(self, query: SearchQuery, within: int | None) -> bool:
        """Whether all that was found by a query was the last to be shown."""
        return self._shown is not None and self._shown[:2] == (query, within)

    def _within(self, query: SearchQuery) -> int | None:
        return self._article if query.this_reading else None

    def ask_again(self) -> None:
        """Ask what is typed once more: the index knows more now."""
        if self._query.text.strip() and self._asking is None:
            self.ask(self._query)

    def _show(self, query: SearchQuery, within: int | None, answer: SearchAnswer) -> None:
        if query != self._query:
            return
        self._asking = None
        self._shown = query, within, answer
        self._panel.show_busy(False)
        self._tell(query, answer, self._panel.show_all_results)
        self._counting = self._runner.start(
            lambda step: self._library.facets(answer.query, article_id=within, step=step),
            done=partial(self._show_facets, query),
            failed=partial(self._on_failed, query),
        )

    def _show_facets(self, query: SearchQuery, facets: tuple[Facet, ...]) -> None:
        if query == self._query:
            self._panel.show_facets(facets)

    def _tell(
        self, query: SearchQuery, answer: SearchAnswer, show: Callable[[tuple[ResultGroup, ...], str, str], None]
    ) -> None:
        show(self._groups(answer), self._summary(query, answer), answer.hint)
        self._panel.suggest(answer.suggestion)
        self.answered.emit(answer)
        if answer.damaged:
            self.index_damaged.emit()

    def _groups(self, answer: SearchAnswer) -> tuple[ResultGroup, ...]:
        return tuple(_result_group(group, self.tr("Title"), self.tr("Notes")) for group in answer.groups)

    def _summary(self, query: SearchQuery, answer: SearchAnswer) -> str:
        if not answer.total:
            return "" if answer.hint else self.tr("Nothing was found.")
        readings = len(answer.groups)
        found = self.tr("%n place(s)", "", answer.total)
        if readings > 1:
            found = self.tr("%n place(s) in {readings} readings", "", answer.total).format(readings=readings)
        if answer.query == query.text:
            return found
        return self.tr("{beginning}…: {found}").format(beginning=isolated(answer.words[-1].rstrip("*")), found=found)

    def _on_failed(self, query: SearchQuery, error: Exception) -> None:
        if query != self._query or isinstance(error, CancelledError):
            return  # a newer question took its place
        self._asking = None
        self._panel.show_busy(False)
        self.failed.emit(error)


def _result_group(group: SearchGroup, head: str, notes: str) -> ResultGroup:
    sections = []
    for title, found in groupby(group.hits, key=lambda hit: hit.section_title):
        hits = tuple(
            ResultHit(
                hit.article_id,
                hit.passage,
                hit.ranges[0][0] if hit.ranges else 0,
                hit.snippet.shown,
                tuple(
                    (a + 2 * hit.snippet.clipped_start, b + 2 * hit.snippet.clipped_start)
                    for a, b in hit.snippet.ranges
                ),
            )
            for hit in found
        )
        sections.append(ResultSection(title, len(hits), hits))
    return ResultGroup(group.entry.id, group.entry.title, tuple(sections))
