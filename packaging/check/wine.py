"""A Windows to try an installer on: Wine, with a home of its own.

Wine 8 lacks one DLL that every Windows 10 has, icuuc.dll. For the test, and nowhere else, one is put into its
system folder that has the functions Qt takes from there, and says of all of them that there is nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory

from check.steps import CheckError
from windows import needed
from windows.launcher import COMPILER

PROGRAMS = ("wine", "wineserver", COMPILER, needed.OBJDUMP)
PATIENCE_SECONDS = 300
SOON_SECONDS = 60
"""How long what was begun, or told to end, may take."""
LOOK_SECONDS = 0.2
ABSENT = "icuuc.dll"


def lacking() -> tuple[str, ...]:
    """Return the programs that this machine lacks for a Wine."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


class Windows(ABC):
    """What every Windows tells by its own programs."""

    @abstractmethod
    def start(self, words: Sequence[str | Path], output: int) -> subprocess.Popen[bytes]:
        """Start a Windows program, which is asked nothing; ``output`` is where what it writes goes."""

    @abstractmethod
    def place(self, path: str) -> Path:
        r"""Return where a folder of Windows (``C:\…``) lies for this program."""

    @abstractmethod
    def variable(self, name: str) -> str:
        """Return a variable of the Windows environment."""

    def begin(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a Windows program and do not wait for it."""
        return self.start(words, subprocess.DEVNULL)

    def run(self, *words: str | Path) -> tuple[int, str]:
        """Run a Windows program to its end; return its exit code and what it wrote.

        Raises:
            CheckError: it did not end.
        """
        with self.start(words, subprocess.PIPE) as process:
            try:
                written, _ = process.communicate(timeout=PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise CheckError(f"{words[0]} did not end within {PATIENCE_SECONDS} seconds.") from None
        return process.returncode, written.decode(errors="replace")

    def registry(self, key: str) -> dict[str, str]:
        """Return the values of a key and, under whole names, of those below it; empty where there is none."""
        code, told = self.run("reg", "query", key, "/s")
        return {} if code else values(key, told)

    def write_registry(self, key: str, value: str, data: str) -> None:
        """Write a text into the registry; an empty name is the key's own value."""
        name = ("/v", value) if value else ("/ve",)
        self.run("reg", "add", key, *name, "/t", "REG_SZ", "/d", data, "/f")


class Wine(Windows):
    """One Windows, in a folder, and its person."""

    def __init__(self, folder: Path, display: str) -> None:
        """Keep it in an empty folder, on an X screen (“:77”)."""
        self._prefix = folder / "wine"
        self._home = folder / "home"
        self._home.mkdir(parents=True)
        self._environment = {
            "PATH": os.environ["PATH"],
            "DISPLAY": display,
            "HOME": str(self._home),
            "LANG": "C.UTF-8",
            "USER": "reader",
            "WINEPREFIX": str(self._prefix),
            "WINEDEBUG": "-all",
            # Nothing asks for Mono or Gecko, and nothing is put into the menu of the machine that tests.
            "WINEDLLOVERRIDES": "mscoree=d;mshtml=d;winemenubuilder.exe=d",
        }

    def boot(self) -> None:
        """Set it up."""
        self.run("wineboot", "-i")

    def start(self, words: Sequence[str | Path], output: int) -> subprocess.Popen[bytes]:
        """Start a Windows program, which is asked nothing; ``output`` is where what it writes goes."""
        return subprocess.Popen(
            ("wine", *map(str, words)),
            cwd=self._home,
            env=self._environment,
            # Python in it refuses a terminal and a file of this system: neither is a handle of Windows.
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def close(self) -> None:
        """End everything that runs in it."""
        for word in ("-k", "-w"):
            with suppress(subprocess.TimeoutExpired):  # then it is left as it is: what it was for is told already
                subprocess.run(
                    ("wineserver", word),
                    env=self._environment,
                    check=False,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=SOON_SECONDS,
                )

    def become(self, version: str) -> None:
        """Be another Windows: ``win7``, ``win10``."""
        self.run("winecfg", "-v", version)

    def lend(self, binary: Path) -> None:
        """Put the DLL that Wine lacks into its place, with what one library takes out of it."""
        system = self._prefix / "drive_c" / "windows" / "system32"
        if (system / ABSENT).exists():
            return
        names = needed.functions(binary, ABSENT)
        with TemporaryDirectory() as scratch:
            source = Path(scratch, "absent.c")
            source.write_text("".join(f"__declspec(dllexport) void *{name}(void) {{ return 0; }}\n" for name in names))
            subprocess.run((COMPILER, "-shared", "-Os", "-s", "-o", system / ABSENT, source), check=True)

    def place(self, path: str) -> Path:
        r"""Return where a folder of Windows (``C:\…``) lies here."""
        parts = PureWindowsPath(path).parts
        return self._prefix.joinpath("drive_c", *parts[1:])

    def variable(self, name: str) -> str:
        """Return a variable of the Windows environment."""
        return self.run("cmd", "/c", f"echo %{name}%")[1].strip()


def values(key: str, told: str) -> dict[str, str]:
    r"""Return what ``reg query KEY /s`` tells, by ``below\name``; the value without a name is called ``@``."""
    found: dict[str, str] = {}
    whole = key.replace("HKCU", "HKEY_CURRENT_USER", 1).replace("HKLM", "HKEY_LOCAL_MACHINE", 1)
    below = ""
    for line in told.splitlines():
        if line.startswith("HKEY_"):
            below = line.strip()[len(whole) :].strip("\\")
        elif entry := re.fullmatch(r" {4}(.+?) {4}(REG_\w+) {4}(.*)", line.rstrip("\r")):
            name = "@" if entry[1] == "(Default)" else entry[1]
            found[f"{below}\\{name}".lstrip("\\")] = entry[3].strip()
    return found


def wait_until(there: Callable[[], bool]) -> bool:
    """Wait for something that comes soon, and say whether it came."""
    end = time.monotonic() + SOON_SECONDS
    while not there():
        if time.monotonic() > end:
            return False
        time.sleep(LOOK_SECONDS)
    return True
