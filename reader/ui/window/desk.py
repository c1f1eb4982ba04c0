"""One or two halves of the page, and which of them is read: all else asks for the active one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from reader.ui.window.half_rooms import HalfRooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from reader.ui.window.main_window import MainWindow
    from reader.ui.window.split_view import SplitView


class Desk(QObject):
    """The second half is made when a person wants it; closed, it is kept, empty of focus, for the next time."""

    activated = Signal()
    """Another half is the one that is read."""
    added = Signal(object)
    """A half came to the desk: its ``HalfRooms``."""
    changed = Signal()
    """The page was split, or is whole again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._view: SplitView | None = None
        self._split = False
        self.halves: list[HalfRooms] = [HalfRooms(window, window.half)]

    @property
    def active(self) -> HalfRooms:
        return next(rooms for rooms in self.halves if rooms.half is self._window.half)

    @property
    def other(self) -> HalfRooms | None:
        """The half that is not read just now; None where the page is whole."""
        return next((rooms for rooms in self.halves if rooms is not self.active), None) if self._split else None

    @property
    def is_split(self) -> bool:
        return self._split

    @property
    def surface(self) -> QWidget:
        """What shows the halves."""
        return self._window.half.room if self._view is None else self._view

    # -- splitting ---------------------------------------------------------------------------------

    def restore(self, article_id: int) -> None:
        """Be split as at the last start: something in the other half, and go on in this one."""
        self.split(article_id)
        if not self._split:
            return
        if self._window.reading.article is None:
            self.go_to_other()
            self.close_split()
        else:
            self.go_to_other()

    def split(self, article_id: int | None = None) -> None:
        """Show the same place a second time, or another article, and go on reading there."""
        opened = self._window.reading.article
        if self._split or opened is None or self._window.reading.at_start_page:
            return
        eye = self._window.page.eye()
        self._window.reading.save()
        second = self._opened_half()
        self._split = True
        if self._view is not None:
            self._view.show_both(True)
        self.activate(second)
        if self._window.reading.open(opened.id if article_id is None else article_id) and article_id is None:
            self._window.page.bring(eye)
        self._say()
        self.changed.emit()

    def _opened_half(self) -> HalfRooms:
        if len(self.halves) == 1:
            from reader.ui.window.split_view import SplitView

            window, first = self._window, self.halves[0].half
            second = HalfRooms(window, window.make_half())
            self.halves.append(second)
            index = window.centre.indexOf(first.room)
            self._view = SplitView(first.room, second.half.room, window)
            self._view.set_theme(window.appearance.theme)
            self._view.close_requested.connect(self._close_room)
            window.centre.insertWidget(index, self._view)
            window.centre.setCurrentWidget(self._view)
            application = QApplication.instance()
            if isinstance(application, QApplication):
                application.focusChanged.connect(self._on_focus)
            self.added.emit(second)
        return next(rooms for rooms in self.halves if rooms is not self.active)

    def close_split(self) -> None:
        """Let the half that is read have the whole page."""
        other = self.other
        if other is None or self._view is None:
            return
        other.half.reading.rest()
        self._window.reading.save()  # last: what is read now is what counts
        other.footnotes.close_all(give_focus=False)
        self._split = False
        self._view.show_both(False, self._window.room)
        self._window.page.setFocus()
        self._say()
        self.changed.emit()

    def _close_room(self, room: QWidget) -> None:
        """Close one of the two halves, read or not."""
        if self.other is not None and room is self._window.room:
            self.activate(self.other)
        self.close_split()

    # -- which is read -----------------------------------------------------------------------------

    def activate(self, rooms: HalfRooms) -> None:
        """Read in a half from now on."""
        window, before = self._window, self.active
        if rooms is before:
            return
        window.rooms.type_choices.save()
        before.half.own = window.appearance.own
        window.half = rooms.half
        window.appearance.take_own(rooms.half.own)
        self._say()
        self.activated.emit()

    def go_to_other(self) -> None:
        """Go to the other half."""
        if self.other is not None:
            self.activate(self.other)
            self._window.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def in_other(self, work: Callable[[], object]) -> None:
        """Do something in the other half; the page is split where it is not."""
        if self._split:
            self.go_to_other()
        else:
            self.split()
        work()

    @property
    def wants_other(self) -> bool:
        """Whether a person holds Ctrl: what is chosen now is for the other half."""
        return bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ControlModifier)

    def here_or_there(self, work: Callable[[], object]) -> None:
        """Do it in the active half, or in the other one where a person holds Ctrl."""
        if self.wants_other:
            self.in_other(work)
        else:
            work()

    def forget(self, article_id: int) -> None:
        """Drop an article that was removed from the library; a half that showed it goes."""
        for rooms in self.halves:
            rooms.half.reading.forget(article_id)
        other = self.other
        if other is not None and other.half.reading.article is None:
            self.close_split()

    def reload(self, article_id: int, *, same_text: bool = False) -> None:
        """Show the newest text of an article wherever it is read; the active half last, for it is what counts.

        With the ``same_text``, of which only something else is said now, one finds back as before.
        """
        active = self.active
        for rooms in sorted(self.halves, key=lambda each: each is active):
            reading = rooms.half.reading
            if reading.article is None or reading.article.id != article_id:
                continue
            reading.reload(same_text=same_text)
            if rooms is not active and reading.article is not None:
                rooms.show_article(reading.article)  # the window looks after the one that is read

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        other = self.other
        if other is not None and now is not None and other.half.room.isAncestorOf(now):
            self.activate(other)

    def _say(self) -> None:
        """Let the halves say which of them is read, and what is open in them."""
        if self._view is not None:
            titles: dict[QWidget, str] = {rooms.half.room: rooms.half.title for rooms in self.halves}
            self._view.show_active(self._window.room, titles)

    def refresh(self) -> None:
        """Another article was opened."""
        self._say()

    def dress(self) -> None:
        for rooms in self.halves:
            rooms.dress()
        if self._view is not None:
            self._view.set_theme(self._window.appearance.theme)
