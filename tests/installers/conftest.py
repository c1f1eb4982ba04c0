"""``packaging`` is no package here, for a distribution of that name is imported by everybody: load from it by file."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def desktop() -> Path:
    """The folder of what a desktop is told of the program."""
    return ROOT / "packaging" / "desktop"


@pytest.fixture(scope="session")
def drawn_icons(desktop: Path) -> ModuleType:
    return _loaded(desktop / "icons.py")


@pytest.fixture(scope="session")
def describe(desktop: Path) -> ModuleType:
    return _loaded(desktop / "describe.py")


def _loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"desktop_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
