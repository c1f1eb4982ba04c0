"""What each half of the page has of its own beside the page: popups of notes, notes in the margin, finding."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.ui.notes.footnotes import Footnotes
from reader.ui.reading.hyphenating import Hyphenating
from reader.ui.window.notes_beside import NotesBeside

if TYPE_CHECKING:
    from reader.ui.notes.kept import KeptNotes
    from reader.ui.page.ruler import ReadingRuler
    from reader.ui.reading.half import Half
    from reader.ui.reading.opened import OpenedArticle
    from reader.ui.search.finding import Finding
    from reader.ui.window.main_window import MainWindow


class HalfRooms(QObject):
    """Made once for a half, after the first frame."""

    def __init__(self, window: MainWindow, half: Half) -> None:
        super().__init__(window)
        self._window = window
        self.half = half
        page = half.page
        self.footnotes = Footnotes(page, page.pictures, window.panes, lambda: page.styles.ragged)
        self.hyphenating = Hyphenating(page, window.appearance, window.runner, self)
        self.beside = NotesBeside(page, self.footnotes, self._language)
        page.scrolled.connect(self.footnotes.follow_scroll)
        self.footnotes.changed.connect(self._ring_mark)
        self.footnotes.keep_requested.connect(self.keep)

    @cached_property
    def finding(self) -> Finding:
        """Finding in this half."""
        from reader.ui.search.finding import Finding

        made = Finding(self.half.room.find_bar, self.half.page, self._window.runner, self)
        made.begun.connect(self.half.reading.folding.begin_visit)
        made.given_up.connect(self.half.reading.folding.end_visit)
        return made

    @cached_property
    def ruler(self) -> ReadingRuler:
        """The ruler over this half's text."""
        from reader.ui.page.ruler import ReadingRuler

        settings = self._window.settings
        return ReadingRuler(self.half.page, self._window.appearance.theme, settings.ruler, settings.ruler_follows)

    @cached_property
    def kept(self) -> KeptNotes:
        """The notes that are kept open below the text."""
        from reader.ui.notes.kept import KeptNotes

        half = self.half
        made = KeptNotes(half.page.pictures, half.room, half.page.column)
        half.room.add_below(made)
        made.note_activated.connect(made.keep)
        made.link_activated.connect(self.footnotes.link_activated)
        made.emptied.connect(half.page.setFocus)
        opened = half.reading.article
        if opened is not None:
            made.show_article(opened.id, opened.text, half.page.styles.ragged)
        return made

    def keep(self, key: str) -> None:
        """Keep a note open below the text."""
        self.kept.keep(key)

    def keep_open_note(self) -> bool:
        """Keep the note that is open, or the one of the mark that Tab stands on; say whether there is one."""
        popups, focused = self.footnotes.popups, self.half.page.focused_mark
        note = popups[-1].note if popups else None
        key = note.key if note is not None else focused.key if focused is not None else None
        if key is None:
            return False
        self.footnotes.close_all()
        self.keep(key)
        return True

    def has(self, name: str) -> bool:
        """Say whether a part that is made when it is wanted was made already."""
        return name in self.__dict__

    def show_article(self, opened: OpenedArticle) -> None:
        """Take the article that was opened in this half."""
        self.footnotes.show_article(opened.text, opened.labels)
        self.hyphenating.show_language(opened.metadata.language)
        self.beside.choose(self._window.settings.side_notes)
        if self.has("kept"):
            self.kept.show_article(opened.id, opened.text, self.half.page.styles.ragged)
        if self.has("finding"):
            self.finding.show_article(opened)

    def dress(self) -> None:
        """Take the theme, the type and the choices of now."""
        settings = self._window.settings
        self.footnotes.restyle()
        self.footnotes.animated = not settings.reduced_motion
        self.footnotes.hover_enabled = settings.note_popups
        self.beside.choose(settings.side_notes)
        if self.has("kept"):
            self.kept.restyle(self.half.page.styles.ragged)
        if self.has("ruler"):
            self.ruler.set_theme(self._window.appearance.theme)

    def _language(self) -> str:
        opened = self.half.reading.article
        return "" if opened is None else opened.metadata.language

    def _ring_mark(self) -> None:
        mark = self.footnotes.popups[0].mark if self.footnotes.popups else None
        self.half.page.ring_mark(None if mark is None else mark.offset, "" if mark is None else mark.key)
