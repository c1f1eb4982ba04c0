"""The icon of the program in every size and container; drawn once, in ``resources/app/study-reader.svg``.

    python packaging/desktop/icons.py          draw the pictures anew that lie beside the drawing
    python packaging/desktop/icons.py --check  say whether they are those of the drawing

``write_ico`` and ``write_icns`` are for the builds: both containers are a table before PNG files.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "resources" / "app"
DRAWING = APP / "study-reader.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
"""Pixels. These lie in the repository; what is larger is drawn when it is wanted."""
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {
    b"icp4": 16,
    b"icp5": 32,
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic08": 256,
    b"ic13": 256,
    b"ic09": 512,
    b"ic14": 512,
    b"ic10": 1024,
}
"""Apple's names of sizes: 16, 32, 128, 256 and 512 points at one and at two pixels a point."""


def picture(pixels: int) -> Path:
    """Return where the picture of one of ``SIZES`` lies."""
    return APP / f"study-reader-{pixels}.png"


def png(pixels: int) -> bytes:
    """Return the icon as PNG, as it lies in the repository or else drawn now."""
    return picture(pixels).read_bytes() if pixels in SIZES else draw(pixels)


def draw(pixels: int) -> bytes:
    """Draw the icon as PNG."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 0)  # type: ignore[call-overload]  # 0: as small as can be
    return bytes(buffer.data().data())


def write_ico(path: Path) -> None:
    """Write the icon for Windows."""
    pictures = [(size, png(size)) for size in ICO_SIZES]
    offset = 6 + 16 * len(pictures)
    table = struct.pack("<HHH", 0, 1, len(pictures))
    for size, data in pictures:
        side = size % 256  # 256 is written as 0
        table += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    path.write_bytes(table + b"".join(data for _, data in pictures))


def write_icns(path: Path) -> None:
    """Write the icon for macOS."""
    parts = [(name, png(size)) for name, size in ICNS_TYPES.items()]
    body = b"".join(name + struct.pack(">I", 8 + len(data)) + data for name, data in parts)
    path.write_bytes(b"icns" + struct.pack(">I", 8 + len(body)) + body)


def main(arguments: list[str]) -> int:
    drawn = {size: draw(size) for size in SIZES}
    if arguments == ["--check"]:
        other = [size for size, data in drawn.items() if not picture(size).is_file() or png(size) != data]
        print(f"not as drawn: {other}" if other else "all as drawn")
        return 1 if other else 0
    for size, data in drawn.items():
        picture(size).write_bytes(data)
        print(size, len(data))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
