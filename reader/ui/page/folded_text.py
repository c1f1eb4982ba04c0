"""A text of which sections are folded away: only their headings are in the document."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from reader.ui.page.selectable import SelectableText
from reader.ui.page.viewfinder import Eye

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.article.model import Metadata, Resource
    from reader.article.outline import Section
    from reader.article.text import Text


class FoldedText(SelectableText):
    """Leaves out ranges of passages. Before each of them stands its heading, which is seen in its place."""

    fold_requested = Signal(int)
    """A section by its number, whose sign was pressed: to be folded, or unfolded."""
    hidden_place_wanted = Signal(int)
    """A passage that is folded away, and that somebody goes to."""

    _sections: Sequence[Section] = ()

    def show_article(
        self,
        metadata: Metadata,
        text: Text,
        resources: Mapping[str, Resource],
        *,
        sections: Sequence[Section] = (),
        hidden: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Show an article from its beginning.

        ``sections`` in reading order can be folded; ``hidden`` are the ranges of passages that are.
        """
        self._sections = sections
        self._hidden = tuple(hidden)
        super().show_article(metadata, text, resources)

    @property
    def sections(self) -> Sequence[Section]:
        """The sections that can be folded, in reading order."""
        return self._sections

    def set_hidden(self, hidden: Sequence[tuple[int, int]]) -> None:
        """Leave out ranges of passages, in order: they are folded away. The place under the eye stays.

        If that place itself is folded away, its heading comes to stand there, and the caret goes with it.
        """
        if tuple(hidden) == self._hidden:
            return
        self._hidden = tuple(hidden)
        if self._text is None:
            return
        if self._eye is not None:
            offset = self.shown_offset(self._eye.offset)
            if offset != self._eye.offset:
                self._eye = Eye(offset, max(0.0, self._eye.below_top))
        self._selecting.fold(self.shown_offset)
        if self._page is not None:
            self._rebuild()

    def is_hidden(self, passage: int) -> bool:
        """Say whether a passage is folded away."""
        return self._hider(passage) is not None

    def is_folded(self, passage: int) -> bool:
        """Say whether a passage is a heading that is seen, and what stands below it is not."""
        hider = self._hider(passage + 1)
        return hider is not None and hider[0] == passage + 1

    def shown_offset(self, offset: int) -> int:
        """Return where a place is seen: where it is, or the heading that it is folded away under."""
        if not self._hidden or self._text is None:
            return offset
        hider = self._hider(self._text.place(offset).passage)
        return offset if hider is None else self._text.offset(hider[0] - 1)

    def reveal(self, offset: int) -> None:
        """Have unfolded what hides a place."""
        if self._hidden and self._text is not None:
            passage = self._text.place(offset).passage
            if self.is_hidden(passage):
                self.hidden_place_wanted.emit(passage)

    def _hider(self, passage: int) -> tuple[int, int] | None:
        """Return the hidden range that holds a passage."""
        at = bisect_right(self._hidden, passage, key=_first) - 1
        return self._hidden[at] if at >= 0 and passage < self._hidden[at][1] else None


def _first(hidden: tuple[int, int]) -> int:
    return hidden[0]
