"""Pictures of files as images of exactly the pixels that are shown; made beside the window's thread."""

from __future__ import annotations

import logging
import threading
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from reader.ui.page import drawings

if TYPE_CHECKING:
    from collections.abc import Callable

    from reader.article.model import Resource
    from reader.theme import Theme

log = logging.getLogger(__name__)

SVG = "image/svg+xml"
MAX_PIXELS = 40_000_000
"""Of a picture that must be decoded whole before it is made smaller."""
MAX_PIXELS_SCALED = 250_000_000
"""Of a photograph (JPEG), which is made smaller while it is decoded."""
SMALL_DRAWING = 240.0
"""A drawing that is said to be narrower, px, is a sign, and keeps its size; others take the column."""
MAX_DECODED_SIDE = 8_192
"""Of what is painted, device pixels."""
_SAMPLE = 32  # px: the side of the small copy that is looked at for what can be read on which ground
_DARK, _LIGHT = 0.12, 0.6  # relative luminance
_TRANSPARENT_SHARE = 0.05
_TOO_MANY = 0.3


class Header(Struct, frozen=True):
    """What the first bytes of a picture tell: its natural size (px), upright.

    ``fixed`` is false for a drawing that takes the whole column.
    """

    size: QSizeF
    drawing: bool = False
    fixed: bool = True
    themed: bool = False


class Decoded(Struct, frozen=True):
    """An image, and on which grounds it could not be seen: on a dark page, on a light one."""

    image: QImage
    lost_in_dark: bool = False
    lost_in_light: bool = False


def header(resource: Resource) -> Header | None:
    """Return what the first bytes tell; None where it is no picture that can be shown. Decodes nothing."""
    if resource.media_type == SVG:
        found = drawings.size_of(resource.data)
        if found is None:
            return None
        small = found[1] and found[0].width() < SMALL_DRAWING
        return Header(found[0], drawing=True, fixed=small, themed=drawings.takes_colours(resource.data))
    reader, _ = _open(resource.data)
    size = reader.size()
    most = MAX_PIXELS_SCALED if bytes(reader.format().data()) == b"jpeg" else MAX_PIXELS
    if not size.isValid() or size.isEmpty() or size.width() * size.height() > most:
        log.info("a picture of type %s cannot be shown", resource.media_type)
        return None
    return Header(QSizeF(size.transposed() if _lies(reader) else size))


def decode(resource: Resource, size: QSize, theme: Theme) -> Decoded | None:
    """Return a picture in so many device pixels; None where it is damaged."""
    size = size.boundedTo(QSize(MAX_DECODED_SIDE, MAX_DECODED_SIDE))
    image = _drawn(resource.data, size, theme) if resource.media_type == SVG else _read(resource.data, size)
    if image is None or image.isNull():
        log.info("a picture of type %s is damaged", resource.media_type)
        return None
    if not image.hasAlphaChannel():
        return Decoded(image.convertToFormat(QImage.Format.Format_RGB32))
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    return Decoded(image, *_lost(image))


def _open(data: bytes) -> tuple[QImageReader, QBuffer]:
    """Return a reader, and what it reads from, which must outlive it."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    return reader, buffer


def _lies(reader: QImageReader) -> bool:
    """Say whether a camera was held upright: width and height change places when it is read."""
    return bool(reader.transformation().value & 4)  # Rotate90, alone or mirrored


def _read(data: bytes, size: QSize) -> QImage | None:
    reader, _buffer = _open(data)
    natural = reader.size()
    wanted = size.transposed() if _lies(reader) else size
    if _cut_short(data, bytes(reader.format().data())):
        return None
    if wanted.width() < natural.width():  # larger than life is left to the painter
        reader.setScaledSize(wanted)
    image = reader.read()
    from PySide6.QtGui import QColorSpace

    space = image.colorSpace()
    if not image.isNull() and space.isValid() and space != QColorSpace(QColorSpace.NamedColorSpace.SRgb):
        image.convertToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    return image


def _cut_short(data: bytes, form: bytes) -> bool:
    """Say whether a photograph ends too early: Qt would show its rest in grey."""
    return form == b"jpeg" and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda")


def _drawn(data: bytes, size: QSize, theme: Theme) -> QImage | None:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(drawings.prepared(data, theme))
    if not renderer.isValid():
        return None
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def _lost(image: QImage) -> tuple[bool, bool]:
    """Say whether a picture with transparent parts could not be seen on a dark, and on a light page."""
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(_SAMPLE, _SAMPLE, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    small = small.convertToFormat(QImage.Format.Format_RGBA8888)
    pixels = bytes(small.constBits())
    seen = dark = light = 0.0
    for at in range(0, len(pixels), 4):
        red, green, blue, alpha = pixels[at : at + 4]
        luminance = 0.2126 * (red / 255) ** 2.2 + 0.7152 * (green / 255) ** 2.2 + 0.0722 * (blue / 255) ** 2.2
        seen += alpha
        dark += alpha * (luminance < _DARK)
        light += alpha * (luminance > _LIGHT)
    whole = 255 * len(pixels) / 4
    if seen <= 0 or seen > whole * (1 - _TRANSPARENT_SHARE):
        return False, False
    return dark / seen > _TOO_MANY, light / seen > 1 - _TOO_MANY


Job = tuple[object, "Callable[[], Decoded | None]"]


class Decoder:
    """A thread that is there while something is to be decoded; results are fetched by ``take``.

    Not the runner's lane: what scrolls out of view is forgotten before it is begun, and the picture that
    was asked for last is wanted first.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: dict[object, Callable[[], Decoded | None]] = {}
        self._results: SimpleQueue[tuple[object, Decoded | None]] = SimpleQueue()
        self._at_work = False

    def want(self, key: object, work: Callable[[], Decoded | None]) -> None:
        """Decode something soon; a later wish goes first."""
        with self._lock:
            self._wanted.pop(key, None)
            self._wanted[key] = work
            if not self._at_work:
                self._at_work = True
                # No daemon: at the end of the program Qt must not be taken away from under it.
                threading.Thread(target=self._work, name="pictures").start()

    def forget(self, keep: Callable[[object], bool] = lambda _: False) -> tuple[object, ...]:
        """Drop what is not begun, but for what is to be kept; return what was dropped."""
        with self._lock:
            dropped = tuple(key for key in self._wanted if not keep(key))
            for key in dropped:
                del self._wanted[key]
        return dropped

    def take(self) -> list[tuple[object, Decoded | None]]:
        """Return what is done since the last time."""
        done = []
        while True:
            try:
                done.append(self._results.get_nowait())
            except Empty:
                return done

    def _work(self) -> None:
        while (job := self._next()) is not None:
            key, work = job
            try:
                result = work()
            except (MemoryError, RuntimeError, ValueError):
                log.warning("a picture could not be decoded", exc_info=True)
                result = None
            self._results.put((key, result))

    def _next(self) -> Job | None:
        with self._lock:
            if not self._wanted:
                self._at_work = False
                return None
            return self._wanted.popitem()
