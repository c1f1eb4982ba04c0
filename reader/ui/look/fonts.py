"""The typefaces that come with the program, and fonts made of them."""

from __future__ import annotations

import logging
from functools import cache

from msgspec import Struct
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
    "Inter-SemiBold",
)
_FALLBACKS = {SERIF: "Noto Serif", SERIF_SMALL: "Noto Serif", SERIF_DISPLAY: "Noto Serif", LEGIBLE: SANS}


_STEMS = {"sans": "Inter", "legible": "AtkinsonNext"}
_loaded: set[str] = set()


def load_first() -> None:
    """Register the faces that the first frame needs."""
    _register(_FIRST)


def load_for(name: str) -> None:
    """Register what one of the program's own faces needs, if it is not the serif; nothing twice."""
    if name in _STEMS:
        _register(_stems(f"{_STEMS[name]}-*.ttf"))


def load_rest() -> None:
    """Register the other faces; call it after the first paint."""
    _register(_stems("*.ttf"))


def _stems(pattern: str) -> list[str]:
    return sorted(path.stem for path in (resources() / "fonts").glob(pattern))


def _register(stems: tuple[str, ...] | list[str]) -> None:
    folder = resources() / "fonts"
    for stem in stems:
        if stem in _loaded:
            continue
        _loaded.add(stem)
        if QFontDatabase.addApplicationFont(str(folder / f"{stem}.ttf")) < 0:
            log.warning("the typeface %s could not be loaded", stem)


class Face(Struct, frozen=True):
    """The families of one face by their use, and how large it is set to look as large as the others.

    ``features`` are OpenType tags for running text: text figures, where the face has them.
    """

    text: str
    small: str
    display: str
    optical: float = 1.0
    features: tuple[str, ...] = ()


_FACES = {
    "serif": Face(SERIF, SERIF_SMALL, SERIF_DISPLAY, features=("onum",)),
    # At 0.94 Inter has the letters and the lines of Source Serif: 67 of them in 31 em.
    "sans": Face(SANS, SANS, SANS, 0.94),
    "legible": Face(LEGIBLE, LEGIBLE, LEGIBLE),
}


@cache
def face(name: str) -> Face:
    """Return one of the program's own faces (``serif``, ``sans``, ``legible``) or a family of the system's."""
    return _FACES.get(name) or Face(name, name, name, features=("onum",))


def font(
    family: str,
    pixels: float,
    weight: int = 400,
    *,
    italic: bool = False,
    features: tuple[str, ...] = (),
    letter_spacing: float = 0.0,
    word_spacing: float = 0.0,
) -> QFont:
    """Return a font; ``features`` are OpenType tags that are switched on (``onum``, ``sups``), spacings are px."""
    made = QFont(_families(family))
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(QFont.Weight(weight))
    made.setItalic(italic)
    # Widths that are the same at every scale: a line breaks alike at 100 % and 200 %.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in features:
        made.setFeature(QFont.Tag(feature), 1)
    if letter_spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, letter_spacing)
    if word_spacing:
        made.setWordSpacing(word_spacing)
    return made


def _families(family: str) -> list[str]:
    """Return a family and what stands in for letters that it has not, or for all of it where it is gone."""
    if family in _FALLBACKS:
        return [family, _FALLBACKS[family]]
    return [family] if family in _WITHOUT_FALLBACK else [family, SERIF, "Noto Serif"]


_WITHOUT_FALLBACK = (SANS, "monospace")
_SAMPLE = "the quick brown fox jumps over the lazy dog while it sleeps in the sun by the mill"


@cache
def relative_width(family: str) -> float:
    """Return how wide the letters of a family are, as a share of those of Source Serif 4."""
    from PySide6.QtGui import QFontMetricsF  # few choose a face of the system's

    widths = [QFontMetricsF(font(each, 100)).horizontalAdvance(_SAMPLE) for each in (family, SERIF)]
    return widths[0] / widths[1] if all(widths) else 1.0


def has_superior_figures(family: str) -> bool:
    """Say whether a face has superior figures of its own (OpenType ``sups``) for certain.

    Of the system's faces some name the feature and have no such figures.
    """
    return family.startswith(SERIF) or family == SANS


def interface(pixels: float = 13, weight: int = 400, *, features: tuple[str, ...] = ()) -> QFont:
    """Return the font of bars, panes and dialogs."""
    return font(SANS, pixels, weight, features=features)
