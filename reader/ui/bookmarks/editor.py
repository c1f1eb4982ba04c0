"""Where a person writes a bookmark's label and remark, in its row."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.bookmarks.model import BookmarkChange, BookmarkRow
from reader.ui.look import fonts
from reader.ui.widgets.controls import TextButton

QUIET_MS = 1_000
"""After the last key, before what was written is saved."""
LONGEST_MS = 10_000
"""What is being written is never left unsaved for longer."""
MOST_CHARACTERS = 10_000
"""Of a remark; a label is a line of at most 200."""
MOST_LABEL_CHARACTERS = 200
REMARK_HEIGHT = 70
HEIGHT = 32 + 6 + REMARK_HEIGHT + 4 + 28


class BookmarkEditor(QWidget):
    """A line for the label, a field for the remark; both save themselves while one writes.

    ``change_made`` carries a ``BookmarkChange``. ``finished`` is sent on Enter in the label,
    Ctrl+Enter, Escape (which puts back what was there), Done, and when the focus goes elsewhere.
    """

    change_made = Signal(object)
    finished = Signal()

    def __init__(self, row: BookmarkRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bookmark_id = row.bookmark.id
        self._first = self._saved = BookmarkChange(self.bookmark_id, row.bookmark.label, row.bookmark.remark)
        self._over = False
        self.setAccessibleName(self.tr("Label and remark"))
        self.setAutoFillBackground(False)
        self.label = QLineEdit(row.bookmark.label)
        self.label.setAccessibleName(self.tr("Label"))
        self.label.setPlaceholderText(self.tr("Label"))
        self.label.setMaxLength(MOST_LABEL_CHARACTERS)
        self.label.setFont(fonts.interface(13))
        self.remark = QPlainTextEdit(row.bookmark.remark)
        self.remark.setObjectName("field")
        self.remark.setAccessibleName(self.tr("Remark"))
        self.remark.setPlaceholderText(self.tr("Remark"))
        self.remark.setTabChangesFocus(True)
        self.remark.document().setDocumentMargin(2)
        self.remark.setFont(fonts.interface(13))
        self.remark.setFixedHeight(REMARK_HEIGHT)
        self.state = QLabel()
        self.state.setObjectName("muted")
        self.state.setFont(fonts.interface(12))
        self.done = TextButton(self.tr("Done"), height=28)
        self._quiet, self._longest = QTimer(self), QTimer(self)
        for timer, time in ((self._quiet, QUIET_MS), (self._longest, LONGEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(time)
            timer.timeout.connect(self.save)
        self._build()
        self.label.textEdited.connect(self._written)
        self.remark.textChanged.connect(self._written)
        self.done.clicked.connect(self.finish)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        self.setFocusProxy(self.label)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(2, 0, 0, 0)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addSpacing(6)
        column.addWidget(self.remark)
        column.addSpacing(4)
        column.addLayout(foot)

    def set_theme(self, theme: Theme) -> None:
        self.done.set_theme(theme)

    def save(self) -> None:
        """Send what was written, if it is anything new."""
        self._quiet.stop()
        self._longest.stop()
        remark = self.remark.toPlainText()[:MOST_CHARACTERS]
        change = BookmarkChange(self.bookmark_id, " ".join(self.label.text().split()), remark.strip())
        if change != self._saved:
            self._saved = change
            self.change_made.emit(change)
            self.state.setText(self.tr("Saved"))

    def finish(self) -> None:
        """Save and close."""
        if not self._over:
            self._over = True
            self.save()
            self.finished.emit()

    def give_up(self) -> None:
        """Put back what was there before, and close."""
        if not self._over:
            self._over = True
            self._quiet.stop()
            self._longest.stop()
            if self._saved != self._first:
                self.change_made.emit(self._first)
            self.finished.emit()

    def _written(self) -> None:
        self.state.setText("")
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._over:
            return
        if new is None:
            # Another window, or a menu: one may come back to go on writing.
            self.save()
        elif new is not self and not self.isAncestorOf(new):
            self.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif enter and (control or not self.remark.hasFocus()):
            self.finish()
        else:
            super().keyPressEvent(event)
