"""The section tree as an item model: a read-only picture for the outline's view."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from reader.article.outline import Section
from reader.ui.widgets.filtering import matches, words_of

Index = QModelIndex | QPersistentModelIndex

READ_SHARE = 0.995
"""From this share on a section counts as read."""

_ROOT = -1


class OutlineRole(IntEnum):
    """What a row says beside its title, which is its DisplayRole."""

    NUMBER = Qt.ItemDataRole.UserRole + 1
    DEPTH = Qt.ItemDataRole.UserRole + 2
    MINUTES = Qt.ItemDataRole.UserRole + 3
    SHARE = Qt.ItemDataRole.UserRole + 4
    CURRENT = Qt.ItemDataRole.UserRole + 5
    OFFSET = Qt.ItemDataRole.UserRole + 6


class OutlineModel(QAbstractItemModel):
    """Sections by their number. A filter leaves those that match, and what is above them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: tuple[Section, ...] = ()
        self._minutes: tuple[int, ...] = ()
        self._offsets: tuple[int, ...] = ()
        self._shares: tuple[float, ...] = ()
        self._current: int | None = None
        self._above: list[int] = []
        self._depths: list[int] = []
        # Of what the filter leaves: the children of each section, and each one's row among them.
        self._below: dict[int, list[int]] = {}
        self._rows: dict[int, int] = {}
        self._words: tuple[str, ...] = ()

    # -- what is shown ----------------------------------------------------------------------------

    def show_outline(self, root: Section, minutes: tuple[int, ...], offsets: tuple[int, ...]) -> None:
        """Show the tree below ``root``; ``minutes`` and ``offsets`` go by a section's number."""
        self.beginResetModel()
        self._sections = tuple(root.walk())
        self._minutes, self._offsets = minutes, offsets
        self._shares, self._current, self._words = (), None, ()
        self._above = [_ROOT] * len(self._sections)
        self._depths = [0] * len(self._sections)
        for section in self._sections:
            for child in section.children:
                self._above[child.number] = section.number
                self._depths[child.number] = self._depths[section.number] + 1
        self._arrange()
        self.endResetModel()

    def show_progress(self, current: int | None, shares: tuple[float, ...]) -> None:
        """Show which section is being read, and the share read of each."""
        before, old = self._shares, self._current
        self._shares, self._current = shares, current
        changed = {number for number in (old, current) if number is not None} if old != current else set()
        if before != shares:
            was = before + (0.0,) * (len(shares) - len(before))
            changed.update(number for number, (one, other) in enumerate(zip(was, shares, strict=False)) if one != other)
        for number in changed:
            index = self.index_of(number)
            if index.isValid():
                self.dataChanged.emit(index, index)

    def filter(self, query: str) -> None:
        """Leave the sections whose title has every word of ``query``, and those above them."""
        words = words_of(query)
        if words == self._words:
            return
        self.beginResetModel()
        self._words = words
        self._arrange()
        self.endResetModel()

    @property
    def filtered(self) -> bool:
        return bool(self._words)

    @property
    def current(self) -> int | None:
        return self._current

    def numbers(self) -> list[int]:
        """Return the sections that are shown, in reading order."""
        return sorted(self._rows)

    def parents(self) -> list[int]:
        """Return the sections that have others below them, in reading order."""
        return [section.number for section in self._sections if section.children]

    def from_depth(self, depth: int) -> frozenset[int]:
        """Return the sections that have so many above them or more."""
        return frozenset(number for number, own in enumerate(self._depths) if own >= depth)

    def depth(self, number: int) -> int:
        return self._depths[number]

    def above(self, number: int) -> list[int]:
        """Return the sections around a section, innermost first."""
        found = []
        while (number := self._above[number]) != _ROOT:
            found.append(number)
        return found

    def index_of(self, number: int) -> QModelIndex:
        """Return a section's index; an invalid one where the filter hides it."""
        row = self._rows.get(number)
        return QModelIndex() if row is None else self.createIndex(row, 0, number)

    def _arrange(self) -> None:
        shown = set(range(len(self._sections)))
        if self._words:
            shown = {s.number for s in self._sections if matches(self._words, s.title)}
            for number in tuple(shown):
                shown.update(self.above(number))
        self._below = {}
        for number in sorted(shown):
            self._below.setdefault(self._above[number], []).append(number)
        self._rows = {number: row for rows in self._below.values() for row, number in enumerate(rows)}

    # -- QAbstractItemModel -----------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._below.get(_number(parent), ()))

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return _number(parent) in self._below

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self._below.get(_number(parent), ())
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        return self.index_of(self._above[_number(index)]) if index.isValid() else QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        number = _number(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._sections[number].title
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sections[number].title or self.tr("Section without a title")
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self._spoken(number)
        return self._own(number, role)

    def _own(self, number: int, role: int) -> object:
        match role:
            case OutlineRole.NUMBER:
                return number
            case OutlineRole.DEPTH:
                return self._depths[number]
            case OutlineRole.MINUTES:
                return self._minutes[number] if number < len(self._minutes) else 0
            case OutlineRole.SHARE:
                return self._share(number)
            case OutlineRole.CURRENT:
                return number == self._current
            case OutlineRole.OFFSET:
                return self._offsets[number] if number < len(self._offsets) else 0
        return None

    def _share(self, number: int) -> float:
        return self._shares[number] if number < len(self._shares) else 0.0

    def _spoken(self, number: int) -> str:
        """Say what the eye sees: the level, and whether the section is read, being read or how long."""
        level = self._depths[number] + 1
        share = self._share(number)
        if number == self._current:
            return self.tr("Level {level}, being read, {percent} % read").format(level=level, percent=int(share * 100))
        if share >= READ_SHARE:
            return self.tr("Level {level}, read").format(level=level)
        minutes = self._minutes[number] if number < len(self._minutes) else 0
        return self.tr("Level {level}, {minutes} min").format(level=level, minutes=max(1, minutes))


def _number(index: Index) -> int:
    return int(index.internalId()) if index.isValid() else _ROOT
