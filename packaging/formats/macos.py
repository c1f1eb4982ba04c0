"""The application for macOS, made on a Mac."""

from __future__ import annotations

import platform
import shutil
import zipfile
from pathlib import Path

import workshop
from formats import notices, wheel
from macos import bundle
from workshop import BuildError, Job


def build(job: Job) -> Path:
    """Write the disk image into ``job.out`` and return it.

    Raises:
        BuildError: this is no Mac, or a program failed.
    """
    if platform.system() != "Darwin":
        raise BuildError(bundle.NOT_HERE)
    source = job.work / "source"
    shutil.rmtree(source, ignore_errors=True)
    with zipfile.ZipFile(wheel.build(job)) as archive:
        archive.extractall(source)
    parts = bundle.Parts(workshop.tools(job), source, (notices.build(job),), job.library)
    try:
        return bundle.build(job.out, cache=job.work / "macos", parts=parts)
    except bundle.BundleError as error:
        raise BuildError(str(error)) from error
