"""The ring that shows where the keyboard is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QToolButton,
    QWidget,
)

from reader.theme import Theme
from reader.ui.look.palette import colour

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

RADIUS = 6
RING = 2
"""Width of the focus ring, px; it stands as far outside of what it rings."""


class FocusRing(QWidget):
    """One ring for every button, slider and segment of a window.

    It is shown when the focus came while the last thing a person touched was the keyboard. Fields
    and rows ring themselves. It hears no event until the focus first moves within the window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme: Theme | None = None
        self._by_key = False
        self._handle: QWindow | None = None
        self._ringed: QWidget | None = None
        self._watched: list[QWidget] = []
        self._radius = float(RADIUS)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._handle:
            if kind == QEvent.Type.KeyPress:
                self._by_key = True
            elif kind in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
                self._by_key = False
                self._leave()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize) and self._ringed is not None:
            self._place()
        elif kind == QEvent.Type.Hide and watched in self._watched:
            self._leave()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(self._theme.focus), RING))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), self._radius, self._radius)
        painter.end()

    def _listen(self) -> None:
        """Hear the window's own input: a filter on the application would hear every event there is."""
        handle = self._window.windowHandle()
        if self._handle is None:
            self._by_key = self._is_first_by_key()
        if handle is not None and handle is not self._handle:
            handle.installEventFilter(self)
            self._handle = handle

    def _is_first_by_key(self) -> bool:
        """Tell how the focus was moved for the first time, when nothing was heard yet."""
        if self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            return True  # Qt says so of Tab, arrows and shortcuts
        return not QGuiApplication.mouseButtons() and bool(QGuiApplication.keyboardModifiers())

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if not shiboken6.isValid(self._window):
            return  # the focus moves while the window is being taken down
        by_key = self._window.testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        if self._handle is not None or (new is not None and (old is not None or by_key)):
            self._listen()  # not before: a window that gets the focus as a whole was not touched yet
        self._leave()
        wanted = isinstance(new, QAbstractButton | QAbstractSlider) or (
            new is not None and (new.inherits("QComboBox") or new.inherits("QTabBar"))  # no class made to ask for it
        )
        if (
            new is None
            or not wanted
            or new.property("rings_itself")
            or not self._by_key
            or new.window() is not self._window
        ):
            return
        self._ringed = new
        above: QWidget | None = new
        while above is not None and above is not self._window:
            above.installEventFilter(self)
            self._watched.append(above)
            above = above.parentWidget()
        self._window.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        ringed = self._ringed
        if ringed is None:
            return
        inner = _shape_of(ringed)
        gap = 0 if isinstance(ringed, QToolButton) or ringed.inherits("QTabBar") else RING
        self._radius = RADIUS + gap + (2 if isinstance(ringed, QToolButton) else 0)
        out = gap + RING
        at = ringed.mapTo(self._window, QPoint(0, 0))
        self.setGeometry(inner.translated(at).adjusted(-out, -out, out, out))
        self.raise_()
        self.show()

    def _leave(self) -> None:
        for widget in self._watched:
            widget.removeEventFilter(self)
        self._window.removeEventFilter(self)
        self._watched.clear()
        self._ringed = None
        self.hide()


def _shape_of(ringed: QWidget) -> QRect:
    """Return what of a widget the ring goes around; one that has parts says it itself."""
    own = getattr(ringed, "focus_rect", None)
    return own() if own is not None else ringed.rect()
