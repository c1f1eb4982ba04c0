"""The line at the window's foot: where one is, what was done, what is under way."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QWidget

from reader.theme import Theme
from reader.ui.isolation import isolated
from reader.ui.look import fonts
from reader.ui.look.palette import colour, mix
from reader.ui.widgets.controls import ElidedLabel, IconButton, TextButton, announce

if TYPE_CHECKING:
    pass

HEIGHT = 28
LINE = 2
GAP = 2
"""Between two pieces of the line, px."""
NARROWEST_PIECE = 6
"""Sections that would be shorter than this are drawn without gaps between them, px."""
MESSAGE_MS = 6_000
MESSAGE_WITH_ACTION_MS = 12_000
NARROW = 560
"""Below this width what is left to read gives way to work under way, px."""
BUTTON = 24
BAR_WIDTH = 120
MINUTES_AN_HOUR = 60


class StatusLine(QWidget):
    """The line of pieces, the place, passing messages, and progress that can be cancelled."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._weights: tuple[int, ...] = ()
        self._shares: tuple[float, ...] = ()
        self._share = 0.0
        self._action: Callable[[], object] | None = None
        self._cancel: Callable[[], object] | None = None
        self._stopping = self._stays = False
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Status"))
        tabular = fonts.interface(12, features=("tnum",))
        self.place = ElidedLabel()
        self.left_to_read = QLabel()
        self.message = ElidedLabel()
        self.message_action = TextButton("", height=BUTTON)
        self.dismiss = IconButton("x", self.tr("Dismiss the message"), size=14)
        for label in (self.place, self.left_to_read):
            label.setObjectName("muted")
            label.setFont(tabular)
        self.message.setFont(tabular)
        self.message_action.setFont(fonts.interface(12, 600))
        self.message_action.set_accented(True)
        self.dismiss.setFixedSize(BUTTON, BUTTON)
        self._work: QWidget | None = None
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._build()
        self._connect()

    def _build(self) -> None:
        told = QWidget()
        row = QHBoxLayout(told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.message)
        row.addWidget(self.message_action)
        row.addWidget(self.dismiss)
        row.addStretch(1)
        self._left = QStackedWidget()
        self._left.addWidget(self.place)
        self._left.addWidget(told)
        self._left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(16, LINE, 16, 0)
        self._line.setSpacing(16)
        self._line.addWidget(self._left, 1)
        self._line.addWidget(self.left_to_read)

    def _work_shown(self) -> QWidget:
        """Return what shows work under way; made for the first one."""
        if self._work is not None:
            return self._work
        from reader.ui.widgets.progress import ThinProgress

        self.progress_text = ElidedLabel()
        self.progress_text.setObjectName("muted")
        self.progress_text.setFont(fonts.interface(12, features=("tnum",)))
        self.progress = ThinProgress(self.tr("Progress"))
        self.progress.setFixedWidth(BAR_WIDTH)
        self.cancel_button = TextButton(self.tr("Cancel"), height=BUTTON)
        self.cancel_button.setFont(fonts.interface(12, 500))
        self.cancel_button.clicked.connect(self._stop)
        self._work = QWidget(self)
        work = QHBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(8)
        for part in (self.progress_text, self.progress, self.cancel_button):
            work.addWidget(part)
        self._work.hide()
        self._line.insertWidget(1, self._work)
        if self._theme is not None:
            self._dress_work(self._theme)
        return self._work

    def _dress_work(self, theme: Theme) -> None:
        self.progress.set_theme(theme)
        self.cancel_button.set_theme(theme)

    def _connect(self) -> None:
        self._passing.timeout.connect(self.hide_message)
        self.message_action.clicked.connect(self._act)
        self.dismiss.clicked.connect(self.hide_message)

    # -- data down --------------------------------------------------------------------------------

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for part in (self.message_action, self.dismiss):
            part.set_theme(theme)
        if self._work is not None:
            self._dress_work(theme)
        self.update()

    def show_sections(self, weights: tuple[int, ...], shares: tuple[float, ...] = ()) -> None:
        """Divide the line in pieces as long as ``weights`` (say, characters of each section).

        ``shares`` (0 to 1) say how much of each is read; without them the share of the whole that
        ``show_place`` gives is filled from the left.
        """
        self._weights, self._shares = weights, shares
        self.update()

    def show_place(self, section: str, paragraph: int, paragraphs: int, share: float, minutes_left: int) -> None:
        """Show the section and paragraph one is at, the share read (0 to 1) and the minutes left.

        A ``paragraph`` of 0 is none; an empty section is left out.
        """
        parts = [isolated(section)] if section else []
        if paragraph:
            parts.append(self.tr("paragraph {number} of {total}").format(number=paragraph, total=paragraphs))
        self.place.set_text("  ·  ".join(parts))
        percent = self.tr("{percent} %").format(percent=min(100, int(share * 100 + 0.5)))
        left = self._time(minutes_left)
        self.left_to_read.setText(f"{percent}  ·  {left}" if left else percent)
        if share != self._share:
            self._share = share
            self.update()

    def clear_place(self) -> None:
        """Show no place, for a window without a text."""
        self.place.set_text("")
        self.left_to_read.setText("")
        self._share = 0.0
        self.show_sections((), ())

    def show_message(
        self,
        text: str,
        action_text: str = "",
        action: Callable[[], object] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Tell something for a while; ``action`` is what a button with ``action_text`` does.

        The time stops while the button has the focus or the pointer. What ``stays`` is there until a person
        does something with it, or something else is told.
        """
        self._action = action
        self._stays = stays
        self.message.set_text(text)
        self.message_action.set_text(action_text)
        self.message_action.setVisible(action is not None)
        self._left.setCurrentIndex(1)
        for button in (self.message_action, self.dismiss):
            button.installEventFilter(self)
        self._passing.stop()
        if not stays:
            self._passing.start(MESSAGE_WITH_ACTION_MS if action is not None else MESSAGE_MS)
        announce(self, f"{text} {action_text}".strip())

    @property
    def goes_by_itself(self) -> bool:
        """Whether the message goes after a while."""
        return self._passing.isActive()

    def hide_message(self) -> None:
        self._passing.stop()
        self._action = None
        self._left.setCurrentIndex(0)
        for button in (self.message_action, self.dismiss):
            button.removeEventFilter(self)

    def show_progress(self, text: str, share: float | None, cancel: Callable[[], object] | None = None) -> None:
        """Show that work is under way: its share done (None: unknown) and a button that stops it."""
        work = self._work_shown()
        if work.isHidden():
            announce(self, text)
            self._stopping = False
        self._cancel = cancel
        self.progress_text.set_text(text)
        self.progress.set_share(share)
        self.cancel_button.setVisible(cancel is not None)
        self.cancel_button.setEnabled(not self._stopping)
        work.show()
        self._give_way()

    def hide_progress(self) -> None:
        self._cancel = None
        if self._work is not None:
            self._work.hide()
        self._give_way()

    def focus_action(self) -> None:
        """Take the focus to the message's button, if it has one."""
        if self._action is not None:
            self.message_action.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- inside -----------------------------------------------------------------------------------

    def _time(self, minutes: int) -> str:
        if minutes <= 0:
            return ""
        if minutes < MINUTES_AN_HOUR:
            return self.tr("%n min left", "", minutes)
        hours, rest = divmod(minutes, MINUTES_AN_HOUR)
        return self.tr("{hours} h {minutes} min left").format(hours=hours, minutes=f"{rest:02}")

    def _act(self) -> None:
        action = self._action
        self.hide_message()
        if action is not None:
            action()

    def _stop(self) -> None:
        self._stopping = True
        self.cancel_button.setEnabled(False)
        if self._cancel is not None:
            self._cancel()
        self.cancelled.emit()

    def _give_way(self) -> None:
        is_working = self._work is not None and not self._work.isHidden()
        self.left_to_read.setVisible(not is_working or self.width() >= NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._left.currentIndex() == 1:
            self.hide_message()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._left.currentIndex() == 1:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter):
                self._passing.stop()
            elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Leave) and not self._stays:
                self._passing.start(MESSAGE_MS)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(self._theme.background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = colour(mix(self._theme.muted, self._theme.background, 0.72))
        filled = colour(self._theme.accent)
        if self.isRightToLeft():
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        for left, width, share in self._pieces():
            painter.fillRect(QRectF(left, 0, width, LINE), track)
            if share > 0:
                painter.fillRect(QRectF(left, 0, width * share, LINE), filled)
        painter.end()

    def _pieces(self) -> list[tuple[float, float, float]]:
        """Return left, width and share read of each piece; all of the line where there are none."""
        total = sum(self._weights)
        width = float(self.width())
        if total <= 0:
            return [(0.0, width, self._share)]
        gap = GAP if width / len(self._weights) >= NARROWEST_PIECE else 0
        ends = [end / total for end in accumulate(self._weights)]
        starts = [0.0, *ends[:-1]]
        pieces = []
        for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
            left = start * width + (gap / 2 if number else 0)
            right = end * width - (gap / 2 if end < 1 else 0)
            pieces.append((left, max(0.5, right - left), self._read(number, start, end)))
        return pieces

    def _read(self, number: int, start: float, end: float) -> float:
        if self._shares:
            return max(0.0, min(1.0, self._shares[number])) if number < len(self._shares) else 0.0
        return max(0.0, min(1.0, (self._share - start) / (end - start))) if end > start else 0.0
