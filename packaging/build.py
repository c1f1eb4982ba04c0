#!/usr/bin/env python3
"""Build what is given to people; well-kept tools do the work, and each format is a module.

python3 packaging/build.py FORMAT … [--out DIR] [--with-library DIR] [--appimage-runtime FILE]

FORMAT is wheel, bundle, deb, rpm, appimage, windows, macos, sbom, notices, or all: whatever this system can build.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from workshop import ROOT, BuildError, Job

FORMATS = ("wheel", "sbom", "notices", "bundle", "deb", "rpm", "appimage", "windows", "macos")
"""In the order in which they are built."""
ON = {
    "linux": ("wheel", "sbom", "notices", "bundle", "deb", "rpm", "appimage", "windows"),
    "darwin": ("wheel", "sbom", "notices", "macos"),
}


def main(arguments: Sequence[str]) -> int:
    """Build, and say of each thing where it lies and how large it is."""
    parser = argparse.ArgumentParser(description="Build what is given to people.")
    parser.add_argument("format", nargs="+", choices=(*FORMATS, "all"))
    parser.add_argument("--out", type=Path, default=ROOT / "dist", metavar="DIR")
    parser.add_argument("--with-library", type=Path, metavar="DIR", help="articles that come with the program")
    parser.add_argument("--appimage-runtime", type=Path, metavar="FILE", help="see docs/releasing.md")
    options = parser.parse_args(arguments)
    job = Job(options.out.resolve(), options.with_library and options.with_library.resolve(), options.appimage_runtime)
    every = ON.get(sys.platform, ("wheel",))
    wanted = every if "all" in options.format else tuple(name for name in FORMATS if name in options.format)
    for name in wanted:
        try:
            made: Path = importlib.import_module(f"formats.{name}").build(job)
        except BuildError as error:
            print(f"build.py: {name}: {error}", file=sys.stderr)
            return 1
        print(f"{name}: {made} ({_size(made) / 1e6:.1f} MB)", flush=True)
    return 0


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file() and not each.is_symlink()]
    return sum(each.stat().st_size for each in files)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
