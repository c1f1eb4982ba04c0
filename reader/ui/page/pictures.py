"""Pictures in the text: drawn sharp at any ratio, SVG in the colours of the theme."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPyTextObject

from reader.ui.page.runs import NAME

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QRect
    from PySide6.QtGui import QImage, QTextDocument, QTextFormat
    from PySide6.QtSvg import QSvgRenderer

    from reader.article.model import Resource
    from reader.theme import Theme

log = logging.getLogger(__name__)

MAX_HEIGHT_SHARE = 0.9  # of the width of the column: a tall picture is no taller than it is readable
MAX_PIXELS = 40_000_000

# What our own figures are drawn in; see resources/articles.
_OWN_COLOURS = {"currentcolor": "text", "#9c2f21": "accent", "#67615a": "muted", "#ffffff": "page"}
_REPLACED = re.compile("|".join(_OWN_COLOURS), re.IGNORECASE)


class Pictures(QPyTextObject):
    """Draws the picture characters of a document; one for all documents of a page."""

    def __init__(self, parent: QObject, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._found: dict[str, Resource] = {}
        self._drawn: dict[str, _Decoded] = {}
        self.column = 100.0

    def show_resources(self, resources: dict[str, Resource], theme: Theme) -> None:
        """Take the pictures of an article, by name."""
        self._found, self._theme = resources, theme
        self._drawn.clear()

    def intrinsicSize(self, document: QTextDocument, position: int, format: QTextFormat) -> QSizeF:  # noqa: A002
        natural = self._natural_size(str(format.property(NAME)))
        width = min(natural.width(), self.column)
        height = natural.height() * width / max(1.0, natural.width())
        tallest = max(self.column * MAX_HEIGHT_SHARE, 200.0)
        if height > tallest:
            width, height = width * tallest / height, tallest
        return QSizeF(self.column, height)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        format: QTextFormat,  # noqa: A002
    ) -> None:
        rect = QRectF(rect)
        picture = self._picture(str(format.property(NAME)))
        size = self._fitted(str(format.property(NAME)), rect)
        target = QRectF(rect.center().x() - size.width() / 2, rect.top(), size.width(), size.height())
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if picture is not None and picture.drawing is not None:
            picture.drawing.render(painter, target)
        elif picture is not None and picture.image is not None:
            painter.drawImage(target, picture.image)
        else:
            painter.setPen(QPen(QColor(self._theme.rule_strong), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(target.adjusted(1, 1, -1, -1), 6, 6)
        painter.restore()

    def _fitted(self, name: str, rect: QRectF) -> QSizeF:
        return self._natural_size(name).scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)

    def _natural_size(self, name: str) -> QSizeF:
        picture = self._picture(name)
        if picture is None:
            return QSizeF(self.column, 64)
        if picture.image is not None:
            return QSizeF(picture.image.size())
        # A drawing has no natural size in pixels: it takes the whole column.
        size = QSizeF(picture.drawing.defaultSize()) if picture.drawing is not None else QSizeF(1, 1)
        return size.scaled(QSizeF(self.column, 1e6), Qt.AspectRatioMode.KeepAspectRatio)

    def _picture(self, name: str) -> _Decoded | None:
        if name not in self._drawn:
            resource = self._found.get(name)
            made = _decoded(resource, self._theme) if resource else None
            if made is None:
                return None
            self._drawn[name] = made
        return self._drawn[name]


class _Decoded(NamedTuple):
    """A picture ready to be painted: one of the two."""

    drawing: QSvgRenderer | None = None
    image: QImage | None = None


def _decoded(resource: Resource, theme: Theme) -> _Decoded | None:
    if resource.media_type == "image/svg+xml":
        from PySide6.QtSvg import QSvgRenderer

        return _Decoded(drawing=QSvgRenderer(_recoloured(resource.data, theme)))
    from PySide6.QtGui import QImage

    image = QImage.fromData(resource.data)
    if image.isNull() or image.width() * image.height() > MAX_PIXELS:
        log.info("a picture of type %s cannot be shown", resource.media_type)
        return None
    return _Decoded(image=image)


def _recoloured(svg: bytes, theme: Theme) -> bytes:
    """Return a drawing in the theme's colours, where it was made for that (``currentColor``)."""
    if b"currentColor" not in svg:
        return svg
    # In one pass: what one replacement puts in, another must not take for its own.
    drawing = _REPLACED.sub(
        lambda found: str(getattr(theme, _OWN_COLOURS[found[0].lower()])), svg.decode("utf-8", "replace")
    )
    return drawing.encode()
