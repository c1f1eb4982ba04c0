"""Where the panes stand: beside the page, or over it where the window is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from reader.ui.look.palette import colour

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from reader.theme import Theme

NARROW = 900
OUTLINE_MIN = 200
SIDE_MIN = 260
PAGE_MIN = 320


class Pane(QWidget):
    """The place of a panel: there from the first frame, filled after it."""

    def __init__(self, name: str, minimum: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(minimum)
        self.setAccessibleName(name)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def fill(self, panel: QWidget) -> None:
        self._layout.addWidget(panel)


class Scrim(QWidget):
    """A shade over the page while a drawer is open; a click on it closes the drawer."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shade = "#00000052"
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._shade = theme.scrim
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), colour(self._shade))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()
        event.accept()


class Panes(QWidget):
    """The outline, the page and the side pane in a row; below ``NARROW`` the panes become drawers."""

    shown_changed = Signal()

    def __init__(self, centre: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._centre = centre
        self._narrow = False
        self._wanted = {"outline": True, "side": False}
        self._open_drawer = ""
        self._reading = True
        self.outline = Pane(self.tr("Contents"), OUTLINE_MIN, self)
        self.side = Pane(self.tr("Side pane"), SIDE_MIN, self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        centre.setMinimumWidth(PAGE_MIN)
        for widget in (self.outline, centre, self.side):
            self._splitter.addWidget(widget)
        self._splitter.setStretchFactor(1, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self._scrim = Scrim(self)
        self._scrim.clicked.connect(self.close_drawer)

    def set_theme(self, theme: Theme) -> None:
        self._scrim.set_theme(theme)

    def set_widths(self, outline: int, side: int) -> None:
        rest = max(PAGE_MIN, self.width() - outline - side)
        self._splitter.setSizes([outline, rest, side])

    def widths(self) -> tuple[int, int] | None:
        """Return the widths of outline and side pane; None while they are drawers."""
        if self._narrow:
            return None
        sizes = self._splitter.sizes()
        return sizes[0], sizes[2]

    def wanted(self, name: str) -> bool:
        """Say whether a pane is to stand beside the page where there is room."""
        return self._wanted[name]

    def shown(self, name: str) -> bool:
        """Say whether a pane is on the screen, or would be if the window were."""
        if self._narrow:
            return self._open_drawer == name
        return self._wanted[name] and (self._reading or name != "outline")

    def show_pane(self, name: str, shown: bool) -> None:
        """Show or hide a pane: beside the page, or as a drawer over it."""
        if self._narrow:
            self._open_drawer = name if shown else "" if self._open_drawer == name else self._open_drawer
        else:
            self._wanted[name] = shown
        self._arrange()

    def set_reading(self, reading: bool) -> None:
        """Say whether a text is read: the start page has no outline beside it."""
        if reading != self._reading:
            self._reading = reading
            self._arrange()

    def set_wanted(self, outline: bool, side: bool) -> None:
        self._wanted = {"outline": outline, "side": side}
        self._arrange()

    def close_drawer(self) -> bool:
        """Close the drawer that is open; say whether one was."""
        if not self._open_drawer:
            return False
        self._open_drawer = ""
        self._arrange()
        return True

    @property
    def narrow(self) -> bool:
        return self._narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._change_form(narrow)
        self._scrim.setGeometry(self.rect())
        if self._narrow:
            self._place_drawers()

    def _change_form(self, narrow: bool) -> None:
        self._narrow = narrow
        self._open_drawer = ""
        for index, pane in ((0, self.outline), (2, self.side)):
            if narrow:
                pane.setParent(self)
            else:
                self._splitter.insertWidget(index, pane)
        self._splitter.setStretchFactor(self._splitter.indexOf(self._centre), 1)
        self._arrange()

    def _arrange(self) -> None:
        if self._narrow:
            self._scrim.setVisible(bool(self._open_drawer))
            self._scrim.raise_()
            for name, pane in (("outline", self.outline), ("side", self.side)):
                pane.setVisible(self._open_drawer == name)
                pane.raise_()
            self._place_drawers()
        else:
            self._scrim.hide()
            self.outline.setVisible(self._wanted["outline"] and self._reading)
            self.side.setVisible(self._wanted["side"])
        self.shown_changed.emit()

    def _place_drawers(self) -> None:
        width = min(320, self.width() - 48)
        first, last = QRect(0, 0, width, self.height()), QRect(self.width() - width, 0, width, self.height())
        if self.isRightToLeft():
            first, last = last, first
        self.outline.setGeometry(first)
        self.side.setGeometry(last)
