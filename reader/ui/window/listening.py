"""For those who hear the window: marks as stops, what is said after a jump and under the caret, steps by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget

from reader.article.model import BlockKind
from reader.ui.page.spoken import line_around, mark_at, note_spoken, passage_spoken
from reader.ui.page.steps import Steps
from reader.ui.widgets.controls import SPOKEN_LABEL, announce
from reader.ui.window.actions import HAS_MENU_BAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QAccessibleWidget

    from reader.ui.page.view import PageView
    from reader.ui.window.half_rooms import HalfRooms
    from reader.ui.window.main_window import MainWindow

MENU_AFTER_MS = 1_500
"""After the start, before the menus are made for those who look for commands in the tree of the window."""


class SpokenLabel(QLabel):
    """One pixel that older screen readers (Orca before 45) read aloud as a notification, when it is shown anew."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.interface: QAccessibleWidget | None = None
        self.setObjectName(SPOKEN_LABEL)
        self.setGeometry(0, 0, 1, 1)
        self.hide()


def _notification(_key: str, thing: QObject | None) -> QAccessibleWidget | None:
    if not isinstance(thing, SpokenLabel):
        return None
    from PySide6.QtWidgets import QAccessibleWidget

    # Qt owns it, and yet Python must not let go of it first.
    thing.interface = QAccessibleWidget(thing, QAccessible.Role.Notification, "")
    return thing.interface


class Listening(QObject):
    """Made with the furniture. Where no assistive program listens, there is only what the keys do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._steps_on: dict[PageView, Steps] = {}
        self._under_caret: tuple[str, int] | None = None
        self._label: SpokenLabel | None = None
        self._has_factory = False
        self._attend(window.rooms.desk.active)
        window.rooms.desk.added.connect(self._attend)
        self._connect_commands()
        QTimer.singleShot(MENU_AFTER_MS, self, self._offer_menu)

    def _attend(self, rooms: HalfRooms) -> None:
        """Listen to one half of the page, too."""
        page = rooms.half.page
        self._steps_on[page] = Steps(page)
        page.make_stops()
        page.is_read_aloud = QAccessible.isActive
        page.cursorPositionChanged.connect(self._on_caret)
        rooms.half.reading.jumped.connect(self._on_jumped)

    @property
    def _page(self) -> PageView:
        return self._window.page

    @property
    def _steps(self) -> Steps:
        return self._steps_on[self._window.page]

    def _connect_commands(self) -> None:
        commands = self._window.commands
        work: dict[str, Callable[[], object]] = {
            "next_paragraph": lambda: self._steps.to_paragraph(1),
            "previous_paragraph": lambda: self._steps.to_paragraph(-1),
            "next_mark": lambda: self._steps.to_mark(1),
            "previous_mark": lambda: self._steps.to_mark(-1),
            "where": self.say_where,
        }
        for name, does in work.items():
            commands[name].triggered.connect(lambda _checked=False, does=does: does())
        commands["spoken_label"].setChecked(self._window.settings.spoken_label)
        commands["spoken_label"].toggled.connect(self._choose_label)
        self._show_label(self._window.settings.spoken_label)

    # -- what is said ------------------------------------------------------------------------------

    def _on_jumped(self, offset: int) -> None:
        """Say what stands where a jump led, and put the caret there, where listening goes on."""
        self._steps.forget()
        self._page.let_go()
        text = self._page.text
        if text is None or not text.passages or not QAccessible.isActive():
            return
        self._page.select_range(offset, offset)
        passage, within = text.place(offset)
        folded = self._page.is_folded(passage)
        words = passage_spoken(text, passage, folded=folded) if within == 0 else line_around(text, offset, offset, 200)
        announce(self._page, words)

    def _on_caret(self) -> None:
        """Say a note when the caret comes to its mark, and a heading when it comes into it: each once."""
        text, page = self._page.text, self._page
        if text is None or not text.passages or not QAccessible.isActive() or not page.is_caret_moved_by_person:
            return
        offset = page.caret_offset()
        passage = text.place(offset).passage
        key = mark_at(text, offset)
        under = ("mark", offset) if key is not None else ("passage", passage)
        before, self._under_caret = self._under_caret, under
        if under == before or page.textCursor().hasSelection():
            return
        if key is not None:
            announce(page, note_spoken(text, key))
        elif text.kinds[passage] == BlockKind.HEADING and before != under:
            announce(page, passage_spoken(text, passage, folded=page.is_folded(passage)))

    def say_where(self) -> None:
        """Tell section, paragraph, share and time left, for the eye in the status line, and for the ear."""
        status = self._window.rooms.status
        parts = (status.place.text(), status.left_to_read.text())
        where = ". ".join(part.replace("  ·  ", ", ") for part in parts if part)
        status.show_message(where or self.tr("Nothing is open."))

    # -- for older screen readers ------------------------------------------------------------------

    def _choose_label(self, on: bool) -> None:
        self._window.change_settings(spoken_label=on)
        self._show_label(on)

    def _show_label(self, on: bool) -> None:
        if on and self._label is None:
            if not self._has_factory:
                QAccessible.installFactory(_notification)
                self._has_factory = True
            self._label = SpokenLabel(self._window)
        elif not on and self._label is not None:
            self._label.setObjectName("")
            self._label.deleteLater()
            self._label = None

    def _offer_menu(self) -> None:
        """Let every command be in the tree of the window, in a menu bar that is not seen."""
        if QAccessible.isActive() and not HAS_MENU_BAR:
            from PySide6.QtWidgets import QMenuBar

            bar = QMenuBar(self._window.body)
            bar.setAccessibleName(self.tr("Menus"))
            bar.hide()
            self._window.commands.fill(bar)
