"""A thin line of progress."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QProgressBar, QStyle, QWidget

from reader.theme import Theme
from reader.ui.look.palette import colour, mix


class ThinProgress(QProgressBar):
    """A line of progress, 4 px high; a share of None is work of unknown length."""

    STEPS = 1000
    FRAME_MS = 40

    def __init__(self, name: str, height: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._phase = 0.0
        self._clock = QTimer(self)
        self._clock.setInterval(self.FRAME_MS)
        self._clock.timeout.connect(self._step)
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setFixedHeight(height)
        self.set_share(0.0)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_share(self, share: float | None) -> None:
        """Show the share that is done, 0 to 1; None where nobody knows."""
        self.setRange(0, 0 if share is None else self.STEPS)
        self.setValue(0 if share is None else round(max(0.0, min(1.0, share)) * self.STEPS))
        self._run()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._run()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        radius = whole.height() / 2
        painter.setBrush(colour(mix(self._theme.muted, self._theme.background, 0.72)))
        painter.drawRoundedRect(whole, radius, radius)
        painter.setBrush(colour(self._theme.accent))
        if self.maximum() == 0:
            width = whole.width() * 0.3
            whole = QRectF((whole.width() + width) * self._phase - width, 0, width, whole.height())
        else:
            whole.setWidth(whole.width() * self.value() / self.STEPS)
        if whole.width() > 0:
            painter.drawRoundedRect(whole, radius, radius)
        painter.end()

    def _run(self) -> None:
        still = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) == 0
        if self.maximum() == 0 and self.isVisible() and not still:
            self._clock.start()
        else:
            self._clock.stop()
            self._phase = 0.5

    def _step(self) -> None:
        self._phase = (self._phase + self.FRAME_MS / 1400) % 1.0
        self.update()
