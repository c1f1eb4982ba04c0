"""The icon of the program in its sizes, and in the containers of Windows and macOS."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QImage, QImageReader
from pytestqt.qtbot import QtBot

from desktop import icons
from reader.ui.look import icons as shown_icons

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("size", SIZES)
def test_the_picture_of_each_size_is_that_of_the_drawing(qtbot: QtBot, size: int) -> None:
    there, drawn = QImage(str(icons.picture(size))), QImage.fromData(icons.draw(size))

    # A renderer of another version may round a shade differently.
    assert (there.width(), there.height()) == (size, size)
    differences = [
        abs(a - b)
        for x in range(0, size, max(1, size // 32))
        for y in range(0, size, max(1, size // 32))
        for a, b in zip(there.pixelColor(x, y).getRgb(), drawn.pixelColor(x, y).getRgb(), strict=True)
    ]
    assert max(differences) <= 8


def test_it_is_sharp_and_readable_at_16_pixels() -> None:
    image = QImage(str(icons.picture(16)))

    row = [QColor(image.pixel(x, 9)).name().upper() for x in (2, 5, 10, 12, 13)]
    assert row == ["#9C2F21", "#6B5F57", "#6B5F57", "#9C2F21", "#9C2F21"]
    assert image.pixelColor(0, 0).alpha() == 0


def test_the_pictures_weigh_little() -> None:
    assert sum(icons.picture(size).stat().st_size for size in SIZES) < 20_000


def test_the_icon_of_windows_holds_a_picture_of_each_size(tmp_path: Path) -> None:
    file = tmp_path / "study-reader.ico"

    icons.write_ico(file)

    data = file.read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * number) for number in range(count)]
    assert (kind, [entry[0] or 256 for entry in entries]) == (1, [16, 24, 32, 48, 64, 128, 256])
    assert all(data[offset:].startswith(PNG) for *_, offset in entries)
    assert entries[-1][6] + entries[-1][7] == len(data)
    assert QImage(str(file)).width() == 16


def test_the_icon_of_macos_holds_a_picture_of_each_size(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "study-reader.icns"

    icons.write_icns(file)

    data, sizes, offset = file.read_bytes(), {}, 8
    assert struct.unpack_from(">4sI", data) == (b"icns", len(data))
    while offset < len(data):
        name, length = struct.unpack_from(">4sI", data, offset)
        sizes[name.decode()] = QImage.fromData(data[offset + 8 : offset + length]).width()
        offset += length
    assert sizes == {
        "icp4": 16,
        "icp5": 32,
        "ic07": 128,
        "ic08": 256,
        "ic09": 512,
        "ic10": 1024,
        "ic11": 32,
        "ic12": 64,
        "ic13": 256,
        "ic14": 512,
    }
    assert bytes(QImageReader.imageFormat(str(file)).data()) == b"icns"


def test_the_window_shows_it(qtbot: QtBot) -> None:
    shown = shown_icons.program()

    assert isinstance(shown, QIcon)
    assert sorted(size.width() for size in shown.availableSizes()) == [16, 24, 32, 48, 64, 128, 256]
