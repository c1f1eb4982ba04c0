"""Bringing files in: what was asked for first comes first, with progress, and a way to stop."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject, Signal

from reader.library import Added, Library, Outcome
from reader.ui.isolation import isolated
from reader.ui.tasks import Done, Lane, Runner, Step, Task

if TYPE_CHECKING:
    from reader.bulk import Report


Places = tuple[Path, ...]
"""Files and folders that were asked for at once."""


class _Pasted(Struct, frozen=True):
    """What was copied in another program."""

    text: str
    is_html: bool


class Importing(QObject):
    """Reads files in the background; what is done stays when a person stops the rest."""

    added = Signal(object)
    """An ``Added``, after a file that a person brought."""
    finished = Signal(object, bool)
    """The last ``Added``, or None, after all; and whether a person asked for it. Of a folder none is the last."""
    gathered = Signal(object)
    """A ``Report``, after a folder, or several files."""
    failed = Signal(object)
    progressed = Signal(str, float)
    """A sentence that says what is read, and its share done."""

    def __init__(self, library: Library, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._waiting: deque[Places | _Pasted] = deque()
        self._task: Task | None = None
        self._last: Added | None = None
        self._asked = False
        self._bundled_waits = False

    @property
    def busy(self) -> bool:
        return self._task is not None

    @property
    def untitled(self) -> str:
        """The title of what was pasted, where none is found in it."""
        return self.tr("Pasted text")

    def add(self, files: tuple[Path, ...]) -> None:
        """Bring files in, and the texts of folders, after those that wait already; there is at least one."""
        self._waiting.append(files)
        self._asked = True
        if self._task is None:
            self._next()

    def paste(self, text: str, *, is_html: bool) -> None:
        """Bring in what was copied, after what waits already."""
        self._waiting.append(_Pasted(text, is_html))
        self._asked = True
        if self._task is None:
            self._next()

    def add_bundled(self) -> None:
        """Bring in the edition that comes with the program, where it is new; after what is under way."""
        self._bundled_waits = True
        if self._task is None:
            self._next()

    def cancel(self) -> None:
        """Stop: what is being read, and what waits."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    def _next(self) -> None:
        if not self._waiting:
            last, self._last, self._task = self._last, None, None
            asked, self._asked = self._asked, False
            if self._bundled_waits:
                self._start_bundled()
                if last is None and not asked:
                    return
            self.finished.emit(last, asked)
            return
        coming = self._waiting.popleft()
        work, done, told = self._prepare(coming)
        self.progressed.emit(told, 0.0)
        self._task = self._runner.start(
            work, done=done, failed=self._on_failed, progressed=partial(self._on_progress, told), lane=Lane.LONG
        )

    def _prepare(self, coming: Places | _Pasted) -> tuple[Callable[[Step], object], Done, str]:
        """Return what is to be done, what is done with its result, and what is said meanwhile."""
        library, untitled = self._library, self.untitled
        if isinstance(coming, _Pasted):
            work = partial(library.add_pasted, coming.text, untitled, is_html=coming.is_html)
            return work, self._on_added, self._reading(untitled)
        has_folder = any(place.is_dir() for place in coming)
        told = self._reading(coming[0].name) if len(coming) == 1 else self.tr("Reading %n file(s)", "", len(coming))
        if has_folder or len(coming) > 1:
            return partial(library.add_all, coming), partial(self._on_gathered, has_folder), told
        return partial(library.add, coming[0]), self._on_added, told

    def _reading(self, name: str) -> str:
        return self.tr("Reading “{name}”").format(name=isolated(name))

    def _start_bundled(self) -> None:
        self._bundled_waits = False
        self._task = self._runner.start(
            lambda step: self._library.add_bundled(step=step),
            done=self._on_bundled,
            failed=self._on_failed,
            lane=Lane.LONG,
        )

    def _on_added(self, added: Added) -> None:
        self._last = added
        self.added.emit(added)
        self._next()

    def _on_gathered(self, has_folder: bool, report: Report) -> None:
        if not has_folder and report.last is not None:
            self._last = report.last
        self.gathered.emit(report)
        self._next()

    def _on_bundled(self, added: tuple[Added, ...]) -> None:
        if added and self._last is None:
            self._last = added[0]
        self._next()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._next()

    def _on_progress(self, told: str, share: float) -> None:
        self.progressed.emit(told, share)

    def said(self, added: Added, title: str) -> str:
        """Return the sentence that tells what became of a file."""
        title = isolated(title)
        match added.outcome:
            case Outcome.KNOWN:
                return self.tr("“{title}” is in the library already.").format(title=title)
            case Outcome.REVISED:
                return self.tr("“{title}” was brought up to date; your bookmarks moved along.").format(title=title)
            case _:
                return self.tr("“{title}” was added to the library.").format(title=title)
