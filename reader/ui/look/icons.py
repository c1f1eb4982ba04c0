"""Icons drawn from SVG in the colour and at the device pixel ratio that are asked for."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6 import QtGui

from reader.paths import resources

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QIcon, QImage, QPixmap

log = logging.getLogger(__name__)

STROKE = 1.75
_POINTING = ("arrow-left", "arrow-right", "chevron-right", "corner-down-left", "panel-left", "panel-right")
"""Icons that show a direction along the line, and so turn round where an interface runs leftwards."""
_BYTES = 4
"""A pixel's."""

PROGRAM_PIXELS = (16, 24, 32, 48, 64, 128, 256)

_kept_in: list[Path] = []


def keep_in(folder: Path) -> None:
    """Keep what is drawn in a folder of the cache: the library that draws it is a megabyte of every start."""
    _kept_in[:] = [folder]


@lru_cache(maxsize=256)
def pixmap(
    name: str, colour: str, size: int = 18, ratio: float = 1.0, *, filled: bool = False, leftwards: bool = False
) -> QPixmap:
    """Return an icon as a picture of ``size`` device-independent pixels; ``leftwards`` turns those that point."""
    pixels = round(size * ratio)
    drawn = _kept(name, colour, pixels, filled) or _drawn(name, colour, pixels, filled)
    if leftwards and name in _POINTING:
        drawn = drawn.transformed(QtGui.QTransform(-1, 0, 0, 1, 0, 0))
    picture = QtGui.QPixmap.fromImage(drawn)
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return an icon for a view or a menu, sharp at 100 % and 200 %."""
    made = QtGui.QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made


def program() -> QIcon:
    """Return the icon of the program; its pictures are read when one is wanted."""
    made = QtGui.QIcon()
    for pixels in PROGRAM_PIXELS:
        made.addFile(str(resources() / "app" / f"study-reader-{pixels}.png"))
    return made


def _drawn(name: str, colour: str, pixels: int, filled: bool) -> QImage:
    from PySide6.QtCore import QByteArray, QRectF
    from PySide6.QtSvg import QSvgRenderer  # heavy, and no part of most starts

    svg = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    if filled:
        svg = svg.replace('fill="none"', f'fill="{colour}"', 1)
    image = QtGui.QImage(pixels, pixels, QtGui.QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QtGui.QPainter(image)
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    file = _file(name, colour, pixels, filled)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(bytes(image.constBits()))
        except OSError:
            log.info("the drawing of an icon could not be kept")
    return image


def _kept(name: str, colour: str, pixels: int, filled: bool) -> QImage | None:
    """Return what was drawn at an earlier start; None where it is not there, or not whole."""
    file = _file(name, colour, pixels, filled)
    if file is None:
        return None
    try:
        data = file.read_bytes()
    except OSError:
        return None
    if len(data) != pixels * pixels * _BYTES:
        return None
    # A copy: the image would go on using the bytes that Python lets go.
    shape = QtGui.QImage.Format.Format_ARGB32_Premultiplied
    return QtGui.QImage(data, pixels, pixels, pixels * _BYTES, shape).copy()


def _file(name: str, colour: str, pixels: int, filled: bool) -> Path | None:
    if not _kept_in:
        return None
    # Of another state of the drawing there may be another picture in the cache.
    age = (resources() / "icons" / f"{name}.svg").stat().st_mtime_ns
    look = f"{colour.removeprefix('#').lower()}-{pixels}{'-filled' if filled else ''}-{STROKE}"
    return _kept_in[0] / f"{name}-{look}-{age:x}.argb"
