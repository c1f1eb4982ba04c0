#!/usr/bin/env python3
"""Prove what was built: install it silently, let it prove itself, take it away again.

python3 packaging/prove.py NAME [--out DIR]      on Linux: lint, debian, rpm, appimage, wheel, start, twice
python3 packaging/prove.py windows [--out DIR]   on Windows: here; elsewhere: on a Wine of its own
python3 packaging/prove.py macos [--out DIR]     on a Mac
python3 packaging/prove.py version NAME          whether a tag (v1.2.3) names the version that is built

DIR is where build.py put it. A picture and a report are written beside it.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from check import debian, linux, macos_image, wine
from check.steps import CheckError
from check.windows_here import Here
from check.windows_setup import Setup, walk, walk_on_wine
from desktop import describe
from dev import screen
from macos import bundle
from windows import installer

ROOT = Path(__file__).resolve().parents[1]
DONE, FAILED, WRONG_USE = 0, 1, 2
PAYLOAD = Path("work", "windows", "payload")
"""Where in DIR build.py leaves the staged program."""


def windows(out: Path) -> Iterator[str]:
    """Yield a sentence for every step that held.

    Raises:
        CheckError: this machine lacks what that takes, or a step did not hold.
    """
    version, shot = describe.version(), out / "windows-window.png"
    setup = out / installer.setup_name(version)
    if not setup.is_file():
        raise CheckError(f"There is no {setup.name}: `python3 packaging/build.py windows` makes it.")
    if os.name == "nt":
        yield from walk(setup, Setup(Here(), version), shot=shot, staged=None)
        return
    if missing := wine.lacking():
        raise CheckError(f"The Windows installer is tried on Wine, and there is no {', '.join(missing)}.")
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, screen() as display:
        on = wine.Wine(Path(folder), display)
        try:
            yield from walk_on_wine(setup, out / PAYLOAD, on, version=version, shot=shot)
        finally:
            on.close()


def macos(out: Path) -> Iterator[str]:
    """Yield a sentence for every step that held.

    Raises:
        CheckError: this is no Mac, or a step did not hold.
    """
    if platform.system() != "Darwin":
        raise CheckError("Only a Mac opens a Mac application.")
    version = describe.version()
    image = out / bundle.image_name(version, platform.machine())
    yield from macos_image.walk(image, version=version, shot=out / "macos-window.png")


PROOFS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    "lint": debian.lint,
    "debian": debian.debian,
    "rpm": linux.redhat,
    "appimage": linux.portable,
    "wheel": linux.wheel,
    "start": linux.start,
    "twice": linux.twice,
    "windows": windows,
    "macos": macos,
}


def main(arguments: Sequence[str]) -> int:
    """Run one proof; say each step as it holds."""
    what, *rest = arguments or ("",)
    if what == "version" and len(rest) == 1:
        is_it = rest[0].removeprefix("v") == describe.version()
        print(f"prove.py: the version is {describe.version()}", file=sys.stdout if is_it else sys.stderr)
        return DONE if is_it else FAILED
    if what not in PROOFS or (rest and (len(rest) != 2 or rest[0] != "--out")):
        print(__doc__, file=sys.stderr)
        return WRONG_USE
    out = Path(rest[1]) if rest else ROOT / "dist"
    try:
        for sentence in PROOFS[what](out.resolve()):
            print(f"{what}: {sentence}", flush=True)
    except CheckError as error:
        print(f"prove.py: {error}", file=sys.stderr)
        return FAILED
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
