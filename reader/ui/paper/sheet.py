"""The sheet: what a person chooses for paper, and the lengths that follow from it.

All lengths here and in the rest of this package are tenths of a point, so that a page of A4 is
5,953 wide: fine enough for whole numbers, and what PDF calls 720 dots an inch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, structs

if TYPE_CHECKING:
    from reader.settings import Settings

UNITS_AN_INCH = 720
_MM = UNITS_AN_INCH / 25.4

SIZES_MM = {
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "B5": (176.0, 250.0),
    "A3": (297.0, 420.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
}
MARGINS = {"narrow": 0.085, "usual": 0.135, "generous": 0.18}
"""At the sides, as shares of the sheet's width."""
TYPE_SIZES = (8.0, 9.0, 9.5, 10.0, 10.5, 11.0, 12.0, 13.0, 14.0, 16.0, 18.0, 22.0)
"""Points."""
PLACES_OF_NOTES = ("foot", "end")

TOP_SHARE = 1.05  # of the margin at the side
BOTTOM_SHARE = 1.2
MOST_TOP_MM = 32
REMARKS_SHARE = 0.24  # of the sheet's width, kept free for remarks
BESIDE_REMARKS_SHARE = 0.75  # of the usual margin, on the other side
HEAD_EM = 2.4  # from the text up to the line of the running head
NUMBER_EM = 2.6  # from the text down to the line of the page number
NOTES_RULE_EM = 1.5  # what parts the notes from the text
LEADING = 1.42


class Choices(Struct, frozen=True):
    """What a person chooses: see ``SIZES_MM``, ``MARGINS``, ``PLACES_OF_NOTES``; ``type_size`` in points."""

    size: str = "A4"
    margins: str = "usual"
    type_size: float = 11.0
    running_heads: bool = True
    page_numbers: bool = True
    notes: str = "foot"
    line_numbers: bool = False
    paragraph_numbers: bool = False
    wide_margin: bool = False

    def usable(self) -> Choices:
        """Return the same, with what means nothing as if it were not chosen."""
        usual = Choices()
        return structs.replace(
            self,
            size=self.size if self.size in SIZES_MM else usual.size,
            margins=self.margins if self.margins in MARGINS else usual.margins,
            type_size=min(max(self.type_size, TYPE_SIZES[0]), TYPE_SIZES[-1]),
            notes=self.notes if self.notes in PLACES_OF_NOTES else usual.notes,
        )


class Sheet(Struct, frozen=True):
    """Where everything stands on a sheet. ``em`` is the size of the type, ``line`` the height of its lines."""

    width: int
    height: int
    left: int
    top: int
    text_width: int
    text_height: int
    em: int
    line: int
    choices: Choices

    @property
    def head(self) -> float:
        """The baseline of the running head."""
        return self.top - HEAD_EM * self.em

    @property
    def foot(self) -> float:
        """The baseline of the page number."""
        return self.top + self.text_height + NUMBER_EM * self.em

    @property
    def notes_rule(self) -> float:
        """How much of the height parts the notes from the text."""
        return NOTES_RULE_EM * self.em


def lay_out(choices: Choices) -> Sheet:
    """Return the sheet that follows from what was chosen."""
    choices = choices.usable()
    width, height = (round(side * _MM) for side in SIZES_MM[choices.size])
    em = round(choices.type_size * 10)
    line = round(em * LEADING)
    side = round(width * MARGINS[choices.margins])
    left = right = side
    if choices.wide_margin:
        left = round(side * BESIDE_REMARKS_SHARE)
        right = left + round(width * REMARKS_SHARE)
    top = round(min(side * TOP_SHARE, MOST_TOP_MM * _MM))
    if choices.running_heads:
        top = max(top, round(em * (HEAD_EM + 2.2)))
    bottom = round(min(side * BOTTOM_SHARE, MOST_TOP_MM * _MM * BOTTOM_SHARE))
    if choices.page_numbers:
        bottom = max(bottom, round(em * (NUMBER_EM + 2.0)))
    # Whole lines: what is full ends at the same height on every page.
    lines = max(4, (height - top - bottom) // line)
    return Sheet(width, height, left, top, width - left - right, lines * line, em, line, choices)


def from_settings(settings: Settings, usual: str = Choices().size) -> Choices:
    """Return what was chosen last; the size of the paper may never have been."""
    return Choices(
        settings.paper_size or usual,
        settings.paper_margins,
        settings.paper_type_size,
        settings.paper_heads,
        settings.paper_page_numbers,
        settings.paper_notes,
        settings.paper_line_numbers,
        settings.paper_paragraph_numbers,
        settings.paper_wide_margin,
    ).usable()


def as_settings(choices: Choices) -> dict[str, object]:
    """Return what the settings keep of it, by their names."""
    return {
        "paper_size": choices.size,
        "paper_margins": choices.margins,
        "paper_type_size": choices.type_size,
        "paper_heads": choices.running_heads,
        "paper_page_numbers": choices.page_numbers,
        "paper_notes": choices.notes,
        "paper_line_numbers": choices.line_numbers,
        "paper_paragraph_numbers": choices.paragraph_numbers,
        "paper_wide_margin": choices.wide_margin,
    }
