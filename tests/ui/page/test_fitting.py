"""Blocks in many scripts: which way they run, in which faces, and that none of their letters is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption
from pytestqt.qtbot import QtBot

from reader.article.model import Article, BlockKind
from reader.importers import registry
from reader.ui.look import fonts, scripts
from reader.ui.page.direction import LEFTWARDS, RIGHTWARDS
from reader.ui.page.fitting import BAR, bar_left, fit_block

TEXTS = sorted((Path(__file__).parents[2] / "data" / "scripts").glob("*.md"))
WIDTH = 500.0
ARABIC = "عبر القارب النهر عند الفجر"

# Qt says so of the first face that it tries for a word, before it takes one that can.
pytestmark = pytest.mark.qt_log_ignore("OpenType support missing", extend=True)


def shape_of(left: float = 0, right: float = 0, indent: float = 0, tab: float = 0) -> QTextBlockFormat:
    shape = QTextBlockFormat()
    shape.setLeftMargin(left)
    shape.setRightMargin(right)
    shape.setTextIndent(indent)
    shape.setLineHeight(28, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    if tab:
        shape.setTabPositions([QTextOption.Tab(tab, QTextOption.TabType.LeftTab)])
    return shape


def face_of(pixels: int = 18) -> QTextCharFormat:
    face = QTextCharFormat()
    face.setFont(fonts.font(fonts.SERIF, pixels))
    return face


def laid_out(text: str, language: str, shape: QTextBlockFormat | None = None) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setTextWidth(WIDTH)
    shape, face = shape or shape_of(), face_of()
    fit_block(shape, face, text, language)
    cursor = QTextCursor(document)
    cursor.setBlockFormat(shape)
    cursor.insertText(text, face)
    document.documentLayout().documentSize()
    return document


def span(document: QTextDocument) -> tuple[float, float]:
    """Return where the first line's letters begin and end."""
    rect = document.begin().layout().lineAt(0).naturalTextRect()
    return rect.left(), rect.right()


def direction(document: QTextDocument) -> Qt.LayoutDirection:
    return document.begin().textDirection()


def imported(path: Path) -> Article:
    return registry.read(path).article


def test_a_plain_block_is_left_as_it_is(qtbot: QtBot) -> None:
    shape, face = shape_of(20, 5, -20, 20), face_of()
    before = (QTextBlockFormat(shape), QTextCharFormat(face))

    assert fit_block(shape, face, "The ferry crossed the river.", "en") is RIGHTWARDS

    assert (shape, face) == before


def test_a_block_that_runs_leftwards_begins_at_the_right(qtbot: QtBot) -> None:
    left, right = span(laid_out(ARABIC, "ar"))

    assert left > 100
    assert right == pytest.approx(WIDTH, abs=1)


def test_its_indent_is_at_the_right(qtbot: QtBot) -> None:
    _, right = span(laid_out(ARABIC, "ar", shape_of(left=40, right=10)))

    assert right == pytest.approx(WIDTH - 40, abs=1)


def test_its_sign_hangs_at_the_right_and_a_tab_leads_to_the_text(qtbot: QtBot) -> None:
    document = laid_out("•\t" + ARABIC, "ar", shape_of(left=40, indent=-40, tab=40))

    line = document.begin().layout().lineAt(0)
    text_begins = line.cursorToX(2)
    assert span(document)[1] == pytest.approx(WIDTH, abs=1)
    assert (text_begins[0] if isinstance(text_begins, tuple) else text_begins) == pytest.approx(WIDTH - 40, abs=1)


def test_a_block_that_begins_with_a_word_of_another_direction_keeps_its_own(qtbot: QtBot) -> None:
    english = laid_out("שלום is a word of greeting, and of parting.", "en")
    arabic = laid_out("NATO " + ARABIC, "ar")

    assert direction(english) is RIGHTWARDS
    assert direction(arabic) is LEFTWARDS


def test_what_the_program_says_in_a_text_goes_with_the_text(qtbot: QtBot) -> None:
    shape = shape_of()

    assert fit_block(shape, face_of(), "", "he") is LEFTWARDS
    assert shape.layoutDirection() is LEFTWARDS


def test_thai_is_not_justified_and_its_lines_stand_wider_apart(qtbot: QtBot) -> None:
    shape = shape_of()
    shape.setAlignment(Qt.AlignmentFlag.AlignJustify)

    fit_block(shape, face_of(), "เรือข้ามฟากแล่นผ่านแม่น้ำ", "th")

    assert not shape.alignment() & Qt.AlignmentFlag.AlignJustify
    assert shape.lineHeight() > 28


def test_arabic_is_set_a_little_larger(qtbot: QtBot) -> None:
    face = face_of(18)

    fit_block(shape_of(), face, ARABIC, "ar")

    assert face.font().pixelSize() == 20


def test_features_and_weight_of_a_face_are_kept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = scripts.Setting(("Noto Serif CJK JP", fonts.SERIF))
    monkeypatch.setattr(scripts, "setting", lambda *_: setting)
    face = QTextCharFormat()
    face.setFont(fonts.font(fonts.SERIF, 18, 600, features=("onum",)))

    fit_block(shape_of(), face, "渡し船", "ja")

    assert face.font().families() == ["Noto Serif CJK JP", fonts.SERIF, "Noto Serif"]
    assert face.font().weight() == QFont.Weight.DemiBold
    assert face.font().featureValue(QFont.Tag("onum")) == 1


def test_the_bar_of_a_quotation_stands_where_its_lines_begin(qtbot: QtBot) -> None:
    arabic = laid_out(ARABIC, "ar", shape_of(left=26, right=10))
    english = laid_out("The ferry", "en", shape_of(left=26, right=10))

    assert bar_left(arabic.begin(), QRectF(10, 0, 464, 28), 0, WIDTH, 22) == WIDTH - 4 - BAR
    assert bar_left(english.begin(), QRectF(26, 0, 464, 28), 0, WIDTH, 22) == 4


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_letter_is_missing_where_the_system_has_a_face(qtbot: QtBot, path: Path) -> None:
    article = imported(path)

    missing: list[str] = []
    for block in article.blocks:
        if not block.text or block.kind is BlockKind.IMAGE:
            continue
        kinds = scripts.scripts_of(block.text)
        if kinds and len(scripts.fallbacks(block.text, article.metadata.language)) < len(kinds):
            continue  # this system has no face for it
        document = laid_out(block.text, article.metadata.language)
        runs = document.begin().layout().glyphRuns()
        missing += [block.text for run in runs if 0 in run.glyphIndexes()]

    assert missing == []


@pytest.mark.parametrize("name", ["arabic", "hebrew"])
def test_a_text_that_runs_leftwards_has_all_its_own_blocks_at_the_right(qtbot: QtBot, name: str) -> None:
    article = imported(Path(__file__).parents[2] / "data" / "scripts" / f"{name}.md")
    texts = [block.text for block in article.blocks if block.kind is BlockKind.PARAGRAPH]

    directions = [direction(laid_out(text, article.metadata.language)) for text in texts]

    english = [text.isascii() and any(map(str.isalpha, text)) for text in texts]
    assert directions == [RIGHTWARDS if each else LEFTWARDS for each in english]
