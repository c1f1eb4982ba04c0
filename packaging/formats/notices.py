"""One text with the licences of everything that is shipped; those of Python's libraries by pip-licenses."""

from __future__ import annotations

import json
import sysconfig
from functools import cache
from pathlib import Path
from typing import TypedDict

import workshop
from formats import wheel
from workshop import NAME, ROOT, Job

TEXTS = workshop.HERE / "licences"
FILE = "NOTICES.txt"
_HEAD = """Study Reader {version}: licences and notices

Study Reader itself is under the MIT License. It is shipped with the works of others that are named here; each stays
under its own licence. The list of all parts for programs is sbom.cdx.json, where the package has it.
"""
_BOOTLOADER = """PyInstaller's bootloader (packages for Linux and macOS)

Copyright (c) 2010-2026, PyInstaller Development Team; (c) 2005-2009, Giovanni Bajo; based on previous work under
copyright (c) 2002 McMillan Enterprises, Inc. GNU General Public License, version 2 or later, with the exception that
the bootloader may be combined with, and distributed in, programs of any licence.
"""


class Package(TypedDict):
    """What pip-licenses tells of one."""

    Name: str
    Version: str
    License: str
    LicenseText: str


@cache
def build(job: Job) -> Path:
    """Write ``NOTICES.txt`` into ``job.out`` and return it."""
    (job.out / FILE).write_text("".join(f"{part.rstrip()}\n{_RULE}" for part in _parts(job)), encoding="utf-8")
    return job.out / FILE


_RULE = f"\n{'-' * 100}\n\n"


def _parts(job: Job) -> list[str]:
    parts = [_HEAD.format(version=workshop.version()), (ROOT / "LICENSE").read_text(encoding="utf-8")]
    packages = packages_of(job)
    listed = "\n".join(f"  {each['Name']:22} {each['Version']:10} {each['License']}" for each in packages)
    parts.append(f"Libraries in Python\n\n{listed}\n")
    parts += [(TEXTS / name).read_text(encoding="utf-8") for name in ("qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt")]
    for each in packages:
        if not each["Name"].lower().startswith(("pyside6", "shiboken6")) and each["LicenseText"] != "UNKNOWN":
            parts.append(f"{each['Name']} {each['Version']}\n\n{each['LicenseText']}")
    python = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if python.is_file():
        parts.append(f"CPython\n\n{python.read_text(encoding='utf-8')}")
    parts.append(_BOOTLOADER)
    for file in sorted([*ROOT.glob("resources/fonts/*LICENSE*"), *ROOT.glob("resources/icons/LICENSE*")]):
        name = file.stem.replace("-LICENSE", "").replace("LICENSE-", "")
        parts.append(f"{name} ({file.parent.name})\n\n{file.read_text(encoding='utf-8')}")
    return parts


def packages_of(job: Job) -> list[Package]:
    """Return the libraries that the program needs, by their names."""
    python = workshop.runtime(job, wheel.build(job))
    program = workshop.tools(job).parent / "pip-licenses"
    words = ("--python", python, "--format=json", "--with-license-file", "--no-license-path", "--from=mixed")
    found: list[Package] = json.loads(workshop.run((program, *words, "--ignore-packages", NAME)))
    return sorted(found, key=lambda each: each["Name"].lower())
