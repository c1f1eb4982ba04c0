"""Notes that stay open below the text while one reads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from reader.ui.look.palette import colour
from reader.ui.notes.note_view import NoteView
from reader.ui.widgets.controls import IconButton

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from reader.article.text import Text
    from reader.ui.page.styles import StyleBook

HEIGHT_SHARE = 0.36
"""How much of the room the notes take at most; more of them scroll."""
MARGIN = 4
"""px left free at the edges of a narrow room."""
NUMBER = 44
"""Width of a note's number, px."""
BUTTON = 28


class KeptNote(QWidget):
    """One note: its number, its text, a cross."""

    closed = Signal(str)
    """Its key."""

    def __init__(self, key: str, label: str, pictures: QObject, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        self.number = QLabel(label, self)
        self.number.setTextFormat(Qt.TextFormat.PlainText)
        self.number.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(NUMBER - 12)
        self.view = NoteView(pictures, self)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.close_button = IconButton("x", self.tr("Close note {label}").format(label=label), size=14, parent=self)
        self.close_button.setFixedSize(BUTTON, BUTTON)
        self.close_button.clicked.connect(lambda: self.closed.emit(self.key))
        name = self.tr("Note {label}, kept open").format(label=label)
        self.setAccessibleName(name)
        self.view.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 10, 0, 8)
        row.setSpacing(12)
        row.addWidget(self.number)
        row.addWidget(self.view, 1)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)

    def show_note(self, text: Text, styles: StyleBook) -> None:
        """Set the note in a look; ``text`` holds it."""
        span = text.note_span(self.key)
        if span is not None:
            self.view.show_passages(text, (span.start, span.stop), styles, text.labels)
        self.number.setFont(styles.note_number())
        self.number.setStyleSheet(f"color: {styles.theme.accent}; padding-top: {styles.px(3)}px;")
        self.close_button.set_theme(styles.theme)

    def set_width(self, width: int) -> int:
        """Take a width; return the height at which all of the note is seen."""
        height = self.view.height_for(max(40, width - NUMBER - 12 - BUTTON))
        self.view.setFixedHeight(height)
        return max(height, BUTTON) + 18

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit(self.key)
        else:
            super().keyPressEvent(event)


class KeptNotes(QFrame):
    """A stack of notes, the one that was kept last at the top; gone when it is empty."""

    note_activated = Signal(str)
    """A mark in a kept note was clicked: the key of its note."""
    link_activated = Signal(str)
    emptied = Signal()

    def __init__(self, pictures: QObject, parent: QWidget, column: Callable[[], tuple[float, float]]) -> None:
        """``column`` tells the left edge and the width of the text's column in ``parent``, px."""
        super().__init__(parent)
        self._pictures = pictures
        self._column_of = column
        self._text: Text | None = None
        self._styles: StyleBook | None = None
        self._notes: list[KeptNote] = []
        self._kept: dict[int, tuple[str, ...]] = {}
        self._article = -1
        self.setAccessibleName(self.tr("Notes kept open"))
        self._stack = QWidget(self)
        self._column = QVBoxLayout(self._stack)
        self._column.setSpacing(0)
        self._area = QScrollArea(self)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._stack)
        for ground in (self._stack, self._area.viewport()):
            ground.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 1, 0, 0)
        whole.addWidget(self._area)
        self._fitting = QTimer(self, singleShot=True, interval=0)
        self._fitting.timeout.connect(self._fit)
        parent.installEventFilter(self)
        self.hide()

    @property
    def keys(self) -> tuple[str, ...]:
        """The notes that are kept open, from the top."""
        return tuple(note.key for note in self._notes)

    @property
    def notes(self) -> tuple[KeptNote, ...]:
        return tuple(self._notes)

    def show_article(self, article: int, text: Text, styles: StyleBook) -> None:
        """Show what was kept of an article; what was kept of another one comes back with that."""
        if article == self._article and text is self._text:
            return
        self._kept[self._article] = self.keys
        while self._notes:
            self._take_away(self._notes[0])
        self._article, self._text, self._styles = article, text, styles
        for key in reversed(self._kept.get(article, ())):
            self.keep(key)
        self._fit()

    def keep(self, key: str) -> None:
        """Keep a note open; one that is open already comes to the top."""
        text, styles = self._text, self._styles
        if text is None or styles is None or text.note_span(key) is None:
            return
        for note in [note for note in self._notes if note.key == key]:
            self._take_away(note)
        made = KeptNote(key, text.labels.get(key, key), self._pictures, self._stack)
        made.show_note(text, styles)
        made.closed.connect(self.close_note)
        made.view.mark_activated.connect(lambda mark: self.note_activated.emit(mark.key))
        made.view.link_activated.connect(self.link_activated)
        self._notes.insert(0, made)
        self._column.insertWidget(0, made)
        self._area.verticalScrollBar().setValue(0)
        self._fit()

    def close_note(self, key: str) -> None:
        """Let a note go; the focus goes to the next one, or back to the text."""
        number = next((n for n, note in enumerate(self._notes) if note.key == key), None)
        if number is None:
            return
        self._take_away(self._notes[number])
        if self._notes:
            self._notes[min(number, len(self._notes) - 1)].view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.emptied.emit()
        self._fit()

    def _take_away(self, note: KeptNote) -> None:
        self._notes.remove(note)
        self._column.removeWidget(note)
        note.hide()
        note.deleteLater()

    def restyle(self, styles: StyleBook) -> None:
        """Take another look."""
        self._styles = styles
        for note in self._notes:
            if self._text is not None:
                note.show_note(self._text, styles)
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Be as wide as the column, as high as the notes, and no higher than a share of the room."""
        room, styles = self.parentWidget(), self._styles
        self.setVisible(bool(self._notes))
        if not self._notes or room is None or styles is None:
            return
        left, column = self._column_of()
        right = room.width() - left - column
        self._column.setContentsMargins(
            max(MARGIN, round(left) - NUMBER), 4, max(MARGIN, round(right) - BUTTON - 12), 8
        )
        margins = self._column.contentsMargins()
        width = room.width() - margins.left() - margins.right()
        wanted = 13 + sum(note.set_width(width) for note in self._notes)
        self.setFixedHeight(min(wanted, round(HEIGHT_SHARE * room.height())))
        layout = room.layout()
        if layout is not None:
            layout.activate()  # at once: text and notes change places in one frame

    def sizeHint(self) -> QSize:
        return QSize(MARGIN, self.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._notes:
            self._fitting.start()  # not within the layout that just resizes the room
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._styles is None:
            return
        painter, theme = QPainter(self), self._styles.theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(theme.background))
        painter.drawRect(self.rect())
        painter.setBrush(colour(theme.rule_strong))
        painter.drawRect(0, 0, self.width(), 1)
        painter.end()
