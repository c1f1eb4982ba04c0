"""Covers set from type."""

from __future__ import annotations

from itertools import product
from uuid import UUID

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from reader.theme import NAMES, Theme, contrast, load
from reader.ui.look.oklch import srgb
from reader.ui.look.palette import colour
from reader.ui.shelf.covers import HUES, LARGE_RADIUS, cover, cover_of, paint_cover
from reader.ui.shelf.drawings import DRAWINGS

UUIDS = [str(UUID(int=number * 2**64 + 1)) for number in range(400)]


def painted(theme: Theme, title: str, size: tuple[int, int] = (84, 116), uuid: str = UUIDS[0]) -> QImage:
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(colour(theme.page))
    painter = QPainter(image)
    paint_cover(painter, theme, QRectF(0, 0, *size), uuid, title, "en")
    painter.end()
    return image


@pytest.mark.parametrize(("name", "hue", "pale"), list(product(NAMES, HUES, (False, True))))
def test_letters_can_be_read_on_every_cover_and_on_what_is_drawn_on_it(name: str, hue: int, pale: bool) -> None:
    made = cover(name, hue, pale=pale, drawing=0)

    assert min(contrast(made.ink, made.field), contrast(made.ink, made.shade)) >= 4.5


@pytest.mark.parametrize(("hue", "pale"), list(product(HUES, (False, True))))
def test_on_the_theme_of_high_contrast_letters_stand_out_more(hue: int, pale: bool) -> None:
    made = cover("contrast", hue, pale=pale, drawing=0)

    assert min(contrast(made.ink, made.field), contrast(made.ink, made.shade)) >= 7


@pytest.mark.parametrize(("name", "hue", "pale"), list(product(NAMES, HUES, (False, True))))
def test_a_cover_can_be_told_from_the_page(name: str, hue: int, pale: bool) -> None:
    theme = load(name)
    made = cover(name, hue, pale=pale, drawing=0)

    assert contrast(made.edge or made.field, theme.page) >= 1.4


@pytest.mark.parametrize(("name", "hue", "pale"), list(product(NAMES, HUES, (False, True))))
def test_no_cover_is_taken_for_the_accent(name: str, hue: int, pale: bool) -> None:
    accent = colour(load(name).accent)

    field = colour(cover(name, hue, pale=pale, drawing=0).field)

    apart = (accent.red() - field.red(), accent.green() - field.green(), accent.blue() - field.blue())
    assert sum(channel**2 for channel in apart) ** 0.5 >= 40


def test_a_reading_keeps_its_cover() -> None:
    assert cover_of(UUIDS[3], "light") == cover_of(UUIDS[3], "light")
    assert cover_of(UUIDS[3], "light").drawing == cover_of(UUIDS[3], "dark").drawing


def test_many_readings_use_all_hues_and_drawings_about_alike() -> None:
    made = [cover_of(uuid, "light") for uuid in UUIDS]

    assert len({one.field for one in made}) == 2 * len(HUES)
    for drawing in DRAWINGS:
        assert 20 <= sum(one.drawing is drawing for one in made) <= 80
    assert 40 <= sum(bool(one.edge) for one in made) <= 120


@pytest.mark.parametrize("name", NAMES)
def test_the_corners_of_a_cover_are_round(qapp: object, name: str) -> None:
    theme = load(name)

    for number in range(40):
        image = painted(theme, "Ferries", uuid=UUIDS[number])
        edge = colour(cover_of(UUIDS[number], name).edge or cover_of(UUIDS[number], name).field).lightness()
        corners = [image.pixelColor(x, y).lightness() for x in (0, 83) for y in (0, 115)]
        page = colour(theme.page).lightness()
        assert all(abs(corner - page) < abs(corner - edge) or abs(page - edge) < 20 for corner in corners)
    assert LARGE_RADIUS == 3.0


@pytest.mark.parametrize(
    "title",
    ["", "The Ferry", "Donaudampfschifffahrtsgesellschaft", "تاریخ انقلاب روسیه", "word " * 2000, "<b>Bold</b>\n\x00"],
)
@pytest.mark.parametrize("size", [(84, 116), (34, 46)])
def test_any_title_gives_a_cover(qapp: object, theme: Theme, title: str, size: tuple[int, int]) -> None:
    for number in range(len(DRAWINGS) * 4):
        image = painted(theme, title, size, UUIDS[number])

        assert image.pixelColor(size[0] // 2, size[1] // 2).name() != theme.page.lower()


def test_a_title_that_reads_leftwards_has_a_mirrored_cover(qapp: object, theme: Theme) -> None:
    slope = next(uuid for uuid in UUIDS if cover_of(uuid, "light").drawing is DRAWINGS[4])
    shade = cover_of(slope, "light").shade.lower()

    usual, mirrored = painted(theme, "T", uuid=slope), painted(theme, "ت", uuid=slope)

    assert (usual.pixelColor(78, 76).name() == shade, usual.pixelColor(6, 76).name() == shade) == (True, False)
    assert (mirrored.pixelColor(78, 76).name() == shade, mirrored.pixelColor(6, 76).name() == shade) == (False, True)


@pytest.mark.parametrize(
    ("oklch", "rgb"),
    [((1.0, 0.0, 0), "#FFFFFF"), ((0.0, 0.0, 0), "#000000"), ((0.628, 0.2577, 29.23), "#FF0000")],
)
def test_colours_are_those_of_oklch(oklch: tuple[float, float, float], rgb: str) -> None:
    assert srgb(*oklch) == rgb
