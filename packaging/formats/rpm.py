"""The package for Fedora and openSUSE, by rpmbuild. It asks for libraries by their own names."""

from __future__ import annotations

import platform
import shutil
from pathlib import Path

import stage
import workshop
from linux import needed
from workshop import NAME, Job

RECIPE = workshop.HERE / "linux" / "study-reader.spec.in"


def file_name(version: str) -> str:
    """Return what the package is called."""
    return f"{NAME}-{version}-1.{platform.machine()}.rpm"


def build(job: Job) -> Path:
    """Write the package into ``job.out`` and return it."""
    return pack(job, stage.build(job), workshop.version())


def pack(job: Job, staged: Path, version: str, *, quickly: bool = False) -> Path:
    """Write the package of a staged tree; ``quickly`` is larger, for a test."""
    top = job.work / "rpm"
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir(parents=True)
    asked = requirements(needed.read(staged))
    optional = sorted(f"{name}()(64bit)" for name in needed.read(staged).optional)
    recipe = RECIPE.read_text(encoding="utf-8")
    for key, value in {
        "@VERSION@": version.replace("-", "~"),
        "@REQUIRES@": "\n".join(f"Requires: {each}" for each in asked),
        "@RECOMMENDS@": "\n".join(f"Recommends: {each}" for each in optional),
        "@STAGED@": str(staged),
        "@PAYLOAD@": "w1.gzdio" if quickly else "w9.xzdio",
    }.items():
        recipe = recipe.replace(key, value)
    (top / f"{NAME}.spec").write_text(recipe, encoding="utf-8")
    defined = ("--define", f"_topdir {top}", "--define", "_buildhost localhost")
    workshop.run(("rpmbuild", "-bb", "--quiet", *defined, top / f"{NAME}.spec"))
    (made,) = (top / "RPMS").rglob("*.rpm")
    job.out.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(made, job.out / made.name))


def requirements(what: needed.Needed) -> tuple[str, ...]:
    """Return what an rpm requires for its libraries, as rpm itself names it."""
    versions = {f"{library}({symbol})(64bit)" for library, symbol in what.versions if library in what.required}
    return tuple(sorted({f"{name}()(64bit)" for name in what.required} | versions))
