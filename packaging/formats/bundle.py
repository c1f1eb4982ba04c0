"""The program with a Python and a Qt of its own, as one folder, by PyInstaller.

It is made of the wheel, never of the checkout: what the wheel lacks, no package has.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from functools import cache
from pathlib import Path

import workshop
from formats import wheel
from workshop import NAME, BuildError, Job

_BROKEN = re.compile(r"^(?:invalid|missing) module named '?(reader[.\w]*)", re.MULTILINE)
SPEC = workshop.HERE / "pyinstaller" / "study-reader.spec"


@cache
def build(job: Job) -> Path:
    """Write the folder ``bundle/study-reader`` into ``job.out`` and return it."""
    scratch = job.work / "pyinstaller"
    source = job.work / "source"
    for folder in (scratch, source, job.out / "bundle"):
        shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(wheel.build(job)) as archive:
        archive.extractall(source)
    env = workshop.environment() | {"STUDY_READER_SOURCE": str(source)}
    # Modules are not compressed: a start need not unpack them, and what packs the whole packs them better.
    env["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"
    words = ("-m", "PyInstaller", "--clean", "--noconfirm", "--log-level", "WARN")
    workshop.run((workshop.tools(job), *words, "--workpath", scratch, "--distpath", job.out / "bundle", SPEC), env=env)
    if broken := _BROKEN.findall((scratch / NAME / f"warn-{NAME}.txt").read_text(encoding="utf-8")):
        raise BuildError(f"PyInstaller could not take {', '.join(broken)}.")
    made = job.out / "bundle" / NAME
    resources = made / "_internal" / "reader" / "_resources"
    if not (resources / "articles").is_dir():
        raise BuildError("PyInstaller left out what is shipped with the program.")
    if job.library is not None:
        add_library(job.library, resources)
    return made


def add_library(library: Path, resources: Path) -> None:
    """Put a teacher's or publisher's articles where the program looks for them."""
    if not library.is_dir():
        raise BuildError(f"“{library}” is no folder.")
    shutil.copytree(library, resources / "library", ignore=shutil.ignore_patterns(".*"))
