"""The list of the system's typefaces, each name in its own face."""

from __future__ import annotations

import re

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour, mix
from reader.ui.widgets.controls import Field, IconButton
from reader.ui.widgets.filtering import matches, words_of

Index = QModelIndex | QPersistentModelIndex
ROW = 34
_System = QFontDatabase.WritingSystem

_SCRIPTS = {
    "el": _System.Greek,
    "ru": _System.Cyrillic,
    "uk": _System.Cyrillic,
    "be": _System.Cyrillic,
    "bg": _System.Cyrillic,
    "mk": _System.Cyrillic,
    "sr": _System.Cyrillic,
    "kk": _System.Cyrillic,
    "ar": _System.Arabic,
    "fa": _System.Arabic,
    "ur": _System.Arabic,
    "he": _System.Hebrew,
    "yi": _System.Hebrew,
    "hi": _System.Devanagari,
    "mr": _System.Devanagari,
    "ne": _System.Devanagari,
    "bn": _System.Bengali,
    "ta": _System.Tamil,
    "te": _System.Telugu,
    "th": _System.Thai,
    "hy": _System.Armenian,
    "ka": _System.Georgian,
    "vi": _System.Vietnamese,
    "zh": _System.SimplifiedChinese,
    "ja": _System.Japanese,
    "ko": _System.Korean,
}


_OWN = (fonts.SERIF, fonts.SANS, fonts.LEGIBLE)
_ALIASES = ("Monospace", "Sans Serif", "Serif")
"""Names that stand for another family."""
_FOUNDRY = re.compile(r" \[[^\]]*\]$")
"""What Qt adds to a name where two foundries have it."""


def families_for(language: str) -> tuple[str, ...]:
    """Return the system's families that have the letters of a language (BCP 47), but for the program's own.

    Slow where a system has hundreds of them: ask when a person wants to see them.
    """
    script = _SCRIPTS.get(language.lower().replace("_", "-").partition("-")[0], _System.Latin)
    # Faces of signs say that they have Latin letters: they have signs in their places.
    left_out = {*QFontDatabase.families(_System.Symbol), *_ALIASES}
    found = (
        _FOUNDRY.sub("", family)
        for family in QFontDatabase.families(script)
        if family not in left_out
        and not family.startswith(_OWN)
        and QFontDatabase.isSmoothlyScalable(family)
        and not QFontDatabase.isPrivateFamily(family)
    )
    return tuple(dict.fromkeys(found))


class FaceModel(QAbstractListModel):
    """The names of families, of which a filter lets some through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: tuple[str, ...] = ()
        self._shown: tuple[str, ...] = ()

    def show_families(self, families: tuple[str, ...]) -> None:
        self._all = families
        self.filter("")

    def filter(self, query: str) -> None:
        """Show the families that have every word of a query in their name."""
        words = words_of(query)
        self.beginResetModel()
        self._shown = tuple(each for each in self._all if matches(words, each))
        self.endResetModel()

    def row_of(self, family: str) -> int:
        """Return the row of a family; -1 where it is not shown."""
        return self._shown.index(family) if family in self._shown else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if index.isValid() and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._shown[index.row()]
        return None


class _FaceRows(QStyledItemDelegate):
    """Paints a family's name in its own face: only rows that are seen load one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme: Theme | None = None
        self.chosen = ""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self.theme is None:
            return
        theme, family = self.theme, str(index.data())
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(mix(theme.popup, theme.text, 0.12) if theme.dark else theme.hover))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), 6, 6)
        if current and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour(theme.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 2, -1, -2), 6, 6)
        if family == self.chosen:
            tick = icons.pixmap("check", theme.accent, 16, painter.device().devicePixelRatio())
            painter.drawPixmap(QPointF(rect.right() - 26, rect.center().y() - 8), tick)
        font = QFont([family, fonts.SANS])
        font.setPixelSize(16)
        painter.setFont(font)
        painter.setPen(colour(theme.text))
        room = rect.adjusted(10, 0, -34, 0)
        shown = QFontMetricsF(font).elidedText(family, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, shown)
        painter.restore()


class _FaceView(QListView):
    """A list whose rows are chosen by a click, Enter or Space."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.clicked.connect(lambda index: self.chosen.emit(str(index.data())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.currentIndex().isValid():
                self.chosen.emit(str(self.currentIndex().data()))
            return
        super().keyPressEvent(event)


class FaceList(QWidget):
    """All faces to choose from, with a filter; ``left`` asks to go back."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = FaceModel(self)
        self._rows = _FaceRows(self)
        self.back = IconButton("arrow-left", self.tr("Back to the choices of type"), parent=self)
        self.field = Field("search", self.tr("Find a typeface"), parent=self)
        self.list = _FaceView(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._rows)
        self.list.setAccessibleName(self.tr("Typefaces of this computer"))
        self._none = QLabel(self.tr("There is no such typeface on this computer."), self)
        self._none.setObjectName("muted")
        self._none.setWordWrap(True)
        self._none.hide()
        self.back.clicked.connect(self.left)
        self.list.chosen.connect(self._on_chosen)
        self.field.textChanged.connect(self._filter)
        self.field.left_downwards.connect(self._enter_list)
        self.field.entered.connect(lambda _shifted: self._choose_only())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(self.field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)

    def set_theme(self, theme: Theme) -> None:
        self._rows.theme = theme
        self.back.set_theme(theme)
        self.field.set_theme(theme)
        self.list.viewport().update()

    def open(self, families: tuple[str, ...], chosen: str) -> None:
        """Show families, with the chosen one in sight."""
        self.field.clear()
        self._model.show_families(families)
        self.show_chosen(chosen)
        row = self._model.row_of(chosen)
        self.list.setCurrentIndex(self._model.index(max(0, row)))
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_chosen(self, family: str) -> None:
        self._rows.chosen = family
        self.list.viewport().update()

    def _filter(self, query: str) -> None:
        self._model.filter(query)
        self._none.setVisible(self._model.rowCount() == 0)
        if self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(0))

    def _enter_list(self) -> None:
        if self._model.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_only(self) -> None:
        if self.list.currentIndex().isValid():
            self._on_chosen(str(self.list.currentIndex().data()))

    def _on_chosen(self, family: str) -> None:
        self.show_chosen(family)
        self.chosen.emit(family)
