"""The readings of the library as rows: sorted, and filtered by title and authors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum, IntEnum
from functools import cached_property

from PySide6.QtCore import QCollator, QLocale, QModelIndex, QObject, Qt

from reader.library import ShelfEntry
from reader.ui.shelf.phrases import ShelfPhrases
from reader.ui.shelf.titles import filing_title
from reader.ui.widgets.filtering import folded, words_of
from reader.ui.widgets.row_model import RowModel, Says


class Sorting(Enum):
    """What the rows are sorted by."""

    OPENED = "opened"
    """The last read first, then what was added last."""
    TITLE = "title"
    AUTHOR = "author"
    """By the last name of the first author; those that name none are last."""
    ADDED = "added"


class LibraryRole(IntEnum):
    """What a row says beside its title, which is its DisplayRole."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    MAKER = Qt.ItemDataRole.UserRole + 2
    """Authors and date in one line."""
    FORMAT = Qt.ItemDataRole.UserRole + 3
    PROGRESS = Qt.ItemDataRole.UserRole + 4
    WHEN = Qt.ItemDataRole.UserRole + 5
    PERCENT = Qt.ItemDataRole.UserRole + 6
    LEFT = Qt.ItemDataRole.UserRole + 7
    BOOKMARKS = Qt.ItemDataRole.UserRole + 8


class LibraryModel(RowModel[ShelfEntry]):
    """A picture of the shelf. ``today`` tells the day, for “Today” and “Yesterday”."""

    def __init__(self, today: Callable[[], date] = date.today, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._phrases = ShelfPhrases(self)
        self._all: tuple[ShelfEntry, ...] = ()
        self._sorted: tuple[ShelfEntry, ...] = ()
        self._heaps: dict[int, str] = {}
        self._sorting = Sorting.OPENED
        self._words: tuple[str, ...] = ()

    @property
    def sorting(self) -> Sorting:
        return self._sorting

    @property
    def filtered(self) -> bool:
        return bool(self._words)

    @property
    def total(self) -> int:
        """How many readings there are, shown or not."""
        return len(self._all)

    def show_entries(self, entries: tuple[ShelfEntry, ...]) -> None:
        """Show the shelf, given with the last read first."""
        if entries == self._all:
            return
        self._all = entries
        self._heaps = {}
        self._sorted = self._in_order()
        self._show(self._matching())

    def sort_by(self, sorting: Sorting) -> None:
        if sorting != self._sorting:
            self._sorting = sorting
            self._sorted = self._in_order()
            self._show(self._matching())

    def filter(self, query: str) -> None:
        """Show only the readings that have every word of ``query`` in title or authors; all for none."""
        words = words_of(query)
        if words != self._words:
            self._words = words
            self._show(self._matching())

    def row_of(self, article_id: int) -> QModelIndex:
        """Return an article's row; an invalid index where it is not shown."""
        return self._index_where(lambda entry: entry.id == article_id)

    # -- order and choice --------------------------------------------------------------------------

    def _show(self, rows: tuple[ShelfEntry, ...]) -> None:
        if [entry.id for entry in rows] == [entry.id for entry in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self._reset(rows)

    def _matching(self) -> tuple[ShelfEntry, ...]:
        if not self._words:
            return self._sorted
        return tuple(entry for entry in self._sorted if all(word in self._heap(entry) for word in self._words))

    def _heap(self, entry: ShelfEntry) -> str:
        found = self._heaps.get(entry.id)
        if found is None:
            found = self._heaps[entry.id] = folded("\n".join((entry.title, *entry.authors)))
        return found

    @cached_property
    def _collator(self) -> QCollator:
        made = QCollator(QLocale())
        made.setNumericMode(True)
        made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setIgnorePunctuation(True)
        return made

    def _in_order(self) -> tuple[ShelfEntry, ...]:
        match self._sorting:
            case Sorting.OPENED:
                return self._all
            case Sorting.ADDED:
                return tuple(sorted(self._all, key=lambda entry: entry.added, reverse=True))
            case Sorting.TITLE:
                return self._collated([(filing_title(entry.title, entry.language), entry) for entry in self._all])
            case Sorting.AUTHOR:
                named = [(filing_name(entry.authors[0]), entry) for entry in self._all if entry.authors]
                return self._collated(named) + tuple(entry for entry in self._all if not entry.authors)

    def _collated(self, keyed: list[tuple[str, ShelfEntry]]) -> tuple[ShelfEntry, ...]:
        """Return entries in the order of their keys, as the language of the interface has it."""
        key = self._collator.sortKey
        return tuple(entry for _, entry in sorted(keyed, key=lambda pair: key(pair[0])))

    # -- what a row says ---------------------------------------------------------------------------

    def _says(self) -> Says[ShelfEntry]:
        phrases = self._phrases
        return {
            Qt.ItemDataRole.DisplayRole: phrases.title,
            Qt.ItemDataRole.AccessibleTextRole: lambda entry: phrases.sentence(entry, self._today()),
            Qt.ItemDataRole.AccessibleDescriptionRole: phrases.details,
            LibraryRole.ENTRY: lambda entry: entry,
            LibraryRole.MAKER: phrases.maker,
            LibraryRole.FORMAT: phrases.kind,
            LibraryRole.PROGRESS: phrases.progress,
            LibraryRole.WHEN: lambda entry: phrases.when(entry, self._today()),
            LibraryRole.PERCENT: phrases.percent,
            LibraryRole.LEFT: phrases.left,
            LibraryRole.BOOKMARKS: phrases.bookmarks,
        }


def filing_name(author: str) -> str:
    """Return a name by which it is filed: “Rosa Luxemburg” as “Luxemburg, Rosa”."""
    names = author.split()
    if "," in author or len(names) < 2:
        return author.strip()
    return f"{names[-1]}, {' '.join(names[:-1])}"
