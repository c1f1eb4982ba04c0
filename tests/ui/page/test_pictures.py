"""Pictures in the text, in the colours of the theme."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from reader import theme as themes
from reader.article.model import Article, Block, BlockKind, Image, Metadata, Resource
from reader.article.text import CanonicalText
from reader.theme import Theme
from reader.ui.page.styles import Typography
from reader.ui.page.view import PageView

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">'
    b'<rect x="0" y="0" width="100" height="100" fill="currentColor"/>'
    b'<rect x="100" y="0" width="100" height="100" fill="#9C2F21"/>'
    b'<rect x="200" y="0" width="100" height="100" fill="#67615a"/>'
    b'<rect x="300" y="0" width="100" height="100" fill="#ffffff"/></svg>'
)
FOREIGN = DRAWING.replace(b"currentColor", b"#123456")


def png(colour: str) -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    bytes_ = QByteArray()
    buffer = QBuffer(bytes_)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(bytes_.data())


def show(qtbot: QtBot, theme: Theme, *pictures: bytes) -> PageView:
    names = [f"{number}.svg" for number in range(len(pictures))]
    blocks = tuple(Block(BlockKind.IMAGE, "What it shows", detail=Image(name)) for name in names)
    article = Article(Metadata(), blocks)
    resources = {
        name: Resource(name, "image/svg+xml" if b"<svg" in data else "image/*", data)
        for name, data in zip(names, pictures, strict=True)
    }
    page = PageView(theme, Typography())
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show_article(article, CanonicalText(article), resources)
    page.show()
    return page


def colours(page: PageView, row: int = 110) -> list[str]:
    """Return the colours in the middle of the four fields of a drawing at the top of the page."""
    seen = page.viewport().grab().toImage()
    ratio = seen.devicePixelRatio()
    column, left = page.typography.measure, (page.viewport().width() - page.typography.measure) / 2
    return [
        seen.pixelColor(QPoint(round((left + column * share) * ratio), round(row * ratio))).name().upper()
        for share in (0.125, 0.375, 0.625, 0.875)
    ]


@pytest.mark.parametrize("name", themes.NAMES)
def test_a_drawing_made_for_it_has_the_colours_of_the_theme(qtbot: QtBot, name: str) -> None:
    theme = themes.load(name)

    page = show(qtbot, theme, DRAWING)

    wanted = [theme.text, theme.accent, theme.muted, theme.page]
    assert colours(page) == [colour.upper() for colour in wanted]


@pytest.mark.parametrize("name", themes.NAMES)
def test_a_drawing_of_others_keeps_its_own_colours(qtbot: QtBot, name: str) -> None:
    page = show(qtbot, themes.load(name), FOREIGN)

    assert colours(page) == ["#123456", "#9C2F21", "#67615A", "#FFFFFF"]


def test_a_drawing_changes_with_the_theme(qtbot: QtBot, theme: Theme) -> None:
    page = show(qtbot, theme, DRAWING)
    dark = themes.load("dark")

    page.set_look(dark, page.typography)

    assert colours(page)[0] == dark.text.upper()


def test_a_photograph_keeps_its_colours_and_its_size(qtbot: QtBot) -> None:
    page = show(qtbot, themes.load("dark"), png("#3366CC"))

    seen = page.viewport().grab().toImage()
    blue = [x for x in range(seen.width()) if seen.pixelColor(x, 58).name() == "#3366cc"]
    assert 38 <= len(blue) / seen.devicePixelRatio() <= 42


@pytest.mark.parametrize("data", [b"", b"no picture at all", b"<svg", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64])
def test_a_picture_that_cannot_be_read_leaves_a_frame(qtbot: QtBot, theme: Theme, data: bytes) -> None:
    page = show(qtbot, theme, data)

    assert page.viewport().grab().toImage().width() > 0


def test_a_picture_that_is_missing_leaves_a_frame_and_its_words(qtbot: QtBot, theme: Theme) -> None:
    article = Article(Metadata(), (Block(BlockKind.IMAGE, "What it shows", detail=Image("gone.png")),))
    page = PageView(theme, Typography())
    qtbot.addWidget(page)

    page.show_article(article, CanonicalText(article), {})
    page.show()
    page.selectAll()

    assert page.selected_range() == (0, 13)


def test_a_picture_is_never_wider_than_the_column(qtbot: QtBot, theme: Theme) -> None:
    page = show(qtbot, theme, DRAWING)

    page.resize(440, 500)

    width = page.document().size().width()
    assert width <= page.viewport().width()
