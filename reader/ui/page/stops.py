"""Footnote marks and links as things of their own, for Tab and for those who hear the page.

In a native text widget they are letters like all others: a screen reader learns nothing of them. For each
that is on the screen a child stands over it that paints nothing: it can have the focus, has a name, tells
the note, and can be pressed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QWidget

from reader.ui.page.document import PLACE_SCHEME
from reader.ui.page.runs import NOTE_SCHEME
from reader.ui.page.spoken import note_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

    from reader.article.text import Text
    from reader.ui.page.anchored import AnchoredText

REST_MS = 150
"""After the last movement of the page, before the stops follow it."""
MOST = 60
"""On one screen; of more, the first."""


class Seen(Struct, frozen=True):
    """A mark or link on the screen: where it stands in the text and in the view, and where it leads."""

    offset: int
    target: str
    words: str
    rect: QRect

    @property
    def identity(self) -> tuple[int, str]:
        return self.offset, self.target


class Stop(QPushButton):
    """Stands over a mark and paints nothing; keys go on to the text, which knows what to do with them."""

    focused = Signal()

    def __init__(self, view: AnchoredText) -> None:
        super().__init__(view.viewport())
        self._view = view
        self.identity: tuple[int, str] | None = None
        # Tab comes by way of the text, which knows what is on the screen; see AnchoredText.focusNextPrevChild.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setObjectName("stop")
        self.setProperty("rings_itself", True)
        self.setStyleSheet("min-height: 0; padding: 0; border: none; background: transparent;")
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        pass

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._view.focusNextPrevChild(forward)


class Stops(QObject):
    """Keeps a stop over each mark and link that is on the screen, while somebody listens or Tab is used."""

    def __init__(self, view: AnchoredText, seen: Callable[[], list[Seen]], text: Callable[[], Text | None]) -> None:
        super().__init__(view)
        self._view = view
        self._seen = seen
        self._text = text
        self._stops: list[Stop] = []
        self._focusing = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._follow)
        view.verticalScrollBar().valueChanged.connect(self._rest.start)
        self._rest.start()

    def begin_anew(self) -> None:
        """Another document is shown, or as it was in another size: the stops follow before long."""
        self._rest.start()

    def take_focus(self, identity: tuple[int, str] | None) -> None:
        """Give the keyboard to a mark or link; with None back to the text itself, if one had it."""
        self._focusing = True
        if identity is None:
            if self._focused() is not None:
                self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._place()
            stop = next((each for each in self._stops if each.identity == identity), None)
            if stop is not None:
                stop.setFocus(Qt.FocusReason.TabFocusReason)
        self._focusing = False

    def _focused(self) -> Stop | None:
        return next((stop for stop in self._stops if stop.hasFocus()), None)

    # -- placing -----------------------------------------------------------------------------------

    def _follow(self) -> None:
        if QAccessible.isActive() or self._focused() is not None:
            self._place()

    def _place(self) -> None:
        """Put a stop over whatever is on the screen; one that has the focus keeps its mark."""
        seen = self._seen()[:MOST]
        focused = self._focused()
        if focused is not None and focused.identity not in {each.identity for each in seen}:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
            focused = None
        free = [stop for stop in self._stops if stop is not focused]
        for each in seen:
            if focused is not None and focused.identity == each.identity:
                focused.setGeometry(each.rect)
                continue
            stop = free.pop() if free else self._made()
            self._dress(stop, each)
        for stop in free:
            stop.identity = None
            stop.hide()

    def _made(self) -> Stop:
        stop = Stop(self._view)
        QWidget.setTabOrder(self._view, stop)
        stop.clicked.connect(lambda: self._press(stop))
        stop.focused.connect(lambda: self._on_focused(stop))
        self._stops.append(stop)
        return stop

    def _dress(self, stop: Stop, seen: Seen) -> None:
        stop.setGeometry(seen.rect)
        if stop.identity != seen.identity:
            stop.identity = seen.identity
            name, description = self._named(seen)
            stop.setAccessibleName(name)
            stop.setAccessibleDescription(description)
        stop.show()

    def _named(self, seen: Seen) -> tuple[str, str]:
        tr = QCoreApplication.translate
        if seen.target.startswith(NOTE_SCHEME):
            key, text = seen.target.removeprefix(NOTE_SCHEME), self._text()
            label = key if text is None else text.labels.get(key, key)
            words = "" if text is None else note_words(text, key)
            missing = tr("Stops", "The note itself is missing.")
            return tr("Stops", "Note {label}").format(label=label), words or missing
        if seen.target.startswith(PLACE_SCHEME):
            return tr("Stops", "Back to the mark"), tr("Stops", "Leads to where the text marks this note.")
        return tr("Stops", "Link: {words}").format(words=seen.words), seen.target

    # -- pressing, and a focus that comes from elsewhere -------------------------------------------

    def _press(self, stop: Stop) -> None:
        if stop.identity is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
            self._view.activate_focused()

    def _on_focused(self, stop: Stop) -> None:
        if not self._focusing:
            self._view.take_anchor(stop.identity)  # an assistive program gave it the focus
