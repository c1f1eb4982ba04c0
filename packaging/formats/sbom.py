"""A list of all parts for programs (CycloneDX): libraries by cyclonedx-py, and what it cannot see."""

from __future__ import annotations

import json
import platform
import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

import workshop
from formats import wheel
from workshop import ROOT, Job

FILE = "sbom.cdx.json"


@cache
def build(job: Job) -> Path:
    """Write ``sbom.cdx.json`` into ``job.out`` and return it."""
    python = workshop.runtime(job, wheel.build(job))
    told = job.work / FILE
    words = ("environment", "--output-reproducible", "--pyproject", ROOT / "pyproject.toml", "--mc-type", "application")
    program = workshop.tools(job).parent / "cyclonedx-py"
    workshop.run((program, *words, "--of", "JSON", "-o", told, python))
    document: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    components: list[dict[str, Any]] = document.setdefault("components", [])
    for component in components:
        component.pop("externalReferences", None)  # where this machine had them from
    versions = {each["name"].lower(): each["version"] for each in components if "version" in each}
    qt = next(version for name, version in versions.items() if name.replace("_", "-") == "pyside6-essentials")
    for name, version, licence in (
        ("Qt", qt, "LGPL-3.0-only"),
        ("CPython", platform.python_version(), "PSF-2.0"),
        ("SQLite", sqlite3.sqlite_version, "blessing"),
    ):
        components.append(
            {
                "bom-ref": name,
                "type": "framework" if name == "Qt" else "library",
                "name": name,
                "version": version,
                "licenses": [{"license": {"id": licence}}],
            }
        )
    components.sort(key=lambda each: str(each["name"]).lower())
    job.out.mkdir(parents=True, exist_ok=True)
    (job.out / FILE).write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return job.out / FILE
