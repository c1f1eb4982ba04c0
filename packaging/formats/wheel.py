"""The wheel: for pip and pipx, and the one source of every other format."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import workshop
from workshop import BuildError, Job


@cache
def build(job: Job) -> Path:
    """Write the wheel into ``job.out`` and return it."""
    folder = job.work / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    workshop.run((workshop.tools(job), "-m", "hatchling", "build", "-t", "wheel", "-d", folder))
    (made,) = folder.glob("*.whl")
    if workshop.version() not in made.name:
        raise BuildError(f"The wheel is called {made.name}, and the version is {workshop.version()}.")
    job.out.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(made, job.out / made.name))
