"""The readings of the library as rows: sorted, and filtered by title and authors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import Enum, IntEnum
from functools import cached_property

from msgspec import Struct
from PySide6.QtCore import QCollator, QLocale, QMimeData, QModelIndex, QObject, QStringListModel, Qt

from reader.library import ShelfEntry
from reader.ui.shelf.phrases import ShelfPhrases
from reader.ui.shelf.scopes import ALL, Part, Scope
from reader.ui.shelf.titles import filing_title
from reader.ui.widgets.filtering import folded, words_of
from reader.ui.widgets.row_model import CHOSEN, Index, Says

DRAGGED = "application/x-study-reader-articles"
"""The kind of what is dragged off the shelf: numbers of articles with commas between."""
_DRAGGED = CHOSEN | Qt.ItemFlag.ItemIsDragEnabled


class Sorting(Enum):
    """What the rows are sorted by."""

    OPENED = "opened"
    """The last read first, then what was added last."""
    TITLE = "title"
    AUTHOR = "author"
    """By the last name of the first author; those that name none are last."""
    ADDED = "added"
    LENGTH = "length"
    """The shortest first."""
    PROGRESS = "progress"
    """What is finished, then what is read furthest."""


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
    OPENING = Qt.ItemDataRole.UserRole + 9


class Prepared(Struct, frozen=True):
    """The shelf as the window's thread takes it over at once: made in the background by ``prepare``.

    ``entries`` are given with the last read first, ``ordered`` is their order, and ``heaps`` what is filtered by.
    """

    entries: tuple[ShelfEntry, ...]
    sorting: Sorting
    ordered: tuple[ShelfEntry, ...]
    heaps: dict[int, str]


def prepare(entries: tuple[ShelfEntry, ...], sorting: Sorting) -> Prepared:
    """Sort the shelf, and fold what is filtered by; from any thread."""
    return Prepared(entries, sorting, in_order(entries, sorting), {entry.id: heap_of(entry) for entry in entries})


def heap_of(entry: ShelfEntry) -> str:
    """Return what a reading is filtered by: title, authors, tags, in letters made alike."""
    return folded("\n".join((entry.title, *entry.authors, *entry.tags)))


class LibraryModel(QStringListModel):
    """A picture of the shelf. ``today`` tells the day, for “Today” and “Yesterday”.

    A view of Qt asks for each of ten thousand rows whether it is there: answered by a model of Qt's own, that
    takes a thousandth of a second, and twenty times as long in Python. So its strings are only counted.
    """

    def __init__(self, today: Callable[[], date] = date.today, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._phrases = ShelfPhrases(self)
        self._all: tuple[ShelfEntry, ...] = ()
        self._sorted: tuple[ShelfEntry, ...] = ()
        self._scoped: tuple[ShelfEntry, ...] | None = None
        self._rows: tuple[ShelfEntry, ...] = ()
        self._heaps: dict[int, str] = {}
        self._sorting = Sorting.OPENED
        self._words: tuple[str, ...] = ()
        self._scope = ALL

    @property
    def sorting(self) -> Sorting:
        return self._sorting

    @property
    def filtered(self) -> bool:
        return bool(self._words)

    @property
    def scope(self) -> Scope:
        return self._scope

    @property
    def total(self) -> int:
        """How many readings there are in the part of the library that is shown, filtered or not."""
        return len(self._in_scope())

    @property
    def rows(self) -> tuple[ShelfEntry, ...]:
        """What is shown, in its order."""
        return self._rows

    def show_entries(self, entries: tuple[ShelfEntry, ...]) -> None:
        """Show the shelf, given with the last read first."""
        if entries != self._all:
            self._take(entries, in_order(entries, self._sorting), {})

    def show_prepared(self, prepared: Prepared) -> None:
        """Show the shelf as it was prepared, in the order that is chosen now."""
        ordered = prepared.ordered
        if prepared.sorting is not self._sorting:
            ordered = in_order(prepared.entries, self._sorting)
        self._take(prepared.entries, ordered, prepared.heaps)

    def sort_by(self, sorting: Sorting) -> None:
        if sorting != self._sorting:
            self._sorting = sorting
            self._take(self._all, in_order(self._all, sorting), self._heaps)

    def choose(self, scope: Scope) -> None:
        """Show only a part of the library."""
        if scope != self._scope:
            self._scope = scope
            self._scoped = None
            self._show(self._matching())

    def filter(self, query: str) -> None:
        """Show only the readings that have every word of ``query`` in title, authors or tags; all for none."""
        words = words_of(query)
        if words != self._words:
            self._words = words
            self._show(self._matching())

    def row_of(self, article_id: int) -> QModelIndex:
        """Return an article's row; an invalid index where it is not shown."""
        row = next((number for number, entry in enumerate(self._rows) if entry.id == article_id), -1)
        return self.index(row, 0) if row >= 0 else QModelIndex()

    # -- order and choice --------------------------------------------------------------------------

    def _take(self, entries: tuple[ShelfEntry, ...], ordered: tuple[ShelfEntry, ...], heaps: dict[int, str]) -> None:
        self._all, self._sorted, self._heaps = entries, ordered, heaps
        self._scoped = None
        self._show(self._matching())

    def _show(self, rows: tuple[ShelfEntry, ...]) -> None:
        before, self._rows = self._rows, rows
        if rows == before:  # the same values, most often the very same: told at once
            return
        if len(before) == len(rows) and all(map(_same_id, before, rows)):
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.setStringList([""] * len(rows))

    def _in_scope(self) -> tuple[ShelfEntry, ...]:
        if self._scoped is None:
            scope = self._scope
            everything = scope.part in (Part.ALL, Part.BIN)
            self._scoped = self._sorted if everything else tuple(filter(scope.holds(), self._sorted))
        return self._scoped

    def _matching(self) -> tuple[ShelfEntry, ...]:
        found = self._in_scope()
        if self._words and len(self._heaps) != len(self._all):
            self._heaps = {entry.id: heap_of(entry) for entry in self._all}
        heaps = self._heaps
        for word in self._words:
            found = tuple([entry for entry in found if word in heaps[entry.id]])
        return found

    # -- QAbstractListModel ------------------------------------------------------------------------

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _DRAGGED if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        says = self._by_role.get(role) if index.isValid() else None
        return None if says is None else says(self._rows[index.row()])

    def mimeTypes(self) -> list[str]:
        return [DRAGGED]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(DRAGGED, ",".join(str(self._rows[index.row()].id) for index in indexes).encode())
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction

    @cached_property
    def _by_role(self) -> Says[ShelfEntry]:
        return self._says()

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
            LibraryRole.OPENING: lambda entry: entry.opening,
        }


def in_order(entries: tuple[ShelfEntry, ...], sorting: Sorting) -> tuple[ShelfEntry, ...]:
    """Return entries, given with the last read first, in another order."""
    match sorting:
        case Sorting.OPENED:
            return entries
        case Sorting.ADDED:
            return tuple(sorted(entries, key=lambda entry: entry.added, reverse=True))
        case Sorting.LENGTH:
            return tuple(sorted(entries, key=lambda entry: entry.words))
        case Sorting.PROGRESS:
            return tuple(sorted(entries, key=lambda entry: (entry.finished, entry.share), reverse=True))
        case Sorting.TITLE:
            return _collated([(filing_title(entry.title, entry.language), entry) for entry in entries])
        case Sorting.AUTHOR:
            named = [(filing_name(entry.authors[0]), entry) for entry in entries if entry.authors]
            return _collated(named) + tuple(entry for entry in entries if not entry.authors)


def collator() -> QCollator:
    """Return the order of the interface's language; a computer that is told none has that of English."""
    locale = QLocale()
    made = QCollator(QLocale("en") if locale.language() == QLocale.Language.C else locale)
    made.setNumericMode(True)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setIgnorePunctuation(True)
    return made


def _collated(keyed: list[tuple[str, ShelfEntry]]) -> tuple[ShelfEntry, ...]:
    """Return entries in the order of their keys, as the language of the interface has it."""
    key = collator().sortKey
    return tuple(entry for _, entry in sorted(keyed, key=lambda pair: key(pair[0])))


def dragged_ids(data: QMimeData) -> tuple[int, ...]:
    """Return the articles that are dragged; none where something else is."""
    return tuple(int(each) for each in bytes(data.data(DRAGGED).data()).decode().split(",") if each)


def _same_id(one: ShelfEntry, other: ShelfEntry) -> bool:
    return one.id == other.id


def filing_name(author: str) -> str:
    """Return a name by which it is filed: “Rosa Luxemburg” as “Luxemburg, Rosa”."""
    names = author.split()
    if "," in author or len(names) < 2:
        return author.strip()
    return f"{names[-1]}, {' '.join(names[:-1])}"
