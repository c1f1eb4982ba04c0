"""Rows as a list model: what the lists beside the page and on the library page have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")
Says = Mapping[int, Callable[[R], object]]

READ_ONLY = Qt.ItemFlag.ItemNeverHasChildren
"""Of a row that is only read: a heading, a sentence between others."""
CHOSEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
"""Of a row that a person can choose."""


class RowModel(QAbstractListModel, Generic[R]):
    """Frozen values, one a row. What kind of row it is and what it says is up to who inherits."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[R, ...] = ()

    def _says(self) -> Says[R]:
        """Return for each role what a row says in it; asked once."""
        raise NotImplementedError

    def _flags(self, _row: R) -> Qt.ItemFlag:
        return CHOSEN

    def _reset(self, rows: tuple[R, ...]) -> None:
        """Show other rows; a view forgets where it was."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _index_where(self, is_wanted: Callable[[R], bool]) -> QModelIndex:
        """Return the first row that is wanted; an invalid index where none is."""
        for number, row in enumerate(self._rows):
            if is_wanted(row):
                return self.index(number, 0)
        return QModelIndex()

    @cached_property
    def _by_role(self) -> Says[R]:
        return self._says()

    # -- QAbstractListModel ------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._flags(self._rows[index.row()]) if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        says = self._by_role.get(role) if index.isValid() else None
        return None if says is None else says(self._rows[index.row()])
