"""The process that brings a search index up to date: it needs no more than where the library lies.

It is started by ``indexing_process``, at low priority, and ends with the program that started it, wherever it
is: what it has written by then stays, and the next one goes on there. What it tells is a line of JSON each.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import msgspec
from msgspec import Struct

from reader.errors import ReaderError
from reader.importers.worker import now_and_then, speak_the_persons_language, take_pipes, where_of
from reader.library import FILE
from reader.paths import Paths
from reader.refreshing import Refreshing
from reader.search.index import SearchIndex
from reader.stamps import INDEX, Stamps
from reader.store.articles import Articles
from reader.store.connection import Database

TOLD_SECONDS = 0.1
"""What is done is told no oftener."""
NICENESS = 10


class Share(Struct, frozen=True, array_like=True, tag="share"):
    """The share that is done, 0 to 1; the first of all says that the process is at work."""

    share: float


class Over(Struct, frozen=True, array_like=True, tag="over"):
    """It came to its end: see ``Refreshing.refresh``."""

    whole: bool


class Refused(Struct, frozen=True, array_like=True, tag="refused"):
    """A ``ReaderError``: the name of its class, and its sentence."""

    kind: str
    sentence: str


class Failed(Struct, frozen=True, array_like=True, tag="failed"):
    """Something unforeseen; ``where`` names the lines of the program, and nothing of the text."""

    where: str


Told = Share | Over | Refused | Failed


def bring_up_to_date(paths: Paths, step: Callable[[float], object]) -> bool:
    """Index what is new and changed in a library that a program has open: see ``Refreshing.refresh``.

    Raises:
        LibraryError, IndexWriteError: see there.
    """
    database = Database(paths.data / FILE, seen=False)
    index = SearchIndex(paths.cache / INDEX)
    try:
        return Refreshing(Articles(database), Stamps(paths), lambda: index).refresh(step)
    finally:
        index.close()
        database.close()


def main() -> int:
    """Do it for the library in the folders that end the command line: its data, its cache, its configuration."""
    incoming, outgoing = take_pipes()
    speak_the_persons_language()
    _step_back()
    Thread(target=_end_with_the_program, args=(incoming,), daemon=True).start()
    from reader.search import settling, writing  # noqa: F401  # what is missing is missing before it says a word

    _tell(outgoing, Share(0.0))
    try:
        step = now_and_then(TOLD_SECONDS, lambda share: _tell(outgoing, Share(share)))
        whole = bring_up_to_date(Paths(*map(Path, sys.argv[-3:])), step)
    except ReaderError as error:
        _tell(outgoing, Refused(type(error).__name__, str(error)))
    except Exception as error:  # the program that started it logs where
        _tell(outgoing, Failed(where_of(error)))
    else:
        _tell(outgoing, Over(whole))
    return 0


def _tell(pipe: int, told: Told) -> None:
    with suppress(OSError):  # nobody is there: it ends by itself
        os.write(pipe, msgspec.json.encode(told) + b"\n")


def _end_with_the_program(pipe: int) -> None:
    with suppress(OSError):
        while os.read(pipe, 1):
            pass
    os._exit(0)


def _step_back() -> None:
    """Compute, and read and write, when nobody else wants to; Windows was told so by who started it."""
    if sys.platform == "win32":
        return
    with suppress(OSError):
        os.nice(NICENESS)
    with suppress(OSError, AttributeError, ImportError):
        from ctypes import CDLL

        system = CDLL(None)
        if sys.platform == "darwin":
            system.setiopolicy_np(0, 0, 3)  # of the disk, for this process: throttled
        elif (call := _IOPRIO_SET.get(os.uname().machine)) is not None:
            system.syscall(call, 1, 0, 3 << 13)  # of this process: idle


_IOPRIO_SET = {"x86_64": 251, "aarch64": 30, "riscv64": 30}


if __name__ == "__main__":
    sys.exit(main())
