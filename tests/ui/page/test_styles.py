"""How the choices of type set each kind of block."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontInfo, QRawFont
from pytestqt.qtbot import QtBot

from reader.article.model import Article, Block, BlockKind, Metadata, Note
from reader.article.text import CanonicalText
from reader.settings import Settings
from reader.theme import Theme
from reader.ui.look import fonts
from reader.ui.page.shapes import block_format, char_format, plain
from reader.ui.page.styles import SIZES, BlockStyle, StyleBook, Typography
from reader.ui.page.typography import FACES, as_settings, from_settings

PARAGRAPH = Block(BlockKind.PARAGRAPH, "Words.")
HEADING = Block(BlockKind.HEADING, "Title", level=2)
VERSE = Block(BlockKind.VERSE, "A line\nand another")
QUOTATION = Block(BlockKind.QUOTATION, "Said.", within=">")


@pytest.fixture(autouse=True)
def all_faces(qtbot: QtBot) -> None:
    fonts.load_rest()


def paragraph(theme: Theme, typography: Typography) -> BlockStyle:
    return StyleBook(theme, typography).block(PARAGRAPH)


def test_what_nobody_changed_is_set_in_18_on_28_with_67_letters_a_line(theme: Theme) -> None:
    style = paragraph(theme, Typography())

    assert (style.font.pixelSize(), style.line_height, style.below) == (18, 28, 14)
    assert (style.font.families()[0], style.justified, style.first) == ("Source Serif 4", False, 0)
    assert (Typography().measure, Typography().letters) == (558, 67)


def test_every_size_keeps_its_proportions(theme: Theme) -> None:
    heights = [paragraph(theme, Typography(size)).line_height for size in SIZES]

    assert heights == [22, 23, 25, 26, 28, 31, 34, 37, 44, 50, 56, 65, 75]


def test_the_largest_size_is_more_than_twice_the_usual_one() -> None:
    assert SIZES[-1] >= 2 * Typography().size


def test_the_line_height_is_a_share_of_the_size_and_headings_take_half_of_it(theme: Theme) -> None:
    wide = StyleBook(theme, Typography(line_height=2.0))

    assert wide.block(PARAGRAPH).line_height == 36
    assert wide.block(HEADING).line_height == 39


@pytest.mark.parametrize("face", FACES)
def test_each_face_has_figures_weights_and_italics_of_its_own(face: str) -> None:
    family = fonts.face(face).text
    shapes = [fonts.font(family, 40), fonts.font(family, 40, 600), fonts.font(family, 40, italic=True)]

    raw = [QRawFont.fromFont(font) for font in shapes]

    assert {each.familyName() for each in raw} == {family}
    assert raw[0].weight() < raw[1].weight()
    assert raw[2].style() is QFont.Style.StyleItalic
    assert all(each.supportsCharacter(ord(letter)) for each in raw for letter in "0123456789éßŁ½“—…")


def test_a_face_that_is_gone_is_set_in_the_serif(theme: Theme) -> None:
    style = paragraph(theme, Typography(face="A face that nobody has"))

    assert QFontInfo(style.font).family() == "Source Serif 4"


def test_every_face_has_as_many_letters_a_line(theme: Theme) -> None:
    widths = [Typography(face=face).measure for face in FACES]

    assert widths == [558, 558, 558]


def test_spaced_letters_make_the_column_wider_not_its_lines_shorter(theme: Theme) -> None:
    spaced = Typography(letter_spacing=0.1, word_spacing=0.3)
    style = paragraph(theme, spaced)

    assert (style.font.letterSpacing(), style.font.wordSpacing()) == (1.796875, 5.390625)  # Qt counts in 64ths
    assert spaced.measure == 558 + 121


# -- paragraphs ------------------------------------------------------------------------------------


def test_indented_paragraphs_stand_without_a_gap_but_for_the_last(theme: Theme) -> None:
    styles = StyleBook(theme, Typography(paragraphs="indent"))

    first = styles.block(PARAGRAPH, before=HEADING, after=PARAGRAPH)
    middle = styles.block(PARAGRAPH, before=PARAGRAPH, after=PARAGRAPH)
    last = styles.block(PARAGRAPH, before=PARAGRAPH, after=HEADING)

    assert [(each.first, each.below) for each in (first, middle, last)] == [(0, 0), (26, 0), (26, 14)]


def test_a_paragraph_after_a_quotation_begins_flush(theme: Theme) -> None:
    styles = StyleBook(theme, Typography(paragraphs="indent"))

    assert styles.block(PARAGRAPH, before=QUOTATION, after=PARAGRAPH).first == 0
    assert styles.block(QUOTATION, before=QUOTATION, after=PARAGRAPH).first == 25


def test_paragraphs_with_space_between_them_are_never_indented(theme: Theme) -> None:
    style = StyleBook(theme, Typography()).block(PARAGRAPH, before=PARAGRAPH, after=PARAGRAPH)

    assert (style.first, style.below) == (0, 14)


def test_where_a_passage_stands_tells_whether_it_is_indented(theme: Theme) -> None:
    note = Note("1", "1", (PARAGRAPH, PARAGRAPH))
    text = CanonicalText(Article(Metadata(), (HEADING, PARAGRAPH, PARAGRAPH), (note,)))
    styles = StyleBook(theme, Typography(paragraphs="indent"))

    found = [styles.block_at(text, index, text.passages[index], note=index > 2) for index in range(1, 5)]

    assert [(style.first, style.below) for style in found] == [(0, 0), (26, 14), (0, 8), (0, 8)]


# -- justification ---------------------------------------------------------------------------------


def test_running_text_is_justified_and_what_is_set_line_by_line_is_not(theme: Theme) -> None:
    styles = StyleBook(theme, Typography(justified=True))
    justified = Qt.AlignmentFlag.AlignJustify

    assert block_format(styles.block(PARAGRAPH)).alignment() == justified
    assert block_format(styles.block(QUOTATION)).alignment() == justified
    for block in (HEADING, VERSE, Block(BlockKind.TABLE_ROW, "a\tb"), Block(BlockKind.CAPTION, "Below")):
        assert block_format(styles.block(block)).alignment() != justified


def test_narrow_places_are_set_ragged(theme: Theme) -> None:
    styles = StyleBook(theme, Typography(justified=True, size=22), lambda block: (2,))

    ragged = styles.ragged

    assert (ragged.typography, ragged.breaks) == (Typography(22), None)
    assert StyleBook(theme, Typography()).ragged.typography == Typography()


# -- formats ---------------------------------------------------------------------------------------


def test_the_formats_of_a_style_can_be_changed_without_changing_the_next(theme: Theme) -> None:
    style = paragraph(theme, Typography())

    block_format(style).setTopMargin(99)
    char_format(style).setFontItalic(True)

    assert block_format(style).topMargin() == 0
    assert not char_format(style).fontItalic()
    assert plain(style) is plain(style)


# -- settings --------------------------------------------------------------------------------------


def test_what_is_chosen_comes_back_from_the_settings() -> None:
    chosen = Typography(22, "legible", 1.7, 28, "indent", True, True, 0.05, 0.2)

    assert from_settings(Settings(**as_settings(chosen))) == chosen  # type: ignore[arg-type]
    assert from_settings(Settings()) == Typography()


def test_what_lies_outside_the_limits_is_brought_within() -> None:
    strange = Typography(400, "  ", 9.0, 3, "stars", letter_spacing=-1.0, word_spacing=7.0)

    assert strange.within_limits() == Typography(48, "serif", 2.2, 24, word_spacing=0.6)
