"""The side pane with its panels, finding in the text and searching the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.answers import SearchAnswer
from reader.theme import Theme
from reader.ui.bookmarks.model import BookmarkRow
from reader.ui.notes.model import FootnoteRow
from reader.ui.reading.opened import OpenedArticle
from reader.ui.search.model import ResultGroup, ResultHit
from reader.ui.search.searching import Searching
from reader.ui.window.side_pane import ANNOTATIONS, FOOTNOTES, SEARCH, SidePane

if TYPE_CHECKING:
    from reader.ui.page.viewfinder import Eye
    from reader.ui.reading.reading import Reading
    from reader.ui.search.finding import Finding
    from reader.ui.window.furnishing import Furnishing
    from reader.ui.window.main_window import MainWindow


class SideRoom(QObject):
    """Made when something is found, searched or looked up for the first time."""

    def __init__(self, window: MainWindow, rooms: Furnishing) -> None:
        super().__init__(window)
        self._window = window
        self._rooms = rooms
        self._answer: SearchAnswer | None = None
        self._noted: OpenedArticle | None = None
        self.pane = SidePane()
        self.pane.set_theme(window.appearance.theme)
        self.pane.show_pane(window.settings.side_panel)
        window.panes.side.fill(self.pane)
        self.searching = Searching(window.library, window.runner, self.pane.search, self)
        self._connect()
        if self._reading.article is not None:
            self.show_article(self._reading.article)

    def _connect(self) -> None:
        rooms, pane = self._rooms, self.pane
        self.searching.failed.connect(rooms.tell)
        self.searching.answered.connect(self._keep_answer)
        self.searching.index_damaged.connect(rooms.indexing.refresh)
        rooms.indexing.done.connect(self.searching.ask_again)
        rooms.bookmarking.rows_changed.connect(self._show_bookmarks)
        pane.pane_shown.connect(lambda name: self._window.change_settings(side_panel=name))
        pane.pane_shown.connect(self._list_notes)
        pane.hide_requested.connect(lambda: self._window.panes.show_pane("side", False))
        pane.search.hit_chosen.connect(self._go_to_hit)
        pane.annotations.target_chosen.connect(self._go_to_bookmark)
        pane.annotations.change_requested.connect(rooms.bookmarking.change)
        pane.annotations.writing_ended.connect(rooms.bookmarking.end_writing)
        pane.annotations.removal_requested.connect(rooms.bookmarking.remove)
        pane.footnotes.note_chosen.connect(rooms.go_to_note)
        pane.footnotes.mark_chosen.connect(rooms.go_to)

    @property
    def _reading(self) -> Reading:
        return self._window.reading

    @property
    def finding(self) -> Finding:
        """Finding in the half that is read; connected when it is first wanted there."""
        rooms = self._rooms.desk.active
        if not rooms.has("finding"):
            finding = rooms.finding
            finding.listed.connect(self._list_hits)
            finding.went.connect(self.pane.search.show_current)
            finding.stayed.connect(rooms.half.reading.came_from)
            finding.returned.connect(self._return)
            if self._reading.article is not None:
                finding.show_article(self._reading.article)
        return rooms.finding

    def fill(self) -> None:
        """Be there: the pane is shown."""

    def set_theme(self, theme: Theme) -> None:
        self.pane.set_theme(theme)

    def show_article(self, opened: OpenedArticle) -> None:
        """Take another article."""
        self._list_notes()
        self.searching.show_article(opened.id)
        self._show_bookmarks(self._rooms.bookmarking.rows)

    def _list_notes(self) -> None:
        """List the notes where that is looked at: their sentences are all over the text."""
        opened = self._reading.article
        if opened is not None and opened is not self._noted and self.pane.current() == FOOTNOTES:
            self._noted = opened
            self.pane.footnotes.show_notes(footnote_rows(opened))

    # -- opening -----------------------------------------------------------------------------------

    def show_find(self) -> None:
        """Open the find bar; a drawer would lie over it."""
        self._window.panes.close_drawer()
        self.finding.open()

    def show_search(self, query: str = "") -> None:
        """Open the search of the library, with words to look for where there are any."""
        if self.finding.active:
            self.finding.close()
        self._show(SEARCH)
        if query:
            self.pane.search.set_query(query, this_reading=False)
            self.searching.ask(self.pane.search.query())

    def show_annotations(self) -> None:
        """Open the list of bookmarks and remarks."""
        self._show(ANNOTATIONS)

    def show_footnotes(self) -> None:
        """Open the list of footnotes."""
        self._show(FOOTNOTES)

    def _show(self, name: str) -> None:
        self._window.panes.show_pane("side", True)
        self.pane.show_pane(name)
        self.pane.focus_pane()

    # -- showing -----------------------------------------------------------------------------------

    def _show_bookmarks(self, rows: tuple[BookmarkRow, ...]) -> None:
        self.pane.annotations.show_bookmarks(rows)

    def _list_hits(self, group: ResultGroup | None, total: int) -> None:
        self.pane.search.set_results_only(group is not None)
        if group is None:
            self.searching.resume()
        else:
            self.searching.rest()
            self.pane.search.show_results((group,), self.tr("%n place(s)", "", total))

    def _keep_answer(self, answer: SearchAnswer) -> None:
        self._answer = answer

    # -- going -------------------------------------------------------------------------------------

    def _go_to_bookmark(self, row: BookmarkRow) -> None:
        self._rooms.go_to(row.offset)

    def _return(self, eye: Eye | None) -> None:
        """Go back from a hit to where the find began, as the way back leads there."""
        self._reading.came_from(eye)
        self._reading.back()

    def _go_to_hit(self, hit: ResultHit) -> None:
        self._window.panes.close_drawer()
        self._rooms.desk.here_or_there(lambda: self._show_hit(hit))

    def _show_hit(self, hit: ResultHit) -> None:
        if self.finding.active:
            self.finding.go_to(hit.offset)
        elif self._reading.go_to_in(hit.article_id, hit.passage, hit.offset):
            self._mark_words(hit)

    def _mark_words(self, hit: ResultHit) -> None:
        """Mark in the page what the library was searched for."""
        opened = self._reading.article
        if opened is None or self._answer is None:
            return
        found: list[tuple[int, int]] = []
        current = -1
        for group in self._answer.groups:
            for each in group.hits if group.entry.id == opened.id else ():
                if not 0 <= each.passage < len(opened.text.passages):
                    continue
                if each.passage == hit.passage:
                    current = len(found)
                start = opened.text.offset(each.passage)
                found += [(start + a, start + b) for a, b in each.ranges]
        self._window.page.show_hits(tuple(found), current)


def footnote_rows(opened: OpenedArticle) -> tuple[FootnoteRow, ...]:
    """Return an article's notes, and its marks without a note, for the list of footnotes."""
    marks = opened.marks()
    shown = [opened.labels[key] for key in opened.keys]
    again = len(set(shown)) < len(shown)  # numbers that begin anew in each chapter: say which one
    rows = []
    for key in opened.keys:
        own, offset = marks.get(key, ()), opened.note_offset(key)
        rows.append(
            FootnoteRow(
                key,
                opened.labels[key],
                opened.words_of(key),
                tuple(mark.sentence for mark in own),
                tuple(mark.offset for mark in own),
                -1 if offset is None else offset,
                opened.section_at(own[0].offset).title if again and own else "",
            )
        )
    return tuple(rows)
