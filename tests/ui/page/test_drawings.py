"""Drawings are safe, and their size is known from their first bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from reader.article.model import Resource
from reader.theme import Theme
from reader.ui.page import decoding, drawings

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">{}</svg>'


def size(text: str) -> tuple[float, float, bool] | None:
    found = drawings.size_of(text.encode())
    return None if found is None else (round(found[0].width(), 2), round(found[0].height(), 2), found[1])


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ('<svg width="594" height="330" viewBox="0 0 1 1">', (594, 330, True)),
        ("<svg width='1in' height='2.54cm'>", (96, 96, True)),
        ('<svg viewBox="0 0 400 100">', (400, 100, False)),
        ('<svg viewBox="-5,-5,400,100" width="100%" height="100%">', (400, 100, False)),
        ('<svg viewBox="0 0 400 100" width="200">', (200, 50, True)),
        ('<!-- <svg width="1" height="1"> --><s:svg xmlns:s="x" width="20" height="10">', (20, 10, True)),
        ('<svg stroke-width="3" width="20" height="10">', (20, 10, True)),
        ("<svg>", None),
        ('<svg width="0" height="0">', None),
        ('<svg viewBox="a b c d">', None),
        ("text", None),
    ],
)
def test_the_size_is_read_from_the_root(root: str, expected: tuple[float, float, bool] | None) -> None:
    assert size(root) == expected


def decoded(svg: str, theme: Theme) -> QImage:
    result = decoding.decode(Resource("a", "image/svg+xml", svg.encode()), QSize(10, 10), theme)
    assert result is not None
    return result.image


@pytest.fixture
def red(tmp_path: Path) -> Path:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("#ff0000"))
    file = tmp_path / "red.png"
    assert image.save(str(file))
    return file


@pytest.mark.parametrize("form", ["{}", "file://{}", "FILE://{}", " {}"])
@pytest.mark.parametrize("name", ["href", "xlink:href", "xlink:href ="])
def test_a_drawing_opens_no_file(theme: Theme, red: Path, form: str, name: str) -> None:
    address = form.format(red)
    attribute = f'{name}"{address}"' if name.endswith("=") else f'{name}="{address}"'

    image = decoded(SVG.format(f'<image {attribute} width="10" height="10"/>'), theme)

    assert image.pixelColor(5, 5).alpha() == 0


def test_a_drawing_obeys_no_style_sheet_of_a_file(theme: Theme, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.css"
    sheet.write_text("rect { fill: #ff0000 }")

    image = decoded(f'<?xml-stylesheet href="{sheet}"?>' + SVG.format('<rect width="10" height="10"/>'), theme)

    assert image.pixelColor(5, 5).name() == "#000000"


def test_a_drawing_has_no_entities(theme: Theme, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("<rect width='10' height='10' fill='#ff0000'/>")
    data = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "{secret}">]>' + SVG.format("<g>&x;</g>")

    assert decoding.decode(Resource("a", "image/svg+xml", data.encode()), QSize(10, 10), theme) is None


def test_a_picture_carried_in_a_drawing_is_shown(theme: Theme, red: Path) -> None:
    import base64

    carried = base64.b64encode(red.read_bytes()).decode()

    image = decoded(SVG.format(f'<image xlink:href="data:image/png;base64,{carried}" width="10" height="10"/>'), theme)

    assert image.pixelColor(5, 5).name() == "#ff0000"


def test_a_drawing_within_a_drawing_is_not(theme: Theme, red: Path) -> None:
    import base64

    inner = SVG.format(f'<image xlink:href="{red}" width="10" height="10"/>')
    carried = base64.b64encode(inner.encode()).decode()

    image = decoded(SVG.format(f'<image xlink:href="data:image/png;base64,{carried}" width="10" height="10"/>'), theme)

    assert image.pixelColor(5, 5).alpha() == 0


def test_names_within_the_drawing_are_kept(theme: Theme) -> None:
    svg = SVG.format('<defs><rect id="r" width="10" height="10" fill="#ff0000"/></defs><use xlink:href="#r"/>')

    assert decoded(svg, theme).pixelColor(5, 5).name() == "#ff0000"
