"""The tree that shows the outline, and how its rows are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.dressing import is_dressing
from reader.ui.look.palette import colour, mix
from reader.ui.outline.model import READ_SHARE, OutlineRole
from reader.ui.widgets.rows import SIDE, KeyFocus, RowDelegate, leftwards, paint_title, placed

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent

Index = QModelIndex | QPersistentModelIndex

ROW = 32
INDENT = 18
DEEPEST = 6
"""Rows below this depth are indented no further: their titles need the room."""
CHEVRON = 20
"""Width of the place for the sign that folds, px."""
SIDE_ROOM = 46
"""Room at a row's end for minutes, px."""
SIGN_ROOM = 34
"""Room at a row's end for a ring or a check, px."""
RING = 6.0


class OutlineView(QTreeView):
    """A tree whose rows are chosen by a click, Enter or Space and folded by a click on their sign.

    ``browsed`` says that a person looks around in it: it must not move by itself for a while.
    """

    row_chosen = Signal(QModelIndex)
    browsed = Signal()
    left_upwards = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key_focus = KeyFocus()
        self.setAccessibleName(name)
        # Found by name, it is known for what it is: viewport() would have every class of widget made.
        self._own_viewport = self.findChild(QWidget, "qt_scrollarea_viewport")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW)
        self.verticalScrollBar().sliderMoved.connect(lambda _: self.browsed.emit())
        self.setItemDelegate(OutlineDelegate(self))

    def set_theme(self, theme: Theme) -> None:
        delegate = self.itemDelegate()
        if isinstance(delegate, OutlineDelegate):
            delegate.set_theme(theme)
        self.viewport().update()

    def enter(self) -> None:
        """Take the focus by key, on a row."""
        self.key_focus.by_key = True
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.model().index(0, 0))
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint nothing: the delegate paints the whole row."""

    def doItemsLayout(self) -> None:
        # Another theme changes no row's height, and a tree of Qt lays out all of a book's chapters six times for it.
        if not is_dressing():
            self.lay_out()

    def lay_out(self) -> None:
        """Lay out all rows."""
        super().doItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.key_focus.by_key = True
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.row_chosen.emit(self.currentIndex())
            return
        if key == Qt.Key.Key_Escape:
            event.ignore()
            return
        if key == Qt.Key.Key_Up and not self.indexAbove(self.currentIndex()).isValid():
            self.left_upwards.emit()
            return
        self.browsed.emit()
        if key == Qt.Key.Key_Left and not self.model().hasChildren(self.currentIndex()):
            # Qt folds it all the same, and no key would unfold it.
            if self.currentIndex().parent().isValid():
                self.setCurrentIndex(self.currentIndex().parent())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.key_focus.focused(event)
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.browsed.emit()
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.key_focus.by_key = False
        self.browsed.emit()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        along = event.position().x()
        if self.isRightToLeft():
            along = self.viewport().width() - along
        if self.model().hasChildren(index) and along < left_of(index) + CHEVRON:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.row_chosen.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # The second press of two quick ones on a sign folds and unfolds again.
        self.mousePressEvent(event)


def left_of(index: Index) -> int:
    """Return where a row's sign begins, px from the edge of the view where lines begin."""
    return SIDE + 6 + min(int(index.data(OutlineRole.DEPTH)), DEEPEST) * INDENT


class OutlineDelegate(RowDelegate):
    """Read sections are muted with a check; the one being read is in the accent, on its tint."""

    def __init__(self, view: OutlineView) -> None:
        super().__init__(view)
        self._view = view
        self._font = fonts.interface(13)
        self._strong = fonts.interface(13, 600)
        self._small = fonts.interface(11, 400, features=("tnum",))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = self.theme
        if theme is None:
            return
        painter.save()
        current = bool(index.data(OutlineRole.CURRENT))
        box = self.paint_back(painter, option, theme.accent_tint if current else None)
        share = float(index.data(OutlineRole.SHARE))
        left = left_of(index)
        middle = box.top() + box.height() / 2
        if self._view.model().hasChildren(index):
            name = "chevron-down" if self._view.isExpanded(index) else "chevron-right"
            ratio = painter.device().devicePixelRatioF()
            sign = icons.pixmap(name, theme.muted, 14, ratio, leftwards=leftwards(option))
            painter.drawPixmap(placed(option, QRectF(left, middle - 7, 14, 14)).topLeft(), sign)
        painter.setFont(self._strong if current else self._font)
        read = share >= READ_SHARE
        painter.setPen(colour(theme.accent if current else theme.muted if read else theme.ui_text))
        width = max(0, self._title_width(box, left, signed=current or read))
        room = QRectF(left + CHEVRON, box.top(), width, box.height())
        metrics = QFontMetricsF(painter.font())
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        paint_title(painter, option, placed(option, room), title)
        end = placed(option, QRectF(box.right() - SIDE_ROOM, box.top(), SIDE_ROOM, box.height()))
        self._paint_state(painter, theme, end, index, share=share, current=current)
        painter.restore()

    def _title_width(self, box: QRect, left: int, *, signed: bool) -> int:
        return box.right() - (SIGN_ROOM if signed else SIDE_ROOM) - left - CHEVRON

    def _paint_state(
        self, painter: QPainter, theme: Theme, end: QRectF, index: Index, *, share: float, current: bool
    ) -> None:
        """Paint at the row's end a ring for what is being read, a check for what is read, or minutes."""
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        centre = QPointF(end.left() + 15 if mirrored else end.right() - 15, end.center().y())
        if current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(mix(theme.accent, theme.accent_tint, 0.72)), 2.4))
            painter.drawEllipse(centre, RING, RING)
            painter.setPen(QPen(colour(theme.accent), 2.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            ring = QRectF(centre.x() - RING, centre.y() - RING, 2 * RING, 2 * RING)
            if share > 0:
                painter.drawArc(ring, 90 * 16, -round(360 * 16 * min(1.0, max(0.04, share))))
        elif share >= READ_SHARE:
            check = icons.pixmap("check", theme.muted, 14, painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(centre.x() - 7, centre.y() - 7), check)
        else:
            minutes = max(1, int(index.data(OutlineRole.MINUTES)))
            painter.setFont(self._small)
            painter.setPen(colour(theme.muted))
            room = end.adjusted(8, 0, 0, 0) if mirrored else end.adjusted(0, 0, -8, 0)
            flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
            painter.drawText(room, flags, self.tr("%n min", "", minutes))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Tell the whole of a title that had to be shortened."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        from PySide6.QtWidgets import QToolTip  # no part of a start

        room = self._title_width(option.rect.adjusted(SIDE, 1, -SIDE, -1), left_of(index), signed=False)
        shortened = QFontMetricsF(self._strong).horizontalAdvance(str(index.data())) > room
        # Markup in a title stays what it is: a tooltip would read it as rich text.
        QToolTip.showText(event.globalPos(), _plain(str(index.data())) if shortened else "", view)
        return True


def _plain(text: str) -> str:
    """Return text that a tooltip shows as it is."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<span>{escaped}</span>"
