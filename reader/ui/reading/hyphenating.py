"""Hyphens for the page: their patterns are loaded off the window's thread, when they are first wanted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

from reader.ui.page.hyphens import Hyphens

if TYPE_CHECKING:
    from reader.ui.look.appearance import Appearance
    from reader.ui.tasks import Runner


class Hyphenated(Protocol):
    """A page that words can be broken on."""

    def set_hyphens(self, hyphens: Hyphens | None) -> None:
        """Break words where these say so; None leaves them whole."""


class Hyphenating(QObject):
    """Gives a page the hyphens of the language that is read, where the person wants them.

    A screen reader would spell out words with hyphens in them: while one listens, words stay whole.
    """

    def __init__(self, page: Hyphenated, appearance: Appearance, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._appearance = appearance
        self._runner = runner
        self._hyphens = Hyphens()
        self._language = ""
        self._given: Hyphens | None = None
        appearance.changed.connect(self._refresh)

    def show_language(self, language: str) -> None:
        """Take the language of what is read now (a BCP 47 tag, or an empty string)."""
        self._language = language
        self._refresh()

    def _refresh(self) -> None:
        if not self._appearance.typography.hyphenated:
            return  # the page itself leaves words whole then
        if QAccessible.isActive():
            self._give(None)
        elif self._hyphens.ready(self._language):
            self._give(self._hyphens)
        else:
            load = partial(self._hyphens.load, self._language)
            self._runner.start(lambda step: load(), done=partial(self._on_loaded, self._language))

    def _on_loaded(self, language: str, any_patterns: bool) -> None:
        if language == self._language and any_patterns:
            self._given = None  # the page has to look at them anew
            self._give(self._hyphens)

    def _give(self, hyphens: Hyphens | None) -> None:
        if hyphens is not self._given:
            self._given = hyphens
            self._page.set_hyphens(hyphens)
