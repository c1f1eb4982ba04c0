"""Bringing files in: one after the other, with progress, and a way to stop."""

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
from reader.ui.tasks import Lane, Runner, Step, Task

if TYPE_CHECKING:
    from reader.bulk import Report


class _Pasted(Struct, frozen=True):
    """What was copied in another program."""

    text: str
    is_html: bool


class Importing(QObject):
    """Reads files in the background; what is done stays when a person stops the rest."""

    added = Signal(object)
    """An ``Added``, after each file that a person brought."""
    finished = Signal(object, bool)
    """The last ``Added``, or None, after the last file; and whether a person asked for it."""
    gathered = Signal(object)
    """A ``Report``, after each folder."""
    failed = Signal(object)
    progressed = Signal(str, float)
    """The name of the file that is read, and its share done."""

    def __init__(self, library: Library, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._runner = runner
        self._waiting: deque[Path | _Pasted] = deque()
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
        """Bring files in, and the texts of folders, after those that wait already."""
        self._waiting.extend(files)
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
        """Stop: the file that is being read, and those that wait."""
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
        is_folder = isinstance(coming, Path) and coming.is_dir()
        name = coming.name if isinstance(coming, Path) else self.untitled
        self.progressed.emit(name, 0.0)
        self._task = self._runner.start(
            self._work(coming, is_folder=is_folder),
            done=self._on_gathered if is_folder else self._on_added,
            failed=self._on_failed,
            progressed=partial(self._on_progress, name),
            lane=Lane.LONG,
        )

    def _work(self, coming: Path | _Pasted, *, is_folder: bool) -> Callable[[Step], object]:
        library = self._library
        if isinstance(coming, _Pasted):
            return lambda step: library.add_pasted(coming.text, self.untitled, step, is_html=coming.is_html)
        return partial(library.add_folder if is_folder else library.add, coming)

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

    def _on_gathered(self, report: Report) -> None:
        self.gathered.emit(report)
        self._next()

    def _on_bundled(self, added: tuple[Added, ...]) -> None:
        if added and self._last is None:
            self._last = added[0]
        self._next()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self._next()

    def _on_progress(self, name: str, share: float) -> None:
        self.progressed.emit(name, share)

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
