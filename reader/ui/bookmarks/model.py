"""An article's bookmarks as rows: in reading order by section, the lost ones apart at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import QDate, QLocale, QModelIndex, Qt, QTime

from reader.article.annotation import Bookmark
from reader.ui.widgets.row_model import CHOSEN, READ_ONLY, RowModel, Says


class BookmarkRow(Struct, frozen=True):
    """A bookmark with the words at its place, and the section that it stands in.

    ``offset`` is canonical, and without meaning where the bookmark is lost.
    """

    bookmark: Bookmark
    excerpt: str
    section: str
    offset: int


class BookmarkChange(Struct, frozen=True):
    """What a person wrote to a bookmark: both texts as they are to be."""

    id: str
    label: str
    remark: str


class BookmarkKind(IntEnum):
    """What a row is."""

    SECTION = 0
    BOOKMARK = 1
    LOST = 2
    """The sentence above bookmarks whose place this version of the text no longer has."""


class BookmarkRole(IntEnum):
    """What a row says beside its text, which is its DisplayRole."""

    KIND = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2
    COUNT = Qt.ItemDataRole.UserRole + 3
    WHEN = Qt.ItemDataRole.UserRole + 4


class _Row(Struct, frozen=True):
    kind: BookmarkKind
    text: str
    row: BookmarkRow | None = None
    count: int = 0

    @property
    def identity(self) -> tuple[BookmarkKind, str]:
        return self.kind, self.row.bookmark.id if self.row is not None else self.text


class AnnotationModel(RowModel[_Row]):
    """Bookmarks by section. Rows that only change their texts keep their places in the view."""

    def show_bookmarks(self, rows: tuple[BookmarkRow, ...]) -> None:
        new = tuple(self._lines(rows))
        if [row.identity for row in new] == [row.identity for row in self._rows]:
            old, self._rows = self._rows, new
            for number, (one, other) in enumerate(zip(old, new, strict=True)):
                if one != other:
                    index = self.index(number, 0)
                    self.dataChanged.emit(index, index)
            return
        self._reset(new)

    def row_of(self, bookmark_id: str) -> QModelIndex:
        """Return a bookmark's row; an invalid index where there is none."""
        return self._index_where(lambda row: row.row is not None and row.row.bookmark.id == bookmark_id)

    def _lines(self, rows: tuple[BookmarkRow, ...]) -> Iterator[_Row]:
        found = [row for row in rows if not row.bookmark.lost]
        lost = [row for row in rows if row.bookmark.lost]
        counts: dict[str, int] = {}
        for row in found:
            counts[row.section] = counts.get(row.section, 0) + 1
        section = ""
        for row in found:
            if row.section != section:
                section = row.section
                yield _Row(BookmarkKind.SECTION, section, count=counts[section])
            yield _Row(BookmarkKind.BOOKMARK, _text(row), row)
        if lost:
            told = self.tr("These places are no longer in the text as it is now. Your words are kept.")
            yield _Row(BookmarkKind.LOST, told, count=len(lost))
        for row in lost:
            yield _Row(BookmarkKind.BOOKMARK, _text(row), row)

    # -- what a row says ---------------------------------------------------------------------------

    def _flags(self, row: _Row) -> Qt.ItemFlag:
        return READ_ONLY if row.row is None else CHOSEN | Qt.ItemFlag.ItemIsEditable

    def _says(self) -> Says[_Row]:
        return {
            Qt.ItemDataRole.DisplayRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleTextRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleDescriptionRole: self._described,
            BookmarkRole.KIND: lambda row: row.kind,
            BookmarkRole.ROW: lambda row: row.row,
            BookmarkRole.COUNT: lambda row: row.count,
            BookmarkRole.WHEN: self._when,
        }

    def _described(self, row: _Row) -> str:
        if row.row is None:
            return self.tr("%n bookmark(s)", "", row.count)
        lost = self.tr("No longer in the text") if row.row.bookmark.lost else ""
        words = row.row.excerpt if row.row.bookmark.label else ""
        parts = (lost, words, row.row.bookmark.remark, row.row.section, self._when(row))
        return ", ".join([part for part in parts if part])

    def _when(self, row: _Row) -> str:
        if row.row is None:
            return ""
        return self.when(row.row.bookmark.created.astimezone(), date.today())

    def when(self, moment: datetime, today: date) -> str:
        """Return a moment (local) as one says it on a day: with the hour on that day only."""
        locale = QLocale()
        if moment.date() == today:
            hour = locale.toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)
            return self.tr("today, {hour}").format(hour=hour)
        if moment.date() == today - timedelta(days=1):
            return self.tr("yesterday")
        day = QDate(moment.year, moment.month, moment.day)
        return locale.toString(day, "d MMM" if moment.year == today.year else "d MMM yyyy")


def _text(row: BookmarkRow) -> str:
    return row.bookmark.label or row.excerpt or row.bookmark.remark
