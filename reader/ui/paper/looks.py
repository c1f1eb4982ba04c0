"""How a text looks on paper: black on white, set closer than on a screen, pictures in their own size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtCore import QRectF

from reader import theme as themes
from reader.ui.page.pictures import Pictures
from reader.ui.page.styles import StyleBook
from reader.ui.paper.sheet import LEADING, UNITS_AN_INCH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter

    from reader.article.model import Block
    from reader.theme import Theme
    from reader.ui.page.decoding import Header
    from reader.ui.page.styles import Typography
    from reader.ui.paper.sheet import Sheet

PIXEL = UNITS_AN_INCH / 96
"""A pixel of a screen, as pictures count them, in our units."""


def paper_theme() -> Theme:
    """Return the light theme in black on white; drawings keep its red."""
    return structs.replace(
        themes.load("light"),
        name="paper",
        background="#FFFFFF",
        page="#FFFFFF",
        text="#000000",
        muted="#444444",
        link="#000000",
        rule="#BBBBBB",
        rule_strong="#666666",
    )


def style_book(
    theme: Theme, sheet: Sheet, typography: Typography, breaks: Callable[[Block], Sequence[int]] | None
) -> StyleBook:
    """Return the styles of a sheet: what was chosen for the screen, in the size and the leading of paper."""
    black = structs.replace(theme, accent=theme.text)
    on_paper = structs.replace(typography, size=sheet.em, line_height=LEADING)
    return StyleBook(black, on_paper, breaks)


class PaperPictures(Pictures):
    """Pictures whose pixels are those of a screen, drawn in the units of paper."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(None, theme, at_once=True)

    def _header(self, name: str) -> Header | None:
        known = super()._header(name)
        return None if known is None else structs.replace(known, size=known.size * PIXEL)

    def _frame_height(self, words: str, column: float) -> float:
        return super()._frame_height(words, column / PIXEL) * PIXEL

    def _frame(self, painter: QPainter, area: QRectF, words: str) -> None:
        painter.translate(area.topLeft())
        painter.scale(PIXEL, PIXEL)
        super()._frame(painter, QRectF(0, 0, area.width() / PIXEL, area.height() / PIXEL), words)
