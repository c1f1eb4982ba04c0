"""A note beside its mark: a card that can be travelled into, pinned and read aloud."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.look.palette import colour
from reader.ui.look.shadow import paint_shadow
from reader.ui.notes.note_view import NoteView
from reader.ui.notes.placement import Placement, Side, place
from reader.ui.page.anchored import MarkHit
from reader.ui.page.styles import StyleBook
from reader.ui.widgets.controls import IconButton, TextButton

WIDTH = 430
MIN_WIDTH = 280
MIN_HEIGHT = 120
RING = 4
"""How far the ring around a mark reaches above it, px: the arrow of a popup ends there."""
LAST_LINES = 40  # px: for so little more nobody should have to scroll
HEIGHT_SHARE = 0.4  # of the window: a longer note scrolls
SHADOW = 24
ARROW = 8
RADIUS = 10
FADE_MS = 150


class NoteShown(Struct, frozen=True):
    """What a popup shows: a note by its key and label, and the words for the ear."""

    key: str
    label: str
    spoken: str


class CardGround(QWidget):
    """What is painted under a card: its shadow, its face, its arrow. The pointer goes through it.

    It is larger than the card: the mark stands in its margin, and must stay in reach.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._side = Side.BELOW
        self._arrow_at = 0
        self._strength = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_strength(self, strength: float) -> None:
        """Take the opacity, 0 to 1."""
        self._strength = strength
        self.update()

    def stand_under(self, placement: Placement, arrow_at: int) -> None:
        """Take the place of a card; ``arrow_at`` is where its arrow is, from its left edge."""
        self._side, self._arrow_at = placement.side, arrow_at
        self.setGeometry(placement.rect.adjusted(-SHADOW, -SHADOW, SHADOW, SHADOW))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(self._strength)
        card = QRectF(self.rect().adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW))
        paint_shadow(painter, card, RADIUS, QPointF(0, 6), SHADOW, 0.5 if self._theme.dark else 0.16)
        painter.setPen(QPen(colour(self._theme.popup_rule), 1))
        painter.setBrush(colour(self._theme.popup))
        painter.drawPath(self._outline(card.adjusted(0.5, 0.5, -0.5, -0.5)))
        painter.end()

    def _outline(self, card: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(card, RADIUS, RADIUS)
        if self._side in (Side.BELOW, Side.ABOVE):
            x = min(max(card.left() + self._arrow_at, card.left() + RADIUS + ARROW), card.right() - RADIUS - ARROW)
            edge, tip = (
                (card.top(), card.top() - ARROW + 1)
                if self._side is Side.BELOW
                else (card.bottom(), card.bottom() + ARROW - 1)
            )
            arrow = QPainterPath(QPointF(x - ARROW, edge))
            arrow.lineTo(QPointF(x, tip))
            arrow.lineTo(QPointF(x + ARROW, edge))
            arrow.closeSubpath()
            path = path.united(arrow)
        return path


class FootnotePopup(QWidget):
    """One card, exactly as large as it is seen."""

    go_requested = Signal(str)
    """The note's key: a person wants to see it where it stands."""
    copy_requested = Signal(str)
    keep_requested = Signal(str)
    """The note's key: a person wants to have it open below the text while reading on."""
    closed = Signal()
    entered = Signal()
    left = Signal()
    pinned_changed = Signal(bool)

    def __init__(self, pictures: QObject, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = CardGround(parent)
        self._note: NoteShown | None = None
        self._mark: MarkHit | None = None
        self._number = QLabel(self)
        self._number.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.view = NoteView(pictures, self)
        self._go = TextButton(self.tr("Go to note"), "corner-down-left", parent=self)
        self._copy = IconButton("copy", self.tr("Copy the note"), parent=self)
        self._keep = IconButton("panel-bottom", self.tr("Keep below the text"), parent=self)
        self._pin = IconButton("pin", self.tr("Keep open"), checkable=True, parent=self)
        self._close = IconButton("x", self.tr("Close"), self.tr("Esc"), parent=self)
        self._rule = QFrame(self)
        self._rule.setObjectName("rule")
        self._rule.setFixedHeight(1)
        self._lay_out()
        self._fade = QVariantAnimation(self)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.setDuration(FADE_MS)
        self._fade.valueChanged.connect(lambda strength: self._ground.set_strength(float(strength)))
        self._go.clicked.connect(self._on_go)
        self._copy.clicked.connect(self._on_copy)
        self._keep.clicked.connect(self._on_keep)
        self._close.clicked.connect(self.closed)
        self._pin.toggled.connect(self.pinned_changed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setContentsMargins(14, 14, 14, 12)
        upper.setSpacing(12)
        upper.addWidget(self._number)
        upper.addWidget(self.view, 1)
        lower = QHBoxLayout()
        lower.setContentsMargins(12, 4, 8, 4)
        lower.setSpacing(2)
        lower.addWidget(self._go)
        lower.addStretch(1)
        for button in (self._copy, self._keep, self._pin, self._close):
            lower.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self._rule)
        whole.addLayout(lower)

    # -- what it shows -----------------------------------------------------------------------------

    @property
    def note(self) -> NoteShown | None:
        return self._note

    @property
    def mark(self) -> MarkHit | None:
        """The mark that the popup belongs to."""
        return self._mark

    @property
    def pinned(self) -> bool:
        return self._pin.isChecked()

    def set_pinned(self, pinned: bool) -> None:
        self._pin.setChecked(pinned)

    def set_theme(self, theme: Theme) -> None:
        self._ground.set_theme(theme)
        for control in (self._go, self._copy, self._keep, self._pin, self._close):
            control.set_theme(theme)

    def open(self, note: NoteShown, mark: MarkHit, styles: StyleBook, *, known: bool, animated: bool) -> None:
        """Stand beside ``mark``; the text is in ``view`` already. ``known``: there is such a note."""
        self._note, self._mark = note, mark
        self.set_theme(styles.theme)
        self._number.setText(note.label)
        self._number.setFont(styles.note_number())
        self._number.setStyleSheet(f"color: {styles.theme.accent}; padding-top: {styles.px(3)}px;")
        self._number.setMinimumWidth(styles.px(12))
        name = self.tr("Note {label}").format(label=note.label)
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(note.spoken)
        self.view.setAccessibleName(name)
        self._go.setEnabled(known)
        self._copy.setEnabled(known)
        self._keep.setEnabled(known)
        self._place()
        for widget in (self._ground, self):
            widget.show()
            widget.raise_()
        self._appear(animated)

    def _appear(self, animated: bool) -> None:
        self._fade.stop()
        if animated:
            self._fade.setStartValue(0.0)
            self._fade.setEndValue(1.0)
            self._fade.start()
        else:
            self._ground.set_strength(1.0)

    def dismiss(self) -> None:
        """Go away for good."""
        self.hide()
        self._ground.deleteLater()
        self.deleteLater()

    def follow_mark(self, rect: QRect) -> None:
        """Stay beside the mark after the page was scrolled; ``rect`` is on the screen."""
        if self._mark is not None:
            self._mark = MarkHit(self._mark.key, self._mark.offset, rect)
            self._place()

    def _place(self) -> None:
        window = self.parentWidget()
        if self._mark is None or window is None:
            return
        bounds = window.rect()
        mark = QRect(window.mapFromGlobal(self._mark.rect.topLeft()), self._mark.rect.size()).adjusted(0, -RING, 0, 0)
        width = max(min(MIN_WIDTH, bounds.width() - 24), min(WIDTH, bounds.width() - 24))
        wanted = self._size_for(width)
        highest = max(MIN_HEIGHT, round(bounds.height() * HEIGHT_SHARE))
        if wanted.height() <= highest + LAST_LINES:
            highest = wanted.height()
        placement = place(mark, QSize(width, min(highest, wanted.height())), bounds)
        # Decided here: left to itself the bar comes, narrows the text, and stays because of that.
        scrolls = placement.rect.height() < wanted.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.view.setVerticalScrollBarPolicy(policy)
        self._take(placement, mark)

    def _size_for(self, width: int) -> QSize:
        """Return the size at which the whole note is seen."""
        text_width = width - 28 - 12 - max(self._number.sizeHint().width(), self._number.minimumWidth())
        frame = 26 + 1 + 8 + self._close.height()
        return QSize(width, self.view.height_for(text_width) + frame)

    def _take(self, placement: Placement, mark: QRect) -> None:
        self.setGeometry(placement.rect)
        self._ground.stand_under(placement, mark.center().x() - placement.rect.left())

    # -- pointer, keys, paint ----------------------------------------------------------------------

    def _on_go(self) -> None:
        if self._note is not None:
            self.go_requested.emit(self._note.key)

    def _on_keep(self) -> None:
        if self._note is not None:
            self.keep_requested.emit(self._note.key)

    def _on_copy(self) -> None:
        if self._note is not None:
            self.copy_requested.emit(self._note.key)

    def hideEvent(self, event: QHideEvent) -> None:
        self._ground.hide()
        super().hideEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
