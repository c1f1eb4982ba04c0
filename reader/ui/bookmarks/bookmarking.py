"""Bookmarks of the article that is open: set, shown, changed, removed and brought back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from reader.article.annotation import Bookmark, excerpt
from reader.article.locator import locator
from reader.errors import ReaderError
from reader.library import Library, NoSuchBookmarkError
from reader.ui.bookmarks.model import BookmarkChange, BookmarkRow
from reader.ui.bookmarks.steps import Step, Steps
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
        self._steps = Steps()

    @property
    def rows(self) -> tuple[BookmarkRow, ...]:
        return self._rows

    @property
    def ranges(self) -> tuple[tuple[int, int], ...]:
        """The canonical ranges of the bookmarks that were found in the text."""
        found = (row.bookmark for row in self._rows if not row.bookmark.lost)
        return tuple((bookmark.target.start, bookmark.target.end) for bookmark in found)

    def take_page(self, page: PageView) -> None:
        """Work on another page from now on: the half that is read now."""
        self._page = page

    def show_article(self, opened: OpenedArticle) -> None:
        if self._opened is None or self._opened.id != opened.id:
            self._steps.clear()
        self._opened = opened
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
        self._take_down(Step(None, bookmark), self.tr("Bookmark set."))

    def change(self, change: BookmarkChange) -> None:
        """Write a label or remark. Until ``end_writing``, all that is written to one bookmark is undone at once."""
        before = next((row.bookmark for row in self._rows if row.bookmark.id == change.id), None)
        try:
            after = self._library.bookmarks.change(change.id, label=change.label, remark=change.remark)
        except ReaderError as error:
            self.failed.emit(error)
        else:
            if before is not None:
                self._steps.write(before, after)
        self._refresh()

    def end_writing(self) -> None:
        """Begin another step with what is written next."""
        self._steps.end_writing()

    def remove(self, bookmark_id: str) -> None:
        """Take a bookmark away; it can be brought back."""
        try:
            removed = self._library.bookmarks.remove(bookmark_id)
        except ReaderError as error:
            self.failed.emit(error)
            return
        self._take_down(Step(removed, None), self.tr("Bookmark removed."))

    # -- undoing -----------------------------------------------------------------------------------

    def undo(self) -> bool:
        """Take back what was done last in this article; say whether there was anything."""
        step = self._steps.to_undo
        if step is None:
            return False
        if self._put(step, step.before):
            self._steps.undone()
            self._refresh()
            self.said.emit(self._told_undone(step), self.tr("Redo"), self.redo)
        return True

    def redo(self) -> bool:
        """Do again what was undone last; say whether there was anything."""
        step = self._steps.to_redo
        if step is None:
            return False
        if self._put(step, step.after):
            self._steps.redone()
            self._refresh()
            self.said.emit(self._told_redone(step), self.tr("Undo"), self.undo)
        return True

    def _undo_down_to(self, step: Step) -> None:
        """Take back a step, and first what was done after it."""
        for _ in range(self._steps.steps_from(step)):
            self.undo()

    def _take_down(self, step: Step, told: str) -> None:
        self._steps.add(step)
        self._refresh()
        self.said.emit(told, self.tr("Undo"), partial(self._undo_down_to, step))

    def _put(self, step: Step, wanted: Bookmark | None) -> bool:
        """Let a bookmark be as it is wanted: away, back, or with other words; say whether that could be done."""
        bookmarks = self._library.bookmarks
        try:
            if wanted is None:
                bookmarks.remove(step.bookmark_id)
            elif step.before is None or step.after is None:
                bookmarks.restore(wanted)
            else:
                bookmarks.change(wanted.id, label=wanted.label, remark=wanted.remark)
        except NoSuchBookmarkError as error:
            self._steps.drop(step)
            self._refresh()
            self.failed.emit(error)
            return False
        except ReaderError as error:
            self.failed.emit(error)
            return False
        return True

    def _told_undone(self, step: Step) -> str:
        if step.before is None:
            return self.tr("Undone: the bookmark is not set any more.")
        if step.after is None:
            return self.tr("Undone: the removed bookmark is back.")
        return self.tr("Undone: the bookmark has its former words.")

    def _told_redone(self, step: Step) -> str:
        if step.before is None:
            return self.tr("Done again: the bookmark is set.")
        if step.after is None:
            return self.tr("Done again: the bookmark is removed.")
        return self.tr("Done again: the bookmark has its new words.")

    # -- showing -----------------------------------------------------------------------------------

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
        self._page.show_bookmarks(self.ranges)
        self.rows_changed.emit(self._rows)

    def _row(self, opened: OpenedArticle, bookmark: Bookmark) -> BookmarkRow:
        target = bookmark.target
        if bookmark.lost:
            words = target.exact or (target.prefix + target.suffix).strip()
            return BookmarkRow(bookmark, words, "", target.start)
        section = opened.section_at(target.start).title or opened.title
        return BookmarkRow(bookmark, excerpt(opened.text, target.start, target.end), section, target.start)
