"""How a process of this program is started and ended on each system, and how its memory is watched from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from signal import Signals
from tempfile import mkdtemp

from reader.importers.confinement import MAX_MEMORY_BYTES

WORKER_ARGUMENT = "--worker"
"""How the frozen program is told to be a reading process."""
END_SECONDS = 5.0
OUT_OF_TIME = -int(getattr(Signals, "SIGXCPU", 24)) if os.name == "posix" else None
"""What a process ends with whose time to compute is over."""

# Without site: the places of packages are given, and nothing else is read that lies about.
_BOOT = (
    "import sys; end = sys.argv.index('--'); sys.path[:] = sys.argv[1:end]; del sys.argv[1 : end + 1]; "
    "sys.modules['typing_extensions'] = None; import msgspec; del sys.modules['typing_extensions']; "
    "from {} import main; sys.exit(main())"
)
_KEPT_VARIABLES = ("LANG", "LANGUAGE", "SYSTEMROOT", "WINDIR")


def command(argument: str = WORKER_ARGUMENT, module: str = "reader.importers.worker", *words: str) -> list[str]:
    """Return what starts a process of this very program, frozen or not; without more words one that reads files.

    Frozen it is told by an ``argument`` what it is to be, else ``main`` of ``module`` is called; both find the
    ``words`` at the end of ``sys.argv``.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, argument, *words]
    program = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    root = str(Path(__file__).resolve().parents[2])
    places = dict.fromkeys(str(Path(place).absolute()) for place in (root, *sys.path) if place)
    return [program or sys.executable, "-I", "-S", "-c", _BOOT.format(module), *places, "--", *words]


def start(words: list[str]) -> tuple[subprocess.Popen[bytes], Path | None]:
    """Start a process with two pipes and little else; return it and its folder, where it has to have one.

    Its folder is empty, and where the system allows that is deleted as soon as it stands in it.

    Raises:
        OSError: it cannot be started.
    """
    folder = Path(mkdtemp(prefix="study-reader-"))
    try:
        popen = subprocess.Popen(
            words,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=folder,
            env=_environment(),
            close_fds=True,
            start_new_session=True,
            creationflags=_creation_flags(),
        )
    except OSError:
        _remove(folder)
        raise
    if sys.platform == "win32":
        from reader.importers.windows_job import hold

        hold(popen)
        return popen, folder
    _remove(folder)
    return popen, None


def end(popen: subprocess.Popen[bytes], folder: Path | None) -> None:
    """End a process and wait for it: no zombie stays, no pipe, no folder."""
    with suppress(OSError):
        popen.kill()
    with suppress(subprocess.TimeoutExpired):
        popen.wait(END_SECONDS)
    for pipe in (popen.stdin, popen.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    if folder is not None:
        _remove(folder)


def is_over_memory(popen: subprocess.Popen[bytes]) -> bool:
    """Say whether a process has more memory than it may, where its system may not hold it to that."""
    if sys.platform == "win32":  # its job holds it, where there is one
        return peak_memory(popen) > MAX_MEMORY_BYTES
    if sys.platform == "darwin":
        told = subprocess.run(("/bin/ps", "-o", "rss=", "-p", str(popen.pid)), capture_output=True, check=False).stdout
        return told.strip().isdigit() and int(told) * 1024 > MAX_MEMORY_BYTES
    return False


def peak_memory(popen: subprocess.Popen[bytes]) -> int:
    """Return the most memory that a process has had, in bytes, where it cannot tell itself; else 0."""
    if sys.platform == "win32":
        from reader.importers import windows_job

        return windows_job.peak_memory(popen)
    return 0


def _environment() -> dict[str, str]:
    kept = {name: value for name in _KEPT_VARIABLES if (value := os.environ.get(name)) is not None}
    kept |= {name: value for name, value in os.environ.items() if name.startswith("LC_")}
    # One heap: a second thread's would reserve 64 MB of the little that there is.
    return kept | {"MALLOC_ARENA_MAX": "1"}


def _creation_flags() -> int:
    if sys.platform == "win32":
        return (
            subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        )
    return 0


def _remove(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
