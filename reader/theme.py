"""Themes: every colour that the window shows, by the name of its use."""

from __future__ import annotations

import tomllib
from pathlib import Path

from msgspec import Struct

from reader.paths import resources

NAMES = ("light", "sepia", "dark", "contrast")


class Theme(Struct, frozen=True):
    """Colours as ``#RRGGBB``; ``scrim`` alone as ``#RRGGBBAA``."""

    name: str
    dark: bool
    background: str
    page: str
    raised: str
    text: str
    ui_text: str
    muted: str
    rule: str
    rule_strong: str
    accent: str
    on_accent: str
    accent_tint: str
    link: str
    hover: str
    pressed: str
    selection: str
    focus: str
    hl_yellow: str
    hl_green: str
    hl_blue: str
    hl_orange: str
    hl_violet: str
    hit: str
    hit_line: str
    hit_current: str
    on_hit_current: str
    hit_current_line: str
    popup: str
    popup_rule: str
    scrim: str
    danger: str


def load(name: str, folder: Path | None = None) -> Theme:
    """Return a theme by name.

    Raises:
        FileNotFoundError: there is no such theme.
        ValueError: its file lacks a colour, or has one too many.
    """
    path = (folder or resources() / "themes") / f"{name}.toml"
    with path.open("rb") as file:
        table = tomllib.load(file)
    colours: dict[str, str] = table["colours"]
    wanted = set(Theme.__struct_fields__) - {"name", "dark"}
    if wanted != colours.keys():
        raise ValueError(f"{path.name}: {sorted(wanted ^ colours.keys())}")
    return Theme(name=table["name"], dark=table["dark"], **colours)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
