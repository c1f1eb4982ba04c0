"""The index is brought up to date from nothing but the paths, may be stopped, and goes on."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from reader.indexing import bring_up_to_date
from reader.library import Library
from reader.paths import Paths
from reader.search import batch

ARTICLES = 6


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A library of some articles that nobody indexed yet."""
    found = Paths.under(tmp_path / "library")
    with Library(found) as library:
        for number in range(ARTICLES):
            file = tmp_path / f"{number}.md"
            file.write_text(f"# Text {number}\n\nA common word and only{number}, as the others have not.\n")
            library.add(file)
    return found


def total(paths: Paths, query: str) -> int:
    with Library(paths) as library:
        return library.search(query).total


def test_everything_is_found_afterwards(paths: Paths) -> None:
    shares: list[float] = []

    assert bring_up_to_date(paths, shares.append, Event())

    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert total(paths, "common") == ARTICLES


def test_what_was_stopped_goes_on_where_it_was(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "MAX_BATCH_CHARACTERS", 1)
    stop = Event()
    shares: list[float] = []

    def told(share: float) -> None:
        shares.append(share)
        if share >= 0.5:
            stop.set()

    assert not bring_up_to_date(paths, told, stop)
    found = total(paths, "common")
    assert 0 < found < ARTICLES

    assert bring_up_to_date(paths, shares.append, Event())

    assert total(paths, "common") == ARTICLES
