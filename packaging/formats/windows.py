"""The installer for Windows, made on any system that has NSIS and MinGW."""

from __future__ import annotations

import subprocess
from pathlib import Path

from formats import notices, wheel
from windows import installer
from windows.fetch import FetchError
from windows.signing import SigningError
from workshop import BuildError, Job


def build(job: Job) -> Path:
    """Write the installer into ``job.out`` and return it.

    Raises:
        BuildError: this machine lacks a program, what was pinned could not be had, or a program failed.
    """
    if missing := installer.lacking():
        raise BuildError(f"There is no {', '.join(missing)} here (Debian: nsis, gcc-mingw-w64-x86-64).")
    try:
        return installer.build(
            job.out,
            cache=job.work / "windows",
            program=wheel.build(job),
            notices=(notices.build(job),),
            library=job.library,
        )
    except (FetchError, SigningError, FileNotFoundError) as error:
        raise BuildError(str(error)) from error
    except subprocess.CalledProcessError as error:
        raise BuildError(f"“{error.cmd[0]}” ended with {error.returncode}.") from error
