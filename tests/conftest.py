"""What tests share: where the reading matter is, and places under a temporary folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reader.paths import Paths

ROOT = Path(__file__).resolve().parent.parent

# dev.py starts a screen for each worker: two windows on one screen would take the focus from each other.
SCREENS = os.environ.get("STUDY_READER_TEST_SCREENS", "").split()
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
if SCREENS:
    os.environ["DISPLAY"] = SCREENS[int(WORKER) % len(SCREENS)]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reading matter that lies beside the checkout and never enters it."""
    folder = ROOT.parent / "shared"
    assert (folder / "article" / "soviets-article.txt").is_file(), f"the reading matter is missing: {folder}"
    return folder


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the tests' own files."""
    return ROOT / "tests" / "data"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.under(tmp_path / "home")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what reads the reading matter, so that a copy of the project that has none can leave it out."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("shared")
