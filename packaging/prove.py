#!/usr/bin/env python3
"""Prove what was built: install it silently, let it prove itself, take it away again.

python3 packaging/prove.py NAME … [--out DIR]
python3 packaging/prove.py version TAG           whether a tag (v1.2.3) names the version that is built

NAME is, on Linux, lint, debian, rpm, appimage, wheel, start, twice; windows, which is tried here on a Windows and on
a Wine of its own elsewhere; macos, on a Mac. DIR is where build.py put it. Pictures and reports are written beside it.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from check import debian, linux, macos_image, wine
from check.steps import CheckError, Proof
from check.windows_here import Here
from check.windows_setup import Setup, walk, walk_on_wine
from desktop import describe
from dev import screen
from macos import bundle
from windows import installer

ROOT = Path(__file__).resolve().parents[1]
DONE, FAILED = 0, 1
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


PROOFS: Mapping[str, Proof] = {
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
    """Run the proofs, each to its end; say each step as it holds."""
    if arguments[:1] == ["version"]:
        return is_version(arguments[1:])
    parser = argparse.ArgumentParser(prog="prove.py", description="Prove what was built.")
    parser.add_argument("name", nargs="+", choices=PROOFS, metavar="NAME", help=f"{', '.join(PROOFS)}; or version TAG")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    options = parser.parse_args(arguments)
    code = DONE
    for name in options.name:
        try:
            for sentence in PROOFS[name](options.out.resolve()):
                print(f"{name}: {sentence}", flush=True)
        except CheckError as error:
            print(f"prove.py: {name}: {error}", file=sys.stderr)
            code = FAILED
    return code


def is_version(tags: Sequence[str]) -> int:
    """Say the version that is built, and whether the one tag names it."""
    named = [tag.removeprefix("v") for tag in tags] == [describe.version()]
    print(f"prove.py: the version is {describe.version()}", file=sys.stdout if named else sys.stderr)
    return DONE if named else FAILED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
