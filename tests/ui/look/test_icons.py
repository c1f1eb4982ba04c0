"""Icons: drawn once, kept in the cache, and drawn again where what was kept cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from reader.ui.look import icons


@pytest.fixture
def cache(qtbot: QtBot, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "icons"
    before = list(icons._kept_in)
    icons.keep_in(folder)
    icons.pixmap.cache_clear()
    yield folder
    icons._kept_in[:] = before
    icons.pixmap.cache_clear()


def drawn(**more: bool) -> QPixmap:
    """Draw an icon as another start of the program would."""
    icons.pixmap.cache_clear()
    return icons.pixmap("bookmark", "#a02c1f", 18, 2.0, **more)


def test_what_was_drawn_once_is_read_the_next_time(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn().toImage()
    monkeypatch.setattr(icons, "_drawn", lambda *of: pytest.fail("it was drawn again"))

    again = drawn()

    assert again.toImage() == first
    assert again.devicePixelRatio() == 2.0
    assert again.width() == 36


def test_each_look_is_kept_by_itself(cache: Path) -> None:
    assert drawn().toImage() != drawn(filled=True).toImage()
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("left", [b"", b"half of it"])
def test_what_is_not_whole_is_drawn_anew(cache: Path, left: bytes) -> None:
    first = drawn().toImage()
    (file,) = cache.iterdir()
    file.write_bytes(left)

    assert drawn().toImage() == first
    assert file.stat().st_size == 36 * 36 * 4


def test_a_cache_that_cannot_be_written_hinders_nothing(cache: Path) -> None:
    cache.write_text("a file lies where the folder should be", encoding="utf-8")

    assert not drawn().isNull()
