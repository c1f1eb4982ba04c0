#!/usr/bin/env python3
"""Build everything that this system can build, and prove it: what `python3 dev.py packages` runs before a release.

python3 dev.py packages [NAME …] [--out DIR] [--appimage-runtime FILE] [--with-library DIR]

NAME is wheel, deb, rpm, appimage or windows; without one, all are built and proved.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import workshop
from workshop import ROOT

PROOFS = {
    "wheel": ("wheel",),
    "deb": ("lint", "debian", "start"),
    "rpm": ("rpm",),
    "appimage": ("appimage",),
    "windows": ("windows",),
}
"""Of each thing that is built. At the end all of it is built once more, and compared (``twice``)."""


def snapshot(into: Path) -> Path:
    """Copy what git knows of, as it is now, so that nothing changes while it is built twice; return the copy."""
    listed = subprocess.run(("git", "ls-files", "-z"), cwd=ROOT, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        source, target = ROOT / name, into / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    return into


def main(arguments: Sequence[str]) -> int:
    """Build and prove; say at the end what did not hold."""
    parser = argparse.ArgumentParser(prog="dev.py packages", description="Build what is given to people, and prove it.")
    parser.add_argument("name", nargs="*", choices=[*PROOFS, []], metavar="NAME", help=", ".join(PROOFS))
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--appimage-runtime", type=Path, metavar="FILE")
    parser.add_argument("--with-library", type=Path, metavar="DIR")
    options = parser.parse_args(arguments)
    names = [name for name in PROOFS if not options.name or name in options.name]
    failed = []
    if "appimage" in names and options.appimage_runtime is None:
        names.remove("appimage")
        failed.append("appimage (no --appimage-runtime FILE: docs/releasing.md says where upstream has it)")
    given = ["--out", str(options.out.resolve())]
    if options.appimage_runtime is not None:
        given += ["--appimage-runtime", str(options.appimage_runtime.resolve())]
    if options.with_library is not None:
        given += ["--with-library", str(options.with_library.resolve())]

    env = {**os.environ, "SOURCE_DATE_EPOCH": str(workshop.epoch())}  # a copy has no commits
    with tempfile.TemporaryDirectory(prefix="study-reader-packages-") as scratch:
        packaging = snapshot(Path(scratch, "study-reader")) / "packaging"
        if subprocess.call((sys.executable, str(packaging / "build.py"), *names, *given), env=env):
            return 1
        proofs = [proof for name in names for proof in PROOFS[name]] + ["twice"]
        calls = ((proof, (sys.executable, str(packaging / "prove.py"), proof, *given[:2])) for proof in proofs)
        failed += [proof for proof, words in calls if subprocess.call(words, env=env)]
    print(f"not in order: {', '.join(failed)}" if failed else "all is in order", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
