"""Faces for the letters that the program's own faces do not have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from reader.ui.look import fonts, scripts

ALL = frozenset(name for table in (scripts._SERIFS, scripts._SANS) for names in table.values() for name in names)


@pytest.fixture
def well_stocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that has every face that is known."""
    scripts._families.cache_clear()
    monkeypatch.setattr(scripts, "_there", lambda: ALL | {"Noto Serif Georgian", "Noto Sans Georgian"})
    yield
    scripts._families.cache_clear()


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("عبر القارب النهر", "ar", "Noto Naskh Arabic"),
        ("قایق از رود گذشت", "fa", "Noto Naskh Arabic"),
        ("המעבורת חצתה", "he", "Noto Serif Hebrew"),
        ("नाव ने नदी पार की", "hi", "Noto Serif Devanagari"),
        ("เรือข้ามฟาก", "th", "Noto Serif Thai"),
        ("渡船过了河", "zh", "Noto Serif CJK SC"),
        ("渡船过了河", "zh-Hans-SG", "Noto Serif CJK SC"),
        ("渡船過了河", "zh-TW", "Noto Serif CJK TC"),
        ("渡船過了河", "zh-Hant", "Noto Serif CJK TC"),
        ("渡船過了河", "yue", "Noto Serif CJK TC"),
        ("渡し船は川を渡った", "ja", "Noto Serif CJK JP"),
        ("직설", "ko", "Noto Serif CJK KR"),
        ("直骨", "ja", "Noto Serif CJK JP"),
        ("直骨", "ko-KR", "Noto Serif CJK KR"),
        ("直骨", "", "Noto Serif CJK SC"),
        ("渡し船", "", "Noto Serif CJK JP"),
        ("나룻배 直", "en", "Noto Serif CJK KR"),
        ("მდინარე", "ka", "Noto Serif Georgian"),
    ],
)
@pytest.mark.usefixtures("well_stocked")
def test_a_text_gets_the_face_of_its_script_and_language(text: str, language: str, first: str) -> None:
    assert scripts.fallbacks(text, language)[0] == first


@pytest.mark.usefixtures("well_stocked")
def test_a_sans_text_gets_a_sans_face() -> None:
    assert scripts.fallbacks("渡し船", "ja", fonts.SANS) == ("Noto Sans CJK JP",)


@pytest.mark.usefixtures("well_stocked")
def test_a_mixed_text_gets_a_face_for_each_script() -> None:
    found = scripts.fallbacks("渡し船, שלום, นคร", "he")

    assert found == ("Noto Serif CJK JP", "Noto Serif Hebrew", "Noto Serif Thai")


@pytest.mark.parametrize("text", ["", "plain", "Größe, naïve – “quoted” … №", "Ελλάδα ἀρχή", "Переправа", "⁷²⅓ ﬁ €"])
def test_what_our_faces_have_asks_for_no_other(text: str) -> None:
    assert scripts.fallbacks(text, "ja") == ()


def test_only_faces_that_the_system_has_are_named(qapp: QApplication) -> None:
    scripts._families.cache_clear()

    named = scripts.fallbacks("渡し船, שלום, नदी, นคร, النهر, მდინარე", "ja")

    assert set(named) <= scripts._there()


def test_our_faces_have_greek_and_cyrillic(qapp: QApplication) -> None:
    for family in (fonts.SERIF, fonts.SERIF_SMALL, fonts.SANS):
        face = QRawFont.fromFont(fonts.font(family, 18))
        missing = [letter for letter in "αβγδεζηθάέήίόύώΩςабвгдежзёїґєђљ" if not face.supportsCharacter(ord(letter))]
        assert missing == []


def test_lines_of_tall_scripts_stand_wider_apart() -> None:
    assert scripts.leading("plain") == scripts.leading("Größe") == scripts.leading("渡し船") == 1.0
    assert scripts.leading("เรือ") > 1.0


def test_a_text_without_spaces_is_not_justified() -> None:
    assert scripts.can_be_justified("The ferry — Größe") is True
    assert scripts.can_be_justified("渡し船は川を渡った") is True
    assert scripts.can_be_justified("เรือข้ามฟาก") is False


@given(st.text())
def test_every_text_has_its_scripts(text: str) -> None:
    assert "" not in scripts.scripts_of(text)
