"""What the search panel shows where it lists nothing: a sentence, a query that finds more, kept searches."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.widgets.controls import EmptyState, IconButton, TextButton


class KeptSearch(Struct, frozen=True):
    """A search that a person keeps: what it is known by, and what is typed."""

    uuid: str
    query: str


class Beginning(QScrollArea):
    """Where a search begins, or begins again.

    ``query_chosen`` carries a query to search for; ``forget_requested`` the uuid of a kept one.
    """

    query_chosen = Signal(str)
    forget_requested = Signal(str)
    emptied = Signal()
    """The last of the kept searches, which had the keyboard, is gone."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._theme: Theme | None = None
        self._kept: tuple[KeptSearch, ...] = ()
        self._lines: list[KeptLine] = []
        self._suggested = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sentence = EmptyState("search", text)
        self.suggestion = ElidedButton("")
        self.suggestion.set_accented(True)
        self.suggestion.hide()
        self.heading = QLabel(self.tr("Kept searches"))
        self.heading.setObjectName("section")
        self.heading.setFont(fonts.interface(12, 500))
        self._list = QWidget()
        self._list.setAccessibleName(self.heading.text())
        self._build()
        self.suggestion.clicked.connect(lambda: self.query_chosen.emit(self._suggested))
        self.show_kept(())

    def _build(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(0)
        column.addWidget(self.sentence)
        middle = QHBoxLayout()
        middle.setContentsMargins(10, 0, 10, 0)
        middle.addStretch(1)
        middle.addWidget(self.suggestion, 100)
        middle.addStretch(1)
        column.addLayout(middle)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 20, 4)
        head.addWidget(self.heading)
        column.addLayout(head)
        lines = QVBoxLayout(self._list)
        lines.setContentsMargins(10, 0, 10, 0)
        lines.setSpacing(0)
        column.addWidget(self._list)
        column.addStretch(1)
        self.setWidget(inner)
        # What scrolls is of the pane's own colour.
        inner.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.sentence.set_theme(theme)
        self.suggestion.set_theme(theme)
        for line in self._lines:
            line.set_theme(theme)

    def set_text(self, text: str) -> None:
        self.sentence.set_text(text)

    def text(self) -> str:
        return self.sentence.text()

    def suggest(self, query: str) -> None:
        """Offer a query that finds more; none where it is empty."""
        self._suggested = query
        self.suggestion.set_whole(self.tr("Did you mean “{query}”?").format(query=query) if query else "")
        self.suggestion.setVisible(bool(query))

    def show_kept(self, searches: tuple[KeptSearch, ...], *, beginning: bool = True) -> None:
        """List the searches that are kept, while nothing is typed."""
        if searches != self._kept:
            self._kept = searches
            self._list_anew()
        shown = beginning and bool(searches)
        self.heading.setVisible(shown)
        self._list.setVisible(shown)

    def enter(self) -> bool:
        """Take the focus by key to what can be chosen here; return whether there is anything."""
        ways = [self.suggestion, *(line.button for line in self._lines)]
        for way in ways:
            if way.isVisible():
                way.setFocus(Qt.FocusReason.TabFocusReason)
                self.ensureWidgetVisible(way)
                return True
        return False

    def _list_anew(self) -> None:
        layout = self._list.layout()
        assert layout is not None
        left = next((at for at, line in enumerate(self._lines) if line.forget.hasFocus()), None)
        for line in self._lines:
            layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [KeptLine(search) for search in self._kept]
        for line in self._lines:
            line.query_chosen.connect(self.query_chosen)
            line.forget_requested.connect(self.forget_requested)
            if self._theme is not None:
                line.set_theme(self._theme)
            layout.addWidget(line)
        if left is not None and self._lines:
            self._lines[min(left, len(self._lines) - 1)].forget.setFocus(Qt.FocusReason.OtherFocusReason)
        elif left is not None:
            self.emptied.emit()


class KeptLine(QWidget):
    """A kept search: a press runs it, a press on its cross forgets it."""

    query_chosen = Signal(str)
    forget_requested = Signal(str)

    def __init__(self, search: KeptSearch) -> None:
        super().__init__()
        shown = " ".join(search.query.split())
        self.button = ElidedButton(shown)
        self.forget = IconButton("x", self.tr("Keep “{query}” no longer").format(query=shown))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.button)
        row.addStretch(1)
        row.addWidget(self.forget)
        self.button.clicked.connect(lambda: self.query_chosen.emit(search.query))
        self.forget.clicked.connect(lambda: self.forget_requested.emit(search.uuid))

    def set_theme(self, theme: Theme) -> None:
        self.button.set_theme(theme)
        self.forget.set_theme(theme)


class ElidedButton(TextButton):
    """A button whose words are shortened to its room; the whole of them is its tooltip then."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._whole = text
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_whole(self, text: str) -> None:
        """Show other words."""
        self._whole = text
        self._shorten()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(round(QFontMetricsF(self.font()).horizontalAdvance(self._whole) + 22.5), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shorten()

    def _shorten(self) -> None:
        room = self.width() - 20.5
        shown = QFontMetricsF(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        self.setAccessibleName(self._whole)
        self.setToolTip(self._whole if shown != self._whole else "")
