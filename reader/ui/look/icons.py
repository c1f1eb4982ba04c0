"""Icons drawn from SVG in the colour and at the device pixel ratio that are asked for."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

from reader.paths import resources

STROKE = 1.75
_POINTING = ("arrow-left", "arrow-right", "chevron-right", "corner-down-left", "panel-left", "panel-right")
"""Icons that show a direction along the line, and so turn round where an interface runs leftwards."""


@lru_cache(maxsize=256)
def pixmap(
    name: str, colour: str, size: int = 18, ratio: float = 1.0, *, filled: bool = False, leftwards: bool = False
) -> QPixmap:
    """Return an icon as a picture of ``size`` device-independent pixels; ``leftwards`` turns those that point."""
    svg = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    svg = svg.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    if filled:
        svg = svg.replace('fill="none"', f'fill="{colour}"', 1)
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, picture.width(), picture.height()))
    painter.end()
    if leftwards and name in _POINTING:
        picture = picture.transformed(QTransform(-1, 0, 0, 1, 0, 0))
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, size: int = 18) -> QIcon:
    """Return an icon for a view or a menu, sharp at 100 % and 200 %."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made
