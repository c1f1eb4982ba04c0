"""Pictures in the text: their place is known before they are, and they are sharp at any ratio."""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPyTextObject, QTextCursor

from reader.ui.look import fonts
from reader.ui.page.runs import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QTextDocument, QTextFormat

    from reader.article.model import Resource
    from reader.theme import Theme
    from reader.ui.page.decoding import Decoded, Decoder, Header

MAX_HEIGHT_SHARE = 0.9  # of the width of the column: a tall picture is no taller than it is readable
MIN_TALLEST = 200.0  # px: a narrow column leaves a tall picture at least so much
MAX_CACHE_BYTES = 64 * 2**20
"""Of the pictures that are kept decoded."""
POLL_MS = 8
"""How often the window looks for pictures that are decoded; only while one is awaited."""

FRAME_PADDING = 16.0
FRAME_LEAST = 64.0  # px: the height of the frame of a picture that cannot be shown
FRAME_MOST = 200.0
_RADIUS = 6
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter)


class Shown(Struct, frozen=True):
    """A picture as it is wanted: its name, its size in device pixels, its theme if it takes colours."""

    name: str
    width: int
    height: int
    theme: str = ""


class Pictures(QPyTextObject):
    """Lays out and draws the picture characters of documents; one for all documents of a page.

    Laying out reads headers only. What is drawn is decoded beside the window's thread, at the device
    pixels that are seen, and kept within ``MAX_CACHE_BYTES``. On paper (``at_once``) drawings stay
    drawings, and photographs are decoded where they are painted.
    """

    def __init__(self, parent: QObject | None, theme: Theme, *, at_once: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._at_once = at_once
        self._resources: Mapping[str, Resource] = {}
        self._headers: dict[str, Header | None] = {}
        self._damaged: set[str] = set()
        self._cache: OrderedDict[Shown, Decoded] = OrderedDict()
        self._latest: dict[str, Shown] = {}
        self._bytes = 0
        self._seen: set[Shown] = set()
        self._is_frame_over = False
        self._awaited: dict[Shown, list[QTextDocument]] = {}
        self._decoder: Decoder | None = None
        self._polling = QTimer(self, interval=POLL_MS)
        self._polling.timeout.connect(self._take)
        self.column = 100.0
        """The width of a document that does not say it, px."""

    def show_resources(self, resources: Mapping[str, Resource], theme: Theme) -> None:
        """Take the pictures of an article, by name; they are asked for one by one, when they are met."""
        self._theme = theme
        if resources is self._resources:
            return  # only the theme: photographs stay, drawings are kept by the theme's name
        self._resources = resources
        self._headers.clear()
        self._damaged.clear()
        self._cache.clear()
        self._latest.clear()
        self._seen.clear()
        self._bytes = 0
        self._forget()

    @property
    def busy(self) -> bool:
        """Whether a picture that was drawn is still awaited."""
        return bool(self._awaited)

    @property
    def cached_bytes(self) -> int:
        return self._bytes

    def expect(self, document: QTextDocument, first: int, end: int, ratio: float) -> None:
        """Decode the pictures between two positions of a document, which will be seen soon."""
        block = document.findBlock(first)
        while block.isValid() and block.position() < end:
            if block.text().startswith(_OBJECT) and block.layout().lineCount():
                cursor = QTextCursor(document)
                cursor.setPosition(block.position() + 1)  # a format is of the character before
                name = str(cursor.charFormat().property(NAME))
                if self._header(name) is not None:
                    room = self.intrinsicSize(document, block.position(), cursor.charFormat())
                    self._image(self._wanted(name, self._fitted(name, room), ratio), document)
            block = block.next()

    # -- laying out --------------------------------------------------------------------------------

    def intrinsicSize(self, document: QTextDocument, position: int, format: QTextFormat) -> QSizeF:  # noqa: A002
        column = self._available(document, position)
        known = self._header(str(format.property(NAME)))
        if known is None:
            return QSizeF(column, self._frame_height(_words(document, position), column))
        width = min(known.size.width(), column) if known.fixed else column
        height = known.size.height() * width / known.size.width()
        tallest = max(column * MAX_HEIGHT_SHARE, MIN_TALLEST)
        return QSizeF(column, max(1, round(min(height, tallest))))

    def _available(self, document: QTextDocument, position: int) -> float:
        """Return the width that a picture may take: of the column, less what its block is indented by."""
        margins = document.rootFrame().frameFormat()
        width = document.textWidth() - margins.leftMargin() - margins.rightMargin() - 2 * document.documentMargin()
        if document.textWidth() <= 0 or width <= 0:
            width = self.column
        shape = document.findBlock(position).blockFormat()
        return max(16.0, width - shape.leftMargin() - shape.rightMargin())

    def _fitted(self, name: str, room: QSizeF) -> QSizeF:
        known = self._header(name)
        if known is None:
            return room
        fitted = known.size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        return known.size if known.fixed and fitted.width() > known.size.width() else fitted

    def _header(self, name: str) -> Header | None:
        if name not in self._headers:
            from reader.ui.page import decoding  # few texts have pictures

            resource = self._resources.get(name)
            self._headers[name] = None if resource is None else decoding.header(resource)
        return self._headers[name]

    # -- drawing -----------------------------------------------------------------------------------

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        format: QTextFormat,  # noqa: A002
    ) -> None:
        rect, name = QRectF(rect), str(format.property(NAME))
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if self._header(name) is None or name in self._damaged:
            self._frame(painter, rect, _words(document, position))
        else:
            size = self._fitted(name, rect.size())
            target = QRectF(rect.center().x() - size.width() / 2, rect.top(), size.width(), size.height())
            if self._at_once:
                self._print(painter, target, name, _words(document, position))
            else:
                self._draw(painter, target, name, document)
        painter.restore()

    def _draw(self, painter: QPainter, target: QRectF, name: str, document: QTextDocument) -> None:
        ratio = _ratio(painter)
        wanted = self._wanted(name, target.size(), ratio)
        target = _on_pixels(painter, target, wanted, ratio)
        if self._is_frame_over:
            self._is_frame_over = False
            self._seen.clear()
        self._seen.add(wanted)
        decoded = self._image(wanted, document)
        if decoded is None:
            # Its place, as quiet as paper; or while the size changes, the picture as it was.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.background))
            painter.drawRoundedRect(target, _RADIUS, _RADIUS)
            return
        self._paint(painter, target, decoded)

    def _paint(self, painter: QPainter, target: QRectF, decoded: Decoded) -> None:
        if decoded.lost_in_dark if self._theme.dark else decoded.lost_in_light:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.text))  # what is written on the page can be seen on it
            painter.drawRoundedRect(target, _RADIUS, _RADIUS)
        painter.drawImage(target, decoded.image)

    def _print(self, painter: QPainter, target: QRectF, name: str, words: str) -> None:
        """Draw on paper: lines as lines, photographs in the dots that the paper has."""
        from reader.ui.page import decoding, drawings

        known, resource = self._header(name), self._resources.get(name)
        if known is None or resource is None:
            return
        if known.drawing:
            from PySide6.QtSvg import QSvgRenderer

            renderer = QSvgRenderer(drawings.prepared(resource.data, self._theme))
            if renderer.isValid():
                renderer.render(painter, target)
                return
        else:
            dots = painter.deviceTransform().mapRect(target).size().toSize()
            decoded = decoding.decode(resource, dots.expandedTo(QSize(1, 1)), self._theme)
            if decoded is not None:
                self._paint(painter, target, decoded)
                return
        self._frame(painter, target, words)

    def _wanted(self, name: str, size: QSizeF, ratio: float) -> Shown:
        known = self._header(name)
        theme = self._theme.name if known is not None and known.themed else ""
        return Shown(name, max(1, round(size.width() * ratio)), max(1, round(size.height() * ratio)), theme)

    # -- the pictures that are kept ----------------------------------------------------------------

    def _image(self, wanted: Shown, document: QTextDocument) -> Decoded | None:
        """Return a picture, or what there is of it for now; ask for it where it is not there."""
        found = self._cache.get(wanted)
        if found is not None:
            self._cache.move_to_end(wanted)
            return found
        self._ask(wanted, document)
        before = self._latest.get(wanted.name)
        return self._cache.get(before) if before is not None and before.theme == wanted.theme else None

    def _ask(self, wanted: Shown, document: QTextDocument) -> None:
        if wanted in self._awaited:
            if not any(document is waiting for waiting in self._awaited[wanted]):
                self._awaited[wanted].append(document)
            return
        resource = self._resources.get(wanted.name)
        if resource is None or wanted.name in self._damaged:
            return
        from reader.ui.page import decoding

        if resource.media_type == decoding.SVG:
            import PySide6.QtSvg  # noqa: F401  (here: a module of Qt is best made known by this thread)
        if self._decoder is None:
            self._decoder = decoding.Decoder()
        # Of a size that is no longer shown (a window is being drawn larger), none is begun.
        self._drop(self._decoder.forget(lambda key: isinstance(key, Shown) and key.name != wanted.name))
        self._awaited[wanted] = [document]
        size = QSize(wanted.width, wanted.height)
        self._decoder.want(wanted, partial(decoding.decode, resource, size, self._theme))
        self._polling.start()

    def _drop(self, keys: Iterable[object]) -> None:
        for key in keys:
            if isinstance(key, Shown):
                self._awaited.pop(key, None)

    def _forget(self) -> None:
        self._awaited.clear()
        if self._decoder is not None:
            self._decoder.forget()
            self._decoder.take()

    def _take(self) -> None:
        """Keep what has been decoded, and have the documents painted that wait for it."""
        waiting: list[QTextDocument] = []
        for key, decoded in self._decoder.take() if self._decoder is not None else ():
            if not isinstance(key, Shown) or key not in self._awaited:
                continue  # of an article that is shown no more
            waiting += self._awaited.pop(key)
            if decoded is None:
                self._damaged.add(key.name)
            else:
                self._keep(key, decoded)
        if not self._awaited:
            self._polling.stop()
        self._is_frame_over = bool(waiting)
        for document in waiting:
            if shiboken6.isValid(document):
                document.documentLayout().update.emit()  # of all: what is not seen is not painted

    def _keep(self, key: Shown, decoded: Decoded) -> None:
        self._cache[key] = decoded
        self._latest[key.name] = key
        self._bytes += decoded.image.sizeInBytes()
        # What is seen stays, however much it is: it would be asked for again by the next frame, for ever.
        for old in [each for each in self._cache if each not in self._seen]:
            if self._bytes <= MAX_CACHE_BYTES:
                break
            self._bytes -= self._cache.pop(old).image.sizeInBytes()

    # -- what cannot be shown ----------------------------------------------------------------------

    def _frame_height(self, words: str, column: float) -> float:
        inner = QRectF(0, 0, column - 2 * FRAME_PADDING, 1e6)
        needed = QFontMetricsF(fonts.interface()).boundingRect(inner, _FLAGS, words).height() + 2 * FRAME_PADDING
        return round(min(max(needed, FRAME_LEAST), FRAME_MOST))

    def _frame(self, painter: QPainter, area: QRectF, words: str) -> None:
        """Draw a frame with the words that stand for the picture."""
        painter.setPen(QPen(QColor(self._theme.rule_strong), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        inner = area.adjusted(FRAME_PADDING, FRAME_PADDING / 2, -FRAME_PADDING, -FRAME_PADDING / 2)
        painter.setClipRect(inner)
        painter.setPen(QColor(self._theme.muted))
        painter.setFont(fonts.interface())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        painter.drawText(inner, _FLAGS, words or self.tr("A picture that cannot be shown"))


def _words(document: QTextDocument, position: int) -> str:
    """Return the words that stand for a picture: the rest of its block, unseen in the text."""
    block = document.findBlock(position)
    return block.text()[position - block.position() + 1 :].strip()


def _ratio(painter: QPainter) -> float:
    device = painter.device()
    return 1.0 if device is None else device.devicePixelRatio()


def _on_pixels(painter: QPainter, target: QRectF, wanted: Shown, ratio: float) -> QRectF:
    """Return a place moved and sized so that each pixel of the image is one of the screen."""
    size = QSizeF(wanted.width / ratio, wanted.height / ratio)
    transform = painter.deviceTransform()
    back, possible = transform.inverted()
    if not possible or transform.isRotating():
        return QRectF(target.topLeft(), size)
    at = transform.map(target.topLeft())
    return QRectF(back.map(QPointF(round(at.x()), round(at.y()))), size)
