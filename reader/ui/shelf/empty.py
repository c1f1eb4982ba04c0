"""What the library page shows where there is nothing to read yet, and while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.look import fonts, icons
from reader.ui.look.palette import colour, mix

ZONE_WIDTH, ZONE_HEIGHT = 460, 300
SIDE = 20
"""Beside the sentence: in a narrow window it still stands in one line, px."""
RADIUS = 12
ICON = 32
MARGIN = 20
"""Between the page's edge and the zone that is shown over it, px."""


def paint_zone(painter: QPainter, theme: Theme, zone: QRectF, *, wanted: bool) -> None:
    """Paint a dashed frame; in the accent where files are over it."""
    back = mix(theme.accent_tint, theme.page, 0.55) if wanted else mix(theme.background, theme.page, 0.4)
    pen = QPen(colour(theme.accent if wanted else theme.rule_strong), 1.5)
    pen.setDashPattern([4, 4])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(colour(back))
    painter.drawRoundedRect(zone.adjusted(1, 1, -1, -1), RADIUS, RADIUS)


class DropZone(QWidget):
    """One frame, one sentence, two buttons."""

    add_requested = Signal()
    edition_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._wanted = False
        self._picture = QLabel()
        self._title = QLabel(self.tr("Nothing to read yet"))
        self._title.setFont(fonts.font(fonts.SERIF_DISPLAY, 24, 600))
        self.sentence = QLabel(self.tr("Drop a Markdown or plain text file here, or choose one."))
        self.sentence.setObjectName("muted")
        self.sentence.setWordWrap(True)
        self.add = QPushButton(self.tr("Add files…"))
        self.add.setObjectName("primary")
        self.edition = QPushButton(self.tr("Open the study edition"))
        for button in (self.add, self.edition):
            button.setFont(fonts.interface(13, 500))
        self.add.clicked.connect(lambda: self.add_requested.emit())
        self.edition.clicked.connect(lambda: self.edition_requested.emit())
        self.setMaximumSize(ZONE_WIDTH, ZONE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 16, SIDE, 16)
        column.setSpacing(6)
        column.addStretch(1)
        for label in (self._picture, self._title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(14)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.add)
        row.addWidget(self.edition)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        ratio = max(2.0, self.devicePixelRatioF())
        self._picture.setPixmap(icons.pixmap("book-open", theme.accent, ICON, ratio))
        self.update()

    def show_wanted(self, wanted: bool) -> None:
        """Show that files are held over it."""
        self._wanted = wanted
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        paint_zone(painter, self._theme, QRectF(self.rect()), wanted=self._wanted)
        painter.end()


class DropOverlay(QWidget):
    """The zone that lies over the page while files are dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.sentence = self.tr("Let go to add the files to the library.")
        self.setAccessibleName(self.sentence)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        theme = self._theme
        painter = QPainter(self)
        veil = colour(theme.page)
        veil.setAlphaF(0.9)
        painter.fillRect(self.rect(), veil)
        zone = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        paint_zone(painter, theme, zone, wanted=True)
        middle = zone.center()
        picture = icons.pixmap("file-plus", theme.accent, ICON, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(middle.x() - ICON / 2, middle.y() - ICON - 4), picture)
        painter.setPen(colour(theme.text))
        painter.setFont(fonts.font(fonts.SERIF_DISPLAY, 24, 600))
        below = QRectF(zone.left() + 16, middle.y() + 8, zone.width() - 32, zone.height() / 2 - 8)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, int(flags) | int(Qt.TextFlag.TextWordWrap), self.sentence)
        painter.end()
