"""The controls of the card of type and theme: samples to choose from, lengths on a slider, switches."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QSlider, QToolButton, QWidget

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour, mix

BOX = 44
"""Height of a sample, px; its name stands below."""
NAME = 20
NAME_WIDTH = 84
VALUE_WIDTH = 74
ROW = 34
TRACK = (36, 20)
"""Width and height of a switch, px."""
_GAP = 6


class Sample(QRadioButton):
    """One of a few looks, drawn as it is; a thick edge and strong letters tell the chosen one."""

    def __init__(self, name: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self._theme: Theme | None = None
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip("")
        self.setFixedHeight(BOX + NAME)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(BOX, BOX + NAME)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme, chosen = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1, 1, self.width() - 2, BOX - 2)
        self.paint_sample(painter, theme, box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = theme.accent if chosen else theme.rule_strong if self.underMouse() else theme.popup_rule
        painter.setPen(QPen(colour(edge), 2 if chosen else 1))
        inset = 0.0 if chosen else 0.5
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 6, 6)
        font = fonts.interface(11, 600 if chosen else 400)
        painter.setFont(font)
        painter.setPen(colour(theme.accent if chosen else theme.muted))
        shown = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() + 1)
        painter.drawText(QRectF(0, BOX, self.width(), NAME), Qt.AlignmentFlag.AlignCenter, shown)
        painter.end()

    def paint_sample(self, painter: QPainter, theme: Theme, box: QRectF) -> None:
        """Paint what is chosen here."""
        raise NotImplementedError


class Swatch(Sample):
    """A theme as it looks: its page, its text, its accent; for the system's choice two of them."""

    def __init__(self, name: str, text: str, shown: tuple[Theme, ...], parent: QWidget) -> None:
        super().__init__(name, text, parent)
        self._shown = shown

    def paint_sample(self, painter: QPainter, theme: Theme, box: QRectF) -> None:
        share = box.width() / len(self._shown)
        for number, shown in enumerate(self._shown):
            painter.save()
            painter.setClipRect(QRectF(box.left() + share * number, 0, share, self.height()))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(shown.page))
            painter.drawRoundedRect(box, 6, 6)
            painter.setFont(fonts.font(fonts.SERIF, 19))
            painter.setPen(colour(shown.text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Aa")
            painter.restore()


class FaceSample(Sample):
    """Three letters in a face."""

    def __init__(self, name: str, text: str, parent: QWidget) -> None:
        super().__init__(name, text, parent)
        self.face = name

    def paint_sample(self, painter: QPainter, theme: Theme, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.page))
        painter.drawRoundedRect(box, 6, 6)
        face = fonts.face(self.face)
        painter.setFont(fonts.font(face.text, 20 * face.optical))
        painter.setPen(colour(theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "Aag")


class Length(QWidget):
    """A length on a slider, with its name before it and what it is now behind it.

    ``value_chosen`` tells what a person chose, in whole ``steps`` of the slider's own unit;
    ``said`` puts such a value into words.
    """

    value_chosen = Signal(int)

    def __init__(
        self, name: str, limits: tuple[int, int], step: int, said: Callable[[int], str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._step = step
        self._said = said
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(limits[0] // step, limits[1] // step)
        self.slider.setPageStep(max(1, (limits[1] - limits[0]) // step // 5))
        self.slider.setAccessibleName(name)
        self.slider.valueChanged.connect(self._on_changed)
        self.value = QLabel(self)
        self.value.setObjectName("muted")
        self.value.setFont(fonts.interface(12, features=("tnum",)))
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.value.setMinimumWidth(VALUE_WIDTH)
        label = QLabel(name, self)
        label.setFont(fonts.interface(13))
        label.setMinimumWidth(NAME_WIDTH)
        label.setBuddy(self.slider)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.value)
        self.setFixedHeight(ROW)

    def show_value(self, value: int) -> None:
        """Show what is chosen, without telling it back."""
        blocked = self.slider.blockSignals(True)
        self.slider.setValue(round(value / self._step))
        self.slider.blockSignals(blocked)
        self._say(value)

    def _on_changed(self, steps: int) -> None:
        self._say(steps * self._step)
        self.value_chosen.emit(steps * self._step)

    def _say(self, value: int) -> None:
        said = self._said(value)
        self.value.setText(said)
        self.slider.setAccessibleDescription(said)


class _Slider(QSlider):
    """A slider that the wheel passes over: it turns the card it stands on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Way(QToolButton):
    """A row that leads to more choices."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(fonts.interface(13))
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.accent if self.underMouse() or self.isDown() else theme.ui_text
        painter.setFont(self.font())
        painter.setPen(colour(ink))
        leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(QRectF(self.rect()), leading, self.text())
        arrow = icons.pixmap("chevron-right", ink, 16, self.devicePixelRatioF())
        at = 0 if self.isRightToLeft() else self.width() - 16
        painter.drawPixmap(QPointF(at, (self.height() - 16) / 2), arrow)
        painter.end()


class Switch(QCheckBox):
    """A choice that is on or off: words, and a switch behind them."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._theme: Theme | None = None
        self.setFont(fonts.interface(13))
        self.setAccessibleName(text)
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def show_on(self, on: bool) -> None:
        """Show whether it is on, without telling it back."""
        blocked = self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(blocked)
        self.update()

    def sizeHint(self) -> QSize:
        words = QFontMetricsF(self.font()).horizontalAdvance(self.text())
        return QSize(round(words) + 12 + TRACK[0], ROW)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme, on = self._theme, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        painter.setPen(colour(theme.ui_text if self.isEnabled() else mix(theme.muted, theme.popup, 0.4)))
        leading = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(QRectF(self.rect()), leading, self.text())
        width, height = TRACK
        left = 0.5 if self.isRightToLeft() else self.width() - width - 0.5
        track = QRectF(left, (self.height() - height) / 2, width, height)
        painter.setPen(QPen(colour(theme.accent if on else theme.rule_strong), 1))
        painter.setBrush(colour(theme.accent if on else theme.pressed))
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob = height - 8
        at = track.right() - knob - 4 if on != self.isRightToLeft() else track.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.on_accent if on else theme.rule_strong))
        painter.drawEllipse(QRectF(at, track.top() + 4, knob, knob))
        painter.end()
