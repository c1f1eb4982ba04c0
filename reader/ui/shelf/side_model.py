"""The parts of the library as rows: what is read, collections, tags, authors, languages, the bin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, Qt

from reader.store.catalogue import tidy_name
from reader.ui.isolation import isolated
from reader.ui.languages import language_name
from reader.ui.shelf.model import collator
from reader.ui.shelf.scopes import BIN, Part, Scope
from reader.ui.widgets.row_model import RowModel, Says

GROUPS = (Part.COLLECTION, Part.TAG, Part.AUTHOR, Part.LANGUAGE)


class SideRow(Struct, frozen=True):
    """A part that can be shown; without one the head of a group, or the way to a new collection.

    ``count`` is how many readings it has, or how many rows a head stands over.
    """

    scope: Scope | None
    text: str
    count: int = 0
    heads: Part | None = None
    folded: bool = False


class SideRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1


class SideModel(RowModel[SideRow]):
    """Groups may be folded; authors and languages are, until somebody wants them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folded = {Part.AUTHOR, Part.LANGUAGE}
        self._counts: Mapping[Scope, int] = {}
        self._collections: tuple[tuple[int, str], ...] = ()
        self._removed = 0

    def show_parts(self, counts: Mapping[Scope, int], collections: Iterable[tuple[int, str]], removed: int) -> None:
        """Show the parts: how many readings each has, the collections by id and name, how many are in the bin."""
        self._counts, self._collections, self._removed = counts, tuple(collections), removed
        self._build()

    @property
    def removed(self) -> int:
        """How many readings are in the bin."""
        return self._removed

    def fold(self, part: Part) -> None:
        """Fold a group away, or open it."""
        self._folded ^= {part}
        self._build()

    def row_of(self, scope: Scope) -> QModelIndex:
        return self._index_where(lambda row: row.scope == scope)

    def head_of(self, part: Part) -> QModelIndex:
        return self._index_where(lambda row: row.heads is part)

    def row_for_new(self) -> QModelIndex:
        """Return the row that makes a collection; an invalid index where collections are folded away."""
        return self._index_where(lambda row: row.scope is None and row.heads is None)

    def name_of(self, scope: Scope) -> str:
        """Return what a part is called, shown or not."""
        names = {
            Part.ALL: self.tr("All readings"),
            Part.BEGUN: self.tr("Reading now"),
            Part.UNREAD: self.tr("Not opened yet"),
            Part.FINISHED: self.tr("Finished"),
            Part.BIN: self.tr("Bin"),
        }
        if scope.part is Part.COLLECTION:
            return dict(self._collections).get(int(scope.key), "")
        if scope.part is Part.LANGUAGE:
            return language_name(str(scope.key))
        return names.get(scope.part) or str(scope.key)

    def names(self, part: Part) -> tuple[str, ...]:
        """Return the names in a group, in their order."""
        return tuple(row.text for row in self._group(part))

    def collections(self) -> tuple[Scope, ...]:
        return tuple(Scope(Part.COLLECTION, number) for number, _name in self._collections)

    def collection_named(self, name: str) -> Scope | None:
        """Return the collection that has a name, in whatever capitals."""
        wanted = tidy_name(name).casefold()
        named = (number for number, called in self._collections if called.casefold() == wanted)
        return next((Scope(Part.COLLECTION, number) for number in named), None)

    # -- building ----------------------------------------------------------------------------------

    def _build(self) -> None:
        rows = [self._part(Scope(part)) for part in (Part.ALL, Part.BEGUN, Part.UNREAD, Part.FINISHED)]
        for part in GROUPS:
            group = self._group(part)
            if not group and part is not Part.COLLECTION:
                continue
            folded = part in self._folded
            rows.append(SideRow(None, self._head(part), len(group), part, folded))
            if not folded:
                rows += group
                if part is Part.COLLECTION:
                    rows.append(SideRow(None, self.tr("New collection…")))
        rows.append(SideRow(BIN, self.name_of(BIN), self._removed))
        if tuple(rows) != self._rows:
            self._reset(tuple(rows))

    def _part(self, scope: Scope) -> SideRow:
        return SideRow(scope, self.name_of(scope), self._counts.get(scope, 0))

    def _group(self, part: Part) -> list[SideRow]:
        if part is Part.COLLECTION:
            return [self._part(Scope(part, number)) for number, _name in self._collections]
        key = collator().sortKey
        found = [self._part(scope) for scope in self._counts if scope.part is part]
        return sorted(found, key=lambda row: key(row.text))

    def _head(self, part: Part) -> str:
        return {
            Part.COLLECTION: self.tr("Collections"),
            Part.TAG: self.tr("Tags"),
            Part.AUTHOR: self.tr("Authors"),
            Part.LANGUAGE: self.tr("Languages"),
        }[part]

    def _says(self) -> Says[SideRow]:
        return {
            Qt.ItemDataRole.DisplayRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            SideRole.ROW: lambda row: row,
        }

    def _spoken(self, row: SideRow) -> str:
        if row.heads is not None:
            told = self.tr("{group}, folded") if row.folded else self.tr("{group}, open")
            return told.format(group=row.text)
        if row.scope is None:
            return row.text
        return self.tr("{part}, %n reading(s)", "", row.count).format(part=isolated(row.text))
