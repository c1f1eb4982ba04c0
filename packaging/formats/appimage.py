"""One file that runs on any Linux: the runtime that is given, and after it the tree, packed by mksquashfs.

The runtime (type 2, MIT) lies in no registry. Upstream has it at https://github.com/AppImage/type2-runtime, and
its licences (squashfuse, libfuse, zstd, zlib) beside it.
"""

from __future__ import annotations

import platform
import shutil
from pathlib import Path

import stage
import workshop
from workshop import NAME, BuildError, Job

START = workshop.HERE / "linux" / "AppRun"
RUNTIME = "appimage-runtime"
CARRIED = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1", "libxcb-render-util.so.0",
    "libxcb-util.so.1", "libxkbcommon-x11.so.0", "libxcb-xkb.so.1",
)  # fmt: skip
"""Small libraries of X that a desktop need not have, and that no driver depends on."""


def file_name(version: str) -> str:
    """Return what the file is called."""
    return f"{NAME}-{version}-{platform.machine()}.AppImage"


def build(job: Job) -> Path:
    """Write the file into ``job.out`` and return it."""
    return pack(job, stage.build(job), workshop.version())


def pack(job: Job, staged: Path, version: str) -> Path:
    """Write the AppImage of a staged tree into ``job.out`` and return it."""
    runtime = job.appimage_runtime
    if runtime is None or not runtime.is_file():
        raise BuildError(
            "an AppImage begins with a runtime: give it by --appimage-runtime FILE (see docs/releasing.md)."
        )
    folder = job.work / "AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(staged, folder, symlinks=True)
    shutil.copyfile(START, folder / "AppRun")
    shutil.copyfile(folder / f"usr/share/applications/{NAME}.desktop", folder / f"{NAME}.desktop")
    shutil.copyfile(folder / f"usr/share/icons/hicolor/256x256/apps/{NAME}.png", folder / f"{NAME}.png")
    (folder / ".DirIcon").symlink_to(f"{NAME}.png")
    for name in CARRIED:
        shutil.copyfile(_library(name), folder / stage.PROGRAM / "_internal" / name)
    stage.settle(folder)
    packed = job.work / "app.squashfs"
    packed.unlink(missing_ok=True)
    # The dates are those of the files, which `settle` has given, and that of the whole is SOURCE_DATE_EPOCH.
    options = ("-root-owned", "-noappend", "-no-xattrs", "-no-progress", "-quiet", "-b", "1M")
    workshop.run(("mksquashfs", folder, packed, *options, "-comp", "zstd", "-Xcompression-level", "22"))
    if runtime != job.work / RUNTIME:
        shutil.copyfile(runtime, job.work / RUNTIME)  # for whoever builds it again to compare
    made = job.out / file_name(version)
    made.write_bytes(runtime.read_bytes() + packed.read_bytes())
    made.chmod(0o755)
    return made


def _library(name: str) -> Path:
    for line in workshop.run(("/sbin/ldconfig", "-p")).splitlines():
        if line.split()[:1] == [name] and "x86-64" in line:
            return Path(line.rpartition("=> ")[2])
    raise BuildError(f"This system has no {name} to put into the AppImage.")
