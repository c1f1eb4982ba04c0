"""When notes open and close: hovering, clicking, keys, notes within notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QWidget

from reader.article.text import Text
from reader.ui.page.anchored import AnchoredText, MarkHit
from reader.ui.page.styles import StyleBook
from reader.ui.widgets.controls import announce

if TYPE_CHECKING:
    from reader.ui.notes.popup import FootnotePopup

OPEN_MS = 300
GRACE_MS = 300
MAX_NESTED = 8


class Footnotes(QObject):
    """The notes that are open over a page: a stack, each opened from a mark in the one below it."""

    note_requested = Signal(str, object)
    """Go to a note by its key, from a mark (a ``MarkHit``)."""
    keep_requested = Signal(str)
    """Keep a note open below the text, by its key."""
    link_activated = Signal(str)
    changed = Signal()

    def __init__(self, page: AnchoredText, pictures: QObject, window: QWidget, styles: Callable[[], StyleBook]) -> None:
        super().__init__(window)
        self._page = page
        self._pictures = pictures
        self._window = window
        self._styles = styles
        self._text: Text | None = None
        self._labels: Mapping[str, str] = {}
        self._open: list[FootnotePopup] = []
        self._waiting: tuple[MarkHit, int] | None = None
        self._opening = QTimer(self, singleShot=True, interval=OPEN_MS)
        self._opening.timeout.connect(self._open_waiting)
        self._grace = QTimer(self, singleShot=True, interval=GRACE_MS)
        self._grace.timeout.connect(self._close_left)
        self.hover_enabled = True
        self.is_beside: Callable[[MarkHit], bool] = lambda mark: False
        """Says whether the note of a mark is to be read beside it already: hovering need not open it."""
        self.animated = True
        page.mark_hovered.connect(partial(self._on_hovered, 0))
        page.mark_activated.connect(partial(self._on_activated, 0))

    # -- the article -------------------------------------------------------------------------------

    def show_article(self, text: Text, labels: Mapping[str, str]) -> None:
        """Take the notes of another article."""
        self.close_all(give_focus=False)
        self._text, self._labels = text, labels

    @property
    def popups(self) -> tuple[FootnotePopup, ...]:
        """The open notes, the first opened first."""
        return tuple(self._open)

    def words_of(self, key: str) -> str:
        """Return a note's text; empty where there is no such note."""
        span = None if self._text is None else self._text.note_span(key)
        if self._text is None or span is None:
            return ""
        return "\n".join(block.text for block in self._text.passages[span.start : span.stop])

    # -- opening -----------------------------------------------------------------------------------

    def _on_hovered(self, depth: int, mark: MarkHit | None) -> None:
        if not self.hover_enabled or (mark is not None and depth == 0 and self.is_beside(mark)):
            return
        if mark is None:
            self._opening.stop()
            self._leave()
            return
        shown = self._open[depth] if depth < len(self._open) else None
        if (
            shown is not None
            and shown.mark is not None
            and (shown.mark.offset, shown.mark.key) == (mark.offset, mark.key)
        ):
            self._grace.stop()
            return
        self._waiting = (mark, depth)
        self._opening.start()

    def _open_waiting(self) -> None:
        if self._waiting is not None:
            mark, depth = self._waiting
            if depth < len(self._open) and self._open[depth].pinned:
                return
            self.open(mark, depth)

    def _on_activated(self, depth: int, mark: MarkHit) -> None:
        by_key = not QGuiApplication.mouseButtons() and self._source(depth).focused_mark is not None
        self._opening.stop()
        popup = self.open(mark, depth)
        if popup is not None:
            popup.set_pinned(True)
            if by_key:
                popup.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, mark: MarkHit, depth: int = 0) -> FootnotePopup | None:
        """Show the note of a mark, ``depth`` notes deep; what was open at that depth closes."""
        if self._text is None or depth >= MAX_NESTED:
            return None
        self._grace.stop()
        self._close_from(depth)
        popup = self._made(depth)
        styles = self._styles()
        span = self._text.note_span(mark.key)
        label = self._labels.get(mark.key, mark.key)
        if span is not None:
            popup.view.show_passages(self._text, (span.start, span.stop), styles, self._labels)
            spoken = self.words_of(mark.key)
        else:
            spoken = self.tr("The text marks a note here, but the note itself is missing.")
            popup.view.show_sentence(spoken, styles)
        if not self._open:
            self._listen(True)
        self._open.append(popup)
        from reader.ui.notes.popup import NoteShown

        popup.open(NoteShown(mark.key, label, spoken), mark, styles, known=span is not None, animated=self.animated)
        announce(self._page, self.tr("Note {label}: {text}").format(label=label, text=spoken))
        self.changed.emit()
        return popup

    def _made(self, depth: int) -> FootnotePopup:
        from reader.ui.notes import popup as popups  # when the first note is looked at

        popup = popups.FootnotePopup(self._pictures, self._window)
        popup.entered.connect(partial(self._on_entered, depth))
        popup.left.connect(self._leave)
        popup.closed.connect(partial(self._on_closed, depth))
        popup.go_requested.connect(self._on_go)
        popup.keep_requested.connect(self._on_keep)
        popup.copy_requested.connect(lambda key: QGuiApplication.clipboard().setText(self.words_of(key)))
        popup.view.mark_hovered.connect(partial(self._on_hovered, depth + 1))
        popup.view.mark_activated.connect(partial(self._on_activated, depth + 1))
        popup.view.link_activated.connect(self.link_activated)
        popup.view.make_stops()
        popup.view.installEventFilter(self)
        return popup

    def _source(self, depth: int) -> AnchoredText:
        return self._page if depth == 0 else self._open[depth - 1].view

    def _on_go(self, key: str) -> None:
        mark = self._open[0].mark if self._open else None
        self.close_all(give_focus=False)
        self.note_requested.emit(key, mark)

    def _on_keep(self, key: str) -> None:
        self.close_all()
        self.keep_requested.emit(key)

    # -- closing -----------------------------------------------------------------------------------

    def _on_entered(self, depth: int) -> None:
        """Keep the last note; one that was opened from the note that the pointer is in now may go."""
        if depth < len(self._open) - 1:
            self._leave()
        else:
            self._grace.stop()

    def _leave(self) -> None:
        if self._open and not self._open[-1].pinned:
            self._grace.start()

    def _close_left(self) -> None:
        """Close from the last note down to the first that is pinned or that the pointer is in."""
        while self._open and not (self._open[-1].pinned or self._open[-1].underMouse()):
            self._close_from(len(self._open) - 1)

    def _on_closed(self, depth: int) -> None:
        source = self._source(depth)
        mark = self._open[depth].mark if depth < len(self._open) else None
        self._close_from(depth)
        if mark is not None:
            source.focus_mark(mark.offset, mark.key)

    def close_all(self, *, give_focus: bool = True) -> bool:
        """Close every note and give the focus back to the first one's mark; say whether any was open."""
        self._opening.stop()
        self._grace.stop()
        if not self._open:
            return False
        mark = self._open[0].mark
        inside = any(popup.isAncestorOf(focus) for popup in self._open if (focus := _focus_widget()) is not None)
        self._close_from(0)
        if give_focus and inside and mark is not None:
            self._page.focus_mark(mark.offset, mark.key)
        return True

    def _close_from(self, depth: int) -> None:
        for popup in self._open[depth:]:
            popup.dismiss()
        if self._open[depth:]:
            del self._open[depth:]
            if not self._open:
                self._listen(False)
            self.changed.emit()

    def restyle(self) -> None:
        """Close what is open in the old look."""
        self.close_all(give_focus=False)

    def follow_scroll(self) -> None:
        """Keep open notes beside their marks; one whose mark left the view closes unless it is pinned."""
        if not self._open:
            return
        mark = self._open[0].mark
        if mark is None:
            return
        rect = self._page.mark_rect(mark.offset, mark.key)
        view = self._page.viewport()
        seen = QRect(view.mapToGlobal(view.rect().topLeft()), view.size())
        if seen.intersects(rect):
            self._open[0].follow_mark(rect)
            self._close_from(1)
        elif not self._open[0].pinned:
            self._close_from(0)

    # -- events ------------------------------------------------------------------------------------

    def _listen(self, wanted: bool) -> None:
        """Hear what happens around the notes, as long as one is open: every event costs time."""
        for watched in (self._page, self._page.viewport(), self._window):
            if wanted:
                watched.installEventFilter(self)
            else:
                watched.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._open:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            return self.close_all()
        if event.type() == QEvent.Type.MouseButtonPress and watched is self._page.viewport():
            self.close_all(give_focus=False)
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self.close_all(give_focus=False)
        return False


def _focus_widget() -> QWidget | None:
    widget = QGuiApplication.focusObject()
    return widget if isinstance(widget, QWidget) else None
