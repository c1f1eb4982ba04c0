"""The typefaces that come with the program, and fonts made of them."""

from __future__ import annotations

import logging

from PySide6.QtGui import QFont, QFontDatabase

from reader.paths import resources

log = logging.getLogger(__name__)

SERIF = "Source Serif 4"
SERIF_SMALL = "Source Serif 4 SmText"
SERIF_DISPLAY = "Source Serif 4 Display"
SANS = "Inter"
LEGIBLE = "Atkinson Hyperlegible Next"

# What the first frame shows, but for a bold italic or a word in ancient Greek, which come with the rest.
_FIRST = (
    "SourceSerif4-Regular",
    "SourceSerif4-It",
    "SourceSerif4-Semibold",
    "SourceSerif4SmText-Regular",
    "SourceSerif4SmText-It",
    "SourceSerif4Display-Semibold",
    "Inter-Regular",
    "Inter-Medium",
    "Inter-SemiBold",
)
_FALLBACKS = {SERIF: "Noto Serif", SERIF_SMALL: "Noto Serif", SERIF_DISPLAY: "Noto Serif", LEGIBLE: SANS}


def load_first() -> None:
    """Register the faces that the first frame needs."""
    _register(_FIRST)


def load_rest() -> None:
    """Register the other faces; call it after the first paint."""
    _register(sorted(path.stem for path in (resources() / "fonts").glob("*.ttf") if path.stem not in _FIRST))


def _register(stems: tuple[str, ...] | list[str]) -> None:
    folder = resources() / "fonts"
    for stem in stems:
        if QFontDatabase.addApplicationFont(str(folder / f"{stem}.ttf")) < 0:
            log.warning("the typeface %s could not be loaded", stem)


def font(
    family: str, pixels: float, weight: int = 400, *, italic: bool = False, features: tuple[str, ...] = ()
) -> QFont:
    """Return a font; ``features`` are OpenType tags that are switched on (``onum``, ``sups``)."""
    made = QFont([family, _FALLBACKS[family]] if family in _FALLBACKS else [family])
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    # Widths that are the same at every scale: a line breaks alike at 100 % and 200 %.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in features:
        made.setFeature(QFont.Tag(feature), 1)
    return made


def interface(pixels: float = 13, weight: int = 400, *, features: tuple[str, ...] = ()) -> QFont:
    """Return the font of bars, panes and dialogs."""
    return font(SANS, pixels, weight, features=features)
