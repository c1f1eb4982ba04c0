"""The one place where a theme becomes Qt colours and the style sheet."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from msgspec import structs
from PySide6.QtGui import QColor, QPalette

from reader.paths import resources

if TYPE_CHECKING:
    from reader.theme import Theme


def colour(value: str) -> QColor:
    """Return a theme's colour; ``#RRGGBBAA`` has its opacity last, unlike Qt's own notation."""
    made = QColor(value[:7])
    if len(value) == 9:
        made.setAlpha(int(value[7:], 16))
    return made


def mix(one: str, other: str, share: float) -> str:
    """Return ``one`` moved towards ``other`` by ``share`` (0 to 1)."""
    first, second = QColor(one), QColor(other)
    parts = (
        round(a + (b - a) * share)
        for a, b in zip(
            (first.red(), first.green(), first.blue()), (second.red(), second.green(), second.blue()), strict=True
        )
    )
    return QColor(*parts).name()


def build_palette(theme: Theme) -> QPalette:
    """Return what Qt's own controls take their colours from."""
    role = QPalette.ColorRole
    made = QPalette()
    for key, value in (
        (role.Window, theme.background),
        (role.WindowText, theme.ui_text),
        (role.Base, theme.page),
        (role.AlternateBase, theme.background),
        (role.Text, theme.text),
        (role.Button, theme.raised),
        (role.ButtonText, theme.ui_text),
        (role.BrightText, theme.danger),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.text),
        (role.PlaceholderText, theme.muted),
        (role.Link, theme.link),
        (role.LinkVisited, theme.link),
        (role.ToolTipBase, theme.popup),
        (role.ToolTipText, theme.text),
        (role.Accent, theme.accent),
        (role.Light, theme.raised),
        (role.Midlight, theme.hover),
        (role.Mid, theme.rule),
        (role.Dark, theme.rule_strong),
        (role.Shadow, theme.rule_strong),
    ):
        made.setColor(key, colour(value))
    for key in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, colour(mix(theme.muted, theme.background, 0.45)))
    return made


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the flat controls; what it cannot do is painted by the widgets."""
    template = (resources() / "themes" / "controls.qss").read_text(encoding="utf-8")
    return Template(template).substitute(
        structs.asdict(theme),
        thumb=mix(theme.muted, theme.background, 0.45),
        faint=mix(theme.muted, theme.background, 0.35),
        primary_hover=mix(theme.accent, theme.text, 0.18),
        segment=theme.pressed if theme.dark else theme.raised,
        # On a dark popup the hover of bars cannot be told from the popup itself.
        menu_hover=mix(theme.popup, theme.text, 0.14) if theme.dark else theme.hover,
        # Style sheets cannot colour a picture: each theme has its own.
        check=(resources() / "themes" / f"{theme.name}-check.svg").as_posix(),
    )
