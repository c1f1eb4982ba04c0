"""What the window gets after its first frame, and how it is connected.

What a person opens only now and then (the side pane, the cards, the start page) is made when it is
first opened: see ``side_room``, ``overlays`` and ``shelf_room``.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reader.errors import ReaderError
from reader.library import Added, Outcome
from reader.ui.bookmarks.bookmarking import Bookmarking
from reader.ui.look import fonts
from reader.ui.outline.panel import OutlinePanel
from reader.ui.reading.opened import OpenedArticle
from reader.ui.reading.progress import ReadingProgress
from reader.ui.reading.type_choices import TypeChoices
from reader.ui.search.indexing import Indexing
from reader.ui.shelf.importing import Importing
from reader.ui.widgets.focus_ring import FocusRing
from reader.ui.window.actions import HAS_MENU_BAR, Actions
from reader.ui.window.desk import Desk
from reader.ui.window.indexing_shown import show_indexing
from reader.ui.window.status_line import StatusLine
from reader.ui.window.tool_bar import ToolBar

if TYPE_CHECKING:
    from reader.bulk import Report
    from reader.ui.health.room import HealthRoom
    from reader.ui.notes.footnotes import Footnotes
    from reader.ui.page.anchored import MarkHit
    from reader.ui.page.ruler import ReadingRuler
    from reader.ui.page.view import PageView
    from reader.ui.reading.hyphenating import Hyphenating
    from reader.ui.reading.reading import Reading
    from reader.ui.shelf.room import ShelfRoom
    from reader.ui.shelf.watching import FolderWatch
    from reader.ui.window.half_rooms import HalfRooms
    from reader.ui.window.main_window import MainWindow
    from reader.ui.window.overlays import Overlays
    from reader.ui.window.side_room import SideRoom
    from reader.ui.window.workshop import Workshop

BEHIND_MS = 1500
"""How long after the first frame the work behind begins, where there is something to read already."""


class Furnishing(QObject):
    """The bars, the outline and the notes, and what drives them. Parts do not know each other: they meet here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.commands = Actions(window)
        self.tool_bar = ToolBar(self.commands, window)
        self.outline = OutlinePanel()
        self.status = StatusLine(window)
        window.panes.outline.fill(self.outline)
        self.bookmarking = Bookmarking(window.library, window.page, self)
        self.importing = Importing(window.library, window.runner, self)
        self.indexing = Indexing(window.library, window.runner, self)
        self.desk = Desk(window)
        self.progress = ReadingProgress(self)
        self.ring = FocusRing(window)
        self.type_choices = TypeChoices(
            window.library, window.appearance, window.runner, self._reading_id, window.change_settings, self
        )
        self._connect()
        self.dress()
        if HAS_MENU_BAR:
            self.commands.fill(window.menuBar())

    # -- what is made when it is first wanted ------------------------------------------------------

    @cached_property
    def side_room(self) -> SideRoom:
        """The side pane, and finding and searching, whose results it shows."""
        from reader.ui.window.side_room import SideRoom

        return SideRoom(self._window, self)

    @cached_property
    def overlays(self) -> Overlays:
        """The cards and dialogs over the window."""
        from reader.ui.window.overlays import Overlays

        return Overlays(self._window, self.commands)

    @cached_property
    def shelf_room(self) -> ShelfRoom:
        """The start page."""
        from reader.ui.shelf.room import ShelfRoom

        return ShelfRoom(self._window, self)

    @cached_property
    def folder_watch(self) -> FolderWatch:
        """What lets the texts of watched folders come in."""
        from reader.ui.shelf.watching import watch

        return watch(self._window, self)

    @cached_property
    def health(self) -> HealthRoom:
        """What keeps the library from being lost."""
        from reader.ui.health.room import HealthRoom

        return HealthRoom(self._window, self)

    @cached_property
    def workshop(self) -> Workshop:
        """Where texts are mended."""
        from reader.ui.window.workshop import Workshop

        return Workshop(self._window, self)

    @property
    def ruler(self) -> ReadingRuler:
        """The ruler over the text of the half that is read."""
        return self.desk.active.ruler

    @property
    def footnotes(self) -> Footnotes:
        """The notes that are open over the half that is read."""
        return self.desk.active.footnotes

    @property
    def hyphenating(self) -> Hyphenating:
        return self.desk.active.hyphenating

    @property
    def _reading(self) -> Reading:
        return self._window.reading

    @property
    def _page(self) -> PageView:
        return self._window.page

    def _reading_id(self) -> int | None:
        """Return the reading that a choice can be for; None at the start page."""
        article = self._reading.article
        return None if article is None or self._reading.at_start_page else article.id

    def has(self, name: str) -> bool:
        """Say whether one of them was made already."""
        return name in self.__dict__

    # -- connecting --------------------------------------------------------------------------------

    def _connect(self) -> None:
        window, panes = self._window, self._window.panes
        window.appearance.changed.connect(self._on_appearance_changed)
        self.tool_bar.type_requested.connect(lambda button: self.overlays.show_type_panel(button))
        self.tool_bar.menu_requested.connect(lambda button: self.overlays.show_menu(button))
        panes.shown_changed.connect(self._on_panes_changed)
        self._connect_half(self.desk.active)
        self.desk.added.connect(self._connect_half)
        self.desk.added.connect(self._show_ruler)
        self.desk.activated.connect(self._show_active)
        self.progress.changed.connect(self._show_progress)
        self.outline.target_chosen.connect(self.go_to)
        self.outline.folding_changed.connect(lambda numbers: self._reading.folds.fold_only(numbers))
        self.outline.hide_requested.connect(lambda: panes.show_pane("outline", False))
        self.bookmarking.rows_changed.connect(lambda _: window.show_state())
        self.bookmarking.rows_changed.connect(lambda _: self._show_bookmarks_there())
        self.bookmarking.said.connect(self.status.show_message)
        self.bookmarking.failed.connect(self.tell)
        self.type_choices.failed.connect(self.tell)
        self.importing.added.connect(self._on_added)
        self.importing.gathered.connect(self._on_gathered)
        self.importing.finished.connect(self._on_imported)
        self.importing.failed.connect(self.tell)
        self.importing.progressed.connect(self._show_importing)
        show_indexing(self.indexing, self.importing, self.status)

    def _connect_half(self, rooms: HalfRooms) -> None:
        """Connect what belongs to one half. Whatever is opened in it, it is the one that is read."""
        window, reading, page = self._window, rooms.half.reading, rooms.half.page
        reading.opened.connect(self._open_article)
        reading.moved.connect(self._show_place)
        reading.failed.connect(self.tell)
        reading.start_page_requested.connect(window.show_start_page)
        reading.start_page_requested.connect(self.type_choices.leave_reading)
        reading.folds.changed.connect(self._show_folds)
        page.link_activated.connect(window.follow_link)
        page.place_requested.connect(reading.go_to)
        rooms.footnotes.note_requested.connect(self.go_to_note)
        rooms.footnotes.link_activated.connect(window.follow_link)
        rooms.dress()

    def _show_ruler(self, rooms: HalfRooms) -> None:
        if self._window.settings.ruler != "none":
            rooms.ruler.show()

    def _show_bookmarks_there(self) -> None:
        """Show the bookmarks in the other half, too, where that is the same article."""
        other, opened = self.desk.other, self._reading.article
        beside = None if other is None else other.half.reading.article
        if other is not None and opened is not None and beside is not None and beside.id == opened.id:
            other.half.page.show_bookmarks(self.bookmarking.ranges)

    def begin(self) -> None:
        """Show what is open already, and start what goes on behind: the shipped edition, the index."""
        self.commands.set_article_open(self._reading.article is not None)
        if self._reading.article is not None:
            self._open_article(self._reading.article)
        self._show_place()
        self._on_panes_changed()
        if self._window.settings.split_article and self._reading.article is not None:
            self.desk.restore(self._window.settings.split_article)
        self._show_ruler(self.desk.active)
        QTimer.singleShot(BEHIND_MS // 3, fonts.load_rest)
        QTimer.singleShot(10 * BEHIND_MS, self, lambda: self.health.look_after())
        QTimer.singleShot(2 * BEHIND_MS, self, lambda: self.folder_watch.look())
        if self._reading.article is None:
            self.importing.add_bundled()
        else:
            QTimer.singleShot(BEHIND_MS, self, self.importing.add_bundled)

    def _on_appearance_changed(self) -> None:
        self._window.dress()
        self.dress()

    def _on_panes_changed(self) -> None:
        if self._window.panes.shown("side"):
            self.side_room.fill()

    # -- showing -----------------------------------------------------------------------------------

    def dress(self) -> None:
        """Give everything the theme of now."""
        theme = self._window.appearance.theme
        for part in (self.outline, self.status, self.tool_bar, self.ring):
            part.set_theme(theme)
        if self.has("side_room"):
            self.side_room.set_theme(theme)
        if self.has("overlays"):
            self.overlays.set_theme(theme)
        if self.has("shelf_room"):
            self.shelf_room.set_theme(theme)
        if self.has("workshop"):
            self.workshop.dress()
        self.desk.dress()

    def _open_article(self, opened: OpenedArticle) -> None:
        """Show what was opened in the half that is read."""
        self.desk.active.show_article(opened)
        self._window.show_reading()
        self._show_article(opened)

    def _show_active(self) -> None:
        """Show what belongs to the half that is read now."""
        self.bookmarking.take_page(self._page)
        opened = self._reading.article
        if opened is not None:
            self._window.show_title(opened.title)
            self._show_article(opened)

    def _show_article(self, opened: OpenedArticle) -> None:
        """Show what stands around the page: outline, status, bookmarks."""
        self.desk.refresh()
        position = self._window.library.reading.position(opened.id)
        self.progress.show_article(opened, position.share if position is not None else 0.0)
        minutes = tuple(opened.minutes(opened.own_length(section)) for section in opened.sections)
        offsets = tuple(opened.text.offset(section.first) for section in opened.sections)
        self.outline.show_outline(opened.root, minutes, offsets)
        self._show_folds()
        weights = [opened.own_length(section) for section in opened.sections]
        before = opened.text.starts[opened.root.own_end]
        self.status.show_sections(tuple([before] if before else []) + tuple(weights))
        self.bookmarking.show_article(opened)
        if self.has("side_room"):
            self.side_room.show_article(opened)
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

    def _show_folds(self) -> None:
        self.outline.set_folded(self._reading.folds.folded)
        self.progress.hidden = self._reading.folds.hidden_ranges()

    def tell(self, error: object) -> None:
        """Say in one sentence what went wrong."""
        self.status.hide_progress()
        sentence = str(error) if isinstance(error, ReaderError) else self.tr("Something went wrong; nothing was lost.")
        self.status.show_message(sentence)

    # -- going and undoing -------------------------------------------------------------------------

    def go_to(self, offset: int) -> None:
        """Jump to a place in the open article, out of whatever lies over it; with Ctrl held, in the other half."""
        self._window.panes.close_drawer()
        self.desk.here_or_there(lambda: self._reading.go_to(offset))

    def open_from_shelf(self, article_id: int) -> None:
        """Open what was chosen on the shelf; with Ctrl held, in the other half."""
        if self._reading.article is not None and self.desk.wants_other:
            self._reading.back()  # to the text: the shelf stood over both halves
            self.desk.in_other(lambda: self._window.open_article(article_id))
        else:
            self._window.open_article(article_id)

    def go_to_note(self, key: str, mark: MarkHit | None = None) -> None:
        """Jump to a note; with Ctrl held, in the other half, so that it stands beside its mark."""
        self.desk.here_or_there(lambda: self._reading.go_to_note(key, mark))

    def show_outline(self) -> None:
        """Open the outline, and go into it."""
        self._window.panes.show_pane("outline", True)
        self.outline.focus_outline()

    def undo(self) -> None:
        """Take back what was done last: on the start page there, else to the bookmarks of the reading."""
        if self.has("workshop") and self.workshop.is_shown:
            self.workshop.undo()
            return
        at_shelf = self._reading.at_start_page
        if not (self.has("shelf_room") and self.shelf_room.undo() if at_shelf else self.bookmarking.undo()):
            self.status.show_message(self.tr("There is nothing to undo."))

    def redo(self) -> None:
        """Do again what was undone last: on the start page there, else to the bookmarks of the reading."""
        if self.has("workshop") and self.workshop.is_shown:
            self.workshop.redo()
            return
        at_shelf = self._reading.at_start_page
        if not (self.has("shelf_room") and self.shelf_room.redo() if at_shelf else self.bookmarking.redo()):
            self.status.show_message(self.tr("There is nothing to redo."))

    # -- bringing in -------------------------------------------------------------------------------

    def _show_importing(self, text: str, share: float) -> None:
        self.status.show_progress(text, share, self.importing.cancel)

    def _on_added(self, added: Added) -> None:
        if added.outcome is Outcome.REVISED:
            self.desk.reload(added.article_id)
        entry = self._window.library.shelf.entry(added.article_id)
        said = self.importing.said(added, entry.title)
        if added.outcome is Outcome.NEW and entry.title == self.importing.untitled:
            self.status.show_message(said, self.tr("Give it a title…"), lambda: self.workshop.edit())
        else:
            self.status.show_message(said)

    def _on_gathered(self, report: Report) -> None:
        said = " ".join(report.sentences())
        if report.failed:
            from reader.ui.shelf.import_report import show_failures

            show = partial(show_failures, report.failed, self._window)
            self.status.show_message(said, self.tr("Show which…"), show, stays=True)
        else:
            self.status.show_message(said)
        if report.outcomes[Outcome.REVISED]:
            for opened in [each.half.reading.article for each in self.desk.halves]:
                if opened is not None:
                    self.desk.reload(opened.id)

    def _on_imported(self, last: Added | None, asked: bool) -> None:
        self.status.hide_progress()
        self.indexing.refresh(trusting=True)
        if self.has("shelf_room"):
            self.shelf_room.refresh()
        reading = self._reading
        if last is not None and not asked and last.outcome is Outcome.REVISED:
            self.desk.reload(last.article_id)
        if last is not None and asked and reading.shows(last.article_id):
            self._window.show_reading()
        elif last is not None and (asked or reading.trail.empty):
            self._window.open_article(last.article_id)
        elif reading.article is None and reading.trail.empty:
            reading.go_to_start_page()
