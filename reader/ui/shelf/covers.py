"""Covers set from type: what a reading without a picture looks like on the shelf.

Hue, tone and composition follow from the article's uuid, so that a reading keeps its cover for
good, on every machine. The hues are few and calm; red is left to the accent.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.look.oklch import srgb
from reader.ui.look.palette import colour
from reader.ui.shelf.drawings import DRAWINGS, WIDE, Drawing
from reader.ui.shelf.titles import initial, one_line, reads_leftwards, short_title
from reader.ui.widgets.laid_text import TextStyle, lay_out, measure

HUES = (62, 88, 118, 148, 176, 204, 232, 258, 284, 312, 338, 42)
"""Degrees of OKLCH, from ochre by green and blue to plum."""
PALE_OF = 5
"""One cover in so many is pale with dark letters; the others are the other way about."""
TITLE_SIZES = (13, 12, 11, 10)
"""From which size of letters on a title is made smaller until it fits, px."""
LARGE_RADIUS = 3.0
SMALL_RADIUS = 2.0


@dataclass(frozen=True, slots=True)
class _Tone:
    """Lightness (0 to 1) and chroma of a field, of what is drawn on it, and of the letters."""

    field: tuple[float, float]
    shade: tuple[float, float]
    ink: tuple[float, float]


_TONES: dict[str, tuple[_Tone, _Tone]] = {
    "light": (
        _Tone((0.41, 0.062), (0.35, 0.062), (0.965, 0.012)),
        _Tone((0.895, 0.028), (0.84, 0.038), (0.33, 0.060)),
    ),
    "sepia": (
        _Tone((0.40, 0.050), (0.34, 0.050), (0.955, 0.022)),
        _Tone((0.87, 0.026), (0.81, 0.036), (0.32, 0.052)),
    ),
    "dark": (
        _Tone((0.40, 0.050), (0.345, 0.050), (0.93, 0.014)),
        _Tone((0.70, 0.045), (0.645, 0.052), (0.20, 0.030)),
    ),
    "contrast": (
        _Tone((0.24, 0.070), (0.16, 0.050), (1.0, 0.0)),
        _Tone((0.24, 0.070), (0.16, 0.050), (1.0, 0.0)),
    ),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover is made of. Colours are ``#RRGGBB``; letters may stand on field and shade."""

    field: str
    shade: str
    ink: str
    edge: str
    """A line around the cover, where the theme wants one; else empty."""
    drawing: Drawing


@lru_cache(maxsize=4096)
def cover_of(uuid: str, theme_name: str) -> Cover:
    """Return the cover of an article in a theme."""
    seed = blake2b(uuid.encode(), digest_size=4).digest()
    return cover(theme_name, HUES[seed[0] % len(HUES)], pale=seed[1] % PALE_OF == 0, drawing=seed[2] % len(DRAWINGS))


def cover(theme_name: str, hue: int, *, pale: bool, drawing: int) -> Cover:
    """Return a cover of a hue (degrees) and a tone, with the drawing of a number."""
    tone = _TONES.get(theme_name, _TONES["light"])[pale]
    field, shade, ink = (srgb(lightness, chroma, hue) for lightness, chroma in (tone.field, tone.shade, tone.ink))
    edge = "#FFFFFF" if theme_name == "contrast" else shade if pale else ""
    return Cover(field, shade, ink, edge, DRAWINGS[drawing])


def paint_cover(painter: QPainter, theme: Theme, rect: QRectF, uuid: str, title: str, language: str) -> None:
    """Paint a cover with its title; one that is narrower than ``WIDE`` has only the initial."""
    ratio = painter.device().devicePixelRatioF()
    size = (round(rect.width()), round(rect.height()))
    painter.drawPixmap(rect.topLeft(), _picture(uuid, theme.name, one_line(title), language, size, ratio))


@lru_cache(maxsize=128)
def _picture(uuid: str, theme_name: str, title: str, language: str, size: tuple[int, int], ratio: float) -> QPixmap:
    made = cover_of(uuid, theme_name)
    picture = QPixmap(round(size[0] * ratio), round(size[1] * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    rect = QRectF(0, 0, *size)
    radius = LARGE_RADIUS if rect.width() >= WIDE else SMALL_RADIUS
    mirrored = reads_leftwards(title)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(made.field))
    painter.drawRoundedRect(rect, radius, radius)
    # Only within what is painted already: the corners stay round and smooth.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
    painter.save()
    if mirrored:
        painter.translate(rect.width(), 0)
        painter.scale(-1, 1)
    made.drawing.draw(painter, rect, colour(made.shade), colour(made.ink))
    painter.restore()
    if made.edge:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(made.edge), 1))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(colour(made.ink))
    box = made.drawing.room(rect, small=rect.width() < WIDE)
    if mirrored:
        box.moveLeft(rect.width() - box.right())
    _paint_letters(painter, made, box, title, language, small=rect.width() < WIDE)
    painter.end()
    return picture


def _paint_letters(painter: QPainter, made: Cover, box: QRectF, title: str, language: str, *, small: bool) -> None:
    shown = short_title(title)
    style = None if small else _title_style(shown, box.width(), box.height())
    if style is None:
        # A word that is too long for the cover would be broken: its initial alone is better.
        painter.setFont(_initial_font(round(box.width() * (0.52 if small else 0.72))))
        middle = small or made.drawing.centred
        flags = Qt.AlignmentFlag.AlignCenter if middle else Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(box if middle else box.adjusted(0, -4, 0, 0), int(flags), initial(title, language))
        return
    laid = lay_out(shown, style, box.width())
    if reads_leftwards(shown):
        for number in range(laid.layout.lineCount()):
            line = laid.layout.lineAt(number)
            line.setPosition(QPointF(box.width() - line.naturalTextWidth(), line.y()))
    spare = max(0.0, box.height() - laid.height) / 2 if made.drawing.centred else 0.0
    laid.layout.draw(painter, QPointF(box.left(), box.top() + spare))


def _title_style(title: str, width: float, height: float) -> TextStyle | None:
    """Return how a title is set so that it fits; None where a word of it is too long for that."""
    words = title.split()
    smallest = None
    for size in TITLE_SIZES:
        metrics = QFontMetricsF(_title_font(size))
        if any(metrics.horizontalAdvance(word) > width for word in words):
            continue
        line = round(size * 1.32)
        smallest = TextStyle(_title_font(size), line, max(1, int((height + 3) // line)))
        if measure(title, smallest, width).rest is None:
            break
    return smallest


@lru_cache(maxsize=8)
def _title_font(size: int) -> QFont:
    return fonts.font(fonts.SERIF, size, 600)


@lru_cache(maxsize=8)
def _initial_font(size: int) -> QFont:
    return fonts.font(fonts.SERIF_DISPLAY, size, 600)
