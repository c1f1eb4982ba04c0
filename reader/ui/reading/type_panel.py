"""The card of type and theme: what a person changes most, with its effect before their eyes."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from reader import theme as themes
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.palette import colour
from reader.ui.look.shadow import paint_shadow
from reader.ui.page.styles import SIZES, Typography
from reader.ui.widgets.controls import IconButton

WIDTH = 300
RADIUS = 10
SHADOW = 24
SWATCH = 56


class Swatch(QAbstractButton):
    """A theme as it looks: its page, its text, its accent; a ring and a tick around the chosen one."""

    def __init__(self, name: str, text: str, shown: tuple[Theme, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._shown = shown
        self._theme: Theme | None = None
        self.setCheckable(True)
        self.setText(text)
        self.setAccessibleName(text)
        self.setFixedHeight(SWATCH + 22)
        self.setMinimumWidth(SWATCH)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(2, 2, self.width() - 4, SWATCH - 4)
        for number, shown in enumerate(self._shown):
            painter.save()
            share = box.width() / len(self._shown)
            painter.setClipRect(QRectF(box.left() + share * number, 0, share, self.height()))
            self._paint_sample(painter, shown, box)
            painter.restore()
        chosen = self.isChecked()
        edge = self._theme.accent if chosen else self._theme.rule_strong
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(edge), 2 if chosen else 1))
        painter.drawRoundedRect(box, 6, 6)
        if self.hasFocus():
            painter.setPen(QPen(colour(self._theme.focus), 2))
            painter.drawRoundedRect(box.adjusted(3, 3, -3, -3), 4, 4)
        painter.setFont(fonts.interface(11, 600 if chosen else 400))
        painter.setPen(colour(self._theme.ui_text))
        painter.drawText(QRectF(0, SWATCH, self.width(), 22), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    @staticmethod
    def _paint_sample(painter: QPainter, theme: Theme, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.page))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(fonts.font(fonts.SERIF, 20))
        painter.setPen(colour(theme.text))
        painter.drawText(box.adjusted(0, -4, 0, -4), Qt.AlignmentFlag.AlignCenter, "Aa")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.accent))
        painter.drawRect(QRectF(box.center().x() - 9, box.bottom() - 12, 18, 2))


class TypePanel(QWidget):
    """Text size and theme; it stands below the button it was opened from."""

    theme_chosen = Signal(str)
    size_step_chosen = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Widget)
        self._theme: Theme | None = None
        self._before: QWidget | None = None
        self._smaller = IconButton("minus", self.tr("Smaller text"), parent=self)
        self._larger = IconButton("plus", self.tr("Larger text"), parent=self)
        self._size = QLabel(self)
        self._size.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._group = QButtonGroup(self)
        self._swatches = self._made_swatches()
        self._smaller.clicked.connect(lambda: self.size_step_chosen.emit(-1))
        self._larger.clicked.connect(lambda: self.size_step_chosen.emit(1))
        self._lay_out()
        self.setAccessibleName(self.tr("Type and theme"))
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _made_swatches(self) -> tuple[Swatch, ...]:
        light, sepia, dark, contrast = (themes.load(name) for name in themes.NAMES)
        named = (
            ("system", self.tr("System"), (light, dark)),
            ("light", self.tr("Light"), (light,)),
            ("sepia", self.tr("Sepia"), (sepia,)),
            ("dark", self.tr("Dark"), (dark,)),
            ("contrast", self.tr("Contrast"), (contrast,)),
        )
        made = []
        for name, text, shown in named:
            swatch = Swatch(name, text, shown, self)
            swatch.clicked.connect(lambda _checked=False, name=name: self.theme_chosen.emit(name))
            self._group.addButton(swatch)
            made.append(swatch)
        return tuple(made)

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Text size"), self)
        label.setObjectName("section")
        label.setFont(fonts.interface(12, 600))
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(self._smaller)
        row.addWidget(self._size)
        row.addWidget(self._larger)
        self._size.setMinimumWidth(52)
        title = QLabel(self.tr("Theme"), self)
        title.setObjectName("section")
        title.setFont(fonts.interface(12, 600))
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, swatch in enumerate(self._swatches):
            grid.addWidget(swatch, 0, number)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + 16, SHADOW + 12, SHADOW + 16, SHADOW + 12)
        column.setSpacing(10)
        column.addLayout(row)
        column.addWidget(title)
        column.addLayout(grid)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in (self._smaller, self._larger):
            button.set_theme(theme)
        for swatch in self._swatches:
            swatch.set_theme(theme)
        self.update()

    def show_choices(self, choice: str, typography: Typography) -> None:
        """Show what is chosen: a theme's name or ``system``, and the size."""
        for swatch in self._swatches:
            swatch.setChecked(swatch.name == choice)
        self._size.setText(self.tr("{size} px").format(size=typography.size))
        self._smaller.setEnabled(typography.size > SIZES[0])
        self._larger.setEnabled(typography.size < SIZES[-1])

    def toggle(self, button: QWidget) -> None:
        """Open below a button, or close."""
        if self.isVisible():
            self.close_panel()
            return
        window = self.parentWidget()
        if window is None:
            return
        self._before = window.focusWidget()
        width = min(WIDTH + 60, window.width() - 16) + 2 * SHADOW
        self.resize(width, self.sizeHint().height())
        corner = window.mapFromGlobal(button.mapToGlobal(QPoint(button.width(), button.height())))
        x = max(8 - SHADOW, min(corner.x() + SHADOW - width + 8, window.width() - width + SHADOW - 8))
        self.move(x, corner.y() + 4 - SHADOW)
        self.show()
        self.raise_()
        first = self._larger if self._larger.isEnabled() else self._smaller
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_panel(self) -> None:
        """Hide the card and give the focus back."""
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Close when the keyboard goes from here to elsewhere in the window."""
        if self.isVisible() and old is not None and new is not None and self.isAncestorOf(old):
            self.setVisible(self.isAncestorOf(new))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press in the shadow for one beside the card."""
        if not self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).contains(event.position().toPoint()):
            self.close_panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))
        paint_shadow(painter, card, RADIUS, QPointF(0, 6), SHADOW, 0.5 if theme.dark else 0.16)
        painter.setPen(QPen(colour(theme.popup_rule), 1))
        painter.setBrush(colour(theme.popup))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.end()
