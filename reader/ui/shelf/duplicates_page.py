"""Readings that are there twice: in groups, of each of which one is kept or more are."""

from __future__ import annotations

from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import QModelIndex, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStyleOptionViewItem, QVBoxLayout, QWidget

from reader.duplicates import Group
from reader.library import ShelfEntry
from reader.theme import Theme
from reader.ui.isolation import isolated
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour
from reader.ui.shelf.phrases import ShelfPhrases
from reader.ui.shelf.rows import small
from reader.ui.shelf.shelf_list import Index
from reader.ui.widgets.controls import EmptyState, TextButton
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.row_model import CHOSEN, READ_ONLY, RowModel, Says
from reader.ui.widgets.rows import RowDelegate, paint_title, placed

ROW, HEAD = 56, 44
MAX_WIDTH = 880


class DuplicateRow(Struct, frozen=True):
    """A reading of a group, kept or not; without one the head of the group."""

    group: int
    text: str
    entry: ShelfEntry | None = None
    kept: bool = True


class DuplicateRole(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1


class DuplicatesModel(RowModel[DuplicateRow]):
    """Of each group the reading that most was done with is kept, until a person says otherwise."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._phrases = ShelfPhrases(self)

    def show_groups(self, groups: tuple[Group, ...], entries: dict[int, ShelfEntry]) -> None:
        rows: list[DuplicateRow] = []
        for number, group in enumerate(groups):
            found = [entries[each] for each in group.article_ids if each in entries]
            if len(found) < 2:
                continue
            found.sort(key=lambda entry: (-entry.bookmark_count, -entry.share, entry.added))
            rows.append(DuplicateRow(number, self._head(group)))
            rows += [DuplicateRow(number, self._phrases.title(each), each, each is found[0]) for each in found]
        self._reset(tuple(rows))

    def _head(self, group: Group) -> str:
        if group.same:
            return self.tr("The same text")
        return self.tr("Nearly the same: {percent} % of the words").format(percent=int(group.shared * 100))

    def toggle(self, index: QModelIndex) -> None:
        """Keep a reading or not; of each group at least one is kept."""
        row = self._rows[index.row()]
        kept = [each for each in self._rows if each.group == row.group and each.entry is not None and each.kept]
        if row.entry is None or (row.kept and len(kept) == 1):
            return
        changed = DuplicateRow(row.group, row.text, row.entry, not row.kept)
        self._rows = (*self._rows[: index.row()], changed, *self._rows[index.row() + 1 :])
        self.dataChanged.emit(index, index)

    def chosen(self) -> tuple[tuple[ShelfEntry, tuple[ShelfEntry, ...]], ...]:
        """Return for each group that has something to remove what is kept, and what is removed."""
        groups: dict[int, tuple[list[ShelfEntry], list[ShelfEntry]]] = {}
        for row in self._rows:
            if row.entry is not None:
                groups.setdefault(row.group, ([], []))[not row.kept].append(row.entry)
        return tuple((kept[0], tuple(others)) for kept, others in groups.values() if others)

    def _flags(self, row: DuplicateRow) -> Qt.ItemFlag:
        return READ_ONLY if row.entry is None else CHOSEN

    def _says(self) -> Says[DuplicateRow]:
        return {
            Qt.ItemDataRole.DisplayRole: lambda row: row.text,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken,
            DuplicateRole.ROW: lambda row: row,
        }

    def _spoken(self, row: DuplicateRow) -> str:
        if row.entry is None:
            return row.text
        said = self.tr("“{title}”, is kept") if row.kept else self.tr("“{title}”, goes to the bin")
        return said.format(title=isolated(row.text))

    def below(self, entry: ShelfEntry) -> str:
        """Return what stands below a title: what tells one from the other."""
        phrases = self._phrases
        parts = [phrases.maker(entry), phrases.kind(entry), self.tr("%n word(s)", "", entry.words)]
        parts += [phrases.progress(entry), phrases.bookmarks(entry)]
        return "  ·  ".join(part for part in parts if part)


class DuplicatesPage(QWidget):
    """``merged`` carries what is kept and what is removed, for each group; ``left`` asks for the shelf."""

    merged = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Duplicates"))
        self._title = QLabel(self.tr("Duplicates"))
        self._title.setFont(fonts.font(fonts.SERIF_DISPLAY, 34, 600))
        self.told = QLabel()
        self.told.setObjectName("muted")
        self.told.setFont(fonts.interface(13))
        self.told.setWordWrap(True)
        self.back = TextButton(self.tr("Back to the library"), "arrow-left")
        self.model = DuplicatesModel(self)
        self.list = RowList(self.tr("Readings that are there twice"))
        self.list.setModel(self.model)
        self._delegate = DuplicateDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.nothing = EmptyState("copy-check", self.tr("No text is in the library twice."))
        self.go = QPushButton()
        self.go.setObjectName("primary")
        self.go.setFont(fonts.interface(13, 500))
        column = QVBoxLayout()
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(10)
        for part in (self.back, self._title, self.told):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if part is self.back else Qt.AlignmentFlag(0))
        column.addWidget(self.list, 1000)
        column.addWidget(self.nothing, 1000)
        column.addStretch(1)  # while one waits there is neither
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.go)
        column.addLayout(foot)
        inner = QWidget()
        inner.setMaximumWidth(MAX_WIDTH)
        inner.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self.back.clicked.connect(lambda: self.left.emit())
        self.go.clicked.connect(lambda: self.merged.emit(self.model.chosen()))
        self.list.row_chosen.connect(self._toggle)

    def set_theme(self, theme: Theme) -> None:
        self.back.set_theme(theme)
        self.nothing.set_theme(theme)
        self._delegate.set_theme(theme)
        self.list.viewport().update()

    def wait(self) -> None:
        """Say that one is looking."""
        self.model.show_groups((), {})
        self._show(self.tr("Comparing the texts…"), 0, waiting=True)

    def show_groups(self, groups: tuple[Group, ...], entries: dict[int, ShelfEntry]) -> None:
        self.model.show_groups(groups, entries)
        self._tell()
        (self.list if self.model.rowCount() else self.back).setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, index: QModelIndex) -> None:
        self.model.toggle(index)
        self._tell()

    def _tell(self) -> None:
        count = sum(len(others) for _kept, others in self.model.chosen())
        told = self.tr(
            "Choose what is kept; the others go to the bin. Their bookmarks move to what is kept where their words are"
            " found there; tags and collections are joined."
        )
        self._show(told if self.model.rowCount() else "", count, waiting=False)

    def _show(self, told: str, count: int, *, waiting: bool) -> None:
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.list.setVisible(self.model.rowCount() > 0)
        self.nothing.setVisible(not self.model.rowCount() and not waiting)
        self.go.setText(self.tr("Move %n reading(s) to the bin", "", count))
        self.go.setVisible(count > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class DuplicateDelegate(RowDelegate):
    """A check where a reading is kept, a bin where it goes."""

    def height(self, _option: QStyleOptionViewItem, index: Index) -> int:
        row = index.data(DuplicateRole.ROW)
        return ROW if isinstance(row, DuplicateRow) and row.entry is not None else HEAD

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row, model = self.theme, index.data(DuplicateRole.ROW), index.model()
        if theme is None or not isinstance(row, DuplicateRow) or not isinstance(model, DuplicatesModel):
            return
        painter.save()
        if row.entry is None:
            self.paint_header(painter, option, row.text, "")
            painter.restore()
            return
        self.paint_back(painter, option, None)
        rect: QRect = option.rect
        sign = placed(option, QRectF(rect.left() + 20, rect.top() + (ROW - 18) / 2, 18, 18))
        ink = theme.accent if row.kept else theme.muted
        picture = icons.pixmap("check" if row.kept else "trash-2", ink, 18, painter.device().devicePixelRatioF())
        painter.drawPixmap(QPointF(sign.topLeft()), picture)
        width = rect.width() - 54 - 24
        for text, font, ink, top, height in (
            (row.text, fonts.font(fonts.SERIF, 16, 600 if row.kept else 400), theme.text, 7, 23),
            (model.below(row.entry), small(), theme.muted, 30, 18),
        ):
            painter.setFont(font)
            painter.setPen(colour(ink))
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
            paint_title(
                painter, option, placed(option, QRectF(rect.left() + 54, rect.top() + top, width, height)), shown
            )
        painter.restore()
