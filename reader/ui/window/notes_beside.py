"""The choice to have notes beside the text: made when it is first taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.ui.notes.footnotes import Footnotes
    from reader.ui.notes.side_notes import SideNotes
    from reader.ui.page.view import PageView


class NotesBeside(QObject):
    """Connects the notes in the margin of one page with its popups."""

    def __init__(self, page: PageView, footnotes: Footnotes, language: Callable[[], str]) -> None:
        super().__init__(page)
        self._page = page
        self._footnotes = footnotes
        self._language = language
        self.notes: SideNotes | None = None

    def choose(self, on: bool) -> None:
        """Show them or not; told again when the article or the type is another one."""
        if self.notes is None and on:
            self.notes = self._made()
        if self.notes is not None:
            self.notes.choose(on, self._language())

    def _made(self) -> SideNotes:
        from reader.ui.notes.side_notes import SideNotes

        made = SideNotes(self._page)
        made.mark_activated.connect(self._page.mark_activated)
        made.link_activated.connect(self._footnotes.link_activated)
        made.hovered.connect(self._ring)
        self._footnotes.is_beside = made.shows_whole
        return made

    def _ring(self, mark: tuple[int, str] | None) -> None:
        """Ring the mark of the note that the pointer is over."""
        if mark is None:
            self._page.ring_mark(None)
        else:
            self._page.ring_mark(*mark)
