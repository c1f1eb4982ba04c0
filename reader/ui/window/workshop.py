"""Where texts are mended, as a part of the window: what leads in and out, and what it does to the reading."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.errors import ReaderError
from reader.library import Outcome
from reader.mending.errors import TooLongToMendError
from reader.ui.isolation import isolated
from reader.ui.mending.mending import Mending
from reader.ui.window import dispatch

if TYPE_CHECKING:
    from reader.library import Added
    from reader.ui.window.furnishing import Furnishing
    from reader.ui.window.main_window import MainWindow


class Workshop(QObject):
    """Made when a person mends a text for the first time."""

    def __init__(self, window: MainWindow, rooms: Furnishing) -> None:
        super().__init__(window)
        self._window = window
        self._rooms = rooms
        appearance = window.appearance
        self.mending = Mending(window.library, window.runner, appearance.theme, appearance.typography, window)
        window.centre.addWidget(self.mending.room)
        window.centre.currentChanged.connect(self._on_turned)
        self.mending.opened.connect(self._show)
        self.mending.saved.connect(self._on_saved)
        self.mending.closed.connect(self._close)
        self.mending.said.connect(rooms.status.show_message)
        self.mending.failed.connect(self._tell)

    @property
    def is_shown(self) -> bool:
        return self._window.centre.currentWidget() is self.mending.room

    def dress(self) -> None:
        """Take the theme and the type of now."""
        appearance = self._window.appearance
        self.mending.room.set_look(appearance.theme, appearance.typography)

    def keep(self) -> None:
        """Put what is not saved on the disk."""
        self.mending.keep()

    def undo(self) -> None:
        self.mending.room.editor.undo()

    def redo(self) -> None:
        self.mending.room.editor.redo()

    # -- in and out --------------------------------------------------------------------------------

    def edit(self) -> None:
        """Mend the text that is read, at the place that is read."""
        reading = self._window.reading
        opened = reading.article
        if opened is not None and not reading.at_start_page:
            reading.save()
            self.mending.open(opened.id, self._window.page.first_offset())

    def _show(self, title: str) -> None:
        window = self._window
        if window.reading.at_start_page:
            return  # the person went elsewhere meanwhile
        for half in self._rooms.desk.halves:
            half.footnotes.close_all(give_focus=False)
        window.panes.close_drawer()
        window.centre.setCurrentWidget(self.mending.room)
        window.panes.set_reading(False)
        window.commands.set_article_open(False)
        words = self.tr("Mending: {title}").format(title=isolated(title))
        self._rooms.tool_bar.show_title(words)
        window.setWindowTitle(self.tr("{title} – Study Reader").format(title=words))
        self._rooms.status.clear_place()
        self.mending.room.editor.setFocus()

    def _close(self) -> None:
        if self.is_shown:
            self._window.show_reading()

    def _on_turned(self) -> None:
        """Something else came in front, or this room did."""
        if not self.is_shown:
            self.mending.keep()

    def _on_saved(self, article_id: int) -> None:
        """Let the reading behind the room show the newer text, and stay here."""
        shown = self.is_shown
        title = self._reload(article_id)
        if shown:
            self._show(title)

    def _reload(self, article_id: int) -> str:
        """Show the newest text of an article wherever it is read; return its title."""
        self._rooms.desk.reload(article_id)
        self._rooms.indexing.refresh()
        try:
            return self._window.library.shelf.entry(article_id).title
        except ReaderError:
            return ""

    def _tell(self, error: object) -> None:
        """Say what went wrong; of a text that is too long, with the way that there is."""
        if isinstance(error, TooLongToMendError) and not self.is_shown:
            export = partial(dispatch.export, self._window)
            self._rooms.status.show_message(str(error), self.tr("Save as Markdown…"), export)
        else:
            self._rooms.tell(error)

    # -- versions ----------------------------------------------------------------------------------

    def show_versions(self) -> None:
        """Show all that the text was, and go back to what a person chooses."""
        window, opened = self._window, self._window.reading.article
        if opened is None or window.reading.at_start_page:
            return
        from reader.ui.mending.versions import VersionsDialog

        window.save_places()
        dialog = VersionsDialog(window.library, window.runner, opened.id, window.appearance.theme, window)
        dialog.chosen.connect(partial(self._go_back_to, opened.id))
        dialog.open()

    # -- the original ------------------------------------------------------------------------------

    def start_again(self) -> None:
        """Read the file that the text came from once more; one can go back to what was there."""
        reading, library = self._window.reading, self._window.library
        opened = reading.article
        if opened is None or reading.at_start_page:
            return
        reading.save()
        article_id, revision = opened.id, library.shelf.entry(opened.id).revision
        self._window.runner.start(
            lambda step: library.original_again(article_id, step),
            done=partial(self._on_started_again, revision),
            failed=self._rooms.tell,
        )

    def _on_started_again(self, revision: int, added: Added) -> None:
        if added.outcome is Outcome.KNOWN:
            self._rooms.status.show_message(self.tr("The text is just as its file has it."))
            return
        self._reload(added.article_id)
        said = self.tr("The text is as its file has it again.")
        self._rooms.status.show_message(said, self.tr("Undo"), partial(self._go_back_to, added.article_id, revision))

    def _go_back_to(self, article_id: int, revision: int) -> None:
        library = self._window.library
        self._window.runner.start(
            lambda step: library.back_to(article_id, revision),
            done=self._on_back,
            failed=self._rooms.tell,
        )

    def _on_back(self, added: Added) -> None:
        self._reload(added.article_id)
        self._rooms.status.show_message(self.tr("The text is as it was; what it was until now is kept, too."))
