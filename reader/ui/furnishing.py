"""What the window gets after its first frame, and how it is all connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from reader.answers import SearchAnswer
from reader.errors import ReaderError
from reader.library import Added
from reader.ui import dispatch, fonts
from reader.ui.actions import HAS_MENU_BAR, MENUS, Actions, menu_title
from reader.ui.bookmarking import Bookmarking
from reader.ui.command_palette import CommandPalette, Entry
from reader.ui.dialogs import AboutDialog, ShortcutsDialog
from reader.ui.finding import Finding
from reader.ui.focus_ring import FocusRing
from reader.ui.footnote_panel import FootnoteRow
from reader.ui.footnotes import Footnotes
from reader.ui.importing import Importing
from reader.ui.opened import OpenedArticle
from reader.ui.outline_panel import OutlinePanel
from reader.ui.progress import ReadingProgress
from reader.ui.search_model import ResultGroup, ResultHit
from reader.ui.searching import Searching
from reader.ui.side_pane import ANNOTATIONS, FOOTNOTES, SEARCH, SidePane
from reader.ui.status_line import StatusLine
from reader.ui.tool_bar import ToolBar
from reader.ui.type_panel import TypePanel

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow


class Furnishing(QObject):
    """The panels and what drives them. Panels do not know each other: they meet here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        fonts.load_rest()
        self._window = window
        self._reading = window.reading
        self._page = window.page
        self._answer: SearchAnswer | None = None
        self._folded: dict[int, frozenset[int]] = {}
        self.commands = Actions(window)
        self.tool_bar = ToolBar(self.commands, window)
        self.outline = OutlinePanel()
        self.side = SidePane()
        self.status = StatusLine(window)
        window.panes.outline.fill(self.outline)
        window.panes.side.fill(self.side)
        self.finding = Finding(window.room.find_bar, window.page, self)
        self.searching = Searching(window.library, window.runner, self.side.search, self)
        self.bookmarking = Bookmarking(window.library, window.page, self)
        self.importing = Importing(window.library, window.runner, self)
        self.footnotes = Footnotes(window.page, window.page.pictures, window.panes, lambda: window.page.styles)
        self.progress = ReadingProgress(self)
        self.palette = CommandPalette(window.body)
        self.type_panel = TypePanel(window.body)
        self.ring = FocusRing(window)
        self._menu = QMenu(window)
        self.commands.fill(window.menuBar() if HAS_MENU_BAR else self._menu)
        self._connect()
        self.dress()

    def _connect(self) -> None:
        self._connect_bars()
        reading, page, panes = self._reading, self._page, self._window.panes
        reading.opened.connect(self._show_article)
        reading.moved.connect(self._show_place)
        reading.failed.connect(self.tell)
        page.scrolled.connect(self.footnotes.follow_scroll)
        page.link_activated.connect(self._window.follow_link)
        page.place_requested.connect(reading.go_to)
        self.progress.changed.connect(self._show_progress)
        self.outline.target_chosen.connect(self._go_to)
        self.outline.folding_changed.connect(self._keep_folding)
        self.outline.hide_requested.connect(lambda: panes.show_pane("outline", False))
        self.footnotes.note_requested.connect(reading.go_to_note)
        self.footnotes.link_activated.connect(self._window.follow_link)
        self.footnotes.changed.connect(self._ring_mark)
        self.finding.listed.connect(self._list_hits)
        self.finding.went.connect(self.side.search.show_current)
        self.searching.failed.connect(self.tell)
        self.searching.answered.connect(self._keep_answer)
        self.bookmarking.rows_changed.connect(self._show_bookmarks)
        self.bookmarking.said.connect(self.status.show_message)
        self.bookmarking.failed.connect(self.tell)
        self.importing.added.connect(self._on_added)
        self.importing.finished.connect(self._on_imported)
        self.importing.failed.connect(self.tell)
        self.importing.progressed.connect(self._show_importing)
        self.side.hide_requested.connect(lambda: panes.show_pane("side", False))
        self.side.search.hit_chosen.connect(self._go_to_hit)
        self.side.annotations.target_chosen.connect(lambda row: self._go_to(row.offset))
        self.side.annotations.change_requested.connect(self.bookmarking.change)
        self.side.annotations.removal_requested.connect(self.bookmarking.remove)
        self.side.footnotes.note_chosen.connect(reading.go_to_note)
        self.side.footnotes.mark_chosen.connect(self._go_to)

    def _connect_bars(self) -> None:
        window = self._window
        window.appearance.changed.connect(self._on_appearance_changed)
        self.tool_bar.type_requested.connect(self.show_type_panel)
        self.tool_bar.menu_requested.connect(self.show_menu)
        self.type_panel.theme_chosen.connect(lambda theme: dispatch.choose_theme(window, theme))
        self.type_panel.size_step_chosen.connect(lambda step: dispatch.resize(window, step))

    def _on_appearance_changed(self) -> None:
        appearance = self._window.appearance
        self._window.dress()
        self.dress()
        self.type_panel.show_choices(appearance.choice, appearance.typography)

    def begin(self) -> None:
        """Show what is open already, and start what goes on behind: the shipped edition, the index."""
        self.commands.set_article_open(self._reading.article is not None)
        if self._reading.article is not None:
            self._show_article(self._reading.article)
        self._show_place()
        self.importing.add_bundled()

    # -- showing -----------------------------------------------------------------------------------

    def dress(self) -> None:
        """Give everything the theme of now."""
        theme = self._window.appearance.theme
        for part in (self.outline, self.side, self.status, self.palette, self.type_panel, self.ring, self.tool_bar):
            part.set_theme(theme)
        self.footnotes.restyle()
        self.footnotes.animated = not self._window.settings.reduced_motion
        self.footnotes.hover_enabled = self._window.settings.note_popups

    def _show_article(self, opened: OpenedArticle) -> None:
        self._window.show_reading()
        position = self._window.library.reading.position(opened.id)
        self.progress.show_article(opened, position.share if position is not None else 0.0)
        minutes = tuple(opened.minutes(opened.own_length(section)) for section in opened.sections)
        offsets = tuple(opened.text.offset(section.first) for section in opened.sections)
        self.outline.show_outline(opened.root, minutes, offsets)
        self.outline.set_folded(self._folded.get(opened.id, frozenset()))
        weights = [opened.own_length(section) for section in opened.sections]
        before = opened.text.starts[opened.root.own_end]
        self.status.show_sections(tuple([before] if before else []) + tuple(weights))
        self.footnotes.show_article(opened.text, opened.labels)
        self.side.footnotes.show_notes(_footnote_rows(opened))
        self.finding.show_article(opened)
        self.searching.show_article(opened.id)
        self.bookmarking.show_article(opened)
        self._show_place()

    def _show_place(self) -> None:
        opened = self._reading.article
        self._window.show_state()
        if opened is None or self._reading.at_start_page:
            self.status.clear_place()
            return
        first, last = self._page.first_offset(), self._page.last_offset()
        self.progress.see(first, last)
        section = opened.section_at(first)
        share = self._reading.share()
        left = max(0, opened.body_length - first)
        self.status.show_place(
            section.title or opened.title,
            max(1, opened.paragraph_at(first)) if opened.paragraphs else 0,
            opened.paragraphs,
            share,
            0 if share >= 1 else opened.minutes(left),
        )
        self._show_progress()

    def _show_progress(self) -> None:
        opened = self._reading.article
        if opened is not None:
            section = opened.section_at(self._page.first_offset())
            self.outline.show_progress(section.number if section.number >= 0 else None, self.progress.shares())

    def _keep_folding(self, folded: frozenset[int]) -> None:
        if self._reading.article is not None:
            self._folded[self._reading.article.id] = folded

    def _show_bookmarks(self, rows: object) -> None:
        self.side.annotations.show_bookmarks(rows)  # type: ignore[arg-type]
        self._window.show_state()

    def _list_hits(self, group: ResultGroup | None, total: int) -> None:
        self.side.search.set_results_only(group is not None)
        if group is None:
            self.searching.ask(self.side.search.query())
        else:
            self.side.search.show_results((group,), self.tr("%n place(s)", "", total))

    def _ring_mark(self) -> None:
        mark = self.footnotes.popups[0].mark if self.footnotes.popups else None
        self._page.ring_mark(None if mark is None else mark.offset, "" if mark is None else mark.key)

    def tell(self, error: object) -> None:
        """Say in one sentence what went wrong."""
        self.status.hide_progress()
        sentence = str(error) if isinstance(error, ReaderError) else self.tr("Something went wrong; nothing was lost.")
        self.status.show_message(sentence)

    # -- going -------------------------------------------------------------------------------------

    def _go_to(self, offset: int) -> None:
        self._window.panes.close_drawer()
        self._reading.go_to(offset)

    def _keep_answer(self, answer: SearchAnswer) -> None:
        self._answer = answer

    def _go_to_hit(self, hit: ResultHit) -> None:
        self._window.panes.close_drawer()
        if self.finding.active:
            self.finding.go_to(hit.offset)
            return
        if self._reading.go_to_in(hit.article_id, hit.passage, hit.offset):
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
        self._page.show_hits(tuple(found), current)

    def show_side(self, name: str) -> None:
        """Open the side pane at one of its panels, and go into it."""
        self._window.panes.show_pane("side", True)
        self.side.show_pane(name)
        self.side.focus_pane()

    def show_library(self) -> None:
        """Show the start page."""

    def show_palette(self) -> None:
        """Show every command in one list."""
        self.palette.open(self._entries())

    def show_shortcuts(self) -> None:
        """Show every shortcut."""
        ShortcutsDialog(self._entries(), self._window).open()

    def show_about(self) -> None:
        """Say what this program is."""
        AboutDialog(self._window).open()

    def show_type_panel(self, button: QWidget) -> None:
        """Show what can be chosen of type and theme."""
        appearance = self._window.appearance
        self.type_panel.show_choices(appearance.choice, appearance.typography)
        self.type_panel.toggle(button)

    def show_menu(self, button: QWidget) -> None:
        """Open the menus below a button."""
        corner = QPoint(button.width() - self._menu.sizeHint().width(), button.height() + 2)
        self._menu.popup(button.mapToGlobal(corner))

    def _entries(self) -> tuple[Entry, ...]:
        commands = self.commands
        return tuple(Entry(commands[command.name], menu_title(menu)) for menu in MENUS for command in menu.commands)

    def undo(self) -> None:
        """Take back what was done last."""
        if not self.bookmarking.undo():
            self.status.show_message(self.tr("There is nothing to undo."))

    def show_outline(self) -> None:
        """Open the outline, and go into it."""
        self._window.panes.show_pane("outline", True)
        self.outline.focus_outline()

    def show_search(self, query: str = "") -> None:
        """Open the search of the library, with words to look for where there are any."""
        if self.finding.active:
            self.finding.close()
        self.show_side(SEARCH)
        if query:
            self.side.search.set_query(query, this_reading=False)
            self.searching.ask(self.side.search.query())

    def show_annotations(self) -> None:
        self.show_side(ANNOTATIONS)

    def show_footnotes(self) -> None:
        self.show_side(FOOTNOTES)

    # -- bringing in -------------------------------------------------------------------------------

    def _show_importing(self, name: str, share: float) -> None:
        text = self.tr("Reading “{name}”").format(name=name)
        self.status.show_progress(text, share, self.importing.cancel)

    def _on_added(self, added: Added) -> None:
        entry = self._window.library.shelf.entry(added.article_id)
        self.status.show_message(self.importing.said(added, entry.title))

    def _on_imported(self, last: Added | None, asked: bool) -> None:
        self.status.hide_progress()
        self.searching.refresh()
        if last is not None and (asked or self._reading.article is None):
            self._window.open_article(last.article_id)


def _footnote_rows(opened: OpenedArticle) -> tuple[FootnoteRow, ...]:
    marks = opened.marks()
    texts = {note.key: "\n".join(block.text for block in note.blocks) for note in opened.article.notes}
    shown = [opened.labels[key] for key in opened.keys]
    again = len(set(shown)) < len(shown)  # numbers that begin anew in each chapter: say which one
    rows = []
    for key in opened.keys:
        own, offset = marks.get(key, ()), opened.note_offset(key)
        rows.append(
            FootnoteRow(
                key,
                opened.labels[key],
                texts.get(key, ""),
                tuple(mark.sentence for mark in own),
                tuple(mark.offset for mark in own),
                -1 if offset is None else offset,
                opened.section_at(own[0].offset).title if again and own else "",
            )
        )
    return tuple(rows)
