"""The list beside the shelf: which part of the library is shown. Readings are dropped onto collections and tags."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
)
from PySide6.QtWidgets import QLineEdit, QMenu, QStyleOptionViewItem, QWidget

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour, mix
from reader.ui.shelf.model import DRAGGED, dragged_ids
from reader.ui.shelf.scopes import ALL, BIN, DROPPABLE, Part, Scope
from reader.ui.shelf.side_model import SideModel, SideRole, SideRow
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.rows import RowDelegate, count_font, paint_title, placed

Index = QModelIndex | QPersistentModelIndex

ROW, HEAD, FIRST = 32, 44, 40
"""The height of a row, of one with a gap above it, and of the first, px."""
WIDTH = 232
_ICONS = {
    Part.ALL: "library",
    Part.BEGUN: "book-open",
    Part.UNREAD: "inbox",
    Part.FINISHED: "check",
    Part.COLLECTION: "folder",
    Part.BIN: "trash-2",
}
_LEFT, _ICON = 20, 16


class SideList(RowList):
    """A part is chosen by a click or Enter; collections and tags are renamed by F2 and deleted by Delete.

    ``scope_chosen`` carries the ``Scope``; ``dropped`` a scope and the ids of articles; ``renamed`` a scope and
    its new name, ``made`` the name of a new collection, ``deleted`` a scope.
    """

    scope_chosen = Signal(object)
    dropped = Signal(object, object)
    renamed = Signal(object, str)
    made = Signal(str)
    deleted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Parts of the library"))
        self.setObjectName("chrome")
        self._model = SideModel(self)
        self._scope = ALL
        self.over = QModelIndex()
        """What something is dragged over."""
        self.setModel(self._model)
        self.setItemDelegate(SideDelegate(self))
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.row_chosen.connect(self._choose)

    @property
    def parts(self) -> SideModel:
        return self._model

    @property
    def scope(self) -> Scope:
        return self._scope

    def set_theme(self, theme: Theme) -> None:
        delegate = self.itemDelegate()
        if isinstance(delegate, SideDelegate):
            delegate.set_theme(theme)
        self.viewport().update()

    def show_scope(self, scope: Scope) -> None:
        """Mark the part that is shown."""
        self._scope = scope
        self.viewport().update()

    def refill(self) -> None:
        """Stand at the row one stood at after the rows are others."""
        index = self._model.row_of(self._scope)
        if index.isValid() and not self.currentIndex().isValid():
            self.setCurrentIndex(index)

    # -- a person's doing --------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(SideRole.ROW)
        if not isinstance(row, SideRow):
            return
        if row.heads is not None:
            part = row.heads
            self._model.fold(part)
            self.setCurrentIndex(self._model.head_of(part))
        elif row.scope is None:
            self._name(index, "")
        else:
            self.scope_chosen.emit(row.scope)

    def ask_name(self, made: Callable[[str], object]) -> None:
        """Ask for the name of a new collection at the end of the collections; Escape makes none."""
        index = self._model.row_for_new()
        if not index.isValid():
            self._model.fold(Part.COLLECTION)
            index = self._model.row_for_new()
        self.scrollTo(index)
        self._name(index, "", made)

    def _name(self, index: QModelIndex, text: str, made: Callable[[str], object] | None = None) -> None:
        """Let a name be typed where the row stands."""
        field = NameField(self.viewport())
        field.setText(text)
        field.setAccessibleName(self.tr("Name of the collection or tag"))
        field.setGeometry(self.visualRect(index).adjusted(8, 0, -8, 0))
        row = index.data(SideRole.ROW)
        scope = row.scope if isinstance(row, SideRow) else None
        if made is not None:
            field.named.connect(made)
        elif scope is None:
            field.named.connect(self.made)
        else:
            field.named.connect(lambda name: self.renamed.emit(scope, name))
        field.ended.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        field.show()
        field.selectAll()
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        scope = _droppable(index)
        if scope is not None and event.key() == Qt.Key.Key_F2:
            self._name(index, str(index.data()))
        elif scope is not None and event.key() == Qt.Key.Key_Delete:
            self.deleted.emit(scope)
        else:
            super().keyPressEvent(event)

    def _open_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if not index.isValid():
            index = self.currentIndex()
            at = self.visualRect(index).center()
        scope = _droppable(index)
        if scope is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("What to do with this part of the library"))
        rename, delete = QAction(self.tr("Rename…"), menu), QAction(self.tr("Delete"), menu)
        rename.triggered.connect(lambda: self._name(index, str(index.data())))
        delete.triggered.connect(lambda: self.deleted.emit(scope))
        menu.addActions([rename, delete])
        menu.popup(self.viewport().mapToGlobal(at))

    # -- dropping ----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(DRAGGED))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._light(index if _droppable(index) is not None else QModelIndex())
        event.setAccepted(self.over.isValid())

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._light(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        scope = _droppable(self.indexAt(event.position().toPoint()))
        ids = dragged_ids(event.mimeData())
        self._light(QModelIndex())
        if scope is not None and ids:
            event.acceptProposedAction()
            self.dropped.emit(scope, ids)

    def _light(self, index: QModelIndex) -> None:
        if index != self.over:
            self.over = index
            self.viewport().update()


def _droppable(index: Index) -> Scope | None:
    row = index.data(SideRole.ROW) if index.isValid() else None
    return row.scope if isinstance(row, SideRow) and row.scope and row.scope.part in DROPPABLE else None


class NameField(QLineEdit):
    """A name that is typed in a row: Enter keeps it, Escape and leaving do not."""

    named = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFont(fonts.interface(13))
        self.setMaxLength(200)
        self._over = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end(self.text().strip())
        elif event.key() == Qt.Key.Key_Escape:
            self._end("")
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._end("")

    def _end(self, name: str) -> None:
        if self._over:
            return
        self._over = True
        self.hide()
        self.ended.emit()
        if name:
            self.named.emit(name)
        self.deleteLater()


class SideDelegate(RowDelegate):
    """A sign, a name, a count; the part that is shown in the accent on a tint."""

    def height(self, _option: QStyleOptionViewItem, index: Index) -> int:
        row = index.data(SideRole.ROW)
        if not isinstance(row, SideRow):
            return ROW
        return HEAD if row.heads is not None or row.scope == BIN else FIRST if row.scope == ALL else ROW

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, row, view = self.theme, index.data(SideRole.ROW), self.parent()
        if theme is None or not isinstance(row, SideRow) or not isinstance(view, SideList):
            return
        painter.save()
        shown = row.scope is not None and row.scope == view.scope
        over = view.over.isValid() and view.over == index
        tint = theme.hit if over else mix(theme.accent, theme.background, 0.88) if shown else None
        whole = QRect(option.rect)  # a copy: what the option gives follows it
        option.rect = whole.adjusted(0, _above(row), 0, 0)
        self.paint_back(painter, option, tint)
        option.rect = whole
        rect: QRect = whole
        ink = theme.accent if shown else theme.muted if row.heads is not None or row.scope is None else theme.ui_text
        left = _LEFT
        icon = _icon(row)
        top = rect.top() + _above(row)
        height = rect.height() - (top - rect.top())
        if icon:
            box = placed(option, QRectF(rect.left() + left, top + (height - _ICON) / 2, _ICON, _ICON))
            picture = icons.pixmap(icon, ink, _ICON, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(box.topLeft()), picture)
            left += _ICON + 10
        elif row.scope is not None:
            left += _ICON + 10
        count = str(row.count) if row.scope is not None else ""
        painter.setFont(count_font())
        room = QFontMetricsF(painter.font()).horizontalAdvance(count) + 8 if count else 0.0
        painter.setPen(colour(ink if shown else theme.muted))
        end = placed(option, QRectF(rect.right() - 18 - room, top, room, height))
        painter.drawText(end, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter), count)
        painter.setFont(_font(600 if shown else 600 if row.heads is not None else 400, row.heads is not None))
        painter.setPen(colour(ink))
        width = rect.width() - left - 20 - room
        text = QFontMetricsF(painter.font()).elidedText(row.text, Qt.TextElideMode.ElideRight, width)
        paint_title(painter, option, placed(option, QRectF(rect.left() + left, top, width, height)), text)
        painter.restore()


def _above(row: SideRow) -> int:
    """Return the room above a row, px."""
    return HEAD - ROW if row.heads is not None or row.scope == BIN else FIRST - ROW if row.scope == ALL else 0


def _icon(row: SideRow) -> str:
    if row.heads is not None:
        return "chevron-right" if row.folded else "chevron-down"
    return "plus" if row.scope is None else _ICONS.get(row.scope.part, "")


@lru_cache(maxsize=8)
def _font(weight: int, small: bool) -> QFont:
    return fonts.interface(12 if small else 13, weight)
