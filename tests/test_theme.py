"""Themes can be read by people with weak eyes."""

from __future__ import annotations

import pytest

from reader import theme
from reader.theme import contrast

HIGHLIGHTS = tuple(f"hl_{colour}" for colour in ("yellow", "green", "blue", "orange", "violet"))
GROUNDS = ("page", "raised", "popup", "background")
TEXTS = [*(("text", ground) for ground in GROUNDS), ("on_hit_current", "hit_current")]
TEXT_ON_TINTS = [("text", ground) for ground in ("hit", "selection", "accent_tint", *HIGHLIGHTS)]
LINKS = [("link", ground) for ground in ("page", "popup", "raised", "hit", "selection", *HIGHLIGHTS)]
CHROME = [
    *(("ui_text", ground) for ground in (*GROUNDS, "hover", "pressed")),
    *(("muted", ground) for ground in (*GROUNDS, "hover")),
    *(("accent", ground) for ground in (*GROUNDS, "hover", "accent_tint")),
    *(("danger", ground) for ground in GROUNDS),
    ("on_accent", "accent"),
]
EDGES = [
    *(("focus", ground) for ground in (*GROUNDS, "hover", "pressed", "accent_tint")),
    *(("rule_strong", ground) for ground in ("page", "raised", "background")),
    *(("hit_line", ground) for ground in ("page", "hit")),
    ("hit_current_line", "page"),
]


@pytest.mark.parametrize("name", theme.NAMES)
@pytest.mark.parametrize(("front", "back"), TEXTS)
def test_text_has_a_contrast_of_seven(name: str, front: str, back: str) -> None:
    colours = theme.load(name)

    ratio = contrast(getattr(colours, front), getattr(colours, back))

    assert ratio >= 7


@pytest.mark.parametrize("name", theme.NAMES)
@pytest.mark.parametrize(("front", "back"), TEXT_ON_TINTS + LINKS + CHROME)
def test_links_and_labels_have_a_contrast_of_four_and_a_half(name: str, front: str, back: str) -> None:
    colours = theme.load(name)

    ratio = contrast(getattr(colours, front), getattr(colours, back))

    assert ratio >= 4.5


@pytest.mark.parametrize("name", theme.NAMES)
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_that_must_be_seen_have_a_contrast_of_three(name: str, front: str, back: str) -> None:
    colours = theme.load(name)

    ratio = contrast(getattr(colours, front), getattr(colours, back))

    assert ratio >= 3


def test_a_theme_that_lacks_a_colour_is_refused(tmp_path) -> None:
    (tmp_path / "poor.toml").write_text('name = "poor"\ndark = false\n[colours]\npage = "#FFFFFF"\n')

    with pytest.raises(ValueError, match=r"poor\.toml"):
        theme.load("poor", tmp_path)


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
