"""The small controls of bars and panes: buttons, fields, labels.

Each paints itself from the theme at the device's own pixel ratio, so that it is sharp at every
scale; what plain style rules can do is left to ``controls.qss``.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAction,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour, mix
from reader.ui.widgets.focus_ring import FocusRing

__all__ = [
    "ElidedLabel",
    "EmptyState",
    "Field",
    "FocusRing",
    "IconButton",
    "TextButton",
    "announce",
]

BUTTON = 32
"""Side of a tool button, px."""
RADIUS = 6
ICON = 18
ICON_SMALL = 16
ICON_EMPTY = 32


SPOKEN_LABEL = "spoken"
"""The name of the label that speaks in a window, where a person chose that; see ``ui/window/listening.py``."""


def announce(widget: QWidget, message: str) -> None:
    """Have a screen reader say ``message``; nothing is done where none listens.

    It is said once: by an event, or by the window's own label for screen readers that know no such event.
    """
    if not message or not QAccessible.isActive():
        return
    label = widget.window().findChild(QLabel, SPOKEN_LABEL)
    if label is None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, message))
    else:
        label.hide()
        label.setAccessibleName(message)
        label.show()


def faint(theme: Theme) -> str:
    """Return the colour of what cannot be used just now."""
    return mix(theme.muted, theme.background, 0.45)


class IconButton(QToolButton):
    """A square button that shows an icon, and a fuller one while it is on.

    ``name`` is its accessible name and, with the shortcut, its tooltip; ``on_name`` says what a
    press does while it is on, where that is something else.
    """

    def __init__(
        self,
        icon: str,
        name: str,
        shortcut: str = "",
        *,
        checkable: bool = False,
        size: int = ICON,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._icon = icon
        self._size = size
        self._filled_when_on = False
        self.setFixedSize(BUTTON, BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(checkable)
        self.set_name(name, shortcut)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_name(self, name: str, shortcut: str = "") -> None:
        """Name the button for the ear, and for the eye in its tooltip."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {shortcut}" if shortcut else name)

    def set_icon(self, name: str, *, filled_when_on: bool = False) -> None:
        """Show another icon; ``filled_when_on`` fills its shape with the accent while it is on."""
        self._icon = name
        self._filled_when_on = filled_when_on
        self.update()

    def follow(self, action: QAction) -> None:
        """Do and show what ``action`` does: its state, its name, its shortcut."""
        self.setCheckable(action.isCheckable())
        self.clicked.connect(lambda: action.trigger())
        action.changed.connect(lambda: self._take(action))
        self._take(action)

    def _take(self, action: QAction) -> None:
        name = action.text().replace("&", "").rstrip("…")
        self.set_name(action.toolTip() if action.toolTip() != name else name, action.shortcut().toString())
        self.setAccessibleName(name)
        self.setEnabled(action.isEnabled())
        self.setChecked(action.isChecked())

    def sizeHint(self) -> QSize:
        return QSize(BUTTON, BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back = self._back(theme)
        if back:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(back))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        filled = self._filled_when_on and self.isChecked()
        ink = theme.accent if filled and self.isEnabled() else self._ink(theme)
        ratio = self.devicePixelRatioF()
        leftwards = self.isRightToLeft()
        picture = icons.pixmap(self._icon, ink, self._size, ratio, filled=filled, leftwards=leftwards)
        at = (self.width() - self._size) / 2
        painter.drawPixmap(QPointF(at, at), picture)
        painter.end()

    def _back(self, theme: Theme) -> str:
        if not self.isEnabled():
            return ""
        if self.isDown() or (self.isChecked() and not self._filled_when_on):
            return theme.pressed
        return theme.hover if self.underMouse() else ""

    def _ink(self, theme: Theme) -> str:
        if not self.isEnabled():
            return faint(theme)
        return theme.text if self.underMouse() or self.isChecked() else theme.ui_text


class TextButton(QToolButton):
    """A flat button with words, an icon before them and, where it opens a menu, a chevron after."""

    def __init__(
        self, text: str, icon: str = "", *, chevron: bool = False, height: int = BUTTON, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._icon = icon
        self._chevron = chevron
        self._accented = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(height)
        self.setFont(fonts.interface(13, 500))
        self.set_text(text)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_accented(self, accented: bool) -> None:
        """Write in the accent's colour: for the one way on, such as Undo."""
        self._accented = accented
        self.update()

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self.font()).horizontalAdvance(self.text()) + 20
        width += (ICON_SMALL + 6) * bool(self._icon) + (14 + 8) * self._chevron
        return QSize(round(width + 0.5), self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        back = theme.pressed if self.isDown() or self.isChecked() else theme.hover if self.underMouse() else ""
        if back and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(back))
            painter.drawRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        ink = (theme.accent if self._accented else theme.ui_text) if self.isEnabled() else faint(theme)
        ratio = self.devicePixelRatioF()
        left, right = 10.0, self.width() - 10.0
        if self._icon:
            picture = icons.pixmap(self._icon, ink, ICON_SMALL, ratio)
            painter.drawPixmap(QPointF(left, (self.height() - ICON_SMALL) / 2), picture)
            left += ICON_SMALL + 6
        if self._chevron:
            right -= 14
            picture = icons.pixmap("chevron-down", theme.muted, 14, ratio)
            painter.drawPixmap(QPointF(right, (self.height() - 14) / 2), picture)
            right -= 8
        painter.setFont(self.font())
        painter.setPen(colour(ink))
        painter.drawText(QRectF(left, 0, right - left + 1, self.height()), _LEADING, self.text())
        painter.end()


_LEADING = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class Field(QLineEdit):
    """A field of one line with an icon before it and, where wanted, a cross that clears it.

    ``entered`` is Enter (true: with Shift); ``left_downwards`` asks to go to what is below.
    """

    entered = Signal(bool)
    left_downwards = Signal()

    def __init__(self, icon: str, name: str, *, clearable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._leading = QAction(self)
        self._clear = QAction(self.tr("Clear"), self) if clearable else None
        self.addAction(self._leading, QLineEdit.ActionPosition.LeadingPosition)
        if self._clear is not None:
            self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
            self._clear.triggered.connect(self.clear)
            self._clear.setVisible(False)
            self.textChanged.connect(self._show_clear)
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setFont(fonts.interface(13))
        for button in self.findChildren(QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(button.toolTip() or name)

    def set_theme(self, theme: Theme) -> None:
        self._leading.setIcon(icons.icon(self._icon, theme.muted, ICON_SMALL))
        if self._clear is not None:
            self._clear.setIcon(icons.icon("x", theme.muted, ICON_SMALL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _show_clear(self, text: str) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(text))


class ElidedLabel(QLabel):
    """A line of text that is shortened to its room; the whole of it is the tooltip then.

    Always plain text: what a file says is never taken for markup.
    """

    def __init__(self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text)
        self._tell_whole()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        painter.drawText(self.contentsRect(), self.alignment() | Qt.TextFlag.TextSingleLine, self._shown())
        painter.end()

    def _shown(self) -> str:
        return QFontMetricsF(self.font()).elidedText(self.text(), self._mode, self.contentsRect().width() + 0.5)

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self._shown() != self.text() else "")


class EmptyState(QWidget):
    """What a pane shows where it has nothing to show: an icon and a sentence or two."""

    def __init__(self, icon: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence = QLabel(text)
        self._sentence.setObjectName("muted")
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sentence.setFont(fonts.interface(13))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 48, 24, 16)
        column.setSpacing(14)
        column.addWidget(self._picture)
        column.addWidget(self._sentence)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        ink = mix(theme.muted, theme.background, 0.25)
        self._picture.setPixmap(icons.pixmap(self._icon, ink, ICON_EMPTY, max(2.0, self.devicePixelRatioF())))

    def set_text(self, text: str) -> None:
        self._sentence.setText(text)

    def text(self) -> str:
        return self._sentence.text()
