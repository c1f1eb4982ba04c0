"""Where the search index is brought up to date: little at once here, much in a process of its own.

That process (``indexing``) has the low priority, and the memory that indexing takes goes with it when it ends.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable
from gettext import gettext as _
from queue import Empty, SimpleQueue
from threading import Thread

import msgspec

from reader.errors import ReaderError
from reader.importers import processes
from reader.paths import Paths
from reader.refreshing import Refreshing

log = logging.getLogger(__name__)

ARGUMENT = "--indexer"
"""How the frozen program is told to be an indexing process."""
POLL_SECONDS = 0.1
"""How often a person's wish to stop is looked at."""

Step = Callable[[float], object]
Command = Callable[[Paths], list[str]]


class NoIndexingProcessError(Exception):
    """It did not start, or ended before it was at work; internal to this module."""


class IndexingEndedError(ReaderError):
    """The process ended in the middle of its work, or refused it for a reason of its own."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence or _("Search was not made ready: it ended too early, and goes on at the next start.")


def command(paths: Paths) -> list[str]:
    """Return what starts a process that indexes the library in these folders."""
    places = (os.path.abspath(place) for place in (paths.data, paths.cache, paths.config))  # noqa: PTH100
    return processes.command(ARGUMENT, "reader.indexing", *places)


def refresh(paths: Paths, refreshing: Refreshing, step: Step, command: Command = command) -> None:
    """Bring the index up to date, where it is best done; where no process can be started, here.

    Raises:
        LibraryError, IndexWriteError, IndexingEndedError: it could not be done; what was done stays.
        CancelledError: by ``step``.
    """
    if refreshing.seems_small() and refreshing.is_small():
        refreshing.refresh(step)
        return
    try:
        refresh_elsewhere(command(paths), step)
    except NoIndexingProcessError:
        log.warning("no process to index in could be started: it is done in this one")
        refreshing.refresh(step)


def refresh_elsewhere(words: list[str], step: Step) -> None:
    """Bring the index up to date in a process that a command starts, and wait for it.

    ``step`` is told the share done several times a second; what it raises ends the process.

    Raises:
        NoIndexingProcessError: nothing was done.
        LibraryError, IndexWriteError, IndexingEndedError: see ``refresh``.
    """
    try:
        popen, folder = processes.start(words)
    except OSError as exc:
        raise NoIndexingProcessError from exc
    lines: SimpleQueue[bytes] = SimpleQueue()
    talk = Thread(target=_hand_on, args=(popen, lines), name="indexing", daemon=True)
    talk.start()
    try:
        _listen(lines, step)
    finally:
        popen.kill()
        talk.join(processes.END_SECONDS)
        processes.end(popen, folder)


def _hand_on(popen: subprocess.Popen[bytes], lines: SimpleQueue[bytes]) -> None:
    """Hand on lines, in a thread of its own: a pipe may block for ever. An empty one is the end."""
    assert popen.stdout is not None
    try:
        while line := popen.stdout.readline():
            lines.put(line)
    except (OSError, ValueError):
        pass
    lines.put(b"")


def _listen(lines: SimpleQueue[bytes], step: Step) -> None:
    from reader.indexing import Failed, Over, Refused, Share, Told

    decoder: msgspec.json.Decoder[Told] = msgspec.json.Decoder(Told)
    share = -1.0
    while True:
        try:
            told = decoder.decode(lines.get(timeout=POLL_SECONDS))
        except Empty:
            step(max(share, 0.0))
            continue
        except msgspec.MsgspecError:
            told = Failed("")
        if isinstance(told, Share):
            share = told.share
            step(share)
        elif isinstance(told, Over):
            if not told.whole:
                log.info("the search index was left to another program")
            return
        elif isinstance(told, Refused):
            raise _refusal(told.kind, told.sentence)
        else:
            log.warning("an indexing process failed: %s", told.where)
            raise NoIndexingProcessError if share < 0 else IndexingEndedError


def _refusal(kind: str, sentence: str) -> ReaderError:
    from reader.search.storage import IndexWriteError

    return IndexWriteError() if kind == IndexWriteError.__name__ else IndexingEndedError(sentence)
