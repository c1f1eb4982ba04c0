"""What a person can choose about the type of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct, structs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reader.settings import Settings

N = TypeVar("N", int, float)

SIZES = (14, 15, 16, 17, 18, 20, 22, 24, 28, 32, 36, 42, 48)
DEFAULT_SIZE = 18
FACES = ("serif", "sans", "legible")
"""The faces that the program brings; any other name is a family of the system's."""
LINE_HEIGHTS = (1.2, 2.2)
LINE_HEIGHT = 1.55
MEASURES_EM = (24, 40)
MEASURE_EM = 31
"""About 67 letters of Source Serif 4."""
LETTERS_AN_EM = 67 / MEASURE_EM
LETTER_SPACINGS = (0.0, 0.16)
"""em; 0.12 is what WCAG 1.4.12 asks to be possible."""
WORD_SPACINGS = (0.0, 0.6)
"""em; WCAG 1.4.12 asks for 0.16."""
PARAGRAPHS = ("space", "indent")


class Typography(Struct, frozen=True, omit_defaults=True):
    """How the text is set: ``size`` in px, ``measure_em`` in em of Source Serif 4, spacings in em.

    ``paragraphs`` is one of ``PARAGRAPHS``: what tells one from the next.
    """

    size: int = DEFAULT_SIZE
    face: str = FACES[0]
    line_height: float = LINE_HEIGHT
    measure_em: int = MEASURE_EM
    paragraphs: str = PARAGRAPHS[0]
    justified: bool = False
    hyphenated: bool = False
    letter_spacing: float = 0.0
    word_spacing: float = 0.0

    def larger(self) -> Typography:
        return structs.replace(self, size=next((size for size in SIZES if size > self.size), SIZES[-1]))

    def smaller(self) -> Typography:
        return structs.replace(self, size=next((size for size in reversed(SIZES) if size < self.size), SIZES[0]))

    def usual_size(self) -> Typography:
        return structs.replace(self, size=DEFAULT_SIZE)

    def within_limits(self) -> Typography:
        """Return the same with every length in its range, and words that mean nothing as if not set."""
        return structs.replace(
            self,
            size=_within(self.size, (SIZES[0], SIZES[-1])),
            face=self.face.strip() or FACES[0],
            line_height=_within(self.line_height, LINE_HEIGHTS),
            measure_em=_within(self.measure_em, MEASURES_EM),
            paragraphs=self.paragraphs if self.paragraphs in PARAGRAPHS else PARAGRAPHS[0],
            letter_spacing=_within(self.letter_spacing, LETTER_SPACINGS),
            word_spacing=_within(self.word_spacing, WORD_SPACINGS),
        )

    @property
    def letters(self) -> int:
        """How many letters a line holds, about."""
        return round(self.measure_em * LETTERS_AN_EM)

    @property
    def measure(self) -> int:
        """The width of the column, px: as many letters in every face, however they are spaced."""
        width = self.measure_em * self.size
        if self.face not in FACES:
            from reader.ui.look.fonts import relative_width  # asks the system for the face

            width = round(width * relative_width(self.face))
        return width + round(self.letters * self.letter_spacing * self.size)


def from_settings(settings: Settings) -> Typography:
    """Return what is set for all readings."""
    return Typography(
        settings.text_size,
        settings.text_face,
        settings.line_height,
        settings.text_measure,
        settings.text_paragraphs,
        settings.text_justified,
        settings.text_hyphenated,
        settings.letter_spacing,
        settings.word_spacing,
    ).within_limits()


CHOICE = "type"
"""The name under which the type of one reading alone is kept with it."""


def from_choices(choices: Mapping[str, Any]) -> Typography | None:
    """Return the type that was chosen for one reading alone; None where there is none that makes sense."""
    if CHOICE not in choices:
        return None
    try:
        return msgspec.convert(choices[CHOICE], Typography).within_limits()
    except msgspec.ValidationError:
        return None


def as_choice(typography: Typography) -> object:
    """Return what is kept with one reading: something that JSON can write."""
    return msgspec.to_builtins(typography)


def as_settings(typography: Typography) -> dict[str, object]:
    """Return what the settings keep of it, by their names."""
    return {
        "text_size": typography.size,
        "text_face": typography.face,
        "line_height": typography.line_height,
        "text_measure": typography.measure_em,
        "text_paragraphs": typography.paragraphs,
        "text_justified": typography.justified,
        "text_hyphenated": typography.hyphenated,
        "letter_spacing": typography.letter_spacing,
        "word_spacing": typography.word_spacing,
    }


def _within(value: N, limits: tuple[N, N]) -> N:
    return min(max(value, limits[0]), limits[1])
