"""One staged tree, ``usr``, that feeds every format for Linux: the bundle, and what a desktop is told of it."""

from __future__ import annotations

import gzip
import os
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import workshop
from desktop import describe, icons
from formats import bundle, notices, sbom
from workshop import NAME, ROOT, Job

HERE = workshop.HERE
PROGRAM = Path("usr/lib", NAME)
PROGRAMS = (NAME, f"{NAME}-window")
DOCUMENTS = Path("usr/share/doc", NAME)


@cache
def build(job: Job) -> Path:
    """Make the tree anew and return the folder that holds ``usr``."""
    root = job.work / "stage"
    shutil.rmtree(root, ignore_errors=True)
    date = datetime.fromtimestamp(workshop.epoch(), UTC).date().isoformat()
    share = root / "usr/share"
    shutil.copytree(bundle.build(job), root / PROGRAM, symlinks=True)
    (root / "usr/bin").mkdir()
    for name in PROGRAMS:
        (root / "usr/bin" / name).symlink_to(f"../lib/{NAME}/{NAME}")

    _copy(describe.DESKTOP, share / "applications" / f"{NAME}.desktop")
    _copy(HERE / "desktop" / f"{NAME}-mime.xml", share / "mime/packages" / f"{NAME}.xml")
    _copy(HERE / "desktop" / f"{NAME}.bash-completion", share / "bash-completion/completions" / NAME)
    (share / "metainfo").mkdir()
    describe.write_metainfo(share / "metainfo" / describe.METAINFO, date)
    for pixels in icons.SIZES:
        _copy(icons.picture(pixels), share / f"icons/hicolor/{pixels}x{pixels}/apps/{NAME}.png")
    _copy(icons.DRAWING, share / f"icons/hicolor/scalable/apps/{NAME}.svg")
    pages = share / "man/man1"
    pages.mkdir(parents=True)
    write_gz(pages / f"{NAME}.1.gz", describe.manual(date).encode())
    (pages / f"{NAME}-window.1.gz").symlink_to(f"{NAME}.1.gz")

    for document in (notices.build(job), sbom.build(job), ROOT / "LICENSE"):
        _copy(document, root / DOCUMENTS / document.name)
    settle(root)
    return root


def write_gz(path: Path, data: bytes) -> None:
    """Write a file that gzip has packed, without a date and a name of its own."""
    path.write_bytes(gzip.compress(data, 9, mtime=0))


def settle(root: Path) -> None:
    """Give everything in a tree the rights that installed files have, and the one date."""
    moment = workshop.epoch()
    for path in (root, *root.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path == root / PROGRAM / NAME or path.parent.name == "bin" or path.name == "AppRun"
            path.chmod(0o755 if runs else 0o644)
    for path in (*root.rglob("*"), root):
        os.utime(path, (moment, moment), follow_symlinks=False)


def kilobytes(root: Path) -> int:
    """Return how much room a tree takes, as Debian counts it."""
    sizes = (
        -(-path.lstat().st_size // 1024) if path.is_file() and not path.is_symlink() else 1 for path in root.rglob("*")
    )
    return sum(sizes)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
