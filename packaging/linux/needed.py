"""What the program's libraries need of the system, read out of them by readelf: a closure, and no list by hand."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OPTIONAL = re.compile(r"/(?:platforms/libqwayland|wayland-[\w-]+/|printsupport/|libQt6(?:Wayland|WlShell)|libqwayland)")
"""What does without: a window under Wayland falls back on X11, a print becomes a PDF."""
_MAGIC = b"\x7fELF"
_NEEDED = re.compile(r"\(NEEDED\)\s+Shared library: \[([^\]]+)\]")
_VERSIONS_OF = re.compile(r"File: (\S+)")
_VERSION = re.compile(r"Name: ((?:GLIBC|GLIBCXX|CXXABI|GCC)_[\d.]+)\s")


@dataclass(frozen=True, slots=True)
class Needed:
    """Names of libraries of the system, by the files that need them, and the newest symbols that are asked for."""

    required: frozenset[str]
    optional: frozenset[str]
    versions: tuple[tuple[str, str], ...]
    """Pairs of a library and the newest version of its symbols: ``("libc.so.6", "GLIBC_2.35")``."""


def elf_files(root: Path) -> Iterator[Path]:
    """Yield all programs and libraries in a tree, in the order of their names."""
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == _MAGIC:
                    yield path


def read(root: Path) -> Needed:
    """Return what a tree needs that it does not have."""
    files = tuple(elf_files(root))
    own = {path.name for path in root.rglob("*.so*")}
    required, optional = set[str](), set[str]()
    newest: dict[tuple[str, str], tuple[int, ...]] = {}
    for path in files:
        told = _readelf(path)
        (optional if is_optional(path) else required).update(set(_NEEDED.findall(told)) - own)
        for library, family, numbers in _symbols(told):
            if library not in own:
                newest[library, family] = max(newest.get((library, family), ()), numbers)
    versions = tuple(
        (library, f"{family}_{'.'.join(map(str, numbers))}") for (library, family), numbers in sorted(newest.items())
    )
    return Needed(frozenset(required), frozenset(optional - required), versions)


def is_optional(path: Path) -> bool:
    """Tell whether the program does without a file of its own."""
    return OPTIONAL.search(path.as_posix()) is not None


def _symbols(told: str) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    library = ""
    for line in told.splitlines():
        if file := _VERSIONS_OF.search(line):
            library = file[1]
        elif library and (name := _VERSION.search(line)):
            family, _, numbers = name[1].partition("_")
            yield library, family, tuple(int(number) for number in numbers.split("."))


def _readelf(path: Path) -> str:
    return subprocess.run(
        ("readelf", "-d", "-V", "-W", str(path)), capture_output=True, text=True, errors="replace", check=True
    ).stdout
