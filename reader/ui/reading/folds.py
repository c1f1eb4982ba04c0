"""What is folded away of the article that is open: one state for the outline and the page."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.errors import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reader.article.outline import Section
    from reader.library import Library
    from reader.ui.tasks import Runner

SAVE_AFTER_MS = 500


class Folds(QObject):
    """The folded sections by their numbers. A folded section shows its heading and hides all below it.

    Sections may be folded within folded ones: they stay so when what is around them is unfolded.
    Passages are counted in the whole article; those of the notes are never hidden.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: Sequence[Section] = ()
        self._folded: frozenset[int] = frozenset()
        self._hidden: tuple[tuple[int, int], ...] | None = ()

    def show_article(self, sections: Sequence[Section], folded: frozenset[int] = frozenset()) -> None:
        """Take another article, with its sections in reading order; ``changed`` is not said.

        While nothing is folded, no section is asked for.
        """
        self._sections = sections
        self._folded, self._hidden = self._foldable(folded), None

    @property
    def folded(self) -> frozenset[int]:
        """The numbers of the folded sections."""
        return self._folded

    # -- what is hidden ----------------------------------------------------------------------------

    def hidden_ranges(self) -> tuple[tuple[int, int], ...]:
        """Return what is folded away as half-open ranges of passages, ordered and apart."""
        if self._hidden is None:
            found: list[tuple[int, int]] = []
            for number in sorted(self._folded):
                section = self._sections[number]
                if not found or section.first >= found[-1][1]:
                    found.append((section.first + 1, section.end))
            self._hidden = tuple(found)
        return self._hidden

    def covers(self, passage: int) -> bool:
        """Say whether a passage is folded away."""
        hidden = self.hidden_ranges()
        at = bisect_right(hidden, passage, key=_first) - 1
        return at >= 0 and passage < hidden[at][1]

    def can_fold(self, number: int) -> bool:
        """Say whether there is such a section with anything below its heading."""
        return 0 <= number < len(self._sections) and self._sections[number].end > self._sections[number].first + 1

    # -- folding -----------------------------------------------------------------------------------

    def fold(self, number: int) -> None:
        self.fold_only(self._folded | {number})

    def unfold(self, number: int) -> None:
        self.fold_only(self._folded - {number})

    def toggle(self, number: int) -> None:
        self.fold_only(self._folded ^ {number})

    def fold_all(self) -> None:
        self.fold_only(range(len(self._sections)))

    def unfold_all(self) -> None:
        self.fold_only(())

    def fold_others(self, number: int) -> None:
        """Fold what stands beside a section and beside those around it; that section and they are unfolded."""
        if not 0 <= number < len(self._sections):
            return
        own = self._sections[number]
        kept, others, passed = set(self._folded), set(), -1
        for section in self._sections:
            if section.first <= own.first < section.end:
                kept.discard(section.number)
            elif not own.first <= section.first < own.end and section.first >= passed:
                others.add(section.number)
                passed = section.end
        self.fold_only(kept | others)

    def fold_only(self, numbers: Iterable[int]) -> None:
        """Fold these sections and unfold all others; those with nothing to fold are passed over."""
        folded = self._foldable(numbers)
        if folded != self._folded:
            self._folded, self._hidden = folded, None
            self.changed.emit()

    def reveal(self, passage: int) -> bool:
        """Unfold all that hides a passage; say whether anything did."""
        around = {n for n in self._folded if self._sections[n].first < passage < self._sections[n].end}
        self.fold_only(self._folded - around)
        return bool(around)

    def _foldable(self, numbers: Iterable[int]) -> frozenset[int]:
        return frozenset(number for number in numbers if self.can_fold(number))


class KeptFolds(QObject):
    """Remembers across starts what is folded in each article."""

    failed = Signal(object)

    def __init__(self, folds: Folds, library: Library, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._folds = folds
        self._library = library
        self._runner = runner
        self._article: int | None = None
        self._sections: Sequence[Section] = ()
        self._saving = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._saving.timeout.connect(self._save_later)
        folds.changed.connect(self._saving.start)

    def show_article(self, article_id: int, sections: Sequence[Section]) -> None:
        """Fold what was folded in an article, wherever its text as it is now has that."""
        self.save()
        self._article, self._sections = article_id, sections
        try:
            names = self._library.folding.of(article_id)
        except ReaderError as error:
            self.failed.emit(error)
            names = ()
        if names:
            from reader.article import section_names  # most articles have nothing folded

            self._folds.show_article(sections, section_names.sections_named(sections, names))
        else:
            self._folds.show_article(sections)

    def save(self) -> None:
        """Write at once what is not written yet: before something else is shown, and at the end."""
        if not self._saving.isActive():
            return
        save = self._prepared()
        try:
            save()
        except ReaderError as error:
            self.failed.emit(error)

    def _save_later(self) -> None:
        save = self._prepared()
        self._runner.start(lambda step: save(), failed=self.failed.emit)

    def _prepared(self) -> Callable[[], None]:
        """Return what writes the folds of now, in whatever thread."""
        from reader.article import section_names

        self._saving.stop()
        article, sections, folded = self._article, self._sections, self._folds.folded
        library = self._library
        if article is None:
            return lambda: None
        return lambda: library.folding.save(article, section_names.section_names(sections, folded))


def _first(hidden: tuple[int, int]) -> int:
    return hidden[0]
