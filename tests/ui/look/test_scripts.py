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
    scripts._setting.cache_clear()
    monkeypatch.setattr(scripts, "_there", lambda: ALL | {"Noto Serif Georgian", "Noto Sans Georgian"})
    yield
    scripts._families.cache_clear()
    scripts._setting.cache_clear()


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


def how(text: str) -> scripts.Setting:
    made = scripts.setting(text, "")
    assert made is not None
    return made


def test_a_text_in_our_own_scripts_is_set_as_any_other() -> None:
    assert scripts.setting("Größe — “plain” Ελλάδα", "en") is None


def test_lines_of_tall_scripts_stand_wider_apart() -> None:
    assert how("渡し船").leading == 1.0
    assert how("เรือ").leading > 1.0
    assert how("a Latin text with one word (เรือ) in it").leading == 1.0


def test_a_text_without_spaces_is_not_justified() -> None:
    assert how("渡し船は川を渡った").justified is True
    assert how("เรือข้ามฟาก").justified is False


@pytest.mark.usefixtures("well_stocked")
def test_a_japanese_text_is_set_in_its_face_and_a_japanese_word_in_ours_first() -> None:
    assert scripts.setting("渡し船は“川”を渡った", "ja") == scripts.Setting(("Noto Serif CJK JP", fonts.SERIF))
    assert how("the ferry (渡し船) of the river").families == (fonts.SERIF, "Noto Serif CJK JP")
    assert how("नाव ने नदी").families == ("Noto Serif Devanagari", fonts.SERIF)
    assert how("عبر القارب").families == (fonts.SERIF, "Noto Naskh Arabic")


@given(st.text())
def test_every_text_has_its_scripts(text: str) -> None:
    assert "" not in scripts.scripts_of(text)
