"""Pictures in the text: their place, their sharpness, their colours, and those that are none."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint
from PySide6.QtGui import QColor, QImage, QPainter, QPdfWriter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from reader import theme as themes
from reader.article.model import Resource
from reader.theme import Theme
from reader.ui.page import pictures as module
from reader.ui.page.pictures import Pictures
from reader.ui.page.runs import NAME, PICTURE

DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">'
    b'<rect x="0" y="0" width="100" height="100" fill="currentColor"/>'
    b'<rect x="100" y="0" width="100" height="100" fill="#9C2F21"/>'
    b'<rect x="200" y="0" width="100" height="100" fill="#67615a"/>'
    b'<rect x="300" y="0" width="100" height="100" fill="#ffffff"/></svg>'
)
FOREIGN = DRAWING.replace(b"currentColor", b"#123456")
SMALL = b'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"><rect width="24" height="24"/></svg>'
SHORT_LINE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><path d="M0 10H100" stroke="#000"/></svg>'
COLUMN = 400


def encoded(image: QImage, form: str = "PNG") -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)
    return bytes(data.data())


def plain(colour: str, width: int = 40, height: int = 20, form: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return encoded(image, form)


def claiming(width: int, height: int) -> bytes:
    """Return a PNG whose header claims a size that nothing follows."""
    import zlib

    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def resource(name: str, data: bytes) -> Resource:
    return Resource(name, "image/svg+xml" if b"<svg" in data else "image/*", data)


class Page(QTextEdit):
    """A text of pictures only, in a column as wide as the view."""

    def __init__(self, theme: Theme, resources: Mapping[str, Resource], names: tuple[str, ...], words: str) -> None:
        super().__init__()
        self.pictures = Pictures(self, theme)
        self.pictures.show_resources(resources, theme)
        self.setFrameShape(self.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setStyleSheet(f"background: {theme.page}")
        self.document().documentLayout().registerHandler(PICTURE, self.pictures)
        cursor = QTextCursor(self.document())
        for number, name in enumerate(names):
            if number:
                cursor.insertBlock()
            shown = QTextCharFormat()
            shown.setObjectType(PICTURE)
            shown.setProperty(NAME, name)
            cursor.insertText("\N{OBJECT REPLACEMENT CHARACTER}", shown)
            hidden = QTextCharFormat()
            hidden.setForeground(QColor(0, 0, 0, 0))
            hidden.setFontPointSize(1)
            cursor.insertText(words, hidden)

    def settle(self, qtbot: QtBot) -> QImage:
        """Return what is seen once nothing is awaited any more."""
        self.viewport().grab()
        qtbot.waitUntil(lambda: not self.pictures.busy)
        return self.viewport().grab().toImage()

    def heights(self) -> list[float]:
        layout, block, found = self.document().documentLayout(), self.document().begin(), []
        while block.isValid():
            found.append(layout.blockBoundingRect(block).height())
            block = block.next()
        return found


Show = Callable[..., Page]


@pytest.fixture
def show(qtbot: QtBot, theme: Theme) -> Iterator[Show]:
    def made(*data: bytes, look: Theme = theme, words: str = "", size: tuple[int, int] = (COLUMN, 500)) -> Page:
        names = tuple(f"{number}" for number in range(len(data)))
        resources = {name: resource(name, each) for name, each in zip(names, data, strict=True)}
        page = Page(look, resources, names, words)
        qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        return page

    yield made


def colours(seen: QImage, row: int = 50) -> list[str]:
    """Return the colours in the middle of the four fields of a drawing at the top of the page."""
    ratio = seen.devicePixelRatio()
    return [
        seen.pixelColor(QPoint(round(COLUMN * share * ratio), round(row * ratio))).name().upper()
        for share in (0.125, 0.375, 0.625, 0.875)
    ]


@pytest.mark.parametrize("name", themes.NAMES)
def test_a_drawing_made_for_it_has_the_colours_of_the_theme(qtbot: QtBot, show: Show, name: str) -> None:
    theme = themes.load(name)

    seen = show(DRAWING, look=theme).settle(qtbot)

    assert colours(seen) == [colour.upper() for colour in (theme.text, theme.accent, theme.muted, theme.page)]


@pytest.mark.parametrize("name", themes.NAMES)
def test_a_drawing_of_others_keeps_its_own_colours(qtbot: QtBot, show: Show, name: str) -> None:
    seen = show(FOREIGN, look=themes.load(name)).settle(qtbot)

    assert colours(seen) == ["#123456", "#9C2F21", "#67615A", "#FFFFFF"]


def test_a_drawing_changes_with_the_theme(qtbot: QtBot, show: Show) -> None:
    page = show(DRAWING)
    page.settle(qtbot)
    dark = themes.load("dark")

    page.pictures.show_resources(page.pictures._resources, dark)

    assert colours(page.settle(qtbot))[0] == dark.text.upper()


def test_a_photograph_keeps_its_colours_and_its_size(qtbot: QtBot, show: Show) -> None:
    seen = show(plain("#3366CC"), look=themes.load("dark")).settle(qtbot)

    blue = [x for x in range(seen.width()) if seen.pixelColor(x, 10).name() == "#3366cc"]
    assert (min(blue), len(blue)) == ((COLUMN - 40) // 2, 40)


def test_a_small_drawing_with_a_size_of_its_own_keeps_it(show: Show) -> None:
    (height,) = show(SMALL).heights()

    assert height < 40


def test_a_drawing_without_a_size_takes_the_column(show: Show) -> None:
    (height,) = show(DRAWING).heights()

    assert COLUMN / 4 <= height <= COLUMN / 4 + 12


def test_nothing_moves_when_a_picture_arrives(qtbot: QtBot, show: Show) -> None:
    page = show(plain("#3366CC", 800, 400), DRAWING, plain("#112233", 300, 900, "JPEG"))
    before = page.heights()

    page.settle(qtbot)

    assert page.heights() == before


def test_laying_out_decodes_nothing(show: Show) -> None:
    page = show(plain("#3366CC", 800, 400), DRAWING)

    page.heights()

    assert page.pictures.cached_bytes == 0


class Counted(dict[str, Resource]):
    """Pictures that say how often they were asked for."""

    asked: list[str]

    def get(self, name: str, default: Resource | None = None) -> Resource | None:  # type: ignore[override]
        self.asked.append(name)
        return super().get(name, default)


def test_a_picture_is_asked_for_once_to_be_laid_out(qtbot: QtBot, theme: Theme) -> None:
    resources = Counted({name: resource(name, plain("#3366CC", 300, 300)) for name in "ab"})
    resources.asked = []
    page = Page(theme, resources, ("a", "b"), "")
    qtbot.addWidget(page)

    for width in (300, 400, 500):
        page.document().setTextWidth(width)
        page.heights()

    assert resources.asked == ["a", "b"]


def test_a_pixel_of_a_photograph_is_a_pixel_of_the_screen(qtbot: QtBot, show: Show) -> None:
    board = QImage(200, 100, QImage.Format.Format_RGB32)
    for x in range(200):
        for y in range(100):
            board.setPixelColor(x, y, QColor("#000000" if (x + y) % 2 else "#ffffff"))

    seen = show(encoded(board)).settle(qtbot)

    row = [seen.pixelColor(x, 50).name() for x in range(110, 290)]
    assert set(row) == {"#000000", "#ffffff"}
    assert all(one != other for one, other in pairwise(row))


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_a_drawing_has_as_many_pixels_as_are_shown(qtbot: QtBot, theme: Theme, ratio: float) -> None:
    page = Page(theme, {"a": resource("a", DRAWING)}, ("a",), "")
    qtbot.addWidget(page)
    page.document().setTextWidth(COLUMN)

    def painted() -> QImage:
        canvas = QImage(round(COLUMN * ratio), round(100 * ratio), QImage.Format.Format_RGB32)
        canvas.setDevicePixelRatio(ratio)
        canvas.fill(QColor("#00ff00"))
        painter = QPainter(canvas)
        page.document().drawContents(painter)
        painter.end()
        return canvas

    painted()
    qtbot.waitUntil(lambda: not page.pictures.busy)

    row = painted()
    edge = round(100 * ratio)  # the border of two fields is on a whole pixel
    assert row.pixelColor(edge - 1, 10).name() == theme.text.lower()
    assert row.pixelColor(edge, 10).name() == theme.accent.lower()


def test_what_is_kept_is_bounded(qtbot: QtBot, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CACHE_BYTES", 400 * 100 * 4 * 3)
    page = show(*(plain(f"#0000{number:02x}", 400, 100) for number in range(12)), size=(COLUMN, 120))
    bar = page.verticalScrollBar()

    for top in range(0, bar.maximum() + 1, 100):
        bar.setValue(top)
        page.settle(qtbot)

    assert bar.value() > 900
    assert 0 < page.pictures.cached_bytes <= 400 * 100 * 4 * 3


def test_what_is_seen_is_kept_however_much_it_is(qtbot: QtBot, show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CACHE_BYTES", 400 * 100 * 4 * 3)
    page = show(*(plain(f"#0000{number:02x}", 400, 100) for number in range(10)), size=(COLUMN, 1200))

    page.settle(qtbot)

    assert not page.pictures.busy
    assert page.pictures.cached_bytes == 400 * 100 * 4 * 10


def test_pictures_of_another_article_do_not_arrive(qtbot: QtBot, show: Show, theme: Theme) -> None:
    page = show(plain("#3366CC", 300, 300))
    page.viewport().grab()

    page.pictures.show_resources({"0": resource("0", plain("#cc0000", 300, 300))}, theme)

    assert page.pictures.cached_bytes == 0
    seen = page.settle(qtbot)
    assert "#cc0000" in {seen.pixelColor(x, 10).name() for x in range(COLUMN)}


def test_a_picture_is_decoded_before_it_is_seen(qtbot: QtBot, show: Show) -> None:
    page = show(*[plain("#3366CC", 300, 300)] * 9)
    page.settle(qtbot)
    before = page.pictures.cached_bytes

    page.pictures.expect(page.document(), 8, 9, 1.0)

    qtbot.waitUntil(lambda: page.pictures.cached_bytes == before + 300 * 300 * 4)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture at all",
        b"<svg",
        b"<svg width='300' height='90'><g></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 64,
        claiming(60_000, 60_000),
        plain("#3366CC", 300, 300)[:100],
        plain("#3366CC", 300, 300, "JPEG")[:700],
        b"<svg width='1e99' height='5'/>",
        b"<svg viewBox='0 0 0 0'/>",
    ],
)
@pytest.mark.filterwarnings("ignore")
def test_a_picture_that_cannot_be_read_leaves_a_frame_with_its_words(
    qtbot: QtBot, show: Show, theme: Theme, data: bytes
) -> None:
    seen = show(data, words="What it shows").settle(qtbot)

    muted = QColor(theme.muted)
    letters = [
        (x, y)
        for x in range(100, 300)
        for y in range(seen.height() // 2)
        if abs(seen.pixelColor(x, y).lightness() - muted.lightness()) < 12
    ]
    assert len(letters) > 20


def test_a_picture_that_is_missing_leaves_a_frame_that_holds_all_its_words(show: Show) -> None:
    page = show(b"", words="A long description of what is not there. " * 12)

    (height,) = page.heights()

    assert 100 < height <= 220


def test_a_picture_is_never_wider_than_the_column(show: Show) -> None:
    page = show(DRAWING, plain("#3366CC", 2000, 100))

    page.resize(220, 500)

    assert page.document().size().width() <= page.viewport().width()


@pytest.mark.parametrize(
    ("look", "colour", "grounded"),
    [("dark", "#000000", True), ("dark", "#ffffff", False), ("light", "#000000", False), ("light", "#ffffff", True)],
)
def test_a_transparent_picture_gets_a_ground_where_it_could_not_be_seen(
    qtbot: QtBot, show: Show, look: str, colour: str, grounded: bool
) -> None:
    theme = themes.load(look)
    image = QImage(200, 100, QImage.Format.Format_ARGB32)
    image.fill(QColor(0, 0, 0, 0))
    for x in range(200):
        image.setPixelColor(x, 50, QColor(colour))

    seen = show(encoded(image), look=theme).settle(qtbot)

    assert (seen.pixelColor(COLUMN // 2, 20).name() == theme.text.lower()) is grounded


def test_an_upright_photograph_has_its_height(show: Show) -> None:
    jpeg = plain("#3366CC", 200, 100, "JPEG")
    turned = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"  # orientation 6
    jpeg = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(turned) + 2) + turned + jpeg[2:]

    (height,) = show(jpeg).heights()

    assert height >= 200


def test_on_paper_a_drawing_stays_a_drawing(theme: Theme, tmp_path: Path) -> None:
    page = Page(theme, {"a": resource("a", DRAWING)}, ("a",), "")
    printed = Pictures(page, theme, at_once=True)
    printed.show_resources({"a": resource("a", DRAWING)}, theme)
    page.document().documentLayout().unregisterHandler(PICTURE)
    page.document().documentLayout().registerHandler(PICTURE, printed)
    page.document().setTextWidth(COLUMN)
    file = tmp_path / "paper.pdf"
    writer = QPdfWriter(str(file))
    painter = QPainter(writer)

    page.document().drawContents(painter)
    painter.end()

    assert b"/Subtype /Image" not in file.read_bytes()


def test_a_line_that_would_vanish_is_still_drawn(qtbot: QtBot, show: Show) -> None:
    seen = show(SHORT_LINE, look=themes.load("dark")).settle(qtbot)

    assert seen.pixelColor(COLUMN // 2, 40).lightness() < 120 < seen.pixelColor(COLUMN // 2, 15).lightness()
