"""Finding in the editor, and replacing: the bar that finds, and the row below it."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reader.mending.wording import Words, places, replaced
from reader.theme import Theme
from reader.ui.mending.editor import MarkdownEditor
from reader.ui.search.find_bar import FindBar, FindQuery
from reader.ui.widgets.controls import Field, TextButton
from reader.ui.widgets.page_bar import PageBar


class ReplaceRow(PageBar):
    """A field for what is written instead; ``one`` and ``every`` say in how many places."""

    one = Signal()
    every = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("ReplaceRow", "Replace")
        field = Field("pencil", QCoreApplication.translate("ReplaceRow", "Replace with"), clearable=False)
        super().__init__(name, field, parent)
        self.replace = TextButton(name)
        self.replace_all = TextButton(self.tr("Replace all"))
        self.add(self.replace, self.replace_all)
        self.row.addStretch(1)
        self.field.entered.connect(lambda _back: self.one.emit())
        self.replace.clicked.connect(self.one)
        self.replace_all.clicked.connect(self.every)


class Finding(QObject):
    """``said`` carries a sentence that tells how many places were replaced."""

    said = Signal(str)

    def __init__(self, editor: MarkdownEditor, room: QWidget) -> None:
        super().__init__(room)
        self._editor = editor
        self.bars = QWidget(room)
        self.bar = FindBar(self.bars)
        self.row = ReplaceRow(self.bars)
        self.row.hide()
        column = QVBoxLayout(self.bars)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.row)
        bar = self.bar
        bar.query_changed.connect(lambda _query: self.go_on(anew=True))
        bar.next_requested.connect(self.go_on)
        bar.previous_requested.connect(lambda: self.go_on(back=True))
        for closed in (bar.closed, bar.given_up, self.row.given_up):
            closed.connect(self.close)
        self.row.one.connect(self.replace)
        self.row.every.connect(self.replace_all)

    def set_theme(self, theme: Theme) -> None:
        self.bar.set_theme(theme)
        self.row.set_theme(theme)

    @property
    def is_open(self) -> bool:
        return self.bars.isVisible()

    def open(self, *, replacing: bool = False) -> None:
        """Show the bar, and begin with what is selected in one line; ``replacing`` shows the row below, too."""
        self.bars.show()
        self.row.setVisible(replacing)
        selected = self._editor.textCursor().selectedText()
        self.bar.open(selected if selected and "\u2029" not in selected else "")

    def close(self) -> None:
        self.bars.hide()
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_on(self, *, back: bool = False, anew: bool = False) -> None:
        """Select the next place, from the top again after the last; ``anew`` stays where one is, if it is one."""
        found, (start, end) = places(self._editor.toPlainText(), self._words()), self._editor.selection()
        if not found:
            self.bar.show_count(0, 0)
            return
        if back:
            at = bisect_left(found, (start, -1)) - 1
        else:
            at = bisect_left(found, (start if anew or (start, end) not in found else end, -1)) % len(found)
        self._editor.select(*found[at])
        self.bar.show_count(at % len(found) + 1, len(found), self._editor.textCursor().block().text())

    def replace(self) -> None:
        """Write the other words in the place that is selected, if it is one, and go on to the next."""
        other = self.row.field.text()
        start, end = self._editor.selection()
        if (start, end) in places(self._editor.toPlainText(), self._words()):
            self._editor.write_over(start, end, other)
            self._editor.select(start + len(other), start + len(other))
        self.go_on(anew=True)

    def replace_all(self) -> None:
        """Write the other words in every place, as one step that can be undone."""
        text, other = self._editor.toPlainText(), self.row.field.text()
        found = places(text, self._words())
        if found:
            first, last = found[0][0], found[-1][1]
            within = [(start - first, end - first) for start, end in found]
            self._editor.write_over(first, last, replaced(text[first:last], within, other))
        self.bar.show_count(0, len(places(self._editor.toPlainText(), self._words())))
        self.said.emit(self.tr("%n place(s) replaced.", "", len(found)))

    def _words(self) -> Words:
        query: FindQuery = self.bar.query()
        return Words(query.text, query.match_case, query.whole_word)
