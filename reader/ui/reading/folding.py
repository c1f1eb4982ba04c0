"""Folding by command: the section that one reads, all but that, everything; each is said aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from reader.ui.widgets.controls import announce

if TYPE_CHECKING:
    from reader.article.outline import Section
    from reader.ui.page.view import PageView
    from reader.ui.reading.folds import Folds
    from reader.ui.reading.reading import Reading


class Folding(QObject):
    """Folds for a page. “Here” is the caret where it is seen, else the first line that is seen."""

    def __init__(self, reading: Reading, page: PageView) -> None:
        super().__init__(reading)
        self._reading = reading
        self._page = page
        self._before: frozenset[int] = frozenset()

    @property
    def _folds(self) -> Folds:
        return self._reading.folds

    def toggle(self, number: int) -> None:
        """Fold a section whose sign was pressed, or unfold it."""
        self._folds.toggle(number)
        self._say(self._page.sections[number], folded=number in self._folds.folded)

    def fold_here(self) -> None:
        """Fold the innermost section that one is in and that is open: again, and the one around it is folded."""
        folds = self._folds
        around = [each for each in self._around() if folds.can_fold(each.number) and each.number not in folds.folded]
        if around:
            folds.fold(around[-1].number)
            self._stand_at(around[-1])
            self._say(around[-1], folded=True)
        else:
            announce(self._page, self.tr("There is nothing to fold here."))

    def unfold_here(self) -> None:
        """Unfold the section that one is in, or else all that is folded within it."""
        folded = self._folds.folded
        around = self._around()
        own = next((each for each in reversed(around) if each.number in folded), None)
        within = {each.number for each in around[-1].walk()} & folded if around else set()
        if own is None and not within:
            announce(self._page, self.tr("There is nothing to unfold here."))
            return
        section = around[-1] if own is None else own
        self._folds.fold_only(folded - ({section.number} if own is not None else within))
        self._say(section, folded=False)

    def fold_others(self) -> None:
        """Fold all but the section that one is in, and those around it."""
        around = self._around()
        if not around:
            self.fold_all()
            return
        self._folds.fold_others(around[-1].number)
        announce(self._page, self.tr("All others are folded."))

    def fold_all(self) -> None:
        """Fold every section; one heading that stands above all others, as a title does, stays open."""
        sections = self._page.sections
        above_all = len(sections) > 1 and sections[0].end == sections[-1].end
        self._folds.fold_only(range(1 if above_all else 0, len(sections)))
        announce(self._page, self.tr("All sections are folded."))

    def unfold_all(self) -> None:
        self._folds.unfold_all()
        announce(self._page, self.tr("All sections are unfolded."))

    # -- looking around ----------------------------------------------------------------------------

    def begin_visit(self) -> None:
        """Remember what is folded: somebody looks around, and may come back as if nothing had been."""
        self._before = self._folds.folded

    def end_visit(self) -> None:
        """Fold again what was unfolded by looking around."""
        self._folds.fold_only(self._folds.folded | self._before)

    # -- where one is ------------------------------------------------------------------------------

    def _around(self) -> list[Section]:
        """Return the sections around the place where one is, innermost last."""
        text, page = self._page.text, self._page
        if text is None or not text.passages:
            return []
        caret, first, last = page.caret_offset(), page.first_offset(), page.last_offset()
        # The caret is at the beginning as long as nobody has put it anywhere.
        passage = text.place(caret if caret and first <= caret <= last else first).passage
        return [each for each in page.sections if each.first <= passage < each.end]

    def _stand_at(self, section: Section) -> None:
        """Put the caret at the heading of what was folded: there it is unfolded again."""
        if self._page.text is not None:
            offset = self._page.text.offset(section.first)
            self._page.select_range(offset, offset)

    def _say(self, section: Section, *, folded: bool) -> None:
        words = self.tr("Folded: {}") if folded else self.tr("Unfolded: {}")
        announce(self._page, words.format(section.title))
