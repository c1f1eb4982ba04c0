"""What the shipped DLLs need, and where it comes from: from the program itself, or from Windows."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

OBJDUMP = "x86_64-w64-mingw32-objdump"
BINARIES = frozenset((".dll", ".exe", ".pyd"))
WINDOWS_SETS = re.compile(r"api-ms-win-(?:core|crt|shcore)-[a-z0-9-]+\.dll")
WINDOWS = frozenset((
    "advapi32.dll", "authz.dll", "bcrypt.dll", "comdlg32.dll", "d3d11.dll", "d3d12.dll", "d3d9.dll", "dwmapi.dll",
    "dwrite.dll", "dxgi.dll", "gdi32.dll", "icuuc.dll", "imm32.dll", "iphlpapi.dll", "kernel32.dll", "mpr.dll",
    "msvcrt.dll", "netapi32.dll", "ntdll.dll", "ole32.dll", "oleaut32.dll", "rpcrt4.dll", "setupapi.dll",
    "shell32.dll", "shlwapi.dll", "uiautomationcore.dll", "user32.dll", "userenv.dll", "uxtheme.dll", "version.dll",
    "winmm.dll", "winspool.drv", "ws2_32.dll", "wtsapi32.dll",
))  # fmt: skip
"""What every Windows 10 of 2019 and newer has; icuuc.dll came last, with version 1903."""


def imports(binary: Path) -> frozenset[str]:
    """Return the names of the DLLs that a program or library is linked with, in small letters.

    Raises:
        subprocess.CalledProcessError: it is neither.
    """
    return frozenset(name.lower() for name in re.findall(r"DLL Name: (\S+)", _dump(binary)))


def functions(binary: Path, dll: str) -> tuple[str, ...]:
    """Return the names of what a program or library takes out of one DLL."""
    told = _dump(binary)
    begin = re.search(rf"DLL Name: {re.escape(dll)}$", told, re.IGNORECASE | re.MULTILINE)
    if begin is None:
        return ()
    part = told[begin.end() :].partition("\n\n")[0]
    return tuple(re.findall(r"^\s+[0-9a-f]+\s+\d+\s+(\w+)\s*$", part, re.MULTILINE))


def unmet(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the DLLs that neither a folder nor Windows has, each with the names of the files that need it."""
    binaries = sorted(path for path in folder.rglob("*") if path.suffix.lower() in BINARIES)
    there = {path.name.lower() for path in binaries}
    lacking: dict[str, list[str]] = {}
    for path in binaries:
        for name in imports(path) - there - WINDOWS:
            if not WINDOWS_SETS.fullmatch(name):
                lacking.setdefault(name, []).append(path.name)
    return {name: tuple(files) for name, files in sorted(lacking.items())}


def _dump(binary: Path) -> str:
    words = (OBJDUMP, "--private-headers", str(binary))
    return subprocess.run(words, capture_output=True, text=True, errors="replace", check=True).stdout
