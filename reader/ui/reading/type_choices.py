"""What is chosen of the type: taken at once, and kept for all readings or for the one that is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import ReaderError
from reader.ui.page.typography import CHOICE, Typography, as_choice, as_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.library import Library
    from reader.ui.look.appearance import Appearance
    from reader.ui.tasks import Runner

SAVE_AFTER_MS = 800
"""A slider that is drawn along is written once, when it rests."""


class TypeChoices(QObject):
    """Takes what a person chooses; the settings keep what is for all, the library what is for one reading.

    ``article`` returns the number of the reading that is open, or None; ``change_settings`` takes
    settings by their names.
    """

    failed = Signal(object)

    def __init__(
        self,
        library: Library,
        appearance: Appearance,
        runner: Runner,
        article: Callable[[], int | None],
        change_settings: Callable[..., None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._appearance = appearance
        self._runner = runner
        self._article = article
        self._change_settings = change_settings
        self._unsaved: tuple[int, Typography | None] | None = None
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._saving.timeout.connect(self._save_later)

    def choose(self, typography: Typography) -> None:
        """Take another type, for the open reading alone if it has one of its own."""
        self._appearance.choose_typography(typography)
        if self._appearance.own is None:
            self._change_settings(**as_settings(typography))
        else:
            self._keep(self._appearance.own)

    def choose_own(self, own: bool) -> None:
        """Give the open reading a type of its own, which begins as it is now; or let it go with all others."""
        if self._article() is None or own == (self._appearance.own is not None):
            return
        self._appearance.take_own(self._appearance.typography if own else None)
        self._keep(self._appearance.own)

    def leave_reading(self) -> None:
        """Go back to the type of all readings: none is open any more."""
        self.save()
        self._appearance.take_own(None)

    def _keep(self, own: Typography | None) -> None:
        article_id = self._article()
        if article_id is None:
            return
        if self._unsaved is not None and self._unsaved[0] != article_id:
            self.save()
        self._unsaved = article_id, own
        self._saving.start()

    def _save_later(self) -> None:
        if self._unsaved is not None:
            save, self._unsaved = partial(self._write, *self._unsaved), None
            self._runner.start(lambda step: save(), failed=self.failed.emit)

    def save(self) -> None:
        """Write at once what is not written yet: another reading is opened, or the window closes."""
        self._saving.stop()
        if self._unsaved is None:
            return
        unsaved, self._unsaved = self._unsaved, None
        try:
            self._write(*unsaved)
        except ReaderError as error:
            self.failed.emit(error)

    def _write(self, article_id: int, own: Typography | None) -> None:
        self._library.reading.choose(article_id, CHOICE, None if own is None else as_choice(own))
