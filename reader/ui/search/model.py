"""What a search found, as rows: articles, sections, places."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, Qt

from reader.ui.widgets.row_model import CHOSEN, READ_ONLY, Index, RowModel, Says

BATCH = 40
"""Rows that are shown at first, and each time that a person comes near the end of them."""
FARTHEST = 500
"""How many rows are fetched at once to reach a place; one beyond is not shown."""


class ResultHit(Struct, frozen=True):
    """A place that was found: a line of text around it.

    ``offset`` is canonical; ``ranges`` count code points in ``text``, ordered and apart.
    """

    article_id: int
    passage: int
    offset: int
    text: str
    ranges: tuple[tuple[int, int], ...]


class ResultSection(Struct, frozen=True):
    """The places in one section; ``total`` may be more than are listed."""

    title: str
    total: int
    hits: tuple[ResultHit, ...]


class ResultGroup(Struct, frozen=True):
    """The sections of one article in which something was found."""

    article_id: int
    title: str
    sections: tuple[ResultSection, ...]

    @property
    def total(self) -> int:
        return sum(section.total for section in self.sections)


class RowKind(IntEnum):
    """What a row is."""

    ARTICLE = 0
    SECTION = 1
    HIT = 2


class SearchRole(IntEnum):
    """What a row says beside its text, which is its DisplayRole."""

    KIND = Qt.ItemDataRole.UserRole + 1
    COUNT = Qt.ItemDataRole.UserRole + 2
    RANGES = Qt.ItemDataRole.UserRole + 3
    HIT = Qt.ItemDataRole.UserRole + 4


class _Row(Struct, frozen=True):
    kind: RowKind
    text: str
    count: int = 0
    hit: ResultHit | None = None
    context: str = ""


class SearchModel(RowModel[_Row]):
    """Rows by article and section. More are fetched as a person comes to the end of them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fetched = 0
        self._hit_rows: list[int] = []

    def show_results(self, groups: tuple[ResultGroup, ...], *, with_articles: bool) -> None:
        """Show what was found; ``with_articles`` puts each article's title above its sections."""
        rows = tuple(_rows(groups, with_articles=with_articles))
        self._hit_rows = [number for number, row in enumerate(rows) if row.hit is not None]
        self._fetched = min(BATCH, len(rows))
        self._reset(rows)

    def index_of_hit(self, number: int) -> QModelIndex:
        """Return the index of a place by its number (from 0), fetching rows down to it.

        It is invalid where there is no such place, or too many rows would have to be laid out.
        """
        if not 0 <= number < len(self._hit_rows):
            return QModelIndex()
        row = self._hit_rows[number]
        if row >= self._fetched + FARTHEST:
            return QModelIndex()
        if row >= self._fetched:
            self._fetch(row + 1 - self._fetched)
        return self.index(row, 0)

    # -- QAbstractListModel ------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._fetched

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._fetched < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._fetch(BATCH)

    def _fetch(self, count: int) -> None:
        last = min(len(self._rows), self._fetched + count)
        self.beginInsertRows(QModelIndex(), self._fetched, last - 1)
        self._fetched = last
        self.endInsertRows()

    # -- what a row says ---------------------------------------------------------------------------

    def _flags(self, row: _Row) -> Qt.ItemFlag:
        return CHOSEN if row.kind is RowKind.HIT else READ_ONLY

    def _says(self) -> Says[_Row]:
        return {
            Qt.ItemDataRole.DisplayRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleTextRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleDescriptionRole: self._described,
            SearchRole.KIND: lambda row: row.kind,
            SearchRole.COUNT: lambda row: row.count,
            SearchRole.RANGES: lambda row: row.hit.ranges if row.hit is not None else (),
            SearchRole.HIT: lambda row: row.hit,
        }

    def _described(self, row: _Row) -> str:
        return row.context or self.tr("%n place(s)", "", row.count)


def _rows(groups: tuple[ResultGroup, ...], *, with_articles: bool) -> Iterator[_Row]:
    for group in groups:
        if with_articles:
            yield _Row(RowKind.ARTICLE, group.title, group.total)
        for section in group.sections:
            if section.title or not with_articles:
                yield _Row(RowKind.SECTION, section.title or group.title, section.total)
            named = (group.title, section.title) if with_articles else (section.title,)
            context = ", ".join([name for name in named if name])
            for hit in section.hits:
                yield _Row(RowKind.HIT, hit.text, 1, hit, context)
