"""Thousands of files at once: several are read at the same time, one after the other is written."""

from __future__ import annotations

import logging
import os
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from threading import Event
from typing import Any

from reader.errors import CancelledError, FileError, ReaderError
from reader.gathering import BESIDE, CLOSED, HIDDEN, LINKED, SPECIAL, UNKNOWN, gather
from reader.intake import Incoming, Intake, Original
from reader.store.articles import Added, Outcome
from reader.store.shelf import Shelf

log = logging.getLogger(__name__)

MOST_AT_ONCE = 4
"""How many files are read at once, where there are so many processors."""
MAX_AHEAD, MAX_AHEAD_BYTES = 8, 32 * 2**20
"""How many files, and how many bytes of them, are read ahead of the writing."""
POLL_SECONDS = 0.1

Step = Callable[[float], None]
_Begun = tuple[Path, int, "Future[Incoming] | Added | FileError"]


def bring_in(
    intake: Intake, files: Iterable[Path], step: Step
) -> Generator[tuple[Path, Added | FileError], None, None]:
    """Yield what became of each file, in their order; each is in the library when it is told.

    ``step`` is told the share done of the files being read, and may raise CancelledError. Closing
    the iterator stops what is under way; what was told stays.

    Raises:
        LibraryError: the library cannot be written; the rest is not tried.
        CancelledError: by ``step``.
    """
    stopped = Event()

    def ask(share: float) -> None:
        if stopped.is_set():
            raise CancelledError

    waiting: deque[_Begun] = deque()
    pool = ThreadPoolExecutor(max(2, min(MOST_AT_ONCE, os.cpu_count() or 1)), thread_name_prefix="reading")
    try:
        for path in files:
            begun = _begin(pool, intake, path, ask)
            while waiting and _is_full(waiting, begun[1]):
                yield _end(intake, waiting.popleft(), step)
            waiting.append(begun)
        while waiting:
            yield _end(intake, waiting.popleft(), step)
    finally:
        stopped.set()
        pool.shutdown(cancel_futures=True)


def bring_in_all(intake: Intake, places: Sequence[Path], step: Step) -> Report:
    """Bring files and the texts of folders in; a CancelledError that ``step`` raises ends it, what came in stays.

    Raises:
        NoTextsError: there are none.
        LibraryError: the library cannot be written.
    """
    report = Report()
    files = gather(places, report.skipped)
    share = 0.0
    coming = bring_in(intake, files, lambda _share: step(share))
    try:
        for done, (path, outcome) in enumerate(coming, 1):
            report.tell(path, outcome)
            share = done / len(files)
            step(share)
    except CancelledError:
        report.stopped = True
    finally:
        coming.close()
    return report


def _begin(pool: ThreadPoolExecutor, intake: Intake, path: Path, ask: Step) -> _Begun:
    try:
        looked = intake.look(path)
    except FileError as error:
        return path, 0, error
    if isinstance(looked, Original):
        return path, len(looked.data), pool.submit(intake.read, looked, ask)
    return path, 0, looked


def _is_full(waiting: deque[_Begun], more: int) -> bool:
    return len(waiting) >= MAX_AHEAD or sum(size for _path, size, _begun in waiting) + more > MAX_AHEAD_BYTES


def _end(intake: Intake, begun: _Begun, step: Step) -> tuple[Path, Added | FileError]:
    path, _size, outcome = begun
    if not isinstance(outcome, Future):
        step(1.0)
        return path, outcome
    while True:
        step(0.0)
        try:
            return path, intake.settle(outcome.result(POLL_SECONDS))
        except NotYet:
            continue
        except FileError as error:
            return path, error


class ReportError(FileError):
    def __str__(self) -> str:
        return _("The report could not be written to “{name}”; what was brought in stays.").format(name=self.name)


class Report:
    """What became of the files of an import; it grows while they come in."""

    def __init__(self) -> None:
        self.outcomes: Counter[Outcome] = Counter()
        self.failed: list[tuple[Path, str]] = []
        self.skipped: Counter[str] = Counter()
        self.stopped = False
        self.last: Added | None = None

    def tell(self, path: Path, outcome: Added | FileError) -> None:
        """Count a file."""
        if isinstance(outcome, ReaderError):
            self.failed.append((path, str(outcome)))
        else:
            self.outcomes[outcome.outcome] += 1
            self.last = outcome

    @property
    def brought_in(self) -> int:
        return self.outcomes[Outcome.NEW] + self.outcomes[Outcome.REVISED]

    def sentences(self) -> tuple[str, ...]:
        """Return what is to be said at the end, what did not happen left out."""
        counts = (
            (self.outcomes[Outcome.NEW], _new),
            (self.outcomes[Outcome.REVISED], _revised),
            (self.outcomes[Outcome.KNOWN], _known),
            (len(self.failed), failed_sentence),
            (+self.skipped.total(), _skipped),
        )
        said = [say(count) for count, say in counts if count]
        if self.stopped:
            said.insert(0, _("Stopped; what came in until then stays."))
        return tuple(said) or (_("There is no text in it that this program can read."),)

    def write(self, file: Path) -> None:
        """Write it as JSON.

        Raises:
            ReportError: it cannot be written there.
        """
        import json

        from reader.atomic import write_whole

        text = json.dumps(self.as_json(), ensure_ascii=False, indent=2) + "\n"
        try:
            write_whole(file, text.encode("utf-8", "replace"))
        except OSError as exc:
            raise ReportError(file) from exc

    def as_json(self) -> dict[str, Any]:
        """Return all of it for a program, its names as far as they are text."""
        return {
            "stopped": self.stopped,
            "added": self.outcomes[Outcome.NEW],
            "revised": self.outcomes[Outcome.REVISED],
            "known": self.outcomes[Outcome.KNOWN],
            "failed": [
                {"path": os.fsencode(path).decode("utf-8", "backslashreplace"), "reason": reason}
                for path, reason in self.failed
            ],
            "skipped": {reason: self.skipped[reason] for reason in (HIDDEN, UNKNOWN, SPECIAL, LINKED, CLOSED, BESIDE)},
        }


def _new(count: int) -> str:
    return ngettext("{count} text was added.", "{count} texts were added.", count).format(count=count)


def _revised(count: int) -> str:
    return ngettext("{count} text was brought up to date.", "{count} texts were brought up to date.", count).format(
        count=count
    )


def _known(count: int) -> str:
    return ngettext(
        "{count} text was in the library already.", "{count} texts were in the library already.", count
    ).format(count=count)


def failed_sentence(count: int) -> str:
    """Say how many files could not be read."""
    return ngettext("{count} file could not be read.", "{count} files could not be read.", count).format(count=count)


def _skipped(count: int) -> str:
    return ngettext(
        "{count} file or folder was left out: hidden, or of another kind.",
        "{count} files and folders were left out: hidden, or of another kind.",
        count,
    ).format(count=count)


def told(shelf: Shelf, added: Added) -> str:
    """Return the line that tells what became of a file: number, title and outcome, with tabs between."""
    title = " ".join(shelf.entry(added.article_id).title.split())
    sentence = {
        Outcome.NEW: _("{id}\t{title}\tadded"),
        Outcome.KNOWN: _("{id}\t{title}\talready in the library"),
        Outcome.REVISED: _("{id}\t{title}\ta new revision"),
    }[added.outcome].format(id=added.article_id, title=title)
    if added.bookmarks_lost:
        sentence += "\t" + ngettext(
            "{count} bookmark was not found in it and is kept as lost",
            "{count} bookmarks were not found in it and are kept as lost",
            added.bookmarks_lost,
        ).format(count=added.bookmarks_lost)
    return sentence
