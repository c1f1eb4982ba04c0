"""Bookmarks of the article that is open: set, shown, changed, removed and brought back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from reader.article.annotation import Bookmark, excerpt
from reader.article.locator import locator
from reader.errors import ReaderError
from reader.library import Library
from reader.ui.bookmarks.model import BookmarkChange, BookmarkRow
from reader.ui.page.view import PageView
from reader.ui.reading.opened import OpenedArticle


class Bookmarking(QObject):
    """Writes at once: what the page shows as bookmarked is on the disk."""

    rows_changed = Signal(object)
    """The bookmarks as a tuple of ``BookmarkRow``."""
    said = Signal(str, str, object)
    """A message, the words of a button that undoes it, and what the button does."""
    failed = Signal(object)

    def __init__(self, library: Library, page: PageView, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._page = page
        self._opened: OpenedArticle | None = None
        self._rows: tuple[BookmarkRow, ...] = ()
        self._removed: list[Bookmark] = []

    @property
    def rows(self) -> tuple[BookmarkRow, ...]:
        return self._rows

    def show_article(self, opened: OpenedArticle) -> None:
        self._opened = opened
        self._removed.clear()
        self._refresh()

    def at_place(self) -> BookmarkRow | None:
        """Return the bookmark of the selection, or of the passage at the reader's eye."""
        if self._opened is None or not self._opened.text.passages:
            return None
        start, end = self._target()
        passage = self._opened.text.place(start).passage
        for row in self._rows:
            if row.bookmark.lost:
                continue
            target = row.bookmark.target
            if (target.start, target.end) == (start, end):
                return row
            if start == end and target.start == target.end and self._opened.text.place(target.start).passage == passage:
                return row
        return None

    def toggle(self) -> None:
        """Mark the selection, or else the passage at the reader's eye; a second time takes it away."""
        opened = self._opened
        if opened is None or not opened.text.passages:
            return
        there = self.at_place()
        if there is not None:
            self.remove(there.bookmark.id)
            return
        target = locator(opened.text, *self._target())
        try:
            bookmark = self._library.bookmarks.add(opened.id, target)
        except ReaderError as error:
            self.failed.emit(error)
            return
        self._refresh()
        self.said.emit(self.tr("Bookmark set."), self.tr("Undo"), partial(self.remove, bookmark.id))

    def change(self, change: BookmarkChange) -> None:
        """Write a label or remark."""
        try:
            self._library.bookmarks.change(change.id, label=change.label, remark=change.remark)
        except ReaderError as error:
            self.failed.emit(error)
        self._refresh()

    def remove(self, bookmark_id: str) -> None:
        """Take a bookmark away; it can be brought back."""
        try:
            removed = self._library.bookmarks.remove(bookmark_id)
        except ReaderError as error:
            self.failed.emit(error)
            return
        self._removed.append(removed)
        self._refresh()
        self.said.emit(self.tr("Bookmark removed."), self.tr("Undo"), self.undo)

    def undo(self) -> bool:
        """Bring back the bookmark that was removed last; say whether there was one."""
        if not self._removed:
            return False
        try:
            self._library.bookmarks.restore(self._removed[-1])
        except ReaderError as error:
            self.failed.emit(error)
            return True
        self._removed.pop()
        self._refresh()
        return True

    def _target(self) -> tuple[int, int]:
        """Return the selection, or the beginning of the passage at the reader's eye as a point."""
        opened = self._opened
        if opened is None:
            return 0, 0
        selected = self._page.selected_range()
        if selected is not None:
            return selected
        passage = opened.text.place(self._page.first_offset()).passage
        start = opened.text.offset(passage)
        return start, start

    def _refresh(self) -> None:
        opened = self._opened
        if opened is None:
            return
        try:
            bookmarks = self._library.bookmarks.of(opened.id)
        except ReaderError as error:
            self.failed.emit(error)
            return
        self._rows = tuple(self._row(opened, bookmark) for bookmark in bookmarks)
        self._page.show_bookmarks(tuple((b.target.start, b.target.end) for b in bookmarks if not b.lost))
        self.rows_changed.emit(self._rows)

    def _row(self, opened: OpenedArticle, bookmark: Bookmark) -> BookmarkRow:
        target = bookmark.target
        if bookmark.lost:
            words = target.exact or (target.prefix + target.suffix).strip()
            return BookmarkRow(bookmark, words, "", target.start)
        section = opened.section_at(target.start).title or opened.title
        return BookmarkRow(bookmark, excerpt(opened.text, target.start, target.end), section, target.start)
