"""The start page: the articles of the library, and what is done with them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.errors import ReaderError
from reader.paths import resources
from reader.theme import Theme
from reader.ui.isolation import isolated
from reader.ui.shelf.model import Sorting
from reader.ui.shelf.page import LibraryPage
from reader.ui.window import dispatch

if TYPE_CHECKING:
    from reader.ui.window.furnishing import Furnishing
    from reader.ui.window.main_window import MainWindow


class ShelfRoom(QObject):
    """Made when a person goes to the library for the first time."""

    def __init__(self, window: MainWindow, rooms: Furnishing) -> None:
        super().__init__(window)
        self._window = window
        self._rooms = rooms
        self._removed: list[int] = []
        self.page = LibraryPage()
        self.page.set_theme(window.appearance.theme)
        self.page.sort_by(Sorting(window.settings.shelf_sorting))
        window.centre.addWidget(self.page)
        self.page.article_chosen.connect(rooms.open_from_shelf)
        self.page.add_requested.connect(partial(dispatch.choose_files, window))
        self.page.removal_requested.connect(self.remove)
        self.page.search_requested.connect(lambda words: rooms.side_room.show_search(words))
        self.page.edition_requested.connect(self._bring_back_edition)
        self.page.sorting_chosen.connect(self._keep_sorting)

    def set_theme(self, theme: Theme) -> None:
        self.page.set_theme(theme)

    def show(self) -> None:
        """Show the start page as the library is now."""
        self.refresh()
        self._window.centre.setCurrentWidget(self.page)
        self.page.focus_list()

    def refresh(self) -> None:
        """Read the shelf again."""
        try:
            self.page.show_entries(self._window.library.shelf.articles())
        except ReaderError as error:
            self._rooms.tell(error)

    def remove(self, article_id: int) -> None:
        """Take an article off the shelf; it can be brought back."""
        shelf = self._window.library.shelf
        try:
            title = shelf.entry(article_id).title
            shelf.remove(article_id)
        except ReaderError as error:
            self._rooms.tell(error)
            return
        self._removed.append(article_id)
        self._rooms.desk.forget(article_id)
        self.refresh()
        self._rooms.indexing.refresh()
        said = self.tr("“{title}” was removed from the library.").format(title=isolated(title))
        self._rooms.status.show_message(said, self.tr("Undo"), self.undo)

    def undo(self) -> bool:
        """Bring back the article that was removed last; say whether there was one."""
        if not self._removed:
            return False
        try:
            self._window.library.shelf.restore(self._removed[-1])
        except ReaderError as error:
            self._rooms.tell(error)
            return True
        self._removed.pop()
        self.refresh()
        self._rooms.indexing.refresh()
        return True

    def _keep_sorting(self, sorting: Sorting) -> None:
        self._window.change_settings(shelf_sorting=sorting.value)

    def _bring_back_edition(self) -> None:
        """Open the edition that comes with the program; where it was removed, it comes back as it was."""
        self._window.open_files(tuple(sorted((resources() / "articles").glob("*.md"))))
