"""What a reading process gives up before it looks at a file.

Whatever the system has of this is used, and what it lacks is left: the limits of memory and time
are watched from outside as well (``sandbox``). Linux: no network (a namespace of its own, Landlock),
no writing anywhere (Landlock, a file size of zero). Everywhere: Python itself refuses by an audit
hook, which C libraries do not ask.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType

MAX_MEMORY_BYTES = 960 * 2**20
"""Of the reading process; with what the program keeps of it meanwhile, below a gigabyte for ordinary files."""
MAX_OPEN_FILES = 64
NICENESS = 5

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_REFUSED_ROOMS = frozenset(
    ("socket", "subprocess", "shutil", "tempfile", "ctypes", "urllib", "http", "ftplib", "sqlite3")
)
_REFUSED = frozenset((
    "os.chflags", "os.chmod", "os.chown", "os.exec", "os.fork", "os.forkpty", "os.kill", "os.killpg", "os.link",
    "os.lockf", "os.mkdir", "os.posix_spawn", "os.putenv", "os.remove", "os.removexattr", "os.rename", "os.rmdir",
    "os.setxattr", "os.spawn", "os.startfile", "os.startfile/2", "os.symlink", "os.system", "os.truncate",
    "os.unsetenv", "os.utime", "pickle.find_class", "pty.spawn", "webbrowser.open", "_winapi.CreateProcess",
    "_winapi.CreateFile",
))  # fmt: skip


def confine() -> None:
    """Give up, for good, what reading does not need. To be called before a second thread starts."""
    os.umask(0o077)
    if sys.platform != "win32":
        with suppress(OSError):
            os.nice(NICENESS)
        _limit()
    if sys.platform == "linux":
        with suppress(OSError, AttributeError, ImportError):
            _confine_by_kernel()


def refuse_by_audit() -> None:
    """Let Python refuse connections, processes and writing. To be called last: it cannot be taken back."""
    sys.dont_write_bytecode = True
    sys.addaudithook(_audit)


def allow_cpu(seconds: int) -> None:
    """Let the system end this process after so many more seconds of computing."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource, resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + seconds)


def peak_memory() -> int:
    """Return the most memory that this process has had, in bytes; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0
    # Linux counts in ru_maxrss what the process that started this one had, from before it became another.
    with suppress(OSError), open("/proc/self/status", encoding="ascii") as told:  # noqa: PTH123
        for line in told:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        flags = arguments[2]
        if isinstance(flags, int) and flags & _WRITING:
            raise PermissionError("a reading process writes no files")
    elif event in _REFUSED or event.partition(".")[0] in _REFUSED_ROOMS:
        raise PermissionError(f"a reading process does without {event}")


def _limit() -> None:
    import resource

    for name, limit in (
        ("RLIMIT_AS", MAX_MEMORY_BYTES),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NOFILE", MAX_OPEN_FILES),
        ("RLIMIT_MEMLOCK", 0),
    ):
        kind = getattr(resource, name, None)
        if kind is not None:
            _set(resource, kind, limit, hard=True)


def _set(resource: ModuleType, kind: int, limit: int, *, hard: bool = False) -> None:
    with suppress(OSError, ValueError):
        _soft, most = resource.getrlimit(kind)
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        resource.setrlimit(kind, (limit, limit if hard else most))


# The numbers of Linux (linux/sched.h, linux/prctl.h, linux/landlock.h); the same on every machine that Python
# still supports, but for alpha.
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES = 38
_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1}
"""By Landlock's version: execute, write, read, remove and make all kinds of things; move; truncate."""
_FIRST_WITH_NETWORK = 4
_BIND_AND_CONNECT = 3


def _confine_by_kernel() -> None:
    from ctypes import CDLL, byref, c_uint64, sizeof

    with suppress(OSError), open("/proc/self/oom_score_adj", "wb", buffering=0) as file:  # noqa: PTH123
        file.write(b"800")  # where memory ends all the same, this process goes first; refused: no matter
    libc = CDLL(None)
    libc.unshare(_NEW_USER | _NEW_NETWORK)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    system: Callable[..., int] = libc.syscall
    version = system(_CREATE_RULESET, None, 0, 1)
    if version < 1:
        return
    rights = _FILE_RIGHTS[min(version, max(_FILE_RIGHTS))] & ~(_READ_FILE | _READ_FOLDER)
    has_network = version >= _FIRST_WITH_NETWORK
    ruleset = (c_uint64 * (2 if has_network else 1))(rights, *([_BIND_AND_CONNECT] if has_network else []))
    rules = system(_CREATE_RULESET, byref(ruleset), sizeof(ruleset), 0)
    if rules >= 0:
        system(_RESTRICT_SELF, rules, 0)
        os.close(rules)
