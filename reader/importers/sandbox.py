"""Files are read in a process of its own, so that nothing that a file does can take this one down.

The bytes are read here, once, and given to that process (``worker``), which has no network, writes
nothing and may take so much memory and time (``confinement``). What comes back is checked by length
and decoded; where nothing comes back in time, or the process ends, the file is refused in one sentence.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread, Timer
from types import TracebackType
from typing import Self

from msgspec import Struct

from reader import errors
from reader.article.model import Resource
from reader.errors import (
    CancelledError,
    ConfusingFileError,
    FileError,
    HungryFileError,
    NoReadingProcessError,
    RefusedFileError,
    SlowFileError,
)
from reader.importers import processes
from reader.importers.wire import (
    Done,
    Exhausted,
    Failed,
    Progress,
    Refused,
    Reply,
    Request,
    WireError,
    next_reply,
    send,
    take,
)

log = logging.getLogger(__name__)

CPU_SECONDS, CPU_SECONDS_PER_MB = 20, 5
"""How long a file may compute, and the more for each of its megabytes."""
WALL_FACTOR = 2
"""How much longer it may take where other programs compute as well."""
IDLE_SECONDS = 20.0
"""How long a process is kept for the next file."""
MAX_FILES, MAX_KEPT_BYTES = 500, 300 * 2**20
"""A process is replaced after so many files, or when it has had so much memory."""
MAX_COMPILED_BYTES, MAX_PICTURES_BYTES = 256 * 2**20, 256 * 2**20
POLL_SECONDS = 0.05
"""How often a person's wish to stop, the clock and the memory are looked at."""

_ENDED = None


class Reading(Struct, frozen=True):
    """What a file was found to be: its format's name, ``codec.encode`` of the article, its pictures."""

    format: str
    compiled: bytes
    resources: tuple[Resource, ...]


class Limits(Struct, frozen=True):
    """How long a file may be read."""

    cpu_seconds: int
    wall_seconds: int

    @classmethod
    def for_size(cls, size: int) -> Limits:
        """Return the limits for a file of so many bytes."""
        seconds = CPU_SECONDS + CPU_SECONDS_PER_MB * (size // 2**20)
        return cls(seconds, WALL_FACTOR * seconds)


class Readers:
    """The reading processes: one for each file that is read at once, kept warm for a while.

    Every call may come from any thread.
    """

    def __init__(
        self,
        command: Callable[[], list[str]] = processes.command,
        limits: Callable[[int], Limits] = Limits.for_size,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._command = command
        self._limits = limits
        self._idle_seconds = idle_seconds
        self._lock = Lock()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._timer: Timer | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, data: bytes, step: Callable[[float], None] = lambda share: None) -> Reading:
        """Return what the bytes of a file hold; pictures may lie beside ``path``.

        ``step`` is told the share of the work that is done, several times a second, and may raise
        ``CancelledError``: then the process is ended.

        Raises:
            ReaderError: it cannot be read, in the importer's sentence, or because it takes too much.
        """
        path = Path(os.path.abspath(path))  # noqa: PTH100  # Path.absolute keeps "..", resolve follows links
        step(0.0)
        while True:
            process = self._taken(path)
            warm = process.files > 0
            limits = self._limits(len(data))
            try:
                reading = process.read(path, data, limits, step)
            except _DiedError:
                self._release(process, sound=False)
                if self._closed:
                    raise CancelledError from None
                if warm and not process.answered:
                    continue  # it ended while it waited: a fresh one will tell
                raise process.failure(path, limits) from None
            except FileError as error:
                self._release(process, sound=process.sound)
                raise error from None
            except BaseException:
                self._release(process, sound=False)
                raise
            self._release(process, sound=True)
            step(1.0)
            return reading

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The processes that are there now, busy or waiting."""
        with self._lock:
            return tuple(process.id for process in (*self._busy, *self._idle))

    def close(self) -> None:
        """End all processes; what is being read is given up."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
            busy = list(self._busy)
            timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        for process in busy:
            process.kill()
        for process in idle:
            process.end()

    def _taken(self, path: Path) -> _Process:
        with self._lock:
            if self._closed:
                raise CancelledError
            process = self._idle.pop() if self._idle else None
            if process is None:
                process = _Process(path, self._command)
            process.answered = False
            self._busy.add(process)
        return process

    def _release(self, process: _Process, *, sound: bool) -> None:
        keep = sound and process.files < MAX_FILES and process.peak < MAX_KEPT_BYTES
        with self._lock:
            self._busy.discard(process)
            keep = keep and not self._closed
            if keep:
                self._idle.append(process)
                self._restart_timer()
        if not keep:
            process.end()

    def _restart_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = Timer(self._idle_seconds, self._end_idle)
        self._timer.daemon = True
        self._timer.start()

    def _end_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()


class _DiedError(Exception):
    """The process ended, or said what cannot be understood."""


class _Process:
    """One reading process."""

    def __init__(self, path: Path, command: Callable[[], list[str]]) -> None:
        """Start it.

        Raises:
            NoReadingProcessError: the system starts no more.
        """
        self.files = 0
        self.peak = 0
        self.answered = False
        self.sound = True
        """Whether it may read another file after it refused one."""
        try:
            self._popen, self._folder = processes.start(command())
        except OSError as exc:
            raise NoReadingProcessError(path) from exc

    @property
    def id(self) -> int:
        return self._popen.pid

    def read(self, path: Path, data: bytes, limits: Limits, step: Callable[[float], None]) -> Reading:
        """Talk to the process until it has read the file.

        Raises:
            FileError: the file is refused.
            _DiedError: it ended.
        """
        self.files += 1
        self.sound = True
        replies: SimpleQueue[Reply | Reading | None] = SimpleQueue()
        request = Request(os.fsencode(path), len(data), limits.cpu_seconds)
        talk = Thread(target=self._talk, args=(request, data, replies), daemon=True)
        talk.start()
        try:
            return self._listen(path, limits, step, replies)
        except BaseException:
            if not self.sound or not self.answered:
                self.kill()
            raise
        finally:
            if self._popen.poll() is not None:
                talk.join()

    def _listen(
        self,
        path: Path,
        limits: Limits,
        step: Callable[[float], None],
        replies: SimpleQueue[Reply | Reading | None],
    ) -> Reading:
        give_up = time.monotonic() + limits.wall_seconds
        share = 0.0
        while True:
            try:
                reply = replies.get(timeout=POLL_SECONDS)
            except Empty:
                self._check(path, limits, give_up)
            else:
                if isinstance(reply, Reading):
                    return reply
                share = self._heard(path, reply, share)
            step(share)

    def _check(self, path: Path, limits: Limits, give_up: float) -> None:
        if time.monotonic() > give_up:
            self.answered = self.sound = False
            raise SlowFileError(path, limits.wall_seconds)
        if processes.is_over_memory(self._popen):
            self.answered = self.sound = False
            raise HungryFileError(path)

    def _heard(self, path: Path, reply: Reply | None, share: float) -> float:
        """Return the share that is done by now, or raise what the reply means."""
        if isinstance(reply, Progress):
            self.answered = True
            return min(max(share, reply.share), 1.0)
        if reply is None:
            raise _DiedError
        self.answered = True
        if isinstance(reply, Refused):
            raise _refusal(path, reply)
        self.sound = False
        if isinstance(reply, Exhausted):
            raise HungryFileError(path)
        log.warning("an importer failed: %s", reply.where if isinstance(reply, Failed) else "")
        raise ConfusingFileError(path)

    def _talk(self, request: Request, data: bytes, replies: SimpleQueue[Reply | Reading | None]) -> None:
        """Send the request and hand on the replies, in a thread of its own: a pipe may block for ever."""
        stdin, stdout = self._popen.stdin, self._popen.stdout
        assert stdin is not None and stdout is not None
        try:
            send(stdin.fileno(), request, data)
            while isinstance(reply := next_reply(stdout.fileno()), Progress):
                replies.put(reply)
            if isinstance(reply, Done):
                self.peak = reply.peak or processes.peak_memory(self._popen)
                replies.put(_taken(stdout.fileno(), reply))
            else:
                replies.put(reply)
        except (OSError, ValueError, WireError):
            replies.put(_ENDED)

    def failure(self, path: Path, limits: Limits) -> FileError:
        """Return why it ended, which ``end`` has waited for."""
        code = self._popen.returncode
        log.warning("a reading process ended with %s", code)
        if code == processes.OUT_OF_TIME:
            return SlowFileError(path, limits.cpu_seconds)
        return ConfusingFileError(path)

    def kill(self) -> None:
        """End it at once."""
        with suppress(OSError):
            self._popen.kill()

    def end(self) -> None:
        """End it, and leave nothing of it behind."""
        processes.end(self._popen, self._folder)


def _taken(pipe: int, done: Done) -> Reading:
    """Take what follows; who lies about lengths is not believed.

    Raises:
        WireError: it is too much, or the pipe ended.
    """
    sizes = [picture.size for picture in done.pictures]
    if not 0 <= done.compiled <= MAX_COMPILED_BYTES or min(sizes, default=0) < 0 or sum(sizes) > MAX_PICTURES_BYTES:
        raise WireError
    compiled = take(pipe, done.compiled)
    resources = tuple(Resource(each.name, each.media_type, take(pipe, each.size)) for each in done.pictures)
    return Reading(done.format, compiled, resources)


_KINDS: Mapping[str, type[FileError]] = {
    name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, FileError)
}


def _refusal(path: Path, refused: Refused) -> FileError:
    """Return the error that was raised there; one that only an importer knows, by its sentence."""
    kind = _KINDS.get(refused.kind)
    if kind is not None:
        with suppress(TypeError):
            return kind(path, **refused.fields)
    return RefusedFileError(path, refused.sentence)
