"""Places with numbers: going to a paragraph by its number, and citing the one that is read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from reader.article.numbers import paragraph_at
from reader.ui.isolation import isolated

if TYPE_CHECKING:
    from reader.theme import Theme
    from reader.ui.reading.opened import OpenedArticle
    from reader.ui.reading.paragraph_card import ParagraphCard
    from reader.ui.window.main_window import MainWindow


class Places(QObject):
    """What the commands about numbered paragraphs do."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        commands, wanted = window.commands, window.settings.paragraph_numbers
        commands["paragraph"].triggered.connect(self.ask)
        commands["copy_reference"].triggered.connect(self.copy_reference)
        commands["paragraph_numbers"].setChecked(wanted)
        commands["paragraph_numbers"].toggled.connect(self._choose)

    @cached_property
    def card(self) -> ParagraphCard:
        from reader.ui.reading.paragraph_card import ParagraphCard

        made = ParagraphCard(self._window.body)
        made.chosen.connect(lambda offset: self._window.rooms.go_to(offset))
        return made

    def ask(self) -> None:
        """Ask for the number of a paragraph."""
        opened = self._window.reading.article
        if opened is None:
            return
        if not opened.paragraphs:
            self._window.rooms.status.show_message(self.tr("This text has no paragraphs to be counted."))
            return
        self.card.set_theme(self._window.appearance.theme)
        self.card.open(opened.text)

    def copy_reference(self) -> None:
        """Copy author, title and paragraph: of what is selected, else of the place under the eye."""
        opened = self._window.reading.article
        if opened is None:
            return
        page = self._window.page
        selected = page.selected_range()
        reference = self.reference(opened, *(selected or (page.first_offset(), page.first_offset())))
        QGuiApplication.clipboard().setText(reference)
        told = self.tr("Copied: {reference}").format(reference=isolated(reference))
        self._window.rooms.status.show_message(told)

    def reference(self, opened: OpenedArticle, start: int, end: int) -> str:
        """Return author, title, year and paragraphs of a range, as one cites them."""
        metadata, text = opened.metadata, opened.text
        parts = [", ".join(metadata.authors), f"“{opened.title}”" if opened.title else "", metadata.date[:4]]
        first = paragraph_at(text, text.place(start).passage) if text.passages else 0
        last = paragraph_at(text, text.place(max(start, end - 1)).passage) if text.passages else 0
        last = max(last, min(1, opened.paragraphs))  # what stands above the first is cited by it
        if first and last > first:
            parts.append(self.tr("paragraphs {first}–{last}").format(first=first, last=last))
        elif last:
            parts.append(self.tr("paragraph {number}").format(number=last))
        return ", ".join(part for part in parts if part)

    def set_theme(self, theme: Theme) -> None:
        if "card" in self.__dict__:
            self.card.set_theme(theme)

    def _choose(self, wanted: bool) -> None:
        self._window.change_settings(paragraph_numbers=wanted)
        for half in self._window.halves:
            half.page.set_numbered(wanted)
