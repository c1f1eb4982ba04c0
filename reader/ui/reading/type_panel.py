"""The card of type and theme: what a person changes most, with its effect before their eyes."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.look.palette import colour
from reader.ui.look.shadow import paint_shadow
from reader.ui.reading.type_choosing import TypeChoosing, TypeState
from reader.ui.reading.type_faces import FaceList, families_for

WIDTH = 328
RADIUS = 10
SHADOW = 24
PADDING = 16
EDGE = 8
"""Between the card and the window's edge, px."""
BELOW = 9
"""Between the button and the card, px: the card begins at the foot of the tool bar."""


class TypePanel(QWidget):
    """A card below the button it was opened from; it turns where the window is too low for all of it."""

    theme_chosen = Signal(str)
    typography_chosen = Signal(object)
    own_chosen = Signal(bool)
    ruler_chosen = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Widget)
        self._theme: Theme | None = None
        self._before: QWidget | None = None
        self._button: QWidget | None = None
        self._turning = False
        self._language = ""
        self._face = ""
        self._faces: FaceList | None = None
        self.choosing = TypeChoosing(self)
        self._area = QScrollArea(self)
        self._lay_out()
        choosing = self.choosing
        choosing.theme_chosen.connect(self.theme_chosen)
        choosing.typography_chosen.connect(self.typography_chosen)
        choosing.own_chosen.connect(self.own_chosen)
        choosing.ruler_chosen.connect(self.ruler_chosen)
        choosing.faces_requested.connect(self._show_faces)
        self.setAccessibleName(self.tr("Type and theme"))
        self.hide()
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _lay_out(self) -> None:
        holder = QWidget(self)
        held = QVBoxLayout(holder)
        held.setContentsMargins(4, 4, PADDING, 4)
        held.addWidget(self.choosing)
        self._area.setWidget(holder)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        margin = SHADOW + PADDING - 4
        whole.setContentsMargins(margin, SHADOW + 8, SHADOW + 2, SHADOW + 8)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._area)
        whole.addLayout(self._pages)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.choosing.set_theme(theme)
        if self._faces is not None:
            self._faces.set_theme(theme)
        self.update()

    def show_state(self, state: TypeState, language: str = "") -> None:
        """Show what is chosen; ``language`` is that of the open reading, whose letters a face must have."""
        self._language = language
        self._face = state.typography.face
        self.choosing.show_state(state)
        if self._faces is not None:
            self._faces.show_chosen(self._face)

    # -- opening and closing -----------------------------------------------------------------------

    def toggle(self, button: QWidget) -> None:
        """Open below a button, or close."""
        if self.isVisible():
            self.close_panel()
            return
        window = self.parentWidget()
        if window is None:
            return
        self._before = window.focusWidget()
        self._button = button
        self._pages.setCurrentWidget(self._area)
        self._area.verticalScrollBar().setValue(0)
        self._place()
        self.show()
        self.raise_()
        self.choosing.focus_first()

    def _place(self) -> None:
        window, button = self.parentWidget(), self._button
        if window is None or button is None or not shiboken6.isValid(button):
            return
        width = min(WIDTH, window.width() - 2 * EDGE) + 2 * SHADOW
        corner = window.mapFromGlobal(button.mapToGlobal(QPoint(button.width(), button.height())))
        top = corner.y() + BELOW - SHADOW
        wanted = self.choosing.sizeHint().height() + 8 + 2 * (SHADOW + 8)
        height = min(wanted, window.height() - EDGE - top + SHADOW)
        left = max(EDGE - SHADOW, min(corner.x() + SHADOW - width + 8, window.width() - width + SHADOW - EDGE))
        self.setGeometry(left, top, width, height)

    def close_panel(self) -> None:
        """Hide the card and give the focus back."""
        self.hide()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- the list of faces -------------------------------------------------------------------------

    def _show_faces(self) -> None:
        if self._faces is None:
            holder = QWidget(self)
            self._faces = FaceList(holder)
            held = QVBoxLayout(holder)
            held.setContentsMargins(4, 8, PADDING - 2, 8)
            held.addWidget(self._faces)
            self._pages.addWidget(holder)
            self._faces.chosen.connect(self.choosing.choose_face)
            self._faces.left.connect(self._leave_faces)
            if self._theme is not None:
                self._faces.set_theme(self._theme)
        self._turn_to(1)
        self._faces.open(families_for(self._language), self._face)

    def _leave_faces(self) -> None:
        self._turn_to(0)
        self.choosing.more.setFocus(Qt.FocusReason.TabFocusReason)

    def _turn_to(self, page: int) -> None:
        """Show the choices (0) or the list of faces (1); the focus that leaves what is hidden is no leaving."""
        self._turning = True
        self._pages.setCurrentIndex(page)
        self._turning = False

    # -- events ------------------------------------------------------------------------------------

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        """Close when the keyboard goes from here to elsewhere in the window."""
        if self.isVisible() and not self._turning and old is not None and new is not None and self.isAncestorOf(old):
            self.setVisible(self.isAncestorOf(new))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()  # a row came or went
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a press in the shadow for one beside the card."""
        if not self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW).contains(event.position().toPoint()):
            self.close_panel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._pages.currentIndex():
                self._leave_faces()
            else:
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
