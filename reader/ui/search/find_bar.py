"""The bar above the page that finds as one types."""

from __future__ import annotations

import unicodedata

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QLabel, QWidget

from reader.ui.look import fonts
from reader.ui.widgets.controls import Field, IconButton, announce
from reader.ui.widgets.page_bar import PageBar

DELAY_MS = 150
"""After the last key, before the text is searched."""
SHORTEST = 2
"""Letters that are searched while one types; of scripts that write words in one sign, one is enough."""


class FindQuery(Struct, frozen=True):
    """What is looked for. An empty text finds nothing and clears all marks."""

    text: str
    match_case: bool = False
    whole_word: bool = False


def long_enough(text: str) -> bool:
    """Return whether a text is worth searching while it is still being typed."""
    stripped = text.strip()
    return len(stripped) >= SHORTEST or any(_is_word_sign(letter) for letter in stripped)


def _is_word_sign(letter: str) -> bool:
    name = unicodedata.name(letter, "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


class FindBar(PageBar):
    """A field, the number of places, previous and next, case and whole words.

    ``query_changed`` carries a ``FindQuery``: soon after the last key, at once on Enter or where an
    option changes. Enter and F3 go on, with Shift back. The cross closes where one is; Escape gives
    up and takes the person back to where they began.
    """

    query_changed = Signal(object)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("FindBar", "Find in this text")
        super().__init__(name, Field("search", name, clearable=False), parent)
        self._sent = FindQuery("")
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.count.setFont(fonts.interface(12, features=("tnum",)))
        self.count.setMinimumWidth(round(QFontMetricsF(self.count.font()).horizontalAdvance("00 of 00")) + 4)
        self.previous = IconButton("chevron-up", self.tr("Previous place"), "Shift+F3")
        self.next = IconButton("chevron-down", self.tr("Next place"), "F3")
        self.match_case = IconButton("case-sensitive", self.tr("Match case"), checkable=True)
        self.whole_word = IconButton("whole-word", self.tr("Whole words"), checkable=True)
        self.close_button = IconButton("x", self.tr("Close and stay here"))
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._build()
        self._connect()
        self._enable(0)

    def _build(self) -> None:
        self.row.addWidget(self.count)
        self.row.addSpacing(4)
        self.add(self.previous, self.next, self.match_case, self.whole_word)
        self.row.addStretch(1)
        self.add(self.close_button)

    def _connect(self) -> None:
        self.field.textEdited.connect(lambda _: self._delay.start())
        self.field.textChanged.connect(self._text_changed)
        self.field.entered.connect(lambda back: self._go(back=back))
        self._delay.timeout.connect(self._send_typed)
        self.match_case.toggled.connect(lambda _: self._send())
        self.whole_word.toggled.connect(lambda _: self._send())
        self.next.clicked.connect(self.next_requested)
        self.previous.clicked.connect(self.previous_requested)
        self.close_button.clicked.connect(self.closed)

    # -- data down --------------------------------------------------------------------------------

    def open(self, text: str = "") -> None:
        """Show the bar and select what is in its field, so that typing replaces it.

        ``text`` (what was selected in the page) is searched at once; without it the last query is.
        """
        self.show()
        if text:
            self.field.setText(" ".join(text.split()))
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._sent = FindQuery("")
        self._send()

    def query(self) -> FindQuery:
        """Return what is in the field, with the options."""
        return FindQuery(self.field.text(), self.match_case.isChecked(), self.whole_word.isChecked())

    def show_count(self, current: int, total: int, line: str = "") -> None:
        """Show that place ``current`` (from 1; 0 for none yet) of ``total`` is where one is.

        ``line`` is the place with the words around it, for those who hear it.
        """
        if not self.field.text():
            text = ""
        elif total == 0:
            text = self.tr("No places")
        elif current == 0:
            text = self.tr("%n place(s)", "", total)
        else:
            text = self.tr("{current} of {total}").format(current=current, total=total)
        self.count.setText(text)
        self.count.setAccessibleName(text)
        self.field.setAccessibleDescription(text)
        self._enable(total)
        announce(self.field, self.tr("{count}: {line}").format(count=text, line=line) if line and text else text)

    def _enable(self, total: int) -> None:
        self.next.setEnabled(total > 0)
        self.previous.setEnabled(total > 0)

    # -- intents up -------------------------------------------------------------------------------

    def _text_changed(self, text: str) -> None:
        if not text:
            self._send()

    def _send_typed(self) -> None:
        """Search what was typed; too short a text takes the old marks away instead."""
        query = self.query()
        self._emit(query if long_enough(query.text) else FindQuery("", query.match_case, query.whole_word))

    def _send(self) -> None:
        self._delay.stop()
        self._emit(self.query())

    def _emit(self, query: FindQuery) -> None:
        if query != self._sent:
            self._sent = query
            self.query_changed.emit(query)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F3:
            self._go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _go(self, *, back: bool) -> None:
        if self.query() != self._sent:
            # The first place of a new query is where the answer leads by itself.
            self._send()
        elif back:
            self.previous_requested.emit()
        else:
            self.next_requested.emit()
