"""Who has a library open: processes of one computer share it, two computers do not.

Each process keeps a file in ``in-use/`` and holds a lock of the system on it. A file without its lock was left by a
process that was killed: the library is to be looked through. Where the system cannot see the locks of another
computer, the time of that file tells: it is renewed as long as the library is open.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import msgspec

from reader.store.errors import LibraryElsewhereError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

log = logging.getLogger(__name__)

FOLDER = "in-use"
BEAT_SECONDS = 60.0
ALIVE_SECONDS = 300.0
"""How long after its last beat another computer counts as having the library open."""
MAX_BYTES = 4096
_LOCKED_BYTE = 2**30
"""Far behind the content: Windows lets nobody read what is locked."""


def host() -> str:
    """Return this computer's name."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


class Presence:
    """The hold of this process on the library in ``folder``; on a disk that cannot be written there is none.

    ``unclean`` says whether a process before this one was killed while it had the library open. A process that is
    not ``seen`` only reads for another one that is, and may be killed at any time.

    Raises:
        LibraryElsewhereError: another computer has the library open.
    """

    def __init__(self, folder: Path, *, remote: bool, seen: bool = True) -> None:
        self.unclean = False
        self._folder = folder / FOLDER
        self._file: Path | None = None
        self._descriptor = -1
        self._left = Event()
        self._beaten = time.monotonic()
        if not seen:
            return
        try:
            self._take()
            self._look_around(folder)
        except LibraryElsewhereError:
            self.leave()
            raise
        except OSError:
            log.info("nobody can be told that the library is open")
        if remote and self._descriptor >= 0:
            Thread(target=self._go_on_beating, name="presence", daemon=True).start()

    def beat(self) -> None:
        """Tell that the library is still open, if that was told long ago."""
        if time.monotonic() - self._beaten > BEAT_SECONDS:
            self._renew()

    def leave(self) -> None:
        """Let the library go."""
        self._left.set()
        if self._descriptor >= 0:
            os.close(self._descriptor)  # and with it the lock
            self._descriptor = -1
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink()
            self._file = None

    def others(self) -> int:
        """Return how many other processes of this computer have the library open."""
        return sum(1 for file in self._others() if _is_held(file))

    def _take(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._folder / f"{os.getpid()}-{os.urandom(4).hex()}.json"
        # Under its own name only once it is locked: another process would take it for left behind.
        part = file if os.name == "nt" else file.with_suffix(".part")
        self._descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = part
        os.write(self._descriptor, msgspec.json.encode({"host": host(), "pid": os.getpid()}))
        _lock(self._descriptor)
        if part != file:
            part.rename(file)
            self._file = file

    def _look_around(self, folder: Path) -> None:
        assert self._file is not None
        now = self._file.stat().st_mtime  # by the clock of the disk
        for file in self._others():
            try:
                name = _host_of(file)
                held, age = _is_held(file), now - file.stat().st_mtime
            except OSError:
                continue  # it was let go this moment
            if name != host() and (held or abs(age) < ALIVE_SECONDS):
                raise LibraryElsewhereError(folder, name)
            if not held and (os.name != "nt" or age > 2):
                self.unclean = True
                with suppress(OSError):
                    file.unlink()

    def _others(self) -> list[Path]:
        return [file for file in self._folder.glob("*.json") if file != self._file]

    def _go_on_beating(self) -> None:
        while not self._left.wait(BEAT_SECONDS / 2):
            self._renew()

    def _renew(self) -> None:
        if self._file is not None:
            self._beaten = time.monotonic()
            with suppress(OSError):
                os.utime(self._file)


def _host_of(file: Path) -> str:
    """Return the computer that a file is of; this one where it was not yet written, or is nonsense."""
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES)
    try:
        return str(msgspec.json.decode(data, type=dict[str, str | int])["host"])
    except (msgspec.MsgspecError, KeyError):
        return host()


def _is_held(file: Path) -> bool:
    """Say whether a process that is alive holds the lock of a file."""
    try:
        descriptor = os.open(file, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        _lock(descriptor)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Take the lock of an open file, or raise OSError at once; it goes when the file is closed."""
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
