"""Two halves of the page beside each other, or one above the other where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.widgets.controls import ElidedLabel, IconButton
from reader.ui.window.panes import NARROW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from reader.theme import Theme

HEAD = 34
"""Height of the strip over a half, px."""
BAR = 3
"""Height of the sign of the half that is read, px."""
HANDLE = 7
STEP = 32
"""How far a key moves the divider, px."""
LEAST_BESIDE = 620
"""Narrower than that, px, halves stand one above the other."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class HalfHead(QWidget):
    """The strip over a half: its title, a cross, and a bar where it is the one that is read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._active = False
        self.setFixedHeight(HEAD)
        self.title = ElidedLabel()
        self.close_button = IconButton("x", self.tr("Close this half"), size=14, parent=self)
        self.close_button.setFixedSize(26, 26)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, BAR, 8, 0)
        row.addWidget(self.title, 1)
        row.addWidget(self.close_button)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.close_button.set_theme(theme)
        self._dress()

    def show_title(self, title: str, active: bool) -> None:
        self._active = active
        self.title.set_text(title)
        said = self.tr("{title}, in this half you read") if active else self.tr("{title}, the other half")
        self.title.setAccessibleName(said.format(title=title))
        self._dress()

    def _dress(self) -> None:
        if self._theme is not None:
            ink = self._theme.text if self._active else self._theme.muted
            self.title.setFont(fonts.interface(13, 600 if self._active else 400))
            self.title.setStyleSheet(f"color: {ink}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.background))
        painter.drawRect(self.rect())
        painter.setBrush(colour(self._theme.rule))
        painter.drawRect(QRectF(0, self.height() - 1, self.width(), 1))
        if self._active:
            painter.setBrush(colour(self._theme.accent))
            painter.drawRect(QRectF(0, 0, self.width(), BAR))
        painter.end()


class Divider(QSplitterHandle):
    """Moved by the pointer, and by the arrow keys once Tab is on it."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self.theme: Theme | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Divider between the halves: the arrow keys move it"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        splitter, step = self.splitter(), _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        sizes = splitter.sizes()
        moved = max(0, min(sum(sizes), sizes[0] + step * STEP))
        splitter.setSizes([moved, sum(sizes) - moved])

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.theme is None:
            return
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self.theme.background))
        painter.drawRect(self.rect())
        painter.setBrush(colour(self.theme.focus if self.hasFocus() else self.theme.rule_strong))
        across, middle = self.orientation() == Qt.Orientation.Horizontal, QRectF(self.rect()).center()
        thick = 3 if self.hasFocus() else 1
        if across:
            painter.drawRect(QRectF(middle.x() - thick / 2, 0, thick, self.height()))
        else:
            painter.drawRect(QRectF(0, middle.y() - thick / 2, self.width(), thick))
        painter.end()


class SplitView(QSplitter):
    """Shows both halves, or one of them."""

    close_requested = Signal(object)
    """The room whose half is to go."""

    def __init__(self, first: QWidget, second: QWidget, window: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, window)
        self._theme: Theme | None = None
        self._rooms = (first, second)
        self._heads: dict[QWidget, HalfHead] = {}
        self._holders: list[QWidget] = []
        self.setHandleWidth(HANDLE)
        self.setChildrenCollapsible(False)
        for room in self._rooms:
            holder = QWidget(self)
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            head = self._heads[room] = HalfHead(holder)
            head.close_button.clicked.connect(lambda _checked=False, room=room: self.close_requested.emit(room))
            column.addWidget(head)
            column.addWidget(room, 1)
            room.show()  # a page of a stack that was not the current one is hidden
            self._holders.append(holder)
            self.addWidget(holder)
        self.setSizes([1000, 1000])

    def createHandle(self) -> QSplitterHandle:
        made = Divider(self.orientation(), self)
        made.theme = getattr(self, "_theme", None)
        return made

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for head in self._heads.values():
            head.set_theme(theme)
        for number in range(1, self.count()):
            handle = self.handle(number)
            if isinstance(handle, Divider):
                handle.theme = theme
                handle.update()

    def show_both(self, both: bool, alone: QWidget | None = None) -> None:
        """Show both halves, or only the one with a room."""
        for number, room in enumerate(self._rooms):
            self._holders[number].setVisible(both or room is alone)
            self._heads[room].setVisible(both)

    def show_active(self, active: QWidget, titles: Mapping[QWidget, str]) -> None:
        """Let the heads say which half is read."""
        for room, head in self._heads.items():
            head.show_title(titles.get(room, ""), room is active)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.window().width() < NARROW or self.width() < LEAST_BESIDE
        wanted = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if wanted != self.orientation():
            self.setOrientation(wanted)
            self.setSizes([1000, 1000])
        super().resizeEvent(event)
