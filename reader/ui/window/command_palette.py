"""Every command in one list, found by a few letters."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QFontMetricsF, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.look.shadow import paint_shadow
from reader.ui.widgets.filtering import matches, words_of
from reader.ui.widgets.rows import placed
from reader.ui.window.actions import typed

Index = QModelIndex | QPersistentModelIndex

WIDTH = 600
TOP_SHARE = 0.12
ROW = 40
MAX_ROWS = 9
FIELD = 52
RADIUS = 12
SHADOW = 32
KEYS = Qt.ItemDataRole.UserRole + 1
MENU = Qt.ItemDataRole.UserRole + 2
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: MAX_ROWS, Qt.Key.Key_PageUp: -MAX_ROWS}


class Entry(Struct, frozen=True):
    """A command as it is listed: its words, its menu, its shortcut."""

    action: QAction
    menu: str

    @property
    def text(self) -> str:
        return self.action.text().replace("&", "").rstrip("…")

    @property
    def keys(self) -> str:
        """The shortcut that is shown first, as the system writes it; empty where there is none."""
        return next(iter(self.all_keys), "")

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every shortcut that an ordinary keyboard can type."""
        native = QKeySequence.SequenceFormat.NativeText
        return tuple(sequence.toString(native) for sequence in typed(self.action.shortcuts()))


class PaletteModel(QAbstractListModel):
    """The commands that match what is typed and that can be used now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Entry, ...] = ()
        self._shown: tuple[Entry, ...] = ()

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._all = tuple(entries)
        self.filter("")

    def filter(self, typed: str) -> None:
        """Keep what has every typed word; commands whose words begin so come first."""
        words = words_of(typed)
        self.beginResetModel()
        found = [
            entry for entry in self._all if entry.action.isEnabled() and matches(words, f"{entry.text} {entry.menu}")
        ]
        begins = typed.strip().casefold()
        found.sort(key=lambda entry: not entry.text.casefold().startswith(begins))
        self._shown = tuple(found)
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text}, {entry.keys}" if entry.keys else entry.text
        return {Qt.ItemDataRole.DisplayRole: entry.text, KEYS: entry.keys, MENU: entry.menu}.get(role)


class PaletteDelegate(QStyledItemDelegate):
    """Paints a command, the menu it stands in, and the caps of its keys."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self.theme is None:
            return
        theme, area = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(theme.hover))
            painter.drawRoundedRect(area.adjusted(8, 1, -8, -1), 6, 6)
        painter.setFont(fonts.interface(14))
        painter.setPen(colour(theme.text))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(20, 0, -20, 0), middle | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        right = self._paint_keys(painter, theme, option, str(index.data(KEYS) or ""))
        painter.setFont(fonts.interface(12))
        painter.setPen(colour(theme.muted))
        left_of_keys = QRectF(area.left(), area.top(), right - 12 - area.left(), area.height())
        painter.drawText(placed(option, left_of_keys), middle | Qt.AlignmentFlag.AlignRight, str(index.data(MENU)))
        painter.restore()

    @staticmethod
    def _paint_keys(painter: QPainter, theme: Theme, option: QStyleOptionViewItem, keys: str) -> float:
        """Paint each key as a cap, from the end of the row; return where they begin, if that is at the right."""
        area = QRectF(option.rect)
        right = area.right() - 20
        font = fonts.interface(11, 500)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        parts = [part for part in keys.replace("++", "+Plus").split("+") if part] if keys else []
        for part in reversed(parts):
            shown = "+" if part == "Plus" else part
            width = max(22.0, metrics.horizontalAdvance(shown) + 12)
            cap = placed(option, QRectF(right - width, area.center().y() - 11, width, 22))
            painter.setPen(QPen(colour(theme.popup_rule), 1))
            painter.setBrush(colour(theme.background))
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(colour(theme.ui_text))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, shown)
            right -= width + 4
        return right


class CommandPalette(QWidget):
    """A card over the window; what is chosen happens after the card is gone."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._theme: Theme | None = None
        self._before: QWidget | None = None
        self.field = QLineEdit(self)
        self.field.setObjectName("bare")
        self.field.setFont(fonts.interface(17))
        self.field.setFixedHeight(FIELD)
        self.field.setPlaceholderText(self.tr("Type a command"))
        self.field.setAccessibleName(self.tr("Command"))
        self.model = PaletteModel(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self._delegate = PaletteDelegate(self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self._rule = QFrame(self)
        self._rule.setObjectName("rule")
        self._rule.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 1, SHADOW + 1, SHADOW + 1, SHADOW + 8)
        column.setSpacing(0)
        row = QVBoxLayout()
        row.setContentsMargins(14, 0, 14, 0)
        row.addWidget(self.field)
        column.addLayout(row)
        column.addWidget(self._rule)
        column.addSpacing(6)
        column.addWidget(self.list, 1)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._run)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.setAccessibleName(self.tr("Command palette"))
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._delegate.theme = theme
        self.update()

    def open(self, entries: Sequence[Entry]) -> None:
        """Show the commands; the focus goes back to where it was when the card closes."""
        window = self.parentWidget()
        self._before = window.focusWidget() if window is not None else None
        self.model.show_entries(entries)
        self.field.clear()
        self._select(0)
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        if window is not None:
            window.installEventFilter(self)

    def close_palette(self) -> None:
        """Hide the card and give the focus back."""
        window = self.parentWidget()
        if window is not None:
            window.removeEventFilter(self)
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        width = min(WIDTH, window.width() - 32)
        height = FIELD + 1 + 6 + 7 + ROW * min(MAX_ROWS, max(1, self.model.rowCount()))
        top = round(window.height() * TOP_SHARE)
        card = QRect((window.width() - width) // 2, top, width, min(height, window.height() - top - 16))
        self.setGeometry(card.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))

    def _on_typed(self, text: str) -> None:
        self.model.filter(text)
        self._select(0)
        self._place()

    def _select(self, row: int) -> None:
        last = self.model.rowCount() - 1
        self.list.setCurrentIndex(self.model.index(max(0, min(row, last)), 0))

    def _run(self, index: Index) -> None:
        entry = self.model.entry(index.row())
        self.close_palette()
        if entry is not None:
            entry.action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._on_key(event)
            if event.type() == QEvent.Type.FocusOut and self.isVisible() and not self.underMouse():
                self.close_palette()
        elif event.type() == QEvent.Type.Resize:
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self.close_palette()
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in _MOVES:
            self._select(self.list.currentIndex().row() + _MOVES[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._select(self.list.currentIndex().row() + (1 if key == Qt.Key.Key_Tab else -1))
        else:
            return False
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press in the shadow for one beside the card."""
        if not self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))
        paint_shadow(painter, card, RADIUS, QPointF(0, 8), SHADOW, 0.55 if self._theme.dark else 0.26)
        painter.setPen(QPen(colour(self._theme.popup_rule), 1))
        painter.setBrush(colour(self._theme.popup))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
