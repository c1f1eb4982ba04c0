from __future__ import annotations

import pytest
from msgspec import structs

from reader.settings import Settings
from reader.ui.paper.sheet import MARGINS, SIZES_MM, TYPE_SIZES, Choices, as_settings, from_settings, lay_out


def test_a_sheet_of_a4_has_its_size_in_tenths_of_a_point() -> None:
    sheet = lay_out(Choices(size="A4"))

    assert (sheet.width, sheet.height) == (5953, 8419)


def test_the_text_is_a_whole_number_of_lines_high() -> None:
    sheet = lay_out(Choices())

    assert sheet.text_height % sheet.line == 0


def test_a_wide_margin_is_at_the_right_and_a_fifth_of_the_sheet_at_least() -> None:
    sheet = lay_out(Choices(wide_margin=True))

    assert sheet.width - sheet.left - sheet.text_width > sheet.width / 5
    assert sheet.left < lay_out(Choices()).left


@pytest.mark.parametrize("size", SIZES_MM)
@pytest.mark.parametrize("margins", MARGINS)
@pytest.mark.parametrize("type_size", (TYPE_SIZES[0], TYPE_SIZES[-1]))
def test_head_text_and_foot_stand_within_every_sheet(size: str, margins: str, type_size: float) -> None:
    sheet = lay_out(Choices(size=size, margins=margins, type_size=type_size, wide_margin=True))

    assert 0 < sheet.head - sheet.em < sheet.top
    assert sheet.top + sheet.text_height < sheet.foot < sheet.height
    assert sheet.text_width > 8 * sheet.em


def test_what_means_nothing_is_as_if_it_were_not_chosen() -> None:
    chosen = Choices(size="A12", margins="none", type_size=900, notes="nowhere").usable()

    assert chosen == Choices(type_size=22)


def test_what_was_chosen_comes_back_from_the_settings() -> None:
    chosen = Choices("A5", "narrow", 9.5, False, False, "end", True, True, True)

    settings = structs_of(as_settings(chosen))

    assert from_settings(settings) == chosen
    assert from_settings(Settings()) == Choices()


def structs_of(values: dict[str, object]) -> Settings:
    return Settings(**values)  # type: ignore[arg-type]


def test_every_choice_is_remembered() -> None:
    assert len(as_settings(Choices())) == len(structs.fields(Choices))
