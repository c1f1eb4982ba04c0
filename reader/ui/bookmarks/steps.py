"""What a person did to bookmarks, step by step, so that it can be undone and done again."""

from __future__ import annotations

from msgspec import Struct

from reader.article.annotation import Bookmark

MOST_STEPS = 100


class Step(Struct, frozen=True):
    """A bookmark before and after something was done to it; None where it was not there."""

    before: Bookmark | None
    after: Bookmark | None

    @property
    def bookmark_id(self) -> str:
        either = self.after or self.before
        return "" if either is None else either.id


class Steps:
    """The steps that were done, and those that were undone and can be done again; the latest is last of each."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._open = False

    def clear(self) -> None:
        """Forget everything: another article is shown."""
        self._done.clear()
        self._undone.clear()
        self._open = False

    def add(self, step: Step) -> None:
        """Take a step down; what was undone before it cannot be done again."""
        self._done.append(step)
        del self._done[:-MOST_STEPS]
        self._undone.clear()
        self._open = False

    def write(self, before: Bookmark, after: Bookmark) -> None:
        """Take words down; until ``end_writing`` all that is written to one bookmark is a single step."""
        first: Bookmark | None = before
        if self._open and self._done and self._done[-1].bookmark_id == after.id:
            first = self._done.pop().before
        if first is not None and (first.label, first.remark) != (after.label, after.remark):
            self.add(Step(first, after))
        self._open = bool(self._done) and self._done[-1].after == after

    def end_writing(self) -> None:
        self._open = False

    @property
    def to_undo(self) -> Step | None:
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        return self._undone[-1] if self._undone else None

    def undone(self) -> None:
        """Note that the latest step was taken back."""
        self._undone.append(self._done.pop())
        self._open = False

    def redone(self) -> None:
        """Note that the step undone last was done again."""
        self._done.append(self._undone.pop())

    def drop(self, step: Step) -> None:
        """Forget all of a bookmark that is not there any more: another window has removed it."""
        self._done = [each for each in self._done if each.bookmark_id != step.bookmark_id]
        self._undone = [each for each in self._undone if each.bookmark_id != step.bookmark_id]

    def steps_from(self, step: Step) -> int:
        """Return how many steps were done since a step, with it; 0 where it was taken back or forgotten."""
        return len(self._done) - self._done.index(step) if step in self._done else 0
