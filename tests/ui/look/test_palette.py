"""Themes as Qt sees them."""

from __future__ import annotations

import re

import pytest

from reader.paths import resources
from reader.theme import NAMES, contrast, load
from reader.ui.look.palette import style_sheet


@pytest.mark.parametrize("name", NAMES)
def test_the_style_sheet_names_every_colour(name: str) -> None:
    assert "$" not in style_sheet(load(name))


@pytest.mark.parametrize("name", NAMES)
def test_no_rule_sets_the_font_of_everything(name: str) -> None:
    sheet = re.sub(r"/\*.*?\*/", "", style_sheet(load(name)), flags=re.DOTALL)

    assert not re.search(r"(^|[\s,}])\*", sheet)
    assert "font" not in sheet


@pytest.mark.parametrize("name", NAMES)
def test_the_check_in_a_menu_has_the_colour_of_its_words(name: str) -> None:
    picture = (resources() / "themes" / f"{name}-check.svg").read_text(encoding="utf-8")

    assert f'stroke="{load(name).ui_text}"' in picture


@pytest.mark.parametrize("name", NAMES)
def test_the_chosen_item_of_a_menu_stands_out(name: str) -> None:
    theme = load(name)
    rule = re.search(r"QMenu::item:selected \{ background: (#\w{6})", style_sheet(theme))

    assert rule is not None
    assert contrast(rule[1], theme.popup) >= 1.15
    assert contrast(theme.text, rule[1]) >= 7
